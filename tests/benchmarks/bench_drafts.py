"""Quality, speed and markup of machine drafts, each beside its peer in one run.

    L10N_DATA=… python tests/benchmarks/bench_drafts.py quality|apertium|tags|bands
    L10N_DATA=… python tests/benchmarks/bench_drafts.py argos [SEGMENTS]
    python tests/benchmarks/bench_drafts.py start|same

`quality` gives chrF on the 1,000 PUD pairs for bare Apertium and for our drafts, and for our drafts with a
glossary and a memory made from the even pairs, measured on the odd ones. `argos` and `same` need an
environment of their own with argostranslate and all it asks for (stanza, torch); `argos` makes a model of random weights and real size.
"""

from __future__ import annotations

import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

MODELS = Path(__file__).resolve().parents[1] / "models"
Pairs = list[tuple[str, str]]

CAP = 30
"""Tokens that every arm of `argos` decodes for each text; news has 23 a segment in the mean."""


def data() -> Path:
    folder = os.environ.get("L10N_DATA")
    if not folder:
        sys.exit("L10N_DATA names no folder of data: nothing measured")
    return Path(folder)


def pud() -> Pairs:
    """The sentences of PUD, English and Spanish."""
    english, spanish = (
        [
            sentence
            for line in (data() / "segment" / name).read_text(encoding="utf-8").splitlines()
            for sentence in line.split("\t")
        ]
        for name in ("en_pud.tsv", "es_pud.tsv")
    )
    return list(zip(english, spanish, strict=True))


def chrf(drafts: Sequence[str], references: Sequence[str], *, order: int = 6) -> float:
    """Corpus chrF2 as Popović defines it and sacrebleu computes it, 0 to 100."""
    scores = []
    for size in range(1, order + 1):
        common = given = wanted = 0
        for draft, reference in zip(drafts, references, strict=True):
            one, two = (
                Counter(text[i : i + size] for i in range(len(text) - size + 1))
                for text in (re.sub(r"\s", "", draft), re.sub(r"\s", "", reference))
            )
            common += (one & two).total()
            given += one.total()
            wanted += two.total()
        if given and wanted:
            precision, recall = common / given, common / wanted
            total = 4 * precision + recall
            scores.append(5 * precision * recall / total if total else 0.0)
    return 100 * sum(scores) / len(scores)


def quality() -> None:
    """chrF of bare Apertium and of our drafts; then with glossary and memory."""
    from l10n.drafting.units import translate_units
    from l10n.engines import load_engine

    engine = load_engine("apertium")
    for source, target, pairs in both_directions():
        texts, references = [a for a, _ in pairs], [b for _, b in pairs]
        bare = bare_apertium(texts, source)
        ours = [draft.text for draft in translate_units(texts, engine, source, target)]
        print(
            f"{source}→{target}: bare Apertium {chrf(bare, references):.2f},"
            f" drafts {chrf(ours, references):.2f}, empty {ours.count('')}"
        )
        with_memory(engine, source, target, pairs)


def with_memory(engine: object, source: str, target: str, pairs: Pairs) -> None:
    """Learn a glossary from the even pairs and a memory of lightly edited odd ones; measure the odd ones.

    The memory holds what a newsroom's would: every fifth odd sentence as it was before a late edit, and
    the odd sentences' neighbours. The glossary holds word pairs that the even pairs make certain.
    """
    from l10n.catalog import Catalog
    from l10n.drafting.prefill import Tools, prefill
    from l10n.memory import Memory, Translation
    from l10n.model import Unit

    even, odd = pairs[::2], pairs[1::2]
    glossary = learnt_glossary(engine, source, target, even)
    chance = random.Random(7)
    pieces = [Translation(a, b, True) for a, b in even]
    pieces += [Translation(earlier(a, chance), b, True) for a, b in odd[::5]]
    with (
        tempfile.TemporaryDirectory() as folder,
        Memory.open(Path(folder) / "m.sqlite") as memory,
    ):
        memory.add(pieces, source, target, origin="bench")
        for name, tools in (
            ("alone", {}),
            ("with glossary", {"glossary": glossary}),
            ("with glossary and memory", {"glossary": glossary, "memory": memory}),
        ):
            catalog = Catalog.new(None, source=source, target=target, article="bench")
            catalog.merge([Unit(a) for a, _ in dict(odd).items()], article="bench")
            prefill([catalog], Tools(engine=engine, **tools))
            drafts = {entry.msgid: entry.msgstr for entry in catalog.entries}
            score = chrf([drafts[a] for a, _ in odd], [b for _, b in odd])
            print(f"    {len(odd)} odd sentences {name}: {score:.2f}")


