"""What may stand in edition.yaml, in an entry and in a page of front matter: every field, once.

A new field is a line here and the line that reads it; the schema and the reference know it from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import phonenumbers
from msgspec.structs import replace

from directory_pub.edition.adverts import ADVERT_POSITIONS, ADVERT_SIZES
from directory_pub.edition.codes import Attachment, EntryCode
from directory_pub.edition.contact_table import ContactKind, ContactTable
from directory_pub.edition.form import (
    Field,
    Form,
    Lines,
    LinesOrNested,
    Named,
    Nested,
    Number,
    Pairs,
    Rows,
    Shape,
    Table,
    Text,
    TextOrNested,
)
from directory_pub.edition.hyphenation import languages_with_rules
from directory_pub.edition.model import (
    ContentsForm,
    Edge,
    FieldType,
    Level,
    Links,
    Opens,
    OwnField,
    Portraits,
    References,
    SectionForm,
)
from directory_pub.edition.persons import AFFILIATION
from directory_pub.edition.pictures import Fit
from directory_pub.edition.text import IndexOf
from directory_pub.edition.theme import DEFAULT_THEME
from directory_pub.edition.trims import LEAST_HEIGHT_MM, LEAST_WIDTH_MM, MOST_HEIGHT_MM, MOST_WIDTH_MM, TRIMS
from directory_pub.read.files import KEY
from directory_pub.read.programme_forms import PROGRAMME_FIELD
from directory_pub.read.text_pictures import FOCUS

__all__ = [
    "EDITION",
    "ENTRY",
    "ENTRY_KEY",
    "FIELD_NAME",
    "KIND_OF_PAGE",
    "LISTED",
    "TEXT_PAGE",
    "VARIANT_KEY",
    "contact_row",
    "in_edition",
    "may_be_limited",
    "own_field",
]

# -------------------------------------------------------------------- what a text may have to look like
_KEY = Shape(noun="key", pattern=KEY.pattern, remedy="Use small letters, digits and single hyphens.")
_FILE_KEY = replace(_KEY, remedy="Use small letters, digits and single hyphens: it names the files.")
ENTRY_KEY = replace(_KEY, remedy="Use small letters, digits and single hyphens: it is a name of the page.")
_TABLE = r".*\S\.([xX][lL][sS][xX]|[oO][dD][sS]|[cC][sS][vV])"
LISTED = replace(_KEY, pattern=rf"({KEY.pattern})(\.md)?|{_TABLE}")
"""An entry in a section's list, or the table that is in the list's place; with '.md' it is read, and told of."""
VARIANT_KEY = replace(_KEY, noun="name of a variant", remedy="Use small letters, digits and single hyphens.")
KIND_OF_PAGE = Shape(noun="kind of page", pattern=KEY.pattern, remedy="Use small letters, digits and hyphens.")
_COUNTRY = Shape(
    noun="country",
    choices=tuple(sorted(phonenumbers.SUPPORTED_REGIONS)),
    remedy="Write its two capital letters by ISO 3166, such as CH, BE or GB.",
)
_POINT = Shape(
    noun="point of a picture",
    pattern=FOCUS,
    remedy="Write two percentages from the left and the top, such as '40% 30%'.",
)
_TRIM = Shape(noun="known trim", choices=tuple(TRIMS), remedy=f"Use {', '.join(TRIMS)}, or width_mm and height_mm.")
_OPENS = Shape(noun="way to open", choices=get_args(Opens))
_CONTENTS = Shape(noun="form of the contents", choices=get_args(ContentsForm))
_INDEX_OF = Shape(noun="index", choices=get_args(IndexOf))
FIELD_NAME = Shape(
    noun="name of a field",
    pattern="[a-z][a-z0-9]*([-_][a-z0-9]+)*",
    remedy="Begin it with a small letter; digits, '-' and '_' may follow.",
)
_FIELD_TYPE = Shape(noun="type of field", choices=get_args(FieldType))
_SECTION_FORM = Shape(noun="form of a section", choices=get_args(SectionForm))
_PORTRAITS = Shape(noun="shape of portraits", choices=get_args(Portraits))
_LEVEL = Shape(noun="level of an entry", choices=get_args(Level))
_ORDER = Shape(
    noun="order",
    choices=("as-listed", "by-name", "by-place"),
    remedy="Use as-listed, by-name, by-place, or the name of a field: {by: founded}.",
)
_GROUP = Shape(
    noun="way to group",
    choices=("by-letter", "by-place"),
    remedy="Use by-letter, by-place, or the name of a field: {by: founded}.",
)
_NUMBER = Shape(
    noun="number",
    pattern=r"[+\-−]?[0-9]+([ \u00a0\u202f.,'’][0-9]{3})*([.,][0-9]+)?",
    remedy="Write figures, with a point or comma before decimals; words belong in a field that is a text.",
)
_DATE = Shape(
    noun="date",
    pattern="[0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?",
    day=True,
    remedy="Write it as 2031-03-14, 2031-03 or 2031; it is printed in the language's way.",
)
_ADVERT_SIZE = Shape(noun="size of an advert", choices=ADVERT_SIZES)
_ADVERT_PLACE = Shape(noun="place of an advert", choices=ADVERT_POSITIONS)
_ADDRESS = Shape(
    noun="web address", pattern=r"https?://\S+", remedy="Write it whole, as in https://www.example.org/book."
)
_REFERENCES = Shape(noun="way to print a cross reference", choices=get_args(References), remedy="Write page or link.")
_EDGE = Shape(noun="mark at the fore edge", choices=get_args(Edge))
_ENTRY_CODE = Shape(noun="code", choices=get_args(EntryCode), remedy="Write web, vcard or none.")
_PAGE_CODE = Shape(
    noun="address",
    pattern=r"email|https?://\S+",
    remedy="Write it whole, as in https://www.example.org/book, or email for the email PDF.",
)
_ATTACHMENT = Shape(
    noun="file to attach",
    pattern="|".join(each.replace(".", r"\.") for each in get_args(Attachment)),
    remedy=f"Write {' or '.join(get_args(Attachment))}.",
)
_LINKS = Shape(noun="way to print addresses", choices=get_args(Links), remedy="Write print, note or silent.")


def _day(remedy: str) -> Shape:
    return Shape(noun="date", pattern="[0-9]{4}-[0-9]{2}-[0-9]{2}", day=True, remedy=remedy)


# -------------------------------------------------------------------- what more than one file has
_TITLE = Text("title", "What stands above the page, if not the book's own word for it.", "Contents")
_COUNTRY_FIELD = Text(
    "country",
    "Where numbers without a country's code are dialled: two capital letters by ISO 3166.",
    "CH",
    shape=_COUNTRY,
)
_QUERIES = Rows(
    "queries",
    "The proofreader's questions; the text stays as it is, and every build reminds of them.",
    Form(
        Text("at", "The passage, word for word.", "inhabitants..", required=True),
        Text("query", "What is asked of it.", "The full stop is doubled.", required=True),
    ),
)
_CONTACT = Rows("contact", "The rows of the contact block in the order in which they print.", Form(), alone=True)

_SHOWN_TO = ("members",)
_SHOW = LinesOrNested(
    "show",
    "The variants and targets that it is shown in, and no others; or those of some of its fields.",
    _SHOWN_TO,
    form=Form(),
    filled=True,
)

# -------------------------------------------------------------------- pictures
_ALT = Text(
    "alt",
    "One sentence that says what it shows, for those who cannot see it.",
    "A red boat moored at a stone quay.",
    required=True,
    told_by_reader=True,
)
_PICTURE = Form(
    Text("file", "The picture's file in photos/.", "quay.jpg", required=True),
    _ALT,
    Text("credit", "Who made it; printed with it.", "Photo: A. Example"),
    Text("focus", "The point that a crop keeps, in per cent from the left and from the top.", "20% 50%", shape=_POINT),
)
_FIT = Text(
    "fit",
    "cover: it fills its field, and is cropped to it. contain: it is shown whole, on a ground.",
    "contain",
    shape=Shape(noun="fit of a picture", choices=get_args(Fit)),
    usual="cover",
)
_CAPTION = Text("caption", "What is printed below it, before the credit.", "The quay at *low* tide.")
_IN_TEXT = Form(*_PICTURE, _CAPTION, _FIT)
_PHOTO = Form(
    *_IN_TEXT,
    Text(
        "size",
        "tile: beside the title, however much room is free below the text. column: across the text, below the title, "
        "as high as it is. Without it, beside the title or in that room.",
        "column",
        shape=Shape(noun="size of a picture", choices=("tile", "column")),
    ),
)
_LOGO = Form(
    Text("file", "The logo's file in photos/: SVG, PDF or a picture.", "logo.svg", required=True),
    replace(_ALT, says="What is said of it to those who cannot see it.", example="League of River Towns"),
)

# -------------------------------------------------------------------- edition.yaml
_TRIM_SIZES = Form(
    Number("width_mm", "How wide the finished leaf is, in millimetres.", 210, above=LEAST_WIDTH_MM, most=MOST_WIDTH_MM),
    Number(
        "height_mm", "How high the finished leaf is, in millimetres.", 297, above=LEAST_HEIGHT_MM, most=MOST_HEIGHT_MM
    ),
)
_COVER = Form(
    Lines("series", "The series, at the head of the cover.", ("RIVER TOWNS", "REGISTER")),
    Lines("title", "The title, large.", ("RIVER", "TOWNS")),
    Text("year", "The year, large.", "2031"),
    Lines("words", "Words that stand for what the book is about.", ("OPEN", "FAIR", "GREEN")),
    Lines("event", "What the book is made for.", ("IN FOCUS: RIVER DAY",)),
    Lines("theme", "The theme of that event.", ("TOWNS ON ONE RIVER",)),
    Text("date", "When it takes place.", "5 OCTOBER 2031"),
    Lines("place", "Where it takes place.", ("TOWN HALL", "EXAMPLE CITY")),
    Nested("picture", "A picture, in the place of artwork; its credit stands in the imprint.", _PICTURE),
)
_MARK = Form(
    Text("sign", "What stands behind the name in the contents.", "*", required=True),
    Text("legend", "What the sign means, at the foot of the contents.", "Founding member.", required=True),
)
_INDEX = Form(
    Text(
        "of",
        "What it has: the persons of contact rows, the places of entries, topics from fields, or the entries by name; "
        "and what is marked in the text.",
        "places",
        required=True,
        shape=_INDEX_OF,
    ),
    replace(_TITLE, example="Places"),
    Lines("fields", "For topics: the own fields of the type list that they are in; without it, all.", ("tags",)),
    Pairs("see", "Words that are not used, and where their readers are sent instead.", ("Genf", "Geneva")),
    Pairs("see_also", "What is in the index, and where its readers may look as well.", ("Boats", "Harbours")),
)
_ADVERT = Form(
    Text("key", "Its short name.", "tram", required=True, shape=_KEY),
    Text("file", "Its file in adverts/: a PDF, or a picture (JPEG, PNG or WEBP).", "tram.pdf", required=True),
    Text(
        "advertiser",
        "Whose it is, for the list of advertisers and for what is to be told them.",
        "Lindhaven Tramways",
        required=True,
    ),
    Text("size", "How much of a page it takes.", "full", shape=_ADVERT_SIZE, usual="full"),
    replace(_ALT, example="A tram at night, and the words: We run until two.", told_by_reader=False),
    Text("link", "Where it leads in the email PDF.", "https://www.example.org", shape=_ADDRESS),
    Text(
        "place",
        "The page of the cover that it stands on; without it, it is among the adverts that fill the book up to its "
        "multiple.",
        "inside-front",
        shape=_ADVERT_PLACE,
    ),
)
_PAGE = "page: behind its words stands the page that they lead to. link: its words stand alone"
_REFERENCES_BY_TARGET = Form(
    Text("press", "In the press PDF.", "page", shape=_REFERENCES, usual="page"),
    Text("email", "In the email PDF.", "page", shape=_REFERENCES, usual="page"),
)
_SECTION = Form(
    Text(
        "key",
        "The section's short name, written as the book's is; links inside the book use it.",
        "members",
        required=True,
        shape=_KEY,
    ),
    Text("title", "What stands on the section's opener and in the contents.", "MEMBERS", required=True),
    Text("short", "A shorter title, for running heads and the contents.", "MEMBERS"),
    Text(
        "folder",
        "The folder, in the edition's, that its entries' files lie in, if it is not named as the section's key is.",
        "entries",
    ),
    Lines(
        "entries",
        "Its entries in their order, each by its file's name without '.md'; or 'all', which takes every file "
        "of the folder; or a table such as 'members.xlsx', of which each row is an entry.",
        ("quay",),
        shape=LISTED,
    ),
    Text(
        "form",
        "How its entries are set: each on pages of its own, several on a page, in a line or two each, or as people, "
        "each a row with a portrait.",
        "compact",
        shape=_SECTION_FORM,
        usual="pages",
    ),
    TextOrNested(
        "order",
        "The order of its entries: by-name (what 'entries: all' has), by-place and then by name, or by a field of the "
        "edition's own; where they are grouped, it follows from that.",
        "by-name",
        shape=_ORDER,
        usual="as-listed",
        form=Form(Text("by", "The field that they are put in order by.", "founded", required=True)),
    ),
    TextOrNested(
        "group",
        "What its entries stand together by, below a light head; for sections of form compact, register or people.",
        "by-letter",
        shape=_GROUP,
        form=Form(
            Text(
                "by",
                "The field that they stand together by; of a list, its first.",
                "topics",
                required=True,
            )
        ),
    ),
    Text(
        "portraits",
        "What the portraits of people are cut to.",
        "round",
        shape=_PORTRAITS,
        usual="square",
    ),
    Text(
        "affiliation",
        "Of people: the field of the edition's own that says where they are from; it is printed without its label.",
        "institute",
        usual=AFFILIATION,
    ),
    Text("sheet", "Of a workbook, the sheet to read, if it is not the first that is not hidden.", "Members"),
    Named(
        "columns",
        "The heads of a table's columns, by the field or kind of contact row that each has, where a head is another "
        "word.",
        (("name", "Organisation"), ("web", "Website")),
    ),
    Lines("show", "The variants and targets that its entries are shown in, and no others.", _SHOWN_TO, filled=True),
)
_VARIANT = Form(
    Text("title", "The book's title in this variant, if it is another.", "River Towns, for its members"),
)
_OWN_FIELD = Form(
    Text("label", "What is printed before its value.", "Topics", required=True),
    Text(
        "type",
        "What its values are; a date prints in the language's way, an address in a text or list is a link.",
        "list",
        shape=_FIELD_TYPE,
        usual="text",
    ),
)
_PARTED = Shape(
    noun="language that there are rules in to part words",
    pattern=f"(?:{'|'.join(languages_with_rules())})(?:-[A-Za-z0-9]+)*",
    remedy="Write it as a tag such as de, nl or de-CH, or take it out: words of other languages are never parted.",
)
EDITION = Form(
    Text(
        "key",
        "The book's short name, in small letters, digits and single hyphens; its files begin with it.",
        "river-towns-2031",
        required=True,
        shape=_FILE_KEY,
    ),
    Text("title", "The book's title, as readers of the files see it.", "River Towns", required=True),
    Text("year", "The year, which stands behind the title where that does not have it.", "2031"),
    Text("language", "The language that the book is written in, as a tag such as fr or de-CH.", "en-GB", required=True),
    Lines("languages", "All languages that passages in it may be in, as tags; without it, any.", ("en-GB", "fr", "de")),
    Nested(
        "hyphenation",
        "In which languages words of running text are parted at lines' ends. Without it always in German, Dutch and "
        "Finnish, and in others where lines are short.",
        Form(
            Lines("always", "Those in which they are parted in lines of any length.", ("sv",), shape=_PARTED),
            Lines("narrow", "Those in which they are, in lines of fewer than 40 letters.", ("de-CH",), shape=_PARTED),
            Lines("never", "Those in which no word is.", ("en",), shape=_PARTED),
        ),
    ),
    Text("publisher", "Who publishes the book, for what the files say of themselves.", "League of River Towns"),
    _COUNTRY_FIELD,
    Text(
        "created",
        "The day that both files carry as the one they were made on: year, month, day.",
        "2031-03-02",
        required=True,
        shape=_day("Write it as 2020-10-05: both PDFs carry it."),
    ),
    Text(
        "confirm_since",
        "The day that the edition was begun: every entry that was not confirmed since is a note in each build.",
        "2031-01-10",
        shape=_day("Write it as 2020-01-31: the day that the edition was begun."),
    ),
    Text("theme", "The look of the book, by name.", DEFAULT_THEME, usual=DEFAULT_THEME),
    TextOrNested(
        "trim",
        "The size of the finished leaf: by name, or as width_mm and height_mm.",
        "A4",
        required=True,
        shape=_TRIM,
        usual="A4",
        form=_TRIM_SIZES,
    ),
    Number("bleed_mm", "How far colour runs past the trim, in millimetres.", 3, above=0, most=20),
    Number("page_multiple", "The page count is filled up to a multiple of this.", 4, above=0, most=64, whole=True),
    Nested("cover", "The words of the cover, one printed line a row; without it there is no cover.", _COVER),
    Nested(
        "contents",
        "The contents page.",
        Form(
            _TITLE,
            Text(
                "form",
                "How it is set: a row for each entry, several columns, sections alone, sections with the letters of "
                "their entries, or each entry behind its drawing; without it, by the number of rows.",
                "columns",
                shape=_CONTENTS,
            ),
        ),
    ),
    Nested(
        "note_pages",
        "Pages for notes that fill the book up to its multiple.",
        Form(replace(_TITLE, says="What stands above each; without it nothing does.", example="Notes")),
    ),
    Lines(
        "pages",
        "Everything between the covers in its order, up to the indexes: texts by their file's name in pages/ without "
        "'.md', sections and adverts by their key, and contents, programme, sponsors, notes (a page for notes) and "
        "blank (a blank page); without it, front matter, contents, programme, the sections, and sponsors.",
        ("preface", "imprint", "contents", "programme", "members", "sponsors"),
        shape=KIND_OF_PAGE,
    ),
    Lines(
        "front_matter",
        "The texts before the contents in their order, each by its file's name in front-matter/ "
        "without '.md'; without it, preface and imprint. 'pages' says it of the whole book.",
        ("preface", "imprint"),
        shape=KIND_OF_PAGE,
    ),
    PROGRAMME_FIELD,
    Nested(
        "email",
        "The email PDF.",
        Form(
            Text(
                "opens",
                "How a reader first sees it: one page at a time, or the cover and then two facing pages.",
                "single",
                shape=_OPENS,
                usual="spreads",
            ),
            Text(
                "web",
                "The address that it can be had at, for codes to scan.",
                "https://example.org/towns.pdf",
                shape=_ADDRESS,
            ),
            Lines(
                "attach",
                "Files that it has with it: the contact data of its entries as an address book, or as a table.",
                ("contacts.vcf", "contacts.csv"),
                shape=_ATTACHMENT,
            ),
        ),
    ),
    Text(
        "edge",
        "What bleeds at the fore edge of the pages of entries in the press file: the plot of each, a step lower from "
        "entry to entry, so that the closed book shows them (plots), or nothing (none).",
        "plots",
        shape=_EDGE,
        usual="none",
    ),
    Text(
        "qr",
        "The code to scan that stands with each entry, if the entry does not say otherwise: its web address, its "
        "contact data for an address book (vcard), or none.",
        "web",
        shape=_ENTRY_CODE,
        usual="none",
    ),
    TextOrNested(
        "cross_references",
        f"What a cross reference shows. {_PAGE}.",
        "link",
        shape=_REFERENCES,
        usual="page",
        form=_REFERENCES_BY_TARGET,
    ),
    Text(
        "links",
        "What becomes of a link's address that stands nowhere else in its text. print: it stands in brackets behind "
        "the link's words. note: it is a footnote. silent: it is not printed. Without it, it is not, and you are told.",
        "print",
        shape=_LINKS,
    ),
    Table(
        "marks",
        "Signs behind names in the contents, each by a short name that entries give as their 'mark'.",
        "founding-member",
        _MARK,
    ),
    Rows("index", "What stands behind the last section: one index or several, in their order.", _INDEX, word="of"),
    Rows("adverts", "The adverts, in the order in which they stand.", _ADVERT),
    TextOrNested(
        "sponsors",
        "Who carries the book: a file of levels with their sponsors, beside edition.yaml, or a table with a row for "
        "each sponsor and the heads level, name, logo, web, entry.",
        "sponsors.yaml",
        form=Form(
            Text("file", "The file, or the table.", "sponsors.xlsx", required=True),
            Text("title", "What stands above the page, if not what the file says.", "Partners"),
            Text("sheet", "Of a workbook, the sheet to read, if it is not the first that is not hidden.", "Sponsors"),
        ),
    ),
    Table(
        "fields",
        "Fields of its own, which entries may have beside those that every book has, in the order in which they print.",
        "topics",
        _OWN_FIELD,
    ),
    Lines(
        "ignored_articles",
        "Articles that do not count at the beginning of a name when names are put in order.",
        ("The", "L'"),
    ),
    Rows("sections", "The parts of the book in their order.", _SECTION, required=True),
    Table(
        "variants",
        "Editions of the book for different readers, each by a short name that stands in its files' names; "
        "what is not limited by 'show' is in all of them.",
        "members",
        _VARIANT,
    ),
    Nested(
        "show",
        "Fields of entries that are limited: each with the variants and targets (press, email) that it is shown in, "
        "and no others. Contact rows of a publisher are limited as those of entries.",
        Form(),
    ),
)

# -------------------------------------------------------------------- an entry
ENTRY = Form(
    Text(
        "name",
        "The organization's name; a | between two words is where the second line of its title may begin.",
        "Quay Towns Network",
        required=True,
    ),
    Text("short", "A shorter name, for the running head and the contents.", "Quay Towns"),
    Text("subtitle", "A second line of the name, and a row of its own in the contents.", "Towns on one river"),
    Text(
        "sort",
        "What it is put in order by, if not its name; a person's with the family's name first.",
        "Varga, Octavi de la",
    ),
    Text("mark", "One of the edition's marks, by its short name.", "founding-member"),
    Text(
        "confirmed",
        "The day on which the organization said that the entry holds.",
        "2031-03-14",
        shape=_day("Write the day of the answer as 2020-03-14."),
    ),
    Text("place", "The town, or another place, that it is looked up under.", "Hamburg"),
    Text(
        "level",
        "How much it stands out where several entries share a page.",
        "boxed",
        shape=_LEVEL,
        usual="plain",
    ),
    Text("motif", "The drawing of the entry, or 'none'; without it one is chosen by its key.", "square"),
    Text("language", "The language of the entry, as a tag, if not the edition's.", "fr"),
    replace(_COUNTRY_FIELD, says=f"{_COUNTRY_FIELD.says[:-1]}, if not the edition's.", example="NL"),
    Rows("photos", "More pictures: a strip of up to four behind the text, or a grid.", _IN_TEXT),
    Nested("closing_photo", "A picture in the room that is left below the text on its last page.", _IN_TEXT),
    Text("qr", "Its code to scan, if not the edition's: web, vcard or none.", "vcard", shape=_ENTRY_CODE),
    Nested("photo", "A picture in the place of the motif: a photograph, or a drawing as SVG or PDF.", _PHOTO),
    Nested(
        "logo",
        "Its logo, shown whole below the motif or picture; in the motif's place where 'motif' is 'none'.",
        _LOGO,
    ),
    _CONTACT,
    _QUERIES,
    Lines(
        "see_also",
        "Entries, sections or pages of front matter that a row below the text refers to, each by its key.",
        ("tide-office",),
        shape=LISTED,
    ),
    replace(_SHOW, says=f"{_SHOW.says} It goes before what the edition says."),
)

# -------------------------------------------------------------------- a text with pages of its own
_PUBLISHER = Form(
    Text("name", "The publisher's name.", "League of River Towns", required=True),
    Nested("logo", "The publisher's logo, for cover, imprint and back cover.", _LOGO),
    Lines("wordmark", "The name as it is drawn on imprint and back cover, line by line.", ("LEAGUE OF", "RIVER TOWNS")),
    Text("address", "The postal address.", "1 Quay Street, Example City"),
    _CONTACT,
)
TEXT_PAGE = Form(
    Text(
        "kind",
        "How it is set, by the name of a layout; without it, the layout that is named as the file is, else text.",
        "text",
        shape=KIND_OF_PAGE,
    ),
    replace(
        _TITLE, says="What stands above the page; a preface has the book's own word for it.", example="About this book"
    ),
    Nested(
        "picture",
        "Its picture: of a plate over the whole page, of an illustration below its text, of a letter who writes it.",
        _IN_TEXT,
    ),
    Nested("publisher", "Who publishes, for the imprint and the back cover.", _PUBLISHER),
    Text(
        "qr",
        "What a code to scan on the page leads to: a web address, or with the word email the address of the email PDF.",
        "https://www.example.org/plan",
        shape=_PAGE_CODE,
    ),
    _QUERIES,
    replace(_SHOW, says="The variants and targets that the page is shown in, and no others; or those of contact rows."),
)


# -------------------------------------------------------------------- what only the edition knows
def contact_row(table: ContactTable) -> Form:
    """A row of a contact block: a kind of the theme's, and its value."""
    return Form(*(_contact_kind(kind, table) for kind in table.kinds.values()))


