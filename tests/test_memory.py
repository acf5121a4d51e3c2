"""The memory: what it learns, what it finds, how it adapts, and TMX."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from l10n.align.sentence_pairs import pair_aligned
from l10n.catalog import Catalog
from l10n.catalog.facts import note_facts
from l10n.errors import CatalogError, L10nError
from l10n.ledger import Ledger
from l10n.memory import Memory, Translation, tmx
from l10n.memory.adapting import adapt
from l10n.memory.similarity import Shape
from l10n.model import Origin, Unit
from l10n.text import markup

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""These tests measure no time: a busy machine must not fail them."""

Run = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory.open(tmp_path / "derived" / "memory.sqlite") as opened:
        yield opened


def catalog(path: Path, *units: tuple[str, str, str]) -> Catalog:
    """A saved catalog of (msgid, msgstr, "reviewed" | "translated" | "draft")."""
    made = Catalog.new(path, source="en", target="es", article="en/a.html")
    made.merge([Unit(msgid) for msgid, _msgstr, _state in units], article="en/a.html")
    for msgid, msgstr, state in units:
        entry = made.find(msgid)
        assert entry
        if state == "draft":
            entry.fill(msgstr, origin=Origin.MT, mt="x:1")
        else:
            entry.translate(msgstr)
        if state == "reviewed":
            entry.approve(by="Ana")
    path.parent.mkdir(parents=True, exist_ok=True)
    made.save(overwrite=True)
    return made


