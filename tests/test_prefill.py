"""Prefill: memory first, engines in batches, everything finished saved, bands with reasons."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n import desk
from l10n.catalog import Catalog
from l10n.drafting.estimator import Chance
from l10n.drafting.objections import grammar_reasons
from l10n.drafting.postediting import changed, report_use
from l10n.drafting.prefill import Tools, prefill
from l10n.drafting.report import Drafted, DraftRequest, PrefillReport
from l10n.drafting.trust import explain, judge, overlap
from l10n.drafting.units import translate_units
from l10n.engines import Pair, load_engine
from l10n.engines.answers import repeats
from l10n.engines.cache import DraftCache, cached
from l10n.errors import EngineError
from l10n.glossary import Glossary, Term
from l10n.memory import Memory, Translation
from l10n.model import Band, Draft, Origin, State, Unit
from l10n.project import Project

Run = Callable[..., "CompletedProcess[str]"]
REPOSITORY = Path(__file__).resolve().parent.parent


class Counting:
    """An engine that counts what it is asked and can break after some calls."""

    name = "counting"

    def __init__(self, *, breaks_after: int = 10**9, suffix: str = "o") -> None:
        self.asked: list[str] = []
        self.calls = 0
        self._breaks_after = breaks_after
        self._suffix = suffix

    def pairs(self) -> frozenset[Pair]:
        return frozenset({("en", "es")})

    def version(self, _source: str, _target: str) -> str:
        return "model-1.0"

    def translate(self, texts: Sequence[str], _source: str, _target: str) -> list[Draft]:
        self.calls += 1
        if self.calls > self._breaks_after:
            raise EngineError("it broke")
        self.asked += texts
        return [
            Draft(
                " ".join(
                    word + self._suffix if word.isalpha() else word for word in text.split()
                )
            )
            for text in texts
        ]


def new(path: Path | None, *msgids: str, name: str = "en/a.html") -> Catalog:
    catalog = Catalog.new(path, source="en", target="es", article=name)
    catalog.merge([Unit(msgid) for msgid in msgids], article=name)
    return catalog


def entry_of(catalog: Catalog, msgid: str):  # noqa: ANN201 - an Entry that is there
    entry = catalog.find(msgid)
    assert entry is not None
    return entry


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "memory.sqlite") as opened:
        yield opened


@pytest.fixture
def drafts(tmp_path: Path) -> Iterator[DraftCache]:
    with DraftCache(tmp_path / "drafts.sqlite") as cache:
        yield cache


class TestOrder:
    def test_memory_then_engine(self, tmp_path: Path, memory: Memory) -> None:
        memory.add(
            [
                Translation("Read on.", "Sigue leyendo.", True),
                Translation("It cost 3 euros.", "Costó 3 euros."),
            ],
            "en",
            "es",
            origin="x",
        )
        catalog = new(tmp_path / "a.po", "Read on.", "It cost 5 euros.", "Dogs bark.")
        report = prefill([catalog], Tools(engine=Counting(), memory=memory))
        assert (report.exact, report.fuzzy, report.machine, report.left) == (1, 1, 1, 0)
        saved = Catalog.load(tmp_path / "a.po")
        exact, fuzzy, machine = saved.entries
        assert (exact.msgstr, exact.origin) == ("Sigue leyendo.", Origin.TM)
        assert (fuzzy.msgstr, fuzzy.stamp and fuzzy.stamp.percent) == ("Costó 5 euros.", 96)
        assert (machine.msgstr, machine.origin) == ("Dogso bark.", Origin.MT)
        assert machine.stamp
        assert machine.stamp.engine == "counting:model-1.0"
        assert {entry.state for entry in saved.entries} == {State.DRAFT}

    def test_a_similar_match_shows_other_editors_what_it_translated(
        self, tmp_path: Path, memory: Memory
    ) -> None:
        memory.add(
            [
                Translation("It cost 3 euros.", "Costó 3 euros."),
                Translation("Read on.", "Sigue leyendo."),
            ],
            "en",
            "es",
            origin="x",
        )
        path = tmp_path / "a.po"
        prefill([new(path, "Read on.", "It cost 5 euros.")], Tools(memory=memory))
        text = path.read_text()
        assert text.count("#|") == 1
        assert '#, fuzzy\n#| msgid "It cost 3 euros."\nmsgid "It cost 5 euros."\n' in text
        # Another program changes the draft: it still is nobody's earlier source.
        path.write_text(text.replace("Costó 5 euros.", "Valió 5 euros."))
        changed = entry_of(Catalog.load(path), "It cost 5 euros.")
        assert (changed.stamp, changed.origin) == (None, None)
        # The source itself changes: now that is what it was.
        catalog = Catalog.load(path)
        catalog.merge([Unit("Read on."), Unit("It cost 50 euros.")], article="en/a.html")
        edited = entry_of(catalog, "It cost 50 euros.")
        assert (edited.origin, edited.previous_msgid) == (
            Origin.SOURCE_CHANGED,
            "It cost 5 euros.",
        )
        # And a person accepts it: nothing is left of before.
        edited.approve(by="Ana")
        assert edited.previous_msgid is None

    def test_equal_units_are_sent_once(self) -> None:
        engine = Counting()
        catalogs = [new(None, "Dogs bark here.", "Cats too."), new(None, "Dogs bark here.")]
        report = prefill(catalogs, Tools(engine=engine))
        assert report.machine == 3
        assert engine.asked == ["Dogs bark here.", "Cats too."]

    def test_finished_work_of_the_catalogs_is_used_without_a_memory(self) -> None:
        done, todo = new(None, "Dogs bark."), new(None, "Dogs bark.")
        entry_of(done, "Dogs bark.").translate("Los perros ladran.")
        report = prefill([done, todo], Tools())
        assert report.exact == 1
        assert entry_of(todo, "Dogs bark.").msgstr == "Los perros ladran."

    def test_drafts_and_finished_entries_are_left_alone(self) -> None:
        catalog = new(None, "One dog.", "Two dogs.", "Three dogs.")
        entry_of(catalog, "One dog.").translate("Un perro.")
        entry_of(catalog, "Two dogs.").save_draft("Dos…")
        prefill([catalog], Tools(engine=Counting()))
        assert entry_of(catalog, "One dog.").msgstr == "Un perro."
        assert entry_of(catalog, "Two dogs.").msgstr == "Dos…"
        assert entry_of(catalog, "Three dogs.").origin is Origin.MT

    def test_only(self, memory: Memory) -> None:
        memory.add([Translation("Read on.", "Sigue leyendo.")], "en", "es", origin="x")
        for only, expected in (("tm", (1, 0, 1)), ("mt", (0, 2, 0))):
            catalog = new(None, "Read on.", "Dogs bark.")
            report = prefill(
                [catalog], Tools(engine=Counting(), memory=memory), DraftRequest(only=only)
            )
            assert (report.exact, report.machine, report.left) == expected

    def test_dry_run_changes_nothing(self, tmp_path: Path, memory: Memory) -> None:
        memory.add([Translation("Read on.", "Sigue leyendo.")], "en", "es", origin="x")
        engine = Counting()
        catalog = new(tmp_path / "a.po", "Read on.", "Dogs bark.")
        report = prefill(
            [catalog], Tools(engine=engine, memory=memory), DraftRequest(dry_run=True)
        )
        assert (report.exact, report.machine) == (1, 1)
        assert engine.asked == []
        assert catalog.counts().untranslated == 2
        assert not (tmp_path / "a.po").exists()

    def test_a_match_with_foreign_tokens_is_no_draft(self, memory: Memory) -> None:
        memory.add(
            [Translation("Open the big red door now.", "Abra <b1>ya</b1> la puerta.")],
            "en",
            "es",
            origin="x",
        )
        catalog = new(None, "Open the <a1>big</a1> red door now.")
        report = prefill([catalog], Tools(memory=memory))
        assert (report.fuzzy, report.left) == (0, 1)

    def test_plural_forms_are_all_drafted(self, tmp_path: Path) -> None:
        path = tmp_path / "a.po"
        new(path, "x").save()
        path.write_text(
            path.read_text()
            + '\nmsgid "{n} dog"\nmsgid_plural "{n} dogs"\nmsgstr[0] ""\nmsgstr[1] ""\n'
        )
        catalog = Catalog.load(path)
        prefill([catalog], Tools(engine=Counting()))
        assert entry_of(catalog, "{n} dog").msgstrs == ("{n} dogo", "{n} dogso")


class TestProvenance:
    def test_guesses_and_terms_are_noted(self) -> None:
        glossary = Glossary([Term("en", "Dogs", "es", "Perros")])
        catalog = new(None, "Use <code1/> now.", "Dogs")
        engine = Counting()
        engine.translate = lambda texts, *_pair: [  # type: ignore[method-assign]
            Draft({"Use XQA now.": "Usa ya.", "Use now.": "Usa ya."}.get(text, text))
            for text in texts
        ]
        prefill([catalog], Tools(engine=engine, glossary=glossary))
        guessed, termed = (entry.stamp for entry in catalog.entries)
        assert guessed
        assert guessed.field("tags") == "guessed"
        assert termed
        assert termed.field("terms") == "1"
        assert all(
            len(line) <= 76 for line in catalog.dumps().decode().splitlines() if "l10n:" in line
        )


class TestInterruption:
    TEXTS = tuple(f"Sentence about dog number {n} {'and so on ' * 30}." for n in range(400))

    def test_what_is_finished_is_saved(self, tmp_path: Path, drafts: DraftCache) -> None:
        catalog = new(tmp_path / "a.po", *self.TEXTS)
        with pytest.raises(EngineError):
            prefill([catalog], Tools(engine=cached(Counting(breaks_after=1), drafts)))
        saved = Catalog.load(tmp_path / "a.po").counts()
        assert saved.draft > 100
        assert saved.untranslated > 100

    def test_what_was_drafted_before_an_engine_failed_is_counted(
        self, tmp_path: Path, drafts: DraftCache
    ) -> None:
        heard: list[PrefillReport] = []
        engine = cached(Counting(breaks_after=1), drafts)
        with pytest.raises(EngineError):
            prefill(
                [new(tmp_path / "a.po", *self.TEXTS)],
                Tools(engine=engine),
                on_failure=heard.append,
            )
        (report,) = heard
        saved = Catalog.load(tmp_path / "a.po").counts()
        assert (report.drafted, report.left) == (saved.draft, 0)

    def test_a_second_run_asks_for_the_rest_only(
        self, tmp_path: Path, drafts: DraftCache
    ) -> None:
        first, second = Counting(breaks_after=1), Counting()
        with pytest.raises(EngineError):
            prefill([new(tmp_path / "a.po", *self.TEXTS)], Tools(engine=cached(first, drafts)))
        prefill([Catalog.load(tmp_path / "a.po")], Tools(engine=cached(second, drafts)))
        assert len(first.asked) + len(second.asked) == len(self.TEXTS)
        assert Catalog.load(tmp_path / "a.po").counts().draft == len(self.TEXTS)
        third = Counting()
        prefill([new(None, *self.TEXTS)], Tools(engine=cached(third, drafts)))
        assert third.asked == []

    def test_killing_the_process_loses_little(self, tmp_path: Path) -> None:
        catalog = new(tmp_path / "a.po", *self.TEXTS)
        catalog.save()
        code = f"""
