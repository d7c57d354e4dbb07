"""What the file says of itself: version, title, dates, ids, the printing condition, the label."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

import pikepdf
from msgspec import Struct

from directory_pub.edition.printers import Condition, Printer
from directory_pub.preflight.report import Problem, problem
from directory_pub.preflight.streams import read_stream
from directory_pub.preflight.xmp import read_moment, read_xmp

__all__ = ["Claims", "check_document", "check_label", "read_claims"]

_HEADER = re.compile(rb"%PDF-(\d\.\d)[\r\n]")
_LABEL = "PDF/X-4"
_ICC_VERSIONS = (2, 4)


class Claims(Struct, frozen=True, kw_only=True):
    """What the document information and the XMP packet say; ``fault`` names why there is no packet."""

    stated: dict[str, str]
    packet: dict[str, str]
    fault: str | None

    @property
    def labels(self) -> list[str]:
        """The PDF/X labels, each place's own."""
        found = (
            self.packet.get("pdfxid:GTS_PDFXVersion"),
            self.packet.get("pdfx:GTS_PDFXVersion"),
            self.stated.get("GTS_PDFXVersion"),
        )
        return [label for label in found if label]


def read_claims(pdf: pikepdf.Pdf) -> Claims:
    """Read both places where a file speaks of itself."""
    told = pdf.trailer.get("/Info", pikepdf.Dictionary())
    stated = {str(key)[1:]: str(value).removeprefix("/") for key, value in told.items()}
    written = pdf.Root.get("/Metadata")
    if written is None:
        return Claims(stated=stated, packet={}, fault="there is no XMP packet")
    try:
        return Claims(stated=stated, packet=read_xmp(read_stream(written, 2**24)), fault=None)
    except ValueError as fault:
        return Claims(stated=stated, packet={}, fault=f"the XMP packet cannot be read ({fault})")


def check_document(pdf: pikepdf.Pdf, head: bytes, claims: Claims, printer: Printer) -> Iterator[Problem]:
    """The file as a whole; ``head`` are its first bytes."""
    yield from _check_version(pdf, head, printer)
    yield from _check_title(claims)
    yield from _check_dates(claims)
    yield from _check_trapped(claims)
    yield from _check_id(pdf, claims)
    yield from _check_intent(pdf, printer)
    count = len(pdf.pages)
    if count % printer.page_multiple:
        more = -count % printer.page_multiple
        yield problem(
            "page-multiple",
            f"the file has {count} page{'s' if count > 1 else ''}; "
            f"{printer.name} prints {printer.page_multiple} at a time.",
            f"Add {more} page{'s' if more > 1 else ''}, or take {count % printer.page_multiple} out.",
            measured=float(count),
            limit=float(printer.page_multiple),
        )


def _check_version(pdf: pikepdf.Pdf, head: bytes, printer: Printer) -> Iterator[Problem]:
    newest = "1.6" if printer.colour == "cmyk" else "1.7"
    header = _HEADER.match(head)
    # The catalogue may name a later version than the first line.
    stated = max(str(pdf.pdf_version), str(pdf.Root.get("/Version", "/"))[1:])
    version = stated if header else "no version at its first byte"
    if header is None or not "1.3" <= version <= newest:
        yield problem(
            "pdf-version",
            f"the file is PDF {version}; {printer.name} takes 1.3 to {newest}.",
            f"Write it as PDF {newest}.",
            measured=version,
            limit=newest,
        )


def _check_title(claims: Claims) -> Iterator[Problem]:
    stated, packet = claims.stated.get("Title", ""), claims.packet.get("dc:title", "")
    if not stated or stated != packet:
        yield _differs(claims, "document-title", "title", stated, packet)


def _check_dates(claims: Claims) -> Iterator[Problem]:
    for key, name, word in (
        ("CreationDate", "xmp:CreateDate", "date of making"),
        ("ModDate", "xmp:ModifyDate", "date of change"),
    ):
        stated, packet = claims.stated.get(key, ""), claims.packet.get(name, "")
        moment = read_moment(stated)
        if moment is None or moment != read_moment(packet):
            yield _differs(claims, "document-dates", word, stated, packet)
            return


