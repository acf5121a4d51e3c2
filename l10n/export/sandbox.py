"""A sandbox for the templates of a project: no way out to Python, and an end to every loop, text and sum.

Jinja's own sandbox closes the way to Python's insides. It knows no limits, so here everything that makes a value
pays for it from the budget of one page, and an operation that could make much of little is looked at before it runs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

from jinja2 import Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from l10n.interface import gettext as _

STEPS = 1_000_000
"""Rounds of loops, calls, filters and sums of a page."""
LARGEST = 16 << 20
"""Characters of one value; a member of a list counts as `_MEMBER` of them."""
PRODUCED = 64 << 20
"""Characters of everything that a page makes, the page itself included."""
_MEMBER = 16
"""Bytes and time of a member, against those of a character."""
SECONDS = 5.0
"""Processor time of a page; a page of 300 passages takes a hundredth of a second."""
NUMBER = 10_000
"""A number that may stand for a width, a count of copies or the length of a range."""
_BITS = 4096
"""Of a whole number."""
_DIGITS = 15
"""A number is rounded to; a float has no more."""


class LimitError(Exception):
    """A template wants more than a page may take."""


@dataclass(slots=True)
class _Budget:
    steps: int = STEPS
    produced: int = PRODUCED
    end: float = field(default_factory=lambda: time.thread_time() + SECONDS)

    def pay(self, size: int) -> None:
        self.steps -= 1
        self.produced -= size
        if self.steps < 0:
            raise LimitError(
                _("more than {n} rounds of loops and calls for a page").format(n=STEPS)
            )
        if self.produced < 0:
            raise LimitError(
                _("more than {n} million characters for a page").format(n=PRODUCED >> 20)
            )
        if time.thread_time() > self.end:
            raise LimitError(_("more than {n} seconds for a page").format(n=int(SECONDS)))


_budget: ContextVar[_Budget] = ContextVar("_budget")


@contextmanager
def page_budget() -> Iterator[None]:
    """Limit what happens in the block to what one page may take; LimitError for more."""
    token = _budget.set(_Budget())
    try:
        yield
    finally:
        _budget.reset(token)


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment of a project's templates; renders within `page_budget` alone.

    `own` are the classes of the page whose methods a template may call.
    """

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, own: tuple[type, ...], **options: Any) -> None:
        super().__init__(finalize=_printed, **options)
        self._holders = (*own, *_PLAIN, Cycler, LoopContext)
        self.filters = {name: _paid(name, self.filters[name]) for name in _FILTERS}
        self.filters |= {_CHARGE: _charge, _WEIGH: _weighed}
        self.globals.clear()
        self.globals |= _GLOBALS

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Refuse what could make much of little, too: `"x".ljust(10**10)`."""
        return super().is_safe_attribute(obj, attr, value) and (
            not isinstance(obj, _PLAIN) or not callable(value) or attr in _METHODS
        )

    def wrap_str_format(self, value: Any) -> None:
        """Wrap nothing: `format` is no method that a template may use."""

    def call(self, context: Context, obj: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a macro, or a method of a plain value or of the page; nothing else."""
        holder = getattr(obj, "__self__", None)
        if not (
            isinstance(obj, _CALLABLE)
            or any(obj is value for value in _GLOBALS.values())
            or isinstance(holder, self._holders)
        ):
            raise SecurityError(_("a template cannot call this"))
        _weight((*arguments, *named.values()))
        if isinstance(holder, str) and (check := _CHECKS.get(obj.__name__)):
            check(holder, *arguments)
        return _pay_for(super().call(context, obj, *arguments, **named))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out a sum whose size is known before."""
        _check_sum(operator, left, right)
        return _pay_for(super().call_binop(context, operator, left, right))

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _priced(super()._parse(source, name, filename))


_PLAIN = (str, bytes, int, float, complex, tuple, list, dict, set, frozenset, date)
_METHODS = frozenset(
    re.findall(
        r"\w+",
        """
    capitalize casefold count endswith find get index isalnum isalpha isascii isdigit isoformat isoweekday istitle
    isupper islower isspace isnumeric items join keys lower lstrip partition removeprefix removesuffix replace rfind
    rindex rpartition rsplit rstrip split splitlines startswith strftime strip swapcase title upper values weekday
    unescape striptags
    """,
    )
)
"""Methods of plain values; what they give is no larger than what they take, or is looked at before (`_CHECKS`)."""

_FILTERS = re.findall(
    r"\w+",
    """
    abs attr batch capitalize center count d default dictsort e escape filesizeformat first float forceescape format
    groupby indent int items join last length list lower map max min reject rejectattr replace reverse round safe
    select selectattr slice sort string striptags sum title tojson trim truncate unique upper urlencode wordcount
    xmlattr
    """,
)
"""Those of Jinja that are not here are of no use on a page, give something else each time, or take squares of time."""

_CALLABLE = (Macro, LoopContext, BlockReference, Cycler, Joiner, Undefined)
"""An undefined name is called so that it says its own name."""

_CHARGE, _WEIGH = "l10n charge", "l10n weigh"
"""Names that no template can write."""


def _check_sum(operator: str, left: Any, right: Any) -> None:
    """Raise LimitError for a sum that would give more than a value may be."""
    if isinstance(left, int) and isinstance(right, int):
        bits, more = left.bit_length(), right.bit_length()
        size = bits * max(right, 0) if operator == "**" else bits + more
        if size > _BITS:
            raise LimitError(_("the number becomes too large"))
    elif operator == "%" and isinstance(left, str | bytes):
        raise SecurityError(_("write {better} instead").format(better='"…"|format(…)'))
    elif operator == "*" and isinstance(left, int) != isinstance(right, int):
        times, value = (left, right) if isinstance(left, int) else (right, left)
        if isinstance(value, Sized) and _weight(value) * max(times, 0) > LARGEST:
            raise LimitError(_too_large())


# What a filter is given, by the names of Jinja's own parameters; gives what it is to be called with.


def _check_join(value: Any, d: Any = "") -> tuple[Any, ...]:
    """Take the members one by one, so that too many of them are never put together."""
    return _members(value, _weight(d)), d


def _check_replace(s: Any, old: Any, new: Any, count: Any = None) -> tuple[Any, ...]:
    if str(s).count(str(old)) * len(str(new)) + len(str(s)) > LARGEST:
        raise LimitError(_too_large())
    return s, old, new, count


def _check_format(value: Any, *values: Any) -> tuple[Any, ...]:
    if re.search(r"%(?:\([^)]*\))?[^a-zA-Z%]*(?:\*|\d{4})", str(value)):
        raise LimitError(_("a width of a thousand or more"))
    return value, *values


def _check_center(value: Any, width: Any = 80) -> tuple[Any, ...]:
    return value, _count(width)


def _check_indent(
    s: Any, width: Any = 4, *, first: Any = False, blank: Any = False
) -> tuple[Any, ...]:
    size = len(width) if isinstance(width, str) else _count(width)
    if (str(s).count("\n") + 1) * size > LARGEST:
        raise LimitError(_too_large())
    return s, width, first, blank


def _check_numbers(iterable: Any, attribute: Any = None, start: Any = 0) -> tuple[Any, ...]:
    """Look at `sum`: of lists it takes squares of time."""
    if not isinstance(start, int | float):
        raise SecurityError(_("only numbers can be added up"))
    return iterable, attribute, start


def _check_precision(value: Any, precision: Any = 0, method: Any = "common") -> tuple[Any, ...]:
    if abs(int(precision)) > _DIGITS:
        raise LimitError(_("more than {n} digits").format(n=_DIGITS))
    return value, precision, method


def _check_batch(value: Any, linecount: Any, fill_with: Any = None) -> tuple[Any, ...]:
    return _members(value, 0), _count(linecount), fill_with


def _check_slice(value: Any, slices: Any, fill_with: Any = None) -> tuple[Any, ...]:
    return _members(value, 0), _count(slices), fill_with


_Check = Callable[..., tuple[Any, ...]]

_CHECKS: Mapping[str, _Check] = {
    "join": lambda between, values: _check_join(values, between),
    "replace": _check_replace,
}
"""Methods of a text that are looked at before they run."""

_FILTER_CHECKS: Mapping[str, _Check] = {
    "join": _check_join,
    "replace": _check_replace,
    "format": _check_format,
    "center": _check_center,
    "indent": _check_indent,
    "sum": _check_numbers,
    "round": _check_precision,
    "batch": _check_batch,
    "slice": _check_slice,
}


def _members(values: Any, extra: int) -> Sequence[Any]:
    """Return the members of any iterable; LimitError when they are too many, `extra` for each of them counted."""
    members, total = [], 0
    for value in values:
        total += extra + _MEMBER + _weight(value)
        if total > LARGEST:
            raise LimitError(_too_large())
        members.append(value)
    return members


def _count(number: Any) -> int:
    count = int(number)
    if count > NUMBER:
        raise LimitError(_("a width or count of more than {most}").format(most=NUMBER))
    return count


def _paid(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that looks at what it is given and pays for what it gives."""
    leading = 0 if getattr(function, "jinja_pass_arg", None) is None else 1
    check = _FILTER_CHECKS.get(name)

    @wraps(function)
    def filtered(*arguments: Any, **named: Any) -> Any:
        passed, values = arguments[:leading], arguments[leading:]
        _weight((*values, *named.values()))
        if check is _check_format:
            check(*values)
        elif check:
            values, named = check(*values, **named), {}
        return _pay_for(function(*passed, *values, **named))

    return filtered


