"""Small repairs of a translation: a missing placeholder, a sentence that belongs next door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from l10n.text.markup import OMIT, TOKEN, tokens, without_emphasis


def missing_placeholder(msgid: str, msgstr: str) -> str:
    """Return the first placeholder token of the source that the translation lacks; empty when none does."""
    return next(lacking_placeholders(msgid, msgstr), "")


def lacking_placeholders(msgid: str, msgstr: str) -> Iterator[str]:
    """Yield the placeholder tokens of the source that the translation lacks, in its order."""
    present = [token.text for token in tokens(msgstr)]
    for token in tokens(msgid):
        if token.text in present:
            present.remove(token.text)
        else:
            yield token.text


def put_around(words: str, token: str, msgid: str, msgstr: str) -> str:
    """Return selected words with a missing placeholder: a pair goes around them, what ends or stands alone behind."""
    if not words or token.endswith("/>") or token.startswith("</"):
        return f"{words}{token}"
    closing = token.replace("<", "</", 1)
    lacks_both = closing in lacking_placeholders(msgid, msgstr)
    return f"{token}{words}{closing if lacks_both else ''}"


def take_first_sentence(text: str, before: str, locale: str) -> tuple[str, str] | None:
    """Move a text's first sentence to the end of the text before it; None when it has no sentence.

    Gives the text before, then the text. Placeholders of the sentence stay behind: they stand for
    markup of another unit.
    """
    sentences = _sentences(text, locale)
    if not sentences:
        return None
    return _join(before, _bare(sentences[0])), _rest(sentences[0]) + "".join(sentences[1:])


def take_last_sentence(text: str, after: str, locale: str) -> tuple[str, str] | None:
    """Move a text's last sentence to the beginning of the text after it; returns the text, then that."""
    sentences = _sentences(text, locale)
    if not sentences:
        return None
    left = ("".join(sentences[:-1]) + _rest(sentences[-1])).rstrip()
    return left, _join(_bare(sentences[-1]), after)


def lost_placeholders(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """Return the names of placeholders that some texts had and no longer have, in their order."""
    had, have = (
        Counter(token.name for text in texts for token in tokens(text) if token.text != OMIT)
        for texts in (before, after)
    )
    return tuple(had - have)


def _sentences(text: str, locale: str) -> tuple[str, ...]:
    from l10n.text.sentences import split_sentences  # noqa: PLC0415 - not before somebody repairs

    # A unit that is left out has no sentence: the token stands for the whole of it.
    return split_sentences("" if text == OMIT else text, locale)


def _bare(sentence: str) -> str:
    return TOKEN.sub("", without_emphasis(sentence)).strip()


def _rest(sentence: str) -> str:
    """Return the tokens that a sentence taken away leaves: pairs it held whole go with it."""
    paired = [token for token in tokens(sentence) if token.form != "void"]
    opened = {token.name for token in paired if token.form == "open"}
    closed = {token.name for token in paired if token.form == "close"}
    return "".join(token.text for token in paired if not {token.name} <= opened & closed)


def _join(first: str, second: str) -> str:
    """Put two texts together with one space; one that is empty or left out counts for nothing."""
    parts = [text.strip() for text in (first, second)]
    return " ".join(part for part in parts if part and part != OMIT)
