"""What readers would lose when a page of ours takes the place of one that people published."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from l10n.articles import read_article
from l10n.articles.markdown.matter_yaml import scalars
from l10n.articles.options import Options
from l10n.errors import L10nError
from l10n.files import write_atomically
from l10n.foreign import ForeignError, foreign_data, load_toml
from l10n.model import Article
from l10n.text.markup import plain

_ALIKE = 50
"""Per cent from which a text of the new page is one of the old page as somebody has corrected it."""
_MATTER = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*$", re.DOTALL | re.MULTILINE
)


def losses(
    page: Path, content: bytes, locale: str, options: Options, *, texts: bool
) -> tuple[str, ...]:
    """Return the texts, and the settings of front matter, that a page has and its new content lacks.

    Without `texts` the settings alone. Nothing of a page that cannot be read as an article.
    """
    try:
        before = read_article(page, locale, options=options)
        with tempfile.TemporaryDirectory(prefix="l10n-") as folder:
            path = Path(folder) / page.name
            write_atomically(path, content)
            after = read_article(path, locale, options=options)
    except L10nError:
        return ()
    there = _texts(before)
    lost = tuple(_texts_lost(there, _texts(after))) if texts else ()
    return (*lost, *_settings_lost(before, content, frozenset(there)))


def _texts(article: Article) -> list[str]:
    return list(dict.fromkeys(plain(unit.msgid) for unit in article.units))


def _texts_lost(before: list[str], after: list[str]) -> Iterator[str]:
    there = frozenset(after)
    for text in before:
        if text not in there and not process.extractOne(
            text, after, scorer=fuzz.ratio, score_cutoff=_ALIKE
        ):
            yield text


def _settings_lost(before: Article, content: bytes, texts: frozenset[str]) -> Iterator[str]:
    """Yield what front matter says besides texts, and the new one does not: `draft: true`."""
    after = _settings(content)
    for key, value in _settings(before.text.encode()).items():
        if after.get(key) != value and not (isinstance(value, str) and value in texts):
            yield f"{key}: {value}"


def _settings(content: bytes) -> Mapping[str, Any]:
    match = _MATTER.match(content)
    if match is None:
        return {}
    text = match[2].decode("utf-8", "replace")
    if match[1] == b"---":
        return scalars(text)
    try:
        with foreign_data():
            matter = load_toml(text)
    except (ForeignError, L10nError):
        return {}
    return {key: value for key, value in matter.items() if not isinstance(value, dict | list)}