def learnt_glossary(engine: object, source: str, target: str, pairs: Pairs) -> object:
    """Give a glossary of words whose translation the pairs make certain and the engine misses."""
    from l10n.glossary import Glossary, Term
    from l10n.languages.inflection import WORD

    seen: dict[str, list[int]] = {}
    words: list[set[str]] = [set(WORD.findall(b.lower())) for _, b in pairs]
    for number, (text, _) in enumerate(pairs):
        for word in set(WORD.findall(text.lower())):
            if len(word) > 4:
                seen.setdefault(word, []).append(number)
    common = Counter(word for each in words for word in each)
    terms = []
    for word, places in seen.items():
        if len(places) < 3:
            continue
        together = Counter(other for place in places for other in words[place])
        best, count = max(
            together.items(), key=lambda found: 2 * found[1] / (common[found[0]] + len(places))
        )
        if 2 * count / (common[best] + len(places)) > 0.8 and len(best) > 3:
            terms.append(Term(source, word, target, best))
    print(f"    glossary of {len(terms)} terms")
    return Glossary(terms)


def earlier(text: str, chance: random.Random) -> str:
    """Give a sentence as it may have been before a small edit."""
    words = text.split()
    if len(words) > 6:
        del words[chance.randrange(1, len(words) - 1)]
    return " ".join(words)


def both_directions() -> list[tuple[str, str, Pairs]]:
    pairs = pud()
    return [("en", "es", pairs), ("es", "en", [(b, a) for a, b in pairs])]