_LIMITED = {
    "contact": "All contact rows.",
    "subtitle": "The subtitle.",
    "mark": "The mark.",
    "photo": "The picture.",
    "photos": "The pictures behind the text.",
    "closing_photo": "The picture at the end.",
    "logo": "The logo.",
    "place": "The place.",
    "text": "The text below the fields, and its footnotes.",
}


def may_be_limited(table: ContactTable, own: Sequence[OwnField] = (), *, of_entry: bool = True) -> Form:
    """What 'show' may name: kinds of contact row, and the fields ``of_entry``, with those of the edition's ``own``."""
    says = {name: f"The contact rows of the kind '{name}'." for name in table.kinds}
    says |= dict(_LIMITED) if of_entry else {"contact": _LIMITED["contact"]}
    says |= {each.name: f"The field '{each.name}'." for each in own}
    return Form(*(Lines(name, told, _SHOWN_TO, filled=True) for name, told in says.items()))


_KIND_SAYS = {
    "web": ("A web address, or several; words before and behind are printed as they stand.", "www.example.org"),
    "mail": ("A mail address, or several; words before and behind are printed as they stand.", "office@example.org"),
    "number": ("A telephone number, or several; those with their country's code are links.", "+41 22 555 01 32"),
    "address": ("A postal address; behind '|-' it has as many lines as it takes.", "1 Quay Street, Example City"),
    "": ("A text; addresses in it, and numbers with their country's code, are links.", "Ada Brandt, ada@example.org"),
}


