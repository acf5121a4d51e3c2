"""Texts for readers in the attributes of directives: `{{< figure caption="…" >}}`, `<TabItem label="…">`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from l10n.articles.markdown.parts import Part
from l10n.articles.runs import UnitText
from l10n.articles.sitecode import code_in, holds_code
from l10n.articles.words import has_words, normalize
from l10n.text.markup import escape
from l10n.text.references import decode_references

_NAMES = frozenset(
    [
        "alt",
        "alt-text",
        "aria-label",
        "attribution",
        "caption",
        "description",
        "header",
        "heading",
        "label",
        "message",
        "placeholder",
        "subtitle",
        "summary",
        "tagline",
        "text",
        "title",
        "tooltip",
    ]
)
"""Attributes that hold text for readers in HTML, in the shortcodes and includes of themes, and in components."""
_ATTRIBUTE = re.compile(
    r"""(?<![\w.:-])(?P<name>[A-Za-z][\w-]*)[ \t]*=[ \t\r\n]*"""
    r"""(?:(?P<quote>["\'])(?P<value>(?>(?:\\.|(?!(?P=quote))[^\\\r\n])*))(?P=quote)|`(?P<raw>[^`\r\n]*)`)"""
)
"""A named value; between backticks only Hugo has one."""
_COMPONENT = re.compile(
    r"""<(?:[A-Z][\w.]*|[a-z][\w.]*-[\w.-]*)(?=[\s/])(?>(?:[^<>"\']|"[^"]*+"|\'[^\']*+\')*)>"""
)
"""A tag of a component: HTML has no name with a capital letter or a hyphen."""
_ADDRESS = re.compile(r"(?:https?:/)?[/#@.]\S*|\S*/\S*/\S*|[\w-]+\.[a-z]{2,4}")
_WRITERS = (("{{", "shortcode"), ("{%", "tag"))
"""The role of a text by what its directive begins with: how quotes are written in it."""


def text_names(more: Iterable[str]) -> frozenset[str]:
    """Return the names of attributes with text for readers, in lower case."""
    return _NAMES.union(name.lower() for name in more)


def directive_texts(source: str, start: int, end: int, names: frozenset[str]) -> Iterator[Part]:
    """Yield the texts that the attributes of a directive hold."""
    if "=" not in source[start:end]:
        return
    directive = source[start:end].lstrip(" \t>")
    if not directive.startswith(("{{<", "{{%", "{%", "<", ":", "]{")):
        return
    role = next(
        (role for mark, role in _WRITERS if directive.startswith(mark)), "html attribute"
    )
    # Between the halves of a shortcode may stand code, which has attributes of its own.
    tags = code_in(source, start, end) if role in ("shortcode", "tag") else [(start, end)]
    matches = (match for tag in tags for match in _ATTRIBUTE.finditer(source, *tag))
    for match in matches:
        name, group = match["name"].lower(), "value" if match["quote"] else "raw"
        value = match[group]
        if name not in names or holds_code(value) or _ADDRESS.fullmatch(value):
            continue
        if group == "raw" and role != "shortcode":
            continue
        text = value if group == "raw" else decoded(value, role)
        if has_words(text):
            msgid = escape(normalize(" ".join(text.split())))
            yield Part(UnitText(*match.span(group), msgid), role, f"attr:{name}")


def component_texts(source: str, start: int, end: int, names: frozenset[str]) -> Iterator[Part]:
    """Yield the texts that the attributes of components in raw HTML hold."""
    for tag in _COMPONENT.finditer(source, start, end):
        yield from directive_texts(source, *tag.span(), names)


def quoted(text: str, quote: str, role: str) -> str | None:
    """Return a text with the quotation marks around it as the value of a shortcode or tag; None where there is no way to write it."""
    if role != "shortcode":
        # Liquid has no way to write a quote inside of the same quotes; what it prints is HTML.
        reference = {'"': "&quot;", "'": "&#39;"}[quote]
        return quote + text.replace(quote, reference) + quote
    if quote == "'":
        # No quotation mark to Hugo: whose shortcode this is nobody knows.
        return "'" + text.replace("'", "\\'") + "'"
    # Beside an escaped quote Hugo drops all other backslashes, and one at the end escapes the quote that ends the value.
    is_plain = not ("\\" in text and '"' in text) and not text.endswith("\\")
    if is_plain and "\\`" not in text and not (quote == "`" and "`" not in text):
        return '"' + text.replace('"', '\\"') + '"'
    return f"`{text}`" if "`" not in text else None


def decoded(value: str, role: str) -> str:
    """Return the text that a value between quotes stands for."""
    if role == "shortcode":
        # Hugo escapes quotes only, and takes every backslash out of a value that has one so; else each is a sign of the text.
        return value.replace("\\", "") if '\\"' in value else value.replace("\\'", "'")
    return decode_references(value) if "&" in value else value
