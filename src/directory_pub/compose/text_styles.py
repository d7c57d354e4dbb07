"""The text styles of one edition, in mm for the line setter and as custom properties for the sheets.

Both come from ``styles/text-styles.yaml``; a test compares the lines that were set with the lines on the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from directory_pub.compose.measure import NO_PARTING, Measure
from directory_pub.compose.parting import Parting
from directory_pub.design.faces import FontLibrary
from directory_pub.design.grid import MM_PER_PT, Grid
from directory_pub.design.text_styles import TextStyle
from directory_pub.edition.quotation import OPENING_MARKS
from directory_pub.findings import error
from directory_pub.storage.enclosure import Refused

__all__ = ["in_language", "measure_styles", "size_style", "style_css"]

_BOLD = 700
_HUNG_FROM = ("title", "listing-name", "person-name")  # styles whose cap height pictures hang from
_ROUND, _FARTHEST_EM = "C", 0.06  # large type hangs into the margin as far as this letter keeps from it, at most so far
_MARK_ABOVE_EM = 0.0284  # of its size: how far a mark goes above the capitals, as round letters do


def measure_styles(
    styles: Mapping[str, TextStyle],
    grid: Grid,
    library: FontLibrary,
    first_notes: Mapping[str, int] | None = None,
    parting: Parting | None = None,
) -> dict[str, Measure]:
    """A measure for each text style by its name in the layouts; footnotes are numbered from ``first_notes``.

    Without a ``parting`` no word is parted.
    """
    call = styles.get("call")
    call_pt = grid.mm(call.size) / MM_PER_PT if call else 0.0
    call_figure_em = library.figure_em(library.family(call.family), call.weight) if call else 0.0

    def measure(style: TextStyle) -> Measure:
        hanging_mm = grid.mm(style.hanging) if style.hanging else 0.0
        return Measure(
            family=library.family(style.family),
            weight=style.weight,
            italic=style.italic,
            bold_weight=max(style.weight, _BOLD),
            size_pt=grid.mm(style.size) / MM_PER_PT,
            width_mm=_width_mm(style, grid) - hanging_mm,
            first_mm=-hanging_mm,
            tracking_em=style.tracking_em,
            call_pt=call_pt,
            call_figure_em=call_figure_em,
            narrow=style.breaks == "sense",
            balanced=style.breaks == "balanced",
            hyphens=style.hyphens == "auto" and parting is not None,
            hangs_marks=style.marks == "hanging",
            parting=parting or NO_PARTING,
            first_notes=first_notes or {},
        )

    return {name: measure(style) for name, style in styles.items()}


def in_language(measures: Mapping[str, Measure], language: str) -> dict[str, Measure]:
    """The same measures for a text in another language."""
    return {
        name: replace(measure, parting=replace(measure.parting, language=language))
        for name, measure in measures.items()
    }


def _width_mm(style: TextStyle, grid: Grid) -> float:
    columns = grid.columns_mm
    column_mm, *less_mm = (term.times * (columns.get(term.token) or grid.mm(term.token)) for term in style.measure)
    width_mm = column_mm - sum(less_mm)
    if width_mm <= 0:
        remedy = "Take less off the column."
        raise Refused(error("value-type", style.place, f"the measure of '{style.name}' is {width_mm:.1f} mm.", remedy))
    return width_mm


def style_css(styles: Mapping[str, TextStyle], grid: Grid, library: FontLibrary) -> str:
    """The styles as custom properties.

    ``--font-NAME`` is a font shorthand, ``--tracking-NAME`` a letter spacing, and ``--shift-NAME`` how far a line is
    moved to stand on the text's baseline. Pictures that hang beside a title or a name in a listing use
    ``--cap-NAME``, from the top of a line of text to the title's cap height; ``--foot-note`` is what brings the last
    note's baseline onto the grid.
    ``--rise-text`` is how far, in em, the middle of a line of text stands above its baseline;
    ``--middle-NAME`` is from the top of a line to the middle of what stands beside it, ``--space-NAME`` a space,
    ``--hang-NAME`` what a round letter keeps from the margin. A quote has the ``--mark-leading`` of its opening mark.
    """
    rows = [f"--rise-text:{grid.text.rise_em:g}"]
    rows += [row for style in styles.values() for row in _properties(style, grid, library)]
    for style in (styles[name] for name in _HUNG_FROM if name in styles):
        cap_mm = library.metrics(library.family(style.family)).cap_height_em * grid.mm(style.size)
        rows.append(f"--cap-{style.name}:{_hundredths(grid.baseline_mm - cap_mm)}")
    if note := styles.get("note"):
        rise_mm = library.metrics(library.family(note.family)).rise_em * grid.mm(note.size)
        rows.append(f"--foot-note:{_hundredths(grid.foot_gap_mm - (_leading_mm(note, grid) / 2 - rise_mm))}")
    return f":root{{{';'.join(rows)}}}{_mark_rules(styles, grid, library)}"


def size_style(measure: Measure, full: Measure, library: FontLibrary) -> str:
    """A smaller size of a text style as CSS; by ``--smaller`` its lines go down to stand on the same baseline."""
    if measure.size_pt == full.size_pt:
        return ""
    down_mm = library.metrics(measure.family).rise_em * (full.size_pt - measure.size_pt) * MM_PER_PT
    return f"font-size: {measure.size_pt:.4f}pt; --smaller: {down_mm:.4f}mm"


def _properties(style: TextStyle, grid: Grid, library: FontLibrary) -> Iterator[str]:
    leading = f"var(--{style.leading})" if isinstance(style.leading, str) else f"calc({style.leading:g} * var(--unit))"
    slope = "italic " if style.italic else ""
    yield f"--font-{style.name}:{slope}{style.weight} var(--{style.size})/{leading} var(--{style.family})"
    yield from _of_the_face(style, grid, library)
    if style.tracking_em:
        yield f"--tracking-{style.name}:{style.tracking_em:g}em"
    rise_em = library.metrics(library.family(style.family)).rise_em
    half = (
        f"0.5 * (var(--unit) - var(--{style.leading}))"
        if isinstance(style.leading, str)
        else f"{(1 - style.leading) / 2:g} * var(--unit)"
    )
    yield f"--shift-{style.name}:calc({grid.text.rise_em:g} * var(--text) + {half} - {rise_em:g} * var(--{style.size}))"


def _of_the_face(style: TextStyle, grid: Grid, library: FontLibrary) -> Iterator[str]:
    """What sheets must know of a style's face, so that none of them has a length of one family in it."""
    metrics, size_mm = library.metrics(library.family(style.family)), grid.mm(style.size)
    middle_mm = _leading_mm(style, grid) / 2 + (metrics.rise_em - metrics.middle_em) * size_mm
    yield f"--middle-{style.name}:{middle_mm:.2f}mm"
    if face := library.nearest(library.family(style.family), style.weight, style.italic):
        yield f"--space-{style.name}:{library.width_em(' ', face):g}em"
        if drawn := library.drawn(_ROUND, face):
            yield f"--hang-{style.name}:{min(max(drawn[0], 0), _FARTHEST_EM):g}em"


