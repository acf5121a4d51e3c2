"""Texts with a translation by people, of several families: what drafts can be measured against.

A family is one project or publisher, a document one page or catalog of it. Whoever fits something leaves
out whole families to see what it is worth on text of others.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]


class Sample(NamedTuple):
    """A text in English, and what a person wrote for it in Spanish, or the other way round."""

    family: str
    document: str
    english: str
    spanish: str


def data() -> Path:
    """Return the folder of third-party data, or stop."""
    folder = os.environ.get("L10N_DATA")
    if not folder:
        sys.exit("L10N_DATA names no folder of data: nothing measured")
    return Path(folder)


def samples(*, catalog_entries: int = 6000) -> list[Sample]:
    """Return the texts of every family, each pair once; of the large family every n-th entry."""
    chosen: dict[tuple[str, str], Sample] = {}
    python = list(_readable(python_docs()))
    step = max(1, len(python) // catalog_entries)
    for sample in [*_readable(small_families()), *python[::step]]:
        chosen.setdefault((sample.english, sample.spanish), sample)
    return list(chosen.values())


def small_families() -> Iterator[Sample]:
    """Yield the texts of all families but the Python documentation."""
    yield from pud()
    yield from beads("react", "react-real")
    yield from beads("xquad", "xquad/xquad-light", "xquad/xquad-noisy", "xquad/xquad-moved")
    yield from sites()
    yield from own_catalogs()


_MARKUP = re.compile(
    r"``|:\w+:`|\|\w|`_|\*\*|<[a-z]+\d|&[a-z]+;|%[(sd]|\{\w*\}|https?:|\w_\w|\(\)|[\\~^|]|--"
)


def _readable(texts: Iterable[Sample]) -> Iterator[Sample]:
    """Leave out what is not plain text, not translated, or no text of two languages at all."""
    for sample in texts:
        both = f"{sample.english} {sample.spanish}"
        words = len(sample.english.split())
        if (
            _MARKUP.search(both)
            or "`" in both
            or "*" in both
            or sample.english == sample.spanish
        ):
            continue
        if 1 <= words <= 80 and re.search(r"[^\W\d_]{2}", sample.english):
            yield Sample(*(re.sub(r"\s+", " ", field).strip() for field in sample))


def pud() -> Iterator[Sample]:
    """Yield the sentences of PUD; every paragraph counts as a document."""
    lines = [
        (data() / "segment" / name).read_text(encoding="utf-8").splitlines()
        for name in ("en_pud.tsv", "es_pud.tsv")
    ]
    for number, (english, spanish) in enumerate(zip(*lines, strict=True)):
        for pair in zip(english.split("\t"), spanish.split("\t"), strict=True):
            yield Sample("pud", f"pud {number}", *pair)


def beads(family: str, *folders: str) -> Iterator[Sample]:
    """Yield one-to-one beads of alignments with gold."""
    for folder in (
        child for name in folders for child in sorted((data() / "align" / name).iterdir())
    ):
        if not (folder / "gold.txt").is_file():
            continue
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        source, target = (
            (folder / name).read_text(encoding="utf-8").split("\n")
            for name in ("src.txt", "tgt.txt")
        )
        for line in (folder / "gold.txt").read_text(encoding="utf-8").splitlines():
            if match := re.fullmatch(r"\[(\d+)\]:\[(\d+)\].*", line):
                texts = (source[int(match[1])], target[int(match[2])])
                is_english = meta["src_lang"].startswith("en")
                yield Sample(
                    family, f"{family} {folder.name}", *(texts if is_english else texts[::-1])
                )


def sites() -> Iterator[Sample]:
    """Yield units of real pages, paired with `l10n align`; those it is sure of."""
    for site in sorted(child for child in (data() / "sites").iterdir() if child.is_dir()):
        for english in sorted(path for path in site.rglob("*") if path.is_file()):
            spanish = _translation(english, site)
            if spanish is not None:
                yield from _aligned(f"{site.name.partition('-')[2]}", english, spanish)


def _translation(english: Path, site: Path) -> Path | None:
    path = str(english.relative_to(site))
    for old, new in (("/en/", "/es/"), (".en.", ".es."), ("_articles/", "_articles/es/")):
        if old in path and "/es/" not in path:
            other = site / path.replace(old, new, 1)
            if other.is_file():
                return other
    return None


def _aligned(family: str, english: Path, spanish: Path) -> Iterator[Sample]:
    with tempfile.TemporaryDirectory() as folder:
        catalog = Path(folder) / "aligned.po"
        arguments = [english, spanish, "-o", catalog, "--from", "en", "--to", "es"]
        program = Path(sys.executable).with_name("l10n")
        subprocess.run([program, "align", *arguments], capture_output=True, check=False)
        if catalog.is_file():
            for source, target, score in _entries(catalog):
                if score >= 0.9:
                    yield Sample(
                        family, f"{family} {english.stem} {english.parent.name}", source, target
                    )


def _entries(catalog: Path) -> Iterator[tuple[str, str, float]]:
    """Yield msgid, msgstr and the score of alignment of a catalog's entries; 1 for those that have none."""
    from l10n.catalog import Catalog

    for entry in Catalog.load(catalog).entries:
        score = entry.stamp.field("aligned") if entry.stamp else None
        if entry.msgstr and entry.msgid and entry.msgid_plural is None:
            yield entry.msgid, entry.msgstr, float(score or 1)


def own_catalogs() -> Iterator[Sample]:
    """Yield what the project itself has in two languages: its interface and its sample newsroom."""
    for path in sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po")):
        spanish = path.parts[-3].startswith("es")
        family = "interface" if path.stem == "l10n" else "newsroom"
        for source, target, score in _entries(path):
            texts = (source, target) if spanish else (target, source)
            if score >= 0.9:
                yield Sample(family, f"{family} {path.stem}", *texts)


def python_docs() -> Iterator[Sample]:
    """Yield finished entries of the Python documentation."""
    import polib

    with tarfile.open(data() / "po" / "python-docs-es.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".po") else None
            if file is None:
                continue
            for entry in polib.pofile(file.read().decode()):
                if entry.msgstr and not entry.fuzzy and not entry.obsolete:
                    yield Sample("python", f"python {member.name}", entry.msgid, entry.msgstr)
