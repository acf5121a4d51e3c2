"""Pages where articles and translations lie: whose a page is, and which may be written."""

from __future__ import annotations

from pathlib import Path

from l10n.errors import ArticleError, L10nError
from l10n.export.making import Facts, MadePage
from l10n.export.report import ExportReport, Losing, Relinked, Waiting, content_of
from l10n.files import read_bytes
from l10n.project import ArticleRef, Project
from l10n.project.pages import (
    LEFT_OVER,
    digest_of,
    enter_pages,
    fingerprint,
    has_translation,
    is_own,
    is_same_pair,
    own_pages,
)


class PageKeeper:
    """Takes the pages of a run, leaves those that are a person's, and writes the others all at once."""

    def __init__(self, project: Project, report: ExportReport, *, replace_theirs: bool) -> None:
        self.project = project
        self.report = report
        self.replace_theirs = replace_theirs
        self.pages = own_pages(project)
        self.waiting: dict[Path, bytes] = {}
        self.adopted: dict[str, str] = {}
        """Digests, by path, of pages that are as they would be written: whoever wrote them, they are ours from now on."""

    def take(
        self, ref: ArticleRef, path: Path, made: MadePage, facts: Facts, locale: str
    ) -> None:
        """Take a page to write it, or leave the one that is there."""
        content = made.content
        before = content_of(path)
        if before == content:
            self.report.unchanged.append(path)
            self.adopt(path, digest_of(content))
        elif before is None or self.may_replace(ref, path, facts.taken_in):
            lost = None if before is None else self.lost(ref, path, made, facts, locale)
            if lost is None:
                self.waiting[path] = content
            else:
                self.report.losing.append(lost)
        else:
            self.report.theirs.append((ref.path, path))

    def adopt(self, path: Path, digest: str) -> None:
        """Take a page that is as it would be written for one of ours.

        Else the next edit of its original would make it a translation that nobody has taken in.
        """
        name = self.project.relative(path)
        if self.pages.get(name) != digest:
            self.adopted[name] = digest

    def lost(
        self, ref: ArticleRef, path: Path, made: MadePage, facts: Facts, locale: str
    ) -> Losing | None:
        """Return what readers of a person's page would lose; None for nothing, and where that was agreed to."""
        if self.replace_theirs or is_own(self.project, self.pages, path):
            return None
        # Parsers load slowly, and this is rare.
        from l10n.articles.pictures import picture_pairs  # noqa: PLC0415
        from l10n.catalog.file import read_header  # noqa: PLC0415
        from l10n.export.losing import losses  # noqa: PLC0415

        catalog = self.project.catalog_path(ref.slug, locale)
        header = read_header(catalog)
        # Where all is shown, a text that has its original may have been written anew by somebody since.
        is_partial = bool(facts.missing or made.refusals or facts.refusals)
        has_texts = is_partial or header.get(LEFT_OVER, "0") != "0"
        found = losses(ref, path, made.content, locale, texts=has_texts)
        links = tuple(loss.what for loss in found if loss.kind == "link")
        lost = tuple(loss for loss in found if loss.kind != "link")
        if not lost:
            # Where links lead is the original's by design: that is said, and nobody has to agree.
            if links:
                self.report.relinked.append(Relinked(path, links))
            return None
        pair = ("", "")
        if any(loss.kind == "picture" for loss in lost):
            texts = (read_bytes(file).decode("utf-8", "replace") for file in (ref.path, path))
            pair = next(picture_pairs(*texts), pair)
        is_offered = ref.options.reading.code != "keep"
        return Losing(ref.path, path, lost, locale, catalog, facts.missing, is_offered, pair)

    def leave(self, ref: ArticleRef, path: Path, facts: Facts, locale: str) -> None:
        """Name a page that is not written, and why, where it is a person's that no catalog has taken in, or waits."""
        if not self.may_replace(ref, path, facts.taken_in):
            self.report.theirs.append((ref.path, path))
        elif facts.is_waiting:
            catalog = self.project.catalog_path(ref.slug, locale)
            waiting = Waiting(ref.path, path, catalog, facts.changed, facts.unknown)
            self.report.waiting.append(waiting)

    def may_replace(self, ref: ArticleRef, path: Path, taken_in: str) -> bool:
        """Whether a page is our own, or a person's whose text its catalog has, or whatever it is by consent."""
        if self.replace_theirs or is_own(self.project, self.pages, path):
            return True
        content = content_of(path)
        if not taken_in or content is None:
            return False
        if has_translation(taken_in, content):
            return True
        try:
            return is_same_pair(taken_in, fingerprint(ref.path, path))
        except ArticleError:
            return False

    def write(self) -> None:
        """Write what was taken; each page is entered into the committed list before it is written."""
        if self.report.dry:
            for path, content in self.waiting.items():
                self.report.note(path, content)
            return
        if not (self.waiting or self.adopted):
            return
        names = {path: self.project.relative(path) for path in self.waiting}
        own = {path for path in self.waiting if is_own(self.project, self.pages, path)}
        digests = {path: digest_of(content) for path, content in self.waiting.items()}
        both = {
            names[path]: f"{self.pages[names[path]]} {digest}" if path in own else digest
            for path, digest in digests.items()
        }
        enter_pages(self.project, {**self.adopted, **both})
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
        # What failed is entered as it was, or with both: then the page is as it was or as it was to be.
        enter_pages(self.project, written)
