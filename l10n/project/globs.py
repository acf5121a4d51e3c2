"""Globs of a project file: over slugs, and over paths below the folders of articles."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath


def matches_glob(slug: str, glob: str) -> bool:
    """Whether a slug fits a glob in which `**` stands for any folders and `*` for part of a name."""
    return _fits(PurePosixPath(slug).parts, PurePosixPath(glob).parts)


def is_excluded(relative: str, globs: tuple[str, ...]) -> bool:
    """Whether a path, or a folder it lies in, is left out; a glob of a single name fits at any depth, as in .gitignore."""
    parts = PurePosixPath(relative).parts
    for glob in globs:
        pattern = PurePosixPath(glob.removesuffix("/**")).parts
        if len(pattern) == 1 and "/" not in glob.rstrip("/"):
            if any(fnmatchcase(part, pattern[0]) for part in parts):
                return True
        elif any(_fits(parts[:end], pattern) for end in range(1, len(parts) + 1)):
            return True
    return False


def _fits(parts: tuple[str, ...], pattern: tuple[str, ...]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return _fits(parts, pattern[1:]) or (bool(parts) and _fits(parts[1:], pattern))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _fits(parts[1:], pattern[1:])