def bare_apertium(texts: Sequence[str], source: str) -> list[str]:
    """Run Apertium the way a shell user would: one call, HTML paragraphs, unknown words unmarked."""
    mode = {"en": "eng-spa", "es": "spa-eng"}[source]
    page = "".join(f'<p id="s{n}">{escaped(text)}</p>\n' for n, text in enumerate(texts))
    done = subprocess.run(
        ["apertium", "-u", "-f", "html", mode],
        input=page,
        capture_output=True,
        text=True,
        check=True,
    )
    found = re.findall(r'<p id="s\d+">(.*?)</p>', done.stdout, re.DOTALL)
    assert len(found) == len(texts)
    return [unescaped(text).strip() for text in found]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def apertium() -> None:
    """Speed of one batch, of one call for each segment, and of the open pipeline."""
    from l10n.engines.apertium import ApertiumEngine

    texts = [a for a, _ in pud()]
    engine = ApertiumEngine()
    batch = timed(lambda: engine.translate(texts, "en", "es")) / len(texts)
    few = texts[:12]
    single = timed(lambda: [bare_apertium([text], "en") for text in few]) / len(few)
    engine.translate(["Warm up."], "en", "es")
    waits = [
        timed(lambda text=text: engine.translate([text], "en", "es")) for text in texts[:200]
    ]
    print(f"one batch of {len(texts)}: {1 / batch:.0f} segments a second")
    print(f"one call for each: {1 / single:.1f} a second; ratio {single / batch:.0f}")
    print(
        f"open pipeline: median {1000 * statistics.median(waits):.1f} ms,"
        f" 95 % under {1000 * statistics.quantiles(waits, n=20)[-1]:.1f} ms"
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def tags() -> None:
    """2,000 random nested taggings of PUD sentences through each engine."""
    from l10n.drafting.units import translate_units
    from l10n.engines import load_engine
    from l10n.text import markup
    from l10n.text.markup import Severity

    chance = random.Random(11)
    texts = [a for a, _ in pud()][:250]
    msgids = list(dict.fromkeys(tagged(chance.choice(texts), chance) for _ in range(2000)))
    unpack_tiny_models()
    # The tiny model knows its own sentences only: its texts are two of these in a row.
    known = [
        line.split("\t")[0]
        for line in (MODELS / "sentences.tsv").read_text("utf-8").splitlines()
    ]
    own = [
        f"{one} {two}"
        for shift in (7, 19, 31, 43)
        for one, two in zip(known, known[shift:] + known[:shift], strict=True)
    ]
    others = msgids
    tiny = list(dict.fromkeys(tagged(chance.choice(own), chance) for _ in range(2000)))
    for name in ("apertium", "pseudo", "argos"):
        msgids = tiny if name == "argos" else others
        drafts = translate_units(msgids, load_engine(name), "en", "es")
        filled = [d for d in drafts if d.text]
        errors = sum(
            problem.severity is Severity.ERROR
            for msgid, draft in zip(msgids, drafts, strict=True)
            for problem in markup.validate(msgid, draft.text)
        )
        losses = Counter(
            problem.rule
            for msgid, draft in zip(msgids, drafts, strict=True)
            for problem in markup.validate(msgid, draft.text)
        )
        guessed = sum(draft.is_guessed for draft in filled)
        runs = sum("runs" in draft.verdict.reasons for draft in filled)
        print(
            f"{name}: {len(msgids)} taggings, {errors} placeholder errors,"
            f" {100 * len(filled) / len(msgids):.1f} % not empty,"
            f" {100 * guessed / max(1, len(filled)):.1f} % with a guess, {runs} by runs; {dict(losses)}"
        )
    right_words()


def right_words() -> None:
    """Spans on the right words, where these are known.

    The tiny models know phrases by heart, alone and inside of sentences: a tag around a phrase belongs
    around its translation. Apertium's gold are spans of PUD's English whose translation by Apertium alone
    stands word for word, and once, in the translation of the sentence.
    """
    from l10n.drafting.units import translate_units
    from l10n.engines import load_engine

    rows = [
        [tuple(line.split("\t")) for line in (MODELS / name).read_text("utf-8").splitlines()]
        for name in ("sentences.tsv", "phrases.tsv")
    ]
    for column, (source, target) in enumerate((("en", "es"), ("es", "en"))):
        gold = []
        for sentence in rows[0]:
            text, translation = sentence[column], sentence[1 - column]
            for phrase in rows[1]:
                inside, outside = phrase[column], phrase[1 - column]
                if text.count(inside) == 1 and translation.count(outside) == 1:
                    gold.append(
                        (
                            text.replace(inside, f"<a1>{inside}</a1>"),
                            translation.replace(outside, f"<a1>{outside}</a1>"),
                        )
                    )
        drafts = translate_units(
            [msgid for msgid, _ in gold], load_engine("argos"), source, target
        )
        right = sum(d.text == wanted for d, (_, wanted) in zip(drafts, gold, strict=True))
        print(f"argos {source}→{target}: {right}/{len(gold)} spans on the right words")
    engine = load_engine("apertium")
    chance = random.Random(2)
    for source, target, pairs in both_directions():
        texts = [text for text, _ in pairs if not re.search(r"[<&]", text)]
        spans = [span_of(text, chance) for text in texts]
        whole = engine.translate(texts, source, target)
        alone = engine.translate(
            [text[a:b] for text, (a, b) in zip(texts, spans, strict=True)], source, target
        )
        cases = [
            (f"{text[:a]}<a1>{text[a:b]}</a1>{text[b:]}", piece.text.strip(" .,"))
            for text, (a, b), full, piece in zip(texts, spans, whole, alone, strict=True)
            if piece.text.strip(" .,") and held_once(piece.text.strip(" .,"), full.text)
        ]
        drafts = translate_units([msgid for msgid, _ in cases], engine, source, target)
        right = sum(
            f"<a1>{wanted}</a1>".lower() in d.text.lower()
            for d, (_, wanted) in zip(drafts, cases, strict=True)
        )
        print(f"apertium {source}→{target}: {right}/{len(cases)} = {right / len(cases):.3f}")
        # The same cases without Apertium's own knowledge of where words went.
        plain = Plain(engine)
        drafts = translate_units([msgid for msgid, _ in cases], plain, source, target)
        right = sum(
            f"<a1>{wanted}</a1>".lower() in d.text.lower()
            for d, (_, wanted) in zip(drafts, cases, strict=True)
        )
        print(f"    found again by text alone: {right}/{len(cases)} = {right / len(cases):.3f}")


def held_once(words: str, text: str) -> bool:
    return len(re.findall(rf"\b{re.escape(words)}\b", text, re.IGNORECASE)) == 1


class Plain:
    """An engine that follows no spans, over one that does."""

    name = "plain"

    def __init__(self, engine: object) -> None:
        self.pairs, self.version, self.translate = (
            engine.pairs,
            engine.version,
            engine.translate,
        )


def span_of(text: str, chance: random.Random) -> tuple[int, int]:
    """Choose one to three words in a row, none of them a short one: function words have no fixed place."""
    words = [found.span() for found in re.finditer(r"\w+", text)]
    choices = [
        (words[first][0], words[first + size - 1][1])
        for size in (1, 2, 3)
        for first in range(1, len(words) - size + 1)
        if all(end - start > 3 for start, end in words[first : first + size])
    ]
    return chance.choice(choices) if choices else words[0]


def tagged(text: str, chance: random.Random) -> str:
    """Put random nested pairs and voids around and between the words of a sentence."""
    from l10n.text import markup

    words = [markup.escape(word) for word in text.split()]
    counts: Counter[str] = Counter()

    def name(tags: Sequence[str]) -> str:
        tag = chance.choice(tags)
        counts[tag] += 1
        return f"{tag}{counts[tag]}"

    middle = chance.randrange(len(words) + 1)
    pieces = [(0, middle), (middle, len(words))] if chance.random() < 0.5 else [(0, len(words))]
    for first, last in pieces:
        wrap_nested(words, first, last, chance.randrange(1, 4), name=name, chance=chance)
    if chance.random() < 0.3:
        words.insert(chance.randrange(len(words) + 1), f"<{name(('code', 'br', 'img'))}/>")
    return " ".join(words)


def wrap_nested(
    words: list[str],
    first: int,
    last: int,
    depth: int,
    *,
    name: Callable[[Sequence[str]], str],
    chance: random.Random,
) -> None:
    """Wrap a stretch and then, further inside, a stretch of it."""
    if depth == 0 or last <= first:
        return
    a = chance.randrange(first, last)
    b = chance.randrange(a + 1, last + 1)
    wrap_nested(words, a, b, depth - 1, name=name, chance=chance)
    token = name(("a", "em", "strong", "b", "span"))
    words[a] = f"<{token}>{words[a]}"
    words[b - 1] = f"{words[b - 1]}</{token}>"


def bands() -> None:
    """chrF of the drafts in each band: a band is believable when better bands are better."""
    from l10n.drafting.units import translate_units
    from l10n.engines import load_engine

    engine = load_engine("apertium")
    for source, target, pairs in both_directions():
        drafts = translate_units([a for a, _ in pairs], engine, source, target)
        for band in ("good", "fair", "poor"):
            chosen = [
                (draft.text, reference)
                for draft, (_, reference) in zip(drafts, pairs, strict=True)
                if draft.verdict.band == band and draft.text
            ]
            if chosen:
                score = chrf([a for a, _ in chosen], [b for _, b in chosen])
                print(f"{source}→{target} {band}: {len(chosen)} drafts, chrF {score:.2f}")


def unpack_tiny_models() -> None:
    folder = Path(tempfile.mkdtemp(prefix="l10n-bench-"))
    for archive in MODELS.glob("*.argosmodel"):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    os.environ["ARGOS_PACKAGES_DIR"] = str(folder)


def start() -> None:
    """Process time from nothing to the first draft of the tiny model, and of importing the command line."""
    unpack_tiny_models()
    code = (
        "import time\n"
        "from l10n.engines import load_engine\n"
        "load_engine('argos').translate(['The new library will open in March.'], 'en', 'es')\n"
        "print(time.process_time())"
    )
    for name, program in (
        ("first draft", code),
        ("l10n.cli", "import time, l10n.cli; print(time.process_time())"),
    ):
        times = [
            float(
                subprocess.run(
                    [sys.executable, "-c", program], capture_output=True, text=True, check=True
                ).stdout
            )
            for _ in range(5)
        ]
        print(f"{name}: median {statistics.median(times):.2f} s of process time (5 runs)")


def argos() -> None:
    """Throughput with a model of random weights and real size, three arms on the same segments."""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    work = Path(os.environ.get("L10N_BENCH", tempfile.gettempdir())) / "l10n-random-model"
    os.environ["ARGOS_PACKAGES_DIR"] = str(work)
    if not work.exists():
        random_package(work)
    import ctranslate2

    from l10n.engines import argos as engine_module
    from l10n.engines.argos import ArgosEngine, packages

    # Random weights never end a sentence: all arms decode every text up to the same limit.
    engine_module._LONGEST = CAP
    texts = news(count, packages.best_installed()["en", "es"].tokenizer())

    trusted = {packages.best_installed()["en", "es"].fingerprint(): None}
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "l10n"
    cache.mkdir(parents=True, exist_ok=True)
    # Random weights fail the trial, as they should: this benchmark measures time only.
    (cache / "argos-trials.json").write_text(json.dumps(trusted))
    engine = {beam: ArgosEngine({"beam": beam, "compute_type": "auto"}) for beam in (4, 2)}
    for each in engine.values():
        each.translate(["Warm up."], "en", "es")
    arms: dict[str, Callable[[], object]] = {
        "ours, beam 4": lambda: engine[4].translate(texts, "en", "es"),
        "ours, beam 2": lambda: engine[2].translate(texts, "en", "es"),
        "bare CTranslate2, all at once": bare_arm(work, texts, ctranslate2),
    }
    if count <= 400:
        arms["argostranslate.translate, one by one"] = argostranslate_arm(texts)
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in arms}
    order = list(arms) * int(os.environ.get("L10N_REPEATS", "1"))
    random.Random(1).shuffle(order)
    for name in order:
        wall, cpu = time.perf_counter(), time.process_time()
        arms[name]()
        print(name, file=sys.stderr, flush=True)
        figures[name].append((time.perf_counter() - wall, time.process_time() - cpu))
    base = figures.get("argostranslate.translate, one by one") or figures["ours, beam 4"]
    for name, runs in figures.items():
        wall, cpu = (min(run[i] for run in runs) for i in (0, 1))
        first = [min(run[i] for run in base) for i in (0, 1)]
        print(
            f"{name:38} {wall:6.1f} s wall, {cpu:6.1f} s CPU, {count / wall:5.1f} segments/s,"
            f" ratio {first[0] / wall:.2f} wall, {first[1] / cpu:.2f} CPU"
        )
    import resource

    lengths = [len(packages.best_installed()["en", "es"].tokenizer().encode(t)) for t in texts]
    print(f"{count} segments of {statistics.mean(lengths):.0f} tokens in the mean")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def same() -> None:
    """Compare our strings with argostranslate.translate's, sentence by sentence, for both tiny models."""
    unpack_tiny_models()
    # argostranslate's own choice rounds these small models to eight bits; ours runs a model as it was saved.
    os.environ["ARGOS_COMPUTE_TYPE"] = "default"
    import argostranslate.translate

    from l10n.engines.argos import ArgosEngine

    rows = [
        line.split("\t") for line in (MODELS / "sentences.tsv").read_text("utf-8").splitlines()
    ]
    for column, (source, target) in enumerate((("en", "es"), ("es", "en"))):
        texts = [row[column] for row in rows]
        translation = argostranslate.translate.get_translation_from_codes(source, target)
        translation.underlying.sentencizer = Whole()
        theirs = [argostranslate.translate.translate(text, source, target) for text in texts]
        ours = [draft.text for draft in ArgosEngine().translate(texts, source, target)]
        equal = sum(one == two for one, two in zip(ours, theirs, strict=True))
        right = sum(one == row[1 - column] for one, row in zip(ours, rows, strict=True))
        print(f"{source}→{target}: {equal}/{len(texts)} equal strings, {right} as in training")


