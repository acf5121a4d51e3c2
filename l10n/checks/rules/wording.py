"""Rules about words: doubled, misspelled names, foreign to a region; too many or too few of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from operator import eq
from typing import TYPE_CHECKING

from l10n.checks.reading import WORD
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_, ngettext
from l10n.interface import gettext as _
from l10n.languages import Language
from l10n.languages.folding import fold_for_search
from l10n.languages.inflection import is_word
from l10n.languages.traits import Usage
from l10n.model import Severity
from l10n.text.exonyms import name_in, names_in
from l10n.text.family_names import is_title_of_person
from l10n.text.given_names import is_given_name
from l10n.text.lexicon import may_face
from l10n.text.names import NameWord, find_capitalised, find_names, plain_spelling
from l10n.text.persons import ChangedName, changed_names, changed_titled, lost_persons
from l10n.text.sentences import split_sentences

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]+)([ \u00a0\n]+)\1(?![\w'’-])", re.IGNORECASE)


@rule(
    "doubled-word",
    Severity.WARNING,
    N_("a word stands twice"),
    N_(
        "The same word twice in a row (`de de`), which the source does not have. Words that may be doubled (`muy muy`, `had had`) are left alone."
    ),
    Example(
        "The end of the fair.", "El final de de la feria.", "El final de la feria.", fixed=True
    ),
    Example(
        "El final de la feria.",
        "The end of the the fair.",
        "The end of the fair.",
        "en",
        "es",
        fixed=True,
    ),
    applies=lambda context: context.target_language.doubled_words is not None,
)
def find_doubled_word(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find a word that stands twice in a row, unless the source has it so or the language likes it so."""
    words = pair.target_lower_words
    if not any(map(eq, words, islice(words, 1, None))):
        return
    may_double = context.target_language.doubled_words or frozenset()
    for match in _DOUBLED.finditer(pair.target):
        word, again = match[1], match[0][-len(match[1]) :]
        if (len(word) == 1 and word.lower() not in "aeoy") or word.lower() in may_double:
            continue
        # `directorio DIRECTORIO`: what is to be put there. Columns and other sides of a placeholder are no sentence.
        raw_start, raw_end = pair.target_reading.span(*match.span())
        is_small = word.lower() in context.target_language.stop_words
        crosses_markup = raw_end - raw_start != len(match[0])
        if word.isupper() != again.isupper() or (crosses_markup and not is_small):
            continue
        # `en En serie`: the second begins a name or a term. `definida/establecida establecida`: one of two ends there.
        is_term = word[0].islower() and again[0].isupper()
        if is_term or pair.target[match.start() - 1 : match.start()] == "/":
            continue
        # `es es&to`: the sign of a key stands in the second word.
        if len(match[2]) > 1 or pair.target_raw[raw_end : raw_end + 1] in ("&", "_"):
            continue
        # `Duran Duran`, `Baden Baden`: a name. `The eighth octave`, `la octava octava`: a place in a row.
        ordinals = context.target_language.numerals.ordinals
        if (word[0].isupper() and again[0].isupper()) or word.lower() in ordinals:
            continue
        # A line ends with the word that begins the next one.
        if "\n" in match[2] and again[0].isupper():
            continue
        if len(word) == 1 and (
            word.isupper() or again.isupper() or not _is_running(pair.target, match)
        ):
            continue
        # The source has it twice, so somebody meant it.
        if re.search(r"\b([^\W\d_]{2,})\W{1,9}\1\b", pair.source, re.IGNORECASE):
            continue
        yield Hit(_("{word} stands twice").format(word=word), *match.span(), word)


def _is_running(text: str, match: re.Match[str]) -> bool:
    """Whether words, not symbols, stand on both sides."""
    return bool(
        re.search(r"[^\W\d_]{2,} $", text[: match.start()])
        and re.match(r" [^\W\d_]{2,}", text[match.end() :])
    )


_LEAST = 5
"""Letters of a name that is looked at: shorter ones are a letter away from too many words."""


@cache
def _plain_word(source: Language, target: Language) -> re.Pattern[str]:
    """Make the pattern of words that are much alike in both languages and are no names."""
    return re.compile(f"(?:{source.word_endings}|{target.word_endings})s?$")


