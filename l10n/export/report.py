"""What an export did, or would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from l10n.errors import L10nError
from l10n.export.site import Page
from l10n.files import read_bytes, write_if_changed


@dataclass(frozen=True, slots=True)
class Difference:
    """What a run would change in a file."""

    path: Path
    before: bytes | None
    """None where there is no file."""
    after: bytes


@dataclass(frozen=True, slots=True)
class Loss:
    """What a page has and its new content lacks."""

    what: str
    """A text, a line, a tag, or `key: value` of front matter."""
    key: str = ""
    """The key of front matter that original and page have in words of their own, and that nobody is offered."""
    kind: Literal["text", "code", "inline", "picture", "link"] = "text"


@dataclass(frozen=True, slots=True)
class Losing:
    """A page of people that is left as it is, since the page of ours lacks what it has."""

    article: Path
    page: Path
    losses: tuple[Loss, ...]
    locale: str
    catalog: Path
    missing: int = 0
    """Passages that the page of ours would show in the source language."""
    is_code_offered: bool = False
    """Whether what stands in comments or strings of code is offered already."""
    picture: tuple[str, str] = ("", "")
    """Addresses of a picture of the original and of that of the page in its place; empty where none can be told."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """A page of people that ours took the place of, with links that they had led elsewhere."""

    page: Path
    addresses: tuple[str, ...]
    """That no link of the page leads to any more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page in place that is left as it is, since passages of it were translated before the original was edited."""

    article: Path
    page: Path
    catalog: Path
    changed: int
    """Passages whose translation has to be looked at again."""
    unknown: int
    """Passages of the original that the catalog does not have yet."""


@dataclass
class ExportReport:
    """What an export did."""

    out: Path
    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    assets: list[Path] = field(default_factory=list)
    """Copied beside the pages, changed or not."""
    hidden: list[Page] = field(default_factory=list)
    """Not published because passages are missing."""
    kept: list[Page] = field(default_factory=list)
    """Left as published before because passages are missing."""
    redirects: list[Path] = field(default_factory=list)
    """Pages that lead from an earlier address of an article to its page."""
    removed: list[Path] = field(default_factory=list)
    """Pages of ours that were no longer of the site."""
    stale: list[Path] = field(default_factory=list)
    """Files in the folders of the exported locales that nothing here accounts for."""
    counterparts_used: set[tuple[str, str]] = field(default_factory=set)
    """(locale, address) of the project's table of links, of the pages that were made."""
    unused_counterparts: list[tuple[str, str]] = field(default_factory=list)
    """(locale, address) of that table that no page of the locale has; nothing where not every page was made."""
    problems: list[L10nError] = field(default_factory=list)
    """Articles and catalogs that could not be read, translations that could not be shown."""
    theirs: list[tuple[Path, Path]] = field(default_factory=list)
    """(article, page): pages in place that people wrote and no catalog has taken in, left as they are."""
    losing: list[Losing] = field(default_factory=list)
    relinked: list[Relinked] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    unaccepted: list[Page] = field(default_factory=list)
    """Not written in place because nobody has accepted any passage."""
    standing: list[Page] = field(default_factory=list)
    """Pages that stand there though they are not written: people's, or as written before."""
    differences: list[Difference] = field(default_factory=list)
    """What a dry run would have changed."""
    failed: int = 0
    """Pages that could not be written; the ones published before are still there."""
    drafts: int = 0
    """Passages shown as drafts."""
    untranslated: int = 0
    """Passages shown in the source language."""
    refused: int = 0
    """Of these, the ones with an accepted translation that cannot be shown; `problems` says why."""

    dry: bool = False
    """Nothing is written, only noted."""

    def note(self, path: Path, content: bytes) -> None:
        """Write a page and note whether that changed anything."""
        if self.dry:
            before = content_of(path)
            if before != content:
                self.differences.append(Difference(path, before, content))
            (self.unchanged if before == content else self.written).append(path)
            return
        (self.written if write_if_changed(path, content) else self.unchanged).append(path)

    def note_file(self, path: Path, content: bytes) -> None:
        """Write a file that is no page, unless this is a dry run."""
        if not self.dry:
            write_if_changed(path, content)

    @property
    def pages(self) -> int:
        """Pages that are up to date now."""
        return len(self.written) + len(self.unchanged)


def joined(reports: Sequence[ExportReport]) -> ExportReport:
    """Return one report of several exports of a project; the last one's folder is named."""
    whole, *others = reversed(reports)
    for report in others:
        for name in fields(whole):
            before, more = getattr(whole, name.name), getattr(report, name.name)
            if isinstance(before, list):
                before[:0] = more
            elif isinstance(before, set):
                before |= more
            elif isinstance(before, int) and not isinstance(before, bool):
                setattr(whole, name.name, before + more)
    return whole


def content_of(path: Path) -> bytes | None:
    """Return the content of a file; None where there is none that can be read."""
    try:
        return read_bytes(path)
    except OSError:
        return None
