"""Front matter of Markdown that stays Markdown: the language and the key that ties translations together."""

from __future__ import annotations

import re

from l10n.articles.frontmatter import extent

_PLAIN = re.compile(r"[A-Za-z][\w./-]*")
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""What YAML reads as something else than text: `no` is a language and a denial."""


def with_front_matter(text: str, *, lang: str, key: str) -> str:
    """Give Markdown whose front matter has `lang` and `translationKey`; all else stays as it is."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    end = extent(text)
    newline = "\r\n" if text.partition("\n")[0].endswith("\r") else "\n"
    wanted = {"lang": lang, "translationKey": key}
    if not end:
        lines = [f"{name}: {_scalar(value)}" for name, value in wanted.items()]
        return mark + newline.join(("---", *lines, "---", "", "")) + text
    lines = text[:end].splitlines(keepends=True)
    for name, value in wanted.items():
        _set_line(lines, name, value, newline)
    return mark + "".join(lines) + text[end:]


def _set_line(lines: list[str], name: str, value: str, newline: str) -> None:
    """Set a key in the lines of front matter, fences included: in its place, or at the end, or before TOML's tables."""
    toml = lines[0].startswith("+")
    sign, written = (" = ", f'"{value}"') if toml else (": ", _scalar(value))
    known = re.compile(rf"{name}[ \t]*{sign.strip()}")
    place = next((number for number, line in enumerate(lines) if known.match(line)), None)
    if place is not None:
        lines[place] = f"{name}{sign}{written}{newline}"
    else:
        lines.insert(1 if toml else len(lines) - 1, f"{name}{sign}{written}{newline}")


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and value not in _AMBIGUOUS else f'"{value}"'
