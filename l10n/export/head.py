"""The head of a page: canonical address, alternates, Open Graph locale, status; missing lines added, wrong ones replaced."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from l10n.articles.html.tokens import Mark, is_xml
from l10n.export.choices import Choices
from l10n.export.edits import Edit
from l10n.export.languages import open_graph_locale
from l10n.export.site import Page, Site
from l10n.export.tags import escape_attribute, set_attributes, values

GENERATOR = "l10n-workbench"

Line = tuple[str, Mapping[str, str]]
"""A tag name and its attributes."""


@dataclass
class HeadScan:
    """What the head of a page has, as a walk over its tags finds it."""

    found: dict[str, list[Mark]] = field(default_factory=dict)
    """Tags that say what we say too, by the name of their line."""
    title: Mark | None = None
    end: int | None = None
    """Where further lines go: before `</head>`, or the best place there is."""
    fallback_end: int | None = None

    def see(self, tag: Mark, has: Mapping[str, str], locales: frozenset[str]) -> bool:
        """Note a link or meta tag; tells whether it is one of those that are managed here."""
        name = _line_name(tag[1], has, locales)
        if name:
            self.found.setdefault(name, []).append(tag)
        return bool(name)

    @property
    def place(self) -> int | None:
        """Give where lines are inserted; None where there is no head to speak of."""
        return self.end if self.end is not None else self.fallback_end


def _line_name(tag: str, attributes: Mapping[str, str], locales: frozenset[str]) -> str:
    """Give the managed line a tag is; empty for any other."""
    if tag == "link":
        relations = attributes.get("rel", "").lower().split()
        if "canonical" in relations:
            return "canonical"
        hreflang = attributes.get("hreflang", "").lower()
        is_page = attributes.get("type", "text/html").lower() == "text/html"
        ours = "alternate" in relations and hreflang in locales and is_page
        return "alternates" if ours else ""
    named = attributes.get("property", attributes.get("name", "")).lower()
    if named == "generator":
        return "generator" if attributes.get("content") == GENERATOR else ""
    return _METAS.get(named, "")


_METAS = {
    "og:locale": "og:locale",
    "og:locale:alternate": "og:locale:alternate",
    "og:url": "og:url",
    "twitter:url": "og:url",
    "l10n-status": "status",
    "robots": "robots",
}


def known_locales(site: Site) -> frozenset[str]:
    """Give the hreflang values that are ours to write; others belong to whoever wrote them."""
    return frozenset({"x-default", *(page.locale.lower() for page in site.pages)})


def head_lines(page: Page, site: Site, choices: Choices | None) -> dict[str, list[Line]]:
    """Give what the head must say, by name of the line; a name that is missing is not ours to change."""
    lines = {
        "og:locale": [_meta("property", "og:locale", open_graph_locale(page.locale))],
        "og:locale:alternate": [
            _meta("property", "og:locale:alternate", open_graph_locale(other.locale))
            for other in site.alternates(page)
            if other.locale != page.locale
        ],
        "generator": [_meta("name", "generator", GENERATOR)],
    }
    if site.base_url:
        lines["canonical"] = [("link", {"rel": "canonical", "href": site.url(page)})]
        lines["alternates"] = _alternates(page, site)
    elif not page.original:
        # An address that only the original has would take the translation out of every index.
        lines["canonical"] = []
    if choices is not None:
        status = f"reviewed={choices.reviewed}/{choices.total}"
        lines["status"] = [_meta("name", "l10n-status", status)]
    return lines


def _alternates(page: Page, site: Site) -> list[Line]:
    pages = site.alternates(page)
    named = [(one.locale, one) for one in pages]
    named += [("x-default", one) for one in pages if one.original]
    return [
        ("link", {"rel": "alternate", "hreflang": tag, "href": site.url(one)})
        for tag, one in named
    ]


def _meta(key: str, name: str, content: str) -> Line:
    return ("meta", {key: name, "content": content})


def head_edits(
    source: str, scan: HeadScan, page: Page, site: Site, choices: Choices | None
) -> list[Edit]:
    """Give the edits that make a head say what it must; none when it does."""
    edits: list[Edit] = []
    missing: list[str] = []
    slash = " /" if is_xml(source) else ""
    for name, lines in head_lines(page, site, choices).items():
        tags = scan.found.get(name, [])
        if [values(source, tag) for tag in tags] == [
            dict(attributes) for _tag, attributes in lines
        ]:
            continue
        written = [write_tag(line, slash) for line in lines]
        if tags and written:
            joint = line_break(source) + indentation(source, tags[0][2])
            edits.append(Edit(tags[0][2], tags[0][3], joint.join(written)))
            edits += [_removal(source, tag) for tag in tags[1:]]
        else:
            edits += [_removal(source, tag) for tag in tags]
            missing += written
    edits += _address_edits(source, scan, page, site)
    if not page.indexable:
        robots = scan.found.get("robots", [])
        edits += [edit for tag in robots for edit in _no_index(source, tag)]
        if not robots:
            missing.append(write_tag(_meta("name", "robots", "noindex"), slash))
    return edits + insert_lines(source, scan, missing)


def _address_edits(source: str, scan: HeadScan, page: Page, site: Site) -> list[Edit]:
    tags = scan.found.get("og:url", [])
    if site.base_url:
        return [
            edit
            for tag in tags
            for edit in set_attributes(source, tag, {"content": site.url(page)})
        ]
    return [] if page.original else [_removal(source, tag) for tag in tags]


def _no_index(source: str, tag: Mark) -> list[Edit]:
    has = [word.strip() for word in values(source, tag).get("content", "").split(",")]
    if "noindex" in has or "none" in has:
        return []
    kept = [word for word in has if word and word.lower() not in {"index", "all"}]
    return set_attributes(source, tag, {"content": ", ".join(("noindex", *kept))})


def insert_lines(source: str, scan: HeadScan, lines: Sequence[str]) -> list[Edit]:
    """Give the edit that adds lines at the end of the head, indented like the title."""
    place = scan.place
    if place is None or not lines:
        return []
    line_start = source.rfind("\n", 0, place) + 1
    if source[line_start:place].strip(" \t"):
        return [Edit(place, place, "".join(lines))]
    indent = indentation(source, scan.title[2]) if scan.title else ""
    text = "".join(f"{indent}{line}{line_break(source)}" for line in lines)
    return [Edit(line_start, line_start, text)]


def write_tag(line: Line, slash: str = "") -> str:
    """Write an opening tag."""
    tag, attributes = line
    pairs = "".join(
        f' {name}="{escape_attribute(value)}"' for name, value in attributes.items()
    )
    return f"<{tag}{pairs}{slash}>"


def line_break(source: str) -> str:
    """Give the line end of a source: that of its first line."""
    first = source.find("\n")
    return "\r\n" if first > 0 and source[first - 1] == "\r" else "\n"


def indentation(source: str, place: int) -> str:
    """Give the white space before a place when nothing else stands before it on its line."""
    before = source[source.rfind("\n", 0, place) + 1 : place]
    return "" if before.strip(" \t") else before


_BLANK = re.compile(r"[ \t]*(?:\r?\n)?")


def _removal(source: str, tag: Mark) -> Edit:
    """Remove a tag, and its line when it has one to itself."""
    _kind, _name, start, end = tag
    line_start = start
    while line_start and source[line_start - 1] in " \t":
        line_start -= 1
    blank = _BLANK.match(source, end)
    line_end = blank.end() if blank else end
    alone = source[line_start - 1 : line_start] in {"", "\n"} and source[line_end - 1] == "\n"
    return Edit(line_start, line_end, "") if alone else Edit(start, end, "")
