"""The memory of a house: many texts, several projects, others who write meanwhile."""

from __future__ import annotations

import random
import sqlite3
import threading
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from l10n.catalog import Catalog
from l10n.desk.memories import open_memory
from l10n.errors import L10nError
from l10n.memory import Memory, Translation
from l10n.memory.similarity import Shape
from l10n.project import Project

NOUNS = tuple(
    a + b
    for a in ("port", "mar", "lib", "coun", "fer", "bri")
    for b in ("ket", "rary", "cil", "ry", "dge")
)
VERBS = ("opens", "closes", "moves", "waits", "changes", "returns", "grows", "needs help")
FRAMES = (
    "The {a} {v} when the {b} of street {n} is ready.",
    "Nobody knew why the {a} near the {b} {v} at {n} every day.",
    "Defaults to ``{a}{n}``.",
    "{a} and {b} {n}",
    "The {a} is deprecated since version {n}; use the {b} instead.",
)


def many_texts(count: int) -> list[str]:
    """Return texts that share frames and words, as those of manuals and reports do."""
    chance = random.Random(3)
    texts: dict[str, None] = {}
    while len(texts) < count:
        a, b = (chance.choice(NOUNS) + chance.choice(("", "s", "-side", " yard")) for _ in "ab")
        frame = chance.choice(FRAMES)
        texts[frame.format(a=a, b=b, v=chance.choice(VERBS), n=chance.randrange(90))] = None
    return list(texts)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    path = tmp_path_factory.mktemp("memory") / "memory.sqlite"
    texts = many_texts(6000)
    with Memory.open(path) as memory:
        memory.add((Translation(text, text) for text in texts), "en", "es", origin="house")
    return path, texts


def test_texts_of_one_frame_are_told_apart(large: tuple[Path, list[str]]) -> None:
    path, texts = large
    chance = random.Random(4)
    shapes = [Shape.of(text).text for text in texts]
    hits = tried = 0
    with Memory.open(path) as memory:
        for text in chance.sample(texts, 150):
            words = text.split()
            place = chance.choice([n for n, word in enumerate(words) if word.isalpha()] or [0])
            words[place] = chance.choice(("harbours", "opened", "of"))
            query = " ".join(words)
            shape = Shape.of(query).text
            best = process.extractOne(shape, shapes, scorer=fuzz.ratio, score_cutoff=75)
            if best is None:
                continue
            tried += 1
            matches = memory.search(query, "en", "es", minimum=50, limit=20)
            hits += any(
                fuzz.ratio(shape, Shape.of(match.source).text) >= best[1] for match in matches
            )
    assert tried > 100
    assert hits / tried >= 0.99


def test_concordance_asks_an_index(large: tuple[Path, list[str]]) -> None:
    path, _texts = large
    with Memory.open(path) as memory:
        matches = memory.concordance("Ferket", "en", "es", limit=50)
        assert len(matches) == 50
        assert all("ferket" in match.source.lower() for match in matches)
        (match, *_rest) = memory.concordance("defaults librar", "en", "es")
        assert match.percent == 0  # the words stand apart
        both = memory.concordance("deprecated since version", "en", "es")
        assert {match.percent for match in both} == {100}
        assert memory.concordance("ferket zeppelin", "en", "es") == []
    base = sqlite3.connect(path)
    plan = base.execute(
        "explain query plan select rowid from word where word match 'ferket'"
    ).fetchall()
    base.close()
    assert "VIRTUAL TABLE INDEX" in str(plan)


def test_what_was_reviewed_comes_first_in_the_concordance(tmp_path: Path) -> None:
    with Memory.open(tmp_path / "m.sqlite") as memory:
        pairs = [Translation(f"The quay {n}", f"El muelle {n}", n == 3) for n in range(9)]
        memory.add(pairs, "en", "es", origin="x")
        first, second, *_rest = memory.concordance("muelle", "en", "es")
    assert (first.target, second.target) == ("El muelle 3", "El muelle 8")


