"""Readers of what was counted of a language: under `[words]` common words, under `[17]` runs of letters of that weight."""

from __future__ import annotations

from collections.abc import Mapping


def words_of(name: str) -> frozenset[str]:
    """Return the common words of the file `NAME.txt`; none where it does not exist."""
    return frozenset(_sections(name).get("words", ()))


def weights_of(name: str) -> dict[str, int]:
    """Return the runs of letters of the file `NAME.txt`, a space at the ends of words, with their weights."""
    return {
        run.replace("_", " "): int(weight)
        for weight, runs in _sections(name).items()
        if weight.lstrip("-").isdecimal()
        for run in runs
    }


def _sections(name: str) -> Mapping[str, tuple[str, ...]]:
    from importlib.resources import files  # noqa: PLC0415 - brings archives along, and a warm check needs no table

    file = files(__name__).joinpath(f"{name}.txt")
    if not file.is_file():
        return {}
    sections = file.read_text(encoding="utf-8").split("[")[1:]
    parts = (section.partition("]") for section in sections)
    return {heading: tuple(content.split()) for heading, _bracket, content in parts}
