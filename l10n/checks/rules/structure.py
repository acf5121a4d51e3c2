"""Rules about whole catalogs and articles: damage, completeness, staleness."""

from __future__ import annotations

from l10n.checks.rule import Rule
from l10n.interface import N_
from l10n.model import Severity

_RULES = (
    Rule(
        "damaged-catalog",
        Severity.ERROR,
        N_("the catalog cannot be read"),
        N_(
            "The file is no valid PO catalog: a text that is never closed, text outside quotes, a bad escape, "
            "an entry that stands twice, another encoding. Programs that read it anyway lose characters without "
            "a word, so nothing else of the file is checked and nothing of it is written. Mend the line that is "
            "named with a text editor, or take the file from version control. The exit status is 2."
        ),
    ),
    Rule(
        "read-differently",
        None,
        N_("another program reads the entry differently"),
        N_(
            "The catalog is valid, yet polib, the library that many Python programs read catalogs with, gets "
            "another text from it: an escape it does not know, a flag line it skips. Off by default, for projects "
            "whose catalogs such programs read too. Write the text without the unusual escape."
        ),
    ),
    Rule(
        "wrong-language",
        Severity.ERROR,
        N_("the catalog is for another language"),
        N_(
            "The `Language` of the catalog's header is not the locale whose folder it is in. Somebody put the "
            "file into the wrong folder, or the header was copied from another catalog. Move the file, or correct "
            "its header."
        ),
    ),
    Rule(
        "unreadable-article",
        Severity.ERROR,
        N_("the article cannot be read"),
        N_(
            "The original of a catalog cannot be read, so nobody can tell whether the catalog is up to date. "
            "The message says what is wrong with the article: not UTF-8, empty, no permission."
        ),
    ),
    Rule(
        "stale-catalog",
        Severity.ERROR,
        N_("the article changed since its catalog was updated"),
        N_(
            "The units of the article are not the entries of its catalog any more: texts were added, edited or "
            "taken out. What would be published is a translation of an older article. Type `l10n update`: edited "
            "texts keep their translation as a draft to look at again."
        ),
    ),
    Rule(
        "not-offered",
        Severity.INFO,
        N_("texts of the page that nobody was offered"),
        N_(
            "Readers of the page see a text that is in no unit, so nobody can translate it, and the page shows it in "
            "the language of the original: preformatted text that may be code, or a kind of text that the desk does "
            "not read. `l10n update --explain ARTICLE` lists each with its line and the reason. Counts of such a page "
            'are never 100 %. What the author keeps (`translate="no"`), code and texts in another language are not '
            "meant."
        ),
    ),
    Rule(
        "article-without-catalog",
        Severity.ERROR,
        N_("the article has no catalog"),
        N_(
            "An article has no catalog for one of the project's locales: nothing of it is translated. Type "
            "`l10n update`, or `l10n align` when there is a translation already. It is not reported where "
            "`min_translated` is 0."
        ),
    ),
    Rule(
        "no-articles",
        Severity.WARNING,
        N_("the project has no article"),
        N_(
            "There is no article in the folders that `articles` of the project file names, so nothing is checked. "
            "In a new project that is as it should be; in an old one the folder was moved or mistyped."
        ),
    ),
    Rule(
        "unused-setting",
        Severity.WARNING,
        N_("a setting is for no article"),
        N_(
            "The `path` of a `[[check.article]]` table fits no article and no catalog, so its thresholds and rules "
            "are for nothing. It is written as `l10n status` names articles: without the folder of the locale and "
            "without suffix (`guides/parking`), with `*` for a part of a name and `**` for any folders."
        ),
    ),
    Rule(
        "catalog-without-article",
        Severity.WARNING,
        N_("the catalog has no article"),
        N_(
            "No article of the project belongs to this catalog: the article was deleted or renamed. Of a renamed one "
            "`l10n rename OLD NEW` finds the catalog again, with every review; `l10n retire` puts the catalogs of "
            "deleted articles aside."
        ),
    ),
    Rule(
        "min-translated",
        Severity.ERROR,
        N_("too little is translated"),
        N_(
            "Less of the catalog is translated than `min_translated` asks for, in percent of its entries. Drafts "
            "do not count: somebody has to accept them (`l10n review`). Set the threshold in the `[check]` table "
            "of the project file, for one locale in `[check.en]`, for some articles in `[[check.article]]`."
        ),
    ),
    Rule(
        "min-reviewed",
        Severity.ERROR,
        N_("too little is reviewed"),
        N_(
            "Less of the catalog is reviewed than `min_reviewed` asks for, in percent of its entries. An entry is "
            "reviewed when it carries a stamp that fits its text: a translation edited afterwards is not. Use "
            "`l10n review`, or `l10n approve` for many at once."
        ),
    ),
    Rule(
        "open-question",
        Severity.INFO,
        N_("a reviewer asks something"),
        N_(
            "A note of the entry begins with a question mark (`# ? Is this the old town hall?`): a reviewer asks the "
            "next one. Answer in the text or in a note, and take the question mark away. A note only, unless the "
            'project makes it an error: `rules = { open-question = "error" }` lets nothing out with a question in it.'
        ),
    ),
    Rule(
        "worse-than-base",
        Severity.ERROR,
        N_("less is translated or reviewed than before"),
        N_(
            "With `--no-worse-than REV`: the share of translated or of reviewed entries of a catalog is lower "
            "than in that revision. A change of an article that leaves its translation behind does this. Translate "
            "what is new before the change goes in."
        ),
    ),
    Rule(
        "metadata-untranslated",
        Severity.WARNING,
        N_("the title or description is not translated"),
        N_(
            "The catalog is complete enough to be published, yet a text that search engines and social networks "
            "show (the title, the description) is still in the language of the original. Translate these first."
        ),
    ),
    Rule(
        "plural-forms",
        Severity.ERROR,
        N_("a plural form is missing"),
        N_(
            "A message with a number has a form for each plural of the language, and one of them is empty. "
            "Programs would show an empty text for some numbers. `msgfmt` says nothing about it and counts the "
            "message as translated; the counts here do not."
        ),
    ),
    Rule(
        "inconsistent",
        Severity.INFO,
        N_("the same source is translated in two ways"),
        N_(
            "A text of three or more words stands in several catalogs of a locale, with different translations. "
            "Often both are right; readers who see both wonder. The message names the other place."
        ),
    ),
    Rule(
        "reused",
        None,
        N_("two sources have the same translation"),
        N_(
            "Two different texts of three or more words have one translation in a locale. One of them may have "
            "been copied. Off unless the project turns it on."
        ),
    ),
)

WHOLE = {rule.id: rule for rule in _RULES}
"""The rules that judge catalogs and articles as wholes; those of single texts take long to load."""

COMPLETENESS = frozenset(
    {"damaged-catalog", "min-translated", "min-reviewed", "stale-catalog", "worse-than-base"}
)
"""What `--only completeness` stands for: counting, by what the articles are now, and nothing else."""
