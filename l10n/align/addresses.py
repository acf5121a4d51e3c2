"""Addresses without what only tells their language."""

from __future__ import annotations

import re
from functools import cache

from l10n.languages import known_languages
from l10n.text.markup import decode


@cache
def _locale_part() -> re.Pattern[str]:
    codes = "|".join(known_languages())
    return re.compile(
        rf"(?<=[/.=_-])(?:{codes})(?:-[a-z]{{2,3}})?(?=[/.&#?_-]|$)|(?<=//)(?:{codes})(?=\.)"
    )


def neutral_address(address: str) -> str:
    """Return an address without what only tells the language: `/es/`, `?lang=en`, `es.example.org`."""
    return _locale_part().sub("*", decode(address).strip().rstrip("/").casefold())
