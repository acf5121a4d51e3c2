"""Speed and recall of the memory at 100,000 segments, or a million, beside brute force over the same texts.

    L10N_DATA=… python tests/benchmarks/bench_memory.py [SIZE] [QUERIES]

The texts are the sentences of python-docs-es and PUD, filled up to SIZE with sentences that mix the halves
of two of them. Queries are real ones edited the way people edit: words replaced, dropped, added and
inflected, numbers changed; every fourth is a short text of one to three words.
"""

from __future__ import annotations

import os
import random
import re
import statistics
import sys
import tarfile
import tempfile
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from l10n.catalog import Catalog
from l10n.errors import CatalogError
from l10n.memory import Memory, Translation
from l10n.memory.similarity import Shape
from l10n.text.sentences import split_sentences

MINIMUM = 70


def sentences(data: Path) -> list[str]:
    """Every English sentence of the catalogs and of PUD, once."""
    texts: dict[str, None] = {}
    with tarfile.open(data / "po" / "python-docs-es.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".po") else None
            if file is None:
                continue
            try:
                catalog = Catalog.parse(file.read())
            except CatalogError:
                continue
            for entry in catalog.entries:
                texts |= dict.fromkeys(s.strip() for s in split_sentences(entry.msgid, "en"))
    for line in (data / "segment" / "en_pud.tsv").read_text(encoding="utf-8").splitlines():
        texts |= dict.fromkeys(line.split("\t"))
    return [text for text in texts if text]


def filled(texts: list[str], size: int, chance: random.Random) -> list[str]:
    """Grow to a size with new sentences made of halves of two."""
    grown = dict.fromkeys(texts)
    long = [text.split() for text in texts if len(text.split()) > 5]
    while len(grown) < size:
        one, two = chance.choice(long), chance.choice(long)
        grown[" ".join(one[: len(one) // 2] + two[len(two) // 2 :])] = None
    return list(grown)[:size]


def edited(text: str, words: list[str], chance: random.Random) -> str:
    """Change about one word in eight, at least one."""
    pieces = text.split()
    for _ in range(max(1, len(pieces) // 8)):
        place = chance.randrange(len(pieces))
        kind = chance.choice(("replace", "drop", "add", "inflect", "inflect"))
        if kind == "replace" and len(pieces) > 3:
            pieces[place] = chance.choice(words)
        elif kind == "drop" and len(pieces) > 3:
            del pieces[place]
        elif kind == "add" and len(pieces) > 3:
            pieces.insert(place, chance.choice(words))
        else:
            ending = chance.choice(("s", "ed", "ing"))
            pieces[place] = re.sub(
                r"(\w{3,}?)(?:s|ed|ing)?(\W*)$", rf"\1{ending}\2", pieces[place]
            )
    return re.sub(r"\d+", lambda _n: str(chance.randrange(100)), " ".join(pieces))


def main() -> None:
    """Print build time, look-up times and recall."""
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    chance = random.Random(5)
    texts = filled(sentences(Path(os.environ["L10N_DATA"])), size, chance)
    words = sorted({word for text in texts[:5000] for word in text.split()})
    short = [text for text in texts if len(text.split()) <= 3 and len(text) > 4]
    queries = [
        edited(chance.choice(short if n % 4 == 0 else texts), words, chance)
        for n in range(count)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        start = time.process_time()
        with Memory.open(path) as memory:
            memory.add((Translation(text, text) for text in texts), "en", "es", origin="bench")
        print(
            f"build {time.process_time() - start:.1f} s CPU, {path.stat().st_size / 1e6:.0f} MB"
        )
        with Memory.open(path) as memory:
            compare(memory, texts, queries)
            look_words_up(memory, texts)


def compare(memory: Memory, texts: list[str], queries: list[str]) -> None:
    start = time.process_time()
    memory.search(queries[0], "en", "es", minimum=MINIMUM)
    print(f"first look-up {time.process_time() - start:.2f} s CPU")
    shapes = [Shape.of(text).text for text in texts]
    ours, brute, expected, found, shorts = [], [], 0, 0, [0, 0]
    for query in queries:
        start = time.process_time()
        matches = memory.search(query, "en", "es", minimum=MINIMUM - 12)
        ours.append(1000 * (time.process_time() - start))
        shape = Shape.of(query).text
        start = time.process_time()
        best = process.extractOne(shape, shapes, scorer=fuzz.ratio, score_cutoff=MINIMUM)
        brute.append(1000 * (time.process_time() - start))
        if best is None:
            continue
        hit = any(fuzz.ratio(shape, Shape.of(m.source).text) >= best[1] for m in matches)
        expected, found = expected + 1, found + hit
        if len(query.split()) <= 3:
            shorts = [shorts[0] + 1, shorts[1] + hit]
    for name, times in (("memory", ours), ("brute force", brute)):
        median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:12} median {median:.2f} ms, 95 % under {late:.2f} ms CPU")
    print(f"ratio {statistics.median(brute) / statistics.median(ours):.0f}")
    print(f"finds what brute force finds: {found}/{expected} = {found / expected:.4f}", end=" ")
    print(f"(texts of up to 3 words: {shorts[1]}/{shorts[0]})")


def look_words_up(memory: Memory, texts: list[str]) -> None:
    words = [word for text in texts[:4000:40] for word in text.split() if len(word) > 5][:100]
    pairs = [" ".join(text.split()[1:3]) for text in texts[:4000:40] if len(text.split()) > 3]
    for name, queries in (("one word", words), ("two words", pairs)):
        times = []
        for query in queries:
            start = time.process_time()
            memory.concordance(query, "en", "es")
            times.append(1000 * (time.process_time() - start))
        median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"concordance, {name}: median {median:.2f} ms, 95 % under {late:.2f} ms CPU")


if __name__ == "__main__":
    main()
