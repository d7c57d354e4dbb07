"""The sandbox itself: an allow list of fields and methods, and an allowance for each rendering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.filters import _GroupTuple
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace

from directory_pub.sandbox.allowance import LETTERS_A_UNIT, Allowance, TooMuch, check_told, name_kind
from directory_pub.sandbox.filters import allowed_filters, allowed_tests
from directory_pub.sandbox.weighing import weigh_tree

__all__ = ["Sandbox"]

_A_CALL, _A_LOAD, _A_MISS = 20, 200, 20
_OF_THE_COMPILER = ("_loop_vars", "_block_vars")  # which it hands to every call
_MOST_TRIMMED = 100  # letters that a text is stripped of
_METHODS: dict[type, frozenset[str]] = {
    kind: frozenset(names.split())
    for kind, names in {
        str: "capitalize casefold count endswith find isalnum isalpha isascii isdecimal isdigit islower isnumeric"
        " isspace istitle isupper lower lstrip partition removeprefix removesuffix rfind rpartition rsplit rstrip"
        " split splitlines startswith strip swapcase title upper",
        list: "count index",
        tuple: "count index",
        dict: "get items keys values",
        LoopContext: "changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0",
        Cycler: "current next reset",
        BlockReference: "super",
        _GroupTuple: "grouper list",
    }.items()
}
_LOOKING = (str, list, tuple, dict, LoopContext)  # whose methods look through what they have and are given
_WITH_OWN_NAMES = (Namespace, TemplateModule)  # whose attributes the template named itself


def _namespace(**fields: object) -> Namespace:
    """Names that a template may give values to, in a loop too."""
    return Namespace(fields)


class _NamesOfKinds(dict[type, frozenset[str]]):
    """The names that each kind of value shows; a kind that is not listed shows those of what it is made from."""

    def __missing__(self, kind: type) -> frozenset[str]:
        self[kind] = next((self[each] for each in kind.__mro__ if each in self), frozenset())
        return self[kind]


class Sandbox(ImmutableSandboxedEnvironment):
    """Runs templates that anybody may have written.

    ``shown`` are the fields of each kind of value that a template sees, beside the methods of texts and
    lists; all else is not there for it. A rendering may take ``allowance.left`` units, which whoever
    renders sets before. A template that is at fault may raise any Exception.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, shown: Mapping[type, frozenset[str]], **options: Any) -> None:
        super().__init__(undefined=StrictUndefined, finalize=self._told, **options)
        self.allowance = Allowance(0)
        self.globals = {"range": safe_range, "namespace": _namespace, "cycler": Cycler, "joiner": Joiner}
        self.filters = allowed_filters(self.allowance)
        self.tests = allowed_tests(self.allowance)
        self._printed = frozenset(kind for kind in shown if "__str__" in vars(kind))
        self._names = _NamesOfKinds({**_METHODS, **shown})

    # -------------------------------------------------------------------- what is asked of a value
    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field by its name; one that is not shown is undefined, which is an error where it is used."""
        if attribute in self._names[type(obj)]:
            return getattr(obj, attribute)
        kind = type(obj)
        if kind is dict or kind is TemplateReference:
            try:
                return obj[attribute]
            except LookupError:
                pass
        elif kind in _WITH_OWN_NAMES and not attribute.startswith("_"):
            return getattr(obj, attribute, self.undefined(name=attribute))
        return self._not_shown(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """An item of a list or of fields; else the field of that name."""
        if isinstance(obj, dict | TemplateReference):
            check_told(argument)
        if not isinstance(obj, type):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str) and type(obj) is not dict:
            return self.getattr(obj, str(argument))
        return self._not_shown(obj, argument)

    def _not_shown(self, obj: Any, name: Any) -> Undefined:
        if isinstance(obj, Undefined):
            str(obj)  # which is the error that names it
        self.allowance.spend(_A_MISS)
        kind = type(obj)
        known = ", ".join(sorted(map(str, obj if kind is dict else self._names[kind])))
        told = f"{name!r:.80}" if isinstance(name, str | int) else f"'{type(name).__name__}'"
        hint = f"{name_kind(obj)} has no {told} here" + (f"; it has {known:.400}" if known else "")
        return self.undefined(hint, obj=obj, name=str(told))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether an attribute may be seen; for whatever in the library asks it."""
        return attr in self._names[type(obj)]

    # -------------------------------------------------------------------- what is done with it
    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        """Call a macro, or a function that the template was given."""
        if type(__obj) is Macro:  # most calls are, and the library's way is a long one
            for name in _OF_THE_COMPILER:
                kwargs.pop(name, None)
            return __obj(__context.eval_ctx, *args, **kwargs)
        __self.allowance.spend(_A_CALL + len(args))
        if isinstance(owner := getattr(__obj, "__self__", None), _LOOKING):
            __self._check_method(owner, __obj.__name__, args, kwargs)
        return __context.call(__obj, *args, **kwargs)

    def _check_method(self, owner: object, name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> None:
        """Look at what a method is given: a text's prints it, that of fields looks it up, others compare it."""
        self.allowance.look_through(*args)
        if isinstance(owner, str):
            self.allowance.look_through(owner)
            named = (value for key, value in kwargs.items() if key not in _OF_THE_COMPILER)
            for value in (*args, *named):
                for each in value if isinstance(value, tuple) else (value,):
                    check_told(each)
            if name.endswith("strip") and args and len(args[0] or "") > _MOST_TRIMMED:
                raise TooMuch("A text is not stripped of so many letters")
        elif isinstance(owner, dict):
            for key in args[:1]:
                check_told(key)
        elif not isinstance(owner, LoopContext):
            self.allowance.look_through(owner)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """An operation that can make much of little."""
        self.allowance.operate(operator, left, right)
        return self.binop_table[operator](left, right)

    def _told(self, value: Any) -> Any:
        """A value as it is printed: a text, a number, or what is shown and has a text of its own."""
        if isinstance(value, str):
            if len(value) >= LETTERS_A_UNIT:
                self.allowance.spend(len(value) // LETTERS_A_UNIT)
        elif type(value) not in self._printed:
            check_told(value)
        return value

    # -------------------------------------------------------------------- compiling
    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        weigh_tree(source)
        return super()._generate(source, name, filename, defer_init)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *args: Any, **kwargs: Any) -> Any:
        """As the library does; a template that is too deep or too odd for it has a fault like any other."""
        try:
            return super().compile(source, name, filename, *args, **kwargs)
        except TemplateSyntaxError:
            raise
        except Exception as problem:  # its parser and Python's own raise what they come upon
            too_deep = isinstance(problem, RecursionError | MemoryError | SyntaxError)
            told = "it is nested too deeply" if too_deep else str(problem)
            raise TemplateSyntaxError(f"This cannot be read: {told}", 1, name, filename) from problem

    def _load_template(self, name: str, globals: Any) -> Any:
        self.allowance.spend(_A_LOAD)
        return super()._load_template(name, globals)
