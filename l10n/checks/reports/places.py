"""Where findings are, the way readers of reports name places; and what makes a finding itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from l10n.model import Finding


def relative(path: Path | None, root: Path) -> str:
    """Return a path below a folder with `/`; a path elsewhere stays whole."""
    return "" if path is None else path.as_posix().removeprefix(f"{root.as_posix()}/")


@cache
def repository(folder: Path) -> Path:
    """Return the repository that holds a folder, which CI tells paths from; without one the folder itself."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return folder


def fingerprints(findings: Iterable[Finding], root: Path) -> Iterator[tuple[Finding, str]]:
    """Yield each finding with what stays the same when lines move: digest of file, rule, message key, text, ordinal.

    The text is what is wrong: the characters that the finding names, or else the whole translation. So another mistake of
    the same kind in the same entry is a finding of its own.
    """
    occurrences: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        place = (
            relative(finding.path, root),
            finding.rule,
            finding.msgctxt or "",
            finding.msgid or "",
            _text_of(finding),
        )
        occurrences[place] += 1
        text = "\0".join((*place, str(occurrences[place])))
        yield finding, hashlib.sha256(text.encode()).hexdigest()[:32]


def _text_of(finding: Finding) -> str:
    text = finding.msgstr or ""
    return text if finding.span is None else text[slice(*finding.span)]


def surroundings(text: str, span: tuple[int, int], reach: int) -> tuple[str, str, str]:
    """Return what stands before, in and after a span of a text, cut to a reach on either side; `…` tells of a cut."""
    start, end = span
    left, right = max(0, start - reach), min(len(text), max(end, start + 1) + reach)
    before = ("…" if left else "") + text[left:start]
    return before, text[start:end], text[end:right] + ("…" if right < len(text) else "")
