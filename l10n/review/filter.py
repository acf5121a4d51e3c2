r"""The filter language: which units of a catalog are shown.

`state:draft niño -rule:double-space score:<0.8 re:"\bel agua\b"`: every term must hold. Text is searched
in source and translation without regard to case or accents; `-` in front of a term turns it round.
`sort:confidence` leaves no unit out: it shows the surest drafts first, `-sort:confidence` the least sure ones.
"""

from __future__ import annotations

import operator
import re
import shlex
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Never

from l10n.interface import gettext as _
from l10n.languages.folding import fold_for_search
from l10n.model import Band, Origin, State

if TYPE_CHECKING:
    from l10n.review.index import Index

PREFIXES = (
    "state", "rule", "kind", "origin", "band", "score", "source", "target", "note", "context", "is", "re",
    "sort",
)  # fmt: skip
"""What may stand before a colon."""

ALIASES = {
    "estado": "state",
    "regla": "rule",
    "tipo": "kind",
    "origen": "origin",
    "banda": "band",
    "puntuacion": "score",
    "nota": "note",
    "original": "source",
    "fuente": "source",
    "destino": "target",
    "contexto": "context",
    "traduccion": "target",
    "ctx": "context",
    "qa": "rule",
    "orden": "sort",
    "ordena": "sort",
}
"""Other names of the prefixes, the Spanish ones among them; without accents."""

OPEN = "open"
"""`state:open` is what still wants a decision: untranslated or draft."""

_STATE_VALUES = {
    **{state.value: frozenset({state}) for state in State},
    OPEN: frozenset({State.UNTRANSLATED, State.DRAFT}),
    "done": frozenset({State.TRANSLATED, State.REVIEWED}),
}
_STATE_ALIASES = {
    "sin traducir": State.UNTRANSLATED.value,
    "borrador": State.DRAFT.value,
    "traducido": State.TRANSLATED.value,
    "traducida": State.TRANSLATED.value,
    "revisado": State.REVIEWED.value,
    "revisada": State.REVIEWED.value,
    "abierto": OPEN,
    "abierta": OPEN,
    "hecho": "done",
    "hecha": "done",
}
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
    "=": operator.eq,
    "": operator.ge,
}
_PATTERN_SECONDS, _PATTERN_SECONDS_A_ROW = 0.5, 2e-5
"""Processor time that patterns may take: some 70 ms are usual for 100,000 units, all read before."""
_SCORE = re.compile(r"(<=|>=|<|>|=|)\s*(\d+(?:[.,]\d+)?)(%?)")


_KEY = re.compile(r"-?([^\W\d_]+):(?=[^\s/])")
"""A word of letters before a colon and a value: no time of day, and no address."""

Predicate = Callable[["Index", int], bool]


class Order(Enum):
    """In which order units are shown."""

    CATALOG = auto()
    SUREST = auto()
    """Those first whose draft is likeliest to need little."""
    LEAST_SURE = auto()


@dataclass(frozen=True, slots=True)
class _Term:
    """One condition of a query."""

    prefix: str
    """One of PREFIXES, or empty for text in source or target."""
    value: str
    negative: bool
    holds: Predicate

    @property
    def cost(self) -> int:
        """Order in which terms are tried: what is dear goes last."""
        return {"rule": 3, "re": 2, "": 1, "source": 1, "target": 1}.get(self.prefix, 0)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed filter."""

    text: str
    terms: tuple[_Term, ...] = ()
    problem: str = ""
    """What is wrong with it, for a person; the terms that could be read still apply."""
    order: Order = Order.CATALOG
    """In which order the units are shown that fit."""

    @property
    def needs_findings(self) -> bool:
        """Whether the checks have to run over the units."""
        return any(term.prefix == "rule" for term in self.terms)

    def narrows(self, previous: Query) -> bool:
        """Whether every unit of this query is surely one of the previous query's."""
        if self.problem or previous.problem or len(self.terms) < len(previous.terms):
            return False
        if self.order is not previous.order:
            return False
        return all(
            new == old or _extends(new, old)
            for new, old in zip(self.terms, previous.terms, strict=False)
        )

    def select(self, rows: Index, candidates: Iterable[int]) -> list[int]:
        """Return the rows that fit, in their order."""
        # Cheap terms first: what they leave out is never checked by a rule or searched by a pattern.
        for term in sorted(self.terms, key=lambda term: term.cost):
            candidates = _sift(term, rows, candidates)
        return _ordered(self.order, rows, candidates)

    def select_in_time(self, rows: Index, candidates: Sequence[int]) -> tuple[Query, list[int]]:
        """Return the rows that fit, and the query they fit: less its patterns where these take for ever."""
        if all(term.prefix != "re" for term in self.terms):
            return self, self.select(rows, candidates)
        try:
            with time_limit(_PATTERN_SECONDS + _PATTERN_SECONDS_A_ROW * len(candidates)):
                return self, self.select(rows, candidates)
        except PatternTooSlow:
            rest = replace(
                self.without("re"), problem=_("re: this pattern takes too long, it is left out")
            )
            return rest, rest.select(rows, candidates)

    def without(self, prefix: str) -> Query:
        """Return the query less all terms of one kind."""
        return replace(self, terms=tuple(term for term in self.terms if term.prefix != prefix))


