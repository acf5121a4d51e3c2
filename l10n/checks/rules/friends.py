"""The rule about false friends: words that look like those of the source and mean something else."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

# English and Spanish word that look alike, what else in English the Spanish word translates, and in
# Spanish the English one. Words that are half friends (`support`, `argument`, `compromise`) are left out.
_FRIENDS = (
    ("actually", "actualmente", "current|now|today|present|recent|these days|so far|as of", "en realidad|de hecho|realmente|efectiv|verdad"),
    ("eventually", "eventualmente", "occasional|possibl|temporar|may|might|at times", "al final|finalmente|por fin|con el tiempo|acab|tarde o temprano|a la larga|termin"),
    ("ultimately", "últimamente", "late|recent", "en última|al final|en definitiva|finalmente"),
    ("carpets?", "carpetas?", "folder|director|binder", "alfombra|moqueta"),
    ("embarrass(?:ed|ing)", "embarazad[oa]s?", "pregnan|expect", "vergüenza|avergonza|incómod|bochorno"),
    ("constipated", "constipad[oa]s?", "cold", "estreñid"),
    ("sensible", "sensibles?", "sensitiv", "sensat|razonabl|prudente"),
    ("fabrics?", "fábricas?", "factor|plant|mill|works", "tela|tejido|trama"),
    ("soaps?", "sopas?", "soup", "jabon|jabón"),
    ("ropes?", "ropas?", "cloth|dress|laundry|garment|linen", "cuerda|soga|cabo"),
    ("exits?", "éxitos?", "success|hit|triumph", "salida|sali"),
    ("success(?:es)?", "sucesos?", "event|incident|happen|crime", "éxito|logro|acierto"),
    ("decepti(?:on|ve)", "decepci(?:ón|ones)|decepcionantes?", "disappoint", "engaño|engañ|fraude"),
    ("disgust(?:ed|ing)?", "disgust(?:o|ad[oa]s?)", "upset|annoy|sorrow|displeas|argu", "asco|asque|repugn"),
    ("idioms?", "idiomas?", "language|tongue", "modismo|giro|frase hecha|expresi"),
    ("lectures?", "lecturas?", "read", "conferencia|charla|clase|lección|ponencia"),
    ("molest(?:s|ed|ing)?", "molest(?:ar|ó|aron|a|an|ando)", "bother|annoy|disturb|trouble|mind", "abus|acos|agred"),
    ("pretend(?:s|ed|ing)?", "pretend(?:er|ió|ieron|ía|ían|iendo)|pretenden?", "intend|aim|seek|want|try|plan|hope|claim|mean", "fing|simul|hac\\w+ como|aparent"),
    ("reali[sz]e[sd]?|reali[sz]ing", "realiz(?:ar|ó|aron|aba|aban|ando|a|an)", "carry|carried|perform|make|made|do|did|done|conduct|achiev|fulfil|held|hold|undert|produc", "cuenta|compren|advert|advirt|percat|entend"),
    ("sympathetic", "simpátic[oa]s?", "nice|friendly|likeable|likable|funny|pleasant", "compren|solidari|compas"),
    ("parents?", "parientes?", "relative|relation|kin|family", "padre|madre|progenitor"),
    ("casualt(?:y|ies)", "casualidad(?:es)?", "chance|coincid|accident|luck", "víctima|baja|muert|herid"),
    ("advertis(?:e[sd]?|ing|ements?)", "advert(?:ir|encias?|imos)|advirt(?:ió|ieron)", "warn|caution|notice|note|alert|point", "anunci|publici|promoc"),
    ("preservatives?", "preservativos?", "condom", "conservante"),
    ("attend(?:s|ed|ing)?", "atend(?:er|ió|ieron|ía|ían|iendo)", "serv|care|help|treat|assist|look|listen|answer|respond|heed|handle|address|pay|wait|see|saw", "asist|acud|fue|fueron|ir |iba|va |van |particip|cuid"),
    ("large", "larg[oa]s?", "long|length", "grande|gran |ampli|mayor|numeros|extens|volumin"),
)  # fmt: skip


@rule(
    "false-friend",
    Severity.WARNING,
    N_("a false friend"),
    N_(
        "A word of the translation looks like one of the source and means something else: `actualmente` is "
        "currently, not actually, a `carpeta` no carpet. Words that are right in some trades (`librería`, `soportar`) "
        "are not looked for."
    ),
    Example(
        "She actually lives in Soria.",
        "Actualmente vive en Soria.",
        "En realidad vive en Soria.",
    ),
    Example(
        "Guardó la carpeta en el armario.",
        "He put the carpet in the cupboard.",
        "He put the folder in the cupboard.",
        "en",
        "es",
    ),
)
def find_false_friend(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find false friends that nothing else in the source or in the translation accounts for."""
    if {context.source, context.target} != {"en", "es"}:
        return
    table = _table(context.target)
    for word in pair.target_lower_words:
        for looks, friend, other, right in table.get(word[:4], ()):
            wanted = looks.search(pair.source) if friend.fullmatch(word) else None
            if wanted and not other.search(pair.source) and not right.search(pair.target):
                message = _("{there} does not mean {wanted}")
                start = pair.target.lower().index(word)
                yield Hit(
                    message.format(there=word, wanted=wanted[0]), start, start + len(word)
                )


_Row = tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]


@cache
def _table(target: str) -> Mapping[str, Sequence[_Row]]:
    """Give rows by the first four letters of the false friend, which few words of a text begin with.

    A row is: word of the source, its false friend, what else stands for the friend, what is right.
    """
    table: dict[str, list[_Row]] = defaultdict(list)
    for english, spanish, of_spanish, of_english in _FRIENDS:
        looks, friend, other, right = (
            (english, spanish, of_spanish, of_english)
            if target == "es"
            else (spanish, english, of_english, of_spanish)
        )
        row = _word(looks), _word(friend), _beginning(other), _beginning(right)
        for beginning in {form[:4] for form in re.split(r"\|(?![^(]*\))", friend)}:
            table[beginning].append(row)
    return dict(table)


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})\b", re.IGNORECASE)


def _beginning(text: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{text})", re.IGNORECASE)
