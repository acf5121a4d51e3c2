"""Whose page is it: the committed list of the pages that the desk wrote where articles and translations lie.

Such a page is no translation of anybody's: it was made from a catalog, and taking it in would call a machine's text a person's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from l10n.errors import ProjectError
from l10n.files import read_bytes, write_if_changed
from l10n.interface import gettext as _
from l10n.project.settings import Settings

FILE = "pages.json"
_DIGITS = 16


def list_path(settings: Settings) -> Path:
    """Return where the list is: beside the folders of the locales that hold the catalogs."""
    return settings.root / settings.catalogs_pattern.partition("{locale}")[0] / FILE


def own_pages(settings: Settings) -> Mapping[str, str]:
    """Return the digest of each page as the desk wrote it last, by its path; ProjectError for a list that is damaged."""
    path = list_path(settings)
    try:
        pages = json.loads(read_bytes(path))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(path) from error
    if not isinstance(pages, dict) or not all(isinstance(page, str) for page in pages.values()):
        raise _damaged(path)
    return pages


def is_own(settings: Settings, pages: Mapping[str, str], path: Path) -> bool:
    """Whether a file is a page as the desk wrote it; who changes one makes it theirs."""
    digest = pages.get(settings.relative(path))
    if digest is None:
        return False
    try:
        return digest_of(read_bytes(path)) == digest
    except OSError:
        return False


def note_page(settings: Settings, path: Path, content: bytes) -> None:
    """Enter a page into the list, before it is written: a run that is stopped between leaves no page of nobody's."""
    pages = {**own_pages(settings), settings.relative(path): digest_of(content)}
    text = json.dumps(pages, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write_if_changed(list_path(settings), text.encode())


def digest_of(content: bytes) -> str:
    """Return what tells the content of a page from any other."""
    return sha256(content).hexdigest()[:_DIGITS]


def _damaged(path: Path) -> ProjectError:
    return ProjectError(
        _("is no list of pages, which the desk writes"), path=path, hint=f"git checkout {path}"
    )
