"""Typeset pages in ink: everything a page draws, made anew in the press's colours.

New objects are made and the typeset ones are left alone, so that what no page draws stays
behind, tags and all. Each thing is inked once, however many pages draw it.
"""

from __future__ import annotations

import copy
from typing import NamedTuple

import pikepdf
from msgspec import Struct
from pikepdf import Dictionary, Matrix, Name

from directory_pub.design.inks import InkTable
from directory_pub.finish.content_streams import (
    BLACK,
    CALLER_FILL,
    CALLER_STROKE,
    Call,
    Components,
    Paint,
    Rule,
    Tint,
    colour_operators,
    recolour,
    srgb_of,
)
from directory_pub.finish.geometry import Shift
from directory_pub.finish.placed_pictures import PlacedPictures, is_stencil
from directory_pub.finish.shadings import recolour_shading
from directory_pub.finish.spot_spaces import SpotSpaces, tint_of
from directory_pub.prepare import Colour

__all__ = ["InkedPage", "Inker"]

_UNMOVED: Shift = (0.0, 0.0)
_FORM_KEYS = ("/BBox", "/Matrix")
_TILE_KEYS = ("/PaintType", "/TilingType", "/BBox", "/XStep", "/YStep")


class InkedPage(NamedTuple):
    """A stream in ink, with the resources that it calls and no others.

    ``painted`` is what it and all that it draws were painted with before; ``transparent``
    says whether something shows through.
    """

    content: bytes
    resources: Dictionary
    painted: frozenset[Paint]
    transparent: bool


class _Inked(NamedTuple):
    """A resource in ink."""

    object: pikepdf.Object
    painted: frozenset[Paint] = frozenset()
    transparent: bool = False


class _Ground(Struct, frozen=True, kw_only=True):
    """What colours become: ink on paper, or the grey of a mask, which meets no paper."""

    space: Name
    rule: Rule
    pictures: Colour


class _Scene(NamedTuple):
    """What a stream calls its resources by, and how far the stream will be moved."""

    resources: pikepdf.Object
    ground: _Ground
    moved: Shift = _UNMOVED


def _luminosity(colour: Components) -> Components:
    if len(colour) == 1:
        return colour
    red, green, blue = colour
    return (round(0.3 * red + 0.59 * green + 0.11 * blue, 6),)


_MASK = _Ground(space=Name.DeviceGray, rule=_luminosity, pictures="grey")


