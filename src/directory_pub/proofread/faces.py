"""The faces of the book: each that is asked for is there and may be embedded, none is there twice or for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field

from directory_pub.design.asked_faces import AskedFace, asked_faces, declarations_of_type, family_and_weight
from directory_pub.design.faces import FaceFile, FontLibrary
from directory_pub.design.text_styles import TextStyle, read_text_styles
from directory_pub.edition.model import Edition, TextPage
from directory_pub.edition.text import (
    Block,
    Heading,
    ItemList,
    Note,
    Paragraph,
    Pictures,
    Quote,
    Run,
    Table,
    TermList,
    runs_within,
)
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error, note

__all__ = ["proofread_faces"]

_BOLD = 700
_NAMED = 3  # places that ask for a face


class _Wanted(Struct, frozen=True):
    """A family, weight and slope."""

    family: str
    weight: int
    italic: bool

    def __str__(self) -> str:
        named = {400: "regular", 700: "bold"}.get(self.weight, f"weight {self.weight}")
        if self.italic:
            return {400: "italic", 700: "bold italic"}.get(self.weight, f"italic of weight {self.weight}")
        return named


class _Askers(Struct):
    """Who asks for one face: the first place, and all by name."""

    first: Place
    styles: dict[str, None] = field(default_factory=dict)
    sheets: dict[str, None] = field(default_factory=dict)
    passages: int = 0

    def __str__(self) -> str:
        styles = f"the text style{'s' * (len(self.styles) > 1)} {_list(self.styles)}" if self.styles else ""
        passages = f"{self.passages} passages of the text" if self.passages > 1 else "a passage of the text"
        parts = [part for part in (styles, _list(self.sheets), passages if self.passages else "") if part]
        asks = "ask" if len(parts) > 1 or len(self.styles) + len(self.sheets) + self.passages > 1 else "asks"
        return f"{' and '.join(parts)} {asks} for it"


def _list(names: Mapping[str, None]) -> str:
    named = [*names][:_NAMED]
    more = len(names) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def proofread_faces(edition: Edition, library: FontLibrary) -> Iterator[Finding]:
    """One finding for each face that is missing, doubled or may not be embedded, and for each family without use."""
    theme = edition.theme
    yield from _missing(edition, library)
    yield from _doubled(theme, library.files)
    used = _families_in_use(theme, library)
    yield from _forbidden(theme, [each for each in library.files if each.facts.family in used])
    yield from _unused(theme, [each for each in library.files if each.facts.family not in used])


# -------------------------------------------------------------------- what is missing
def _missing(edition: Edition, library: FontLibrary) -> Iterator[Finding]:
    """Each face once, whoever asks for it; of a family that is not there nothing is missing but the family."""
    missing: dict[_Wanted, _Askers] = {}
    for asked in asked_faces(edition.theme, library.families):
        for wanted in _wanted(asked, library):
            askers = missing.setdefault(wanted, _Askers(asked.place))
            if asked.style:
                askers.styles[f"'{asked.style}'"] = None
            else:
                askers.sheets[asked.place.file if asked.place == askers.first else str(asked.place)] = None
    for wanted, place in _emphasis(edition, library):
        missing.setdefault(wanted, _Askers(place)).passages += 1
    for wanted, askers in missing.items():
        message = f"'{wanted.family}' has no {wanted} in fonts/: {askers}."
        yield error("face-missing", askers.first, message, _remedy(wanted, askers, library))


def _remedy(wanted: _Wanted, askers: _Askers, library: FontLibrary) -> str:
    """What to add, or what to ask for in its place."""
    there = library.weights(wanted.family, italic=wanted.italic)
    rather = f"ask for {' or '.join(map(str, there))}" if there else "ask for no italic"
    if askers.passages and not (askers.styles or askers.sheets):
        rather = "take this emphasis out of the text"
    return f"Put the {wanted} face of this family into fonts/, or {rather}."


def _wanted(asked: AskedFace, library: FontLibrary) -> list[_Wanted]:
    """The missing face that a style or sheet asks for; a weight without a family is one that any may have."""
    families = [asked.family] if asked.family else sorted(set(library.families.values()))
    known = [family for family in families if library.weights(family) or library.weights(family, italic=True)]
    if any(library.find(family, asked.weight, asked.italic) for family in known):
        return []
    return [_Wanted(family, asked.weight, asked.italic) for family in known[:1]]


def _emphasis(edition: Edition, library: FontLibrary) -> Iterator[tuple[_Wanted, Place]]:
    """The missing face of each run of the content that is bold or italic."""
    styles = read_text_styles(edition.theme)[0]
    known = {
        (name, bold, italic): wanted
        for name, style in styles.items()
        for bold, italic in ((True, False), (False, True), (True, True))
        if (wanted := _missing_of(style, bold, italic != style.italic, library))
    }
    if not known:  # as in most books: then no text is read
        return
    usual = styles.get("text")
    for text in edition.texts:
        kind = text.kind if isinstance(text, TextPage) and text.kind in styles else "text"
        for name, run in _styled_runs(text.body, kind):
            own = name if name in styles else "text"
            wanted = known.get((own, run.bold, run.italic)) if usual else None
            if wanted and run.text.strip():
                yield wanted, text.in_body(run.line)


def _missing_of(style: TextStyle, bold: bool, italic: bool, library: FontLibrary) -> _Wanted | None:
    family = library.family(style.family)
    weight = max(style.weight, _BOLD) if bold else style.weight
    is_there = library.find(family, weight, italic) or not library.weights(family)
    return None if is_there else _Wanted(family, weight, italic)


def _styled_runs(blocks: Sequence[Block], style: str) -> Iterator[tuple[str, Run]]:
    """Every run with the text style that layouts set it in, notes at their calls."""
    for block in blocks:
        match block:
            case Heading():
                yield from _runs(block.runs, "section" if block.level == 2 else "subsection")
            case Paragraph():
                yield from _runs(block.runs, style)
            case ItemList():
                for item in block.items:
                    yield from _styled_runs(item, style)
            case TermList():
                for row in block.rows:
                    yield from _runs(row.term, style)
                    yield from _styled_runs(row.paragraphs, style)
            case Quote():
                yield from _styled_runs(block.paragraphs, "quote")
                if block.credit:
                    yield from _runs(block.credit.runs, "credit")
            case Pictures():
                for photo in block.photos:
                    yield from _runs(photo.caption, "picture-caption")
            case Table():
                for runs in runs_within((block,)):
                    yield from _runs(runs, "table")


def _runs(runs: Sequence[Run], style: str) -> Iterator[tuple[str, Run]]:
    for run in runs:
        yield style, run
        if isinstance(run.note, Note):
            yield from _runs(run.note.runs, "note")


# -------------------------------------------------------------------- what is there and should not be
def _doubled(theme: Theme, files: Sequence[FaceFile]) -> Iterator[Finding]:
    """One finding for each family that a layer has faces of twice, at the first file that is too much."""
    first: dict[tuple[int, _Wanted], FaceFile] = {}
    twice: dict[tuple[int, str], dict[_Wanted, tuple[FaceFile, FaceFile]]] = {}
    for file in files:
        for kind in file.kinds():
            wanted = _Wanted(*kind)
            other = first.setdefault((file.layer, wanted), file)
            if other is not file and file.rank(wanted.italic) == other.rank(wanted.italic):
                twice.setdefault((file.layer, wanted.family), {}).setdefault(wanted, (file, other))
    for faces in twice.values():
        wanted, (file, other) = next(iter(faces.items()))
        more = f", and {len(faces) - 1} more of its faces are there twice" if len(faces) > 1 else ""
        message = f"is the {wanted} of '{wanted.family}', as {theme.shown(other.name)} is{more}."
        remedy = "Keep one of them in fonts/: the static faces or the variable one."
        yield error("face-duplicate", Place(file=theme.shown(file.name)), message, remedy)


def _forbidden(theme: Theme, files: Sequence[FaceFile]) -> Iterator[Finding]:
    for file in files:
        if file.facts.forbidden:
            message = f"the licence bits of '{file.facts.family}' {file.facts.forbidden}."
            remedy = "Ask its publisher for a file that a PDF may hold, or name another family in styles/tokens.css."
            yield error("face-licence", Place(file=theme.shown(file.name)), message, remedy)


def _unused(theme: Theme, files: Sequence[FaceFile]) -> Iterator[Finding]:
    """One note for each family of the edition's own that nothing asks for; a project's may be for other editions."""
    own = theme.layers[0]
    told: set[str] = set()
    for file in files:
        family = file.facts.family
        if file.layer or own.name != "edition" or family in told:
            continue
        told.add(family)
        count = sum(each.facts.family == family and each.layer == 0 for each in files)
        more = f" and {count - 1} more file{'s' * (count > 2)}" if count > 1 else ""
        message = f"nothing asks for '{family}', the family of this file{more}."
        remedy = f'Name it in styles/tokens.css, such as --serif: "{family}";, or take it out of fonts/.'
        yield note("face-unused", Place(file=theme.shown(file.name)), message, remedy)


def _families_in_use(theme: Theme, library: FontLibrary) -> set[str]:
    """The families that tokens, text styles and sheets name."""
    named = (
        family_and_weight(each)[0]
        for name in theme.names("styles", ".css")
        for each in declarations_of_type(theme.read_text(name))
    )
    return {*library.families.values(), *(family for family in named if family)}
