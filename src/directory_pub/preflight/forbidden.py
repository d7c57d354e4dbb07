"""What a press file may not hold, object by object: what another program or another file would have to supply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from directory_pub.preflight.object_faults import Fault

__all__ = ["INTENTS", "faults_of"]

INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_MODES = (
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference "
    "Exclusion Hue Saturation Color Luminosity"
)
_BLEND_MODES = frozenset(f"/{name}" for name in _MODES.split())
# The character maps that every reader has: each of these, for lines across and lines down.
_BOTH_WAYS = (
    "GB-EUC GBpc-EUC GBK-EUC GBKp-EUC GBK2K UniGB-UCS2 UniGB-UTF16 B5pc HKscs-B5 ETen-B5 ETenms-B5 CNS-EUC UniCNS-UCS2 "
    "UniCNS-UTF16 90ms-RKSJ 90msp-RKSJ Add-RKSJ EUC Ext-RKSJ UniJIS-UCS2 UniJIS-UCS2-HW UniJIS-UTF16 KSC-EUC KSCms-UHC "
    "KSCms-UHC-HW UniKS-UCS2 UniKS-UTF16 Identity"
)
_CHARACTER_MAPS = frozenset(f"/{name}-{way}" for name in _BOTH_WAYS.split() for way in "HV") | {
    "/H", "/V", "/83pv-RKSJ-H", "/90pv-RKSJ-H", "/90pv-RKSJ-V", "/KSCpc-EUC-H",
}  # fmt: skip
_PROCESS = ("/Default", "/Cyan", "/Magenta", "/Yellow", "/Black", "/Gray")


def faults_of(kind: str, thing: Any, name: str) -> Iterator[Fault]:
    """What is wrong with one object that a page can reach; ``kind`` is that of ``reachable``."""
    if isinstance(thing, Stream) and "/F" in thing:
        yield Fault("external-data", f"the data of {name} lie in another file.", "Bring all data into the file.", "/F")
    match kind:
        case "xobject":
            yield from _of_drawn(thing, name)
        case "state":
            yield from _of_state(thing, name)
        case "halftone":
            yield from _of_halftone(thing, name)
        case "font" if thing.get("/Subtype") == "/Type0":
            yield from _of_character_map(thing.get("/Encoding"), name)


def _of_drawn(drawn: Any, name: str) -> Iterator[Fault]:
    """Pictures and forms."""
    if "/OPI" in drawn:
        remedy = "Place the picture itself, in its full resolution."
        yield Fault("opi", f"{name} stands for a picture that a server would put in its place.", remedy, "/OPI")
    if "/PS" in (drawn.get("/Subtype"), drawn.get("/Subtype2")) or "/PS" in drawn:
        yield Fault("postscript", f"{name} is written in PostScript.", "Draw it in the page's own language.", "/PS")
    if "/Ref" in drawn:
        yield Fault("reference-form", f"{name} stands for a page of another file.", "Place the page itself.", "/Ref")
    if "/Alternates" in drawn:
        remedy = "Keep the one picture that is to be printed."
        yield Fault("picture-alternate", f"{name} has other pictures in its stead.", remedy, "/Alternates")
    if drawn.get("/Subtype") == "/Image":
        yield from _of_intent(drawn.get("/Intent"), name)


def _of_state(state: Any, name: str) -> Iterator[Fault]:
    """Named graphics states."""
    curve = "/TR" if "/TR" in state else "/TR2" if state.get("/TR2", "/Default") != "/Default" else None
    if curve:
        remedy = "Take the transfer curve out, and the change into the colours."
        yield Fault("transfer-curve", f"{name} changes all tones on their way to the plate.", remedy, curve)
    if "/HTP" in state:
        yield Fault("halftone", f"{name} moves the screen.", "Leave the screen to the printer.", "/HTP")
    modes = state.get("/BM", "/Normal")
    for mode in modes if isinstance(modes, Array) else (modes,):
        if str(mode) not in _BLEND_MODES:
            told = str(mode).removeprefix("/")
            message = f"{name} blends by '{told}', which no press knows."
            yield Fault("blend-mode", message, "Use a blend mode of PDF 1.6.", told)
    yield from _of_intent(state.get("/RI"), name)


def _of_intent(intent: Any, name: str) -> Iterator[Fault]:
    if intent is not None and str(intent) not in INTENTS:
        yield unknown_intent(str(intent), name)


def unknown_intent(intent: str, name: str) -> Fault:
    """That a rendering intent is none of the four."""
    told = intent.removeprefix("/")
    remedy = "Name one of the four, such as RelativeColorimetric."
    return Fault("rendering-intent", f"{name} names '{told}', which is no rendering intent.", remedy, told)


def _of_halftone(halftone: Any, name: str) -> Iterator[Fault]:
    """A screen may be one for all plates (type 1) or one a plate (type 5), without a name or curves of its own."""
    if not isinstance(halftone, Dictionary | Stream):
        if halftone != "/Default":
            yield _screen(name, "is no screen", str(halftone))
        return
    kind = halftone.get("/HalftoneType")
    if kind not in (1, 5):
        yield _screen(name, f"is of type {kind}", f"type {kind}")
        return
    rows = [("/Default", halftone)] if kind == 1 else [row for row in halftone.items() if _is_screen(row[1])]
    for plate, screen in rows:
        if kind == 5 and screen.get("/HalftoneType") != 1:
            yield _screen(name, f"is of type {screen.get('/HalftoneType')} on a plate", "HalftoneType")
        if screen.get("/TransferFunction", "/Identity") != "/Identity" and plate in _PROCESS:
            yield _screen(name, "brings a transfer curve", "/TransferFunction")
    if any("/HalftoneName" in screen for screen in (halftone, *(screen for _, screen in rows))):
        yield _screen(name, "asks for one by name", "/HalftoneName")


def _is_screen(value: Any) -> bool:
    return isinstance(value, Dictionary | Stream)


def _screen(name: str, how: str, measured: str) -> Fault:
    return Fault("halftone", f"the screen of {name} {how}.", "Leave the screen to the printer.", measured)


def _of_character_map(encoding: Any, name: str) -> Iterator[Fault]:
    if isinstance(encoding, Stream):
        encoding = encoding.get("/UseCMap")
    if isinstance(encoding, pikepdf.Name) and str(encoding) not in _CHARACTER_MAPS:
        told = str(encoding).removeprefix("/")
        message = f"the character map '{told}' of {name} is not in the file."
        yield Fault("font-encoding", message, "Embed the character map, or use Identity-H.", told)
