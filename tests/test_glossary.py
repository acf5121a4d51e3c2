"""The glossary: terms found in any form, violations, enforcement in drafts, exchange."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from l10n.drafting.units import translate_units
from l10n.engines import Pair
from l10n.errors import L10nError
from l10n.glossary import COLUMNS, Glossary, Term, Violation, tbx
from l10n.glossary.candidates import extract_terms
from l10n.model import Draft

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""These tests measure no time: a busy machine must not fail them."""

Run = Callable[..., "CompletedProcess[str]"]

HEADER = ",".join(COLUMNS) + "\n"
LINES = """\
es,feria del libro,en,book fair,,
es,Ayuntamiento,en,town council,The body,
es,concejala,en,councilor,,
es,librería,en,bookstore,,
es,librería,en,library,A library is a biblioteca,yes
es,biblioteca,en,library,,
es,pabellón,en,sports center,,
es,pabellón municipal,en,municipal sports center,,
es,OMS,en,WHO,,
es,El Puente,en,El Puente,A newspaper,
en,landlord,es,casero,,
en,library,es,biblioteca,,
en,stall,es,caseta,,
,,en,illegals,,yes
"""


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    path = tmp_path / "glossary.csv"
    path.write_text(HEADER + LINES, encoding="utf-8")
    return Glossary.load(path)


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("La Feria del Libro abre.", ["Feria del Libro"]),
            ("Dos concejalas y una librería.", ["concejalas", "librería"]),
            ("Los pabellones municipales cierran.", ["pabellones municipales"]),
            ("Los pabellones cierran.", ["pabellones"]),
            ("Lo dice la OMS.", ["OMS"]),
            ("Nos vemos, oms.", []),
            ("Prelibrería y librerías.", ["librerías"]),
            ("El Ayuntamiento de Alba", ["Ayuntamiento"]),
            ("Un ayuntamiento de pueblo", []),
            ("", []),
        ],
    )
    def test_terms_in_any_form_longest_first(
        self, glossary: Glossary, text: str, found: list[str]
    ) -> None:
        hits = glossary.terms_in(text, "es-MX", "en")
        assert [text[hit.start : hit.end] for hit in hits] == found

    def test_hit_tells_all_about_a_term(self, glossary: Glossary) -> None:
        (hit,) = glossary.terms_in("la librería", "es", "en")
        assert hit.target_terms == ("bookstore",)
        assert hit.forbidden == ("library",)
        assert hit.note == "A library is a biblioteca"

    def test_terms_hold_in_one_direction(self, glossary: Glossary) -> None:
        assert glossary.terms_in("the book fair", "en", "es") == ()
        assert [hit.source_term for hit in glossary.terms_in("the landlords", "en", "es")] == [
            "landlord"
        ]


class TestViolations:
    def test_a_term_that_is_not_used(self, glossary: Glossary) -> None:
        assert glossary.violations("La feria del libro", "The fair of books", "es", "en") == (
            Violation("feria del libro", ("book fair",)),
        )

    def test_inflected_terms_are_right(self, glossary: Glossary) -> None:
        assert glossary.violations("Las librerías", "The bookstores", "es", "en") == ()

    def test_a_forbidden_term(self, glossary: Glossary) -> None:
        (violation,) = glossary.violations(
            "La <b1>librería</b1>", "The <b1>library</b1>", "es", "en"
        )
        assert violation.found == "library"
        assert violation.wanted == ("bookstore",)
        assert violation.span == (4, 11)

    def test_a_term_another_one_asks_for_is_not_forbidden(self, glossary: Glossary) -> None:
        source, target = "La librería y la biblioteca", "The bookstore and the library"
        assert glossary.violations(source, target, "es", "en") == ()

    def test_a_term_forbidden_everywhere(self, glossary: Glossary) -> None:
        (violation,) = glossary.violations("Llegaron ayer", "The illegals came", "es", "en")
        assert violation == Violation("", (), "illegals", (4, 12))

    def test_nothing_to_say_about_what_is_not_there(self, glossary: Glossary) -> None:
        assert glossary.violations("La librería", "", "es", "en") == ()
        assert glossary.violations("La librería", "<omit/>", "es", "en") == ()


