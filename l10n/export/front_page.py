"""The front page of a site: what a server shows for `/`, where no article of the project is that page."""

from __future__ import annotations

import posixpath
from html import escape
from pathlib import Path
from urllib.parse import quote

from l10n.export.languages import autonym
from l10n.export.report import content_of
from l10n.export.site import FRONT_PAGE, Site

_MARK = "<!-- made by l10n export -->"
"""Tells our front page from one that people have put there."""


def is_ours(path: Path) -> bool:
    """Whether a front page may be written: there is none, or it is ours."""
    content = content_of(path)
    return content is None or _MARK.encode() in content


def front_page(site: Site) -> str:
    """Return a page that leads to every language of a site: to its own index, or to each of its pages."""
    by_locale: dict[str, list[str]] = {}
    for page in site.pages:
        by_locale.setdefault(page.locale, []).append(page.path)
    sections = [_section(locale, sorted(paths)) for locale, paths in sorted(by_locale.items())]
    languages = " · ".join(map(autonym, sorted(by_locale)))
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n{_MARK}\n<title>{escape(languages)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<style>body { max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 system-ui, sans-serif; "
        "color-scheme: light dark; }</style>\n</head>\n<body>\n"
        + "".join(sections)
        + "</body>\n</html>\n"
    )


def _section(locale: str, paths: list[str]) -> str:
    index = f"{locale}/{FRONT_PAGE}"
    shown = [index] if index in paths else paths
    items = "".join(
        f'<li><a href="{escape(quote(path))}" hreflang="{escape(locale)}">{escape(_label(path, locale))}</a></li>\n'
        for path in shown
    )
    return f'<section lang="{escape(locale)}">\n<h2>{escape(autonym(locale))}</h2>\n<ul>\n{items}</ul>\n</section>\n'


def _label(path: str, locale: str) -> str:
    """Return what a page is called: its path within its language, without suffix."""
    return posixpath.splitext(path.removeprefix(f"{locale}/"))[0]
