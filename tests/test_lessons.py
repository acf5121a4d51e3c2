"""Lessons: what reviewers have accepted corrects the drafts of an engine, says so, and does no harm."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from l10n.catalog import Catalog
from l10n.drafting.lessons.evidence import evidence_of
from l10n.drafting.lessons.learning import Teacher, learn, learn_all
from l10n.drafting.lessons.lessons import Learnt, Lessons
from l10n.drafting.lessons.review import Review
from l10n.drafting.lessons.search import LEVELS, Search
from l10n.drafting.lessons.tables import Change, Phrase, pack
from l10n.drafting.lessons.trial import try_apart
from l10n.model import Unit
from l10n.text.edits import Edit, apply

Run = Callable[..., "CompletedProcess[str]"]

PLACES = [
    "kitchen",
    "garden",
    "harbour",
    "school",
    "library",
    "market",
    "station",
    "museum",
    "theatre",
    "square",
]
COLOURS = ["red", "blue", "green", "white", "black"]
LUGARES = [
    "la cocina",
    "el jardín",
    "el puerto",
    "la escuela",
    "la biblioteca",
    "el mercado",
    "la estación",
    "el museo",
    "el teatro",
    "la plaza",
]
COLORES = ["rojo", "azul", "verde", "blanco", "negro"]


def reviews(old: str, new: str, *, catalogs: int = 5) -> list[Review]:
    """Fifty reviews in which people have made one phrase of the engine's another, and left all else."""
    return [
        Review(
            f"es/{colour % catalogs}.po",
            f"The file in the {place} is {COLOURS[colour]}.",
            f"{old} en {lugar} es {COLORES[colour]}.",
            f"{new} en {lugar} es {COLORES[colour]}.",
        )
        for place, lugar in zip(PLACES, LUGARES, strict=True)
        for colour in range(5)
    ]


def corrected(lessons: Lessons, source: str, draft: str, **marks: object) -> str:
    """The draft of a sentence with what lessons change of it."""
    changes = lessons.correct(source, draft, **marks)  # type: ignore[arg-type]
    return apply(
        draft, [Edit(change.start, change.end, change.text) for change in changes]
    ).text


@pytest.fixture(scope="module")
def lima() -> Lessons:
    """People have made a file for papers of the one that carpenters have."""
    return Lessons(learn(reviews("La lima", "El archivo"), "en", "es"), "en", "es")


def test_a_phrase_that_reviewers_change_is_changed_in_new_drafts(lima: Lessons) -> None:
    text = corrected(lima, "The file is lost.", "La lima está perdida.")
    assert text == "El archivo está perdida."


def test_what_was_never_changed_stays(lima: Lessons) -> None:
    draft = "El mercado abre mañana en la plaza."
    assert corrected(lima, "The market opens tomorrow in the square.", draft) == draft


def test_a_word_that_stands_elsewhere_in_the_sentence_may_be_brought_in(lima: Lessons) -> None:
    draft = "La lima está en la sala grande del archivo."
    text = corrected(lima, "The file is in the big room of the archive.", draft)
    assert text == "El archivo está en la sala grande del archivo."


def test_what_was_seen_once_corrects_a_phrase_that_is_seldom_met_whatever_else_is_known() -> (
    None
):
    many = 61 * reviews("La lima", "El archivo")
    once = Review(
        "es/9.po", "The ledger is lost.", "La bitácora se pierde.", "El registro se pierde."
    )
    lessons = Lessons(learn_all([*many, once], "en", "es"), "en", "es", boldness=LEVELS[0])
    text = corrected(lessons, "The ledger is here.", "La bitácora está aquí.")
    assert text == "El registro está aquí."


def test_a_word_stands_apart_where_the_mark_before_it_goes() -> None:
    taught = learn_all(reviews("El pan, o la sal", "El pan o la sal"), "en", "es")
    lessons = Lessons(taught, "en", "es", boldness=LEVELS[0])
    text = corrected(lessons, "The bread or the salt is here.", "El pan, o la sal aquí.")
    assert text == "El pan o la sal aquí."


def test_a_correction_tells_how_often_and_where_it_was_made(lima: Lessons) -> None:
    changes = lima.correct("The file is lost.", "La lima está perdida.")
    change = next(change for change in changes if "archivo" in change.new)
    assert "lima" in change.old
    assert change.times == 50
    assert change.seen == 50
    catalog, msgid = change.examples[0]
    assert catalog == "es/0.po"
    assert msgid == "The file in the kitchen is red."


def test_lessons_survive_being_packed(lima: Lessons) -> None:
    again = Lessons(Learnt.unpacked(lima.learnt.packed()), "en", "es")
    source, draft = "The file is lost.", "La lima está perdida."
    assert again.correct(source, draft) == lima.correct(source, draft)