import time
from pathlib import Path
from l10n import desk
from l10n.catalog import Catalog
from l10n.engines import load_engine
from l10n.drafting.prefill import Tools, prefill
class Slow(type(load_engine("pseudo"))):
    def translate_marked(self, texts, source, target):
        time.sleep(0.3)
        return super().translate_marked(texts, source, target)
prefill([Catalog.load(Path({str(tmp_path / "a.po")!r}))], Tools(engine=Slow()), on_progress=lambda done, total: print(done, flush=True))
"""
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
        )
        assert process.stdout
        done = 0
        for line in process.stdout:
            done = int(line)
            if done > 150:
                break
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        counts = Catalog.load(tmp_path / "a.po").counts()
        assert counts.draft >= done - 140
        assert counts.total == len(self.TEXTS)

    def test_a_cache_that_cannot_be_read_is_begun_anew(self, tmp_path: Path) -> None:
        path = tmp_path / "drafts.sqlite"
        path.write_bytes(b"nothing" * 999)
        with DraftCache(path) as cache:
            assert (
                cached(load_engine("pseudo"), cache).translate(["Hi"], "en", "es")[0].text
                == "[Ĥí]"
            )


class Answering:
    """An engine with one answer for everything."""

    name = "answering"

    def __init__(self, answer: str) -> None:
        self._answer = answer

    def pairs(self) -> frozenset[Pair]:
        return frozenset({("*", "*")})

    def version(self, _source: str, _target: str) -> str:
        return "1"

    def translate(self, texts: Sequence[str], _source: str, _target: str) -> list[Draft]:
        return [Draft(self._answer) for _text in texts]


class TestTrust:
    @pytest.mark.parametrize(
        ("source", "draft", "band", "reason"),
        [
            ("The mayor came.", Draft("La alcaldesa vino.", -0.2), Band.GOOD, None),
            ("The mayor came.", Draft("La alcaldesa vino.", -0.7), Band.FAIR, "wavering"),
            ("The mayor came.", Draft("La alcaldesa vino.", -1.5), Band.POOR, "unsure"),
            ("It cost 30 euros.", Draft("Costó 40 euros."), Band.POOR, "numbers"),
            ("It cost 1,500 euros.", Draft("Costó 1.500 euros."), Band.GOOD, None),
            ("Who came?", Draft("Quién vino?"), Band.FAIR, "inverted"),
            (
                "the town hall opens early",
                Draft("the town hall opens early"),
                Band.POOR,
                "copied",
            ),
            ("Madrid Open 2026", Draft("Madrid Open 2026"), Band.GOOD, None),
            ("The mayor came.", Draft("la alcaldesa vino."), Band.FAIR, "casing"),
            ("The mayor came.", Draft("La alcaldesa vino"), Band.FAIR, "ending"),
            (
                "A long walk home in the rain.",
                Draft("Un xylo a casa en la lluvia.", None, ("unknown:xylo",)),
                Band.FAIR,
                "unknown:xylo",
            ),
            (
                "The blorp.",
                Draft("El blorp.", None, ("unknown:blorp",)),
                Band.POOR,
                "unknown:blorp",
            ),
        ],
    )
    def test_bands_have_reasons(
        self, source: str, draft: Draft, band: Band, reason: str | None
    ) -> None:
        verdict = judge(
            source, draft, target_locale="es", estimate=lambda _reasons: Chance(0.9, 0.9)
        )
        assert verdict.band is band
        assert reason is None or reason in verdict.reasons

    @pytest.mark.parametrize("share", [None, 0.79])
    def test_nothing_is_good_that_was_not_measured_to_be(self, share: float | None) -> None:
        draft = Draft("La alcaldesa vino.", -0.2)
        estimate = None if share is None else lambda _reasons: Chance(share, share)
        verdict = judge("The mayor came.", draft, target_locale="es", estimate=estimate)
        assert verdict.band is Band.FAIR
        assert verdict.reasons == ()

    def test_of_drafts_like_this_one_hardly_any_was_of_use(self) -> None:
        draft = Draft("La alcaldesa vino.", -0.2)
        verdict = judge(
            "The mayor came.", draft, target_locale="es", estimate=lambda _r: Chance(0.01, 0.1)
        )
        assert verdict.band is Band.POOR
        assert verdict.reasons == ("doubtful",)

    @pytest.mark.parametrize(
        ("pair", "source", "draft", "reason"),
        [
            (("es", "en"), "Revisa los frenos.", "He checks the brakes.", "subject:He"),
            (("es", "en"), "Ella revisa los frenos.", "She checks the brakes.", None),
            (
                ("es", "en"),
                "El taller revisa los frenos.",
                "The workshop checks the brakes.",
                None,
            ),
            (("en", "es"), "Polish the shoes.", "Polaco los zapatos.", "statement"),
            (("en", "es"), "Don’t polish the shoes.", "No pule los zapatos.", "statement"),
            (("en", "es"), "Polish the shoes.", "Pulir los zapatos.", None),
            (("en", "es"), "Despite the rain we went.", "A pesar de la lluvia fuimos.", None),
            (
                ("en", "es"),
                "Having the key, they entered.",
                "Teniendo la llave, entraron.",
                None,
            ),
            (("es", "en"), "¿Cuándo llega el barco?", "When arrives the boat?", "question"),
            (
                ("es", "en"),
                "¿Cuándo llega el barco?",
                "When it is arriving the boat?",
                "question",
            ),
            (("es", "en"), "¿Cuánto pesa?", "How much weighs?", "question"),
            (("es", "en"), "¿Cuándo llega el barco?", "When does the boat arrive?", None),
            (("es", "en"), "¿Quién llamó?", "Who called?", None),
            (
                ("es", "en"),
                "Ayer llegó Rosa y cantó.",
                "Yesterday Rosa arrived And sang.",
                "capitals:And",
            ),
            (("es", "en"), "Un inglés vino el lunes.", "An English man came on Monday.", None),
            (("es", "en"), "Vivo en Londres.", "The tenant lives in London.", None),
        ],
    )
    def test_grammar_speaks_against_a_draft(
        self, pair: Pair, source: str, draft: str, reason: str | None
    ) -> None:
        assert list(grammar_reasons(source, draft, *pair)) == ([reason] if reason else [])

    def test_what_a_check_would_warn_of_is_told_in_its_words(self) -> None:
        (draft,) = translate_units(
            ["The shop opens at nine."],
            Answering("La tienda tienda abre a las nueve."),
            "en",
            "es",
        )
        assert draft.verdict.band is not Band.GOOD
        assert "a check says: " in " ".join(explain(draft.verdict.reasons))

    @pytest.mark.parametrize(
        ("source", "text", "reason"),
        [
            ("Breakfast", "Desayuno Desayuno", "twice:Desayuno"),
            ("Open from 9:00 to 17:00.", "Abierto de 9:00 a 17:00. de 9:00 a 17:00.", "twice:de 9:00 a 17:00"),
            ("It is very good.", "Es muy muy bueno.", ""),
            ("No, no, not now.", "No, no, ahora no.", ""),
            ("He said that that was true.", "Dijo que que era verdad.", ""),
            ("European Archaeology Section", "European Archaeology Section", "copied"),
            ("No Action - View AI Answer", "No Action - View AI Answer", "copied"),
            ("Ana Ruiz Gómez", "Ana Ruiz Gómez", ""),
            ("Valdeluna Beltrán Ossorio", "Valdeluna Beltrán Ossorio", ""),
        ],
    )  # fmt: skip
    def test_what_is_said_twice_or_copied_with_capitals(
        self, source: str, text: str, reason: str
    ) -> None:
        verdict = judge(source, Draft(text), source_locale="en", target_locale="es")
        marks = [r for r in verdict.reasons if r.startswith(("twice", "copied"))]
        assert marks == ([reason] if reason else [])
        if reason == "copied":
            assert verdict.band is Band.POOR

    def test_two_engines(self) -> None:
        assert overlap("El puente viejo está cerrado", "El puente viejo está cerrado.") == 1
        disagree = overlap("El puente viejo está cerrado", "Los perros ladran de noche")
        verdict = judge(
            "The old bridge", Draft("El puente"), target_locale="es", agreement=disagree
        )
        assert "disagree" in verdict.reasons

    @pytest.mark.parametrize(
        ("text", "loops"),
        [
            ("mainstremainstremainstremainstre", True),
            ("no no no", True),
            ("very very good", False),
            ("la casa de la casa de la casa de la casa", True),
            ("--------------------", False),
            ("1000000", False),
            ("A normal sentence with words.", False),
        ],
    )
    def test_loops(self, text: str, loops: bool) -> None:
        assert repeats(text) is loops

    @given(
        st.text(min_size=1, max_size=40).map(lambda rest: f"a{rest}"),
        st.text(max_size=20),
        st.text(max_size=20),
    )
    def test_whatever_comes_four_times_in_a_row_is_a_loop(
        self, part: str, before: str, after: str
    ) -> None:
        assert repeats(f"{before}{part * 4}{after}")

    def test_degenerate_drafts_are_never_written(self) -> None:
        catalog = new(None, "The mayor came to the hall.", "Dogs bark.")
        heard: list[Drafted] = []

        class Broken(Counting):
            def translate(
                self, texts: Sequence[str], _source: str, _target: str
            ) -> list[Draft]:
                return [Draft("mainstre" * 30) for _text in texts]

        report = prefill([catalog], Tools(engine=Broken()), on_entry=heard.append)
        assert (report.machine, report.refused, report.left) == (0, 2, 2)
        assert catalog.counts().untranslated == 2
        assert [each.verdict and each.verdict.reasons for each in heard] == [("repeats",)] * 2


class TestPostEditing:
    def test_report_compares_with_the_draft_as_written(
        self, tmp_path: Path, drafts: DraftCache
    ) -> None:
        catalog = new(tmp_path / "a.po", "Dogs bark at night.", "Cats sleep.", "Birds sing.")
        prefill([catalog], Tools(engine=Counting(), drafts=drafts))
        entry_of(catalog, "Cats sleep.").approve(by="Ana")
        changed_entry = entry_of(catalog, "Dogs bark at night.")
        changed_entry.save_draft("Dogso barko de night.")
        changed_entry.approve(by="Ana", edits=0.25)
        catalog.save()
        (use,) = report_use([tmp_path / "a.po"], drafts)
        assert (use.engine, use.target) == ("counting:model-1.0", "es")
        assert (use.reviewed, use.unchanged) == (2, 1)
        assert use.edits == pytest.approx(0.125)

    def test_without_the_draft_the_stamp_tells(
        self, tmp_path: Path, drafts: DraftCache
    ) -> None:
        catalog = new(tmp_path / "a.po", "Dogs bark.")
        entry = entry_of(catalog, "Dogs bark.")
        entry.fill("Perros ladran.", origin=Origin.MT, mt="argos:x", band="good")
        entry.approve(by="Ana", edits=0.4)
        catalog.save()
        (use,) = report_use([tmp_path / "a.po"], drafts)
        assert (use.engine, use.edits) == ("mt", 0.4)

    def test_a_review_that_nobody_knows_the_draft_of_counts_all_the_same(
        self, tmp_path: Path, drafts: DraftCache
    ) -> None:
        catalog = new(tmp_path / "a.po", "Dogs bark.", "Cats sleep.")
        dogs, cats = catalog.entries
        dogs.fill("Perros ladran.", origin=Origin.MT, mt="argos:x", band="good")
        dogs.save_draft("Los perros ladran.")
        dogs.approve(by="Ana")
        cats.fill("Gatos duermen.", origin=Origin.MT, mt="argos:x", band="good")
        cats.approve(by="Ana")
        catalog.save()
        (use,) = report_use([tmp_path / "a.po"], drafts)
        assert (use.reviewed, use.unknown, use.unchanged, use.edits) == (2, 1, 1, 0.0)

    def test_share_of_changed_words(self) -> None:
        assert changed("uno dos tres", "uno dos tres") == 0
        assert changed("uno dos tres", "uno dos cuatro") == pytest.approx(1 / 3)
        assert changed("", "") == 0


class TestCommandLine:
    def test_drafts_and_explains(self, newsroom: Path, l10n: Run) -> None:
        assert l10n("update").returncode == 0
        done = l10n("prefill", "--explain")
        assert done.returncode == 0, done.stderr
        assert "by machine, fair" in done.stdout
        assert done.stderr.splitlines()[0].startswith("Drafts: ")
        assert "\x1b" not in done.stderr
        catalog = Catalog.load(newsroom / "locales/en/LC_MESSAGES/feria.po")
        assert catalog.counts().untranslated == 0
        again = l10n("prefill")
        first, word, hint = again.stderr.splitlines()
        assert first == "Nothing to draft."
        assert word.startswith("l10n: locales/en/articles/feria.html: ")
        assert hint.endswith("l10n align feria")

    def test_without_an_engine_one_line_names_the_command(
        self, newsroom: Path, l10n: Run
    ) -> None:
        config = newsroom / "l10n.toml"
        config.write_text(config.read_text().replace('["pseudo"]', '["argos"]'))
        (newsroom / "locales/en/articles/feria.html").unlink()
        l10n("update")
        done = l10n("prefill")
        assert done.returncode == 0
        lines = done.stderr.splitlines()
        assert lines[0] == "l10n: no engine here translates es to en"
        assert "l10n engines install es en" in lines[1]
        assert "left untranslated" in lines[2]

    def test_standalone_catalog_needs_no_project(self, tmp_path: Path, l10n: Run) -> None:
        path = tmp_path / "a.po"
        new(path, "Dogs bark.").save()
        done = l10n("prefill", path, "--engine", "pseudo")
        assert done.returncode == 0, done.stderr
        assert entry_of(Catalog.load(path), "Dogs bark.").msgstr == "[Ďóĝš báŕķ.]"

    def test_unknown_engine_and_damaged_catalog(self, newsroom: Path, l10n: Run) -> None:
        l10n("update")
        unknown = l10n("prefill", "--engine", "magic")
        assert unknown.returncode == 2
        assert "magic" in unknown.stderr
        damaged = newsroom / "locales/en/LC_MESSAGES/feria.po"
        damaged.write_text('msgid "open\n')
        done = l10n("prefill")
        assert done.returncode == 2
        assert "feria.po:1:" in done.stderr
        assert damaged.read_text() == 'msgid "open\n'
        assert Catalog.load(newsroom / "locales/en/LC_MESSAGES/faro.po").counts().draft > 0


def test_a_variant_of_the_language_begins_with_the_source(tmp_path: Path) -> None:
    settings = 'source = "es-ES"\ntargets = ["es-MX", "en"]\nengines = ["argos"]\n'
    (tmp_path / "l10n.toml").write_text(settings, "utf-8")
    article = tmp_path / "locales/es-ES/articles/a.md"
    article.parent.mkdir(parents=True)
    article.write_text("Vosotros **podéis** usar 1.200 [mesas](m.html).\n", "utf-8")
    project = Project.load(tmp_path / "l10n.toml")
    desk.update(project)
    result = desk.prefill(project.catalogs("es-MX"), project=project)
    assert not result.problems
    (entry,) = Catalog.load(project.catalog_path("a", "es-MX")).entries
    assert entry.msgstr == "Vosotros <strong1>podéis</strong1> usar 1,200 <a1>mesas</a1>."
    assert entry.state is State.DRAFT
    assert "mt=variant:1" in project.catalog_path("a", "es-MX").read_text("utf-8")


class TestMatchesBeforeEngines:
    """A similar match is the first suggestion only where it is the better one, and says what it was made for."""

    SAID = Translation(
        "The committee closes the harbour for the whole winter.",
        "El comité cierra el puerto todo el invierno.",
    )

    @pytest.mark.parametrize(
        ("name", "request_", "origin"),
        [
            (None, DraftRequest(), Origin.TM),
            ("counting", DraftRequest(only="tm"), Origin.TM),
            ("counting", DraftRequest(minimum=80), Origin.TM),
            ("counting", DraftRequest(minimum=95), Origin.MT),
            ("counting", DraftRequest(), Origin.MT),
            ("pseudo", DraftRequest(), Origin.TM),
        ],
    )
    def test_less_likeness_is_enough_where_no_engine_drafts(
        self, memory: Memory, name: str | None, request_: DraftRequest, origin: Origin
    ) -> None:
        memory.add([self.SAID], "en", "es", origin="x")
        catalog = new(None, "The committee closes all harbours for all of the cold winter.")
        engine = Counting() if name == "counting" else name and load_engine(name)
        prefill([catalog], Tools(engine=engine or None, memory=memory), request_)
        assert catalog.entries[0].origin is origin

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("The committee opens the harbour for the whole winter.", ("sense",)),
            ("The minister closes the harbour for the whole winter.", ("sense",)),
            ("The committee closes the harbours for the whole winter.", ()),
            ("The committee closes the harbour for the whole long winter.", ()),
        ],
    )
    def test_a_match_made_for_other_words_says_so(
        self, memory: Memory, text: str, why: tuple[str, ...]
    ) -> None:
        memory.add([self.SAID], "en", "es", origin="x")
        catalog = new(None, text)
        prefill([catalog], Tools(memory=memory), DraftRequest(minimum=60))
        stamp = catalog.entries[0].stamp
        assert stamp is not None
        assert stamp.doubts == why
