"""Who is shown what: the variants of an edition, and the rules that limit fields and entries to some of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from directory_pub.edition.form import Form, Table
from directory_pub.edition.model import Edition, Showing, Variant
from directory_pub.edition.spelling import did_you_mean
from directory_pub.edition.targets import TARGETS
from directory_pub.edition.yaml_source import Fields, Node, is_blank
from directory_pub.findings import Finding, Place, error, warning
from directory_pub.read.forms import EDITION, VARIANT_KEY

__all__ = ["check_showing", "read_field_rules", "read_show", "read_variants"]

_FIELD = "show"
_REMEDY = "Name the variants and targets that it is shown in, or take the line out: it is then shown in all."


# -------------------------------------------------------------------- variants
def read_variants(f: Fields) -> tuple[Variant, ...]:
    """The variants of edition.yaml; one of which nothing is said is what is left when all that is limited is not."""
    node = f.node("variants")
    if node is None:
        return ()
    if not isinstance(node.value, dict):
        remedy = "Write each on a line of its own, as in 'public: {}'."
        f.complain("value-type", node.place, f"is {node.kind}, not a mapping of variants by name.", remedy)
        return ()
    rows = [(name, row) for name, row in node.value.items() if _is_name(name, row, f)]
    return tuple(_read_variant(name, row, f) for name, row in rows)


def _is_name(name: str, row: Node, f: Fields) -> bool:
    if name in TARGETS:
        remedy = "Name the variant otherwise: rules of 'show' name targets, too."
        f.complain("value-type", row.place, f"'{name}' is a target, and no name of a variant.", remedy)
        return False
    return f.has_shape(Node(name, row.place), VARIANT_KEY)


def _read_variant(name: str, row: Node, f: Fields) -> Variant:
    own = Fields(row, row.place, f.findings, EDITION.get("variants", Table).form)
    variant = Variant(key=name, place=row.place, title=own.text("title"))
    own.close()
    return variant


# -------------------------------------------------------------------- rules
def read_show(
    f: Fields, fields: Form | None, other_names: Mapping[str, str] | None = None, *, of_whole: bool = True
) -> tuple[Showing, ...]:
    """The rules of a file's 'show': one of the whole, or one for each of some ``fields``.

    ``fields`` are those that may be limited; None where only the whole may be, by a list. A rule that cannot be read
    names nobody, so that nothing is shown by a slip.
    """
    node = f.node(_FIELD)
    if node is None:
        blank = f.places().get(_FIELD)
        return (_of_nobody("", blank, f),) if blank and of_whole else ()
    if fields is None or not isinstance(node.value, dict):
        return (_read_rule("", node, f),)
    known = [each.name for each in fields]
    for name, row in node.value.items():
        if name not in known:
            meant = (other_names or {}).get(name.casefold())
            remedy = f"Did you mean '{meant}'?" if meant else did_you_mean(name, known, f"Use {', '.join(known)}.")
            f.complain("key-unknown", row.place, "is no field that can be limited.", remedy)
    return tuple(_read_rule(name, row, f) for name, row in node.value.items() if name in known)


def read_field_rules(f: Fields, fields: Form, other_names: Mapping[str, str]) -> tuple[Showing, ...]:
    """The rules of edition.yaml, each of a field."""
    rules = read_show(f, fields, other_names, of_whole=False)
    for rule in rules:
        if not rule.field and rule.names:
            remedy = "Write the field, as in 'phone: members'; a whole entry is limited in its own file."
            f.complain("value-type", rule.place, "names no field.", remedy)
    return tuple(rule for rule in rules if rule.field)


def _read_rule(field: str, node: Node, f: Fields) -> Showing:
    """One rule, of a text or a list of texts."""
    rows = node.value if isinstance(node.value, list) else [node]
    names = [row for row in rows if isinstance(row.value, str) and not is_blank(row)]
    for row in rows:
        if not isinstance(row.value, str):
            f.complain("value-type", row.place, f"is {row.kind}, not the name of a variant or target.", _REMEDY)
        elif is_blank(row) and names:
            f.findings.append(warning("value-blank", row.place, "is blank.", "Write its value, or take it out."))
    if not names and all(isinstance(row.value, str) for row in rows):
        return _of_nobody(field, node.place, f)
    return Showing(field=field, names=tuple(str(row.value) for row in names), place=node.place)


def _of_nobody(field: str, place: Place, f: Fields) -> Showing:
    f.complain("value-blank", place, "is blank: it would be shown to nobody.", _REMEDY)
    return Showing(field=field, names=(), place=place)


# -------------------------------------------------------------------- what they name
def check_showing(edition: Edition) -> Iterator[Finding]:
    """An error of each rule that names what is neither a variant of the edition nor a target."""
    variants = [variant.key for variant in edition.variants]
    known = [*variants, *TARGETS]
    for rule in _rules(edition):
        for name in rule.names:
            if name not in known:
                declare = "" if variants else "Declare it under 'variants' in edition.yaml, or "
                otherwise = f"{declare}{'use' if declare else 'Use'} {', '.join(known)}."
                message = f"'{name}' is no variant of this edition, and no target."
                yield error("variant-unknown", rule.place, message, did_you_mean(name, known, otherwise))


def _rules(edition: Edition) -> Iterator[Showing]:
    yield from edition.show
    for page in edition.text_pages.values():
        yield from page.show
    for section in edition.sections:
        yield from section.show
        for entry in section.entries:
            yield from entry.show
