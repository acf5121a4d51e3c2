"""Editions of one article under different names: told by their front matter, or by the date that Jekyll has in names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from l10n.files import read_text

_KEYS = ("translationKey", "translation_key", "lang-ref", "lang_ref", "ref", "page_id", "slug")
"""Keys of front matter that editions have in common: Hugo's, and what plug-ins and recipes of Jekyll call theirs.

https://gohugo.io/content-management/multilingual/, polyglot (`page_id`), the guide of sylvaindurand.org (`ref`).
"""
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}(?=-)")


def pair_by_key(originals: Mapping[str, Path], others: Mapping[str, Path]) -> dict[str, str]:
    """Return by original the file of another locale that is an edition of it; both are told by their relative paths.

    What two files of a locale have in common tells neither.
    """
    if not originals or not others:
        return {}
    first, second = _unique(originals), _unique(others)
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(first.keys() & second.keys(), key=lambda key: _rank(key[0])):
        original, other = first[key], second[key]
        if original not in pairs and other not in taken:
            pairs[original] = other
            taken.add(other)
    return pairs


_DATE = "date"


def _rank(name: str) -> int:
    return _KEYS.index(name) if name in _KEYS else len(_KEYS)


def _unique(files: Mapping[str, Path]) -> dict[tuple[str, str], str]:
    """Return files by what no other of them has."""
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for relative, path in files.items():
        for key in _keys_of(relative, path):
            holders[key].append(relative)
    return {key: names[0] for key, names in holders.items() if len(names) == 1}


def _keys_of(relative: str, path: Path) -> Iterable[tuple[str, str]]:
    posix = PurePosixPath(relative)
    if date := _DATED.match(posix.name):
        # Within one folder: a post of the news and one of the blog share a date, not a text.
        yield _DATE, f"{posix.parent}/{date[0]}"
    yield from _matter_keys(path)


def _matter_keys(path: Path) -> Iterable[tuple[str, str]]:
    from l10n.articles.formats import suffixes  # noqa: PLC0415 - only where names leave something open

    if suffixes().get(path.suffix.lower()) != "markdown":
        return
    from l10n.articles.markdown.frontmatter import all_values, body_start  # noqa: PLC0415 - as above

    try:
        text = read_text(path)
        values = list(all_values(text, body_start(text)))
    except (OSError, ValueError):
        # Reading the article names what is wrong with it.
        return
    for value in values:
        if len(value.path) == 1 and value.path[0] in _KEYS and value.text:
            yield value.path[0], value.text
