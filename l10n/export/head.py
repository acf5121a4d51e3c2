"""The head of a page: what every published page says of itself there, in one table.

What is missing is added, what is wrong is replaced, what says it already stays byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from l10n.articles.html.tokens import TokenTuple, is_xml
from l10n.articles.words import line_break
from l10n.export.choices import Choices
from l10n.export.edits import Edit
from l10n.export.languages import open_graph_locale
from l10n.export.site import Page, Site
from l10n.export.tags import escape_attribute, set_attributes, values

GENERATOR = "l10n-workbench"


class Line(NamedTuple):
    """A tag of the head."""

    tag: str
    attributes: Mapping[str, str]


class Facts(NamedTuple):
    """What the head of a page is written from."""

    page: Page
    site: Site
    choices: Choices | None
    """How far the page is translated; None for an original."""


class Change(NamedTuple):
    """What is to be done so that a head says one thing."""

    edits: list[Edit]
    missing: Sequence[Line] = ()
    """Lines to add at the end of the head."""


Says = Callable[[Facts], Sequence[Line] | None]
"""Returns the lines a page must have, perhaps none; None where whatever is there stays."""
Edits = Callable[[str, Sequence[TokenTuple], Facts], Change]
"""Compares a head with what it must say: given its source and the tags that say it now."""


@dataclass(frozen=True, slots=True)
class HeadField:
    """One thing that a published page says of itself in its head, whatever the format of its article."""

    name: str
    change: Edits
    metas: tuple[str, ...] = ()
    """`name` or `property` of the meta tags that say it, in lower case."""


def lines_of(says: Says) -> Edits:
    """Return what keeps the lines of a field as they must be: wrong tags are replaced by new ones."""

    def change(source: str, tags: Sequence[TokenTuple], facts: Facts) -> Change:
        lines = says(facts)
        if lines is None or [values(source, tag) for tag in tags] == [
            line.attributes for line in lines
        ]:
            return Change([])
        if not tags or not lines:
            return Change([_removal(source, tag) for tag in tags], lines)
        slash = " /" if is_xml(source) else ""
        first, *surplus = tags
        _kind, _name, start, end = first
        joint = line_break(source) + indentation(source, start)
        written = joint.join(write_tag(line, slash) for line in lines)
        removals = [_removal(source, tag) for tag in surplus]
        return Change([Edit(start, end, written), *removals])

    return change


def _open_graph(facts: Facts) -> list[Line]:
    return [_meta("property", "og:locale", open_graph_locale(facts.page.locale))]


def _open_graph_alternates(facts: Facts) -> list[Line]:
    return [
        _meta("property", "og:locale:alternate", open_graph_locale(other.locale))
        for other in facts.site.alternates(facts.page)
        if other.locale != facts.page.locale
    ]


def _generator(_facts: Facts) -> list[Line]:
    return [_meta("name", "generator", GENERATOR)]


def _canonical(facts: Facts) -> list[Line] | None:
    if facts.site.base_url and not facts.page.bare:
        return [Line("link", {"rel": "canonical", "href": facts.site.url(facts.page)})]
    # An address that only the original has would take the translation out of every index.
    return None if facts.page.original else []


def _alternates(facts: Facts) -> list[Line] | None:
    site = facts.site
    if not site.base_url:
        return None
    editions = site.alternates(facts.page)
    by_tag = [(edition.locale, edition) for edition in editions]
    by_tag += [("x-default", edition) for edition in editions if edition.original]
    return [
        Line("link", {"rel": "alternate", "hreflang": tag, "href": site.url(edition)})
        for tag, edition in by_tag
    ]


def _status(facts: Facts) -> list[Line] | None:
    choices = facts.choices
    if choices is None:
        return None
    return [_meta("name", "l10n-status", f"reviewed={choices.reviewed}/{choices.total}")]


def _own_address(source: str, tags: Sequence[TokenTuple], facts: Facts) -> Change:
    """Correct the address that a page shares itself by, where an author wrote one."""
    if facts.site.base_url and not facts.page.bare:
        url = facts.site.url(facts.page)
        changes = (set_attributes(source, tag, {"content": url}) for tag in tags)
        return Change([edit for edits in changes for edit in edits])
    return Change([] if facts.page.original else [_removal(source, tag) for tag in tags])


def _robots(source: str, tags: Sequence[TokenTuple], facts: Facts) -> Change:
    """Ask search engines to leave out a page that too few have reviewed."""
    if facts.page.indexable:
        return Change([])
    edits = [edit for tag in tags for edit in _no_index(source, tag)]
    return Change(edits, () if tags else [_meta("name", "robots", "noindex")])


FIELDS = (
    HeadField("og:locale", lines_of(_open_graph), ("og:locale",)),
    HeadField(
        "og:locale:alternate", lines_of(_open_graph_alternates), ("og:locale:alternate",)
    ),
    HeadField("generator", lines_of(_generator), ("generator",)),
    HeadField("canonical", lines_of(_canonical)),
    HeadField("alternates", lines_of(_alternates)),
    HeadField("status", lines_of(_status), ("l10n-status",)),
    HeadField("address", _own_address, ("og:url", "twitter:url")),
    HeadField("robots", _robots, ("robots",)),
)
"""Everything, in the order in which missing lines are added.

