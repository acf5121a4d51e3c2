"""Landmarks: the tags of a page that export looks at, found once in a source and moved along when it is edited."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from l10n.articles.html.tokens import TokenKind, TokenTuple, page_tokens, scan_markup
from l10n.export.edits import Edit
from l10n.export.tags import END, RAW, START, values

STRUCTURE = frozenset({"html", "body", "title", "main", "article"})
HEAD_TAGS = frozenset({"base", "link", "meta"})
LINKED = {"a": "href", "area": "href", "iframe": "src"}
"""The attribute that leads to another page."""
ASSETS = {
    "img": ("src",), "source": ("src",), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "script": ("src",), "embed": ("src",), "input": ("src",), "object": ("data",),
}  # fmt: skip
"""The attributes that name a file shown on the page; `srcset` is looked at in all of them."""
_IN_HEAD = frozenset(
    {"html", "head", "title", "style", "script", "noscript", "template", *HEAD_TAGS}
)
_LOOKED_AT = frozenset({*STRUCTURE, *HEAD_TAGS, *LINKED, *ASSETS})
_KEEPS_LANGUAGE = frozenset({
    "html", "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "i", "kbd", "mark", "q", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
})  # fmt: skip
"""A `lang` on one of these names the language of a few words, which stays; `html` is set on its own."""
_LANGUAGES = frozenset({"lang", "xml:lang"})
_DOCTYPE = int(TokenKind.DOCTYPE)


@dataclass(frozen=True, slots=True)
class Landmarks:
    """The tags of a page that may need a change, in order."""

    marks: Sequence[TokenTuple]
    """Opening tags by name, ends of the head and the title, contents of scripts and styles, the doctype, all of `ours`."""
    ours: Sequence[TokenTuple]
    """Opening tags that have a class of ours; `marks` has every tag of their names."""
    languages: Sequence[TokenTuple]
    """Opening tags that name the language of a part of the page."""
    styled: Sequence[TokenTuple]
    """Opening tags with an address in their own style."""
    closed: frozenset[str]
    """Names whose end tags are among `marks`."""

    def moved(self, edits: Sequence[Edit], *, xml: bool) -> Landmarks:
        """Return the landmarks of the text that edits of translations make; they are in order.

        What the edits put in has the tags of what they take out, perhaps in another order: translated
        markup comes from the source. Tags are changed only by edits inside them.
        """

        def tags(text: str) -> list[TokenTuple]:
            return _looked_at(scan_markup(text, xml=xml), self.closed)

        def own_tags(text: str) -> list[TokenTuple]:
            return _of_ours(text, scan_markup(text, xml=xml)) if "l10n-" in text else []

        def language_tags(text: str) -> list[TokenTuple]:
            named = "lang=" in text or "LANG=" in text
            return _languages(text, scan_markup(text, xml=xml)) if named else []

        def styled_tags(text: str) -> list[TokenTuple]:
            return _styled(text, scan_markup(text, xml=xml)) if "url(" in text else []

        return Landmarks(
            _moved(self.marks, edits, tags),
            _moved(self.ours, edits, own_tags) if self.ours else (),
            _moved(self.languages, edits, language_tags) if self.languages else (),
            _moved(self.styled, edits, styled_tags) if self.styled else (),
            self.closed,
        )


@lru_cache(maxsize=1)
def landmarks(source: str) -> Landmarks:
    """Find the landmarks of a source; kept until the next, for the pages of one article follow each other."""
    marks = page_tokens(source)
    own_tags = _of_ours(source, marks)
    closed = frozenset({"head", "title", *(name for _kind, name, _start, _end in own_tags)})
    return Landmarks(
        _looked_at(marks, closed),
        own_tags,
        _languages(source, marks),
        _styled(source, marks),
        closed,
    )


def body_start(source: str) -> int | None:
    """Return where the body of a page without `<body>` begins: its first text or first tag that no head has."""
    marks = page_tokens(source)
    position, within = 0, ""
    for kind, name, start, end in marks:
        if not within and (text := source[position:start].lstrip("\ufeff \t\n\r\f")):
            return start - len(text)
        if kind == START and not within:
            if name not in _IN_HEAD:
                return start
            within = name if name in {"noscript", "template"} else ""
        elif kind == END and name == within:
            within = ""
        position = end
    text = source[position:].lstrip()
    return len(source) - len(text) if text else None


def _looked_at(marks: Sequence[TokenTuple], closed: frozenset[str]) -> list[TokenTuple]:
    names = _LOOKED_AT | closed
    return [
        (kind, name, start, end)
        for kind, name, start, end in marks
        if (kind == START and name in names)
        or (kind == END and name in closed)
        or (kind == RAW and name in {"script", "style"})
        or kind == _DOCTYPE
    ]


def _of_ours(source: str, marks: Sequence[TokenTuple]) -> list[TokenTuple]:
    candidates = _tags_with(source, marks, "l10n-")
    return [tag for tag in candidates if "l10n-" in values(source, tag).get("class", "")]


def _languages(source: str, marks: Sequence[TokenTuple]) -> list[TokenTuple]:
    candidates = {*_tags_with(source, marks, "lang="), *_tags_with(source, marks, "LANG=")}
    return sorted(
        (
            (kind, name, start, end)
            for kind, name, start, end in candidates
            if name not in _KEEPS_LANGUAGE
            and not _LANGUAGES.isdisjoint(values(source, (kind, name, start, end)))
        ),
        key=_start_of,
    )


def _styled(source: str, marks: Sequence[TokenTuple]) -> list[TokenTuple]:
    return [
        tag
        for tag in _tags_with(source, marks, "url(")
        if "url(" in values(source, tag).get("style", "")
    ]


_start_of = itemgetter(2)
_end_of = itemgetter(3)


def _tags_with(source: str, marks: Sequence[TokenTuple], text: str) -> list[TokenTuple]:
    """Return the opening tags that have some text in them, each once."""
    tags: list[TokenTuple] = []
    place = source.find(text)
    number = 0
    while place >= 0:
        number = bisect_right(marks, place, number, key=_start_of)
        end = place + len(text)
        before = marks[number - 1 : number]
        for kind, name, tag_start, tag_end in before:
            if kind == START and place < tag_end:
                tags.append((kind, name, tag_start, tag_end))
                end = tag_end
        place = source.find(text, end)
    return tags


def _moved(
    marks: Sequence[TokenTuple],
    edits: Sequence[Edit],
    find: Callable[[str], Sequence[TokenTuple]],
) -> list[TokenTuple]:
    """Return marks as edits leave them: those that are replaced go, and `find` gives those of what is put in."""
    # Both lists are walked once, side by side: pages have thousands of tags and hundreds of edits.
    moved: list[TokenTuple] = []
    number, shift, inside = 0, 0, 0
    following = _start_of(marks[0]) if marks else -1
    for start, end, text in edits:
        if 0 <= following < start:
            first, number = number, bisect_left(marks, start, number, key=_start_of)
            moved += [
                (kind, name, begin + shift, stop + shift)
                for kind, name, begin, stop in marks[first:number]
            ]
            inside = _end_of(marks[number - 1])
            following = _start_of(marks[number]) if number < len(marks) else -1
        growth = len(text) - end + start
        # An edit inside a tag, of an attribute: the tag stays and grows.
        if start < inside:
            kind, name, begin, stop = moved[-1]
            moved[-1] = (kind, name, begin, stop + growth)
        else:
            if 0 <= following < end:
                number = bisect_left(marks, end, number, key=_start_of)
                following = _start_of(marks[number]) if number < len(marks) else -1
            if "<" in text:
                moved += [
                    (kind, name, begin + start + shift, stop + start + shift)
                    for kind, name, begin, stop in find(text)
                ]
        shift += growth
    moved += [
        (kind, name, begin + shift, stop + shift) for kind, name, begin, stop in marks[number:]
    ]
    return moved
