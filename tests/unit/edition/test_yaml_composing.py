"""Nodes out of scanned tokens are those that PyYAML composes of the text, and so are its faults."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from directory_pub.edition.yaml_composing import compose
from directory_pub.edition.yaml_lexis import read_tokens
from project import HARBOUR, ROOT

FILES = [HARBOUR / "edition.yaml", *sorted((ROOT / "styles").glob("*.yaml")), *sorted((ROOT / "printers").glob("*.yaml"))]
WRONG = [*"{}[]:,-#&*!|>'\"%@`\n\t ?", "---\n", "...\n", "\n- ", "<<: "]


def told(node: yaml.Node | None) -> Any:
    """A node with its marks and all below it."""
    if node is None:
        return None
    where = (node.tag, node.start_mark.index, node.end_mark.index)
    if isinstance(node, yaml.ScalarNode):
        return (*where, node.value, node.style)
    if isinstance(node, yaml.SequenceNode):
        return (*where, *map(told, node.value))
    return (*where, *((told(key), told(value)) for key, value in node.value))


def outcome(act: Callable[[], yaml.Node | None]) -> Any:
    try:
        return told(act())
    except yaml.YAMLError as fault:
        return type(fault), str(fault)


def damaged(text: str, seed: int) -> str:
    """The text with a few signs that mean something to YAML put in, some in the place of others."""
    chance, signs = random.Random(seed), list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(signs))
        signs[at : at + chance.randint(0, 2)] = chance.choice(WRONG)
    return "".join(signs)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nodes_and_faults_are_those_of_the_text(path: Any) -> None:
    text = path.read_text("utf-8")
    faults = 0
    for each in (text, "", "# nothing\n", *(damaged(text[:2000], seed) for seed in range(12))):
        wanted = outcome(lambda each=each: yaml.compose(each, Loader=yaml.SafeLoader))
        assert outcome(lambda each=each: compose(each, read_tokens(each))) == wanted
        faults += isinstance(wanted, tuple) and isinstance(wanted[0], type)
    assert faults