def test_an_unlearnt_correction_is_never_made_again() -> None:
    lessons = Lessons(learn(reviews("La lima", "El archivo"), "en", "es"), "en", "es")
    source, draft = "The file is lost.", "La lima está perdida."
    for _time in range(5):
        for change in lessons.correct(source, draft):
            lessons.unlearn(change.old, change.new)
    assert lessons.correct(source, draft) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("El plazo de 30 días", "El plazo de 15 días"),
        ("El «plan»", "El plan"),
        ("El plazo no acaba", "El plazo acaba"),
        ("El plazo", "El Plazo"),
        ("El plazo", "El plazo,"),
        ("El plazo acaba", "El plazo nunca acaba"),
    ],
    ids=["number", "quotes", "lost negation", "capital", "new mark", "new negation"],
)
def test_what_must_not_change_never_changes(old: str, new: str) -> None:
    lessons = Lessons(learn(reviews(old, new), "en", "es"), "en", "es")
    draft = f"{old} aquí."
    assert corrected(lessons, "The file is here.", draft) == draft


def test_a_name_of_the_source_stays_and_one_that_the_engine_translated_comes_back() -> None:
    lessons = Lessons(
        learn(reviews("El Pitón viejo", "El Python viejo"), "en", "es"), "en", "es"
    )
    draft = "El Pitón viejo en la cocina es rojo."
    text = corrected(lessons, "The Python file in the kitchen is red.", draft)
    assert text == "El Python viejo en la cocina es rojo."
    # Here nobody has spoken of Python.
    assert corrected(lessons, "The snake file in the kitchen is red.", draft) == draft


def test_numbers_and_placeholders_of_a_phrase_stay_what_they_are() -> None:
    pairs = [
        Review(
            f"es/{n % 5}.po",
            f"Up to {n} files <code1/> are kept.",
            f"Arriba a {n} limas <code1/> están mantenidas.",
            f"Se guardan hasta {n} archivos <code1/>.",
        )
        for n in range(2, 62)
    ]
    lessons = Lessons(learn(pairs, "en", "es"), "en", "es")
    draft = "Arriba a 970 limas XQA están mantenidas."
    text = corrected(lessons, "Up to 970 files XQA are kept.", draft, atoms=[(19, 22)])
    assert "970" in text
    assert "XQA" in text
    assert "limas" not in text


def test_markup_is_no_part_of_a_changed_phrase(lima: Lessons) -> None:
    draft = "La lima está perdida."
    # A link that begins between the two words: neither of them may take the other along.
    for change in lima.correct("The file is lost.", draft, borders={3}):
        assert not change.start < 3 < change.end


def test_a_denial_that_depends_on_the_word_behind_it_is_not_lost() -> None:
    # `no solo` denies nothing: behind a `no` that stays nothing may become `solo`.
    pairs = reviews("Va apenas", "Va solo")
    lessons = Lessons(learn(pairs, "en", "es"), "en", "es")
    draft = "La mesa no apenas en la cocina es roja."
    text = corrected(lessons, "The table is not hardly in the kitchen red.", draft)
    assert "no solo" not in text


def test_agreement_holds_where_a_change_meets_what_stays() -> None:
    pairs = reviews("Los coches pasan", "Los autos pasan") + reviews(
        "coche viejo", "auto viejo"
    )
    pairs += [
        Review(
            "es/9.po",
            f"A return {n} of it.",
            f"Un regreso {n} de ello.",
            f"Una devolución {n} de ello.",
        )
        for n in "abcdefghij"
    ]
    lessons = Lessons(learn(pairs, "en", "es"), "en", "es")
    text = corrected(lessons, "The return is late.", "El regreso es tarde.")
    assert "El devolución" not in text


def test_a_live_lesson_teaches_the_next_sentence() -> None:
    lessons = Lessons(Learnt(), "en", "es")
    teacher = Teacher(lessons)
    draft, accepted = "El cajón ardió.", "El contenedor ardió."
    source = "The bin burnt."
    assert corrected(lessons, "The bin is full.", "El cajón es lleno.") == "El cajón es lleno."
    for _time in range(3):
        teacher.teach(Review("es/a.po", source, draft, accepted))
    assert corrected(lessons, "The bin is full.", "El cajón es lleno.").startswith(
        "El contenedor"
    )