def _range(*arguments: int) -> range:
    numbers = range(*arguments)
    if len(numbers) > NUMBER:
        raise LimitError(_("a range of more than {most} numbers").format(most=NUMBER))
    return numbers


_GLOBALS: Mapping[str, Any] = {
    "range": _range,
    "dict": dict,
    "namespace": Namespace,
    "cycler": Cycler,
    "joiner": Joiner,
}


def _pay_for(value: Any) -> Any:
    _budget.get().pay(_weight(value))
    return value


@pass_context
def _printed(_context: Context, value: Any) -> Any:
    """Pay for what a template prints; asking for the context keeps Jinja from doing it once for all rounds."""
    return _pay_for(value)


@pass_context
def _charge(_context: Context, size: int) -> str:
    """Pay for a round: the text that stands in it."""
    _budget.get().pay(abs(size))
    return ""


@pass_context
def _weighed(_context: Context, value: Any) -> Any:
    return _pay_for(value)


def _weight(value: Any) -> int:
    """Return the characters of a value, those of its members with them; LimitError for too many.

    So lists of lists cannot hide more than they show: printing or comparing them takes as many steps.
    """
    total = 0
    waiting = [value]
    while waiting:
        member = waiting.pop()
        if isinstance(member, str | bytes):
            total += len(member)
        elif isinstance(member, dict | tuple | list | set | frozenset):
            total += _MEMBER * len(member)
            waiting += member
            if isinstance(member, dict):
                waiting += member.values()
        if total > LARGEST:
            raise LimitError(_too_large())
    return total


