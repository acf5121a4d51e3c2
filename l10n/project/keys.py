"""Every key that a project file may have: what its reader accepts, and the reference page of them all."""

from __future__ import annotations

from dataclasses import dataclass

from l10n.interface import N_
from l10n.interface import gettext as _


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a table of `l10n.toml`."""

    name: str
    default: str
    """As TOML writes it; empty where there is none."""
    help: str
    """What it says, in English; shown through gettext."""


_HARDWARE = (
    Key("beam", "4", N_("How many translations are followed at a time: fewer is faster.")),
    Key("threads", N_("all cores"), N_("Sentences that are translated at the same time.")),
    Key("device", '"auto"', N_("Where models run: `cpu` or `cuda`.")),
    Key(
        "compute_type",
        '"default"',
        N_(
            "Kind of numbers, as CTranslate2 calls them: `int8`, `float16` …; default: as saved."
        ),
    ),
)

_SERVICE = (
    Key("url", "", N_("Address of the service, `http://localhost:5000`.")),
    Key("timeout", "120", N_("Seconds to wait for an answer.")),
)

_LANGUAGE_MODEL = (
    Key("model", "", N_("Which model is asked, `gemma3:4b`.")),
    Key("parallel", "4", N_("Questions on the way at the same time.")),
    Key(
        "context",
        "2000",
        N_(
            "Characters of title, neighbours, terms and examples beside the sentences; 0: none."
        ),
    ),
)

TABLES: dict[str, tuple[Key, ...]] = {
    "": (
        Key("source", '"es"', N_("Locale of the originals, where nothing else tells.")),
        Key("targets", '["en"]', N_("Locales that articles are translated into.")),
        Key(
            "articles",
            '"locales/{locale}/articles"',
            N_(
                "Where articles lie: a path with `{locale}` in it, a table locale → folder, or with `naming` one folder for all."
            ),
        ),
        Key(
            "naming",
            '"folder"',
            N_("`suffix`: the name of a file tells its locale, `guide.es.md`."),
        ),
        Key(
            "exclude",
            "[]",
            N_("Globs of files that are no articles: a single name at any depth, or a path."),
        ),
        Key(
            "originals",
            N_("all locales"),
            N_(
                "Locales that hold originals; a page of any other that has no original is listed and left alone."
            ),
        ),
        Key("catalogs", '"locales/{locale}/LC_MESSAGES"', N_("Where the PO files lie.")),
        Key("glossary", '"locales/glossary.csv"', N_("The table of terms.")),
        Key(
            "engines",
            '["ctranslate2", "argos", "apertium"]',
            N_("Engines in the order in which they are tried; `[]` for none."),
        ),
        Key("learn", "true", N_("Whether drafts learn from what was reviewed.")),
        Key(
            "repeats",
            '"draft"',
            N_(
                "What approving a text does to its open repeats in all catalogs of the locale: `draft`, `approve` or `off`."
            ),
        ),
        Key(
            "dialect",
            N_("found out"),
            N_(
                "Dialect of the Markdown: commonmark, github, hugo, jekyll, mkdocs, docusaurus, vitepress, astro or mdx."
            ),
        ),
        Key(
            "code",
            '"keep"',
            N_(
                "What of fenced code is units: keep (nothing), comments, or strings (comments and strings)."
            ),
        ),
        Key(
            "math", "true", N_("Whether `$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]` are formulas.")
        ),
        Key(
            "front_matter",
            "[]",
            N_("Further keys of front matter that hold text, such as `hero.slogan`."),
        ),
        Key(
            "directive_attributes",
            "[]",
            N_("Further attributes of shortcodes and components that hold text."),
        ),
    ),
    "place": (
        Key("name", "", N_("Name of a further place of articles; their slugs begin with it.")),
        Key("articles", "", N_("As above, for this place.")),
        Key("naming", '"folder"', N_("As above, for this place.")),
        Key(
            "originals",
            "",
            N_("As above, for this place; names without a locale are of the first."),
        ),
        Key("exclude", "[]", N_("As above, for this place.")),
        Key("dialect", "", N_("As above, for this place.")),
        Key("code", "", N_("As above, for this place.")),
        Key("out", "", N_("As in `[export]`, for this place.")),
        Key("format", "", N_("As in `[export]`, for this place.")),
    ),
    "article": (
        Key("path", "", N_("The original: its locale’s folder and the path below.")),
        Key("translations", "{}", N_("Existing translations under another name, by locale.")),
        Key(
            "out",
            "{}",
            N_("The exported page by locale; `vivienda/` is a folder and its index."),
        ),
        Key("slug", N_("from the path"), N_("Name of the article in catalogs and reports.")),
        Key("dialect", "", N_("As above, for this article and its translations.")),
        Key("code", "", N_("As above, for this article and its translations.")),
        Key("due", "", N_("The day its translations have to be ready: `2026-12-01`.")),
    ),
    "check": (
        Key("fail_on", '"error"', N_("What makes the exit status 1: error, warning or never.")),
        Key("rules", "{}", N_("Severity of a rule: error, warning, info or off.")),
        Key("min_translated", "100", N_("Percent of the entries that must be translated.")),
        Key("min_reviewed", "0", N_("Percent of the entries that must be reviewed.")),
        Key("reviewers", "1", N_("How many different people must review an entry: 1 or 2.")),
    ),
    "check.article": (
        Key("path", "", N_("Glob over the names of articles: `guides/**`.")),
        Key("fail_on", "", N_("As in `[check]`, for these articles.")),
        Key("rules", "", N_("As in `[check]`, for these articles.")),
        Key("min_translated", "", N_("As in `[check]`, for these articles.")),
        Key("min_reviewed", "", N_("As in `[check]`, for these articles.")),
        Key("reviewers", "", N_("As in `[check]`, for these articles.")),
    ),
    "check.LOCALE": (
        Key("fail_on", "", N_("As in `[check]`, for this locale.")),
        Key("rules", "", N_("As in `[check]`, for this locale.")),
        Key("min_translated", "", N_("As in `[check]`, for this locale.")),
        Key("min_reviewed", "", N_("As in `[check]`, for this locale.")),
        Key("reviewers", "", N_("As in `[check]`, for this locale.")),
    ),
    "export": (
        Key(
            "out", '"site"', N_("Folder of the pages, or a pattern or table as for `articles`.")
        ),
        Key(
            "base_url",
            "",
            N_("Address of the site, for canonical links, hreflang and the sitemap."),
        ),
        Key(
            "name",
            "",
            N_(
                'What the site is called at the top of its pages; or by locale: `{ es = "…" }`.'
            ),
        ),
        Key("format", '"html"', N_("`same`: Markdown stays Markdown, text stays text.")),
        Key(
            "missing",
            '"source"',
            N_(
                "What a passage without an accepted translation does: source, hide-page, keep or fail."
            ),
        ),
        Key("drafts", "false", N_("Whether drafts are published, with a notice.")),
        Key("switcher", "true", N_("Links to the other languages of a page.")),
        Key("notice", "true", N_("What readers are told of drafts and gaps.")),
        Key("keys", "true", N_("With `same`: front matter gets `lang` and `translationKey`.")),
    ),
    "align": (
        Key("vectors", "false", N_("Sentence vectors help where words leave doubt.")),
        Key("encoder", '"use"', N_("What makes the vectors.")),
    ),
    "cluster": (
        Key(
            "scheduler",
            "",
            N_(
                "Address of a Dask scheduler whose workers do the parts; off this machine only if your own config.toml allows its host."
            ),
        ),
    ),
    "links": (
        Key(
            '"https://…"',
            "",
            N_('An address, and by locale where it leads instead: `{ es = "https://…" }`.'),
        ),
    ),
    "engine.argos": _HARDWARE,
    "engine.ctranslate2": _HARDWARE,
    "engine.apertium": (
        Key("data", '"/usr/share/apertium"', N_("Where its language pairs lie.")),
    ),
    "engine.libretranslate": (
        *_SERVICE,
        Key(
            "version", N_("its host"), N_("A name for the models behind it, told with a draft.")
        ),
    ),
    "engine.ollama": (*_SERVICE, *_LANGUAGE_MODEL),
    "engine.llm": (*_SERVICE, *_LANGUAGE_MODEL),
    "engine.NAME": (Key("…", "", N_("Settings of an engine of a plug-in; see its page.")),),
}
"""By table; in a table whose name has capitals these stand for a name of the project's."""