@rule(
    "name",
    Severity.WARNING,
    N_("a name differs, or is another"),
    N_(
        "A name of the source stands in the translation with one letter more, less or changed, or another stands where "
        "it should: that of a person, behind a usual given name or a title (`Carlos Pérez` for `Carlos Peña`, `Mr Castle` for `el "
        "señor Castillo`), or of the only place that differs, behind a preposition (`in Madrid`, `en Barcelona`). Other "
        "names, those of firms and products, are compared by their letters alone. Accents, what "
        "languages do to names (`Brazil`, `Brasil`), and places and kings with a name of their own in each language "
        "(`La Habana`, `Havana`) are accepted."
    ),
    Example(
        "The mayor, Ana Zapatero, agreed.",
        "La alcaldesa, Ana Zapatreo, aceptó.",
        "La alcaldesa, Ana Zapatero, aceptó.",
    ),
    Example(
        "Minister Carlos Peña resigned.",
        "El ministro Carlos Pérez dimitió.",
        "El ministro Carlos Peña dimitió.",
    ),
    Example(
        "Lo dijo el alcalde de Almonte.",
        "The mayor of Almnote said so.",
        "The mayor of Almonte said so.",
        "en",
        "es",
    ),
    # Within one language a spelling is the region's affair: Favorites, Favourites.
    applies=lambda context: (
        context.source_language is not context.target_language
        and context.source_language.capitals_mark_names
        and context.target_language.capitals_mark_names
    ),
)
def find_name(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find names that differ from those of the source by a slip of the keyboard, and those of somebody else."""
    slips = [*_slips(pair, context)]
    locales = context.source_locale, context.target_locale
    for name, word in slips:
        message = _("{there} stands where the source has {wanted}")
        text = message.format(there=word.text, wanted=name)
        yield Hit(text, word.start, word.end, name_in(name, *locales), is_safe=False)
    is_changed = False
    names = [*changed_names(pair.source, pair.target, *locales)]
    if not names and any(map(is_title_of_person, pair.source_words)):
        names = [*changed_titled(pair.source, pair.target, *locales)]
    for changed in names:
        is_changed, other = True, changed.other
        # Programs translate what they call their parts: `Go to Pinboard`.
        if (
            not context.is_article
            and len(pair.source_words) < _LEAST_WORDS
            and " " not in other.text
        ):
            continue
        if not any(other.start <= word.start < other.end for _name, word in slips):
            message = _("{there} stands where the source has {wanted}")
            text = message.format(there=other.text, wanted=changed.name.text)
            right = name_in(_without_title(changed), *locales)
            yield Hit(text, other.start, other.end, right, is_safe=False)
    # Labels have capitals for other reasons: `Max Size`.
    if (
        not (slips or is_changed)
        and len(pair.source_words) >= _LEAST_WORDS
        and _loses_given_name(pair)
    ):
        for person in lost_persons(pair.source, pair.target, *locales):
            if not any(
                word in pair.target_raw
                or _is_common(word, context.source_language)
                # Programs call their parts by common words with capitals: `Max Thickness`.
                or (not context.is_article and is_word(word.lower(), context.source_locale))
                for word in person.words
            ):
                yield Hit(_("the name {name} is missing").format(name=person.text))


def _loses_given_name(pair: Pair) -> bool:
    """Whether a given name of the source is not in the translation; most texts have none, and this is fast."""
    return any(
        word[0].isupper() and word not in pair.target_raw and is_given_name(word)
        for word in pair.source_words
    )


def _is_common(word: str, language: Language) -> bool:
    """Whether a word with a capital is a common one: `Mark Stars`, `German Mount`, `Victoria University`."""
    small = word.lower()
    forms = {small, *language.singulars(small)}
    return not forms.isdisjoint(language.common_words) or small in map(
        str.lower, language.language_names
    )


_LEAST_WORDS = 5


def _without_title(changed: ChangedName) -> str:
    """Return the name of the source, less the word of a sentence's beginning that only there has a capital."""
    words, number = changed.name.text.split(), len(changed.other.text.split())
    return " ".join(words[-number:] if changed.name.begins_sentence else words)


def _slips(pair: Pair, context: CheckContext) -> Iterator[tuple[str, NameWord]]:
    """Yield names of the source, and the words of the translation that are a slip of the keyboard away."""
    plain_word = _plain_word(context.source_language, context.target_language)
    names = {
        name
        for name, _start, _end in find_names(pair.source)
        if len(name) >= _LEAST and name not in pair.target
        # A common word with a capital is spelt as its language does: `Bronze`, `Bronce`.
        if name.lower() not in context.source_language.common_words
        if _is_plain(name) and not plain_word.search(name)
    }
    if not names:
        return
    folded_source, folded_target = fold_for_search(pair.source), fold_for_search(pair.target)
    locales = context.source_locale, context.target_locale
    missing = {
        name: folded
        for name in names
        if (folded := fold_for_search(name)) not in folded_target
        # Havana is no slip for La Habana.
        and not any(other in folded_target for other in names_in(name, *locales))
    }
    if not missing:
        return
    # A sentence may begin with the name in one language only.
    strange = [
        word
        for word in find_capitalised(pair.target)
        if len(word.text) >= _LEAST - 1 and _is_plain(word.text)
        if fold_for_search(word.text) not in folded_source
        if word.text.lower() not in context.target_language.common_words
    ]
    for name, folded in missing.items():
        for word in strange:
            # The slip may be the source's: `Connnect`.
            if is_word(word.text.lower(), context.source_language.code):
                continue
            # An accent on one side only: a word of that language, such as Japón.
            if name.isascii() == word.text.isascii() and _is_slip(
                folded, fold_for_search(word.text)
            ):
                yield name, word


def _is_plain(word: str) -> bool:
    """Whether a word has one capital and letters alone."""
    return word[1:].isalpha() and word[1:].islower()


_VOWELS = frozenset("aeiou")
_NEIGHBOUR_KEYS = ({"i", "u"}, {"i", "o"})
"""Vowels beside each other on keyboards."""


def _is_slip(name: str, other: str) -> bool:
    """Whether two words differ by one letter or two exchanged, and not as languages spell names."""
    if abs(len(name) - len(other)) > 1 or plain_spelling(name) == plain_spelling(other):
        return False
    if len(name) == len(other):
        places = [at for at in range(len(name)) if name[at] != other[at]]
        if len(places) == 1:
            # Another ending (Africa, Áfrico), ll/li and other vowels (Carnival, Carnaval) are what languages do.
            letters = {name[places[0]], other[places[0]]}
            is_spelling = letters <= _VOWELS and letters not in _NEIGHBOUR_KEYS
            return 0 < places[0] < len(name) - 1 and not is_spelling
        return (
            len(places) == 2
            and places[1] == places[0] + 1
            and name[places[0]] == other[places[1]]
            and name[places[1]] == other[places[0]]
            and places[1] < len(name)
        )
    long, short = (name, other) if len(name) > len(other) else (other, name)
    place = next((at for at in range(len(short)) if long[at] != short[at]), len(short))
    return place < len(short) - 1 and place > 0 and long[place + 1 :] == short[place:]


@rule(
    "region",
    Severity.WARNING,
    N_("a word of another region"),
    N_(
        "A spelling or form that the region of the translation does not use: `colour` in en-US, `color` in en-GB, `vosotros` in es-MX, `computadora` in es-ES. Only where the locale names a region."
    ),
    Example(
        "You can bring your dogs.",
        "Podéis traer a los perros.",
        "Pueden traer a los perros.",
        "es-MX",
    ),
    Example(
        "El color del faro.",
        "The colour of the lighthouse.",
        "The color of the lighthouse.",
        "en-US",
        "es",
        fixed=True,
    ),
    applies=lambda context: context.region in context.target_language.usage,
)
def find_region(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find words and forms that the region of the translation does not use."""
    usage = context.target_language.usage[context.region]
    for match in re.finditer(usage.forms, pair.target, re.IGNORECASE) if usage.forms else ():
        if match[0].lower() not in usage.not_forms:
            yield Hit(_(usage.message), *match.span())
    for match in WORD.finditer(pair.target) if usage.words else ():
        stem, ending = _stem(match[0].lower(), usage)
        if not stem or (usage.leaves_copied and match[0] in pair.source):
            continue
        right = usage.words[stem] + ending
        message = _(usage.message).format(region=context.region, word=right)
        yield Hit(message, *match.span(), _same_case(match[0], right))


def _stem(word: str, usage: Usage) -> tuple[str, str]:
    """Return the word of another region that a word is or is a form of, and its ending."""
    for ending in ("", *usage.endings):
        stem = word.removesuffix(ending) if ending else word
        if stem in usage.words and (not ending or word.endswith(ending)):
            return stem, ending
    return "", ""


def _same_case(model: str, word: str) -> str:
    return (
        word.upper() if model.isupper() else word.capitalize() if model[0].isupper() else word
    )


_LENGTHS = {
    "": (0.5, 2.1),
    "headline": (0.4, 2.6),
    "heading": (0.4, 2.8),
    "label": (0.3, 3.5),
    "field": (0.3, 3.5),
}
"""Length of a translation per length of its source, least and most, by kind of block: what 99 of 100 published
translations between Spanish and English stay within, plus a tenth."""


def _expansion(context: CheckContext) -> float | None:
    """Return how much longer texts are in the language of the translation; None where it is not known."""
    source, target = context.source_language.verbosity, context.target_language.verbosity
    return target / source if source and target else None


@rule(
    "length",
    Severity.INFO,
    N_("much longer or shorter than the source"),
    N_(
        "The translation is much longer or shorter than translations of such blocks are: a sentence may be "
        "missing, or something else was pasted in. Large catalogs are measured by their own translations."
    ),
    Example(
        "The fair opens at noon, and the first three hundred visitors get a free ticket for the tram.",
        "La feria abre a mediodía.",
        "La feria abre a mediodía, y los primeros trescientos visitantes reciben un billete de tranvía.",
    ),
    applies=lambda context: context.lengths or _expansion(context),
)
def find_length(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find translations much longer or shorter than such texts are."""
    source, target = len(pair.source), len(pair.target)
    # Short texts vary most: `OK` is `De acuerdo`.
    if source < 30 and target < 60:
        return
    kind, expansion = pair.kind, _expansion(context)
    # Ten characters on both sides make short texts vary less.
    ratio = (target + 10) / (source + 10)
    measured = context.lengths.get(kind)
    if measured is None and expansion is None:
        return
    least, most = measured or _LENGTHS.get(kind) or _LENGTHS[""]
    if measured is None and expansion is not None:
        ratio /= expansion
    if ratio < least:
        yield Hit(_("much shorter than its source: is something missing?"))
    elif ratio > most:
        yield Hit(_("much longer than its source: does something else stand here too?"))


@rule(
    "sentences",
    Severity.INFO,
    N_("more or fewer sentences than the source"),
    N_(
        "The translation has at least two sentences more or fewer than the source, or nothing of one of them. Merging and splitting sentences is fine; losing them is not."
    ),
    Example(
        "The fair opens at noon today. Tickets cost three euros. Children do not pay. Dogs stay outside.",
        "La feria abre hoy a mediodía y los perros se quedan fuera del recinto ferial de la ciudad.",
        "La feria abre hoy a mediodía. La entrada cuesta tres euros. Los niños no pagan. Sin perros.",
    ),
)
def find_sentences(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Find translations with clearly more or fewer sentences than the source."""
    stops = [sum(map(text.count, ".?!…")) for text in (pair.source, pair.target)]
    # Cutting into sentences is slow; where stops hardly differ, sentences do not either.
    if stops[0] == stops[1] or (max(stops) < 3 and stops[0] < stops[1]):
        return
    sentences = split_sentences(pair.source, context.source_locale)
    expected = len(sentences)
    count = len(split_sentences(pair.target, context.target_locale))
    # One of three or more may be lost; joined to its neighbour, it leaves its comma or semicolon.
    is_shorter = len(pair.target_words) < 0.95 * len(pair.source_words)
    is_lost = (
        is_shorter
        and stops[0] > stops[1]
        and 3 <= expected == count + 1
        and not set(",;:").intersection(pair.target)
    )
    if abs(expected - count) >= 2 or is_lost:
        message = ngettext(
            "{there} sentence for {wanted} of the source",
            "{there} sentences for {wanted} of the source",
            count,
        )
        yield Hit(message.format(there=count, wanted=expected))
        return
    if expected > count and is_shorter:
        languages = context.source_language.code, context.target_language.code
        for sentence in sentences:
            words = [word.lower() for word in WORD.findall(sentence)]
            if not may_face(words, pair.target_lower_words, languages, _LEAST_LISTED):
                message = _("nothing of this sentence is here: {sentence}")
                yield Hit(message.format(sentence=sentence.strip()))
                return


_LEAST_LISTED = 2
"""Words of the table that a sentence must have before their silence says anything."""