def _too_large() -> str:
    return _("a value of more than {n} million characters").format(n=LARGEST >> 20)


def _priced(template: nodes.Template) -> nodes.Template:
    """Return a template in which every round, macro and list is paid for."""
    _price_values(template)
    template.body.insert(0, _charge_of(template))
    for kind in (nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block):
        for node in template.find_all(kind):
            getattr(node, "body").insert(0, _charge_of(node))  # noqa: B009 - their common parent has none
    return template


def _charge_of(node: nodes.Node) -> nodes.Output:
    size = sum(len(text.data) for text in node.find_all(nodes.TemplateData))
    return nodes.Output([_filter(nodes.Const(size), _CHARGE, node)], lineno=node.lineno or 1)


def _filter(value: nodes.Expr, name: str, place: nodes.Node) -> nodes.Filter:
    node = nodes.Filter(value, name, [], [], None, None)
    node.set_lineno(place.lineno or 1)
    if place.environment:
        node.set_environment(place.environment)
    return node


def _price_values(node: nodes.Node) -> None:
    """Put every list, table and joined text of a template into what weighs it."""
    for name, value in node.iter_fields():
        # The names of an include are for Jinja to see, not values.
        if isinstance(node, nodes.Include) and name == "template":
            continue
        if isinstance(value, nodes.Node):
            setattr(node, name, _weighing(value))
        elif isinstance(value, list):
            setattr(node, name, [_weighing(part) for part in value])


def _weighing(value: Any) -> Any:
    if not isinstance(value, nodes.Node):
        return value
    _price_values(value)
    is_target = getattr(value, "ctx", "load") != "load"
    if is_target or not isinstance(value, nodes.List | nodes.Tuple | nodes.Dict | nodes.Concat):
        return value
    return _filter(value, _WEIGH, value)