def _mark_rules(styles: Mapping[str, TextStyle], grid: Grid, library: FontLibrary) -> str:
    """For each mark that opens a quote the leading that its paint begins with at the quote's cap height.

    No leading is below zero: a mark that stands on the baseline comes as high as it can.
    """
    mark = styles.get("mark")
    face = library.nearest(library.family(mark.family), mark.weight, mark.italic) if mark else None
    rules = ["blockquote{--mark-leading:calc(2.2 * var(--unit))}"]  # of a mark or a family that is not there
    for selector, name in (("blockquote", "quote"), ("blockquote.large", "large-quote")):
        quote = styles.get(name)
        if not (quote and mark and face):
            continue
        size_mm, metrics = grid.mm(mark.size), library.metrics(face.family)
        cap_mm = library.metrics(library.family(quote.family)).cap_height_em * grid.mm(quote.size)
        top_mm = grid.baseline_mm - cap_mm - _MARK_ABOVE_EM * size_mm
        for character in OPENING_MARKS:
            if drawn := library.drawn(character, face):
                half_mm = max(top_mm + (drawn[1] - metrics.rise_em) * size_mm, 0)
                rules.append(f"{selector}[data-mark='{character}']{{--mark-leading:{2 * round(half_mm, 2):g}mm}}")
    return "".join(rules)


def _leading_mm(style: TextStyle, grid: Grid) -> float:
    return grid.mm(style.leading) if isinstance(style.leading, str) else style.leading * grid.unit_mm


def _hundredths(length_mm: float) -> str:
    """A length as CSS, in hundredths of a millimetre, rounded up."""
    return f"{math.ceil(length_mm * 100) / 100:g}mm"