def project(folder: Path, *, learn: str = "") -> tuple[Path, Path]:
    """A project with fifty reviewed entries that an engine drafts otherwise, and two that are new."""
    (folder / "l10n.toml").write_text(
        f'source = "en"\ntargets = ["es"]\nengines = ["apertium"]\n{learn}', encoding="utf-8"
    )
    catalogs = folder / "locales/es/LC_MESSAGES"
    catalogs.mkdir(parents=True)
    old, new = catalogs / "old.po", catalogs / "new.po"
    reviewed = Catalog.new(old, source="en", target="es", article="en/old.html")
    msgids = [f"The {colour} file in the {place}." for place in PLACES for colour in COLOURS]
    reviewed.merge([Unit(msgid) for msgid in msgids], article="en/old.html")
    texts = [f"El archivo {color} en {lugar}." for lugar in LUGARES for color in COLORES]
    for entry, text in zip(reviewed.entries, texts, strict=True):
        entry.save_draft((text,))
        entry.approve(by="Ana")
    reviewed.save()
    fresh = Catalog.new(new, source="en", target="es", article="en/new.html")
    fresh.merge(
        [Unit("The red <a1>file</a1> with 12 <code1/>."), Unit("Ana opens the door.")],
        article="en/new.html",
    )
    fresh.save()
    return old, new


def test_prefill_corrects_says_so_and_explains(l10n: Run, tmp_path: Path) -> None:
    _old, new = project(tmp_path)
    done = l10n("prefill", "--explain", new)
    assert done.returncode == 0, done.stderr
    first, second = Catalog.load(new).entries
    assert "archivo</a1>" in first.msgstr
    assert "12 <code1/>" in first.msgstr
    assert first.stamp is not None
    assert (first.stamp.engine or "").startswith("apertium+house:")
    assert "became" in done.stdout
    assert "locales/es/LC_MESSAGES/old.po" in done.stdout
    # What no lesson touched is the engine's own.
    assert second.stamp is not None
    assert (second.stamp.engine or "").startswith("apertium:")


def test_a_project_that_does_not_learn_gets_plain_drafts(l10n: Run, tmp_path: Path) -> None:
    _old, new = project(tmp_path, learn="learn = false\n")
    assert l10n("prefill", new).returncode == 0
    assert "archivo" not in Catalog.load(new).entries[0].msgstr
    assert not (tmp_path / ".l10n/lessons.sqlite").exists()


def test_only_what_a_person_reviewed_teaches(l10n: Run, tmp_path: Path) -> None:
    old, new = project(tmp_path)
    catalog = Catalog.load(old)
    for entry in catalog.entries:
        entry.save_draft(entry.msgstrs)
    catalog.save()
    assert l10n("prefill", new).returncode == 0
    assert "archivo" not in Catalog.load(new).entries[0].msgstr


def test_derived_state_can_be_deleted_and_made_again(l10n: Run, tmp_path: Path) -> None:
    _old, new = project(tmp_path)
    before = new.read_bytes()
    l10n("prefill", new)
    drafted = new.read_bytes()
    for file in (tmp_path / ".l10n").iterdir():
        file.unlink()
    new.write_bytes(before)
    rebuilt = l10n("tm", "rebuild")
    assert "50 reviewed entries" in rebuilt.stdout
    l10n("prefill", new)
    strip = [line for line in drafted.decode().splitlines() if "Date" not in line]
    assert [line for line in new.read_text().splitlines() if "Date" not in line] == strip


def test_a_damaged_file_of_lessons_is_begun_anew(l10n: Run, tmp_path: Path) -> None:
    _old, new = project(tmp_path)
    (tmp_path / ".l10n").mkdir()
    (tmp_path / ".l10n/lessons.sqlite").write_bytes(b"no database at all" * 100)
    done = l10n("prefill", new)
    assert done.returncode == 0, done.stderr
    assert "archivo" in Catalog.load(new).entries[0].msgstr


def test_a_file_of_the_release_before_goes_on(l10n: Run, tmp_path: Path) -> None:
    old, new = project(tmp_path)
    l10n("prefill", new)
    base = sqlite3.connect(tmp_path / ".l10n/lessons.sqlite")
    base.execute("alter table seen drop column teaches")
    base.execute("pragma user_version = 4")
    drafts = base.execute("select count(*) from draft").fetchone()
    base.close()
    catalog = Catalog.load(old)
    catalog.entries[0].save_draft(("El fichero negro.",))
    catalog.save()
    assert l10n("tm", "rebuild").returncode == 0
    base = sqlite3.connect(tmp_path / ".l10n/lessons.sqlite")
    assert base.execute("select count(*) from draft").fetchone() == drafts
    reviewed = "select count(*) from entry where state = 'reviewed'"
    assert base.execute(reviewed).fetchone() == (49,)
    base.close()


