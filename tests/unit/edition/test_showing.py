"""An edition as a variant and a target show it: what is limited is not in it, in no corner."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from directory_pub.edition.contact_table import ContactRow
from directory_pub.edition.model import (
    Edition,
    Entry,
    Group,
    Index,
    Mark,
    OwnField,
    OwnValue,
    Publisher,
    Query,
    Section,
    SeeReference,
    Showing,
    TextPage,
    Variant,
)
from directory_pub.edition.showing import check_something_shown, check_variant, shown_by_targets, shown_in
from directory_pub.edition.targets import EMAIL, PRESS
from directory_pub.findings import Place
from unit.hand_made import call, edition, entry, paragraph, run

PLACE = Place(file="x.md", line=3)
PHONE = ContactRow(kind="phone", text="+41 22 910 45 05", place=PLACE)
MAIL = ContactRow(kind="mail", text="quay@example.org", place=PLACE)


def rule(field: str, *names: str) -> Showing:
    return Showing(field=field, names=names, place=PLACE)


def book(*entries: Entry, show: tuple[Showing, ...] = (), **fields: Any) -> Edition:
    """A book with a public variant and one for members."""
    made = edition(*entries)
    variants = (Variant(key="public", place=PLACE, title="For all"), Variant(key="members", place=PLACE))
    return replace(made, variants=variants, show=show, **fields)


def shown(made: Edition, variant: str | None = "public", target: Any = PRESS) -> list[Entry]:
    return list(shown_in(made, variant, target).entries)


QUAY = entry("quay", paragraph("Boats lie here."), contact=(PHONE, MAIL), subtitle="A bend", digest="abc", mark="guest")


# -------------------------------------------------------------------- fields
def test_a_field_is_in_the_variants_that_its_rule_names_and_in_no_other() -> None:
    made = book(QUAY, show=(rule("phone", "members"),))
    assert shown(made)[0].contact == (MAIL,)
    assert shown(made, "members") == [QUAY]


def test_what_is_not_the_whole_of_its_file_has_not_the_files_digest() -> None:
    made = book(QUAY, show=(rule("phone", "members"),))
    assert shown(made)[0].digest == ""
    assert shown(made, "members")[0].digest == "abc"


def test_a_rule_of_an_entry_goes_before_that_of_the_edition() -> None:
    own = replace(QUAY, show=(rule("phone", "public", "members"),))
    assert shown(book(own, show=(rule("phone", "members"),)))[0].contact == (PHONE, MAIL)
    own = replace(QUAY, show=(rule("mail", "members"),))
    assert shown(book(own))[0].contact == (PHONE,)


def test_names_of_variants_and_of_targets_limit_both() -> None:
    made = book(QUAY, show=(rule("phone", "members", "email"),))
    assert [bool(PHONE in shown(made, *at)[0].contact) for at in (("members", EMAIL), ("members", PRESS))] == [
        True,
        False,
    ]
    assert PHONE not in shown(made, "public", EMAIL)[0].contact


def test_a_rule_that_names_nobody_that_there_is_shows_nothing() -> None:
    for names in ((), ("memebrs",)):
        assert shown(book(QUAY, show=(rule("phone", *names),)), "members")[0].contact == (MAIL,)


def test_all_rows_of_contact_and_every_field_can_be_limited() -> None:
    value = OwnValue(field="hours", texts=("9 to 5",), place=PLACE)
    full = entry("quay", paragraph("Boats", call("a", "A note.")), contact=(PHONE,), subtitle="A bend", mark="guest")
    full = replace(
        full, values=(value,), locality="Northport", queries=(Query(at="Boats", query="Sure?", place=PLACE),)
    )
    names = ("contact", "subtitle", "mark", "photo", "place", "hours", "text")
    (left,) = shown(book(full, show=tuple(rule(name, "members") for name in names)))
    assert (left.contact, left.subtitle, left.mark, left.locality, left.values) == ((), None, None, None, ())
    assert (left.body, left.note_count, left.queries) == ((), 0, ())


def test_a_field_that_nobody_has_any_more_is_none_of_the_editions() -> None:
    hours = OwnField(name="hours", label="Hours", place=PLACE)
    founded = OwnField(name="founded", label="Founded", place=PLACE)
    quay = replace(QUAY, values=(OwnValue(field="hours", texts=("9 to 5",), place=PLACE),))
    made = book(quay, show=(rule("hours", "members"),), fields=(hours, founded))
    assert shown_in(made, "public", PRESS).fields == (founded,)
    assert shown_in(made, "members", PRESS).fields == (hours, founded)


def test_a_mark_that_nobody_has_any_more_is_not_in_the_legend() -> None:
    marks = tuple(Mark(key=key, sign="*", legend=key, place=PLACE) for key in ("guest", "founder"))
    made = book(QUAY, entry("mole", mark="founder"), marks=marks, show=(rule("mark", "members"),))
    assert [mark.key for mark in shown_in(made, "public", PRESS).marks] == []
    own = replace(QUAY, show=(rule("mark", "members"),))
    made = book(own, entry("mole", mark="founder"), marks=marks)
    assert [mark.key for mark in shown_in(made, "public", PRESS).marks] == ["founder"]


def test_a_publishers_rows_are_limited_as_those_of_entries() -> None:
    publisher = Publisher(name="League", place=PLACE, contact=(PHONE, MAIL))
    page = TextPage(key="imprint", kind="imprint", place=PLACE, body=(), publisher=publisher)
    made = book(QUAY, show=(rule("phone", "members"),), text_pages={"imprint": page})
    left = shown_in(made, "public", PRESS).publisher_details
    assert left is not None
    assert left.contact == (MAIL,)
    own = replace(page, show=(rule("phone", "public"),))
    left = shown_in(replace(made, text_pages={"imprint": own}), "public", PRESS).publisher_details
    assert left is not None
    assert left.contact == (PHONE, MAIL)


# -------------------------------------------------------------------- entries, sections, pages
def test_an_entry_that_is_limited_is_gone_and_links_to_it_are_their_words() -> None:
    desk = entry("desk", show=(rule("", "members"),))
    linking = entry("mole", paragraph("Ask the ", run("desk", href="#desk"), call("a", "Or not.")), digest="abc")
    left = shown_in(book(desk, linking, QUAY), "public", PRESS)
    assert [each.key for each in left.entries] == ["mole", "quay"]
    assert "#desk" not in repr(left)
    assert left.entries[0].digest == ""
    assert left.entries[1] is QUAY
    assert "#desk" in repr(shown_in(book(desk, linking), "members", PRESS))


def test_a_section_is_limited_with_all_its_entries_but_those_that_say_otherwise() -> None:
    section = Section(
        key="staff", title="STAFF", place=PLACE, entries=(QUAY, entry("mole")), show=(rule("", "members"),)
    )
    made = book(entry("pier"))
    made = replace(made, sections=(*made.sections, section))
    assert [each.title for each in shown_in(made, "public", PRESS).sections] == [made.sections[0].title]
    own = replace(section, entries=(replace(QUAY, show=(rule("", "public", "members"),)), entry("mole")))
    left = shown_in(replace(made, sections=(*made.sections[:1], own)), "public", PRESS)
    assert [each.key for each in left.entries] == ["pier", "quay"]


def test_a_page_of_front_matter_can_be_limited() -> None:
    page = TextPage(key="welcome", kind="welcome", place=PLACE, body=(), show=(rule("", "members"),))
    made = book(QUAY, text_pages={"welcome": page})
    assert list(shown_in(made, "public", PRESS).text_pages) == []
    assert list(shown_in(made, "members", PRESS).text_pages) == ["welcome"]


def test_groups_have_what_is_left_of_them_and_are_none_where_what_they_are_by_is_withheld() -> None:
    mole = entry("mole", locality="Southport")
    quay = replace(QUAY, locality="Northport")
    hidden = entry("desk", locality="Eastport", show=(rule("", "members"),))
    groups = tuple(Group(title=str(e.locality), initial="N", entries=(e,)) for e in (quay, mole, hidden))
    made = book(quay, mole, hidden)
    made = replace(made, sections=(replace(made.sections[0], groups=groups, ordered_by="place"),))
    left = shown_in(made, "public", PRESS).sections[0]
    assert [group.title for group in left.groups] == ["Northport", "Southport"]
    withheld = replace(made, show=(rule("place", "members"),))
    section = shown_in(withheld, "public", PRESS).sections[0]
    assert (section.groups, [each.name for each in section.entries]) == ((), ["Mole", "Quay"])
    changed = shown_in(replace(made, show=(rule("phone", "members"),)), "public", PRESS).sections[0]
    assert changed.groups[0].entries[0] is changed.entries[0]


# -------------------------------------------------------------------- editions
def test_an_edition_in_which_nothing_is_limited_stays_the_same_object() -> None:
    plain = edition(QUAY)
    assert shown_in(plain, None, PRESS) is plain
    assert shown_by_targets(plain, None, (PRESS, EMAIL)) == [(plain, (PRESS, EMAIL))]


def test_a_variant_has_its_title_and_its_files_its_name() -> None:
    left = shown_in(book(QUAY), "public", PRESS)
    assert (left.title, left.file_key, left.key, left.variants) == ("For all", f"{left.key}-public", left.key, ())
    assert shown_in(book(QUAY), "members", PRESS).title == book(QUAY).title


def test_targets_that_show_the_same_are_made_together() -> None:
    made = book(QUAY, show=(rule("phone", "members"),))
    assert [targets for _, targets in shown_by_targets(made, "public", (PRESS, EMAIL))] == [(PRESS, EMAIL)]
    apart = book(QUAY, show=(rule("phone", "press"),))
    found = shown_by_targets(apart, "public", (PRESS, EMAIL))
    assert [(targets, PHONE in each.entries[0].contact) for each, targets in found] == [
        ((PRESS,), True),
        ((EMAIL,), False),
    ]


def test_a_variant_must_be_named_where_there_are_some_and_only_there() -> None:
    assert [f.message for f in check_variant(book(QUAY), None)] == [
        "the edition has variants, and none is named: public, members."
    ]
    assert [f.remedy for f in check_variant(book(QUAY), "pubilc")] == ["Did you mean 'public'?"]
    assert [f.code for f in check_variant(edition(QUAY), "public")] == ["variant-unknown"]
    assert check_variant(book(QUAY), "public") == check_variant(edition(QUAY), None) == []


def test_a_variant_without_an_entry_is_an_error() -> None:
    made = book(replace(QUAY, show=(rule("", "members"),)))
    assert [f.code for f in check_something_shown(shown_in(made, "public", PRESS), made)] == ["variant-unknown"]
    assert check_something_shown(shown_in(made, "members", PRESS), made) == []


# -------------------------------------------------------------------- indexes
def test_an_index_that_only_the_others_have_something_in_is_left_out() -> None:
    person = ContactRow(kind="person", text="Ada Brandt, harbour master", place=PLACE)
    quay = replace(QUAY, contact=(person,))
    people = Index(of="people", title="People", place=PLACE)
    made = book(quay, show=(rule("person", "members"),), indexes=(people,))
    assert shown_in(made, "public", PRESS).indexes == ()
    assert shown_in(made, "members", PRESS).indexes == (people,)


def test_a_reference_of_an_index_to_what_is_withheld_is_left_out() -> None:
    """One that leads nowhere in any variant stays, to be told of."""
    hidden = replace(QUAY, locality="Geneva", show=(rule("place", "members"),))
    mole = replace(QUAY, key="mole", locality="Basel", show=())
    see = tuple(SeeReference(head=head, to=to, place=PLACE) for head, to in (("Genf", "Geneva"), ("Bern", "Berne")))
    places = Index(of="places", title="Places", place=PLACE, see=see)
    made = book(hidden, mole, indexes=(places,))
    assert [each.to for each in shown_in(made, "public", PRESS).indexes[0].see] == ["Berne"]
    assert [each.to for each in shown_in(made, "members", PRESS).indexes[0].see] == ["Geneva", "Berne"]