class TestFile:
    def test_absent_file_is_an_empty_glossary(self, tmp_path: Path) -> None:
        assert not Glossary.load(tmp_path / "none.csv")

    @pytest.mark.parametrize(
        ("text", "line", "told"),
        [
            ("source_locale,source_term\n", 1, "lacks the column target_locale"),
            (HEADER.replace("note", "notes"), 1, "unknown column “notes”"),
            (HEADER + "es,a,en,b,,\nes,,en,b,,\n", 3, "source_term is empty"),
            (HEADER + "es,a,en,b,,maybe\n", 2, "forbidden is “maybe”"),
            (HEADER + 'es,"a,en,b\n', None, "no CSV"),
        ],
    )
    def test_damage_is_told_with_its_line(
        self, tmp_path: Path, text: str, line: int | None, told: str
    ) -> None:
        path = tmp_path / "glossary.csv"
        path.write_text(text)
        with pytest.raises(L10nError, match=told) as caught:
            Glossary.load(path)
        assert caught.value.path == path
        assert line is None or caught.value.line == line

    def test_not_utf8_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "glossary.csv"
        path.write_bytes(HEADER.encode() + "es,año,en,year,,\n".encode("mac-roman"))
        with pytest.raises(L10nError, match="UTF-8"):
            Glossary.load(path)

    def test_saving_and_loading_keeps_all(self, glossary: Glossary, tmp_path: Path) -> None:
        copy = tmp_path / "copy.csv"
        glossary.save(copy)
        assert Glossary.load(copy).terms == glossary.terms

    def test_merging_doubles_nothing(self, glossary: Glossary) -> None:
        new = Term("es", "faro", "en", "lighthouse")
        merged = glossary.merged([new, new, glossary.terms[0]])
        assert merged.terms == (*glossary.terms, new)


words = st.text(st.sampled_from("abcñ <>&\"'é-"), min_size=1, max_size=12).map(
    lambda text: " ".join(text.split())
)


@UNHURRIED
@given(
    st.lists(
        st.builds(
            Term,
            st.just("es"),
            words.filter(bool),
            st.just("en"),
            words.filter(bool),
            words,
            st.booleans(),
        ),
        max_size=6,
        unique_by=lambda term: (term.source_term, term.target_term),
    )
)
def test_tbx_round_trip(tmp_path_factory: pytest.TempPathFactory, terms: list[Term]) -> None:
    path = tmp_path_factory.mktemp("tbx") / "terms.tbx"
    path.write_text(tbx.write(terms), encoding="utf-8")
    assert sorted(tbx.read(path, "es", "en"), key=repr) == sorted(terms, key=repr)


