"""What git knows: files changed since a revision, and catalogs as they were in one."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from l10n.errors import UsageError
from l10n.interface import gettext as _


def changed_since(folder: Path, revision: str) -> frozenset[Path]:
    """Return the files that differ from where this branch left a revision, new, renamed and deleted ones too.

    Both names of a renamed file count. Changes that are not committed yet count.
    """
    top = _top(folder)
    base = merge_base(folder, revision)
    fields = _git(top, "diff", "--name-status", "-z", "-M", base, "--").split("\0")
    untracked = _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
    names = [*_names(iter(fields)), *untracked]
    return frozenset(top / name for name in names if name)


def renamed_files(folder: Path) -> dict[Path, Path]:
    """Return the former path of each file that git knows to have been renamed, lately or not committed yet.

    Empty where there is no git, no repository or no commit.
    """
    try:
        top = _top(folder)
        logged = _git(top, "log", f"-{_LATELY}", "--format=", *_RENAMES, "--", str(folder))
        waiting = _git(top, "diff", *_RENAMES, "HEAD", "--", str(folder))
    except UsageError:
        return {}
    renames: dict[Path, Path] = {}
    for output in (waiting, logged):
        fields = [field for field in output.split("\0") if field]
        for _status, before, after in zip(
            fields[::3], fields[1::3], fields[2::3], strict=False
        ):
            renames.setdefault(top / after, top / before)
    return renames


_LATELY = 200
"""Commits that are looked at for renames."""
_RENAMES = ("-M", "--diff-filter=R", "--name-status", "-z")


def _names(fields: Iterator[str]) -> Iterator[str]:
    for status in fields:
        if not status:
            continue
        yield next(fields)
        if status[0] in "RC":
            yield next(fields)


def merge_base(folder: Path, revision: str) -> str:
    """Return the commit that HEAD and a revision have in common."""
    top = _top(folder)
    if _run(top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").returncode:
        shallow = _git(top, "rev-parse", "--is-shallow-repository").strip() == "true"
        raise UsageError(
            _("git does not know the revision {revision}").format(revision=revision),
            hint=SHALLOW if shallow else "git fetch origin",
        )
    answer = _run(top, "merge-base", "HEAD", revision)
    if answer.returncode:
        raise UsageError(
            _("git finds no common commit of HEAD and {revision}").format(revision=revision),
            hint=SHALLOW,
        )
    return answer.stdout.decode().strip()


SHALLOW = "git fetch --unshallow (actions/checkout: fetch-depth: 0)"


def contents_at(folder: Path, commit: str, paths: Iterable[Path]) -> dict[Path, bytes]:
    """Return files as they were in a commit; those that did not exist are left out."""
    contents = contents_of(folder, [(commit, path) for path in paths])
    return {path: content for (_commit, path), content in contents.items()}


def contents_of(
    folder: Path, versions: Iterable[tuple[str, Path]]
) -> dict[tuple[str, Path], bytes]:
    """Return files as they were in the commit that each is named with; those that did not exist are left out."""
    top = _top(folder)
    tracked = [(commit, path) for commit, path in versions if path.is_relative_to(top)]
    request = "".join(
        f"{commit}:{path.relative_to(top).as_posix()}\n" for commit, path in tracked
    )
    answer = _run(top, "cat-file", "--batch", stdin=request.encode()).stdout
    contents, at = {}, 0
    for version in tracked:
        end = answer.index(b"\n", at)
        head = answer[at:end].split()
        at = end + 1
        if len(head) == 3 and head[1] == b"blob":
            size = int(head[2])
            contents[version] = answer[at : at + size]
            at += size + 1
    return contents


@dataclass(frozen=True, slots=True)
class LastChange:
    """The commit that changed a file last."""

    commit: str
    day: str
    """`2026-11-24`, of the commit's author."""
    is_cut: bool
    """The history ends there, as that of a shallow clone does: what came before is not known."""


def last_changes(folder: Path) -> dict[Path, LastChange]:
    """Return what changed each file below a folder last; files with changes that are not committed are left out.

    Empty where there is no git, no repository or no commit. Only so many commits are looked at; a file that none of
    them changed is left out too.
    """
    try:
        top = _top(folder)
        logged = _git(top, "log", f"-{_HISTORY}", f"--format={_COMMIT}%H %as", *_NAMES, "--", str(folder))  # fmt: skip
        waiting = _git(top, "diff", *_NAMES, "HEAD", "--", str(folder)).split("\0")
        cut = _boundary(top)
    except UsageError:
        return {}
    changes: dict[Path, LastChange] = {}
    change = None
    for field in logged.split("\0"):
        text = field.lstrip("\n")
        if text.startswith(_COMMIT):
            commit, day = text[len(_COMMIT) :].split()
            change = LastChange(commit, day, commit in cut)
        elif text and change is not None:
            changes.setdefault(top / text, change)
    for name in waiting:
        changes.pop(top / name, None)
    return changes


_HISTORY = 5000
"""Commits that are looked at for the last change of a file: about a second in a large repository."""
_COMMIT = "commit "
"""Begins the line of a commit; with `-z` names end in NUL, and so does the line."""
_NAMES = ("--name-only", "--no-renames", "-z")


def _boundary(top: Path) -> frozenset[str]:
    """Return the commits at which a shallow clone ends: they seem to have made all files that there are."""
    if _git(top, "rev-parse", "--is-shallow-repository").strip() != "true":
        return frozenset()
    return frozenset(_git(top, "rev-list", "--max-parents=0", "HEAD").split())


def _top(folder: Path) -> Path:
    answer = _run(folder, "rev-parse", "--show-toplevel")
    if answer.returncode:
        raise UsageError(_("no git repository here"), path=folder, hint="git init")
    return Path(answer.stdout.decode().rstrip("\n"))


def _git(folder: Path, *arguments: str) -> str:
    answer = _run(folder, *arguments)
    if answer.returncode:
        complaint = answer.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(
            complaint[-1] if complaint else _("git failed"), hint=f"git {' '.join(arguments)}"
        )
    return answer.stdout.decode("utf-8", "surrogateescape")


def _run(
    folder: Path, *arguments: str, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            input=stdin,
            capture_output=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise UsageError(_("git is not installed"), hint="apt install git") from error