A further field is an entry here and nothing else: a function that returns its lines, and the names of the
meta tags by which a page that has them already is known. Every page goes through this table, made by
whatever format (`dress`). What JSON-LD says beside it is in `structured`.
"""

_OF_THE_LANGUAGE = frozenset({"og:locale", "canonical", "address"})
"""Fields in which a page that is kept bare would say what is true of its original alone."""

_BY_META = {meta: head_field.name for head_field in FIELDS for meta in head_field.metas}


@dataclass
class HeadScan:
    """What the head of a page has, as a walk over its tags finds it."""

    tags: dict[str, list[TokenTuple]] = field(default_factory=dict)
    """Tags that say what we say too, by the name of the field."""
    title: TokenTuple | None = None
    end: int | None = None
    """Where further lines go: before `</head>`, or the best place there is."""
    fallback_end: int | None = None

    def see(self, tag: TokenTuple, has: Mapping[str, str], locales: frozenset[str]) -> bool:
        """Note a link or meta tag; whether it is one of those that are managed here."""
        _kind, tag_name, _start, _end = tag
        name = _field_name(tag_name, has, locales)
        if name:
            self.tags.setdefault(name, []).append(tag)
        return bool(name)

    @property
    def place(self) -> int | None:
        """Where lines are inserted; None where there is no head to speak of."""
        return self.end if self.end is not None else self.fallback_end


def _field_name(tag: str, attributes: Mapping[str, str], locales: frozenset[str]) -> str:
    """Return the name of the field that a tag is of; empty for any other."""
    if tag == "link":
        relations = attributes.get("rel", "").lower().split()
        if "canonical" in relations:
            return "canonical"
        hreflang = attributes.get("hreflang", "").lower()
        is_page = attributes.get("type", "text/html").lower() == "text/html"
        managed = "alternate" in relations and hreflang in locales and is_page
        return "alternates" if managed else ""
    meta = attributes.get("property", attributes.get("name", "")).lower()
    if meta == "generator" and attributes.get("content") != GENERATOR:
        return ""  # what made the article; a page may name several
    return _BY_META.get(meta, "")


def managed_locales(site: Site) -> frozenset[str]:
    """Return the hreflang values that are ours to write; others belong to whoever wrote them."""
    return site.locales | {"x-default"}


def head_edits(
    source: str, scan: HeadScan, page: Page, site: Site, choices: Choices | None
) -> list[Edit]:
    """Return the edits that make a head say what it must; none when it does."""
    facts = Facts(page, site, choices)
    edits: list[Edit] = []
    missing: list[Line] = []
    for head_field in FIELDS:
        if page.bare and head_field.name not in _OF_THE_LANGUAGE:
            continue
        change = head_field.change(source, scan.tags.get(head_field.name, ()), facts)
        edits += change.edits
        missing += () if page.bare else change.missing
    slash = " /" if is_xml(source) else ""
    return edits + insert_lines(source, scan, [write_tag(line, slash) for line in missing])


def _meta(key: str, name: str, content: str) -> Line:
    return Line("meta", {key: name, "content": content})


def _no_index(source: str, tag: TokenTuple) -> list[Edit]:
    words = [word.strip() for word in values(source, tag).get("content", "").split(",")]
    if "noindex" in words or "none" in words:
        return []
    remaining = [word for word in words if word and word.lower() not in {"index", "all"}]
    return set_attributes(source, tag, {"content": ", ".join(("noindex", *remaining))})


def insert_lines(source: str, scan: HeadScan, lines: Sequence[str]) -> list[Edit]:
    """Return the edit that adds lines at the end of the head, indented like the title."""
    place = scan.place
    if place is None or not lines:
        return []
    line_start = source.rfind("\n", 0, place) + 1
    if source[line_start:place].strip(" \t"):
        return [Edit(place, place, "".join(lines))]
    _kind, _name, title_start, _end = scan.title or (0, "", 0, 0)
    indent = indentation(source, title_start) if scan.title else ""
    text = "".join(f"{indent}{line}{line_break(source)}" for line in lines)
    return [Edit(line_start, line_start, text)]


def write_tag(line: Line, slash: str = "") -> str:
    """Write an opening tag."""
    tag, attributes = line
    pairs = "".join(
        f' {name}="{escape_attribute(value)}"' for name, value in attributes.items()
    )
    return f"<{tag}{pairs}{slash}>"


def indentation(source: str, place: int) -> str:
    """Return the white space before a place when nothing else stands before it on its line."""
    before = source[source.rfind("\n", 0, place) + 1 : place]
    return "" if before.strip(" \t") else before


_BLANK = re.compile(r"[ \t]*(?:\r?\n)?")


def _removal(source: str, tag: TokenTuple) -> Edit:
    """Remove a tag, and its line when it has one to itself."""
    _kind, _name, start, end = tag
    line_start = start
    while line_start and source[line_start - 1] in " \t":
        line_start -= 1
    blank = _BLANK.match(source, end)
    line_end = blank.end() if blank else end
    alone = source[line_start - 1 : line_start] in {"", "\n"} and source[line_end - 1] == "\n"
    return Edit(line_start, line_end, "") if alone else Edit(start, end, "")
