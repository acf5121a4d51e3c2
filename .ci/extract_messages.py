"""Bring the interface catalogs of locales/ up to the texts in l10n/ and tui/ (needs gettext's msgmerge)."""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def python_texts(
    source: BinaryIO, keywords: Collection[str], _tags: object, **_more: object
) -> Iterator[tuple[int, str, str | tuple[str | None, ...], list[str]]]:
    """Give the texts, those in f-strings too: Babel's own reader sees these from Python 3.12 on only."""
    calls = (node for node in ast.walk(ast.parse(source.read())) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda one: one.lineno):
        name = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
        if name in keywords:
            values = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
            texts = tuple(value if isinstance(value, str) else None for value in values)
            if texts and texts[0] is not None:
                yield call.lineno, name, texts if len(texts) > 1 else texts[0], []


def extract(template: Path) -> None:
    """Write every text of the sources to a template, one reference a file, no line numbers."""
    catalog = Catalog(
        project="l10n-workbench", header_comment="# Interface of the translation desk."
    )
    catalog.msgid_bugs_address = ""  # otherwise Babel writes one of its own
    for package in ("l10n", "tui"):
        found = extract_from_dir(
            ROOT / package,
            [("**.py", python_texts), ("**.html", "jinja2.ext:babel_extract")],
            keywords=KEYWORDS,
        )
        for name, _line, message, comments, context in found:
            catalog.add(
                message,
                locations=[(f"{package}/{name}", 0)],
                auto_comments=comments,
                context=context,
            )
    with template.open("wb") as stream:
        write_po(
            stream, catalog, width=0, include_lineno=False, sort_by_file=True, omit_header=False
        )


def main() -> int:
    """Extract, then merge into every interface catalog; `--check` only tells whether one is behind."""
    catalogs = sorted(ROOT.glob("locales/*/LC_MESSAGES/l10n.po"))
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "l10n.pot"
        extract(template)
        if "--check" in sys.argv:
            return max(
                subprocess.call(["msgcmp", "--use-untranslated", po, template])
                for po in catalogs
            )
        for po in catalogs:
            options = [
                "--update",
                "--previous",
                "--no-wrap",
                "--backup=none",
                "--add-location=file",
                "--quiet",
            ]
            subprocess.run(["msgmerge", *options, po, template], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
