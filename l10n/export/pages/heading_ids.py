"""Headings of Markdown that stays Markdown: what links know them by in the original they are called in a translation too."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from l10n.articles.markdown.frontmatter import extent
from l10n.articles.markdown.inline_parser import begin_parser
from l10n.export.edits import Edit, apply_edits
from l10n.model import READ_AS_USUAL, Reading

_LIST = re.compile(r"[ \t]*\{:?[ \t]*((?:[#.][\w-]|[\w-]+=)[^{}\n]*)\}[ \t]*$")
"""Attributes at the end of a heading: `{#id .class}`, `{ #id }`, `{: .class}`."""
_COMMENT = re.compile(r"\{/\*(?P<lead>[ \t]*#?)(?P<name>[^\s*]+)(?P<trail>[ \t]*)\*/\}[ \t]*$")
"""An id in a comment of MDX, which plug-ins of its sites read: `{/* #id */}`, `{/*id*/}`."""
_MDX_ID = re.compile(r"\{/\*.*?\*/\}[ \t]*$")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_ID = re.compile(r"(?<!\S)#[\w-]")


_LEAD = re.compile(r"(?:[ \t>]|[-*+][ \t])*#{0,6}[ \t]*")


class Heading(NamedTuple):
    """A heading of a page."""

    line: int
    """0-based line of its text, the last one where there are several."""
    text: str
    """What a reader reads."""
    has_id: bool


def with_heading_ids(
    text: str,
    source: str,
    linked: Container[str],
    left_out: Container[int] = (),
    *,
    reading: Reading = READ_AS_USUAL,
    has_front_matter: bool = False,
) -> str:
    """Return a translation whose headings are called as in its source where links go by that name.

    `linked` are the names that links go by, `left_out` the 1-based lines of headings that the translation has
    not. The name is written as an attribute list where the source has such or its generator reads them, as a
    comment where the source has those or is MDX of a generator that no file tells, else as an empty element with an id. `has_front_matter` tells whether the
    page gets some, which only generators read.
    """
    originals = [h for h in _headings(source) if h.line + 1 not in left_out]
    headings = _headings(text)
    # With a heading more or less, which is which cannot be told by counting.
    if len(originals) != len(headings):
        return text
    names = _names(originals)
    names_here = _names(headings)
    lines = text.split("\n")
    source_lines = source.split("\n")
    comments = (_COMMENT.search(source_lines[h.line].rstrip("\r")) for h in originals)
    found = next(filter(None, comments), None)
    comment = None if found is None else (found["lead"], found["trail"])
    has_lists = comment is None and any(heading.has_id for heading in originals)
    uses_lists = has_lists or _reads_lists(reading.dialect, source, has_front_matter)
    if comment is None and not has_lists and reading.dialect == "mdx":
        comment = _MDX_COMMENT
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    edits = []
    for at, (heading, original) in enumerate(zip(headings, originals, strict=True)):
        if heading.has_id or original.has_id:
            continue
        ways = [way for way, name in names[at].items() if name in linked]
        if any(names_here[at][way] != names[at][way] for way in ways):
            name = names[at][ways[0]]
            line, start = lines[heading.line].removesuffix("\r"), starts[heading.line]
            if comment is not None:
                end = start + len(line.rstrip())
                before, behind = comment
                edits.append(Edit(end, end, f" {{/*{before}{name}{behind}*/}}"))
            elif uses_lists:
                edits.append(_in_list(line, start, name))
            else:
                edits.append(_in_element(line, start, name, reading))
    return apply_edits(text, edits)


_WITH_LISTS = frozenset({"hugo", "jekyll", "mkdocs", "docusaurus", "vitepress"})
"""Dialects whose headings may end in `{#id}`; GitHub, Astro and MDX show it or fail."""
_MDX_COMMENT = (" #", " ")
"""How MDX says an id: Docusaurus reads `{/* #id */}` itself (since 3.10), others by a plug-in. Astro by itself would show
the comment in its table of contents: where its file tells that it builds the site, an element has the id."""


def _reads_lists(dialect: str, source: str, has_front_matter: bool) -> bool:
    # Where no file tells the generator, front matter does that there is one, and Astro's has a file of its own.
    return dialect in _WITH_LISTS or (not dialect and (has_front_matter or extent(source) > 0))


def _in_element(line: str, start: int, name: str, reading: Reading) -> Edit:
    lead = _LEAD.match(line)
    at = start + (lead.end() if lead is not None else 0)
    # Sites of JSX often make a link of the whole heading, and no link may stand in another.
    tag = "span" if reading.is_mdx or reading.dialect == "astro" else "a"
    return Edit(at, at, f'<{tag} id="{name}"></{tag}>')


def _in_list(line: str, start: int, name: str) -> Edit:
    attributes = _LIST.search(line)
    if attributes is not None:
        at = start + attributes.start(1)
        return Edit(at, at, f"#{name} ")
    closing = _CLOSING.search(line)
    at = start + (closing.end() if closing is not None else len(line.rstrip()))
    return Edit(at, at, f" {{#{name}}}")


def _headings(text: str) -> list[Heading]:
    end = extent(text)
    above = text[:end].count("\n")
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    headings = []
    tokens = _parser().parse(text[end:])
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.map is not None:
            is_setext = opening.markup in ("-", "=")
            line = above + opening.map[1] - 1 - is_setext
            attributes = _LIST.search(_CLOSING.sub("", lines[line]))
            has_list_id = attributes is not None and _ID.search(attributes[1]) is not None
            has_id = has_list_id or _MDX_ID.search(lines[line]) is not None
            headings.append(Heading(line, _LIST.sub("", _read(inline)), has_id))
    return headings


def _parser() -> MarkdownIt:
    return begin_parser({"html": True}).enable(["table", "strikethrough"])


def _read(token: Token) -> str:
    return "".join(
        " " if child.type == "softbreak" else _read(child) if child.children else child.content
        for child in token.children or ()
        if child.type in ("text", "code_inline", "image", "text_special", "softbreak")
    )


def _github(text: str) -> str:
    kept = (
        c for c in text.strip().lower() if c in " -_" or unicodedata.category(c)[0] in "LMN"
    )
    return "".join(kept).replace(" ", "-")


def _python_markdown(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def _kramdown(text: str) -> str:
    bare = re.sub(r"[^a-zA-Z0-9 -]", "", re.sub(r"^[^a-zA-Z]+", "", text))
    return bare.replace(" ", "-").lower()


def _vitepress(text: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
    )
    name = (
        re.sub(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+", "-", plain).strip("-").lower()
    )
    return re.sub(r"^(\d)", r"_\1", name)


_WAYS: Mapping[str, Callable[[str], str]] = {
    "github": _github,
    "mkdocs": _python_markdown,
    "kramdown": _kramdown,
    "vitepress": _vitepress,
}
"""How generators call a heading: GitHub, Hugo, Docusaurus, Astro and Jekyll's GFM alike; Python-Markdown; kramdown; VitePress.

The name that a link uses tells which of them is meant.
"""
_AGAIN = {"mkdocs": "_"}
"""What stands before the number of a name that another heading has already."""


def _names(headings: Sequence[Heading]) -> list[dict[str, str]]:
    """Return the name of each heading in every way."""
    used: dict[str, Counter[str]] = {way: Counter() for way in _WAYS}
    names = []
    for heading in headings:
        own = {}
        for way, name_of in _WAYS.items():
            name = name_of(heading.text)
            times = used[way][name]
            used[way][name] += 1
            own[way] = f"{name}{_AGAIN.get(way, '-')}{times}" if times else name
        names.append(own)
    return names
