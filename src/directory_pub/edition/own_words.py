"""The few words that the tool prints or says of its own, by language."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ENGLISH", "OwnWords", "known_languages", "own_words"]


class OwnWords(NamedTuple):
    """The cover's bookmark, and the titles of pages by kind where an edition names none.

    ``page`` is what a cross reference says of its page, with ``{}`` for the folio, ``see_also`` what stands before
    the names of other entries.
    """

    cover: str
    contents: str
    preface: str
    page: str = "page {}"
    see_also: str = "See also"

    def title_of(self, kind: str) -> str | None:
        """The title of a page of a kind; None where it has none of its own."""
        return self._asdict().get(kind)


ENGLISH = OwnWords("Cover", "Contents", "Preface")
_BY_LANGUAGE = {
    "bg": OwnWords("Корица", "Съдържание", "Предговор", "страница {}", "Вижте също"),
    "ca": OwnWords("Coberta", "Índex", "Pròleg", "pàgina {}", "Vegeu també"),
    "cs": OwnWords("Obálka", "Obsah", "Předmluva", "strana {}", "Viz též"),
    "cy": OwnWords("Clawr", "Cynnwys", "Rhagair", "tudalen {}", "Gweler hefyd"),
    "da": OwnWords("Omslag", "Indhold", "Forord", "side {}", "Se også"),
    "de": OwnWords("Umschlag", "Inhalt", "Vorwort", "Seite {}", "Siehe auch"),
    "el": OwnWords("Εξώφυλλο", "Περιεχόμενα", "Πρόλογος", "σελίδα {}", "Βλέπε επίσης"),
    "en": ENGLISH,
    "es": OwnWords("Cubierta", "Índice", "Prólogo", "página {}", "Véase también"),
    "et": OwnWords("Kaas", "Sisukord", "Eessõna", "lk {}", "Vaata ka"),
    "eu": OwnWords("Azala", "Aurkibidea", "Hitzaurrea", "{}. orrialdea", "Ikus halaber"),
    "fi": OwnWords("Kansi", "Sisällys", "Esipuhe", "sivu {}", "Katso myös"),
    "fr": OwnWords("Couverture", "Sommaire", "Préface", "page {}", "Voir aussi"),
    "gl": OwnWords("Cuberta", "Índice", "Prólogo", "páxina {}", "Véxase tamén"),
    "hr": OwnWords("Naslovnica", "Sadržaj", "Predgovor", "stranica {}", "Vidi i"),
    "hu": OwnWords("Borító", "Tartalom", "Előszó", "{}. oldal", "Lásd még"),
    "is": OwnWords("Kápa", "Efnisyfirlit", "Formáli", "bls. {}", "Sjá einnig"),
    "it": OwnWords("Copertina", "Indice", "Prefazione", "pagina {}", "Vedi anche"),
    "lt": OwnWords("Viršelis", "Turinys", "Pratarmė", "{} psl.", "Taip pat žr."),
    "lv": OwnWords("Vāks", "Saturs", "Priekšvārds", "{}. lpp.", "Skatīt arī"),
    "nb": OwnWords("Omslag", "Innhold", "Forord", "side {}", "Se også"),
    "nl": OwnWords("Omslag", "Inhoud", "Voorwoord", "pagina {}", "Zie ook"),
    "nn": OwnWords("Omslag", "Innhald", "Forord", "side {}", "Sjå òg"),
    "no": OwnWords("Omslag", "Innhold", "Forord", "side {}", "Se også"),
    "pl": OwnWords("Okładka", "Spis treści", "Przedmowa", "strona {}", "Zobacz też"),
    "pt": OwnWords("Capa", "Índice", "Prefácio", "página {}", "Ver também"),
    "ro": OwnWords("Copertă", "Cuprins", "Prefață", "pagina {}", "Vezi și"),
    "ru": OwnWords("Обложка", "Содержание", "Предисловие", "страница {}", "См. также"),
    "sk": OwnWords("Obálka", "Obsah", "Predslov", "strana {}", "Pozri aj"),
    "sl": OwnWords("Naslovnica", "Kazalo", "Predgovor", "stran {}", "Glej tudi"),
    "sv": OwnWords("Omslag", "Innehåll", "Förord", "sidan {}", "Se även"),
    "tr": OwnWords("Kapak", "İçindekiler", "Önsöz", "sayfa {}", "Ayrıca bakınız"),
    "uk": OwnWords("Обкладинка", "Зміст", "Передмова", "сторінка {}", "Див. також"),
}


def own_words(language: str) -> OwnWords | None:
    """The words in a language, whatever its country or script; None where we do not have them."""
    return _BY_LANGUAGE.get(language.partition("-")[0].casefold())


def known_languages() -> tuple[str, ...]:
    """The languages that we have words in, by their tags."""
    return tuple(_BY_LANGUAGE)
