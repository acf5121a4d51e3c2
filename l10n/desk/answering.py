"""Taking answers of other tools into the catalogs that they are for."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from l10n.catalog import Catalog, change_catalog
from l10n.catalog.header import bcp47
from l10n.errors import L10nError, UsageError
from l10n.exchange.answers import Acceptance, Change, Effect, find_misread, take_in
from l10n.exchange.inline import words
from l10n.exchange.messages import AnsweredFile, texts_of
from l10n.interface import gettext as _
from l10n.languages import primary
from l10n.project import Project

_SHOWN = 60
"""Characters of a text that a message shows."""
_ENOUGH = 0.5
"""Share of the answers that must be to texts of a catalog that their file does not name."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What the answers for one catalog did to it."""

    answer: Path
    catalog: Path
    changes: tuple[Change, ...]

    def count(self, effect: Effect) -> int:
        """Return how many answers had an effect."""
        return sum(change.effect is effect for change in self.changes)

    @property
    def has_findings(self) -> bool:
        """Whether anything of it could not be taken in as its translator meant it."""
        return any(change.effect in FINDINGS for change in self.changes)

    @property
    def says_more(self) -> bool:
        """Whether something stands in the answers that the catalog lacks."""
        return any(change.effect is not Effect.SAME or change.noted for change in self.changes)


FINDINGS = frozenset(
    {Effect.KEPT, Effect.UNKNOWN, Effect.BROKEN, Effect.REFUSED, Effect.CLASHING}
)
"""Effects that somebody should look at."""


def take_answers(
    answered: Sequence[tuple[Path, AnsweredFile, Path]],
    acceptance: Acceptance,
    *,
    dry_run: bool,
) -> Iterator[TakenIn]:
    """Take in what came back, each from a file and for a catalog, and yield what it did; a dry run writes nothing."""
    for path, file, catalog in answered:
        take = partial(_take_in, path, file, acceptance)
        changes = (
            take(Catalog.load(catalog))
            if dry_run
            else change_catalog(partial(Catalog.load, catalog), take)
        )
        yield TakenIn(path, catalog, changes)


def refuse_untaken(
    outputs: Sequence[Path],
    take_in_dry: Callable[[Sequence[Path], Acceptance], Iterable[TakenIn]],
    command: str,
) -> None:
    """Raise UsageError where a file to be written over holds an answer that no catalog has, or is no answer at all.

    What leaves and what comes back have one name. `command` is the one that takes such a file in.
    """
    existing = [path for path in outputs if path.is_file() and path.stat().st_size]
    if not existing:
        return
    try:
        # *Final* counts as an answer too, whoever says it.
        results = list(take_in_dry(existing, Acceptance(by=command)))
    except L10nError as error:
        path = error.path if error.path in existing else existing[0]
        message = _("is there already, and cannot be taken in: {reason}")
        raise UsageError(
            message.format(reason=error.message),
            path=path,
            hint=_("name another file, or --replace"),
        ) from error
    for result in results:
        if result.says_more:
            path = next(path for path in existing if result.answer.is_relative_to(path))
            message = _("holds answers that the catalogs lack")
            hint = _("{command} takes them in, --replace writes over them").format(
                command=f"{command} {shlex.quote(str(path))}"
            )
            raise UsageError(message, path=path, hint=hint)


def _take_in(
    path: Path, file: AnsweredFile, acceptance: Acceptance, catalog: Catalog
) -> tuple[Change, ...]:
    if not acceptance.replace and (misread := find_misread(catalog, file.answers)):
        answer, text = misread
        message = _(
            "was read in another encoding than it was saved in: {wrong} stands for {text}"
        )
        raise L10nError(
            message.format(wrong=_shortened(words(answer.target)), text=_shortened(text)),
            path=path,
            line=answer.line,
            hint=_("save it as UTF-8, or --replace where it is right"),
        )
    return take_in(catalog, file.answers, acceptance)


def _shortened(text: str) -> str:
    return f"“{text[:_SHOWN]}”"


class Catalogs:
    """The catalogs that answers may be for."""

    def __init__(self, paths: Sequence[Path] | None, project: Project | None) -> None:
        if paths is None:
            paths = (project or Project.find()).catalogs()
        self._paths = paths
        self._loaded: dict[Path, Catalog] = {}

    def find(self, file: AnsweredFile, path: Path) -> Path:
        """Return the catalog of the article that an exchange file names, or else of its texts."""
        candidates = [
            catalog for catalog in self._paths if self._is_into(catalog, file.target_locale)
        ]
        for catalog in candidates:
            if self._load(catalog).article == file.original:
                return catalog
        # A tool that named it otherwise has its texts all the same.
        shares = [(self._share(catalog, file), catalog) for catalog in candidates]
        share, catalog = max(shares, default=(0.0, Path()))
        if share >= _ENOUGH:
            return catalog
        message = _("no catalog into {locale} is of {article}").format(
            locale=file.target_locale or "?", article=file.original or "?"
        )
        hint = _("say which with --catalog PO")
        raise L10nError(message, path=path, line=file.line, hint=hint)

    def _is_into(self, path: Path, locale: str) -> bool:
        target = self._load(path).target_locale
        # A tool may write `es` for `es-MX`, or nothing.
        return not locale or not target or primary(target) == primary(bcp47(locale))

    def _share(self, path: Path, file: AnsweredFile) -> float:
        """Return which part of the answers is to texts of a catalog."""
        texts = texts_of(self._load(path))
        known = sum(words(answer.source) in texts for answer in file.answers)
        return known / max(1, len(file.answers))

    def _load(self, path: Path) -> Catalog:
        if path not in self._loaded:
            self._loaded[path] = Catalog.load(path)
        return self._loaded[path]