def _check_trapped(claims: Claims) -> Iterator[Problem]:
    stated, packet = claims.stated.get("Trapped", ""), claims.packet.get("pdf:Trapped", "")
    if stated not in ("True", "False") or packet not in ("", stated):
        yield _differs(claims, "document-trapped", "word on trapping", stated, packet)


def _differs(claims: Claims, rule: str, word: str, stated: str, packet: str) -> Problem:
    if not stated:
        message = f"the document information has no {word}."
    else:
        other = f"the XMP packet says '{packet}'" if packet else claims.fault or "the XMP packet has none"
        message = f"the {word} is '{stated}', but {other}."
    return problem(
        rule, message, f"Write the {word} in both places, alike.", measured=packet or None, limit=stated or None
    )


def _check_id(pdf: pikepdf.Pdf, claims: Claims) -> Iterator[Problem]:
    missing = ["an /ID in the trailer"] if len(pdf.trailer.get("/ID", [])) != 2 else []
    if not claims.packet.get("xmpMM:DocumentID"):
        missing.append("an xmpMM:DocumentID in the XMP packet")
    if missing:
        yield problem("document-id", f"the file lacks {' and '.join(missing)}.", "Write both ids.")


def _check_intent(pdf: pikepdf.Pdf, printer: Printer) -> Iterator[Problem]:
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if one.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield problem(
            "output-intent",
            f"the file has {len(intents) or 'no'} output intent{'s' if len(intents) > 1 else ''} GTS_PDFX.",
            "Write exactly one.",
            measured=float(len(intents)),
            limit=1.0,
        )
        return
    yield from _check_profile(intents[0])
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield problem("output-condition", "the output intent names no condition.", "Name the printing condition.")
    elif printer.condition is not None:
        yield from _check_condition(intents[0], printer.condition)


def _check_profile(intent: Any) -> Iterator[Problem]:
    profile = intent.get("/DestOutputProfile")
    if "/DestOutputProfileRef" in intent:
        fault: str | None = "refers to a profile outside the file"
    elif profile is None:
        fault = "embeds no profile"
    else:
        fault = _fault_of_profile(read_stream(profile, 2**26), int(profile.get("/N", 0)))
    if fault:
        remedy = "Embed the ICC profile of the printing condition, with N 4."
        yield problem("output-profile", f"the output intent {fault}.", remedy, measured=fault, limit="prtr, CMYK, N 4")


def _fault_of_profile(profile: bytes, channels: int) -> str | None:
    if len(profile) < 132 or profile[36:40] != b"acsp" or struct.unpack(">I", profile[:4])[0] > len(profile):
        return "embeds something that is no ICC profile"
    if profile[8] not in _ICC_VERSIONS:
        return f"embeds a profile of ICC version {profile[8]}"
    kind, space = profile[12:16].decode("latin-1"), profile[16:20].decode("latin-1")
    if kind != "prtr" or space != "CMYK":
        return f"embeds a profile of class '{kind}' and space '{space.strip()}'"
    return None if channels == 4 else f"says that its CMYK profile has {channels} channels"


def _check_condition(intent: Any, condition: Condition) -> Iterator[Problem]:
    for key, asked in (("OutputConditionIdentifier", condition.identifier), ("RegistryName", condition.registry)):
        found = str(intent.get(f"/{key}", ""))
        if asked and found != asked:
            yield problem(
                "output-condition",
                f"the output intent's {key} is '{found}'; the printer asks for '{asked}'.",
                "Make the file for the printer's condition.",
                measured=found,
                limit=asked,
            )


def check_label(claims: Claims, errors: int) -> Iterator[Problem]:
    """The PDF/X label, once all errors of the file are known."""
    labels = claims.labels
    if not labels:
        remedy = "Write it once the file keeps all other rules."
        yield problem("label-missing", "the file carries no PDF/X label.", remedy, limit=_LABEL)
    elif errors:
        word = "rule" if errors == 1 else "rules"
        yield problem(
            "label-unearned",
            f"the file is labelled {labels[0]}, and breaks {errors} {word} for the press.",
            "Mend what is named here, or take the label off.",
            measured=labels[0],
        )
    elif set(labels) != {_LABEL}:
        named = " and ".join(dict.fromkeys(labels))
        remedy = f"Label it {_LABEL}, in every place alike."
        yield problem("label-unearned", f"the file is labelled {named}.", remedy, measured=named, limit=_LABEL)