def test_a_review_costs_the_index_nothing_and_removals_are_cleaned_up(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory.open(path) as memory:
        texts = [f"Sentence number {n} of the old port" for n in range(50)]
        memory.add((Translation(t, t) for t in texts), "en", "es", origin="x")

        def blocks() -> list[tuple[int, bytes]]:
            base = sqlite3.connect(path)
            rows = base.execute("select id, entries from posting order by id").fetchall()
            base.close()
            return rows

        before = blocks()
        memory.add((Translation(t, t, True, "2026") for t in texts), "en", "es", origin="x")
        assert blocks() == before
        assert memory.search("Sentence number 7 of an old port", "en", "es")[0].reviewed
        memory.add([Translation(texts[0], texts[0])], "en", "es", origin="x")
        assert len(memory) == 1
        assert memory.concordance("port", "en", "es", limit=9)[0].source == texts[0]
        assert len(memory.concordance("port", "en", "es", limit=9)) == 1
        (match,) = memory.search("Sentence number 1 of the old port!", "en", "es", minimum=60)
        assert match.source == texts[0]
        memory.rebuild([])
        memory.add([], "en", "es", origin="y")


def test_imports_of_the_layout_before_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    base = sqlite3.connect(path)
    base.executescript(
        "create table pair (id integer primary key, source text, target text);"
        "create table piece (id integer primary key, pair, origin, learnt, source, target, shape,"
        " folded_source, folded_target, before, after, reviewed, at);"
        "create index piece_source on piece (pair, source);"
        "create table posting (pair, key, length, piece, primary key (pair, key, length, piece))"
        " without rowid;"
        "insert into pair values (1, 'en', 'es');"
        "insert into piece values (1, 1, 'old.tmx', 0, 'The quay', 'El muelle', 'The quay',"
        " '', '', 'a', 'b', 1, '2020');"
        "insert into piece values (2, 1, '/gone/a.po', 1, 'The port', 'El puerto', 'The port',"
        " '', '', '', '', 1, '2020');"
        "pragma user_version = 2;"
    )
    base.close()
    with Memory.open(path) as memory:
        assert len(memory) == 1
        match = memory.exact("The quay", "en", "es", before="a", after="b")
        assert match is not None
        assert (match.target, match.percent, match.origin) == ("El muelle", 101, "old.tmx")
        assert memory.concordance("muelles quay", "en", "es") == []
        assert memory.concordance("quay", "en", "es")


def newspaper(root: Path, source: str, translation: str) -> Project:
    (root / "locales/en/LC_MESSAGES").mkdir(parents=True)
    (root / "l10n.toml").write_text('targets = ["en"]\n')
    path = root / "locales/en/LC_MESSAGES/news.po"
    catalog = Catalog.open_or_new(path, source="es", target="en", article="news.html")
    path.write_bytes(catalog.dumps() + f'\nmsgid "{source}"\nmsgstr "{translation}"\n'.encode())
    return Project.load(root / "l10n.toml")


class TestShared:
    @pytest.fixture
    def house(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        (tmp_path / "config/l10n").mkdir(parents=True)
        (tmp_path / "config/l10n/config.toml").write_text('memory = "house.sqlite"\n')
        return tmp_path / "config/l10n/house.sqlite"

    def test_projects_learn_from_each_other(self, tmp_path: Path, house: Path) -> None:
        daily = newspaper(tmp_path / "daily", "El puerto abre", "The port opens")
        weekly = newspaper(tmp_path / "weekly", "La lonja cierra", "The market closes")
        open_memory(daily).close()
        with open_memory(weekly) as memory:
            assert memory.exact("El puerto abre", "es", "en")
            assert memory.exact("La lonja cierra", "es", "en")
        assert house.exists()
        assert not (weekly.derived / "memory.sqlite").exists()
        # What is gone from one project is forgotten, and what another has stays.
        weekly.catalogs()[0].unlink()
        with open_memory(weekly) as memory:
            assert memory.exact("El puerto abre", "es", "en")
            assert memory.exact("La lonja cierra", "es", "en") is None

    def test_a_project_file_cannot_name_it(self, tmp_path: Path) -> None:
        (tmp_path / "l10n.toml").write_text('memory = "/srv/house.sqlite"\n')
        with pytest.raises(L10nError, match="memory"):
            Project.load(tmp_path / "l10n.toml")

    def test_it_is_read_while_others_write(
        self, tmp_path: Path, house: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        daily = newspaper(tmp_path / "daily", "El puerto abre", "The port opens")
        open_memory(daily).close()
        weekly = newspaper(tmp_path / "weekly", "La lonja cierra", "The market closes")
        monkeypatch.setattr("l10n.memory.store._PATIENCE", 0.2)
        writer = sqlite3.connect(house, isolation_level=None)
        writer.execute("begin immediate")
        writer.execute("update piece set at = 'now'")
        problems: list[L10nError] = []
        with open_memory(weekly, on_problem=problems.append) as memory:
            assert memory.exact("El puerto abre", "es", "en")
            assert memory.search("El puerto abre ya", "es", "en", minimum=60)
            assert memory.exact("La lonja cierra", "es", "en") is None
        writer.execute("commit")
        writer.close()
        assert "another command is writing it" in problems[0].hint
        with open_memory(weekly) as memory:
            assert memory.exact("La lonja cierra", "es", "en")

    def test_two_projects_learn_at_once(self, tmp_path: Path, house: Path) -> None:
        projects = [
            newspaper(tmp_path / f"p{n}", f"Texto número {n} del puerto", f"Text number {n}")
            for n in range(6)
        ]
        failures: list[L10nError] = []

        def learn(project: Project) -> None:
            open_memory(project, on_problem=failures.append).close()

        threads = [threading.Thread(target=learn, args=(project,)) for project in projects]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures
        with Memory.open(house) as memory:
            assert len(memory) == 6
            for n in range(6):
                assert memory.exact(f"Texto número {n} del puerto", "es", "en")
                assert len(memory.concordance(f"número {n}", "es", "en")) == 1
