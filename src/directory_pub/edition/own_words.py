"""The few words that the tool prints or says of its own, by language."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ENGLISH", "OwnWords", "known_languages", "own_words"]


class OwnWords(NamedTuple):
    """The cover's bookmark, the titles of pages by kind where an edition names none, and the words of an index.

    ``page`` is what a cross reference says of its page, with ``{}`` for the folio.
    """

    cover: str
    contents: str
    preface: str
    people: str = "People"
    places: str = "Places"
    topics: str = "Topics"
    organisations: str = "Organisations"
    see: str = "see"
    see_also: str = "see also"
    continued: str = "continued"
    page: str = "page {}"

    def title_of(self, kind: str) -> str | None:
        """The title of a page of a kind; None where it has none of its own."""
        return self._asdict().get(kind)


ENGLISH = OwnWords("Cover", "Contents", "Preface")
# Where we do not know an index's words in a language they are English.
_BY_LANGUAGE = {
    "bg": OwnWords(
        "Корица", "Съдържание", "Предговор", "Лица", "Места", "Теми", "Организации", "вж.", "вж. също", "продължение"
    ),
    "ca": OwnWords(
        "Coberta",
        "Índex",
        "Pròleg",
        "Persones",
        "Llocs",
        "Temes",
        "Organitzacions",
        "vegeu",
        "vegeu també",
        "continuació",
    ),
    "cs": OwnWords(
        "Obálka", "Obsah", "Předmluva", "Osoby", "Místa", "Témata", "Organizace", "viz", "viz též", "pokračování"
    ),
    "cy": OwnWords("Clawr", "Cynnwys", "Rhagair"),
    "da": OwnWords(
        "Omslag", "Indhold", "Forord", "Personer", "Steder", "Emner", "Organisationer", "se", "se også", "fortsat"
    ),
    "de": OwnWords(
        "Umschlag",
        "Inhalt",
        "Vorwort",
        "Personen",
        "Orte",
        "Themen",
        "Organisationen",
        "siehe",
        "siehe auch",
        "Fortsetzung",
    ),
    "el": OwnWords(
        "Εξώφυλλο",
        "Περιεχόμενα",
        "Πρόλογος",
        "Πρόσωπα",
        "Τόποι",
        "Θέματα",
        "Οργανώσεις",
        "βλ.",
        "βλ. επίσης",
        "συνέχεια",
    ),
    "en": ENGLISH,
    "es": OwnWords(
        "Cubierta",
        "Índice",
        "Prólogo",
        "Personas",
        "Lugares",
        "Temas",
        "Organizaciones",
        "véase",
        "véase también",
        "continuación",
    ),
    "et": OwnWords(
        "Kaas", "Sisukord", "Eessõna", "Isikud", "Kohad", "Teemad", "Organisatsioonid", "vt", "vt ka", "järg"
    ),
    "eu": OwnWords("Azala", "Aurkibidea", "Hitzaurrea"),
    "fi": OwnWords(
        "Kansi", "Sisällys", "Esipuhe", "Henkilöt", "Paikat", "Aiheet", "Järjestöt", "ks.", "ks. myös", "jatkoa"
    ),
    "fr": OwnWords(
        "Couverture",
        "Sommaire",
        "Préface",
        "Personnes",
        "Lieux",
        "Thèmes",
        "Organisations",
        "voir",
        "voir aussi",
        "suite",
    ),
    "gl": OwnWords("Cuberta", "Índice", "Prólogo"),
    "hr": OwnWords(
        "Naslovnica", "Sadržaj", "Predgovor", "Osobe", "Mjesta", "Teme", "Organizacije", "vidi", "vidi i", "nastavak"
    ),
    "hu": OwnWords(
        "Borító", "Tartalom", "Előszó", "Személyek", "Helyek", "Témák", "Szervezetek", "lásd", "lásd még", "folytatás"
    ),
    "is": OwnWords("Kápa", "Efnisyfirlit", "Formáli"),
    "it": OwnWords(
        "Copertina",
        "Indice",
        "Prefazione",
        "Persone",
        "Luoghi",
        "Temi",
        "Organizzazioni",
        "vedi",
        "vedi anche",
        "continua",
    ),
    "lt": OwnWords("Viršelis", "Turinys", "Pratarmė"),
    "lv": OwnWords("Vāks", "Saturs", "Priekšvārds"),
    "nb": OwnWords(
        "Omslag", "Innhold", "Forord", "Personer", "Steder", "Emner", "Organisasjoner", "se", "se også", "fortsatt"
    ),
    "nl": OwnWords(
        "Omslag",
        "Inhoud",
        "Voorwoord",
        "Personen",
        "Plaatsen",
        "Onderwerpen",
        "Organisaties",
        "zie",
        "zie ook",
        "vervolg",
    ),
    "nn": OwnWords(
        "Omslag", "Innhald", "Forord", "Personar", "Stader", "Emne", "Organisasjonar", "sjå", "sjå òg", "framhald"
    ),
    "no": OwnWords(
        "Omslag", "Innhold", "Forord", "Personer", "Steder", "Emner", "Organisasjoner", "se", "se også", "fortsatt"
    ),
    "pl": OwnWords(
        "Okładka",
        "Spis treści",
        "Przedmowa",
        "Osoby",
        "Miejsca",
        "Tematy",
        "Organizacje",
        "zob.",
        "zob. też",
        "ciąg dalszy",
    ),
    "pt": OwnWords(
        "Capa", "Índice", "Prefácio", "Pessoas", "Lugares", "Temas", "Organizações", "ver", "ver também", "continuação"
    ),
    "ro": OwnWords(
        "Copertă", "Cuprins", "Prefață", "Persoane", "Locuri", "Teme", "Organizații", "vezi", "vezi și", "continuare"
    ),
    "ru": OwnWords(
        "Обложка",
        "Содержание",
        "Предисловие",
        "Лица",
        "Места",
        "Темы",
        "Организации",
        "см.",
        "см. также",
        "продолжение",
    ),
    "sk": OwnWords(
        "Obálka", "Obsah", "Predslov", "Osoby", "Miesta", "Témy", "Organizácie", "pozri", "pozri aj", "pokračovanie"
    ),
    "sl": OwnWords(
        "Naslovnica",
        "Kazalo",
        "Predgovor",
        "Osebe",
        "Kraji",
        "Teme",
        "Organizacije",
        "glej",
        "glej tudi",
        "nadaljevanje",
    ),
    "sv": OwnWords(
        "Omslag", "Innehåll", "Förord", "Personer", "Platser", "Ämnen", "Organisationer", "se", "se även", "forts."
    ),
    "tr": OwnWords(
        "Kapak", "İçindekiler", "Önsöz", "Kişiler", "Yerler", "Konular", "Kuruluşlar", "bkz.", "ayrıca bkz.", "devamı"
    ),
    "uk": OwnWords(
        "Обкладинка", "Зміст", "Передмова", "Особи", "Місця", "Теми", "Організації", "див.", "див. також", "продовження"
    ),
}

_PAGE = {
    "bg": "страница {}",
    "ca": "pàgina {}",
    "cs": "strana {}",
    "cy": "tudalen {}",
    "da": "side {}",
    "de": "Seite {}",
    "el": "σελίδα {}",
    "es": "página {}",
    "et": "lk {}",
    "eu": "{}. orrialdea",
    "fi": "sivu {}",
    "fr": "page {}",
    "gl": "páxina {}",
    "hr": "stranica {}",
    "hu": "{}. oldal",
    "is": "bls. {}",
    "it": "pagina {}",
    "lt": "{} psl.",
    "lv": "{}. lpp.",
    "nb": "side {}",
    "nl": "pagina {}",
    "nn": "side {}",
    "no": "side {}",
    "pl": "strona {}",
    "pt": "página {}",
    "ro": "pagina {}",
    "ru": "страница {}",
    "sk": "strana {}",
    "sl": "stran {}",
    "sv": "sidan {}",
    "tr": "sayfa {}",
    "uk": "сторінка {}",
}
_BY_LANGUAGE |= {tag: _BY_LANGUAGE[tag]._replace(page=page) for tag, page in _PAGE.items()}


def own_words(language: str) -> OwnWords | None:
    """The words in a language, whatever its country or script; None where we do not have them."""
    return _BY_LANGUAGE.get(language.partition("-")[0].casefold())


def known_languages() -> tuple[str, ...]:
    """The languages that we have words in, by their tags."""
    return tuple(_BY_LANGUAGE)
