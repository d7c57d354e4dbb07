"""The key of a new edition: its title as a file's name."""

from __future__ import annotations

import pytest

from directory_pub.begin.key import make_key
from directory_pub.read.files import KEY


@pytest.mark.parametrize(
    ("title", "language", "key"),
    [
        ("Führer der Städte", "de-AT", "fuehrer-der-staedte-2026"),
        ("FÜHRER", "de", "fuehrer-2026"),
        ("Fu\u0308hrer", "de", "fuehrer-2026"),  # the accent as a character of its own
        ("Führer", "tr", "fuhrer-2026"),
        ("Straße & Söhne", "de", "strasse-soehne-2026"),
        ("Répertoire d’œuvres", "fr", "repertoire-d-oeuvres-2026"),
        ("The Children’s Guide", "en", "the-childrens-guide-2026"),
        ("Łódź, Ærø, Þingvellir", "en", "lodz-aero-thingvellir-2026"),
        ("İstanbul Işıkları", "tr", "istanbul-isiklari-2026"),
        ("Адресная книга", "ru", "adresnaia-kniga-2026"),
        ("Район Подольє", "uk", "raion-podolie-2026"),
        ("Οδηγός των πόλεων", "el", "odigos-ton-poleon-2026"),
        ("2026: The Guide", "en", "2026-the-guide"),
        ("東京", "en", "directory-2026"),
        ("…", "en", "directory-2026"),
    ],
)
def test_a_title_is_spelt_in_small_latin_letters(title: str, language: str, key: str) -> None:
    assert make_key(title, language, "2026") == key
    assert KEY.fullmatch(key)
