"""The project's layouts, each run in a sandbox; what goes wrong in one is a finding at its line."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from typing import Any

import jinja2

from directory_pub.compose.compiled_layouts import COMPILED
from directory_pub.compose.layout_files import LayoutFiles
from directory_pub.compose.shown import SHOWN
from directory_pub.edition.theme import Theme
from directory_pub.findings import Finding, Place, error
from directory_pub.sandbox import Sandbox, TooMuch
from directory_pub.storage.enclosure import Refused

__all__ = ["LayoutError", "Layouts"]

# A page of text takes some fifteen units a letter.
_UNITS, _UNITS_A_LETTER = 5_000_000, 200
_LONGEST_MESSAGE = 600


class LayoutError(Exception):
    """A layout that cannot be rendered, with the finding that says where."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class Layouts:
    """The layouts of a theme, with the functions, filters and tests that they may use."""

    def __init__(
        self,
        theme: Theme,
        functions: Mapping[str, object],
        filters: Mapping[str, Callable[..., Any]],
        tests: Mapping[str, Callable[..., bool]],
    ) -> None:
        self.theme = theme
        self.sandbox = Sandbox(
            SHOWN,
            loader=LayoutFiles(theme),
            autoescape=True,
            auto_reload=False,
            bytecode_cache=COMPILED,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.sandbox.allowance.left = _UNITS
        self.sandbox.globals |= functions
        self.sandbox.filters |= filters
        self.sandbox.tests |= tests
        self._endless: Finding | None = None

    def spend(self, units: int) -> None:
        """Take units of what the layout that is being rendered may take."""
        self.sandbox.allowance.spend(units)

    def render(
        self,
        layout: str,
        context: Mapping[str, object],
        *,
        letters: int = 0,
        loader: jinja2.BaseLoader | None = None,
    ) -> str:
        """Render one layout; any fault of it raises LayoutError.

        ``letters`` is how long the text is that it goes through; a ``loader`` has other texts for its
        layouts. Once a layout took too much none is rendered: it would take as much again.
        """
        if self._endless is not None:
            raise LayoutError(self._endless)
        sandbox = self.sandbox.overlay(loader=loader) if loader else self.sandbox
        self.sandbox.allowance.left = _UNITS + letters * _UNITS_A_LETTER
        try:
            html = sandbox.get_template(layout).render(context)
            html.encode()  # half of a character that is written as two is none
            return html
        except Refused as refused:
            raise LayoutError(refused.finding) from refused
        except Exception as problem:  # a layout may raise anything that an expression can
            finding = self._fault(problem, layout)
            if isinstance(problem, TooMuch):
                self._endless = finding
            raise LayoutError(finding) from problem

    def _fault(self, problem: Exception, layout: str) -> Finding:
        """The innermost layout and line of a fault: a syntax error knows it, of another the traceback does."""
        file, line = self.theme.shown(f"layouts/{layout}"), None
        if isinstance(problem, jinja2.TemplateSyntaxError):
            file, line = self.theme.shown(f"layouts/{problem.name or layout}"), problem.lineno
        else:
            layouts = {self.theme.shown(name) for name in self.theme.names("layouts")}
            for frame, number in traceback.walk_tb(problem.__traceback__):
                if frame.f_code.co_filename in layouts:
                    file, line = frame.f_code.co_filename, number
        message = f"{_tell(problem).rstrip('.'):.{_LONGEST_MESSAGE}}."
        return error(
            "layout-fault", Place(file=file, line=line), message, "Mend the layout there, or the name that it asks for."
        )


def _tell(problem: Exception) -> str:
    """What is wrong, for a designer."""
    match problem:
        case jinja2.TemplateNotFound():
            return f"There is no layout '{problem.name or problem.message:.80}'"
        case jinja2.TemplateError():
            return problem.message or type(problem).__name__
        case UnicodeEncodeError():
            return f"This prints U+{ord(problem.object[problem.start]):04X}, half of a character"
        case RecursionError():
            return "This goes in circles: a layout or a macro comes back to itself"
        case _:
            return f"This cannot be worked out ({type(problem).__name__}): {problem}"
