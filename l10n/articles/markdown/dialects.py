"""The dialects of Markdown: which generator builds a page, and what its Markdown is beside CommonMark."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from l10n.articles.markdown.frontmatter import body_start
from l10n.articles.markdown.jsx import STATEMENT
from l10n.articles.markdown.parser import Grammar
from l10n.articles.sites import site_dialect
from l10n.model import Reading

_MDX = frozenset({"mdx", "docusaurus"})
"""Docusaurus reads `.md` as MDX too."""
_PLAIN = frozenset({"commonmark", "github", "hugo", "jekyll", "mkdocs"})
"""What has no JSX, whatever stands in a page."""
_ENDING_HTML = frozenset({"jekyll", "mkdocs"})
"""What reads Markdown directly below the end tag of raw HTML: kramdown and Python-Markdown."""
_FENCED = re.compile(
    r"^([ \t>]*)(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??\1\2", re.MULTILINE | re.DOTALL
)
_SCRIPT = re.compile(r"^<(script|style)\b.*?^[ \t]*</\1", re.MULTILINE | re.DOTALL)
"""What Vue's pages import inside of: MDX has its modules outside of tags."""
_SHORTCODE = re.compile(r"^[ \t]*\{\{[<%][ \t]*/?[ \t]*\w", re.MULTILINE)
_STATEMENT_LINE = re.compile(rf"^(?:{STATEMENT.pattern})[ \t\r]*$", re.MULTILINE)


def resolved(reading: Reading, path: Path, source: str) -> Reading:
    """Return how a page is read, with the dialect that its site, its suffix or its own text tells."""
    dialect = reading.dialect or site_dialect(path.absolute().parent)
    is_mdx = dialect in _MDX or (
        dialect not in _PLAIN
        and (
            path.suffix.lower() == ".mdx"
            or (dialect != "vitepress" and _has_statements(source))
        )
    )
    return replace(reading, dialect=dialect or "mdx" * is_mdx, is_mdx=is_mdx)


def grammar_of(reading: Reading) -> Grammar:
    """Return the grammar of a page."""
    return Grammar(
        is_mdx=reading.is_mdx or reading.dialect in _MDX,
        has_math=reading.math,
        ends_html=reading.dialect in _ENDING_HTML,
        has_bare_tables=reading.dialect == "jekyll",
        has_marks=reading.dialect == "mkdocs",
        has_lettered_lists=reading.dialect == "mkdocs",
    )


def _has_statements(source: str) -> bool:
    """Whether a page imports or exports as a module does, outside of its code; what Hugo's shortcodes hold may be any."""
    if ("import " not in source and "export " not in source) or _SHORTCODE.search(source):
        return False
    body = _SCRIPT.sub("", _FENCED.sub("", source[body_start(source) :]))
    return _STATEMENT_LINE.search(body) is not None
