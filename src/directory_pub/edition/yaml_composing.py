"""PyYAML's nodes out of tokens that have been scanned before: scanning is half of what reading takes."""

from __future__ import annotations

from collections.abc import Sequence

import yaml
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.resolver import Resolver

__all__ = ["compose"]


def compose(text: str, tokens: Sequence[yaml.Token]) -> yaml.Node | None:
    """The root of a text, None where there is none; raises yaml.YAMLError.

    ``tokens`` are those of the text up to the first fault, of which the scanner then tells once more.
    """
    if not tokens or not isinstance(tokens[-1], yaml.StreamEndToken):
        return yaml.compose(text, Loader=yaml.SafeLoader)
    return _Composer(tokens).get_single_node()


class _Composer(Parser, Composer, Resolver):
    """PyYAML's loader without its reader and scanner."""

    def __init__(self, tokens: Sequence[yaml.Token]) -> None:
        Parser.__init__(self)
        Composer.__init__(self)
        Resolver.__init__(self)
        self._tokens = tokens
        self._next = 0

    def check_token(self, *choices: type[yaml.Token]) -> bool:
        """Whether there is a token, of one of these kinds."""
        return self._next < len(self._tokens) and (not choices or isinstance(self._tokens[self._next], choices))

    def peek_token(self) -> yaml.Token | None:
        """The next token."""
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def get_token(self) -> yaml.Token | None:
        """The next token, and on to the one behind it."""
        token = self.peek_token()
        self._next += 1
        return token