def test_tbx_of_version_2_is_read(tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(
        """<?xml version="1.0"?><martif type="TBX" xml:lang="en"><text><body>
        <termEntry id="1"><langSet xml:lang="es-ES"><tig><term>acera</term></tig></langSet>
        <langSet xml:lang="en-US"><ntig><termGrp><term>sidewalk</term></termGrp></ntig>
        <tig><term>pavement</term>
        <termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
        </langSet></termEntry></body></text></martif>""",
        encoding="utf-8",
    )
    assert tbx.read(path, "es", "en") == [
        Term("es", "acera", "en", "sidewalk"),
        Term("es", "acera", "en", "pavement", forbidden=True),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("no xml", "no XML"),
        ("<other/>", "no TBX"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><tbx>&b;</tbx>', "declares"),
    ],
)
def test_what_is_no_tbx_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "terms.tbx"
    path.write_text(text)
    with pytest.raises(L10nError, match=told):
        tbx.read(path, "es", "en")


class Dictionary:
    """An engine that knows some texts and copies the rest."""

    name = "dictionary"

    def __init__(self, **texts: str) -> None:
        self._texts = {key.replace("_", " "): text for key, text in texts.items()}

    def pairs(self) -> frozenset[Pair]:
        return frozenset({("en", "es"), ("es", "en")})

    def version(self, _source: str, _target: str) -> str:
        return "1"

    def translate(self, texts: list[str], _source: str, _target: str) -> list[Draft]:
        return [Draft(self._texts.get(text.rstrip("."), text)) for text in texts]


class TestEnforcement:
    def draft(
        self, glossary: Glossary, pair: Pair, msgid: str, **texts: str
    ) -> tuple[str, str]:
        (draft,) = translate_units([msgid], Dictionary(**texts), *pair, glossary=glossary)
        return draft.text, " ".join(draft.verdict.reasons)

    def test_the_engines_word_is_replaced_and_noted(self, glossary: Glossary) -> None:
        text, reasons = self.draft(
            glossary,
            ("en", "es"),
            "The landlord left.",
            The_landlord_left="El dueño salió.",
            landlord="dueño",
        )
        assert text == "El casero salió."
        assert "enforced:landlord" in reasons

    @pytest.mark.parametrize(
        ("pair", "term", "text", "terms"),
        [
            (("en", "es"), ("Crane", "Grulla"), "The crane lifts stones.", []),
            (("en", "es"), ("Crane", "Grulla"), "Press Crane twice.", ["Crane"]),
            (("en", "es"), ("crane", "grúa"), "Cranes lift stones.", ["crane"]),
            (("en", "es"), ("crane", "grúa"), "She craned her neck.", []),
            (("en", "es"), ("paint", "pintar"), "They painted the wall.", ["paint"]),
            (("en", "es"), ("building", "edificio"), "The buildings are old.", ["building"]),
            (("es", "en"), ("Plaza", "Marketplace"), "Queda una plaza libre.", []),
        ],
    )
    def test_a_common_word_is_no_term(
        self, pair: Pair, term: tuple[str, str], text: str, terms: list[str]
    ) -> None:
        glossary = Glossary([Term(pair[0], term[0], pair[1], term[1])])
        assert [hit.source_term for hit in glossary.terms_in(text, *pair)] == terms

    @pytest.mark.parametrize(
        ("pair", "term", "word", "text"),
        [
            (
                ("es", "en"),
                ("jefe de obra", "site manager"),
                "jefes de obra",
                "The site managers left.",
            ),
            (
                ("en", "es"),
                ("site manager", "jefe de obra"),
                "site managers",
                "Los jefes de obra left.",
            ),
            (
                ("en", "es"),
                ("night bus", "autobús nocturno"),
                "night buses",
                "Los autobuses nocturnos left.",
            ),
        ],
    )
    def test_terms_of_several_words_have_plurals(
        self, pair: Pair, term: tuple[str, str], word: str, text: str
    ) -> None:
        glossary = Glossary([Term(pair[0], term[0], pair[1], term[1])])
        article = "Los" if pair[1] == "es" else "The"
        engine = Dictionary(
            **{
                f"The_{word}_left".replace(" ", "_"): f"{article} gurks left.",
                word.replace(" ", "_"): "gurks",
            }
        )
        (draft,) = translate_units([f"The {word} left."], engine, *pair, glossary=glossary)
        assert draft.text == text

    def test_number_is_kept(self, glossary: Glossary) -> None:
        text, _reasons = self.draft(
            glossary,
            ("en", "es"),
            "The landlords left.",
            The_landlords_left="Los dueños salieron.",
            landlords="dueños",
        )
        assert text == "Los caseros salieron."

    def test_article_follows_the_gender(self, glossary: Glossary) -> None:
        text, _reasons = self.draft(
            glossary,
            ("en", "es"),
            "The stall by the river opens today.",
            The_stall_by_the_river_opens_today="El puesto junto al río abre hoy.",
            stall="puesto",
        )
        assert text == "El puesto junto al río abre hoy."
        text, _reasons = self.draft(
            glossary,
            ("en", "es"),
            "The stall of the baker opens.",
            The_stall_of_the_baker_opens="El puesto del panadero abre.",
            stall="puesto",
        )
        assert text == "La caseta del panadero abre."

    def test_adjectives_that_would_have_to_agree_stop_it(self, glossary: Glossary) -> None:
        text, reasons = self.draft(
            glossary,
            ("en", "es"),
            "The red stall is here.",
            The_red_stall_is_here="El puesto rojo está aquí.",
            stall="puesto",
        )
        assert text == "El puesto rojo está aquí."
        assert "terms:stall" in reasons

    def test_english_article_follows_the_sound(self, glossary: Glossary) -> None:
        text, _reasons = self.draft(
            glossary.merged([Term("es", "taller", "en", "atelier")]),
            ("es", "en"),
            "Un taller cerró.",
            Un_taller_cerró="A workshop closed.",
            taller="workshop",
        )
        assert text == "An atelier closed."

    def test_a_heading_that_is_a_term_is_the_term(self, glossary: Glossary) -> None:
        text, _reasons = self.draft(glossary, ("es", "en"), "Feria del libro")
        assert text == "Book fair"

    def test_markup_stays_on_the_term(self, glossary: Glossary) -> None:
        text, _reasons = self.draft(
            glossary,
            ("en", "es"),
            "The <b1>landlord</b1> left.",
            The_landlord_left="El dueño salió.",
            landlord="dueño",
        )
        assert text == "El <b1>casero</b1> salió."

    def test_unchanging_names_never_reach_the_engine(self, glossary: Glossary) -> None:
        text, _reasons = self.draft(
            glossary,
            ("es", "en"),
            "Lo dice El Puente hoy.",
            Lo_dice_XQA_hoy="XQA says so today.",
        )
        assert text == "El Puente says so today."


TABLES = {
    "excel.csv": (
        "source_locale;source_term;target_locale;target_term;note;forbidden\n"
        'es;plaza mayor;en;main square;"one; not two";\n'
    ).encode("utf-8-sig"),
    "excel.txt": (
        "source_locale\tsource_term\ttarget_locale\ttarget_term\n"
        "es\tplaza mayor\ten\tmain square\n"
    ).encode("utf-16"),
    "windows.csv": (
        "sep=;\r\nsource_locale;source_term;target_locale;target_term;note\r\n"
        "es;plaza mayor;en;main square;«la mejor», según él\r\n"
    ).encode("cp1252"),
    "omegat.txt": b'# ours\nplaza mayor\tmain square\tno "town" square\n',
    "omegat.utf8": b"plaza mayor\tmain square\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_other_programs(newsroom: Path, l10n: Run, name: str) -> None:
    (newsroom / name).write_bytes(TABLES[name])
    assert l10n("glossary", "import", name).stdout == "1 term added\n"
    terms = Glossary.load(newsroom / "locales" / "glossary.csv").terms
    (term,) = [term for term in terms if term.source_term == "plaza mayor"]
    assert (term.source_locale, term.target_locale, term.target_term) == (
        "es",
        "en",
        "main square",
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"plaza\tsquare\tx\ty\n", "a.txt:1: a line of source, target and comment"),
        ("a.csv", b"es;plaza;en;square\n", "a.csv:1: the glossary has an unknown column"),
        (
            "a.csv",
            "source_locale;ñ\n".encode("mac-roman"),
            "a.csv:1: the glossary is neither UTF-8",
        ),
    ],
)
def test_tables_that_are_none(
    newsroom: Path, l10n: Run, name: str, content: bytes, message: str
) -> None:
    (newsroom / name).write_bytes(content)
    result = l10n("glossary", "import", name)
    assert (result.returncode, message in result.stderr) == (2, True)


