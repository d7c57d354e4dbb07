"""Layouts as the library asks for them: by name, each from the theme's layouts/."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath

import jinja2
from jinja2.loaders import split_template_path

from directory_pub.edition.theme import Theme
from directory_pub.storage.enclosure import Refused

__all__ = ["LayoutFiles"]


class LayoutFiles(jinja2.BaseLoader):
    """The layouts of a theme; one that is not there is a fault of whoever names it.

    Raises Refused for one that leads out of the project, or that cannot be read.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def text(self, name: str) -> tuple[str, str]:
        """A layout's text, and its file as an editor knows it."""
        file = str(PurePosixPath("layouts", *split_template_path(name)))
        try:
            return self._theme.read_text(file), self._theme.shown(file)
        except Refused as refused:
            if refused.finding.code == "file-missing":
                raise jinja2.TemplateNotFound(name, f"the layout '{name}' {refused}") from None
            raise

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """As the library wants it; an environment lasts for one build, in which no layout changes."""
        text, shown = self.text(template)
        return text, shown, lambda: True
