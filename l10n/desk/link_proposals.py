"""Addresses that existing translations lead elsewhere than their originals: lines for the project's table of links."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from l10n.align.link_pairs import counterparts, link_pairs
from l10n.articles.pictures import picture_name, picture_pairs
from l10n.desk.aligned import Aligned
from l10n.project import Project
from l10n.project.counterparts import Counterparts, is_address


def propose_links(aligned: Iterable[Aligned], project: Project | None = None) -> Counterparts:
    """Return by address and locale where translations lead instead; what the project says already is left out.

    So are addresses of its own articles: export leads to their translations by itself.
    """
    pairs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for result in aligned:
        if not result.alignment.unrelated:
            alignment, locale = result.alignment, result.pair.target_locale
            pairs[locale] += link_pairs(alignment)
            pairs[locale] += _pictures(alignment.source.text, alignment.target.text, locale)
    slugs = [ref.slug for ref in project.articles()] if project is not None else []
    known = project.links if project is not None else {}
    proposals: dict[str, dict[str, str]] = {}
    for locale, pairs_of_locale in pairs.items():
        for address, counterpart in counterparts(pairs_of_locale).items():
            is_known = locale in known.get(address, {})
            if not is_known and is_address(counterpart) and not _is_of(slugs, address):
                proposals.setdefault(address, {})[locale] = counterpart
    return proposals


def _pictures(source: str, target: str, locale: str) -> Iterator[tuple[str, str]]:
    """Yield the pictures that stand in each other's place, but for those that export takes by their names."""
    for ours, theirs in picture_pairs(source, target):
        path = PurePosixPath(picture_name(ours))
        if picture_name(theirs) != f"{path.stem}.{locale}{path.suffix}":
            yield ours, theirs.replace(" ", "%20")


def _is_of(slugs: Sequence[str], address: str) -> bool:
    if not address.startswith("/"):
        return False
    path = PurePosixPath(address.partition("#")[0].partition("?")[0])
    if not path.name:
        # The home page of the site.
        return "index" in slugs
    path = path.with_suffix("")
    return any(f"{path}/".endswith(f"/{slug.removesuffix('/index')}/") for slug in slugs)


def as_toml(proposals: Counterparts) -> str:
    """Return the lines of the table, its header first."""
    lines = ["[links]"]
    for address, by_locale in proposals.items():
        row = ", ".join(f"{_key(tag)} = {_text(url)}" for tag, url in by_locale.items())
        lines.append(f"{_text(address)} = {{ {row} }}")
    return "\n".join(lines)


def _text(value: str) -> str:
    # A text of JSON is one of TOML, too.
    return json.dumps(value, ensure_ascii=False)


def _key(locale: str) -> str:
    return locale if locale.isalnum() else _text(locale)
