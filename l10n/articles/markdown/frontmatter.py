"""Metadata at the head of a Markdown article: texts in YAML, TOML or JSON found and written in place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from l10n.articles.markdown import matter_json, matter_toml, matter_yaml
from l10n.articles.markdown.matter import KeyPath, Trouble, Value
from l10n.articles.words import has_words

__all__ = [
    "KEYS",
    "STYLES",
    "Trouble",
    "Value",
    "all_values",
    "body_start",
    "extent",
    "read_value",
    "values",
    "write",
]

KEYS = frozenset(
    re.findall(
        r"\w+",
        """
        title subtitle description summary excerpt abstract lead image_alt alt caption linktitle sidebar_label
        nav_title tagline question answer details pagination_label keywords avatar_alt headline heading subheading
        intro teaser seo_title seo_description og_title og_description meta_title meta_description link_text linktext
        """,
    )
)
"""Keys, in lower case and at any depth, whose values are text for readers."""
_PATTERNS = (
    "hero.text",
    "hero.name",
    "actions[].text",
    "features[].text",
    "sections[].text",
    "faq[].text",
)
"""Keys that hold text for readers only where they stand: those of home pages of VitePress, Starlight and Docusaurus."""
STYLES = frozenset({"yaml", "yaml flow", "toml", "json"})
"""How values are written, which are the roles of their blocks."""

_YAML = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(.*?)(?:^|(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?=\r|\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
_TOML = re.compile(
    r"\+\+\+[ \t]*(?:\r\n?|\n)(.*?)^\+\+\+[ \t]*(?=\r|\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEY_LINE = re.compile(
    r"""\s*(?:\#.*\s*)*(?:[A-Za-z_][\w-]*|"[^"\n]*"|'[^'\n]*')[ \t]*:(?:\s|$)"""
)
_BEGINS = re.compile(
    r"---[ \t]*(?:\r\n?|\n)(?:[ \t]*#[^\r\n]*(?:\r\n?|\n))*[a-z_][\w-]*:(?=\s)|\+\+\+[ \t]*(?:\r\n?|\n)\s*[\w.-]+[ \t]*="
)
"""What a sentence between two rules does not begin with: a key, in small letters."""
_STEP = re.compile(r"[^.\[\]]+|\[\]")


def extent(source: str) -> int:
    """Return where the front matter of a source ends; 0 when it has none."""
    if source.startswith("{"):
        return matter_json.extent(source)
    match = _YAML.match(source) or _TOML.match(source)
    if match is None:
        return 0
    if source.startswith("+"):
        return match.end()
    # Text between two rules is an article like any other; only keys make it YAML.
    return match.end() if not match[1].strip() or _KEY_LINE.match(match[1]) else 0


def lacks_end(source: str) -> bool:
    """Whether a source begins like front matter of YAML or TOML that nothing ends: its keys would be text."""
    source = source.removeprefix("\ufeff")
    return _BEGINS.match(source) is not None and extent(source) == 0


def body_start(source: str) -> int:
    """Return where the body of a source begins: after its byte order mark and its front matter."""
    begin = len(source) - len(source.removeprefix("\ufeff"))
    return begin + extent(source[begin:])


def values(source: str, end: int, wanted: Sequence[str] = ()) -> Iterator[Value]:
    """Yield the texts of the front matter `source[:end]`; raise ValueError with a Trouble when it cannot be read.

    `wanted` are further keys of a project: `tagline` at any depth, `hero.tagline`, `actions[].text`.
    """
    patterns = tuple(tuple(_STEP.findall(path.lower())) for path in (*_PATTERNS, *wanted))
    meant = (
        value
        for value in all_values(source, end)
        if _is_meant(value.path, patterns) and has_words(value.text)
    )
    # What YAML repeats with an alias stands there once.
    by_start: dict[int, Value] = {}
    for value in meant:
        by_start.setdefault(value.start, value)
    yield from by_start.values()


def all_values(source: str, end: int) -> Iterator[Value]:
    """Yield every string of the front matter, in order; raise ValueError with a Trouble when it cannot be read."""
    begin = len(source) - len(source.removeprefix("\ufeff"))
    if source.startswith("{", begin):
        return matter_json.values(source, begin, end) if end > begin else iter(())
    if source.startswith("+", begin):
        match = _TOML.match(source, begin, end)
        return matter_toml.values(source, *match.span(1)) if match else iter(())
    match = _YAML.match(source, begin, end)
    return matter_yaml.values(source, *match.span(1)) if match else iter(())


def write(spelled: str, text: str, style: str) -> str:
    """Return a text as it is written in the place of a value: in its style, or as it must be."""
    match style:
        case "toml":
            return matter_toml.write(spelled, text)
        case "json":
            return matter_json.write(spelled, text)
    return matter_yaml.write(spelled, text, in_flow=style == "yaml flow")


def read_value(spelled: str, style: str) -> str:
    """Return the text that a value of YAML or TOML reads as; empty for what is no text."""
    if style == "toml":
        return matter_toml.read(spelled)
    return matter_yaml.read(spelled, in_flow=style == "yaml flow")


def _is_meant(path: KeyPath, patterns: Sequence[KeyPath]) -> bool:
    """Whether the value at a path is text for readers."""
    lower = tuple(step.lower() for step in path)
    # A list of words under such a key, `keywords: [fair, quay]`, is text item by item.
    key = next((step for step in reversed(lower) if step != "[]"), "")
    return key in KEYS or any(lower[-len(pattern) :] == pattern for pattern in patterns)
