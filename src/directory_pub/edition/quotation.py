"""The mark that opens a quote: the author's, or that of the quote's language."""

from __future__ import annotations

import re

from msgspec.structs import replace

from directory_pub.edition.text import Quote, Run

__all__ = ["OPENING_MARKS", "open_quote"]

OPENING_MARKS = "“„«»”‘‚‹›"

# The opening marks of Unicode's Common Locale Data Repository 48 (delimiters, quotationStart) for languages in
# Latin, Greek and Cyrillic letters; “ is that of all others. Swiss German has „ there and « in its printers' manuals.
_MARKS = {
    "«": "fr it ca el ru uk be nb nn no hy fa ast br eu gsw kk ky lij mg oc os pms rm sc de-ch"
    " pt-pt pt-ao pt-ch pt-cv pt-gw pt-lu pt-mo pt-mz pt-st pt-tl",
    "„": "de pl cs sk sl hr sr bs hu ro bg mk is et lt ka lb hsb dsb nds ksh szl",
    "”": "sv fi se",
    "‘": "nl fur",
}
_USUAL = "“"
_BY_LANGUAGE = {language: mark for mark, languages in _MARKS.items() for language in languages.split()}
_OWN = re.compile(rf"([{OPENING_MARKS}])\s*")
_TYPEWRITTEN = re.compile(r"[\"″]\s*|``|,,")


def open_quote(quote: Quote, language: str) -> tuple[str, tuple[Run, ...]]:
    """The mark to draw before a quote, and its first paragraph without the mark that the author put there.

    ``language`` is that of the text round it. The author's own mark is drawn as it is, a typewriter's as the
    language has it.
    """
    runs = quote.paragraphs[0].runs if quote.paragraphs else ()
    if not runs:
        return _mark_of(language), runs
    first, *others = runs
    own = _OWN.match(first.text) or _TYPEWRITTEN.match(first.text)
    if own is None:
        return _mark_of(first.language or language), runs
    mark = own[1] if own.re is _OWN else _mark_of(first.language or language)
    return mark, (replace(first, text=first.text[own.end() :]), *others)


def _mark_of(language: str) -> str:
    """The mark of a language, such as de-AT or fr."""
    tag = language.lower()
    return _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0], _USUAL)
