"""The one place where files of a project are opened: regular files, inside the project, written whole or not at all.

A repository of somebody else may hold links that lead anywhere, and pipes that no reader comes back from. So a path is
followed where it is opened, not where it is named: what leaves the project is refused, what is no file is an OSError.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shlex
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from l10n.errors import L10nError, ProjectError
from l10n.interface import gettext as _

PROJECT_FILE = "l10n.toml"
"""What makes a folder a project, beside a pyproject.toml with a `[tool.l10n]` in it."""

_LARGEST = 1 << 30
"""Bytes of a file that is read whole; a catalog of 200,000 entries has 38 MB."""

_READ = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
"""Without `O_NONBLOCK` the open of a pipe waits for somebody who writes into it, for ever."""

_TEMPORARY = re.compile(r"\..*\.[0-9a-f]{8}\.tmp")
_LONGEST_NAME = 255
"""Bytes of a file name, on every file system that Linux and macOS are used with."""


def read_bytes(path: Path) -> bytes:
    """Return the content of a regular file; OSError where there is none, ProjectError where a link leaves the project."""
    with open_file(path) as stream:
        return stream.read()


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Return the text of a file, every line end a line feed; UnicodeDecodeError besides what `read_bytes` raises."""
    return read_bytes(path).decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def open_file(path: Path) -> BinaryIO:
    """Open a regular file for reading, as `read_bytes` does."""
    stream = open(_descriptor(path, _READ), "rb", buffering=0)  # noqa: SIM115 - the caller closes it
    if os.fstat(stream.fileno()).st_size > _LARGEST:
        stream.close()
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return stream


def open_to_add(path: Path) -> BinaryIO:
    """Open a regular file for adding to its end and for reading, making it and its folders where they are missing."""
    make_folder(path.parent)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK
    return open(_descriptor(path, flags), "a+b", buffering=0)


def make_folder(path: Path) -> None:
    """Make a folder and those above it; ProjectError where a link leads out of the project."""
    refuse_escape(path)
    path.mkdir(parents=True, exist_ok=True)


def database(path: Path) -> Path:
    """Return the path of an SQLite file as SQLite may open it, its folder made; OSError where something else is there.

    SQLite opens the files beside it by itself, and follows links there.
    """
    make_folder(path.parent)
    for beside in ("", "-wal", "-shm", "-journal"):
        file = path.with_name(path.name + beside)
        refuse_escape(file)
        with suppress(FileNotFoundError):
            status = file.stat() if not beside else file.lstat()
            _refuse_special(status, file)
    return path


def refuse_escape(path: Path) -> None:
    """Raise ProjectError for a path that stands in a project and whose links lead out of it."""
    folder, root = _place(os.path.dirname(path))  # noqa: PTH120 - a tenth of the time of Path.parent
    if root is not None and path.is_symlink():
        refuse_outside(path, Path(root))
    elif root is not None and not _is_below(folder, root):
        raise _outside(path)


def refuse_outside(path: Path, root: Path) -> None:
    """Raise ProjectError for a path whose links lead out of a folder."""
    if not _is_below(os.path.realpath(path), os.path.realpath(root)):
        raise _outside(path)


def _descriptor(path: Path, flags: int) -> int:
    """Open a file and make sure that it is one; a link is followed only where it stays in the project."""
    folder, root = _place(os.path.dirname(path))  # noqa: PTH120 - as above
    if root is not None and not _is_below(folder, root):
        raise _outside(path)
    try:
        descriptor = os.open(path, flags | os.O_NOFOLLOW, 0o666)
    except OSError as error:
        # FreeBSD says EMLINK of a link.
        if error.errno not in (errno.ELOOP, errno.EMLINK):
            raise _special(path) or error from None
        real = os.path.realpath(path)
        if root is not None and not _is_below(real, root):
            raise _outside(path) from None
        descriptor = os.open(real, flags | os.O_NOFOLLOW, 0o666)
    try:
        _refuse_special(os.fstat(descriptor), path)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


@cache
def _place(folder: str) -> tuple[str, str | None]:
    """Return where a folder really is, and the real root of the project that it is named in."""
    named = os.path.abspath(folder)  # noqa: PTH100 - links must not be followed here
    root = _root_above(named)
    return os.path.realpath(folder), None if root is None else os.path.realpath(root)


@cache
def _root_above(folder: str) -> str | None:
    if _is_root(folder):
        return folder
    above = os.path.dirname(folder)  # noqa: PTH120
    return None if above == folder else _root_above(above)


def _is_root(folder: str) -> bool:
    if os.path.isfile(os.path.join(folder, PROJECT_FILE)):  # noqa: PTH113, PTH118
        return True
    try:
        descriptor = os.open(os.path.join(folder, "pyproject.toml"), _READ)  # noqa: PTH118
    except OSError:
        return False
    with open(descriptor, "rb") as stream:  # noqa: PTH123
        is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
        return is_file and b"[tool.l10n" in stream.read(1 << 20)


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root if root.endswith("/") else f"{root}/")


