"""What the template `article.html` is given: a page as passages and groups, plain values only."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from l10n.export.choices import Choice, Shown
from l10n.export.provenance import mark_attributes
from l10n.model import Article, Block
from l10n.text import markup


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a page, as the template writes it."""

    kind: str
    html: Markup
    level: int = 2
    """2-6 for headings."""
    mark: str = ""
    """Class of what is a draft or not translated."""
    lang: str = ""
    """Where it is not the page's own."""
    dir: str = ""
    number: int = 0
    """Of an item in a numbered list."""
    id: str = ""
    """What links lead to."""

    def attributes(self, *classes: str) -> Markup:
        """Return the attributes of the element that holds it, with a space before; empty when there are none."""
        pairs = (
            ("id", self.id),
            ("class", " ".join(filter(None, (*classes, self.mark)))),
            ("lang", self.lang),
            ("dir", self.dir),
        )
        written = (Markup(' {}="{}"').format(name, value) for name, value in pairs if value)
        return Markup().join(written)


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring passages that one element holds: `items`, `questions`, `author`, `boilerplate`, `prose`."""

    kind: str
    passages: tuple[Passage, ...]
    start: int = 0
    """First number of numbered items; 0 for items without numbers."""


@dataclass(frozen=True, slots=True)
class Date:
    """A date for machines and for readers."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True)
class PageModel:
    """A whole page; the template knows it as `page`."""

    lang: str
    dir: str
    title: str
    """Plain text."""
    description: str = ""
    headline: Passage | None = None
    standfirst: Passage | None = None
    author: str = ""
    date: Date | None = None
    groups: tuple[Group, ...] = ()
    """The body of a text article."""
    body: Markup = Markup()  # noqa: RUF009 - immutable
    """The body of a Markdown article."""


def marked_passage(
    article: Article,
    choice: Choice,
    target: str,
    *,
    kind: str,
    html: Markup,
    level: int = 2,
    number: int = 0,
) -> Passage:
    """Return a passage with the marks its choice asks for."""
    mark = mark_attributes(choice, article.locale, target)
    return Passage(
        kind=kind,
        html=html,
        level=min(max(level, 2), 6),
        mark=mark.get("class", ""),
        lang=mark.get("lang", ""),
        dir=mark.get("dir", ""),
        number=number,
    )


def plain_text(block: Block, choice: Choice) -> str:
    """Return what a reader reads of a block, without the control characters no HTML may hold."""
    text = block.unit.msgid if choice.shown is Shown.SOURCE else choice.msgstr
    # A text article has no tokens, and `<em>` in it is text.
    return markup.decode(text).translate(_CONTROLS)


def escaped(text: str) -> Markup:
    """Return text as HTML, its line ends as breaks."""
    return Markup("<br>\n").join(escape(line) for line in text.split("\n"))


_CONTROLS = dict.fromkeys(
    code for code in (*range(32), *range(127, 160)) if code not in {9, 10}
)
