"""Comments of a page that say something to translators or to the reader of articles."""

from __future__ import annotations

import re
from collections.abc import Sequence

from l10n.articles.html.tokens import TokenKind, TokenTuple

NOTE = re.compile(r"<!--\s*(?:L10N|TRANSLATORS?|I18N)\s*:\s*(.*?)\s*-->", re.DOTALL)
"""A comment to translators."""
SWITCH = re.compile(r"<!--\s*l10n:(on|off)\s*-->", re.IGNORECASE)
"""A comment that switches translation off or on."""
PLACELESS = re.compile(
    r"<!--\s*(?:(?:L10N|TRANSLATORS?|I18N)\s*:|l10n:(?:on|off)\s*-->|-->)|<!-{2,3}>"
)
"""How comments begin that mean nothing where they stand: those above, and empty ones, which React puts between texts."""
_COMMENT = int(TokenKind.COMMENT)


def switched_on(
    source: str, tokens: Sequence[TokenTuple], index: int, boundary: int
) -> int | None:
    """Return the index of the comment after one and before a boundary that switches translation on again."""
    for other in range(index + 1, boundary):
        kind, _name, start, end = tokens[other]
        if kind == _COMMENT:
            switch = SWITCH.fullmatch(source, start, end)
            if switch and switch[1].lower() == "on":
                return other
    return None
