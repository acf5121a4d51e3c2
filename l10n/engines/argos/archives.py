"""Archives of Argos packages: checked member by member, unpacked beside their place, tried, then put there."""

from __future__ import annotations

import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from l10n.engines import Pair
from l10n.engines.argos.packages import Installed, Try, package_folders, read_package
from l10n.errors import EngineError
from l10n.interface import gettext as _

MOST_BYTES = 4 << 30
_MEMBERS = 5_000
_RATIO = 100
"""Limits of an archive: bytes packed or unpacked, files, and the ratio of bytes unpacked to packed."""

_NAME = re.compile(r"[\w.+-]{1,100}")

_OF_THE_PACKER = re.compile(
    r"__MACOSX(?:/|$)|(?:.*/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$"
)
"""Members that a desktop puts beside what a person packs again."""


def install_file(archive: Path, tried: Try, *, pair: Pair | None = None) -> Installed:
    """Unpack a `.argosmodel`, try it and put it in its place; EngineError leaves nothing behind."""
    home = package_folders()[0]
    with _unpacked(archive, home.parent) as folder:
        try:
            package = read_package(folder)
        except EngineError as error:
            raise EngineError(error.message, path=archive) from None
        if package is None:
            raise EngineError(_("the package holds no translation model"), path=archive)
        if pair and package.pair != pair:
            raise EngineError(
                _("the package translates {pair}, not {expected}").format(
                    pair="→".join(package.pair), expected="→".join(pair)
                ),
                path=archive,
            )
        try:
            reason = tried(package)
        except EngineError as error:
            raise EngineError(error.message, path=archive) from None
        if reason:
            raise EngineError(
                _("refused: {reason}").format(reason=reason),
                path=archive,
                hint=package.better_version(),
            )
        return _put(package, home / folder.name)


@contextmanager
def _unpacked(archive: Path, beside: Path) -> Iterator[Path]:
    """Unpack into a folder beside the packages: a half-made one among them breaks argostranslate."""
    try:
        beside.mkdir(parents=True, exist_ok=True)
        # Before anything opens it: a pipe would wait for somebody who writes.
        if not archive.is_file():
            raise EngineError(
                _("there is no such file"), path=archive, hint="l10n engines install es en"
            )
        if not zipfile.is_zipfile(archive):
            raise EngineError(_("not an Argos package: it is no zip archive"), path=archive)
        with (
            tempfile.TemporaryDirectory(prefix=".l10n-argos-", dir=beside) as folder,
            zipfile.ZipFile(archive) as packed,
        ):
            members = _checked_members(packed, archive)
            top = _top_folder(members, archive)
            # A flat archive has no folder of its own: it gets one named after what it translates.
            inner = Path(folder) / (top or "package")
            packed.extractall(folder if top else inner, members)
            # Nor is one a name for a package that a person gave it with blanks.
            yield inner if _NAME.fullmatch(top) else _named(inner)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
    ) as error:
        raise EngineError(
            _("the archive is damaged: {reason}").format(reason=error), path=archive
        ) from error
    except OSError as error:
        raise EngineError(
            _("the package cannot be unpacked: {reason}").format(reason=error), path=archive
        ) from error


def _checked_members(packed: zipfile.ZipFile, archive: Path) -> list[zipfile.ZipInfo]:
    """Return the members of an archive that are the package's; EngineError for anything it has no use for."""
    everything = packed.infolist()
    members = [m for m in everything if m.filename and not _OF_THE_PACKER.match(m.filename)]
    unpacked = sum(member.file_size for member in members)
    fault = ""
    if any(_is_hostile(member) for member in everything):
        fault = _("the archive holds a path or link that leaves its folder")
    elif len(members) > _MEMBERS or unpacked > MOST_BYTES:
        fault = _("the archive is too large")
    elif unpacked > _RATIO * max(1 << 20, archive.stat().st_size):
        fault = _("the archive unpacks to more than a model can be")
    if fault:
        raise EngineError(fault, path=archive)
    return members


def _top_folder(members: Sequence[zipfile.ZipInfo], archive: Path) -> str:
    """Return the one folder at the top of an archive; "" where the package itself is the top."""
    names = [PurePosixPath(member.filename) for member in members]
    if PurePosixPath("metadata.json") in names:
        return ""
    tops = {name.parts[0] for name in names}
    if len(tops) != 1:
        raise EngineError(_("not an Argos package: it holds no single folder"), path=archive)
    return next(iter(tops))


def _named(folder: Path) -> Path:
    """Rename the folder of a flat archive as argostranslate names its packages."""
    package = read_package(folder)
    if package is None:
        return folder
    version = re.sub(r"[^\w+-]", "_", package.version)
    return folder.rename(
        folder.with_name(f"translate-{package.source}_{package.target}-{version}")
    )


def _is_hostile(member: zipfile.ZipInfo) -> bool:
    name = member.filename.replace("\\", "/")
    path = PurePosixPath(name)
    mode = member.external_attr >> 16
    return (
        path.is_absolute()
        or not path.parts
        or ".." in path.parts
        or ":" in path.parts[0]
        or (
            mode != 0
            and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
            and stat.S_IFMT(mode) != 0
        )
    )


def _put(package: Installed, place: Path) -> Installed:
    """Move an unpacked package to its place, over an older copy of it."""
    old = package.path.parent / f"{place.name}.old"
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.replace(old)
    package.path.replace(place)
    shutil.rmtree(old, ignore_errors=True)
    return Installed(
        place, package.source, package.target, package.version, package.target_prefix
    )
