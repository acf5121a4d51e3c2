"""Sentence boundaries: F1 on Universal Dependencies, hard cases, characters a second.

`L10N_DATA=DIR python tests/benchmarks/bench_segment.py`; the folder holds segment/*.tsv.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from l10n.text.sentences import split_sentences

Split = Callable[[str, str], Sequence[str]]
_NAIVE = re.compile(r"(?<=[.!?…])\s+(?=[^\W_a-záéíóúñü])")


def naive(text: str, _locale: str) -> Sequence[str]:
    """Cut behind every terminator before a capital letter or a digit: the peer to beat."""
    starts = [0, *(match.end() for match in _NAIVE.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(starts)]


def main() -> None:
    """Print the figures of both splitters."""
    folder = Path(os.environ.get("L10N_DATA", ".")) / "segment"
    if not folder.is_dir():
        sys.exit("set L10N_DATA to the folder that holds segment/")
    print("| splitter | es PUD F1 | en PUD F1 | hard cases | million characters a second |")
    print("|---|---|---|---|---|")
    for name, split in (("naive", naive), ("l10n", split_sentences)):
        scores = [
            f"{f1(folder / f'{locale}_pud.tsv', locale, split):.2f}" for locale in ("es", "en")
        ]
        right, total = hard_cases(folder / "hard_cases.tsv", split)
        print(
            f"| {name} | {' | '.join(scores)} | {right}/{total} | {speed(folder, split):.1f} |"
        )


def f1(path: Path, locale: str, split: Split) -> float:
    """Give the F1 of interior boundaries, in percent."""
    right = found = gold = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        sentences = line.split("\t")
        expected = _borders([f"{sentence} " for sentence in sentences])
        got = _borders(split(" ".join(sentences), locale))
        right += len(expected & got)
        found += len(got)
        gold += len(expected)
    return 200 * right / (found + gold)


def _borders(sentences: Sequence[str]) -> set[int]:
    ends, at = set(), 0
    for sentence in sentences[:-1]:
        at += len(sentence)
        ends.add(at)
    return ends


def hard_cases(path: Path, split: Split) -> tuple[int, int]:
    """Give how many hard cases are cut exactly right, and how many there are."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line[:3]]
    right = 0
    for line in lines:
        locale, text = line.split("\t")
        sentences = text.split(" | ")
        right += [found.strip() for found in split(" ".join(sentences), locale)] == sentences
    return right, len(lines)


def speed(folder: Path, split: Split) -> float:
    """Give million characters a CPU second over one long Spanish text."""
    text = (folder / "es_pud.tsv").read_text(encoding="utf-8").replace("\t", " ").replace(
        "\n", " "
    ) * 20
    start = time.process_time()
    split(text, "es")
    return len(text) / (time.process_time() - start) / 1e6


if __name__ == "__main__":
    main()