def test_extract_proposes_groups_not_their_parts() -> None:
    texts = [
        "La línea de tren llega. La línea de tren para. Una línea de tren nueva.",
        "El ayuntamiento paga la línea de tren. El ayuntamiento calla. Del ayuntamiento depende.",
    ]
    found = extract_terms(texts, "es")
    assert [(each.term, each.count, each.articles) for each in found[:2]] == [
        ("línea de tren", 4, 2),
        ("ayuntamiento", 3, 1),
    ]
    assert "línea de tren" not in [
        each.term for each in extract_terms(texts, "es", known=["Línea de tren"])
    ]


def test_command_line(newsroom: Path, l10n: Run) -> None:
    (newsroom / "locales/glossary.csv").write_text(
        HEADER + "es,caseta,en,stall,,\n", encoding="utf-8"
    )
    assert l10n("update").returncode == 0
    catalog = newsroom / "locales/en/LC_MESSAGES/feria.po"
    text = catalog.read_text(encoding="utf-8")
    done = text.replace(
        'msgid "Hay 42 casetas."\nmsgstr ""',
        'msgid "Hay 42 casetas."\nmsgstr "There are 42 booths."',
    )
    assert done != text
    catalog.write_text(done, encoding="utf-8")
    checked = l10n("glossary", "check")
    assert checked.returncode == 1
    assert "“caseta” should be “stall”" in checked.stdout
    exported = l10n("glossary", "export")
    assert "<term>caseta</term>" in exported.stdout
    assert l10n("glossary", "extract", "es", "--minimum", "2").returncode == 0
