"""Pages where articles and translations lie: whose a page is, and which may be written."""

from __future__ import annotations

from pathlib import Path

from l10n.errors import ArticleError, L10nError
from l10n.export.making import Facts, MadePage
from l10n.export.report import ExportReport, Loss, content_of
from l10n.project import ArticleRef, Project
from l10n.project.pages import (
    LEFT_OVER,
    digest_of,
    fingerprint,
    is_own,
    own_pages,
    write_list,
)


class PageKeeper:
    """Takes the pages of a run, leaves those that are a person's, and writes the others all at once."""

    def __init__(self, project: Project, report: ExportReport, *, replace_theirs: bool) -> None:
        self.project = project
        self.report = report
        self.replace_theirs = replace_theirs
        self.pages = own_pages(project)
        self.waiting: dict[Path, bytes] = {}

    def take(
        self, ref: ArticleRef, path: Path, made: MadePage, facts: Facts, locale: str
    ) -> None:
        """Take a page to write it, or leave the one that is there."""
        content = made.content
        before = content_of(path)
        if before == content:
            self.report.unchanged.append(path)
        elif before is None or self.may_replace(ref, path, facts.taken_in):
            if before is not None and (lost := self.lost(ref, path, made, facts, locale)):
                self.report.losing.append((ref.path, path, lost))
            else:
                self.waiting[path] = content
        else:
            self.report.theirs.append((ref.path, path))

    def lost(
        self, ref: ArticleRef, path: Path, made: MadePage, facts: Facts, locale: str
    ) -> tuple[Loss, ...]:
        """Return what readers of a person's page would lose, unless that was agreed to."""
        if self.replace_theirs or is_own(self.project, self.pages, path):
            return ()
        # Parsers load slowly, and this is rare.
        from l10n.catalog.file import read_header  # noqa: PLC0415
        from l10n.export.losing import losses  # noqa: PLC0415

        header = read_header(self.project.catalog_path(ref.slug, locale))
        # Where all is shown, a text that has its original may have been written anew by somebody since.
        is_partial = bool(facts.missing or made.refusals or facts.refusals)
        has_texts = is_partial or header.get(LEFT_OVER, "0") != "0"
        return losses(ref, path, made.content, locale, texts=has_texts)

    def leave(self, ref: ArticleRef, path: Path, taken_in: str) -> None:
        """Name a page that is not written, where it is a person's that no catalog has taken in."""
        if not self.may_replace(ref, path, taken_in):
            self.report.theirs.append((ref.path, path))

    def may_replace(self, ref: ArticleRef, path: Path, taken_in: str) -> bool:
        """Whether a page is our own, or a person's whose text its catalog has, or whatever it is by consent."""
        if self.replace_theirs or is_own(self.project, self.pages, path):
            return True
        try:
            return bool(taken_in) and taken_in == fingerprint(ref.path, path)
        except ArticleError:
            return False

    def write(self) -> None:
        """Write what was taken; each page is entered into the committed list before it is written."""
        if not self.waiting or self.report.dry:
            for path, content in self.waiting.items():
                self.report.note(path, content)
            return
        names = {path: self.project.relative(path) for path in self.waiting}
        own = {path for path in self.waiting if is_own(self.project, self.pages, path)}
        digests = {path: digest_of(content) for path, content in self.waiting.items()}
        both = {
            names[path]: f"{self.pages[names[path]]} {digest}" if path in own else digest
            for path, digest in digests.items()
        }
        write_list(self.project, {**self.pages, **both})
        written: dict[str, str] = {}
        for path, content in self.waiting.items():
            try:
                self.report.note(path, content)
            except (L10nError, OSError) as error:
                problem = (
                    error if isinstance(error, L10nError) else L10nError(str(error), path=path)
                )
                self.report.problems.append(problem)
                self.report.failed += 1
            else:
                written[names[path]] = digests[path]
        write_list(self.project, {**self.pages, **written})
