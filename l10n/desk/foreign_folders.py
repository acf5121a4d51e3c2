"""Folders among the originals whose articles are in another language: translations that no layout accounts for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from babel.core import get_global

from l10n.articles.formats import suffixes
from l10n.desk.arrangements import Layout, folder_tag, tag_of
from l10n.desk.generators import Tree
from l10n.files import read_text
from l10n.languages import language_of
from l10n.project.globs import is_excluded
from l10n.text.language import is_of_another_language

_ENOUGH = 2
"""Articles that tell the language of a folder."""
_LOOKED_AT = 4
"""Articles that are read for that: the first may have hardly a word."""
_CHARACTERS = 20_000
_ASIDE = re.compile(
    r"\A---\n.*?^---$|^(```|~~~).*?^\1|<(script|style|pre)\b.*?</\2>", re.DOTALL | re.MULTILINE
)
"""Front matter and code, whose words are English everywhere."""


def foreign_folders(
    tree: Tree, place: Layout, globs: Sequence[str], folders: Collection[str]
) -> tuple[str, ...]:
    """Return the folders of a place that hold no originals by their text, as paths below that of its originals.

    Neither what `globs` leave out nor the `folders` of translations and of other places are looked at. None where all
    are so: then it is the language of the originals that is mistaken.
    """
    root = PurePosixPath(place.folders[place.source])
    inside = [PurePosixPath(folder) for folder in folders]
    inside = [folder for folder in inside if folder != root and folder.is_relative_to(root)]
    articles: defaultdict[PurePosixPath, list[Path]] = defaultdict(list)
    for path in tree.articles:
        if not path.is_relative_to(root) or path.suffix.lower() not in suffixes():
            continue
        relative = path.relative_to(root)
        is_named = place.has_suffixes and tag_of(path.stem.rpartition(".")[2])
        if (
            is_named
            or is_excluded(relative.as_posix(), tuple(globs))
            or any(path.is_relative_to(folder) for folder in inside)
        ):
            continue
        articles[relative.parent].append(tree.root / path)
    verdicts = {
        folder: _is_foreign(folder, paths, place.source) for folder, paths in articles.items()
    }
    if all(verdicts.values()):
        return ()
    kept = [folder.relative_to(root) for folder in inside]
    return tuple(dict.fromkeys(path.as_posix() for path in _topmost(verdicts, kept)))


def _topmost(
    verdicts: Mapping[PurePosixPath, bool | None], kept: Collection[PurePosixPath]
) -> Iterator[PurePosixPath]:
    """Yield the folders in which everything is foreign that can be told and nothing is kept, and not those inside them."""
    for folder, is_foreign in sorted(verdicts.items()):
        if not is_foreign:
            continue
        for depth in range(1, len(folder.parts) + 1):
            top = PurePosixPath(*folder.parts[:depth])
            if all(
                verdict is not False
                for other, verdict in verdicts.items()
                if other.is_relative_to(top)
            ) and not any(folder.is_relative_to(top) for folder in kept):
                yield top
                break


def _is_foreign(folder: PurePosixPath, paths: Iterable[Path], source: str) -> bool | None:
    """Whether the articles of a folder are in another language than the originals; None where their text does not tell."""
    verdicts: list[bool] = []
    is_likely = any(map(_is_code, folder.parts))
    for path in list(paths)[:_LOOKED_AT]:
        try:
            text = read_text(path)[:_CHARACTERS]
        except (OSError, ValueError):
            continue
        verdict = is_of_another_language(
            _ASIDE.sub(" ", text), language_of(source), is_likely=is_likely
        )
        if verdict is not None:
            verdicts.append(verdict)
        if len(verdicts) == _ENOUGH:
            break
    return all(verdicts) if verdicts else None


def _is_code(name: str) -> bool:
    """Whether the name of a folder is the code of a language, or of a country that has one: `jp`, `kr`, `cz`."""
    country = name.removeprefix("_").upper()
    return bool(folder_tag(name)) or f"und_{country}" in get_global("likely_subtags")
