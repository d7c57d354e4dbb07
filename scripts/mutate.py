"""Make many damaged PDFs out of good ones, the same for the same seed.

    python scripts/mutate.py SEEDS OUT [--count 1000] [--seed 1]

SEEDS is a folder of PDFs, of which those below 300 kB are taken; each file of OUT is one of them with one to three
things done to it: bytes changed, cut out or doubled, numbers made huge, objects changed for others, values changed for
other kinds, rings closed, streams packed anew or said to be packed.
"""

from __future__ import annotations

import argparse
import io
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_LARGEST_SEED = 300_000
_NUMBER = re.compile(rb"(?<=[ \[\n])-?\d+(?:\.\d+)?(?=[ \]\n])")
_HUGE = (b"1e999", b"--5", b"99999999999999999999", b"-2147483649", b"4294967296", b"0", b"." * 9, b"NaN", b"9" * 400)
_VALUES: tuple[Any, ...] = (None, True, -1, 2**31, 10**12, Name.Odd, String("\u202e\x1b[31m"), [], {}, [[[]]], 1e300)
_FILTERS = ("FlateDecode", "LZWDecode", "RunLengthDecode", "ASCII85Decode", "JBIG2Decode", "DCTDecode", "Odd")
_TOO_FAR_GONE = (
    pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DependencyError, AttributeError, LookupError, RuntimeError,
    TypeError, ValueError,
)  # fmt: skip
_AS_IT_IS: dict[str, Any] = {
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
    "fix_metadata_version": False,
}


# ------------------------------------------------------------------------------- bytes
def change_bytes(content: bytes, dice: random.Random) -> bytes:
    odd = bytearray(content)
    for _ in range(dice.choice((1, 10, 100))):
        odd[dice.randrange(len(odd))] = dice.randrange(256)
    return bytes(odd)


def cut(content: bytes, dice: random.Random) -> bytes:
    return content[: dice.randrange(len(content))]


def cut_out(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return content[:start] + content[start + dice.randrange(2000) :]


def double(content: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(content))
    return content[: start + 500] + content[start:]


def make_huge(content: bytes, dice: random.Random) -> bytes:
    numbers = list(_NUMBER.finditer(content))
    for number in sorted(dice.sample(numbers, min(len(numbers), 3)), key=lambda each: -each.start()):
        content = content[: number.start()] + dice.choice(_HUGE) + content[number.end() :]
    return content


# ------------------------------------------------------------------------------- objects
def _holders(pdf: pikepdf.Pdf) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, Dictionary | Array | pikepdf.Stream) and len(each)]


def _place(holder: Any, dice: random.Random) -> Any:
    keys = range(len(holder)) if isinstance(holder, Array) else [key for key in holder if key != "/Length"]
    return dice.choice(list(keys) or ["/Odd"])


def change_value(pdf: pikepdf.Pdf, dice: random.Random) -> None:
    holder = dice.choice(_holders(pdf))
    holder[_place(holder, dice)] = pikepdf.Object.parse(b"null") if (value := dice.choice(_VALUES)) is None else value


def swap(pdf: pikepdf.Pdf, dice: random.Random) -> None:
    holder, other = dice.choice(_holders(pdf)), dice.choice(_holders(pdf))
    holder[_place(holder, dice)] = other


def close_ring(pdf: pikepdf.Pdf, dice: random.Random) -> None:
    holder = dice.choice(_holders(pdf))
    holder[_place(holder, dice)] = holder


def pack_anew(pdf: pikepdf.Pdf, dice: random.Random) -> None:
    streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    if streams:
        named = Array([Name(f"/{dice.choice(_FILTERS)}") for _ in range(dice.randrange(1, 5))])
        parameters = Dictionary(Predictor=dice.choice((2, 12, 99)), Columns=dice.choice((-1, 1, 2**30)))
        dice.choice(streams).write(dice.randbytes(200), filter=named, decode_parms=Array([parameters] * len(named)))


_OF_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (change_bytes, cut, cut_out, double, make_huge)
_OF_OBJECTS = (change_value, swap, close_ring, pack_anew)


def mutate(content: bytes, dice: random.Random) -> bytes:
    """One damaged file. Raises what a seed that cannot be opened or written raises."""
    for _ in range(dice.randrange(1, 4)):
        if dice.random() < 0.5:
            content = dice.choice(_OF_BYTES)(content, dice) or b"%PDF-1.4\n"
            continue
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            dice.choice(_OF_OBJECTS)(pdf, dice)
            written = io.BytesIO()
            pdf.save(written, **_AS_IT_IS)
        content = written.getvalue()
    return content


def main() -> None:
    """Make them all."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("seeds", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    seeds = [file for file in sorted(options.seeds.rglob("*.pdf")) if 0 < file.stat().st_size < _LARGEST_SEED]
    options.out.mkdir(parents=True, exist_ok=True)
    made = tried = 0
    while made < options.count and tried < 10 * options.count:
        tried += 1
        dice = random.Random(f"{options.seed} {tried}")
        try:
            content = mutate(dice.choice(seeds).read_bytes(), dice)
        except _TOO_FAR_GONE:
            continue
        (options.out / f"{tried:06}.pdf").write_bytes(content)
        made += 1
    print(f"{made} files of {len(seeds)} seeds.")


if __name__ == "__main__":
    main()