class PatternTooSlow(Exception):  # noqa: N818 - no error of the program
    """A pattern goes through so many ways to match that nobody waits for it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop the main thread after some processor time: `re` looks for signals while it searches."""

    def stop(_number: int, _frame: Any) -> Never:
        raise PatternTooSlow

    try:
        before = signal.signal(signal.SIGVTALRM, stop)
    except ValueError:  # not in the main thread, where nobody waits at a screen
        yield
        return
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def parse_filter(text: str) -> Query:
    """Read a filter; what cannot be understood is told in `problem`, never raised."""
    terms: list[_Term] = []
    problem = ""
    order = Order.CATALOG
    for word in _words(text):
        try:
            if (wanted := _order(word)) is not None:
                order = wanted
                continue
            term = _term(word)
        except ValueError as error:
            problem = problem or str(error)
        else:
            if term is not None:
                terms.append(term)
        problem = problem or _unknown_key(word)
    return Query(text, tuple(terms), problem, order)


def _order(word: str) -> Order | None:
    """Return the order that a word asks for; None where it asks for none, ValueError for one that there is not."""
    prefix, value = _parted(word.removeprefix("-"))
    if prefix != "sort":
        return None
    beginning = fold_for_search(value)
    if not any(name.startswith(beginning) for name in ("confidence", "confianza")):
        raise ValueError(_("sort: there is confidence"))
    if not beginning:  # `sort:` on its way to `sort:confidence`
        return Order.CATALOG
    return Order.LEAST_SURE if word.startswith("-") else Order.SUREST


def _ordered(order: Order, rows: Index, candidates: Iterable[int]) -> list[int]:
    """Return rows in the order that is asked for; those without a draft, of which nothing is known, come last."""
    if order is Order.CATALOG:
        return list(candidates)
    sign = 1 if order is Order.LEAST_SURE else -1
    sure = {row: rows.confidence(row) for row in candidates}
    known = sorted(
        (sign * confidence, row) for row, confidence in sure.items() if confidence is not None
    )
    unknown = sorted(row for row, confidence in sure.items() if confidence is None)
    return [row for _confidence, row in known] + unknown


def _sift(term: _Term, rows: Index, candidates: Iterable[int]) -> Iterable[int]:
    """Keep the rows for which a term holds; the common terms as comprehensions over plain lists."""
    value, negative = term.value, term.negative
    if term.prefix == "":  # what is typed most: 100,000 rows have to answer within a key
        sources, targets = rows.sources, rows.targets
        if negative:
            return [
                i for i in candidates if value not in sources[i] and value not in targets[i]
            ]
        return [i for i in candidates if value in sources[i] or value in targets[i]]
    if term.prefix in {"source", "target"}:
        texts = rows.sources if term.prefix == "source" else rows.targets
        return [i for i in candidates if (value in texts[i]) != negative]
    return [i for i in candidates if term.holds(rows, i) != negative]


def _extends(new: _Term, old: _Term) -> bool:
    """Whether a text term only grew by what was typed."""
    return (
        new.prefix == old.prefix
        and new.prefix in {"", "source", "target"}
        and not (new.negative or old.negative)
        and old.value in new.value
    )


def _words(text: str) -> list[str]:
    """Split at spaces, quotes kept together; an unfinished quote ends at the end."""
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.quotes = '"'  # an apostrophe is part of a word in English
    lexer.escape = ""
    try:
        return list(lexer)
    except ValueError:
        return _words(text + '"')


def _term(word: str) -> _Term | None:
    """Read one term; None when there is nothing to look for yet."""
    negative = word.startswith("-") and len(word) > 1
    prefix, value = _parted(word[1:] if negative else word)
    if not value:  # `state:` on its way to `state:draft`
        return None
    if prefix in {"", "source", "target"}:
        value = fold_for_search(value)
    return _Term(prefix, value, negative, _predicate(prefix, value))


