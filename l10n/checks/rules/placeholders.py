"""Rules about placeholders: the tokens of articles, the variables of programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from l10n.articles.emphasis import entry_takes_emphasis
from l10n.articles.sitecode import missing_code, problems
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.model import Severity
from l10n.text.description import parse_description
from l10n.text.markup import EMPHASIS, TOKEN, Problem, validate
from l10n.text.programs import Arguments, formats_of, read_arguments

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_VARIABLE = re.compile("[%{$]")
_TEX = re.compile(r"\\[A-Za-z]+\{")
_DOCUMENT = re.compile(r"\.(?:md|mdx|markdown|rst|adoc|asciidoc|ipynb|texi|tex)(?::\d+)?$")
"""Where a text is from that no program fills in, whatever its extractor made of the braces in it."""
_HEADING = re.compile("</?h[1-6]/?>")
"""Markup of HTML that has a number of its own."""


def _validates(rule_id: str) -> Callable[[Pair, CheckContext], Iterable[Hit]]:
    """Make the finder of one of the rules that `l10n.text.markup.validate` judges."""

    def find(pair: Pair, context: CheckContext) -> Iterator[Hit]:
        if "<" not in pair.source_raw and "<" not in pair.target_raw:
            return
        # In other programs `<b>` is markup of theirs, unless the source has a token of ours.
        if not context.is_article and not _has_closed_token(pair.source_raw):
            return
        for problem in pair.remember("markup", lambda: _problems(pair)):
            if problem.rule != rule_id:
                continue
            if problem.span is not None:
                yield Hit(problem.message, *problem.span, raw=True)
            elif (place := _place_for(problem.token, pair)) is not None:
                yield Hit(problem.message, *place, raw=True, is_safe=False)
            else:
                yield Hit(problem.message)

    return find


def _place_for(token: str, pair: Pair) -> tuple[int, int, str] | None:
    """Return where a missing token belongs beyond doubt: start, end, and what stands there then; None else.

    A pair goes around the words that it has in the source, where these are in the translation once and as they
    were (a name, a title); what the source begins or ends with, the translation does too.
    """
    source, target = pair.source_raw, pair.target_raw
    name = token.strip("</>")
    opening, closing = f"<{name}>", f"</{name}>"
    if opening in source and opening not in target and closing not in target:
        words = source.partition(opening)[2].partition(closing)[0]
        places = list(re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", target))
        if (
            words.strip()
            and TOKEN.search(words) is None
            and len(places) == 1
            and not _is_in_unknown(places[0].start(), source, target)
        ):
            return *places[0].span(), f"{opening}{words}{closing}"
    elif source.startswith(token):
        return 0, 0, token
    elif source.endswith(token):
        return len(target), len(target), token
    return None


def _is_in_unknown(place: int, source: str, target: str) -> bool:
    """Whether a place of a translation is within a pair of tokens that its source does not have: two mistakes in one."""
    before = {*TOKEN.findall(target[:place])}
    return any(
        "/" not in token and f"</{token[1:]}" not in before
        for token in before.difference(TOKEN.findall(source))
    )


def _has_closed_token(text: str) -> bool:
    """Whether a text has tokens of ours: `copy <file1> <file2>` has none, its pairs are never closed."""
    return any(
        "/" in match[0]
        and any(map(str.isdecimal, match[0]))
        and not _HEADING.fullmatch(match[0])
        for match in TOKEN.finditer(text)
    )


def _problems(pair: Pair) -> tuple[Problem, ...]:
    # Only such texts need the articles to be asked about.
    emphasis = EMPHASIS.search(pair.target_raw) is None or entry_takes_emphasis(
        pair.kind, pair.places
    )
    return validate(pair.source_raw, pair.target_raw, emphasis=emphasis)


rule(
    "placeholder-missing",
    Severity.ERROR,
    N_("a placeholder is missing"),
    N_(
        "A placeholder of the source that carries content (a link, a piece of code, an image) is not in the "
        "translation: exported as it is, readers would lose it, so export falls back to the source for this "
        "text. Put the placeholder around the words that translate the words it encloses in the source; the "
        "order is free."
    ),
    Example(
        "Read the <a1>full report</a1> today.",
        "Lea hoy el informe completo.",
        "Lea hoy el <a1>informe completo</a1>.",
    ),
    Example(
        "Ejecute <code1/> y espere.", "Run it and wait.", "Run <code1/> and wait.", "en", "es"
    ),
    Example(
        "By <a1>Ana Roa</a1>, Lima",
        "De Ana Roa, Lima",
        "De <a1>Ana Roa</a1>, Lima",
        fixed=True,
    ),
)(_validates("placeholder-missing"))

rule(
    "placeholder-unknown",
    Severity.ERROR,
    N_("a placeholder is not of this text"),
    N_(
        "The translation has a placeholder that its source does not have, so nothing is known to put in its "
        "place. Usually a number was mistyped, or the text was copied from another entry."
    ),
    Example(
        "Read the <a1>full report</a1> today.",
        "Lea hoy el <a1>informe completo</a1> <a2>aquí</a2>.",
        "Lea hoy el <a1>informe completo</a1>.",
    ),
    Example("Ejecute <code1/>.", "Run <code1/> <code2/>.", "Run <code1/>.", "en", "es"),
)(_validates("placeholder-unknown"))

rule(
    "placeholder-doubled",
    Severity.ERROR,
    N_("a placeholder stands twice"),
    N_(
        "A placeholder of the source stands more than once in the translation. Each stands for one piece of "
        "markup of the article and can be put back once."
    ),
    Example("See <a1>the map</a1>.", "Vea <a1>el</a1> <a1>mapa</a1>.", "Vea <a1>el mapa</a1>."),
    Example("Pulse <code1/>.", "Press <code1/> <code1/>.", "Press <code1/>.", "en", "es"),
)(_validates("placeholder-doubled"))

rule(
    "placeholder-crossed",
    Severity.ERROR,
    N_("placeholders cross each other, or one is not closed"),
    N_(
        "Two pairs of placeholders overlap without one enclosing the other, or a pair is opened and never "
        "closed: no valid page can be made of it. Close the inner pair before the outer one."
    ),
    Example(
        "<a1>See <b1>this</b1></a1> now.",
        "<a1>Vea <b1>esto</a1></b1> ahora.",
        "<a1>Vea <b1>esto</b1></a1> ahora.",
    ),
    Example(
        "<a1>Vea <b1>el mapa</b1></a1> hoy.",
        "<a1>See <b1>the</a1> map</b1> today.",
        "<a1>See <b1>the map</b1></a1> today.",
        "en",
        "es",
    ),
)(_validates("placeholder-crossed"))

rule(
    "placeholder-formatting",
    Severity.WARNING,
    N_("emphasis of the source is missing"),
    N_(
        "A placeholder that only changes how words look (bold, italics, small print) is not in the "
        "translation. Nothing breaks, but the emphasis of the author is lost. Enclose the words that carry "
        "it; where your language needs no emphasis, silence the rule for this entry."
    ),
    Example("It is <em1>very</em1> late.", "Es muy tarde.", "Es <em1>muy</em1> tarde."),
    Example(
        "Es <strong1>gratis</strong1> hoy.",
        "It is free today.",
        "It is <strong1>free</strong1> today.",
        "en",
        "es",
    ),
)(_validates("placeholder-formatting"))

rule(
    "placeholder-break",
    Severity.WARNING,
    N_("a line break of the source is missing"),
    N_(
        "A line break inside the text of the source is not in the translation. In addresses, verses and "
        "time-tables that runs lines into each other."
    ),
    Example("12 Mill Street<br1/>Leeds", "12 Mill Street Leeds", "12 Mill Street<br1/>Leeds"),
    Example(
        "Calle Mayor, 3<br1/>Soria",
        "Calle Mayor 3, Soria",
        "Calle Mayor, 3<br1/>Soria",
        "en",
        "es",
    ),
)(_validates("placeholder-break"))

rule(
    "placeholder-empty",
    Severity.WARNING,
    N_("a placeholder encloses nothing"),
    N_(
        "A pair of placeholders has no text between them, though it has some in the source: a link nobody can "
        "click, an emphasis of nothing. Move the words it belongs to inside."
    ),
    Example("See <a1>the map</a1>.", "Vea el mapa<a1></a1>.", "Vea <a1>el mapa</a1>."),
    Example(
        "Vea <a1>el mapa</a1>.", "See the map <a1></a1>.", "See <a1>the map</a1>.", "en", "es"
    ),
)(_validates("placeholder-empty"))

rule(
    "literal-tag",
    Severity.WARNING,
    N_("text that looks like a tag"),
    N_(
        "The translation has something written like a tag that is no placeholder of this text. It will be "
        "shown to readers letter by letter. Use the placeholders of the source; to show a tag on purpose, "
        "write `&lt;` for its first character. Only `<em>…</em>` and `<strong>…</strong>` need no counterpart in the "
        "source: emphasis of your own, in running text (not in a title, a value or an option), as a whole pair that "
        "crosses no placeholder."
    ),
    Example("It is very late.", "Es <b>muy</b> tarde.", "Es <em>muy</em> tarde."),
    Example("It is very late.", "Es <strong>muy tarde.", "Es <strong>muy</strong> tarde."),
    Example("Es muy tarde.", "It is <i>very</i> late.", "It is very late.", "en", "es"),
)(_validates("literal-tag"))


@rule(
    "variable",
    Severity.ERROR,
    N_("a variable is missing or unknown"),
    N_(
        "In the texts of a program (`c-format`, `python-format`, `python-brace-format`, `php-format`, `qt-format`, "
        "`kde-format` and others), what stands in braces or after a percent sign is filled in while it runs, and is "
        "compared by the grammar of the format, as `msgfmt --check-format` does: an argument that is missing, that the "
        "source does not have, or that takes another type of value makes a program fail. In the title or an attribute of an "
        "article, `{{ … }}`, `{% … %}` and `<% … %>` are filled in by the site generator. A name that was "
        "translated, mistyped or left out says less. Copy it from the source; in another order numbers tell "
        "which is which (`%2$s`)."
    ),
    Example(
        "All about {{ topic }} today",
        "Hoy, todo sobre {{ tema }}",
        "Hoy, todo sobre {{ topic }}",
    ),
    Example(
        "{{ page.title }} | Noticias del día",
        "{{ page.titulo }} | News of the day",
        "{{ page.title }} | News of the day",
        "en",
        "es",
    ),
)
def find_variables(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Compare the variables of a message that a program fills in."""
    if not _VARIABLE.search(pair.source_raw) and not _VARIABLE.search(pair.target_raw):
        return
    formats = _formats(pair)
    # In formulas braces are grouped: `\\frac{a}{{b}}`.
    if not formats and not _TEX.search(pair.source_raw):
        for problem in pair.remember("site code", lambda: _site_code(pair)):
            if problem.rule == "variable" and not (pair.plural and problem.span is None):
                start, end = problem.span or (None, None)
                yield Hit(problem.message, start, end, raw=True)
    for form in formats:
        yield from _compare_arguments(pair, form)


