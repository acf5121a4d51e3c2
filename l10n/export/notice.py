"""What a page tells its readers, in the page's language: links to its other languages, and how far it is translated."""

from __future__ import annotations

from babel.dates import format_date
from babel.numbers import format_decimal

from l10n.export.choices import Choices
from l10n.export.languages import autonym, name_in, primary
from l10n.export.site import Page, Site, relative_url
from l10n.export.tags import escape_attribute, escape_text
from l10n.interface import LANGUAGES, messages_in

SWITCHER = "l10n-switcher"
NOTICE = "l10n-notice"
HOME = "l10n-home"
STYLE = "l10n-style"

MARKS_CSS = """\
:where(.l10n-switcher) { font: 0.875rem/1.5 system-ui, sans-serif; margin-block: 0.5rem; text-align: end; }
:where(.l10n-switcher [aria-current]) { font-weight: 600; }
:where(.l10n-notice) { font: 0.9rem/1.5 system-ui, sans-serif; margin: 1rem 0; padding: 0.6rem 0.9rem;
  border: 1px solid; border-color: color-mix(in srgb, currentColor 40%, transparent);
  border-inline-start-width: 0.3rem; border-radius: 0.2rem; }
:where(.l10n-key) { display: flex; gap: 0.6rem; }
:where(.l10n-key)::before { content: ""; margin-block: 0.2em; border-inline-start: 3px dotted #b26a00; }
:where(.l10n-draft, .l10n-untranslated):where(:not(span, th, td, option)) { position: relative; }
:where(.l10n-draft, .l10n-untranslated):where(:not(span, th, td, option))::before { content: "";
  position: absolute; inset-block: 0.2em; inset-inline-start: -0.75rem; border-inline-start: 3px dotted #b26a00; }
:where(li.l10n-draft, li.l10n-untranslated)::before { inset-inline-start: -2.1rem; }
:where(.l10n-untranslated, .l10n-key-untranslated)::before { border-inline-start: 4px double #66789a; }
:where(th, td):where(.l10n-draft) { text-decoration: underline dotted 2px #b26a00; text-underline-offset: 0.25em; }
:where(th, td):where(.l10n-untranslated) { text-decoration: underline double #66789a; text-underline-offset: 0.25em; }
"""
"""Without weight of its own (`:where`), so that any rule of the page's own style wins."""


def page_language(tag: str) -> str:
    """Return the language our own sentences have on a page: the page's, or English."""
    return tag if primary(tag) in LANGUAGES else LANGUAGES[0]


def switcher_label(page: Page) -> str:
    """Return what screen readers call the links to other languages."""
    return messages_in(page.locale).gettext("Languages")


def switcher(page: Page, site: Site, *, rebased: bool = False) -> str:
    """Return the links to the other languages of a page, each named by itself; empty when there are none.

    `rebased` says that the page has a `<base>`, from which no relative address finds its way.
    """
    editions = site.editions(page.slug)
    if len(editions) < 2:
        return ""
    return " · ".join(_edition(edition, page, site, rebased=rebased) for edition in editions)


def home(page: Page, site: Site) -> str:
    """Return the link that begins a page: to the index of its locale or of the site, by its name; empty where there is none."""
    # A page that is written alone has nothing to lead to.
    if site.root is None:
        return ""
    words = messages_in(page_language(page.locale)).gettext("Home")
    name = escape_text(site.names.get(page.locale, "") or words)
    path = site.home(page)
    if path == page.path:
        return f'<span aria-current="page">{name}</span>'
    url = escape_attribute(relative_url(path, page.path))
    return f'<a href="{url}" rel="home">{name}</a>'


def _edition(edition: Page, page: Page, site: Site, *, rebased: bool) -> str:
    lang, name = escape_attribute(edition.locale), escape_text(autonym(edition.locale))
    if edition.path == page.path:
        return f'<span lang="{lang}" aria-current="page">{name}</span>'
    url = escape_attribute(_address(edition, page, site, rebased=rebased))
    return f'<a href="{url}" rel="alternate" lang="{lang}" hreflang="{lang}">{name}</a>'


def _address(edition: Page, page: Page, site: Site, *, rebased: bool) -> str:
    return (rebased and site.url(edition)) or relative_url(edition.path, page.path)


def notice(
    page: Page, site: Site, choices: Choices, source: str, *, rebased: bool = False
) -> str:
    """Return the sentences that tell readers of drafts and of what is not translated; empty when all is well."""
    if not choices.drafts and not choices.missing:
        return ""
    language = page_language(page.locale)
    sentences = [
        f'<span class="l10n-key l10n-key-{state}">{escape_text(text)}</span>'
        for state, text in _sentences(choices, source, language)
    ]
    original = site.original(page.slug)
    if original is not None and original.path != page.path:
        url = escape_attribute(_address(original, page, site, rebased=rebased))
        lang = escape_attribute(original.locale)
        words = messages_in(language).gettext("Read the original in {language}")
        text = escape_text(words.format(language=name_in(original.locale, language)))
        sentences.append(f'<a href="{url}" rel="alternate" hreflang="{lang}">{text}</a>')
    return " ".join(sentences)


def _sentences(choices: Choices, source: str, language: str) -> list[tuple[str, str]]:
    """Return the states that a page is in, `draft` and `untranslated`, with what its readers are told of each."""
    messages = messages_in(language)
    number = {
        name: format_decimal(value, locale=language.replace("-", "_"))
        for name, value in (("reviewed", choices.reviewed), ("total", choices.total))
    }
    draft = ""
    if 2 * choices.machine > choices.total:
        draft = messages.ngettext(
            "Machine-translated: {reviewed} of {total} passage reviewed.",
            "Machine-translated: {reviewed} of {total} passages reviewed.",
            choices.total,
        ).format(**number)
    elif choices.machine:
        draft = messages.ngettext(
            "Partly machine-translated: {reviewed} of {total} passage reviewed.",
            "Partly machine-translated: {reviewed} of {total} passages reviewed.",
            choices.total,
        ).format(**number)
    elif choices.drafts:
        draft = messages.ngettext(
            "Draft translation: {reviewed} of {total} passage reviewed.",
            "Draft translation: {reviewed} of {total} passages reviewed.",
            choices.total,
        ).format(**number)
    if draft and choices.last_review is not None:
        day = format_date(choices.last_review, "long", locale=language.replace("-", "_"))
        draft += " " + messages.gettext("Last review: {day}.").format(day=day)
    sentences = [("draft", draft)] if draft else []
    if choices.missing:
        text = messages.gettext("Passages not yet translated are shown in {language}.")
        sentences.append(("untranslated", text.format(language=name_in(source, language))))
    return sentences
