"""Whose page is it: the committed list of the pages that the desk wrote where articles and translations lie.

Such a page is no translation of anybody's: it was made from a catalog, and taking it in would call a machine's text a person's.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from l10n.errors import ArticleError, ProjectError
from l10n.files import read_bytes, write_if_changed
from l10n.foreign import ForeignError, load_json
from l10n.interface import gettext as _
from l10n.project.settings import Settings

FILE = "pages.json"
LEFT_OVER = "X-Left-Over"
"""Field of a catalog's header: how many texts of the translation it was filled from are of no original."""
TAKEN_IN = "X-Aligned-With"
"""Header field of a catalog: the fingerprint of the article and the translation that it was filled from."""
DIGITS = 16
"""Hexadecimal digits of a SHA-256 that stand for the content of a page."""


def list_path(settings: Settings) -> Path:
    """Return where the list is: beside the folders of the locales that hold the catalogs."""
    folder = posixpath.dirname(settings.catalogs_pattern.partition("{locale}")[0])
    return settings.root / folder / FILE


def own_pages(settings: Settings) -> Mapping[str, str]:
    """Return the digest of each page as the desk wrote it last, by its path; ProjectError for a list that is damaged."""
    path = list_path(settings)
    try:
        return read_digests(path)
    except FileNotFoundError:
        return {}
    except (OSError, ForeignError) as error:
        raise _damaged(path) from error


def read_digests(path: Path) -> dict[str, str]:
    """Return the digests of pages by their paths; OSError where there is no such file, ForeignError for another one."""
    digests = load_json(read_bytes(path))
    if not isinstance(digests, dict) or not all(map(_is_digest, digests.items())):
        raise ForeignError
    return digests


def _is_digest(row: tuple[str, object]) -> bool:
    """Whether a row is a path that can be one and a text; JSON can spell half a character, which no file can hold."""
    name, digest = row
    return isinstance(digest, str) and "\0" not in name and not _HALF.search(name + digest)


_HALF = re.compile("[\ud800-\udfff]")


def is_own(settings: Settings, pages: Mapping[str, str], path: Path) -> bool:
    """Whether a file is a page as the desk wrote it; who changes one makes it theirs."""
    digest = pages.get(settings.relative(path))
    if digest is None:
        return False
    try:
        # Two of them while a run goes on: whatever stops it, the page is as it was or as it was to be.
        return digest_of(read_bytes(path)) in digest.split()
    except OSError:
        return False


def note_page(settings: Settings, path: Path, content: bytes) -> None:
    """Enter a page into the list, before it is written: a run that is stopped between leaves no page of nobody's."""
    enter_pages(settings, {settings.relative(path): digest_of(content)})


def enter_pages(settings: Settings, digests: Mapping[str, str]) -> None:
    """Enter pages into the list as it is now: another run may have entered others since this one began."""
    write_list(settings, {**own_pages(settings), **digests})


def write_list(settings: Settings, pages: Mapping[str, str]) -> None:
    """Write the list where it says something else than before; one of nothing is not made."""
    path = list_path(settings)
    if pages or path.exists():
        text = json.dumps(pages, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        write_if_changed(path, text.encode())


def fingerprint(source: Path, translation: Path) -> str:
    """Return what tells this article and this translation from any others, and from themselves after a change.

    The digest of the two, a space, and that of the translation. Raises ArticleError for a file that cannot be read.
    """
    digest, content = sha256(), b""
    for path in (source, translation):
        try:
            content = read_bytes(path)
        except OSError as error:
            raise ArticleError(error.strerror or str(error), path=path) from error
        # The length keeps two files from running into each other.
        digest.update(b"%d:" % len(content) + content)
    return f"{digest.hexdigest()[:DIGITS]} {digest_of(content)}"


def is_same_pair(noted: str, pair: str) -> bool:
    """Whether two fingerprints, of which one may be empty, are of one article and translation."""
    # Catalogs of earlier versions have the first digest alone.
    return noted.partition(" ")[0] == pair.partition(" ")[0]


def has_translation(noted: str, content: bytes) -> bool:
    """Whether a fingerprint is of a translation with this content, whatever became of the article since."""
    return noted.partition(" ")[2] == digest_of(content)


def digest_of(content: bytes) -> str:
    """Return what tells the content of a page from any other."""
    return sha256(content).hexdigest()[:DIGITS]


def _damaged(path: Path) -> ProjectError:
    return ProjectError(
        _("is no list of pages, which the desk writes"), path=path, hint=f"git checkout {path}"
    )
