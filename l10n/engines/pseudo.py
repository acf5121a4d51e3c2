"""Pseudo-translation: accented, bracketed source text that shows what is translatable; for tests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.engines import ANY, Marked, MarkedDraft, Pair, Settings, Span
from l10n.model import Draft

_PLAIN = "AaCcDdEeGgHhIiJjKkLlNnOoRrSsTtUuWwYyZz"
_MARKED = "ÁáÇçĎďÉéĜĝĤĥÍíĴĵĶķĻļÑñÓóŔŕŠšŤťÚúŴŵÝýŽž"
_ACCENTS = str.maketrans(_PLAIN, _MARKED)

_VERBATIM = re.compile(r"(?<!\w)\w+://\S+|(?<!\S)\S+@\S+|\{\w*\}|%\(\w+\)[sd]|%[sd]")
"""What no translator may change stays as it is even here."""


class PseudoEngine:
    """Turns “The new library” into “[Ťĥé ñéŵ ļíbŕáŕý]”."""

    name = "pseudo"

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or {}

    def pairs(self) -> frozenset[Pair]:
        """Return any pair."""
        return frozenset({(ANY, ANY)})

    def version(self, source: str, target: str) -> str:
        """Return the version of the alphabet."""
        return "1"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Accent and bracket each text."""
        return [Draft(f"[{_accent(text)}]" if text else "") for text in texts]

    def translate_marked(
        self, texts: Sequence[Marked], source: str, target: str
    ) -> list[MarkedDraft]:
        """Translate; a span moves by the opening bracket."""
        drafts = self.translate([marked.text for marked in texts], source, target)
        return [
            MarkedDraft(
                draft, tuple(Span(span.start + 1, span.end + 1) for span in marked.spans)
            )
            for marked, draft in zip(texts, drafts, strict=True)
        ]


def _accent(text: str) -> str:
    pieces, end = [], 0
    for match in _VERBATIM.finditer(text):
        pieces += [text[end : match.start()].translate(_ACCENTS), match.group()]
        end = match.end()
    return "".join([*pieces, text[end:].translate(_ACCENTS)])
