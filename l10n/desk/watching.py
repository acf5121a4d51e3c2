"""What a caller may hear of while a use case is at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from l10n.errors import L10nError

OnProblem = Callable[[L10nError], None]
"""Hears of what cannot be done, while the rest goes on; the report has it too."""
OnProgress = Callable[[int, int], None]
"""Hears how many are done of how many."""
Track = Callable[[str], AbstractContextManager[OnProgress]]
"""Begins to tell how far a piece of work is, by its label."""


def ignore(*_anything: Any) -> None:
    """Hear of something and do nothing."""


@contextmanager
def untracked(_label: str) -> Iterator[OnProgress]:
    """Tell nobody how far a piece of work is."""
    yield ignore