class Whole:
    """A splitter for argostranslate that takes a text as one sentence."""

    def split_sentences(self, text: str) -> list[str]:
        return [text]


def bare_arm(work: Path, texts: Sequence[str], ctranslate2: object) -> Callable[[], object]:
    import sentencepiece

    package = next(work.iterdir())
    pieces = sentencepiece.SentencePieceProcessor(
        model_file=str(package / "sentencepiece.model")
    )
    translator = ctranslate2.Translator(
        str(package / "model"),
        inter_threads=len(os.sched_getaffinity(0)),
        intra_threads=1,
        compute_type="auto",
    )
    return lambda: translator.translate_batch(
        [pieces.encode(text, out_type=str) for text in texts],
        beam_size=4,
        length_penalty=0.2,
        max_batch_size=1024,
        batch_type="tokens",
        replace_unknowns=True,
        max_decoding_length=CAP,
    )


def argostranslate_arm(texts: Sequence[str]) -> Callable[[], object]:
    """The loop of a user of argostranslate, its splitter out of the way and its decoding capped like ours."""
    import argostranslate.translate

    translation = argostranslate.translate.get_translation_from_codes("en", "es").underlying
    translation.sentencizer = Whole()
    argostranslate.translate.translate("Warm up.", "en", "es")
    inner = translation.translator

    class Capped:
        def translate_batch(self, tokens: Sequence[Sequence[str]], **options: object) -> object:
            return inner.translate_batch(tokens, max_decoding_length=CAP, **options)

    translation.translator = Capped()
    return lambda: [argostranslate.translate.translate(text, "en", "es") for text in texts]