def _parted(body: str) -> tuple[str, str]:
    """Return one of PREFIXES and what stands behind it, or an empty one and all of a word."""
    name, colon, value = body.partition(":")
    prefix = fold_for_search(name)
    prefix = ALIASES.get(prefix, prefix)
    return (prefix, value) if colon and prefix in PREFIXES else ("", body)


def _unknown_key(word: str) -> str:
    """Return what to say of a word that looks like a condition and is searched for as text; may be nothing."""
    match = _KEY.match(word)
    if (
        match is None
        or ALIASES.get(fold_for_search(match[1]), fold_for_search(match[1])) in PREFIXES
    ):
        return ""
    return _("there is no {prefix}: here; there are {known}").format(
        prefix=match[1], known=", ".join(PREFIXES)
    )


def _predicate(prefix: str, value: str) -> Predicate:
    """Return what a term asks of a row; ValueError, for a person, when the value makes no sense."""
    match prefix:
        case "state":
            return _state_predicate(value)
        case "origin":
            origins = frozenset(_choose(value, [origin.value for origin in Origin], "origin"))
            return lambda rows, row: (rows.origin(row) or "") in origins
        case "band":
            bands = frozenset(_choose(value, [band.value for band in Band], "band"))
            return lambda rows, row: (rows.band(row) or "") in bands
        case "kind":
            kinds = tuple(fold_for_search(value).split(","))
            return lambda rows, row: rows.kind(row).startswith(kinds)
        case "rule":
            return _rule_predicate(value)
        case "score":
            return _score_predicate(value)
        case "note":
            note = fold_for_search(value)
            return lambda rows, row: note in fold_for_search(rows.notes(row))
        case "context":
            context = fold_for_search(value)
            return lambda rows, row: context in fold_for_search(rows.context(row))
        case "is":
            return _is_predicate(value)
        case "re":
            return _pattern_predicate(value)
        case "source":
            return lambda rows, row: value in rows.sources[row]
        case "target":
            return lambda rows, row: value in rows.targets[row]
    return lambda rows, row: value in rows.sources[row] or value in rows.targets[row]


def _state_predicate(value: str) -> Predicate:
    names = [
        _STATE_ALIASES.get(fold_for_search(name), fold_for_search(name))
        for name in value.split(",")
    ]
    values = _choose(",".join(names), list(_STATE_VALUES), "state")
    states = frozenset[State]().union(*(_STATE_VALUES[value] for value in values))
    if OPEN in values:  # what waits for a second review is open too
        return lambda rows, row: rows.is_open(row) or rows.state(row) in states
    return lambda rows, row: rows.state(row) in states


def _choose(value: str, values: Sequence[str], prefix: str) -> list[str]:
    """Return the values that begin as is asked for; several beginnings stand between commas."""
    fitting: list[str] = []
    for beginning in fold_for_search(value).split(","):
        matches = [name for name in values if name.startswith(beginning)]
        if not matches:
            raise ValueError(
                _("{prefix}: there is no {value}; there are {known}").format(
                    prefix=prefix, value=beginning, known=", ".join(values)
                )
            )
        fitting += matches
    return fitting


def _rule_predicate(value: str) -> Predicate:
    if fold_for_search(value) in {"any", "cualquiera"}:
        return lambda rows, row: bool(rows.rules(row))
    names = tuple(value.lower().split(","))
    return lambda rows, row: any(rule.startswith(names) for rule in rows.rules(row))


def _score_predicate(value: str) -> Predicate:
    match = _SCORE.fullmatch(value)
    if match is None:
        raise ValueError(_("score: wanted something like >0.9"))
    compare = _COMPARE[match[1]]
    limit = float(match[2].replace(",", "."))
    limit = limit / 100 if match[3] or limit > 1 else limit

    def holds(rows: Index, row: int) -> bool:
        score = rows.score(row)
        return score is not None and compare(score, limit)

    return holds


def _is_predicate(value: str) -> Predicate:
    beginning = fold_for_search(value)
    if "marked".startswith(beginning) or "marcado".startswith(beginning):
        return lambda rows, row: row in rows.marked
    if "changed".startswith(beginning) or "cambiado".startswith(beginning):
        return lambda rows, row: row in rows.changed
    raise ValueError(_("is: there are marked and changed"))


def _pattern_predicate(value: str) -> Predicate:
    try:
        search = re.compile(value, re.IGNORECASE).search
    except re.error as error:
        raise ValueError(
            _("re: no regular expression, look at character {number} ({reason})").format(
                number=(error.pos or 0) + 1, reason=error.msg
            )
        ) from error
    except (OverflowError, RecursionError) as error:
        raise ValueError(_("re: this regular expression is too big")) from error
    return lambda rows, row: any(search(text) is not None for text in rows.raw(row))
