"""Bring the interface catalogs of locales/ up to the messages in the code.

`--check` changes nothing and exits 1 when a catalog lacks a message or holds one that is gone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def messages(root: Path) -> Catalog:
    """Give every message of the Python modules and templates, in the order of their paths."""
    found = Catalog(project="l10n-workbench", charset="utf-8")
    for path in sources(root):
        method = "python" if path.suffix == ".py" else "jinja2.ext:babel_extract"
        name = path.relative_to(root).as_posix()
        for _line, message, comments, context in extract_from_file(
            method, path, keywords=KEYWORDS, comment_tags=("L10N:",)
        ):
            found.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return found


def sources(root: Path) -> Iterator[Path]:
    for package in ("l10n", "tui"):
        for suffix in ("*.py", "*.jinja", "*.jinja2", "*.j2", "*.html"):
            yield from sorted((root / package).rglob(suffix))


def update(path: Path, template: Catalog) -> bool:
    """Merge the messages into one catalog; tells whether its messages changed."""
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=path.parent.parent.name)
    before = {(message.context, message.id) for message in catalog}
    catalog.update(template, no_fuzzy_matching=False, keep_user_comments=True, update_header_comment=False)
    after = {(message.context, message.id) for message in catalog}
    if before != after and "--check" not in sys.argv:
        with path.open("wb") as stream:
            write_po(stream, catalog, width=0, include_lineno=False, include_previous=True)
    return before != after


def main() -> int:
    template = messages(ROOT)
    stale = [
        path.relative_to(ROOT)
        for path in sorted(ROOT.glob("locales/*/LC_MESSAGES/l10n.po"))
        if update(path, template)
    ]
    for path in stale:
        print(path)
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