def news(count: int, tokenizer: object) -> list[str]:
    """Give sentences of ordinary length, long enough that our own limit never lies under CAP."""
    chance = random.Random(4)
    texts = [a for a, _ in pud() if CAP // 2 - 5 <= len(tokenizer.encode(a)) <= 60]
    chosen: list[str] = []
    while len(chosen) < count:
        text = chance.choice(texts)
        # No text twice, as in real work: a number tells them apart.
        chosen.append(f"{text} ({len(chosen)})" if len(chosen) >= len(texts) else text)
    return chosen


def random_package(work: Path) -> None:
    """Write a package of the size argos-train makes: 6+6 layers, 512 wide, 8 heads, 2048 inside, int8."""
    import io

    import numpy as np
    import sentencepiece
    from ctranslate2.specs import common_spec, transformer_spec

    chance = np.random.default_rng(0)
    pieces = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(training_texts()),
        model_writer=pieces,
        vocab_size=32000,
        hard_vocab_limit=False,
        num_threads=2,
        minloglevel=2,
    )
    splitter = sentencepiece.SentencePieceProcessor(model_proto=pieces.getvalue())
    learnt = [splitter.id_to_piece(n) for n in range(splitter.get_piece_size())]
    special = ["<unk>", "<blank>", "<s>", "</s>"]
    vocabulary = [*special, *(piece for piece in learnt if piece not in special)]

    def matrix(rows: int, columns: int) -> object:
        return (chance.standard_normal((rows, columns)) / np.sqrt(columns)).astype("float32")

    def linear(stored: object, inside: int, outside: int) -> None:
        stored.weight, stored.bias = matrix(outside, inside), np.zeros(outside, "float32")

    def norm(stored: object) -> None:
        stored.gamma, stored.beta = np.ones(512, "float32"), np.zeros(512, "float32")

    spec = transformer_spec.TransformerSpec.from_config(
        6, 8, activation=common_spec.Activation.RELU
    )
    embedding = matrix(len(vocabulary), 512)
    for side in (spec.encoder, spec.decoder):
        tables = side.embeddings if isinstance(side.embeddings, list) else [side.embeddings]
        tables[0].weight = embedding
        side.scale_embeddings = True
        side.position_encodings.encodings = matrix(5000, 512)
        norm(side.layer_norm)
        for layer in side.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], 512, 1536)
            linear(layer.self_attention.linear[1], 512, 512)
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, 512, 2048)
            linear(layer.ffn.linear_1, 2048, 512)
            if side is spec.decoder:
                norm(layer.attention.layer_norm)
                linear(layer.attention.linear[0], 512, 512)
                linear(layer.attention.linear[1], 512, 1024)
                linear(layer.attention.linear[2], 512, 512)
    spec.decoder.projection.weight = embedding
    spec.decoder.projection.bias = np.zeros(len(vocabulary), "float32")
    # Sentences never end by themselves: every arm decodes up to the same limit.
    spec.decoder.projection.bias[3] = -1000
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.validate()
    spec.optimize(quantization="int8")
    package = work / "translate-en_es-1_0"
    (package / "model").mkdir(parents=True)
    spec.save(str(package / "model"))
    (package / "sentencepiece.model").write_bytes(pieces.getvalue())
    metadata = {
        "package_version": "1.0",
        "argos_version": "1.10",
        "from_code": "en",
        "to_code": "es",
    }
    metadata |= {"from_name": "English", "to_name": "Spanish"}
    (package / "metadata.json").write_text(json.dumps(metadata))


def training_texts() -> list[str]:
    import tarfile

    texts = []
    with tarfile.open(data() / "po" / "python-docs-es.tar.xz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".po") else None
            if file:
                texts += re.findall(r'"(.*)"', file.read().decode())
    return texts


if __name__ == "__main__":
    commands = {f.__name__: f for f in (quality, apertium, tags, bands, start, same, argos)}
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]]()
