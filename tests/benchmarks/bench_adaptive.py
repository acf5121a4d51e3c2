"""What lessons are worth: drafts of unseen catalogs, corrected by what some reviewed entries have taught.

    L10N_DATA=… python tests/benchmarks/bench_adaptive.py draft FILE.jsonl [SOURCE TARGET [ENTRIES]]
    python tests/benchmarks/bench_adaptive.py catalogs FILE.jsonl ES.po…
    python tests/benchmarks/bench_adaptive.py static FILE.jsonl [300 1000 …]
    python tests/benchmarks/bench_adaptive.py live FILE.jsonl [ENTRIES]
    python tests/benchmarks/bench_adaptive.py foreign FILE.jsonl OTHER.jsonl [ENTRIES]
    python tests/benchmarks/bench_adaptive.py own OTHER.jsonl FAMILY
    python tests/benchmarks/bench_adaptive.py small OTHER.jsonl
    python tests/benchmarks/bench_adaptive.py confidence FILE.jsonl [ENTRIES [ESTIMATOR.tsv]]

`draft` has Apertium draft every entry of the Python documentation once, which takes long, so that all else reads the
file; `small` does so for the texts of other families, `catalogs` for those of any project, page by page (a catalog in
Spanish whose entries name their pages, as the user guides of GNOME do). Documents are catalogs: the first 60 of a fixed order are
measured, the next 40 are there to tune on, the rest teaches, and no source that is measured teaches. A reference
is a translation by people made without these drafts, no post-edit. `confidence` measures how well the order of
corrected drafts tells the light edits among them; the estimator that is shipped has seen some of these documents, so
it takes one that has not, or none. Measured are plain sentences of 5 to 80
words; a draft counts as light, better or worse by its translation edit rate (`l10n.drafting.measures`).
"""

from __future__ import annotations

import html
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import polib
from parallel_texts import Sample, beads, data, pud, python_docs

from l10n.drafting.estimator import parse_estimator
from l10n.drafting.lessons.evidence import evidence_of
from l10n.drafting.lessons.fitting import Example, base_score
from l10n.drafting.lessons.learning import Teacher, learn, learn_all
from l10n.drafting.lessons.lessons import Learnt, Lessons
from l10n.drafting.lessons.review import Review
from l10n.drafting.lessons.trial import facing_of, try_apart
from l10n.drafting.measures import LIGHT, edit_rate, nearness
from l10n.drafting.units import engine_drafts
from l10n.engines import load_engine
from l10n.languages import language_of
from l10n.text import markup
from l10n.text.edits import Edit, apply
from l10n.text.sentences import split_sentences

TESTED, TUNED = 60, 40
"""Documents that are measured, and those that are kept for tuning."""
MOST = 500
"""Sentences that are measured."""

Row = dict[str, Any]

_RST = re.compile(
    r"``[^`]+``|:[\w:+.-]+:`[^`]+`|`[^`]+`_{0,2}|\|[\w-]+\||(?<![\w*])\*\*?[^*\s][^*]*\*\*?(?!\w)"
    r"|%\(\w+\)[sd]"
)


def draft(file: str, source: str = "en", target: str = "es", entries: str = "100000") -> None:
    """Draft the Python documentation, document by document in a fixed order, one line of JSON each."""
    rows = []
    for sample in python_docs():
        texts = _facing(sample)
        if texts is not None:
            rows.append((sample.document, *(texts if source == "en" else texts[::-1])))
    documents = sorted({document for document, _text, _translation in rows})
    random.Random(7).shuffle(documents)
    rank = {document: place for place, document in enumerate(documents)}
    rows = list({row[1]: row for row in sorted(rows, key=lambda row: rank[row[0]])}.values())
    _write(file, rows[: int(entries)], (source, target))


def small(file: str) -> None:
    """Draft texts of other families, English to Spanish."""
    samples = [*pud(), *beads("react", "react-real")]
    rows = [
        (f"{sample.family}:{sample.document}", *map(markup.escape, sample[2:]))
        for sample in samples
    ]
    _write(file, rows, ("en", "es"))


