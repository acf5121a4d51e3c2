"""What stands in a `<pre>`, by its own text and by the boxes of code that generators put around it."""

from __future__ import annotations

from l10n.articles.html.open_elements import OpenElement
from l10n.articles.html.prose import LONG, Preformatted, classify
from l10n.articles.html.tag_meaning import TagMeaning
from l10n.articles.html.tokens import TokenTuple


def meaning_of_preformatted(
    source: str, token: TokenTuple, meaning: TagMeaning, around: OpenElement
) -> TagMeaning:
    """Return the meaning of a tag whose content keeps its lines: prose is translated, code is not."""
    _kind, name, start, end = token
    close = source.find(f"</{name}", end)
    content = source[end : close if close >= 0 else None][:LONG]
    tags = [source[start:end]]
    # Generators put their boxes of code into one or two elements that say so.
    outer: OpenElement | None = around
    for _step in range(2):
        if outer is not None:
            tags.append(source[outer.start : outer.content_start])
            outer = outer.outer
    match classify(" ".join(tags), content):
        case Preformatted.PROSE:
            return meaning._replace(translate=True)
        case Preformatted.UNKNOWN:
            return meaning._replace(unsure=True)
    return meaning
