"""Markdown that stays Markdown: links and pictures of its language, and front matter that ties translations together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from l10n.articles.html.tokens import scan_markup
from l10n.articles.markdown.frontmatter import Value, all_values, body_start, extent, write
from l10n.articles.markdown.reader import addresses
from l10n.articles.words import line_break
from l10n.export.edits import Edit, apply_edits
from l10n.export.landmarks import ASSETS, LINKED
from l10n.export.languages import is_on_site, lead_address
from l10n.export.links import Links
from l10n.export.tags import START, set_attributes, values
from l10n.model import Reading

_CLAIMING = frozenset(
    {"permalink", "url", "aliases", "alias", "redirect_from", "redirect-from"}
)
"""Keys whose values are addresses that a page claims on its site."""
_LANGUAGE = (("lang",), ("language",), ("locale",))
"""Keys that name the language of a page."""
_PLAIN = re.compile(r"[A-Za-z][\w./-]*")
_AMBIGUOUS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
"""What YAML reads as something else than text: `no` is a language and a denial."""

_LEADS_ITSELF = "docusaurus"
"""The dialect whose generator puts the folder of the language, below that of the site, before addresses from the root.

It does so for links of Markdown only, not for tags: `/es/guide` would become `/project/es/es/guide` there.
"""


def with_links(text: str, links: Links, reading: Reading) -> str:
    """Return Markdown whose links lead to the pages of its language, and whose pictures are those of its readers."""
    destinations, raw_html = addresses(text, reading)
    edits = []
    is_led = reading.dialect == _LEADS_ITSELF
    for start, end, url in destinations:
        link = links.link(url)
        if link is not None and is_led and link.slug and url.startswith("/"):
            continue
        if link is not None and link.url != url:
            edits.append(Edit(start, end, link.url))
    for start, _end, html in raw_html:
        edits += [
            Edit(edit.start + start, edit.end + start, edit.text)
            for edit in _tag_edits(html, links)
        ]
    return apply_edits(text, edits)


def _tag_edits(html: str, links: Links) -> list[Edit]:
    edits: list[Edit] = []
    for tag in scan_markup(html, xml=False):
        kind, name, _start, _end = tag
        keys = {LINKED[name]} if name in LINKED else set(ASSETS.get(name, ()))
        if kind != START or not keys:
            continue
        has = values(html, tag)
        rewritten = {
            key: link.url for key in keys & has.keys() if (link := links.link(has[key]))
        }
        if has.get("srcset"):
            rewritten["srcset"] = links.srcset(has["srcset"])
        edits += set_attributes(html, tag, rewritten)
    return edits


def with_addresses(text: str, *, source: str, target: str) -> str:
    """Return Markdown whose front matter claims addresses of its own language: `/en/guide/` becomes `/es/guide/`.

    Two pages with one address would overwrite each other on the site.
    """
    edits = [
        Edit(value.start, value.end, write(text[value.start : value.end], led, value.style))
        for value in _claims(text)
        if (led := lead_address(value.text, source, target)) != value.text
    ]
    return apply_edits(text, edits)


def claimed_addresses(text: str) -> tuple[str, ...]:
    """Return the addresses on its own site that the front matter of Markdown claims for its page."""
    return tuple(value.text for value in _claims(text) if is_on_site(value.text))


def _claims(text: str) -> Iterator[Value]:
    """Yield what front matter claims; nothing where it cannot be read."""
    try:
        every = {value.start: value for value in all_values(text, body_start(text))}
    except ValueError:
        return
    for value in every.values():
        if value.path[0].lower() in _CLAIMING and value.path[1:] in ((), ("[]",)):
            yield value


def with_language(text: str, *, source: str, target: str) -> str:
    """Return Markdown whose front matter names the language of the page, where it named that of the original."""
    try:
        every = list(all_values(text, body_start(text)))
    except ValueError:
        return text
    edits = [
        Edit(value.start, value.end, write(text[value.start : value.end], target, value.style))
        for value in every
        if value.path in _LANGUAGE and value.text.lower() == source.lower()
    ]
    return apply_edits(text, edits)


def with_front_matter(text: str, *, lang: str, key: str) -> str:
    """Return Markdown whose front matter has `lang` and `translationKey`; all else stays as it is."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    end = extent(text)
    newline = line_break(text)
    required = {"lang": lang, "translationKey": key}
    if not end:
        lines = [f"{name}: {_scalar(value)}" for name, value in required.items()]
        return mark + newline.join(("---", *lines, "---", "", "")) + text
    if text.startswith("{"):
        return mark + _with_members(text[:end], required) + text[end:]
    lines = text[:end].splitlines(keepends=True)
    for name, value in required.items():
        _set_line(lines, name, value, newline)
    return mark + "".join(lines) + text[end:]


def _with_members(matter: str, required: Mapping[str, str]) -> str:
    """Return a JSON object with members: in their places, or at its end, spaced as its last one is."""
    present = {
        value.path[0]: value
        for value in all_values(matter, len(matter))
        if len(value.path) == 1
    }
    edits = [
        Edit(value.start, value.end, required[name])
        for name, value in present.items()
        if name in required
    ]
    place = len(matter[: matter.rindex("}")].rstrip())
    indent = re.match(r"\{(\s*)", matter)
    added = "".join(
        f',{indent[1] if indent else " "}"{name}": "{value}"'
        for name, value in required.items()
        if name not in present
    )
    return apply_edits(matter, [*edits, Edit(place, place, added)] if added else edits)


def _set_line(lines: list[str], name: str, value: str, newline: str) -> None:
    """Set a key in the lines of front matter, fences included: in its place, or at the end, or before TOML's tables."""
    toml = lines[0].startswith("+")
    sign, written = (" = ", f'"{value}"') if toml else (": ", _scalar(value))
    written_key = re.compile(rf"{name}[ \t]*{sign.strip()}")
    place = next((number for number, line in enumerate(lines) if written_key.match(line)), None)
    if place is not None:
        lines[place] = f"{name}{sign}{written}{newline}"
    else:
        lines.insert(1 if toml else len(lines) - 1, f"{name}{sign}{written}{newline}")


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) and value not in _AMBIGUOUS else f'"{value}"'