def _contact_kind(kind: ContactKind, table: ContactTable) -> Field:
    if kind.value == "profile":
        return Nested(kind.name, "A name on a network, or an address there, or both.", _profile(table))
    says, example = _KIND_SAYS.get(kind.name) or _KIND_SAYS[kind.value or ""]
    if kind.pattern:
        says, example = f"A text with one or more values such as {kind.example}.", kind.example or ""
    return Text(kind.name, says, example)


def _profile(table: ContactTable) -> Form:
    return Form(
            Text("network", "The network; one that is not known here is printed by its name.", "mastodon",
                 required=True, suggested=tuple(table.networks)),
            Text("handle", "The name there, or a full address.", "@quay@example.org"),
            Text("web", "Where it leads, if that is not the network's usual address.", "https://social.example.org/@quay"),
        one_of=("handle", "web"),
    )  # fmt: skip


def own_field(field: OwnField) -> Field:
    """A field of the edition's own, as an entry has it."""
    says = f"{field.label.rstrip('.:')}: a field of the edition's own."
    match field.type:
        case "list":
            return Lines(field.name, says, ("Water", "Housing"))
        case "date":
            return Text(field.name, says, "2031-03-14", shape=_DATE)
        case "number":
            return Text(field.name, says, "120", shape=_NUMBER)
        case _:
            return Text(field.name, says, "Mon–Fri 9–17")


def in_edition(
    form: Form,
    *,
    table: ContactTable | None = None,
    themes: Sequence[str] = (),
    marks: Sequence[str] = (),
    motifs: Sequence[str] = (),
    own: Sequence[OwnField] = (),
) -> Form:
    """A form with what an edition knows in it: its contact table, themes, marks and motifs by name, its own fields."""
    fields: list[Field] = []
    for each in form:
        match each:
            case Rows(name="contact") if table:
                fields.append(replace(each, form=contact_row(table)))
            case Nested(name="show") | LinesOrNested() if table:
                of_entry = form is not TEXT_PAGE
                fields.append(replace(each, form=may_be_limited(table, own, of_entry=of_entry)))
            case Nested():
                fields.append(replace(each, form=in_edition(each.form, table=table)))
            case _:
                fields.append(each)
    form = Form(*fields, *map(own_field, own), one_of=form.one_of)
    for name, choices in (("theme", themes), ("mark", marks), ("motif", motifs)):
        form = form.with_choices(name, choices) if choices else form
    return form
