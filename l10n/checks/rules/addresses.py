"""Rules about addresses: links and e-mail in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING

from l10n.checks.reading import EMAIL
from l10n.checks.rule import Example, Hit, rule
from l10n.interface import N_
from l10n.interface import gettext as _
from l10n.languages import Language, primary
from l10n.model import Severity

if TYPE_CHECKING:
    from l10n.checks.context import CheckContext
    from l10n.checks.reading import Pair

_URL = re.compile(
    r"(?:https?|ftp)://[^\s<>\"«»“”`|\\]+|\bwww\.[\w-]+\.[^\s<>\"«»“”`|\\]+", re.IGNORECASE
)
_HOST_NAME = re.compile(
    r"(?<![\w@./:-])(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|info|io|dev|eu|es|uk)\b(?![\w@.-]*\w@)(?:/[^\s<>\"«»“”`|\\]*)?"
)
"""An address as it is said: `example.org/help`, in small letters; the ends are the usual ones."""
_BROKEN_URL = re.compile(
    r"\bhttps?(?: +:/| ?:(?: +//| ?/ /|/(?=\w)|(?=www\.))|://+ +(?=[\w-]+\.\w)|;//)[^\s<>\"]*",
    re.IGNORECASE,
)
"""`https ://`, `https: //`, `https:/x`, `https:// x.y`, `https;//`; `http://` alone is a word that texts speak of."""


_TRANSLATED_SAMPLE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:ejemplo|exemplo|exemple|esempio|beispiel)\."
)
_SAMPLE = re.compile(
    r"(?:^|[@.])example(?:\.(?:com|org|net|edu))?$|\.(?:test|invalid|localhost)$", re.IGNORECASE
)
"""Domains that nobody can have (RFC 2606)."""


@cache
def _locale_part(*codes: str) -> re.Pattern[str]:
    """Make the pattern of what sites change in an address for another language: /es/, es.example.org, ?lang=es."""
    return re.compile(
        rf"(?:(?<=[/._])|^)(?:{'|'.join(codes)})(?:[-_][A-Za-z]{{2,3}})?(?=[/.]|$)|[?&](?:hl|lang|locale)=[\w-]+"
    )


_NOT_COUNTRIES = frozenset({"co", "ai", "io", "me", "tv", "gg"})
"""Ends of addresses of countries that anybody uses."""


@cache
def _own_place(locale: str) -> re.Pattern[str]:
    """Make the pattern of what a site writes in the address of a page in one language: `/es/`, `-es`, `.com.mx`.

    The ends of addresses are those of the territories where the language is official (CLDR).
    """
    from babel.languages import get_official_languages  # noqa: PLC0415 - only where an address differs
    from babel.localedata import locale_identifiers  # noqa: PLC0415

    code = primary(locale)
    ends = {
        name.rpartition("_")[2].lower()
        for name in locale_identifiers()
        if name.startswith(f"{code}_")
        and code in get_official_languages(name.rpartition("_")[2], de_facto=True)
    }
    # The United States have no end of their own in use, the United Kingdom has another than its code.
    ends = {"uk" if end == "gb" else end for end in ends - _NOT_COUNTRIES - {"us"}}
    return re.compile(
        rf"(?:(?<=[/._-])|^){code}(?:[-_][A-Za-z]{{2,3}})?(?=[/.]|$)|\.(?:{'|'.join(sorted(ends))})(?=/|$)"
    )


def _is_own_page(source: str, target: str, locale: str) -> bool:
    """Whether an address is of a page in the language of the translation, which the source's is not: chosen on purpose."""
    own = _own_place(locale)
    return own.search(_bare(target).lower()) is not None and own.search(source.lower()) is None


