"""Front matter of Markdown that stays Markdown: the language and the key that ties translations together."""

from __future__ import annotations

import re

_YAML = re.compile(r"(?s)\A(\ufeff?---[ \t]*\r?\n)(.*?)^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_TOML = re.compile(
    r"(?s)\A(\ufeff?\+\+\+[ \t]*\r?\n)(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE
)
_PLAIN = re.compile(r"[A-Za-z][\w./-]*")
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""What YAML reads as something else than text: `no` is a language and a denial."""


def with_front_matter(text: str, *, lang: str, key: str) -> str:
    """Give Markdown whose front matter has `lang` and `translationKey`; all else stays as it is."""
    if found := _TOML.match(text):
        return _set(text, found, " = ", lang, key, quoted=True)
    if found := _YAML.match(text):
        return _set(text, found, ": ", lang, key, quoted=False)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    newline = "\r\n" if "\r\n" in text else "\n"
    head = ("---", f"lang: {_scalar(lang)}", f"translationKey: {_scalar(key)}", "---", "", "")
    return mark + newline.join(head) + text.removeprefix(mark)


def _set(
    text: str, found: re.Match[str], sign: str, lang: str, key: str, *, quoted: bool
) -> str:
    inside = found[2]
    newline = "\r\n" if found[1].endswith("\r\n") else "\n"
    for name, value in (("lang", lang), ("translationKey", key)):
        line = name + sign + (f'"{value}"' if quoted else _scalar(value))
        has = re.search(rf"^{name}[ \t]*{sign.strip()}.*?(?=\r?$)", inside, re.MULTILINE)
        if has:
            inside = inside[: has.start()] + line + inside[has.end() :]
        elif quoted:
            inside = line + newline + inside  # before any table of TOML
        else:
            inside += line + newline
    return text[: found.start(2)] + inside + text[found.end(2) :]


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and value not in _AMBIGUOUS else f'"{value}"'