class Inker:
    """Inks the pages of one PDF by the ink table."""

    def __init__(self, pdf: pikepdf.Pdf, inks: InkTable, pictures: PlacedPictures) -> None:
        self._pdf = pdf
        self._pictures = pictures
        self._spaces = SpotSpaces(pdf, inks)
        self._paper = _Ground(space=Name.DeviceCMYK, rule=_ink_rule(inks), pictures="cmyk")
        self._kept: dict[tuple[object, ...], _Inked] = {}
        self._makers = {
            "/XObject": self._x_object,
            "/Pattern": self._pattern,
            "/Shading": self._shading,
            "/ExtGState": self._state,
        }

    def ink_page(self, page: pikepdf.Page, moved: Shift) -> InkedPage:
        """One page whose content will be moved, to the right and up, and its patterns with it."""
        return self._begun_in_black(page, _Scene(page.resources, self._paper, moved))

    def _begun_in_black(self, content: pikepdf.Object | pikepdf.Page, scene: _Scene) -> InkedPage:
        """A stream that takes over no colour: until it sets one, it paints in black."""
        inked = self._content(content, scene)
        painted = inked.painted - {CALLER_FILL, CALLER_STROKE}
        if painted == inked.painted:
            return inked
        black = scene.ground.rule((0.0, 0.0, 0.0))
        prelude = b"" if black is None else _set_both(black)
        if isinstance(black, Tint):
            inked.resources.ColorSpace = inked.resources.get("/ColorSpace", Dictionary())
            inked.resources.ColorSpace[black.space] = self._spaces.named(black.space)
        return inked._replace(content=prelude + inked.content, painted=painted | {BLACK})

    def _content(self, content: pikepdf.Object | pikepdf.Page, scene: _Scene) -> InkedPage:
        recoloured = recolour(content, scene.ground.rule)
        painted, transparent = recoloured.painted, False
        resources = Dictionary()
        for category, names in sorted(recoloured.named.items()):
            shelf = scene.resources.get(category, Dictionary())
            fresh = resources[category] = Dictionary()
            for name in sorted(names):
                space = self._spaces.named(name) if category == "/ColorSpace" else None
                if space is None and name not in shelf:
                    continue
                inked = _Inked(space) if space is not None else self._resource(category, shelf[name], scene)
                fresh[name] = inked.object
                painted |= _resolved(inked.painted, recoloured.calls, name)
                transparent = transparent or inked.transparent
        return InkedPage(recoloured.data, resources, frozenset(painted), transparent)

    def _resource(self, category: str, called: pikepdf.Object, scene: _Scene) -> _Inked:
        make = self._makers.get(category)
        if make is None:
            return _Inked(called)  # a font, or a colour space that a finding tells of
        if not called.is_indirect:
            return make(called, scene)
        moved = scene.moved if category == "/Pattern" else _UNMOVED
        key = (called.objgen, scene.ground.pictures, moved)
        if key not in self._kept:
            self._kept[key] = make(called, scene)
        return self._kept[key]

    def _x_object(self, called: pikepdf.Object, scene: _Scene) -> _Inked:
        if called.get("/Subtype") == Name.Image:
            return self._picture(called, scene.ground)
        return self._form(called, scene)

    def _picture(self, picture: pikepdf.Object, ground: _Ground) -> _Inked:
        if not isinstance(picture, pikepdf.Stream) or is_stencil(picture):
            return _Inked(picture, frozenset({CALLER_FILL}))
        fresh = self._pdf.make_stream(b"")
        whole = self._pictures.put(picture, fresh, ground.pictures)
        return _Inked(fresh if whole else picture, transparent="/SMask" in picture or "/Group" in fresh)

    def _form(self, form: pikepdf.Object, scene: _Scene) -> _Inked:
        ground = scene.ground
        inked = self._content(form, _Scene(form.get("/Resources", scene.resources), ground))
        fresh = self._stream(inked, form, _FORM_KEYS)
        fresh.Type, fresh.Subtype = Name.XObject, Name.Form
        grouped = "/Group" in form
        if grouped:
            fresh.Group = copy.copy(form.Group)
            fresh.Group.CS = ground.space
        return _Inked(fresh, inked.painted, inked.transparent or grouped)

    def _pattern(self, pattern: pikepdf.Object, scene: _Scene) -> _Inked:
        if int(pattern.PatternType) == 2:
            inked = self._resource("/Shading", pattern.Shading, scene)
            fresh: pikepdf.Object = Dictionary(Type=Name.Pattern, PatternType=2)
            fresh.Shading = inked.object
        else:
            tiles = pattern.get("/Resources", scene.resources)
            tile = self._begun_in_black(pattern, _Scene(tiles, scene.ground))
            fresh = self._stream(tile, pattern, _TILE_KEYS)
            fresh.Type, fresh.PatternType = Name.Pattern, 1
            inked = _Inked(fresh, tile.painted, tile.transparent)
        own = Matrix(pattern.get("/Matrix", Matrix().as_array()))
        fresh.Matrix = (own @ Matrix(1, 0, 0, 1, *scene.moved)).as_array()
        return inked._replace(object=fresh)

    def _shading(self, shading: pikepdf.Object, scene: _Scene) -> _Inked:
        ground = scene.ground
        recoloured, painted = recolour_shading(shading, ground.rule, ground.space, self._spaces)
        return _Inked(self._indirect(recoloured), painted)

    def _state(self, state: pikepdf.Object, scene: _Scene) -> _Inked:
        mask = state.get("/SMask")
        if not isinstance(mask, Dictionary):
            return _Inked(state, transparent=_shows_through(state))
        masking = self._form(mask.G, _Scene(scene.resources, _MASK))
        fresh = copy.copy(state)
        fresh.SMask = copy.copy(mask)
        fresh.SMask.G = masking.object
        if "/BC" in mask:
            backdrop = tuple(float(value) for value in mask.BC.as_list())
            fresh.SMask.BC = pikepdf.Array(list(_luminosity(backdrop)))
        # The greys of a mask are no inks; only what could not be made grey is worth telling.
        strange = {paint for paint in masking.painted if paint.srgb is None}
        return _Inked(fresh, frozenset(strange) - {CALLER_FILL, CALLER_STROKE}, transparent=True)

    def _stream(self, inked: InkedPage, source: pikepdf.Object, keys: tuple[str, ...]) -> pikepdf.Stream:
        kept = {key: source[key] for key in keys if key in source}
        return self._pdf.make_stream(inked.content, {**kept, "/Resources": inked.resources})

    def _indirect(self, made: pikepdf.Object) -> pikepdf.Object:
        return made if made.is_indirect else self._pdf.make_indirect(made)


def _ink_rule(inks: InkTable) -> Rule:
    def ink(colour: Components) -> Components | Tint | None:
        found = inks.of_srgb(srgb_of(colour))
        return None if found is None else tint_of(found)

    return ink


def _set_both(components: Components | Tint) -> bytes:
    if isinstance(components, Tint):
        name = Name(components.space).unparse()
        return b"%b cs %b CS %g scn %g SCN\n" % (name, name, components.share, components.share)
    values = " ".join(f"{component:g}" for component in components)
    fill, stroke = colour_operators(components)
    return f"{values} {fill} {values} {stroke}\n".encode()


def _resolved(painted: frozenset[Paint], calls: set[Call], name: str) -> set[Paint]:
    """What a resource was painted with, given the colours that it took over from its calls."""
    if painted.isdisjoint({CALLER_FILL, CALLER_STROKE}):
        return set(painted)
    taken = {CALLER_FILL: "fill", CALLER_STROKE: "stroke"}
    here = [call for call in calls if call.name == name]
    own = {paint for paint in painted if paint not in taken}
    for paint in painted - own:
        own |= {getattr(call, taken[paint]) for call in here}
    return own


def _shows_through(state: pikepdf.Object) -> bool:
    opaque = all(float(state.get(key, 1)) == 1 for key in ("/ca", "/CA"))
    return not opaque or state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible)
