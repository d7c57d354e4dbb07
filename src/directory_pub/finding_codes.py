"""Every finding's code with what it means, in the words of docs/findings.md."""

from __future__ import annotations

__all__ = ["CODES", "describe_codes"]

CODES: dict[str, str] = {
    # read
    "file-missing": "A file that the book needs is not there, or is none that can be read.",
    "file-large": "A file that is far larger than one of its kind can be: it is not read.",
    "file-encoding": "A content file, sheet or layout is not UTF-8 text.",
    "yaml-syntax": "YAML could not be read at this line.",
    "yaml-alias": "YAML anchors and aliases are not used in content: write the value out.",
    "yaml-tag": "A YAML tag, a word behind !, is not used in content: put the value in quotes.",
    "yaml-comment": "What YAML takes for a comment on the line of a value, and may be part of it: quote the value.",
    "value-blank": "A field without a value, or with a value that has no letters.",
    "character-unseen": "A character that nobody sees, by its code point; a soft hyphen inside a word is none of them.",
    "key-unknown": "A key that the content model does not have; the nearest known one is named.",
    "key-taken": "Another edition with this key has its files in the output folder.",
    "key-duplicate": "A key stands twice in one mapping; only one of its values could be printed.",
    "key-missing": "A required key is not there.",
    "value-type": "A value has the wrong type or does not read as what it should be.",
    "markdown-unsupported": "A Markdown construct that no layout can print.",
    "raw-html": "Text that looks like HTML, in a body or a field: it prints as it is typed.",
    "text-unread": "Text of a content file that would vanish between the file and the page, or that nobody wrote.",
    "remark-unclosed": "A remark for editors, from <!-- on, that no --> ends.",
    "emphasis-stray": "Marks of emphasis that are printed, or that vanish inside a word or figure.",
    "link-stray": "What looks like a link or a passage's language, and is none.",
    "list-stray": "A line that is set as a list and reads as a sentence, or the other way round.",
    "head-without-text": "A heading with nothing below it.",
    "typewriter-sign": "A typewriter's quotation mark or double hyphen: it prints as it was typed.",
    "note-undefined": "A footnote call without the footnote, or a footnote without words.",
    "note-uncalled": "A footnote that no call leads to: it would not be printed.",
    "note-repeated": "A footnote that is called or defined more than once.",
    "note-in-heading": "A footnote call in a heading or name: it would leak into running heads and contents.",
    "variant-unknown": "A variant that the edition does not have, that nobody named, or that shows no entry.",
    "table-unreadable": "A table of entries that is none, is empty, or has no sheet of the name that is asked for.",
    "table-column": "A head that is asked for and stands in no table, or two columns that are the same field.",
    "table-cell": "A cell or row of a table of which nobody can say what it shows.",
    "table-hidden": "Rows of a table that are hidden: nobody knows whether they are to be printed.",
    "table-unread": "Columns, sheets or links of a table that nothing in the book comes from.",
    # proofread
    "entry-missing": "The edition lists an entry whose file is not there.",
    "entry-repeated": "The edition lists an entry a second time.",
    "file-unused": "A file in the edition's folder that nothing in the book comes from.",
    "entry-unlisted": "An entry's file that no section lists: it would not be printed.",
    "name-duplicate": "Two entries, sections, fields or groups share a name or key, or what may be one.",
    "entry-abridged": "Entries of a register that have more than it prints and stand in full nowhere in the book.",
    "portrait-missing": "People without a portrait where most have one: their initials stand in its place.",
    "mark-unknown": "An entry's mark that the edition does not define.",
    "mark-unused": "A mark with a legend that no entry carries.",
    "motif-unknown": "An entry's motif that the artwork does not have.",
    "language-unknown": "A language tag that is not in the registry.",
    "language-undeclared": "A passage in a language that the edition does not list.",
    "words-english": "Words of the tool's own, in English in a book of another language.",
    "motif-unreadable": "A motif in styles/motifs/ that is not drawn as motifs are: in a square, in five flat colours.",
    "link-syntax": "A web address that cannot be opened.",
    "link-elsewhere": "Words that are an address, or a network's sign, and lead to another's.",
    "mail-syntax": "A mail address that cannot be written to.",
    "phone-number": "A phone number that cannot be dialled as it is written, or not from another country.",
    "network-unknown": "A social network that is not known by its name: no link can be made from a name on it.",
    "reference-broken": "A link inside the book that leads nowhere.",
    "index-untaken": "Words that are marked for an index that the edition does not have.",
    "index-see": "A reference in an index to a head that is not there.",
    "index-spelling": "Two heads of an index that may be one name in two spellings.",
    "index-name": "A person's row of contacts in which no name is found for the index of people.",
    "index-empty": "An index in which nothing stands: it is left out.",
    "address-unprinted": "Links whose addresses stand nowhere on paper; each entry is told of once.",
    "entry-unconfirmed": "An entry that nobody has confirmed since the edition was begun from an earlier one.",
    "query": "The proofreader asks: something looks cut short or mistaken.",
    "query-stale": "A query whose passage is not in the entry any more.",
    "stop-doubled": "A doubled full stop.",
    "paragraph-unfinished": "A paragraph that ends without a full stop.",
    "credit-cut-short": "A quote's credit line with a single name: part of it may be lost.",
    "photo-missing": "A picture's file is not there.",
    "photo-unreadable": "A picture that is truncated or of a kind that cannot be printed.",
    "photo-depth": "A picture with 16 bits a channel: the engine prints it wrongly.",
    "photo-large": "A picture with more pixels than are read: no page needs so many.",
    "photo-profile": "A picture whose colour profile cannot be read, or is for another kind of colours.",
    "photo-marker": "A CMYK JPEG that does not say whether full ink is 0 or 255: it may print as its negative.",
    "photo-moving": "A file with several pictures in it, of which the first is printed.",
    "photo-cropped": "A picture of which less than half is shown where it stands.",
    "photo-resolution": "A picture with too few pixels for the size that it prints at.",
    "photo-alt": "A picture without a text for those who cannot see it.",
    "glyph-missing": "Characters of a script, or signs, that the faces in fonts/ cannot draw.",
    "face-unknown": "A token or sheet names a family or text style that is not there.",
    "face-missing": "A weight or italic of a family that is asked for and that fonts/ has not.",
    "face-duplicate": "Two files of one fonts/ that are the same face.",
    "face-licence": "A face whose publisher says in its file that a PDF must not hold it.",
    "face-unused": "A family in the edition's fonts/ that nothing asks for.",
    "face-unreadable": "A file in fonts/ that is no OpenType face, a collection of faces, or a damaged one.",
    "entry-unordered": "An entry out of place in a list that is in the order of names but for one or two.",
    "group-unfit": "A section's groups that do not go with its order or its form.",
    "field-unused": "A field that no entry fills, or one that has no effect where it stands.",
    # inks
    "ink-value": "A row of the ink table that cannot be read.",
    "ink-duplicate": "Two inks with one name or one sRGB value.",
    "ink-missing": "An ink that the artwork is drawn with is not in the table.",
    "ink-unknown": "A colour on a page that is in no row of the ink table.",
    "ink-close": "Two inks that cannot be told from one another, since an edition changes what one is mixed of.",
    "ink-contrast": "An ink that type is set in, and that is too like the ink that this stands on.",
    "ink-unused": "An ink of an edition's own that the theme does not have, and that nothing is printed in.",
    # compose
    "layout-fault": "A layout that cannot be read, asks for what it is not given, or goes on without end.",
    # printers
    "printer-unknown": "There is no printer of that name in printers/.",
    "bleed-small": "The edition bleeds less than its printer asks for.",
    # typeset
    "engine-warning": "The engine warned about a sheet or a page.",
    "piece-crashed": "A process that set a piece ended before it was done.",
    "outside-project": "Something asked for a file outside the project, or for the network.",
    # finish
    "colour-space": "A colour on a page that is neither sRGB nor grey, so that no ink can stand for it.",
    "rgb-left": "RGB that finish did not find a way to turn into ink.",
    "trim-size": "A typeset page whose trim is not the edition's.",
    "words-untagged": "Words of the email PDF that cannot be tagged, and so are not read aloud.",
    "bleed-short": "A typeset page that ends before the bleed does.",
    "size-limit": "The email PDF is over --max-size with the lightest pictures that a screen can still do with.",
    # mail
    "list-unreadable": "A list of recipients that is neither CSV nor an XLSX workbook.",
    "list-columns": "A list without a column that it needs, or with one that cannot be a field of a letter.",
    "list-cells": "A row of a list with more or fewer cells than there are columns.",
    "list-field": "A field that is empty or cannot be read, and that the letter or the mail needs.",
    "list-hidden": "Rows of a list that are hidden: nobody knows whether they are to get the mail.",
    "list-empty": "A list with nobody in it.",
    "recipient-duplicate": "Two rows of a list with one mailbox.",
    "recipient-name": "A recipient without a name.",
    "header-break": "A line break or control character in what would become a line of a mail's head.",
    "header-long": "A name, subject or address that is too long for a line of a mail's head.",
    "letter-template": "A letter that cannot be read, or that asks for what is not there or for too much.",
    "letter-subject": "A letter whose subject is empty.",
    "letter-link": "A link of a letter that cannot be opened, or that the letter never shows.",
    "letter-picture": "A picture in a letter: fetching it would tell who reads the letter.",
    "letter-size": "A mail that is larger than the ceiling, with nothing configured to send instead.",
    # preflight
    "preflight": "Preflight found something in the press file; the rule stands in brackets.",
    # conformance
    "conformance": "A validator refuses the email PDF one of its labels; the rule stands in brackets.",
    # census
    "words-lost": "Words of the content that are not in the PDF.",
    "words-doubled": "Words that are in the PDF more often than in the content.",
    "words-unknown": "Words in the PDF that stand nowhere in the content.",
    "words-moved": "Words in the PDF in another order, or on another entry's page.",
    "words-hidden": "Words that are printed where nobody can see them: under paint, or in the colour of their ground.",
    "words-overlap": "Words that are printed on other words, or on a drawing such as an icon.",
    "words-overset": "Copy that does not fit its frame.",
    "note-lost": "A footnote that is called but not printed.",
    "note-moved": "A footnote that is not on the page of its call.",
    "folio-wrong": "A folio, running head or contents row that does not name the page that it should.",
    "face-foreign": "A face in the PDF that is not one of fonts/.",
    "face-synthetic": "A bold or italic that was drawn by slanting or thickening another face.",
    "book-unlike-pieces": "The bound book does not hold the pages that were checked, piece by piece.",
    "breaks-differ": "Press and email PDF differ in their line breaks.",
    "picture-lost": "A picture of the content that is not on its entry's pages.",
    "words-run-together": "Words of the email PDF that are read aloud as one, or a word that is read as two.",
    "link-wrong": "A link of the content that the email PDF lacks, or that leads elsewhere in it.",
    "language-wrong": "Words that the email PDF says are in another language than the content does.",
    "heading-wrong": "A heading of the email PDF whose level is not the content's.",
    "icon-wrong": "A contact row whose icon is not that of its kind.",
    "alt-wrong": "A picture whose alternative text in the email PDF is not the content's.",
    "words-withheld": "Words of a file that its variant or target must not have, as the edition's 'show' says.",
    "page-count": "The book does not fill a multiple of the pages that it is printed in.",
}


def describe_codes() -> str:
    """The page docs/findings.md: every code a heading, in alphabetical order."""
    head = (
        "# Findings\n\n"
        "What a build or a mailing may complain about. Every finding names a file and line, says what is\n"
        "wrong in the reader's units, and on its second line what to do. Errors withhold both files and\n"
        "send nothing; warnings and notes do not, unless `--strict` is given. This page is made by\n"
        "`make findings`.\n"
    )
    return head + "".join(f"\n## {code}\n\n{meaning}\n" for code, meaning in sorted(CODES.items()))


if __name__ == "__main__":
    print(describe_codes(), end="")