def _formats(pair: Pair) -> tuple[str, ...]:
    """Return the formats by which a program fills a message in; none for the text of a document."""
    if pair.flags and pair.places and all(map(_DOCUMENT.search, pair.places)):
        return ()
    return tuple(formats_of(pair.flags))


def _compare_arguments(pair: Pair, form: str) -> Iterator[Hit]:
    """Find what `msgfmt --check-format` refuses: arguments missing, added, of another type; or no text of the format."""
    source = read_arguments(pair.source_raw, form)
    if source.broken or _is_percentage(source, pair.source_raw):
        return
    target = read_arguments(pair.target_raw, form)
    if target.broken:
        message = _("{text} is no variable of {format}; a percent sign is written %%")
        text = pair.target_raw[slice(*target.broken)]
        yield Hit(message.format(text=text, format=form), *target.broken, raw=True)
        return
    # A plural form may spell the number out: one variable fewer is the translator's choice there.
    for key in source.by_key.keys() - target.by_key.keys() if not pair.plural else ():
        yield Hit(_("{name} is missing").format(name=source.by_key[key].written))
    for key, argument in target.by_key.items():
        span = argument.start, argument.end
        original = source.by_key.get(key)
        if original is None:
            message = _("{name} is not in the source").format(name=argument.written)
            yield Hit(message, *span, raw=True)
        elif original.type != argument.type:
            message = _("{name} stands for {original} of the source, another type of value")
            yield Hit(
                message.format(name=argument.written, original=original.written),
                *span,
                raw=True,
            )


