"""Layouts as the library asks for them: by name, each from the project's layouts/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jinja2
from jinja2.loaders import split_template_path

from directory_pub.storage.enclosure import Refused, read_text

__all__ = ["LayoutFiles"]


class LayoutFiles(jinja2.BaseLoader):
    """The layouts of the project at ``root``; one that is not there is a fault of whoever names it.

    Raises Refused for one that leads out of the project, or that cannot be read.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def text(self, name: str) -> tuple[str, Path]:
        """A layout's text, and where it lies."""
        path = self._root.joinpath("layouts", *split_template_path(name))
        try:
            return read_text(path, self._root), path
        except Refused as refused:
            if refused.finding.code == "file-missing":
                raise jinja2.TemplateNotFound(name, f"the layout '{name}' {refused}") from None
            raise

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As the library wants it; an environment lasts for one build, in which no layout changes."""
        text, path = self.text(template)
        return text, str(path), lambda: True
