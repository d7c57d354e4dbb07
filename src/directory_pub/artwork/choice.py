"""Which motif heads which entry: the editor's choice, or one drawn from the entry's key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b

from msgspec import Struct

from directory_pub.artwork.motifs import MOTIFS, Drawing

__all__ = ["Motif", "choose_motifs"]


class Motif(Struct, frozen=True, kw_only=True):
    """A motif as one edition shows it.

    ``turn`` counts quarter turns clockwise, 0 to 3. ``night`` is the dark dress that tells a
    second entry with the same motif from the first. ``drawing`` is that of a theme's own motif;
    one that is built in is drawn by its name.
    """

    name: str
    turn: int = 0
    night: bool = False
    drawing: Drawing | None = None


# The motifs that are another plot when turned, and never stand on their heads: the others
# are fronts of houses, or look the same from every side.
TURNING = ("amphitheatre", "courtyards", "avenue", "terraces", "parks", "steps", "canal",
           "lighthouse", "quays", "harbour")  # fmt: skip


def choose_motifs(
    choices: Sequence[tuple[str, str | None]], own: Mapping[str, Drawing] | None = None
) -> dict[str, Motif]:
    """Give each entry its motif, in the order of the book.

    ``own`` are a theme's drawings, which stand beside those that are built in, or in their place.
    ``choices`` are (entry key, name the editor chose or None). Chosen names are kept. The
    others are drawn from the key alone: no name comes twice while one is left, neighbours
    never share one, and a further entry at the end moves no other unless it claims a name.
    From the second use of a name on, the dress or the turn differs. Raises ValueError for a
    name that no motif has and for a key that comes twice.
    """
    own = own or {}
    known = list(dict.fromkeys((*MOTIFS, *own)))
    _check(choices, known)
    claims = [name for _, name in choices]
    uses = Counter(name for name in claims if name)
    names: list[str] = []
    for index, (key, claim) in enumerate(choices):
        name = claim or _draw(key, known, uses, beside={*claims[index + 1 : index + 2], *names[-1:]})
        uses[name] += claim is None
        names.append(name)
    return _dress([key for key, _ in choices], names, own)


def _check(choices: Sequence[tuple[str, str | None]], known: Sequence[str]) -> None:
    for _, name in choices:
        if name is not None and name not in known:
            raise ValueError(f"no motif is called '{name}'; choose one of {', '.join(known)}")
    twice = [key for key, count in Counter(key for key, _ in choices).items() if count > 1]
    if twice:
        raise ValueError(f"two entries have the key '{twice[0]}'")


def _draw(key: str, known: Sequence[str], uses: Counter[str], beside: set[str | None]) -> str:
    """The name this key likes best among those used least."""
    free = [name for name in known if name not in beside]
    least = min(uses[name] for name in free)
    return max((name for name in free if uses[name] == least), key=lambda name: _liking(key, name))


def _liking(key: str, name: str) -> bytes:
    # Python's own hash() differs from run to run.
    return blake2b(f"{key}/{name}".encode(), digest_size=8).digest()


def _dress(keys: Sequence[str], names: Sequence[str], own: Mapping[str, Drawing]) -> dict[str, Motif]:
    seen: Counter[str] = Counter()
    motifs: dict[str, Motif] = {}
    for key, name in zip(keys, names, strict=True):
        turn = (seen[name] // 2) % 4 if name in TURNING and name not in own else 0
        motifs[key] = Motif(name=name, turn=turn, night=seen[name] % 2 == 1, drawing=own.get(name))
        seen[name] += 1
    return motifs