def catalogs(file: str, *paths: str) -> None:
    """Draft the entries of catalogs in Spanish, tags left out; a document is the page that an entry names first."""
    rows: dict[str, tuple[str, str, str]] = {}
    for path in paths:
        for entry in polib.pofile(path):
            texts = [_without_tags(text) for text in (entry.msgid, entry.msgstr)]
            is_credit = "path: credit" in (entry.comment or "")
            if (
                entry.translated()
                and entry.occurrences
                and texts[0] != texts[1]
                and not is_credit
            ):
                rows.setdefault(texts[0], (entry.occurrences[0][0], *map(markup.escape, texts)))
    documents = sorted({document for document, _text, _translation in rows.values()})
    random.Random(7).shuffle(documents)
    rank = {document: place for place, document in enumerate(documents)}
    _write(file, sorted(rows.values(), key=lambda row: rank[row[0]]), ("en", "es"))


def _without_tags(text: str) -> str:
    return " ".join(html.unescape(re.sub("</?[A-Za-z][^>]*>", "", text)).split())


def _write(file: str, rows: Sequence[tuple[str, str, str]], pair: tuple[str, str]) -> None:
    engine = load_engine("apertium")
    with Path(file).open("w", encoding="utf-8") as out:
        for first in range(0, len(rows), 400):
            batch = rows[first : first + 400]
            drafts = engine_drafts([text for _document, text, _other in batch], engine, *pair)
            for (document, text, other), made in zip(batch, drafts, strict=True):
                row = {"pair": pair, "doc": document, "s": text, "d": made, "r": other}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _facing(sample: Sample) -> tuple[str, str] | None:
    """Return both texts with placeholders for their markup, or None where they have not the same."""
    marks = [_RST.findall(text) for text in sample[2:]]
    if sorted(marks[0]) != sorted(marks[1]) or len(sample.english.split()) > 200:
        return None
    number = {mark: place for place, mark in enumerate(dict.fromkeys(marks[0]), 1)}
    if len(number) != len(marks[0]):
        return None

    def written(text: str) -> str:
        end, parts = 0, []
        for match in _RST.finditer(text):
            parts += [markup.escape(text[end : match.start()]), f"<code{number[match[0]]}/>"]
            end = match.end()
        return re.sub(r"\s+", " ", "".join([*parts, markup.escape(text[end:])])).strip()

    return written(sample.english), written(sample.spanish)


class Documents:
    """The rows of a file: what teaches, and what is measured."""

    def __init__(self, file: str) -> None:
        with Path(file).open(encoding="utf-8") as lines:
            self.rows: list[Row] = [row for row in map(json.loads, lines) if row["d"]]
        self.pair = tuple(self.rows[0].get("pair", ("en", "es")))
        self.names = list(dict.fromkeys(row["doc"] for row in self.rows))

    def teaching(self, entries: int) -> list[Review]:
        """Return the first entries of the documents that teach."""
        kept = set(self.names[: TESTED + TUNED])
        rows = (row for row in self.rows if row["doc"] not in kept)
        return [review_of(row) for row in islice(rows, entries)]

    def measured(self) -> list[Row]:
        """Return sentences of the documents that are measured."""
        kept = set(self.names[:TESTED])
        rows = [row for row in self.rows if row["doc"] in kept and is_plain(row)]
        random.Random(2).shuffle(rows)
        return rows[:MOST]


def review_of(row: Row) -> Review:
    """Return a row as a review."""
    return Review(row["doc"], row["s"], row["d"], row["r"])


def is_plain(row: Row) -> bool:
    """Whether a row is a sentence without markup."""
    return "<" not in row["s"] and 5 <= len(row["s"].split()) <= 80


def corrected(lessons: Lessons, row: Row) -> str:
    """Return the draft of a row as lessons correct it."""
    pair = lessons.pair
    source, text = markup.plain(row["s"]), markup.plain(row["d"])
    sources, drafts = split_sentences(source, pair[0]), split_sentences(text, pair[1])
    if len(sources) != len(drafts):
        sources = [source] * len(drafts)
    return "".join(
        apply(
            draft_text,
            [Edit(c.start, c.end, c.text) for c in lessons.correct(source_text, draft_text)],
        ).text
        for source_text, draft_text in zip(sources, drafts, strict=True)
    )