_REPEATED = ("place", "article", "check.article")
"""Tables that a file may have several of, `[[place]]`."""


def keys_of(table: str) -> tuple[str, ...]:
    """Return the keys that a table may have."""
    return tuple(key.name for key in TABLES.get(table, ()))


def engines_with_keys() -> tuple[str, ...]:
    """Return the engines whose tables have keys that are known here: our own."""
    names = (table.removeprefix("engine.") for table in TABLES if table.startswith("engine."))
    return ("pseudo", *(name for name in names if name != "NAME"))


def top_keys() -> tuple[str, ...]:
    """Return what may stand at the top of a project file: its keys, and the tables."""
    return (*keys_of(""), *dict.fromkeys(name.partition(".")[0] for name in TABLES if name))


def reference_page() -> str:
    """Return the documentation page of all keys, as Markdown in the language of the interface."""
    lines = [
        _("# The project file, key by key"),
        "",
        _(
            "`l10n.toml` stands at the top of a project; `[tool.l10n]` in `pyproject.toml` is as good."
        ),
        _(
            "Every key is optional but where no default could be. An unknown key is an error that names its line."
        ),
        _("This page is written from the reader’s own table, by `make reference`."),
    ]
    for table, keys in TABLES.items():
        heading = f"[[{table}]]" if table in _REPEATED else f"[{table}]"
        lines += ["", f"## `{heading}`" if table else _("## At the top"), ""]
        lines += [_("| key | default | what it says |"), "|---|---|---|"]
        for key in keys:
            default = f"`{key.default}`" if _is_toml(key.default) else _(key.default)
            lines.append(f"| `{key.name}` | {default if key.default else ''} | {_(key.help)} |")
    return "\n".join([*lines, ""])


def _is_toml(default: str) -> bool:
    """Whether a default is a value, not a word for what is found out."""
    return default[:1] in '"[{' or default in ("true", "false") or default.isdigit()
