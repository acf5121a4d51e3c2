"""The only reader of what programs fill in: arguments of a message by the grammar of its format, as GNU gettext reads them.

An argument has a key, the number or name by which it is passed, and a type. Two texts go together when their keys and
types do (`msgfmt --check-format`); where they stand, how wide they are printed and how often is free.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Argument(NamedTuple):
    """What a text asks a program to fill in."""

    written: str
    """As the text writes it, the first time."""
    type: str
    """Arguments of one type can stand for each other; empty where a program takes any."""
    start: int
    end: int


class Arguments(NamedTuple):
    """All arguments of a text, by number or name."""

    by_key: Mapping[str, Argument]
    broken: tuple[int, int] | None = None
    """Where a text stops being one of its format."""


_PRINTF = re.compile(
    r"%(?:%|(?P<number>\d+\$)?(?P<flags>[-+ #0'I]*)(?P<width>\*(?:\d+\$)?|\d+)?(?:\.(?P<precision>\*(?:\d+\$)?|\d+)?)?"
    r"(?P<size>hh|h|ll|l|q|j|z|t|L|w\d+)?(?P<letter>[diouxXeEfFgGaAcCsSpnm@]|<PRI\w+>)|(?P<bad>))"
)
_PYTHON = re.compile(
    r"%(?:%|(?P<name>\([^()]*\))?[-+ #0]*(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+)?)?[hlL]?(?P<letter>[diouxXeEfFgGcrsa])"
    r"|(?P<name_only>\([^()]*\))%|(?P<bad>))"
)
_PHP = re.compile(
    r"%(?:%|(?P<number>\d+\$)?(?:[-+ 0]|'.)*(?P<width>\d+)?(?:\.(?P<precision>\d+))?(?P<letter>[bcdeEfFgGosuxX])|(?P<bad>))"
)
_PYTHON_BRACE = re.compile(r"\{\{|\}\}|\{(?P<name>\w*)[^{}!:]*(?:![rsa])?(?::[^{}]*)?\}")
_NAMED = {
    "perl-brace-format": re.compile(r"\{(?P<name>[A-Za-z_]\w*)\}"),
    "qt-format": re.compile(r"%L?(?P<name>\d{1,2}|n)"),
    "qt-plural-format": re.compile(r"%L?(?P<name>\d{1,2}|n)"),
    "kde-format": re.compile(r"%(?P<name>\d+)"),
    "java-format": re.compile(r"(?<!')\{(?P<name>\d+)(?:,[^{}]*)?\}"),
    "csharp-format": re.compile(r"(?<!\{)\{(?P<name>\d+)(?:,-?\d+)?(?::[^{}]*)?\}(?!\})"),
    "icu-message-format": re.compile(r"(?<!')\{\s*(?P<name>\w+)\s*(?=[,}])"),
    "ruby-format": re.compile(r"%(?:\{(?P<name>\w+)\}|[-+ #0]*\d*(?:\.\d+)?<(?P<field>\w+)>)"),
    "sh-format": re.compile(r"\$(?:\{(?P<name>[A-Za-z_]\w*)\}|(?P<field>[A-Za-z_]\w*))"),
}
_TYPES = {
    **dict.fromkeys("di", "int"),
    **dict.fromkeys("ouxX", "unsigned"),
    **dict.fromkeys("eEfFgGaA", "double"),
    **dict.fromkeys("cC", "char"),
    **dict.fromkeys("sS", "string"),
    "p": "pointer",
    "@": "object",
    "n": "count",
}
_PYTHON_TYPES = {
    **dict.fromkeys("diouxX", "int"),
    **dict.fromkeys("eEfFgG", "double"),
    "c": "char",
}
"""`%s`, `%r` and `%a` take whatever they get."""
_PHP_TYPES = {
    **dict.fromkeys("bdouxXc", "int"),
    **dict.fromkeys("eEfFgG", "double"),
    "s": "string",
}


def formats_of(flags: frozenset[str]) -> Iterator[str]:
    """Yield the formats that flags of a message name and that can be read here."""
    for flag in flags:
        if flag in _READERS:
            yield flag


def read_arguments(text: str, form: str) -> Arguments:
    """Return the arguments of a text of a format."""
    return _READERS[form](text)


def _numbered(
    pattern: re.Pattern[str], types: Callable[[re.Match[str]], str]
) -> Callable[[str], Arguments]:
    """Make the reader of a format in which arguments have their order or a number."""

    def read(text: str) -> Arguments:
        arguments: dict[str, Argument] = {}
        following = 1
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if groups["bad"] is not None:
                return Arguments(arguments, (match.start(), match.start() + 2))
            if groups["letter"] in (None, "m"):
                continue
            for group in ("width", "precision"):
                star = groups.get(group) or ""
                if star.startswith("*"):
                    key = star[1:-1] or str(following)
                    following += not star[1:]
                    arguments.setdefault(key, Argument(match[0], "int", *match.span()))
            number = groups.get("number")
            key = number[:-1] if number else str(following)
            following += not number
            arguments.setdefault(key, Argument(match[0], types(match), *match.span()))
        return Arguments(arguments)

    return read


def _c_type(match: re.Match[str]) -> str:
    letter, size = match["letter"], match["size"] or ""
    if letter.startswith("<"):
        return letter
    # `%lf` takes what `%f` takes; of integers gettext compares the sizes, too.
    return ("" if size == "l" and letter in "eEfFgGaA" else size) + _TYPES[letter]


def _python(text: str) -> Arguments:
    arguments: dict[str, Argument] = {}
    following = 1
    matches = list(_PYTHON.finditer(text))
    # Python takes a mapping or a tuple, never both: beside names `/%20c` is the blank of an address.
    has_names = any(match["name"] for match in matches)
    for match in matches:
        if has_names and not match["name"] and text[: match.start()].endswith(("/", "=", "-")):
            continue
        if match["bad"] is not None:
            return Arguments(arguments, (match.start(), match.start() + 2))
        if match["letter"] is None:
            continue
        kind = _PYTHON_TYPES.get(match["letter"], "")
        if match["name"]:
            arguments.setdefault(match["name"][1:-1], Argument(match[0], kind, *match.span()))
            continue
        for group in ("width", "precision"):
            if match[group] == "*":
                arguments[str(following)] = Argument(match[0], "int", *match.span())
                following += 1
        arguments[str(following)] = Argument(match[0], kind, *match.span())
        following += 1
    return Arguments(arguments)


def _python_brace(text: str) -> Arguments:
    arguments: dict[str, Argument] = {}
    following = 0
    for match in _PYTHON_BRACE.finditer(text):
        if match["name"] is None:
            continue
        key = match["name"] or str(following)
        following += not match["name"]
        arguments.setdefault(key, Argument(match[0], "", *match.span()))
    return Arguments(arguments)


def _named(pattern: re.Pattern[str]) -> Callable[[str], Arguments]:
    """Make the reader of a format in which arguments have names or numbers and no types."""

    def read(text: str) -> Arguments:
        arguments: dict[str, Argument] = {}
        for match in pattern.finditer(text):
            key = match["name"] or match.groupdict().get("field") or ""
            arguments.setdefault(key, Argument(match[0], "", *match.span()))
        return Arguments(arguments)

    return read


_READERS: dict[str, Callable[[str], Arguments]] = {
    "c-format": _numbered(_PRINTF, _c_type),
    "objc-format": _numbered(_PRINTF, _c_type),
    "php-format": _numbered(_PHP, lambda match: _PHP_TYPES[match["letter"]]),
    "javascript-format": _numbered(_PRINTF, _c_type),
    "python-format": _python,
    "python-brace-format": _python_brace,
    **{name: _named(pattern) for name, pattern in _NAMED.items()},
}
"""By the flag that names a format; `gcc-internal-format` (`%qD`, `%<`) is left to msgfmt."""
