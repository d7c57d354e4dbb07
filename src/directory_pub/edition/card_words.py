"""What we say of codes and of contact data, by language: beside a code, of one, and above a table's columns."""

from __future__ import annotations

from typing import NamedTuple

from directory_pub.edition.own_words import known_languages

__all__ = ["CardWords", "card_words"]


class CardWords(NamedTuple):
    """``scan`` is what a code is called, with ``{}`` for what it says; ``card`` stands beside one that has contact
    data, and says what comes of it. The others are heads of columns, by the field or kind of row."""

    scan: str
    card: str
    name: str
    subtitle: str
    section: str
    place: str
    web: str
    phone: str
    fax: str
    mail: str
    address: str
    person: str
    social: str

    def label_of(self, kind: str) -> str | None:
        """What a field or kind of row is called; None for one that we have no word for."""
        return None if kind in ("scan", "card") else self._asdict().get(kind)


# scan | card | name, subtitle, section, place | web, phone, fax, mail, address, person, social
_TOLD = """
bg: QR код: {} | Запазване на контакта | Име, Подзаглавие, Раздел, Място | Уебсайт, Телефон, Факс, Имейл, Адрес, Лице за контакт, Социални мрежи
ca: Codi QR: {} | Desa el contacte | Nom, Subtítol, Secció, Lloc | Lloc web, Telèfon, Fax, Correu electrònic, Adreça, Persona de contacte, Xarxes socials
cs: QR kód: {} | Uložit kontakt | Název, Podtitul, Oddíl, Místo | Web, Telefon, Fax, E-mail, Adresa, Kontaktní osoba, Sociální sítě
cy: Cod QR: {} | Cadw'r cyswllt | Enw, Is-deitl, Adran, Lle | Gwefan, Ffôn, Ffacs, E-bost, Cyfeiriad, Person cyswllt, Cyfryngau cymdeithasol
da: QR-kode: {} | Gem kontakt | Navn, Undertitel, Afsnit, Sted | Websted, Telefon, Fax, E-mail, Adresse, Kontaktperson, Sociale medier
de: QR-Code: {} | Kontakt speichern | Name, Untertitel, Abschnitt, Ort | Website, Telefon, Fax, E-Mail, Adresse, Ansprechperson, Soziale Medien
el: Κωδικός QR: {} | Αποθήκευση επαφής | Όνομα, Υπότιτλος, Ενότητα, Τόπος | Ιστότοπος, Τηλέφωνο, Φαξ, Email, Διεύθυνση, Πρόσωπο επικοινωνίας, Κοινωνικά δίκτυα
en: QR code: {} | Save contact | Name, Subtitle, Section, Place | Website, Telephone, Fax, Email, Address, Contact person, Social media
es: Código QR: {} | Guardar contacto | Nombre, Subtítulo, Sección, Lugar | Sitio web, Teléfono, Fax, Correo electrónico, Dirección, Persona de contacto, Redes sociales
et: QR-kood: {} | Salvesta kontakt | Nimi, Alapealkiri, Jaotis, Koht | Veebileht, Telefon, Faks, E-post, Aadress, Kontaktisik, Sotsiaalmeedia
eu: QR kodea: {} | Gorde kontaktua | Izena, Azpititulua, Atala, Lekua | Webgunea, Telefonoa, Faxa, Posta elektronikoa, Helbidea, Harremanetarako pertsona, Sare sozialak
fi: QR-koodi: {} | Tallenna yhteystieto | Nimi, Alaotsikko, Osio, Paikka | Verkkosivusto, Puhelin, Faksi, Sähköposti, Osoite, Yhteyshenkilö, Sosiaalinen media
fr: Code QR : {} | Enregistrer le contact | Nom, Sous-titre, Section, Lieu | Site web, Téléphone, Fax, Courriel, Adresse, Personne de contact, Réseaux sociaux
gl: Código QR: {} | Gardar contacto | Nome, Subtítulo, Sección, Lugar | Sitio web, Teléfono, Fax, Correo electrónico, Enderezo, Persoa de contacto, Redes sociais
hr: QR kod: {} | Spremi kontakt | Naziv, Podnaslov, Odjeljak, Mjesto | Web-stranica, Telefon, Faks, E-pošta, Adresa, Osoba za kontakt, Društvene mreže
hu: QR-kód: {} | Névjegy mentése | Név, Alcím, Fejezet, Hely | Honlap, Telefon, Fax, E-mail, Cím, Kapcsolattartó, Közösségi média
is: QR-kóði: {} | Vista tengilið | Nafn, Undirtitill, Kafli, Staður | Vefsíða, Sími, Fax, Netfang, Heimilisfang, Tengiliður, Samfélagsmiðlar
it: Codice QR: {} | Salva contatto | Nome, Sottotitolo, Sezione, Luogo | Sito web, Telefono, Fax, E-mail, Indirizzo, Persona di contatto, Social media
lt: QR kodas: {} | Išsaugoti kontaktą | Pavadinimas, Paantraštė, Skyrius, Vieta | Svetainė, Telefonas, Faksas, El. paštas, Adresas, Kontaktinis asmuo, Socialiniai tinklai
lv: QR kods: {} | Saglabāt kontaktu | Nosaukums, Apakšvirsraksts, Nodaļa, Vieta | Tīmekļa vietne, Tālrunis, Fakss, E-pasts, Adrese, Kontaktpersona, Sociālie tīkli
nb: QR-kode: {} | Lagre kontakt | Navn, Undertittel, Del, Sted | Nettsted, Telefon, Faks, E-post, Adresse, Kontaktperson, Sosiale medier
nl: QR-code: {} | Contact opslaan | Naam, Ondertitel, Afdeling, Plaats | Website, Telefoon, Fax, E-mail, Adres, Contactpersoon, Sociale media
nn: QR-kode: {} | Lagre kontakt | Namn, Undertittel, Del, Stad | Nettstad, Telefon, Faks, E-post, Adresse, Kontaktperson, Sosiale medium
no: QR-kode: {} | Lagre kontakt | Navn, Undertittel, Del, Sted | Nettsted, Telefon, Faks, E-post, Adresse, Kontaktperson, Sosiale medier
pl: Kod QR: {} | Zapisz kontakt | Nazwa, Podtytuł, Dział, Miejscowość | Strona internetowa, Telefon, Faks, E-mail, Adres, Osoba kontaktowa, Media społecznościowe
pt: Código QR: {} | Guardar contacto | Nome, Subtítulo, Secção, Local | Sítio Web, Telefone, Fax, Correio eletrónico, Morada, Pessoa de contacto, Redes sociais
ro: Cod QR: {} | Salvați contactul | Nume, Subtitlu, Secțiune, Loc | Site web, Telefon, Fax, E-mail, Adresă, Persoană de contact, Rețele sociale
ru: QR-код: {} | Сохранить контакт | Название, Подзаголовок, Раздел, Место | Сайт, Телефон, Факс, Эл. почта, Адрес, Контактное лицо, Социальные сети
sk: QR kód: {} | Uložiť kontakt | Názov, Podtitul, Oddiel, Miesto | Web, Telefón, Fax, E-mail, Adresa, Kontaktná osoba, Sociálne siete
sl: Koda QR: {} | Shrani stik | Ime, Podnaslov, Razdelek, Kraj | Spletna stran, Telefon, Faks, E-pošta, Naslov, Kontaktna oseba, Družbena omrežja
sv: QR-kod: {} | Spara kontakt | Namn, Undertitel, Avdelning, Plats | Webbplats, Telefon, Fax, E-post, Adress, Kontaktperson, Sociala medier
tr: QR kod: {} | Kişiyi kaydet | Ad, Alt başlık, Bölüm, Yer | Web sitesi, Telefon, Faks, E-posta, Adres, İlgili kişi, Sosyal medya
uk: QR-код: {} | Зберегти контакт | Назва, Підзаголовок, Розділ, Місце | Сайт, Телефон, Факс, Ел. пошта, Адреса, Контактна особа, Соціальні мережі
"""  # noqa: E501 - a line a language, to be read across


def _told(line: str) -> tuple[str, CardWords]:
    language, _, rest = line.partition(": ")
    scan, card, fields, kinds = (part.strip() for part in rest.split("|"))
    return language, CardWords(scan, card, *fields.split(", "), *kinds.split(", "))


_BY_LANGUAGE = dict(map(_told, _TOLD.strip().splitlines()))
assert set(known_languages()) == set(_BY_LANGUAGE)


def card_words(language: str) -> CardWords:
    """The words in a language, whatever its country or script; in English where we do not have them."""
    return _BY_LANGUAGE.get(language.partition("-")[0].casefold()) or _BY_LANGUAGE["en"]
