"""What memory and glossary answer, waited for: the line-by-line reviewer has nothing to draw meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from l10n.model import Origin
from l10n.review.concordance import Hit, Span, hits_of
from l10n.review.lookup import Lookup, LookUpContext
from l10n.review.repair import lacking_placeholders
from l10n.review.session import Session
from l10n.review.writing import Suggestion
from l10n.text.markup import escape, plain

_SECONDS = 30.0
"""To wait for an answer: the first one loads memory and glossary."""
_MOST = 9


class Answers:
    """Asks the look-up process; EngineError when nothing answers. Ends it with the `with` block."""

    def __init__(self, context: LookUpContext) -> None:
        self._lookup = Lookup(context, timeout=_SECONDS)
        self._runner = asyncio.Runner()
        self._has_project = bool(context.project)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._runner.run(self._lookup.close())
        self._runner.close()

    def suggestions(self, session: Session) -> list[Suggestion]:
        """Return the memory's matches for the unit, best first, nothing twice."""
        texts: dict[str, Suggestion] = {}
        for match in self._ask("search", text=session.source).get("matches", ()):
            percent = str(min(100, match["percent"]))
            suggestion = Suggestion(match["target"], Origin.TM, {"tm": percent})
            texts.setdefault(suggestion.text, suggestion)
        return list(texts.values())[:_MOST]

    def terms(self, source: str) -> Sequence[tuple[str, str]]:
        """Return the glossary's terms in a source, and what they may be translated as."""
        if not self._has_project:
            return []
        terms = self._ask("terms", text=source).get("terms", ())
        return list(
            dict.fromkeys(
                (term["source_term"], " / ".join(term["target_terms"])) for term in terms
            )
        )

    def concordance(self, words: str) -> list[Hit]:
        """Return earlier translations with the words, nothing twice."""
        return hits_of(self._ask("concordance", text=words) or {"hits": ()})

    def placeables(self, session: Session) -> list[str]:
        """Return what the source has and the translation lacks: tags, terms, numbers, names, addresses, in its order."""
        source, text = session.source, session.text
        answer = self._ask("placeables", text=source).get("placeables", ())
        words = [placeable["text"] for placeable in answer]
        folded = plain(text).casefold()
        return [
            *lacking_placeholders(source, text),
            *(escape(word) for word in dict.fromkeys(words) if word.casefold() not in folded),
        ]

    def _ask(self, operation: str, **fields: str) -> Mapping[str, Any]:
        return self._runner.run(self._lookup.ask(operation, **fields)) or {}


def in_brackets(hit: Hit) -> str:
    """Return a hit as a line, the words in brackets."""
    source = _bracketed(hit.source, hit.source_spans)
    return f"{source} → {_bracketed(hit.target, hit.target_spans)}"


def _bracketed(text: str, spans: Sequence[Span]) -> str:
    """Return a text with brackets around what is marked in it."""
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text