def _outside(path: Path) -> ProjectError:
    return ProjectError(_("links to a place outside the project"), path=path)


def _refuse_special(status: os.stat_result, path: Path) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, _kind(status.st_mode), str(path))


def _special(path: Path) -> OSError | None:
    """Return the error for something that cannot be opened since it is no file, as a socket is."""
    try:
        _refuse_special(path.stat(), path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return error
    return None


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return _("is a pipe, not a file")
    if stat.S_ISSOCK(mode):
        return _("is a socket, not a file")
    if stat.S_ISLNK(mode):
        return _("is a link where only a file may be")
    return _("is a device, not a file")


def write_atomically(path: Path, data: bytes) -> None:
    """Put data in the place of a file: temporary file beside it, fsync, rename, folder fsync.

    Mode and owner stay, a symbolic link that stays in the project stays a link, missing folders are made. Raises
    L10nError, with the old file untouched and nothing left beside it.
    """
    try:
        target = Path(os.path.realpath(path))
        # Not from what is remembered of folders: what is written may have been moved meanwhile.
        root = _root_above(os.path.abspath(path.parent))  # noqa: PTH100
        if root is not None:
            refuse_outside(target, Path(root))
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        old = target.stat() if target.exists() else None
        if old is not None and not stat.S_ISDIR(old.st_mode):
            _refuse_special(old, path)
        if old is not None and not old.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise L10nError(
                _("cannot be written: the file is read-only"),
                path=path,
                hint=f"chmod u+w {shlex.quote(str(path))}",
            )
        with _temporary(target) as (stream, temporary):
            _fill(stream, data, old)
            temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("cannot be written: {reason}").format(reason=reason)
        raise _in_the_way(path) or L10nError(
            message, path=path, hint=out_of_room(error, path)
        ) from error


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file as `write_atomically` does; False, and nothing done, when it has that content already."""
    try:
        if read_bytes(path) == data:
            sweep(path.parent)
            return False
    except OSError:
        # Nothing there, or nothing that can be read: writing says what is wrong.
        pass
    write_atomically(path, data)
    return True


@contextmanager
def exclusive_folder(folder: Path) -> Iterator[None]:
    """Keep every other process of ours from saving into a folder meanwhile; where that cannot be, go on."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # network file systems that lock only files open for writing
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def recoding(path: Path) -> str:
    """Return the command that turns a file of an old Windows into UTF-8."""
    name = shlex.quote(str(path))
    return f"iconv -f WINDOWS-1252 -t UTF-8 {name} > {name}.utf8 && mv {name}.utf8 {name}"


def out_of_room(error: OSError, path: Path) -> str:
    """Return what helps where a file cannot be written for want of room, right or folder; "" where nothing general does."""
    folder = shlex.quote(str(path.parent))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        # `du` of the folder would show the project's own texts, which are not what to delete.
        return _("make room, then repeat the command: {command}").format(
            command=f"df -h {folder}"
        )
    if error.errno == errno.EROFS:
        return _("the file system is mounted read-only: {command}").format(
            command=f"findmnt -T {folder}"
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"ls -ld {folder}"
    return ""


@cache
def sweep(folder: Path) -> None:
    """Delete the temporary files that killed runs left in a folder, once in a process; those in use are locked."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if _TEMPORARY.fullmatch(entry.name)]
    except OSError:
        # Then nothing can be written there either, which is told by who wants to.
        return
    for name in names:
        with suppress(OSError):
            _delete_abandoned(folder / name)


def _delete_abandoned(temporary: Path) -> None:
    """Delete a temporary file unless another process holds its lock: BlockingIOError then."""
    descriptor = os.open(temporary, _READ | os.O_NOFOLLOW)
    try:
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            temporary.unlink()
    finally:
        os.close(descriptor)


@contextmanager
def _temporary(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """Make a temporary file beside another one, locked as long as the block runs, and gone after it."""
    while True:
        ending = f".{os.urandom(4).hex()}.tmp"
        name = f".{target.name}"
        fits = len(os.fsencode(name + ending)) <= _LONGEST_NAME
        temporary = target.with_name((name if fits else ".l10n") + ending)
        with temporary.open("xb") as stream:
            with suppress(OSError):  # file systems without locks: nobody sweeps there either
                fcntl.flock(stream.fileno(), fcntl.LOCK_EX)
            # Between making and locking it another process may have taken it for abandoned.
            if not os.fstat(stream.fileno()).st_nlink:
                continue
            try:
                yield stream, temporary
            finally:
                temporary.unlink(missing_ok=True)
        return


def _in_the_way(path: Path) -> ProjectError | None:
    """Return the error that names what stands in the place of a file or of a folder above it; None when nothing does."""
    # Not Path.is_file(), which raises OSError for a name that is too long.
    file = next((parent for parent in path.parents if os.path.isfile(parent)), None)  # noqa: PTH113
    if file is None and not os.path.isdir(path):  # noqa: PTH112
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


def _fill(stream: BinaryIO, data: bytes, old: os.stat_result | None) -> None:
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
