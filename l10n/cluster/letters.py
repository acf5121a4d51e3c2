"""Groups of parts and their answers as bytes: each answer names the question, so that nonsense is told from it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable, Sequence
from typing import Any

from l10n.workers.convoy import Answers, answer


class NonsenseError(Exception):
    """A worker answered something else than what it was asked."""


def question(parts: Sequence[Any]) -> bytes:
    """Return parts as they are sent."""
    return pickle.dumps(tuple(parts), protocol=5)


def reply(work: Callable[[Any], Any], group: bytes) -> bytes:
    """Return the answers for parts as they are sent back."""
    answers = answer(work, pickle.loads(group))  # noqa: S301 - of the run that asks
    return pickle.dumps((_name_of(group), answers), protocol=5)


def answers_of(group: bytes, letter: object) -> Answers[Any]:
    """Return the answers that a letter holds; NonsenseError for one that answers another question, or none."""
    try:
        name, answers = pickle.loads(letter)  # type: ignore[arg-type]  # noqa: S301 - a cluster that the person named
    except Exception as error:
        # Whatever bytes may be, unpacking them raises anything.
        raise NonsenseError(type(error).__name__) from error
    if name != _name_of(group) or not isinstance(answers, Answers):
        raise NonsenseError(name)
    if len(answers.results) != len(pickle.loads(group)):  # noqa: S301 - our own
        raise NonsenseError(len(answers.results))
    return answers


def _name_of(group: bytes) -> bytes:
    return hashlib.blake2b(group, digest_size=12).digest()
