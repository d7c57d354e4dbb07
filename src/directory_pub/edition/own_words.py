"""The few words that the tool prints or says of its own, by language."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ENGLISH", "OwnWords", "known_languages", "own_words"]


class OwnWords(NamedTuple):
    """The cover's bookmark, and the titles of pages by kind where an edition names none."""

    cover: str
    contents: str
    preface: str

    def title_of(self, kind: str) -> str | None:
        """The title of a page of a kind; None where it has none of its own."""
        return self._asdict().get(kind)


ENGLISH = OwnWords("Cover", "Contents", "Preface")
_BY_LANGUAGE = {
    "bg": OwnWords("Корица", "Съдържание", "Предговор"),
    "ca": OwnWords("Coberta", "Índex", "Pròleg"),
    "cs": OwnWords("Obálka", "Obsah", "Předmluva"),
    "cy": OwnWords("Clawr", "Cynnwys", "Rhagair"),
    "da": OwnWords("Omslag", "Indhold", "Forord"),
    "de": OwnWords("Umschlag", "Inhalt", "Vorwort"),
    "el": OwnWords("Εξώφυλλο", "Περιεχόμενα", "Πρόλογος"),
    "en": ENGLISH,
    "es": OwnWords("Cubierta", "Índice", "Prólogo"),
    "et": OwnWords("Kaas", "Sisukord", "Eessõna"),
    "eu": OwnWords("Azala", "Aurkibidea", "Hitzaurrea"),
    "fi": OwnWords("Kansi", "Sisällys", "Esipuhe"),
    "fr": OwnWords("Couverture", "Sommaire", "Préface"),
    "gl": OwnWords("Cuberta", "Índice", "Prólogo"),
    "hr": OwnWords("Naslovnica", "Sadržaj", "Predgovor"),
    "hu": OwnWords("Borító", "Tartalom", "Előszó"),
    "is": OwnWords("Kápa", "Efnisyfirlit", "Formáli"),
    "it": OwnWords("Copertina", "Indice", "Prefazione"),
    "lt": OwnWords("Viršelis", "Turinys", "Pratarmė"),
    "lv": OwnWords("Vāks", "Saturs", "Priekšvārds"),
    "nb": OwnWords("Omslag", "Innhold", "Forord"),
    "nl": OwnWords("Omslag", "Inhoud", "Voorwoord"),
    "nn": OwnWords("Omslag", "Innhald", "Forord"),
    "no": OwnWords("Omslag", "Innhold", "Forord"),
    "pl": OwnWords("Okładka", "Spis treści", "Przedmowa"),
    "pt": OwnWords("Capa", "Índice", "Prefácio"),
    "ro": OwnWords("Copertă", "Cuprins", "Prefață"),
    "ru": OwnWords("Обложка", "Содержание", "Предисловие"),
    "sk": OwnWords("Obálka", "Obsah", "Predslov"),
    "sl": OwnWords("Naslovnica", "Kazalo", "Predgovor"),
    "sv": OwnWords("Omslag", "Innehåll", "Förord"),
    "tr": OwnWords("Kapak", "İçindekiler", "Önsöz"),
    "uk": OwnWords("Обкладинка", "Зміст", "Передмова"),
}


def own_words(language: str) -> OwnWords | None:
    """The words in a language, whatever its country or script; None where we do not have them."""
    return _BY_LANGUAGE.get(language.partition("-")[0].casefold())


def known_languages() -> tuple[str, ...]:
    """The languages that we have words in, by their tags."""
    return tuple(_BY_LANGUAGE)