def report(name: str, rows: Sequence[Row], texts: Sequence[str], target: str) -> None:
    """Print how near texts come to the references, beside the engine's drafts."""
    plain, references = ([markup.plain(row[field]) for row in rows] for field in ("d", "r"))
    before = [edit_rate(*pair) for pair in zip(plain, references, strict=True)]
    after = [edit_rate(*pair) for pair in zip(texts, references, strict=True)]
    old, new = nearness(plain, references), nearness(texts, references)
    better = sum(b > a for b, a in zip(before, after, strict=True)) / len(rows)
    worse = sum(b < a for b, a in zip(before, after, strict=True)) / len(rows)
    print(
        f"{name:24} {len(rows):4} sentences  chrF {old.chrf:.1f} -> {new.chrf:.1f} ({new.chrf - old.chrf:+.1f})"
        f"  TER {100 * old.ter:.1f} -> {100 * new.ter:.1f}  light {100 * old.light:.1f} -> {100 * new.light:.1f} %"
        f"  better {100 * better:.0f} %  worse {100 * worse:.1f} %  {safety(plain, texts, target)}",
        flush=True,
    )


def safety(before: Iterable[str], after: Iterable[str], target: str) -> str:
    """Count numbers and marks that changed, and denials."""
    locked = re.compile(r"\d+|[\"“”«»()\[\]{}]")
    negation = language_of(target).negation
    denies = re.compile(negation.denies) if negation else re.compile("(?!)")
    changed = denied = 0
    for old, new in zip(before, after, strict=True):
        changed += locked.findall(old) != locked.findall(new)
        denied += len(denies.findall(old)) != len(denies.findall(new))
    return f"locked changed {changed}, denials changed {denied}"


def static(file: str, *sizes: str) -> None:
    """Measure memories of some sizes on documents that taught nothing."""
    documents = Documents(file)
    rows = documents.measured()
    for size in map(int, sizes or ("300", "1000", "5000")):
        learnt = _learnt(documents.teaching(size), documents.pair)
        lessons = Lessons(learnt, *documents.pair, domain="")
        begun = time.process_time()
        texts = [corrected(lessons, row) for row in rows]
        spent = 1000 * (time.process_time() - begun) / len(rows)
        report(f"{size} entries", rows, texts, documents.pair[1])
        print(
            f"    {spent:.1f} ms a sentence; level {[trial.level for trial in learnt.trials]}"
        )


def _learnt(reviews: Sequence[Review], pair: Sequence[str]) -> Learnt:
    begun = time.process_time()
    learnt = learn(reviews, *pair)
    spent = time.process_time() - begun
    size = sum(map(len, learnt.packed().values())) / 1e6
    begun = time.process_time()
    Lessons(Learnt.unpacked(learnt.packed()), *pair)
    loaded = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"    {len(reviews)} entries learnt in {spent:.1f} s, {size:.1f} MB, packed and loaded in {loaded:.2f} s,"
        f" peak of the process {peak:.0f} MB"
    )
    return learnt


def live(file: str, entries: str = "300") -> None:
    """Measure articles of 40 to 56 sentences in their order, each review being learnt at once; the second half counts."""
    documents = Documents(file)
    learnt = (
        _learnt(documents.teaching(int(entries)), documents.pair) if int(entries) else Learnt()
    )
    halves: list[Row] = []
    static_texts: list[str] = []
    live_texts: list[str] = []
    lesson_times = []
    for name in documents.names[:TESTED]:
        rows = [row for row in documents.rows if row["doc"] == name and is_plain(row)]
        if not 40 <= len(rows) <= 56:
            continue
        still = Lessons(learnt, *documents.pair, domain="")
        lessons = Lessons(learnt, *documents.pair, domain="")
        teacher = Teacher(lessons)
        for place, row in enumerate(rows):
            if place >= len(rows) // 2:
                halves.append(row)
                static_texts.append(corrected(still, row))
                live_texts.append(corrected(lessons, row))
            begun = time.process_time()
            teacher.teach(review_of(row))
            lesson_times.append(time.process_time() - begun)
    report(f"static, {entries} entries", halves, static_texts, documents.pair[1])
    report(f"live, {entries} entries", halves, live_texts, documents.pair[1])
    print(f"    {1000 * sum(lesson_times) / len(lesson_times):.1f} ms a lesson")


