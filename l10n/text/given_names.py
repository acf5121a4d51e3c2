"""Frequent given names, and the sex they tell."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from l10n.languages.folding import fold_for_search


def is_given_name(word: str) -> bool:
    """Whether a word is a frequent given name."""
    return fold_for_search(word) in _given_names()


def sex_of(given_name: str) -> str:
    """Return `women` or `men` by a given name: by the table, else by a last letter; empty where neither tells."""
    folded = fold_for_search(given_name)
    return _given_names().get(folded) or {"a": "women", "o": "men"}.get(folded[-1:], "")


@cache
def _given_names() -> dict[str, str]:
    """Return every given name of the table, folded, with `women` or `men`; one that both have with neither."""
    sexes: dict[str, str] = {}
    sex = ""
    table = files("l10n.languages").joinpath("given_names.txt").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line.startswith("["):
            sex = line.strip("[]")
        elif not line.startswith("#"):
            for name in line.split():
                sexes[name] = sex if sexes.get(name, sex) == sex else ""
    return sexes