@rule(
    "url",
    Severity.ERROR,
    N_("a web address is missing, altered or broken"),
    N_(
        "A web address in the text of the source is not in the translation, or differs, or has a space or a "
        "missing slash in it. Readers who follow it end nowhere. What sites change for another language is "
        "accepted: `/es/` for `/en/`, `es.` for `en.`, `https` for `http`, another page of Wikipedia, a "
        "page with the language or one of its countries in its address. In a catalog that belongs to no project it is a warning."
    ),
    Example(
        "Register at https://example.org/form before May.",
        "Inscríbase en https://example.org/formulario antes de mayo.",
        "Inscríbase en https://example.org/form antes de mayo.",
    ),
    Example(
        "Inscríbase en https://example.org/form.",
        "Register at https: //example.org/form.",
        "Register at https://example.org/form.",
        "en",
        "es",
    ),
)
def find_url(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Compare web addresses, whatever sites change in them for another language aside."""
    raw = pair.target_raw
    if _is_sample(pair, context):
        return
    if not any(part in pair.source_raw for part in ("://", "www.")) and "http" not in raw:
        if context.is_article:
            yield from _altered_hosts(pair, context)
        return
    if (broken := _BROKEN_URL.search(raw)) and not _BROKEN_URL.search(pair.source_raw):
        addresses = [_bare(url) for url in _URL.findall(pair.source_raw)]
        lost = [url for url in addresses if url not in raw]
        end = broken.start() + len(_bare(broken[0]))
        right = lost[0] if len(lost) == 1 else None
        message = _("the address is broken")
        yield Hit(message, broken.start(), end, right, raw=True, is_safe=False)
        return
    ignored = _locale_part(primary(context.source_locale), primary(context.target_locale))
    source_urls = {
        _normal_url(url, ignored): _bare(url) for url in _URL.findall(pair.source_raw)
    }
    matches = {_normal_url(match[0], ignored): match for match in _URL.finditer(raw)}
    missing = [url for url in source_urls if url not in matches]
    added = [match for url, match in matches.items() if url not in source_urls]
    for url, match in zip(missing, added, strict=False):
        # Encyclopedias have their pages under translated titles, films are made anew.
        if (
            not _is_other_language(url, match[0])
            and not _is_own_page(source_urls[url], match[0], context.target_locale)
            # Programs show sample addresses, which are translated.
            and (context.is_article or not _is_translated_sample(url, match[0], context))
        ):
            message = _("the address differs from the source: {url}")
            end = match.start() + len(_bare(match[0]))
            text, right = message.format(url=url), source_urls[url]
            yield Hit(text, match.start(), end, right, raw=True, is_safe=False)
    for url in missing[len(added) :]:
        yield Hit(_("the address is missing: {url}").format(url=url))


@rule(
    "email",
    Severity.ERROR,
    N_("an e-mail address is missing or altered"),
    N_(
        "An e-mail address of the source is not in the translation letter by letter. If readers of the "
        "translation are to write to another address, silence the rule for this entry. In a catalog that belongs to no project it is a warning."
    ),
    Example(
        "Write to press@example.org.",
        "Escriba a prensa@example.org.",
        "Escriba a press@example.org.",
    ),
    Example(
        "Escriba a prensa@example.org.",
        "Write to press@example.org.",
        "Write to prensa@example.org.",
        "en",
        "es",
    ),
)
def find_email(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Compare e-mail addresses."""
    if "@" not in pair.source_raw or _is_sample(pair, context):
        return
    addresses = dict.fromkeys(EMAIL.findall(pair.source_raw))
    matches = {match[0].lower(): match for match in EMAIL.finditer(pair.target_raw)}
    # Programs show sample addresses, which are translated.
    missing = [
        address
        for address in addresses
        if address.lower() not in matches
        and (context.is_article or not _SAMPLE.search(address))
    ]
    own = {address.lower() for address in addresses}
    foreign = [match for address, match in matches.items() if address not in own]
    message = _("the e-mail address is missing or altered: {address}")
    for address, match in zip_longest(missing, foreign[: len(missing)]):
        if (
            match is not None
            and not context.is_article
            and _is_made_of_words(f"http://{match[0]}", context.target_language)
        ):
            continue
        text = message.format(address=address)
        if match is None:
            yield Hit(text)
        else:
            yield Hit(text, match.start(), match.end(), address, raw=True, is_safe=False)


def _is_sample(pair: Pair, context: CheckContext) -> bool:
    """Whether a message of a program is an address and nothing else: what a field shows before it is filled in."""
    return not context.is_article and all(
        _URL.fullmatch(text) or EMAIL.fullmatch(text)
        for text in (pair.source_raw.strip(), pair.target_raw.strip())
    )


_HOST = re.compile(r"\w+://(?:www\.)?([^/?#:]+)")
_WORD = re.compile(r"[^\W\d_]+")


def _altered_hosts(pair: Pair, context: CheckContext) -> Iterator[Hit]:
    """Compare addresses that are said by host alone: one that lost a word to another of its length and end was translated."""
    if "." not in pair.source_raw.rstrip("."):
        return
    ignored = _locale_part(primary(context.source_locale), primary(context.target_locale))
    sources, targets = (
        {_normal_url(match[0], ignored): match for match in _HOST_NAME.finditer(text)}
        for text in (pair.source_raw, pair.target_raw)
    )
    missing = [match for url, match in sources.items() if url not in targets]
    added = [match for url, match in targets.items() if url not in sources]
    if len(missing) != len(added):
        return
    for lost, match in zip(missing, added, strict=True):
        mine, other = (_bare(one[0]).partition("/")[0].split(".") for one in (lost, match))
        # Another end is the house of another country: amazon.es for amazon.com.
        if len(mine) == len(other) and mine[-1] == other[-1]:
            right = _bare(lost[0])
            text = _("the address differs from the source: {url}").format(url=right)
            end = match.start() + len(_bare(match[0]))
            yield Hit(text, match.start(), end, right, raw=True, is_safe=False)


_OF_READERS = re.compile(r"[/.](?:my|your)[-_]?[a-z]{4,}(?=/|$)", re.IGNORECASE)
"""What samples call what is the reader's own: `/myrepository`."""


def _is_translated_sample(source: str, url: str, context: CheckContext) -> bool:
    host = _HOST.match(url)
    # `http://YOURHOST`: what the reader is to put there.
    if host is not None and host[1].isupper():
        return True
    return bool(
        _TRANSLATED_SAMPLE.match(url) or _OF_READERS.search(source)
    ) or _is_made_of_words(url, context.target_language)


def _is_made_of_words(url: str, language: Language) -> bool:
    """Whether the host of an address is two words of the language or more: a sample that was translated, `ese.equipo`."""
    host = _HOST.match(url.lower())
    if host is None:
        return False
    if "_" in host[1]:
        # No host has such a name.
        return True
    words = _WORD.findall(host[1].removesuffix(".com"))
    known = language.common_words | language.function_words
    return len(words) > 1 and all(word in known for word in words)


def _bare(url: str) -> str:
    """Return an address without the marks of the sentence behind it."""
    # A link and a remark behind it: `[Name](address)(remark)`.
    return url.partition(")(")[0].rstrip(".,;:!?'*)_]}")


def _normal_url(url: str, ignored: re.Pattern[str]) -> str:
    """Return an address without what does not change where it leads."""
    text = re.sub(r"^(?:https?://)?(?:www\.)?", "", _bare(url), flags=re.IGNORECASE)
    text = ignored.sub("", text.lower())
    return re.sub(r"(?<!:)//+", "/", text).lstrip(".").rstrip("/")


_OWN_IN_EACH = ("wikipedia.org", "youtube.com", "youtu.be")
"""Where a page or a film of one language has its like in another, under an address of its own."""


def _is_other_language(source: str, target: str) -> bool:
    """Whether two addresses are pages of an encyclopedia or films, of which languages have their own."""
    return any(host in source and host in target for host in _OWN_IN_EACH)
