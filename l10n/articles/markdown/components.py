"""Components in Markdown as Nuxt writes them: `::card{icon="x"}`, their properties between rules, their slots, their end `::`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_block import StateBlock

from l10n.articles.markdown import frontmatter, matter_yaml
from l10n.articles.markdown.matter import Value
from l10n.articles.markdown.parts import Part
from l10n.articles.runs import UnitText
from l10n.articles.words import has_words, normalize
from l10n.text.markup import escape

_HEAD = re.compile(r"::(?:[a-z][\w-]*(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?)?[ \t]*")
"""A component on a line of its own, or the end of one; more colons begin what other generators have, too."""
_END = re.compile(r"^[ \t>]*::[ \t\r]*$", re.MULTILINE)
_SLOT = re.compile(r"#[a-z][\w-]*[ \t]*")
_RULE = re.compile(r"---[ \t]*")
_KEY = re.compile(r"[a-z:@][\w.:@-]*:(?=\s|\Z)")
"""What the properties begin with: a key in small letters."""
_FURTHER = re.compile(rf"{_KEY.pattern}|[ \t#-]")
"""What each further line of them begins with: a key, or what goes on with the one before."""
_LONGEST = 200
"""Lines that the properties of a component have at most."""
_PROPERTIES = re.compile(
    r"::[^\r\n]*(?:\r\n?|\n)[ \t]*---[ \t]*(?:\r\n?|\n)(.*?)^[ \t]*---[ \t]*\Z",
    re.DOTALL | re.MULTILINE,
)


def is_head(text: str) -> bool:
    """Whether a line begins or ends a component."""
    return _HEAD.fullmatch(text) is not None


def is_slot(text: str) -> bool:
    """Whether a line in a component names the slot that what follows it goes to."""
    return _SLOT.fullmatch(text) is not None


def is_in_component(state: StateBlock, line: int) -> bool:
    """Whether a line is, or stands behind, a head of two colons and a name, and above a line `::` that ends one.

    Three colons begin what Docusaurus, VuePress, MyST and Pandoc have, too: only around them such lines tell.
    """
    end: int | None = state.env.get("components_end")
    if end is None:
        ends = [match.end() for match in _END.finditer(state.src)]
        end = state.env["components_end"] = ends[-1] if ends else 0
    begin = state.bMarks[line] + state.tShift[line]
    text = state.src[begin : state.eMarks[line]]
    if text[2:3] not in ("", ":", " ", "\t") and is_head(text):
        state.env["has_components"] = True
    return state.eMarks[line] < end and state.env.get("has_components", False)


def properties_end(state: StateBlock, line: int, end: int) -> int:
    """Return the line behind the properties that begin on a line; that line where none do."""

    def text(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

    if line >= end or not _RULE.fullmatch(text(line)):
        return line
    expected = _KEY
    for number in range(line + 1, min(end, line + _LONGEST)):
        if _RULE.fullmatch(text(number)):
            return number + 1
        # Deeper lines belong to the key above them.
        is_deeper = state.sCount[number] > state.sCount[line]
        if not (state.isEmpty(number) or is_deeper or expected.match(text(number))):
            break
        expected = _FURTHER
    return line


def property_values(source: str, start: int, end: int) -> Iterator[Value]:
    """Yield the properties of the component that stands there; raise ValueError with a Trouble when they are no YAML."""
    match = _PROPERTIES.search(source, start, end)
    if match is not None:
        yield from matter_yaml.values(source, *match.span(1))


def property_texts(source: str, start: int, end: int, names: frozenset[str]) -> Iterator[Part]:
    """Yield the texts for readers among the properties of a component; raise ValueError as `property_values` does."""
    for value in property_values(source, start, end):
        key = value.key.lower()
        if (key in names or key in frontmatter.KEYS) and has_words(value.text):
            msgid = escape(normalize(value.text.strip()))
            yield Part(UnitText(value.start, value.end, msgid), value.style, f"attr:{key}")
