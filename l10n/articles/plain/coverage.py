"""What readers of a plain-text article see and no unit holds."""

from __future__ import annotations

from l10n.articles.words import has_words, shorten
from l10n.model import Article, NotOffered, Reason


def not_offered(article: Article) -> tuple[NotOffered, ...]:
    """Return the lines of an article that are in none of its units, in order."""
    texts: list[NotOffered] = []
    source, position = article.text, 0
    spans = [(block.start, block.end) for block in article.blocks]
    for start, end in [*spans, (len(source), len(source))]:
        for line in source[position:start].splitlines(keepends=True):
            if has_words(line):
                number = source.count("\n", 0, position) + 1
                texts.append(NotOffered(position, number, shorten(line), Reason.UNREAD))
            position += len(line)
        position = max(position, end)
    return tuple(texts)
