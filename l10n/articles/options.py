"""What a project says about the reading of its articles."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.model import READ_AS_USUAL, Reading


@dataclass(frozen=True, slots=True)
class Options:
    """How an article is to be read, beyond its format; part of what a cache of units goes by."""

    front_matter: tuple[str, ...] = ()
    """Further keys of front matter that hold text for readers: `tagline`, `hero.tagline`, `actions[].text`."""
    reading: Reading = READ_AS_USUAL
    """The dialect of Markdown, and what depends on it."""


PLAIN = Options()
"""What holds where nothing is said."""
