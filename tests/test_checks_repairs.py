"""What a finding offers instead: the address, number, name or term that the source asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.checks.context import CheckContext
from l10n.checks.entries import check_pair
from l10n.checks.fixes import mend
from l10n.checks.reading import Pair
from l10n.glossary import Glossary, Term
from l10n.model import Finding, Unit
from l10n.project.judging import Criteria

TERMS = (
    Term("es", "riada", "en", "flood"),
    Term("es", "barrio", "en", "district"),
    Term("es", "entrada", "en", "ticket"),
    Term("es", "ayuntamiento", "en", "town hall", forbidden=True),
    Term("es", "ayuntamiento", "en", "city council"),
    Term("en", "flood", "es", "riada"),
)


def _findings(source: str, text: str, pair: str, rule: str) -> list[Finding]:
    source_locale, target_locale = pair.split("-")
    context = CheckContext(
        source_locale=source_locale,
        target_locale=target_locale,
        glossary=Glossary(TERMS),
        only=frozenset({rule}),
        is_article=True,
    )
    return list(check_pair(Pair(source, text), context))


REPAIRS = [
    ("email", "es-en", "Escriba a prensa@example.org.", "Write to ayudas@example.org.", "Write to prensa@example.org."),
    ("email", "es-en", "De a@b.es a c@d.es.", "From c@d.es to e@f.es.", "From c@d.es to a@b.es."),
    ("url", "en-es", "See https://example.org/form.", "Véase https://example.org/formulario.", "Véase https://example.org/form."),
    ("url", "es-en", "Inscríbase en https://example.org/form.", "Register at https: //example.org/form.", "Register at https://example.org/form."),
    ("number", "en-es", "The fair drew 12,500 people.", "La feria atrajo a 15.200 personas.", "La feria atrajo a 12.500 personas."),
    ("number", "es-en", "El tren sale a las 15:30.", "The train leaves at 15:40.", "The train leaves at 15:30."),
    ("number", "es-en", "Costó 1.480,50 euros.", "It cost 1,840.50 euros.", "It cost 1,480.50 euros."),
    ("number", "es-en", "Llegaron <b1>87</b1> vecinos.", "<b1>78</b1> residents arrived.", "<b1>87</b1> residents arrived."),
    ("name", "en-es", "The mayor, Ana Zapatero, agreed.", "La alcaldesa, Ana Zapatreo, aceptó.", "La alcaldesa, Ana Zapatero, aceptó."),
    ("name", "en-es", "Minister Carlos Peña resigned.", "El ministro Carlos Pérez dimitió.", "El ministro Carlos Peña dimitió."),
    ("glossary", "es-en", "La riada llegó de noche.", "The riada came at night.", "The flood came at night."),
    ("glossary", "es-en", "Hubo dos riadas.", "There were two riadas.", "There were two floods."),
    ("glossary", "es-en", "El barrio celebra su fiesta.", "A neighbourhood holds its party.", "A district holds its party."),
    ("glossary", "es-en", "La <em1>riada</em1> llegó.", "The <em1>riada</em1> came.", "The <em1>flood</em1> came."),
    ("glossary", "en-es", "The flood came.", "Llegó el flood.", "Llegó la riada."),
    ("forbidden-term", "es-en", "El ayuntamiento paga.", "The town hall pays.", "The city council pays."),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "pair", "source", "text", "repaired"), REPAIRS)
def test_a_finding_offers_what_the_source_asks_for(
    rule: str, pair: str, source: str, text: str, repaired: str
) -> None:
    (finding,) = _findings(source, text, pair, rule)
    assert finding.fix is not None
    assert finding.fix.msgstr == repaired
    assert not finding.fix.is_safe
    assert _findings(source, repaired, pair, rule) == []


@pytest.mark.parametrize(
    ("rule", "pair", "source", "text"),
    [
        ("email", "es-en", "Escriba a prensa@example.org.", "Write to us."),
        ("glossary", "es-en", "La riada llegó.", "It came at night."),
        (
            "glossary",
            "es-en",
            "El barrio del barrio.",
            "The neighbourhood of the neighbourhood.",
        ),
        ("number", "es-en", "Hay 12 casas.", "There are houses."),
    ],
)
def test_nothing_is_offered_where_nobody_knows_the_place(
    rule: str, pair: str, source: str, text: str
) -> None:
    findings = _findings(source, text, pair, rule)
    assert findings
    assert all(finding.fix is None for finding in findings)


def test_check_fix_makes_no_repair_that_a_person_has_to_see(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    catalog = Catalog.new(path, source="es", target="en", article="x")
    catalog.merge([Unit("Escriba a prensa@example.org.")], article="x")
    catalog.entries[0].translate("Write to ayudas@example.org.")
    catalog.save()
    assert mend(path, Criteria("en", "es")).texts == 0


@pytest.mark.parametrize(
    ("source", "text", "repaired"),
    [
        ("The plan: the school opens.", "El plan: La escuela abre.", "El plan: la escuela abre."),
        ("<b1>Note</b1>: if it rains, stay.", "<b1>Nota</b1>: Si llueve, quédese.", "<b1>Nota</b1>: si llueve, quédese."),
        ("At 9:30: one thing: the fair.", "A las 9:30: una cosa: La feria.", "A las 9:30: una cosa: la feria."),
    ],
)  # fmt: skip
def test_a_capital_behind_a_colon_is_made_small(source: str, text: str, repaired: str) -> None:
    (finding,) = _findings(source, text, "en-es", "colon-case")
    assert finding.fix is not None
    assert finding.fix.msgstr == repaired


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The plan: The school opens.", "El plan: La escuela abre."),
        ("She said: “the fair opens”.", "Dijo: «La feria abre»."),
        ("Two: lisbon and more.", "Dos: Lisboa y más."),
        ("The plan, then: the school: opens.", "El plan: La escuela abre."),
        ("Note:", "Nota:"),
    ],
)
def test_a_capital_behind_a_colon_may_be_right(source: str, text: str) -> None:
    assert _findings(source, text, "en-es", "colon-case") == []
