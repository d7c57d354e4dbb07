"""A guest's page as a form: its content with everything that it calls, in the colours of a target.

Vectors stay vectors and fonts stay fonts. What belongs to a file and not to a page is left behind: tags, layers that
are hidden with what is on them, scripts, and what is meant for presses of another kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import pikepdf
from msgspec import Struct, field
from pikepdf import Array, ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Name, Operator

from directory_pub.edition.guests import GuestError
from directory_pub.finish.guest_colours import Components, GuestColours, Space, read_space
from directory_pub.finish.guest_layers import HiddenLayers

__all__ = ["GuestForms", "PutPicture"]

PutPicture = Callable[[pikepdf.Stream, pikepdf.Stream, GuestColours], None]
"""Writes a picture into another object, in the colours of a target; raises GuestError."""
Instruction = ContentStreamInstruction | ContentStreamInlineImage

_DEEPEST = 24
_BEGINNING = b"0 g 0 G 1 w 0 J 0 j 10 M [] 0 d\n"  # a form goes on with the state of its caller
_MARKS = frozenset({"BDC", "BMC", "EMC", "DP", "MP"})
_PAINTING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_OPERATORS = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
_DEVICE = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
_FORM_KEYS = ("/BBox", "/Matrix")
_TILE_KEYS = ("/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep", "/Matrix")
_OF_PRESSES = ("/TR", "/TR2", "/HT", "/BG", "/BG2", "/UCR", "/UCR2")
_OVERPRINT = ("/OP", "/op", "/OPM")
_PICTURE_KEYS = (
    "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/ImageMask", "/Mask", "/SMask", "/SMaskInData", "/Decode",
    "/Filter", "/DecodeParms", "/Matte", "/Intent",
)  # fmt: skip
_BY_FUNCTION = (1, 2, 3)
_RESOURCES = {"Tf": "/Font", "gs": "/ExtGState", "sh": "/Shading"}


class _State(Struct):
    """The part of the graphics state that decides a colour: the spaces of fill and stroke that are converted."""

    fill: Space | None = None
    stroke: Space | None = None


class _Scene(Struct):
    """A stream that is made anew: what it may call, and what it calls as it is made."""

    resources: Any
    colours: GuestColours
    depth: int
    own: dict[str, dict[str, Any]] = field(default_factory=dict)

    def find(self, category: str, name: Any) -> Any:
        """What the stream calls by a name."""
        shelf = self.resources.get(category, Dictionary())
        if str(name) not in shelf:
            raise GuestError(f"its content names {str(name)[1:]}, which is not in it")
        return shelf[str(name)]

    def put(self, category: str, name: Any, made: Any) -> Name:
        """Give the new stream something under its old name."""
        self.own.setdefault(category, {})[str(name)] = made
        return Name(str(name))

    def add(self, category: str, made: Any) -> Name:
        """Give the new stream something under a name of ours."""
        shelf = self.own.setdefault(category, {})
        return self.put(category, f"/Guest{len(shelf)}{category[1:3]}", made)

    def made(self) -> Dictionary:
        """The resources of the new stream."""
        return Dictionary({category: Dictionary(shelf) for category, shelf in sorted(self.own.items())})


class GuestForms:
    """Makes forms of what a guest's PDF has, for one target; ``transparent`` once something shows through."""

    def __init__(self, pdf: pikepdf.Pdf, colours: GuestColours, put_picture: PutPicture) -> None:
        self.transparent = False
        self._pdf = pdf
        self._colours = colours
        self._put_picture = put_picture
        self._layers = HiddenLayers(pdf)
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._open: set[tuple[int, int]] = set()

    def of_page(self, page: pikepdf.Page) -> pikepdf.Stream:
        """The page as a form without box and matrix; raises GuestError."""
        page.externalize_inline_images()
        scene = _Scene(page.resources, self._colours, 0)
        content = self._content(page, scene)
        form = self._pdf.make_stream(_BEGINNING + content, Type=Name.XObject, Subtype=Name.Form, Resources=scene.made())
        if self.transparent or "/Group" in page.obj:
            self.transparent = True
            form.Group = self._group(page.obj.get("/Group", Dictionary()), self._colours, isolated=True)
        return form

    def _group(self, group: Any, colours: GuestColours, *, isolated: bool = False) -> Dictionary:
        kept = {key: group[key] for key in ("/I", "/K") if key in group} | ({"/I": True} if isolated else {})
        return Dictionary({"/Type": Name.Group, "/S": Name.Transparency, "/CS": colours.space, **kept})

    # ---------------------------------------------------------------- streams
    def _content(self, content: Any, scene: _Scene) -> bytes:
        if scene.depth > _DEEPEST:
            raise GuestError("it is nested too deep")
        try:
            instructions = pikepdf.parse_content_stream(content)
        except (pikepdf.PdfError, pikepdf.PdfParsingError, TypeError, ValueError) as fault:
            raise GuestError("its content cannot be read") from fault
        return pikepdf.unparse_content_stream(list(self._made(instructions, scene)))

    def _made(self, instructions: Sequence[Instruction], scene: _Scene) -> Iterator[Instruction]:
        """The instructions in the target's colours, without marks, and without what is on hidden layers."""
        now, saved, marks = _State(), list[_State](), list[bool]()
        for each in instructions:
            hidden = any(marks)
            if isinstance(each, ContentStreamInlineImage):
                if not hidden:
                    yield from self._inline(each, scene)
                continue
            name, operands = str(each.operator), list(each.operands)
            if name in _MARKS:
                if name in ("BDC", "BMC"):
                    marks.append(self._is_hidden(operands, scene))
                elif name == "EMC" and marks:
                    marks.pop()
            elif name == "q":
                saved.append(_State(now.fill, now.stroke))
                yield each
            elif name == "Q":
                if saved:
                    now = saved.pop()
                    yield each
            elif name in ("ri", "i"):
                continue
            elif hidden and (name in _PAINTING or name in _SHOWING or name in ("Do", "sh")):
                if name in _PAINTING:
                    yield _instruction("n")
            elif name.lower() in _DEVICE or name.lower() in ("cs", "sc", "scn"):
                yield from self._colour(name, operands, now, scene)
            elif name == "Do":
                yield from self._drawn(operands[0], scene)
            elif name in _RESOURCES:
                scene.put(_RESOURCES[name], operands[0], self._resource(_RESOURCES[name], operands[0], scene))
                yield each
            else:
                yield each
        yield from (_instruction("Q") for _ in saved)

    def _is_hidden(self, operands: Sequence[Any], scene: _Scene) -> bool:
        if len(operands) < 2 or str(operands[0]) != "/OC":
            return False
        layer = operands[1]
        if isinstance(layer, Name):
            layer = scene.resources.get("/Properties", Dictionary()).get(str(layer))
        return layer is not None and self._layers.hide(layer)

    # ---------------------------------------------------------------- colours
    def _colour(self, name: str, operands: list[Any], now: _State, scene: _Scene) -> Iterator[Instruction]:
        stroking, low = name.isupper(), name.lower()
        attribute = "stroke" if stroking else "fill"
        colours = scene.colours
        if low in _DEVICE:
            setattr(now, attribute, None)
            space = read_space(_DEVICE[low], None)
            yield self._set(colours, space, operands, stroking=stroking)
            return
        if low == "cs":
            space, kept = self._space(operands[0], scene)
            setattr(now, attribute, space if kept is None else None)
            if kept is None and space.family == "pattern":
                return  # the space goes before the pattern, with its colour
            if kept is None:
                yield self._set(colours, space, space.first, stroking=stroking)
            else:
                yield _instruction(name, kept)
            return
        converted: Space | None = getattr(now, attribute)
        if operands and isinstance(operands[-1], Name):
            pattern = self._resource("/Pattern", operands[-1], scene)
            named = scene.put("/Pattern", operands[-1], pattern)
            if converted and converted.base:
                made = colours.full(converted.base, [float(value) for value in operands[:-1]])
                under = scene.add("/ColorSpace", Array([Name.Pattern, colours.space]))
                yield _instruction("CS" if stroking else "cs", under)
                yield _instruction(name, *made, named)
            else:
                yield _instruction(name, *operands[:-1], named)
        elif converted:
            yield self._set(colours, converted, operands, stroking=stroking)
        else:
            yield _instruction(name, *operands)

    def _set(
        self, colours: GuestColours, space: Space, operands: Sequence[Any], *, stroking: bool
    ) -> ContentStreamInstruction:
        values = [float(value) for value in operands]
        made: Components = tuple(values) if colours.passes(space) else colours.convert(space, values)
        return _instruction(_OPERATORS[len(made)][stroking], *made)

    def _space(self, name: Any, scene: _Scene) -> tuple[Space, Name | None]:
        """A space, and what it is called where its colours go on as they are."""
        shelf = scene.resources.get("/ColorSpace", Dictionary())
        written = shelf.get(str(name), name)
        space = read_space(written, shelf)
        kept = self._kept_space(written, space, scene.colours)
        if kept is None:
            return space, None
        return space, kept if isinstance(kept, Name) else scene.put("/ColorSpace", name, kept)

    def _kept_space(self, written: Any, space: Space, colours: GuestColours) -> Any:
        """The space as it goes on, None for one whose colours are converted."""
        if space.family == "rgb" and space.profile is None and colours.colour == "srgb":
            return Name.DeviceRGB
        if space.family == "grey":
            return Name.DeviceGray
        if colours.passes(space):
            return written
        if space.family == "spot" and colours.colour == "cmyk":
            return self._once(("spot", _key(written)), lambda: self._pdf.make_indirect(
                colours.spot(self._pdf, written, space)))  # fmt: skip
        return None

    # ---------------------------------------------------------------- what is called
    def _once(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        if None in key:
            return make()
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]

    def _resource(self, category: str, name: Any, scene: _Scene) -> Any:
        called = scene.find(category, name)
        if category == "/Font":
            return self._font(called)
        make = {"/ExtGState": self._state, "/Shading": self._shading, "/Pattern": self._pattern}[category]
        return self._once((category, _key(called), scene.colours.colour), lambda: make(called, scene))

    def _font(self, font: Any) -> Any:
        if font.get("/Subtype") == "/Type3":
            raise GuestError("it has a Type 3 font, whose letters are drawings")
        return font

    def _drawn(self, name: Any, scene: _Scene) -> Iterator[Instruction]:
        called = scene.find("/XObject", name)
        if "/OC" in called and self._layers.hide(called.OC):
            return
        kind = str(called.get("/Subtype", ""))
        if kind == "/Image":
            made = self._once(("picture", _key(called), scene.colours.colour), lambda: self._picture(called, scene))
        elif kind == "/Form":
            made = self._once(("form", _key(called), scene.colours.colour), lambda: self._form(called, scene))
        else:
            raise GuestError("it has parts in PostScript")
        yield _instruction("Do", scene.put("/XObject", name, made))

    def _form(self, form: Any, scene: _Scene) -> Any:
        return self._closed(form, scene, _FORM_KEYS, {"Type": Name.XObject, "Subtype": Name.Form})

    def _closed(self, stream: Any, scene: _Scene, keys: Sequence[str], entries: dict[str, Any]) -> Any:
        """A stream of its own with the resources that it calls."""
        key = stream.objgen
        if key in self._open:
            raise GuestError("a part of it is drawn within itself")
        self._open.add(key)
        inner = _Scene(stream.get("/Resources", scene.resources), scene.colours, scene.depth + 1)
        content = self._content(stream, inner)
        self._open.discard(key)
        made = self._pdf.make_stream(content, **entries, Resources=inner.made())
        for each in keys:
            if each in stream:
                made[each] = stream[each]
        if "/Group" in stream and stream.Group.get("/S") == "/Transparency":
            self.transparent = True
            made.Group = self._group(stream.Group, scene.colours)
        return self._pdf.make_indirect(made)

    def _pattern(self, pattern: Any, scene: _Scene) -> Any:
        if int(pattern.PatternType) == 1:
            made = self._closed(pattern, scene, _TILE_KEYS, {"Type": Name.Pattern, "PatternType": 1})
            if int(pattern.get("/PaintType", 1)) == 1:
                made.write(_BEGINNING + made.read_bytes())
            return made
        made = Dictionary(Type=Name.Pattern, PatternType=2, Shading=self._shading(pattern.Shading, scene))
        if "/Matrix" in pattern:
            made.Matrix = pattern.Matrix
        return self._pdf.make_indirect(made)

    def _shading(self, shading: Any, scene: _Scene) -> Any:
        colours, shelf = scene.colours, scene.resources.get("/ColorSpace", Dictionary())
        space = read_space(shading.ColorSpace, shelf)
        kept = self._kept_space(shading.ColorSpace, space, colours)
        is_stream = isinstance(shading, pikepdf.Stream)
        if kept is not None and not isinstance(shading.ColorSpace, Name):
            if not is_stream:
                shading = Dictionary({**dict(shading.items()), "/ColorSpace": kept})
            return self._pdf.make_indirect(shading)
        if kept is not None and kept == shading.ColorSpace:
            return shading if shading.is_indirect else self._pdf.make_indirect(shading)
        if "/Function" not in shading or is_stream:
            raise GuestError("it has a mesh of colours that are no inks")
        entries = {
            key: value for key, value in shading.items() if key not in ("/ColorSpace", "/Function", "/Background")
        }
        usual = (0.0, 1.0, 0.0, 1.0) if int(shading.ShadingType) == 1 else (0.0, 1.0)
        domain = [float(edge) for edge in shading.get("/Domain", Array(list(usual)))]
        function = colours.sampled(self._pdf, space, shading.Function, domain)
        made = Dictionary({**entries, "/ColorSpace": colours.space, "/Function": function})
        if "/Background" in shading:
            made.Background = Array(list(colours.full(space, [float(value) for value in shading.Background])))
        return self._pdf.make_indirect(made)

    def _state(self, state: Any, scene: _Scene) -> Any:
        drop = _OF_PRESSES if scene.colours.colour == "cmyk" else (*_OF_PRESSES, *_OVERPRINT)
        made = Dictionary({key: value for key, value in state.items() if key not in drop})
        blends = state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
        clear = any(float(state.get(key, 1)) != 1 for key in ("/ca", "/CA"))
        self.transparent = self.transparent or blends or clear
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary):
            self.transparent = True
            grey = GuestColours(colour="grey", profile=scene.colours.profile)
            inner = _Scene(scene.resources, grey, scene.depth + 1)
            group = self._form(mask.G, inner)
            group.Group = self._group(mask.G.get("/Group", Dictionary()), grey)
            made.SMask = Dictionary({key: value for key, value in mask.items() if key not in ("/G", "/BC", "/TR")})
            made.SMask.G = group
            if "/BC" in mask:
                written = mask.G.get("/Group", Dictionary()).get("/CS", Name.DeviceGray)
                backdrop = grey.convert(read_space(written, None), [float(value) for value in mask.BC])
                made.SMask.BC = Array(list(backdrop))
        return self._pdf.make_indirect(made)

    # ---------------------------------------------------------------- pictures
    def _picture(self, picture: Any, scene: _Scene) -> Any:
        colours = scene.colours
        self.transparent = self.transparent or "/SMask" in picture or int(picture.get("/SMaskInData", 0)) > 0
        fresh = self._pdf.make_stream(b"")
        shelf = scene.resources.get("/ColorSpace", Dictionary())
        stencil = bool(picture.get("/ImageMask", False))
        space = None if stencil or "/ColorSpace" not in picture else read_space(picture.ColorSpace, shelf)
        if stencil or (colours.colour == "cmyk" and space and colours.passes(space)):
            fresh.write(
                picture.read_raw_bytes(), filter=picture.get("/Filter"), decode_parms=picture.get("/DecodeParms")
            )
            for key in _PICTURE_KEYS:
                if key in picture and key not in ("/Filter", "/DecodeParms"):
                    fresh[key] = self._picture_part(key, picture[key])
            if isinstance(picture.get("/ColorSpace"), Name) and str(picture.ColorSpace) in shelf:
                fresh.ColorSpace = shelf[str(picture.ColorSpace)]
            fresh.Type, fresh.Subtype = Name.XObject, Name.Image
            return self._pdf.make_indirect(fresh)
        if isinstance(picture.get("/Mask"), Array):
            raise GuestError("a picture in it is masked by its colours")
        source = picture
        if space and space.family == "spot":
            source = self._in_device_colours(picture, space)
        self._put_picture(source, fresh, colours)
        if isinstance(picture.get("/Mask"), pikepdf.Stream) and "/SMask" not in fresh:
            fresh.Mask = self._picture(picture.Mask, scene)
        if "/Interpolate" in fresh:
            del fresh["/Interpolate"]
        return self._pdf.make_indirect(fresh)

    def _picture_part(self, key: str, value: Any) -> Any:
        """A mask without what it has beside its pixels."""
        if key not in ("/Mask", "/SMask") or not isinstance(value, pikepdf.Stream):
            return value
        mask, packed = self._pdf.make_stream(b""), cast("Any", value)
        mask.write(packed.read_raw_bytes(), filter=packed.get("/Filter"), decode_parms=packed.get("/DecodeParms"))
        for inner in _PICTURE_KEYS:
            if inner in value and inner not in ("/Filter", "/DecodeParms"):
                mask[inner] = value[inner]
        mask.Type, mask.Subtype = Name.XObject, Name.Image
        return self._pdf.make_indirect(mask)

    def _in_device_colours(self, picture: Any, space: Space) -> Any:
        """A picture in one spot ink as one in RGB or CMYK, by the likeness of each of its levels."""
        if space.channels != 1 or int(picture.get("/BitsPerComponent", 8)) != 8:
            raise GuestError("a picture in it is in several spot inks")
        assert space.base is not None
        table = bytearray()
        for level in range(256):
            made = self._colours.full(space, [level / 255])
            table += bytes(round(value * 255) for value in made)
        try:
            levels = picture.read_bytes()
        except pikepdf.PdfError as fault:
            raise GuestError("a picture in a spot ink cannot be unpacked") from fault
        plain = self._pdf.make_stream(levels, Type=Name.XObject, Subtype=Name.Image)
        for key in ("/Width", "/Height", "/SMask", "/Mask"):
            if key in picture:
                plain[key] = picture[key]
        plain.BitsPerComponent = 8
        plain.ColorSpace = Array([Name.Indexed, self._colours.space, 255, pikepdf.String(bytes(table))])
        return plain

    def _inline(self, each: ContentStreamInlineImage, scene: _Scene) -> Iterator[Instruction]:
        """A picture that stands in the content itself becomes one that is called."""
        image = each.iimage
        if image.image_mask or image.colorspace in ("/DeviceGray", "/G"):
            yield each
            return
        try:
            pixels = image.as_pil_image()
        except (
            pikepdf.PikepdfError,
            ValueError,
            OSError,
            NotImplementedError,
        ) as fault:
            raise GuestError("a picture in it cannot be read") from fault
        picture = self._pdf.make_stream(pixels.tobytes(), Type=Name.XObject, Subtype=Name.Image)
        picture.Width, picture.Height, picture.BitsPerComponent = pixels.width, pixels.height, 8
        spaces = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
        if pixels.mode not in spaces:
            raise GuestError("a picture in it cannot be read")
        picture.ColorSpace = spaces[pixels.mode]
        yield _instruction("Do", scene.add("/XObject", self._picture(self._pdf.make_indirect(picture), scene)))


def _instruction(name: str, *operands: Any) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(operands), Operator(name))


def _key(called: Any) -> tuple[int, int] | None:
    return called.objgen if isinstance(called, pikepdf.Object) and called.is_indirect else None