class TestLearning:
    def test_drafts_teach_nothing(self, memory: Memory, tmp_path: Path) -> None:
        memory.learn(
            catalog(
                tmp_path / "a.po",
                ("One bridge", "Un puente", "reviewed"),
                ("Two bridges", "Dos puentes", "translated"),
                ("Three bridges", "Tres puentes", "draft"),
                ("Left out", "<omit/>", "translated"),
            )
        )
        assert len(memory) == 2
        found = memory.exact("One bridge", "en", "es")
        assert found
        assert (found.target, found.reviewed) == ("Un puente", True)
        assert memory.exact("Three bridges", "en", "es") is None

    def test_learning_again_replaces(self, memory: Memory, tmp_path: Path) -> None:
        path = tmp_path / "a.po"
        assert memory.learn(catalog(path, ("One bridge", "Un puente", "translated"))) == 1
        assert memory.learn(Catalog.load(path)) == 0
        memory.learn(catalog(path, ("One bridge", "Una puente", "translated")))
        assert len(memory) == 1
        found = memory.exact("One bridge", "en", "es")
        assert found
        assert found.target == "Una puente"

    def test_what_was_learnt_without_a_note_is_read_again(
        self, memory: Memory, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.po"
        with Ledger.open(None) as ledger:
            first = catalog(path, ("One bridge", "Un puente", "translated"))
            memory.refresh([path], ledger=ledger)
            # Somebody learns another version, is stopped, and the first one is put back.
            memory.learn(catalog(path, ("One bridge", "Una puente", "translated")))
            path.write_bytes(first.dumps())
            note_facts(Catalog.load(path), ledger)
            memory.refresh([path], ledger=ledger)
            found = memory.exact("One bridge", "en", "es")
            assert found
            assert found.target == "Un puente"
            # Nothing is left of what was learnt at once, where the file teaches nothing.
            path.write_bytes(catalog(path, ("One bridge", "Un puente", "draft")).dumps())
            memory.refresh([path], ledger=ledger)
            assert memory.exact("One bridge", "en", "es") is None

    def test_sentences_of_a_unit_are_found_too(self, memory: Memory, tmp_path: Path) -> None:
        memory.learn(
            catalog(
                tmp_path / "a.po",
                (
                    "The mayor came. She left early.",
                    "Vino la alcaldesa. Se fue pronto.",
                    "reviewed",
                ),
            )
        )
        found = memory.exact("She left early.", "en", "es")
        assert found
        assert found.target == "Se fue pronto."

    def test_uneven_sentences_are_paired_by_the_aligner(self) -> None:
        pairs = pair_aligned(
            "The museum in Valdeluna opened in 1985. It cost 4,000 euros. Nobody came on 3 May.",
            "El museo de Valdeluna abrió en 1985 y costó 4.000 euros. Nadie vino el 3 de mayo.",
            "en",
            "es",
        )
        assert ("Nobody came on 3 May.", "Nadie vino el 3 de mayo.") in list(pairs)

    def test_refresh_reads_what_changed_and_forgets_what_is_gone(
        self, memory: Memory, tmp_path: Path
    ) -> None:
        one, two, bad = tmp_path / "1.po", tmp_path / "2.po", tmp_path / "bad.po"
        catalog(one, ("One bridge", "Un puente", "translated"))
        catalog(two, ("Two bridges", "Dos puentes", "translated"))
        bad.write_text('msgid "open')
        told: list[CatalogError] = []
        assert memory.refresh([one, two, bad], on_error=told.append) == 2
        assert [error.path for error in told] == [bad]
        assert memory.refresh([one, two]) == 0
        catalog(one, ("One bridge", "Un solo puente", "translated"))
        assert memory.refresh([one]) == 1
        assert [piece.target for piece, _origin in memory.translations("en", "es")] == [
            "Un solo puente"
        ]

    def test_a_catalog_that_got_drafts_is_not_read_again(
        self, memory: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "a.po"
        bridge = ("One bridge", "Un puente", "reviewed")
        with Ledger.open(tmp_path / "derived") as ledger:
            catalog(path, bridge, ("Rain", "Llueve", "draft"))
            assert memory.refresh([path], ledger=ledger) == 1
            note_facts(catalog(path, bridge, ("Rain", "La lluvia", "draft")), ledger)
            load = Catalog.load
            monkeypatch.setattr(Catalog, "load", None)
            assert memory.refresh([path], ledger=ledger) == 0
            monkeypatch.setattr(Catalog, "load", load)
            note_facts(catalog(path, bridge, ("Rain", "Lluvia", "translated")), ledger)
            assert memory.refresh([path], ledger=ledger) == 1
        assert memory.exact("Rain", "en", "es")

    def test_a_file_of_the_release_before_goes_on(self, tmp_path: Path) -> None:
        path, po = tmp_path / "memory.sqlite", tmp_path / "a.po"
        catalog(po, ("One bridge", "Un puente", "reviewed"))
        with Memory.open(path) as memory:
            memory.refresh([po])
            memory.add([Translation("Rain", "Lluvia")], "en", "es", origin="x.tmx")
        base = sqlite3.connect(path)
        base.execute("alter table seen drop column teaches")
        base.execute("pragma user_version = 3")
        base.close()
        catalog(po, ("One bridge", "Un puente", "reviewed"), ("Snow", "Nieve", "reviewed"))
        with Memory.open(path) as memory:
            memory.refresh([po])
            assert memory.exact("Snow", "en", "es")
            assert len(memory) == 3

    def test_its_revision_is_another_after_every_change_and_no_other_time(
        self, memory: Memory, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.po"
        revisions = [memory.revision]
        for state in ("translated", "reviewed"):
            learn_twice = catalog(path, ("One bridge", "Un puente", state))
            memory.learn(learn_twice)
            revisions.append(memory.revision)
            memory.learn(learn_twice)
            assert memory.revision == revisions[-1]
        memory.add([Translation("Rain", "Lluvia")], "en", "es", origin="x.tmx")
        revisions.append(memory.revision)
        memory.refresh([])
        revisions.append(memory.revision)
        assert len(set(revisions)) == 5

    def test_rebuilding_keeps_imports(self, memory: Memory, tmp_path: Path) -> None:
        memory.add([Translation("Old text", "Texto viejo")], "en", "es", origin="old.tmx")
        catalog(tmp_path / "1.po", ("One bridge", "Un puente", "translated"))
        memory.refresh([tmp_path / "1.po"])
        memory.rebuild([])
        assert [piece.source for piece, _origin in memory.translations("en", "es")] == [
            "Old text"
        ]

    def test_a_damaged_file_says_how_to_go_on(self, tmp_path: Path) -> None:
        path = tmp_path / "memory.sqlite"
        path.write_bytes(b"no database at all" * 100)
        with pytest.raises(L10nError, match="cannot be used") as caught:
            Memory.open(path)
        assert "l10n tm rebuild" in caught.value.hint

    def test_an_older_layout_is_made_anew(self, tmp_path: Path) -> None:
        path = tmp_path / "memory.sqlite"
        base = sqlite3.connect(path)
        base.executescript("create table piece (x); pragma user_version = 1;")
        base.close()
        with Memory.open(path) as memory:
            assert len(memory) == 0


class TestExact:
    def test_context_beats_review_beats_age(self, memory: Memory, tmp_path: Path) -> None:
        for name, target, state in (
            ("a", "Abrir", "translated"),
            ("b", "Abierto", "reviewed"),
            ("c", "Abierta", "translated"),
        ):
            memory.learn(
                catalog(
                    tmp_path / f"{name}.po",
                    (f"Before {name}", "Antes", "translated"),
                    ("Open", target, state),
                    (f"After {name}", "Después", "translated"),
                )
            )
        best = memory.exact("Open", "en", "es")
        assert best
        assert (best.target, best.percent) == ("Abierto", 100)
        in_context = memory.exact("Open", "en", "es", before="Before c", after="After c")
        assert in_context
        assert (in_context.target, in_context.percent) == ("Abierta", 101)

    def test_regions_share_a_language(self, memory: Memory) -> None:
        memory.add([Translation("Bus", "Autobús")], "en-GB", "es-ES", origin="x")
        memory.add([Translation("Bus", "Camión")], "en-US", "es-MX", origin="y")
        assert memory.exact("Bus", "en", "es")
        assert memory.exact("Bus", "es", "en") is None


class TestSimilar:
    PIECES = (
        Translation(
            "The council approved 3 budgets on Thursday.",
            "El pleno aprobó 3 presupuestos el jueves.",
        ),
        Translation("The fair costs 1,500 euros.", "La feria cuesta 1.500 euros."),
        Translation(
            "See the <a1>map</a1> of the <b1>old town</b1>.",
            "Vea el <a1>plano</a1> del <b1>casco</b1>.",
        ),
        Translation(
            "Dogs are allowed in the park at night.", "Se admiten perros en el parque de noche."
        ),
    )

    @pytest.fixture
    def filled(self, memory: Memory) -> Memory:
        memory.add(self.PIECES, "en", "es", origin="x")
        return memory

    def test_best_first_and_never_a_hundred(self, filled: Memory) -> None:
        (found,) = filled.search("The council approved 3 budgets on Friday.", "en", "es")
        assert found.target == "El pleno aprobó 3 presupuestos el viernes."
        assert 80 < found.percent < 100

    def test_numbers_are_adapted(self, filled: Memory) -> None:
        (found,) = filled.search("The council approved 7 budgets on Thursday.", "en", "es")
        assert found.target == "El pleno aprobó 7 presupuestos el jueves."
        (found,) = filled.search("The fair costs 2,300 euros.", "en", "es")
        assert found.target == "La feria cuesta 2.300 euros."

    @pytest.mark.parametrize(
        ("piece", "query", "wanted"),
        [
            (
                ("El plazo acaba el 8 de noviembre.", "The deadline is November 8."),
                "El plazo acaba el 9 de septiembre.",
                "The deadline is September 9.",
            ),
            (
                (
                    "El mercado de la plaza abre los lunes de mayo.",
                    "The market on the square opens on Mondays in May.",
                ),
                "El mercado de la plaza abre los sábados de junio.",
                "The market on the square opens on Saturdays in June.",
            ),
            (
                (
                    "La piscina cierra del lunes 3 de mayo al jueves por obras.",
                    "The pool is closed from Monday, May 3 to Thursday for repairs.",
                ),
                "La piscina cierra del martes 4 de mayo al sábado por obras.",
                "The pool is closed from Tuesday, May 4 to Saturday for repairs.",
            ),
        ],
    )
    def test_months_and_weekdays_are_adapted(
        self, memory: Memory, piece: tuple[str, str], query: str, wanted: str
    ) -> None:
        memory.add([Translation(*piece)], "es", "en", origin="x")
        memory.add([Translation(*reversed(piece))], "en", "es", origin="x")
        (found,) = memory.search(query, "es", "en")
        assert (found.target, found.percent < 100) == (wanted, True)
        (back,) = memory.search(wanted, "en", "es")
        assert back.target == query

    def test_a_month_is_known_by_its_other_spelling(self, memory: Memory) -> None:
        memory.add(
            [Translation("Cierra en octubre.", "It closes in October.")], "es", "en", origin="x"
        )
        (match,) = memory.search("Cierra en setiembre.", "es", "en")
        assert match.target == "It closes in September."

    def test_a_date_that_cannot_be_adapted_is_no_match(self, memory: Memory) -> None:
        memory.add(
            [Translation("La feria de mayo vuelve al río.", "The spring fair is back.")],
            "es",
            "en",
            origin="x",
        )
        assert memory.search("La feria de junio vuelve al río.", "es", "en") == []
        (found,) = memory.search("La feria de mayo vuelve al lago.", "es", "en")
        assert found.percent > 80

    def test_tokens_are_renamed_or_taken_out(self, filled: Memory) -> None:
        (found,) = filled.search("See the <a3>map</a3> of the <b2>old town</b2>.", "en", "es")
        assert found.target == "Vea el <a3>plano</a3> del <b2>casco</b2>."
        (found,) = filled.search("See the <a1>map</a1> of the old town.", "en", "es")
        assert found.target == "Vea el <a1>plano</a1> del casco."

    def test_a_negation_costs_more_than_its_letters(self, filled: Memory) -> None:
        (same,) = filled.search("Dogs are allowed in the parks at night.", "en", "es")
        (negated,) = filled.search("Dogs are not allowed in the park at night.", "en", "es")
        assert same.percent > 95
        assert negated.percent < 88

    def test_reviewed_comes_first_of_equals(self, memory: Memory) -> None:
        memory.add([Translation("A new bridge here", "Uno", True)], "en", "es", origin="a")
        memory.add([Translation("A new bridge here", "Dos")], "en", "es", origin="b")
        found = memory.search("A new bridge there", "en", "es")
        assert [match.target for match in found] == ["Uno", "Dos"]

    def test_minimum_and_limit(self, filled: Memory) -> None:
        assert filled.search("Something else entirely", "en", "es") == []
        assert len(filled.search("The fair", "en", "es", minimum=20, limit=2)) <= 2


def test_finds_what_brute_force_finds(memory: Memory) -> None:
    chance = random.Random(3)
    words = [
        f"{a}{b}"
        for a in ("bar", "cel", "dor", "fin", "gul", "mar")
        for b in ("a", "os", "ista", "ir")
    ]
    texts = list(
        dict.fromkeys(
            " ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(2000)
        )
    )
    memory.add((Translation(text, text) for text in texts), "en", "es", origin="x")
    hits = tried = 0
    for text in chance.sample(texts, 200):
        pieces = text.split()
        place = chance.randrange(len(pieces))
        pieces[place] = pieces[place] + "s" if len(pieces) < 4 else chance.choice(words)
        query = " ".join(pieces)
        best = process.extractOne(query, texts, scorer=fuzz.ratio, score_cutoff=75)
        if best is None or best[1] == 100:
            continue
        tried += 1
        found = memory.search(query, "en", "es", minimum=70)
        hits += (
            bool(found) and max(fuzz.ratio(query, match.source) for match in found) >= best[1]
        )
    assert tried > 100
    assert hits / tried >= 0.99


class TestConcordance:
    def test_both_languages_accents_aside(self, memory: Memory) -> None:
        memory.add(
            [
                Translation("The <b1>mayor</b1> of León", "La alcaldesa de León", True),
                Translation("A lion", "Un león"),
                Translation("Nothing", "Nada"),
            ],
            "en",
            "es",
            origin="x",
        )
        assert [m.source for m in memory.concordance("LEON", "en", "es")] == [
            "The <b1>mayor</b1> of León",
            "A lion",
        ]
        (found,) = memory.concordance("alcaldesa león", "en", "es")
        assert found.percent == 0
        (found,) = memory.concordance("mayor of leon", "en", "es")
        assert found.percent == 100
        assert memory.concordance("100% '; drop", "en", "es") == []


text_of_unit = st.lists(
    st.sampled_from(["uno ", "<a1>dos</a1> ", "<br1/>", "&lt;b> ", "&amp; ", "ñ “x” ", "3 "]),
    min_size=1,
    max_size=5,
    unique=True,
).map("".join)


@UNHURRIED
@given(
    st.lists(
        st.builds(
            Translation,
            text_of_unit.map(str.strip),
            text_of_unit.map(str.strip),
            st.booleans(),
            st.sampled_from(["", "2026-11-24T10:02Z"]),
        ),
        max_size=4,
        unique_by=lambda piece: piece.source,
    )
)
def test_tmx_round_trip(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[Translation]
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "memory.tmx"
    path.write_text(tmx.write(((p, "a.po") for p in pieces), "en-GB", "es"), encoding="utf-8")
    read = list(tmx.translations(tmx.read(path), "en-GB", "es"))
    assert [(p.source, p.target, p.reviewed) for p in read] == [
        (" ".join(p.source.split()), " ".join(p.target.split()), p.reviewed) for p in pieces
    ]


def test_tmx_of_other_tools(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_bytes(
        """<?xml version="1.0" encoding="UTF-16"?>
        <!DOCTYPE tmx SYSTEM "tmx14.dtd">
        <tmx version="1.4"><header/><body><tu changedate="20240102T030405Z">
        <tuv xml:lang="EN-us"><seg>A <bpt i="1">&lt;b&gt;</bpt>big<ept i="1">&lt;/b&gt;</ept> &amp; <hi>new</hi> car</seg></tuv>
        <tuv xml:lang="ES"><seg>Un coche grande &lt; nuevo</seg></tuv>
        <tuv xml:lang="FR"><seg>Une voiture</seg></tuv></tu></body></tmx>""".encode("utf-16")
    )
    (piece,) = tmx.translations(tmx.read(path), "en", "es")
    assert piece.source == "A big &amp; new car"
    assert piece.target == "Un coche grande &lt; nuevo"


def tmx_file(path: Path, *segs: tuple[str, str]) -> Path:
    units = "".join(
        f'<tu><tuv xml:lang="en">{source}</tuv><tuv xml:lang="es">{target}</tuv></tu>'
        for source, target in segs
    )
    path.write_text(f'<tmx version="1.4"><header/><body>{units}</body></tmx>', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("seg", "text"),
    [
        ('Quay 7<ph x="1">&lt;br/&gt;</ph>Ballyduff', "Quay 7 Ballyduff"),
        ('It opens.<ph type="lb"/>Come', "It opens. Come"),
        ('nine<it pos="begin">\\n</it>ten', "nine ten"),
        ('shut<ph x="1">{4}</ph>Monday', "shut Monday"),
        ('un<it pos="begin">&lt;i&gt;</it>real', "unreal"),
        ('un<bpt i="1">&lt;b&gt;</bpt>real<ept i="1">&lt;/b&gt;</ept>ly', "unreally"),
        ('(<ph x="1">{4}</ph>aside)', "(aside)"),
        ('before <ph x="1">&lt;br&gt;</ph> after', "before after"),
        ('Quay<ph x="1">&lt;br1/&gt;</ph>Town', "Quay<br1/>Town"),
    ],
)
def test_tmx_codes_of_others_never_join_two_words(tmp_path: Path, seg: str, text: str) -> None:
    path = tmx_file(tmp_path / "m.tmx", (f"<seg>{seg}</seg>", "<seg>algo</seg>"))
    (piece,) = tmx.translations(tmx.read(path), "en", "es")
    assert piece.source == text


OMEGAT = (
    '<tmx version="1.1"><header creationtool="OmegaT" o-tmf="OmegaT TMX" srclang="en"/><body><tu>'
    '<tuv lang="en"><seg>{}</seg></tuv><tuv lang="es"><seg>{}</seg></tuv></tu></body></tmx>'
)


@pytest.mark.parametrize(
    ("source", "target", "texts"),
    [
        (
            "Press &lt;b0&gt;Save&lt;/b0&gt;, see &lt;b1&gt;this&lt;/b1&gt; &lt;a2&gt;page&lt;/a2&gt;.&lt;br3/&gt;",
            "Vea &lt;b1&gt;esta&lt;/b1&gt; &lt;a2&gt;página&lt;/a2&gt;, pulse &lt;b0&gt;Guardar&lt;/b0&gt;.&lt;br3/&gt;",
            (
                "Press <b1>Save</b1>, see <b2>this</b2> <a1>page</a1>.<br1/>",
                "Vea <b2>esta</b2> <a1>página</a1>, pulse <b1>Guardar</b1>.<br1/>",
            ),
        ),
        (
            'The <bpt i="0" x="0">&lt;i0&gt;</bpt>town<ept i="0">&lt;/i0&gt;</ept> hall',
            'El <bpt i="0" x="0">&lt;i0&gt;</bpt>ayuntamiento<ept i="0">&lt;/i0&gt;</ept>',
            ("The <i1>town</i1> hall", "El <i1>ayuntamiento</i1>"),
        ),
        # A text that is cut into sentences has the halves of a pair in two of them.
        (
            "“I demand it.”&lt;/f1&gt;",
            "«Lo exijo».&lt;/f1&gt;",
            ("“I demand it.”", "«Lo exijo»."),
        ),
        ("-file &lt;xliff1&gt; c", "-file &lt;xliff1&gt; c", ("-file &lt;xliff1> c",) * 2),
    ],
)
def test_tags_of_omegat_are_placeholders(
    tmp_path: Path, source: str, target: str, texts: tuple[str, str]
) -> None:
    path = tmp_path / "omegat.tmx"
    path.write_text(OMEGAT.format(source, target), encoding="utf-8")
    (pair,) = tmx.translations(tmx.read(path), "en", "es")
    assert (pair.source, pair.target) == texts


def test_a_match_takes_the_placeholder_that_holds_the_same(
    tmp_path: Path, memory: Memory
) -> None:
    path = tmp_path / "omegat.tmx"
    source = (
        "Please press &lt;s0&gt;Save&lt;/s0&gt; and then read &lt;a1&gt;the guide&lt;/a1&gt;."
    )
    target = "Pulse &lt;s0&gt;Guardar&lt;/s0&gt; y lea después &lt;a1&gt;la guía&lt;/a1&gt;."
    path.write_text(OMEGAT.format(source, target), encoding="utf-8")
    memory.add(tmx.translations(tmx.read(path), "en", "es"), "en", "es", origin="omegat.tmx")
    msgid = "Please press <strong1>Save</strong1> and then read <a1>the guide</a1>."
    match = memory.search(msgid, "en", "es", minimum=75)[0]
    assert match.target == "Pulse <strong1>Guardar</strong1> y lea después <a1>la guía</a1>."
    assert not markup.validate(msgid, match.target)


def test_tmx_without_texts_says_so(newsroom: Path, l10n: Run) -> None:
    path = tmx_file(newsroom / "m.tmx", ("<note>a</note>", "<note>b</note>"))
    result = l10n("tm", "import", path.name)
    assert (result.returncode, "m.tmx: its 1 unit has no text" in result.stderr) == (2, True)
    tmx_file(path, ("<note>a</note>", "<seg>b</seg>"), ("<seg>house</seg>", "<seg>casa</seg>"))
    result = l10n("tm", "import", path.name)
    assert result.returncode == 0
    assert "m.tmx: 1 pair of texts" in result.stdout
    assert "1 unit without a text in two languages is left out" in result.stderr


def test_tmx_of_other_languages_says_which(newsroom: Path, l10n: Run) -> None:
    path = tmx_file(newsroom / "m.tmx", ("<seg>house</seg>", "<seg>casa</seg>"))
    path.write_text(
        path.read_text(encoding="utf-8").replace('"es"', '"pt-BR"'), encoding="utf-8"
    )
    assert "its texts are in en, pt-br" in l10n("tm", "import", path.name).stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no xml", "no XML"),
        ("<other/>", "no TMX"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><tmx>&b;</tmx>', "declares"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><tmx>&b;</tmx>', "declares"),
    ],
)
def test_what_is_no_tmx_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(text)
    with pytest.raises(L10nError, match=told):
        tmx.read(path)


@UNHURRIED
@given(query=text_of_unit, source=text_of_unit, target=text_of_unit)
def test_adapting_invents_no_token(query: str, source: str, target: str) -> None:
    allowed = {token.text for text in (query, target) for token in markup.tokens(text)}
    adapted = adapt(query, source, target, ("en", "es"))
    assert {token.text for token in markup.tokens(adapted.target)} <= allowed
    assert adapt(source, source, target, ("en", "es")).target == target
    assert Shape.of(source).text == Shape.of(markup.escape(markup.plain(source))).text


def test_command_line(newsroom: Path, l10n: Run) -> None:
    assert l10n("update").returncode == 0
    path = newsroom / "locales/en/LC_MESSAGES/feria.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('casetas."\nmsgstr ""', 'casetas."\nmsgstr "There are 42 stalls."'),
        encoding="utf-8",
    )
    rebuilt = l10n("tm", "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert rebuilt.stdout == "1 pair of texts\n"
    found = l10n("tm", "search", "stalls")
    assert "There are 42 stalls." in found.stdout
    assert l10n("tm", "search", "zebra").returncode == 1
    exported = l10n("tm", "export", "out.tmx")
    assert exported.returncode == 0, exported.stderr
    imported = l10n("tm", "import", "out.tmx")
    assert imported.stdout == "out.tmx: 1 pair of texts\n"
    bad = l10n("tm", "import", "l10n.toml")
    assert bad.returncode == 2
    assert bad.stderr.startswith("l10n: l10n.toml:1: the file is no XML")