def test_two_halves_of_one_change_bring_no_word_in_twice() -> None:
    people = {"La alcaldesa": "The mayor", "El equipo": "The home team", "La empresa": "The bus company", "El gobierno": "The regional government"}  # fmt: skip
    verbs = {"rechazó": "rejected", "aprobó": "approved", "explicó en la plaza": "explained in the square", "pidió otra vez": "asked again for"}  # fmt: skip
    objects = {
        "el presupuesto de la feria": ("the estimate of the fair", "the fair budget"),
        "el plan de la carretera vieja": (
            "the plan of the old road",
            "the plan of the old road",
        ),
        "las obras del mercado": ("the works of the market", "the work of the market"),
        "la ayuda a las escuelas": ("the help to the schools", "the help to the schools"),
    }
    pairs = [
        Review(
            f"en/{place % 5}.po",
            f"{who} {verb} {what}.",
            f"{people[who]} {verbs[verb]} {objects[what][0]}.",
            f"{people[who]} {verbs[verb]} {objects[what][1]}.",
        )
        for place, (who, verb, what) in enumerate(itertools.product(people, verbs, objects))
    ]
    lessons = Lessons(learn(pairs, "es", "en"), "es", "en", boldness=LEVELS[0])
    draft = "The city council presented on Monday the estimate of the fair."
    source = "El ayuntamiento presentó el lunes el presupuesto de la feria."
    text = corrected(lessons, source, draft)
    assert text.count("budget") <= 1, text


def test_many_more_reviews_than_were_tried_make_more_timid() -> None:
    """What the rest teaches is the same here: only how much there is differs."""
    words = ["".join(letters) for letters in itertools.product("bcdfg", "aeiou", "lmnr")]
    taught = [
        Review(f"es/{k}.po", f"It was {k} {a} {b}.", f"Fue {a}ta {b}ta.", f"Fue {a}ro {b}ro.")
        for k in range(3)
        for a, b in zip(words, words[k + 1 :] + words[: k + 1], strict=True)
    ]
    learnt = learn_all(taught[:200], "en", "es")
    few, many = (
        try_apart(reviews, "en", "es", lambda _part: learnt).trials[0].level
        for reviews in (taught, 60 * taught)
    )
    names = [level.name for level in LEVELS]
    assert names.index(many) == names.index(few) + 1


def test_drafts_of_what_the_house_knows_stand_before_others_in_the_order() -> None:
    """Half of the engine's drafts were kept by people, half rewritten, each in another way."""
    ways = itertools.permutations(
        ["perdió", "quizá", "nunca", "siempre", "tarde", "pronto", "ayer"]
    )
    taught = [
        *reviews("El archivo", "El archivo"),
        *(
            Review(
                f"es/{number % 5}.po",
                f"{name} fell over {thing} {number}.",
                f"{name} cayó encima {cosa} {number}.",
                f"{' '.join(next(ways))} {number}.",
            )
            for number, (name, (thing, cosa)) in enumerate(
                itertools.product(
                    ["Ana", "Luis", "Eva", "Juan", "Rosa"],
                    zip(PLACES, LUGARES, strict=True),
                )
            )
        ),
    ]
    assert learn(taught, "en", "es").confidence is None, "so few kept aside tell nothing"
    learnt = learn(
        [row._replace(catalog=f"{row.catalog}{n}") for n in range(6) for row in taught],
        "en",
        "es",
    )
    assert learnt.confidence is not None
    lessons = Lessons(Learnt.unpacked(learnt.packed()), "en", "es")
    sides = [
        ("The file in the library is red.", "El archivo en la biblioteca es rojo."),
        ("Rosa fell over library 7.", "Rosa cayó encima la biblioteca 7."),
    ]
    scores = [
        learnt.confidence.score([evidence_of(lessons, *side, (), ())], 0.5) for side in sides
    ]
    assert scores[0] > scores[1]
    assert lessons.learnt.confidence == learnt.confidence


class _Even:
    """A language in which every word is as likely as any other."""

    def score(self, _first: int, _second: int, _word: int) -> float:
        return 0.0


class _Eager:
    """Knows many changes of one word, and nothing of others."""

    lessons = 0

    def look_up(self, key: int) -> Phrase:
        changes = tuple(Change((new,), 90.0, 9, (new,)) for new in range(10, 15))
        return Phrase(100.0, 1.0, changes if key == pack([7]) else ())


def test_a_sentence_stays_where_every_change_that_is_followed_meets_a_word_it_may_not() -> None:
    search = Search(_Eager(), _Even(), LEVELS[0], lambda _left, right: right >= 10)  # type: ignore[arg-type]
    assert search.correct([7, 8], lambda _words, _change: 0.0) == []