def _is_percentage(arguments: Arguments, text: str) -> bool:
    """Whether all that looks like arguments are percentages: `10% slower`, in text that was flagged by its looks."""
    return bool(arguments.by_key) and all(
        argument.written.startswith("% ")
        and text[argument.start - 1 : argument.start].isdigit()
        and text[argument.end : argument.end + 1].isalpha()
        for argument in arguments.by_key.values()
    )


def missing_variables(pair: Pair) -> Iterator[str]:
    """Yield the variables of the source that the translation lacks, as they are written.

    For a plural form too, where the rule lets them be left out.
    """
    source, target = pair.source_raw, pair.target_raw
    formats = _formats(pair)
    if not formats:
        yield from missing_code(source, target)
    for form in formats:
        arguments = read_arguments(source, form).by_key
        used = read_arguments(target, form).by_key
        yield from (argument.written for key, argument in arguments.items() if key not in used)


@rule(
    "placeholder-order",
    Severity.ERROR,
    N_("code of the site generator is out of order"),
    N_(
        "Placeholders that stand for code which decides or repeats (`{% if … %}`, `{% else %}`, `{% endif %}`) "
        "keep the order they have in the source: exchanged, they show readers the wrong words, or the site can "
        "no longer be built. Translate the words between them where they stand; placeholders that print "
        "something (`{{ user.name }}`) may move."
    ),
    without_examples="needs what the catalog says of each placeholder",
)
def find_misordered(pair: Pair, _context: CheckContext) -> Iterator[Hit]:
    """Find code of a site generator that decides about words it no longer stands around."""
    if "<x" not in pair.target_raw:
        return
    for problem in pair.remember("site code", lambda: _site_code(pair)):
        if problem.rule == "placeholder-order":
            start, end = problem.span or (None, None)
            yield Hit(problem.message, start, end, raw=True)


def _site_code(pair: Pair) -> tuple[Problem, ...]:
    meanings = {
        name: descriptions[0] for name, descriptions in parse_description(pair.comments).items()
    }
    return tuple(problems(pair.source_raw, pair.target_raw, meanings))