def foreign(file: str, other: str, entries: str = "1000") -> None:
    """Measure a memory of the Python documentation on texts of other families, kept apart from it and not."""
    documents = Documents(file)
    learnt = _learnt(documents.teaching(int(entries)), documents.pair)
    rows = [row for row in Documents(other).rows if is_plain(row)]
    for family in sorted({row["doc"].partition(":")[0] for row in rows}):
        chosen = [row for row in rows if row["doc"].partition(":")[0] == family]
        random.Random(2).shuffle(chosen)
        chosen = chosen[:MOST]
        for name, domain in (("a domain of its own", family), ("the memory's domain", "")):
            lessons = Lessons(learnt, *documents.pair, domain=domain)
            texts = [corrected(lessons, row) for row in chosen]
            report(f"{family}, {entries} foreign, {name}", chosen, texts, "es")


def own(other: str, family: str) -> None:
    """Measure a family on what its other documents teach, in five parts of whole documents."""
    rows = [row for row in Documents(other).rows if row["doc"].partition(":")[0] == family]
    names = sorted({row["doc"] for row in rows})
    random.Random(5).shuffle(names)
    part = {name: place % 5 for place, name in enumerate(names)}
    measured: list[Row] = []
    texts: list[str] = []
    for number in range(5):
        taught = [review_of(row) for row in rows if part[row["doc"]] != number]
        lessons = Lessons(learn(taught, "en", "es"), "en", "es", domain="")
        mine = [row for row in rows if part[row["doc"]] == number and is_plain(row)]
        measured += mine
        texts += [corrected(lessons, row) for row in mine]
    report(f"{family}, own", measured, texts, "es")


def confidence(file: str, entries: str = "1000", estimator_file: str = "") -> None:
    """Measure the order of corrected drafts: the area under the curve for a light edit at most."""
    from bench_bands import area

    documents = Documents(file)
    rows, pair = documents.measured(), documents.pair
    reviews = documents.teaching(int(entries))
    text = Path(estimator_file).read_text(encoding="utf-8") if estimator_file else ""
    estimator = parse_estimator(text) if text else None
    apart = try_apart(reviews, *pair, lambda part: learn_all(part, *pair), estimator)
    learnt = replace(
        learn_all(reviews, *pair), trials=apart.trials, confidence=apart.confidence
    )
    if apart.confidence is None:
        sys.exit("too few reviews to tell")
    lessons = Lessons(learnt, *pair, domain="")
    usual: list[float] = []
    fitted: list[float] = []
    light: list[bool] = []
    for row in rows:
        sides = facing_of(review_of(row), pair)
        if not sides:
            continue
        texts, parts = [], []
        for sentence in sides:
            changes = lessons.correct(sentence.source, sentence.draft, atoms=sentence.atoms)
            edits = [Edit(change.start, change.end, change.text) for change in changes]
            texts.append(apply(sentence.draft, edits).text)
            parts.append(evidence_of(lessons, *sentence, changes))
        plain = " ".join(texts)
        reference = markup.plain(row["r"])
        example = Example(markup.plain(row["s"]), plain, reference, parts)
        usual.append(base_score(example, pair, estimator))
        fitted.append(apart.confidence.score(parts, usual[-1]))
        light.append(edit_rate(plain, reference) <= LIGHT)
    print(
        f"{entries} entries, {len(light)} drafts, light {100 * sum(light) / len(light):.1f} %:"
        f" AUC {area(fitted, light):.3f}"
        + (f", of the estimator alone {area(usual, light):.3f}" if estimator else "")
    )


if __name__ == "__main__":
    if sys.argv[1] in {"draft", "small"}:
        data()
    {
        "draft": draft,
        "small": small,
        "catalogs": catalogs,
        "static": static,
        "live": live,
        "foreign": foreign,
        "own": own,
        "confidence": confidence,
    }[sys.argv[1]](*sys.argv[2:])
