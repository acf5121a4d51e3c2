"""Files are written whole or not at all: a crash or a full disk leaves the old one as it was."""

from __future__ import annotations

import os
import secrets
import shlex
import stat
from pathlib import Path

from l10n.errors import L10nError, ProjectError
from l10n.interface import gettext as _


def write_atomically(path: Path, data: bytes) -> None:
    """Put data in the place of a file: temporary file beside it, fsync, rename, folder fsync.

    Mode and owner stay, a symbolic link stays a link, missing folders are made. Raises
    L10nError, with the old file untouched and nothing left beside it.
    """
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        old = target.stat() if target.exists() else None
        if old is not None and not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise L10nError(
                _("cannot be written: the file is read-only"),
                path=path,
                hint=f"chmod u+w {shlex.quote(str(path))}",
            )
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        try:
            _write(temporary, data, old)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("cannot be written: {reason}").format(reason=reason)
        raise _in_the_way(path) or L10nError(message, path=path) from error


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file as `write_atomically` does; False, and nothing done, when it has that content already."""
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomically(path, data)
    return True


def _in_the_way(path: Path) -> ProjectError | None:
    """Return the error that names what stands in the place of a file or of a folder above it; None when nothing does."""
    file = next((parent for parent in path.parents if parent.is_file()), None)
    if file is None and not path.is_dir():
        return None
    culprit = file or path
    name = shlex.quote(str(culprit))
    return ProjectError(
        _("is a file; a folder is needed here")
        if file
        else _("is a folder; a file is needed here"),
        path=culprit,
        hint=f"mv {name} {name}.old",
    )


def _write(path: Path, data: bytes, old: os.stat_result | None) -> None:
    with path.open("xb") as stream:
        stream.write(data)
        stream.flush()
        if old is not None:
            _keep_owner(stream.fileno(), old)
            os.fchmod(stream.fileno(), stat.S_IMODE(old.st_mode))
        os.fsync(stream.fileno())


def _keep_owner(descriptor: int, old: os.stat_result) -> None:
    now = os.fstat(descriptor)
    if (now.st_uid, now.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.fchown(descriptor, old.st_uid, old.st_gid)
        except PermissionError:
            # Only the owner of the old file, or root, may: then the new one is the writer's.
            return


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
