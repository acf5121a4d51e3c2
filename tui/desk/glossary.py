"""The lines of the glossary's window: terms that are found, and one that is added."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from textual.content import Content

from l10n.errors import L10nError
from l10n.interface import gettext as _
from l10n.languages.folding import fold_for_search
from l10n.project import Project
from l10n.review.judge import Judge

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from l10n.glossary import Glossary

_FINDS = 40
"""Terms that a search shows."""


class _Say(Protocol):
    def __call__(self, message: str, *, severity: SeverityLevel = ...) -> None: ...


class GlossaryLines:
    """Searches the glossary of a project, and adds to it."""

    def __init__(self, project: Project | None, judge: Judge, say: _Say) -> None:
        self._project = project
        self._judge = judge
        self._say = say

    async def find(self, text: str) -> list[Content]:
        """Return the terms that contain a text, or what stands before its `=`."""
        words = fold_for_search(text.partition("=")[0].strip())
        glossary = await asyncio.to_thread(self._load)
        return [
            Content.assemble(
                term.source_term,
                " → ",
                (term.target_term, "bold"),
                (f"  {term.note}", "$l10n-dim"),
            )
            for term in glossary.terms
            if words in fold_for_search(term.source_term)
            or words in fold_for_search(term.target_term)
        ][:_FINDS]

    def add(self, line: str) -> bool:
        """Add a line `term = translation`; False, and why it cannot be done, when it cannot."""
        from l10n.glossary import Term  # noqa: PLC0415 - loads slowly, rarely needed
        from l10n.review.terms import append_term  # noqa: PLC0415

        if self._project is None:
            self._say(
                _("There is no project here, so there is no glossary."), severity="warning"
            )
            return False
        source_term, _equals, translation = (part.strip() for part in line.partition("="))
        if not source_term or not translation:
            self._say(_("Write it like this: term = translation"), severity="warning")
            return False
        source, target = self._judge.source_locale, self._judge.target_locale
        try:
            append_term(
                self._project.glossary_path, Term(source, source_term, target, translation)
            )
        except (L10nError, OSError) as error:
            self._say(str(error), severity="error")
            return False
        self._say(
            _("Added: {term} → {translation}").format(term=source_term, translation=translation)
        )
        return True

    def _load(self) -> Glossary:
        from l10n.glossary import Glossary  # noqa: PLC0415 - loads slowly, rarely needed

        return Glossary.load(self._project.glossary_path) if self._project else Glossary()
