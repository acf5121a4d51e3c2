"""The header of a catalog: its standard fields, plural rules, dates, locales."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import unquote

from l10n import __version__

FORMER = "X-Former-Articles"
"""Field: the paths that the article had before, below the folder of its locale, percent-encoded, the last one last."""
_LONGEST_NUMBER = 9
_NPLURALS = re.compile(r"nplurals\s*=\s*([1-9])\s*;")


def new_header(*, source: str, target: str, now: datetime | None = None) -> str:
    """Return the msgstr of the header of a new catalog: every field that `msgfmt --check` asks for."""
    date = stamp_date(now)
    fields = {
        "Project-Id-Version": "l10n",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": date,
        "PO-Revision-Date": date,
        "Last-Translator": "Automatically generated",
        "Language-Team": "none",
        "Language": posix_locale(target),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms(target),
        "X-Source-Language": posix_locale(source),
        "X-Generator": f"l10n-workbench {__version__}",
    }
    return format_header(fields)


def format_header(fields: Mapping[str, str]) -> str:
    """Write fields as the msgstr of a header."""
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def parse_header(msgstr: str) -> dict[str, str]:
    """Read the msgstr of a header; lines without a colon continue the field before."""
    fields: dict[str, str] = {}
    name = ""
    for line in msgstr.splitlines():
        if ":" in line:
            name, _colon, value = line.partition(":")
            fields[name.strip()] = value.strip()
        elif name:
            fields[name.strip()] = f"{fields[name.strip()]} {line.strip()}".strip()
    return fields


def former_paths(fields: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paths that the article had before, below the folder of its locale."""
    return tuple(map(unquote, fields.get(FORMER, "").split()))


def with_field(msgstr: str, name: str, value: str) -> str:
    """Return the msgstr of a header in which a field has a value: on its line, a new one at the end."""
    line = f"{name}: {value}"
    text, count = re.subn(rf"(?m)^{re.escape(name)}:[^\n]*$", lambda _match: line, msgstr)
    if count:
        return text
    return f"{msgstr}{'' if not msgstr or msgstr.endswith(chr(10)) else chr(10)}{line}\n"


def nplurals(fields: Mapping[str, str]) -> int:
    """Return how many plural forms the header asks for; 0 when it does not say."""
    match = _NPLURALS.search(fields.get("Plural-Forms", ""))
    return int(match[1]) if match else 0


REVIEWERS = "X-Reviewers"
"""Field with the number of people who have to review an entry: 2, or no such field for one."""


def reviewers(fields: Mapping[str, str]) -> int:
    """Return how many people have to review an entry, as the last update wrote it: 1 or 2."""
    return 2 if fields.get(REVIEWERS) == "2" else 1


NOT_OFFERED = "X-Not-Offered"
"""Field with the number of texts of the article that readers see and no entry holds; none where there is no such text."""


def not_offered(fields: Mapping[str, str]) -> int:
    """Return how many texts of the article nobody was offered, as the last update counted them."""
    number = fields.get(NOT_OFFERED, "")
    return int(number) if number.isdecimal() and len(number) < _LONGEST_NUMBER else 0


def plural_forms(locale: str) -> str:
    """Return the Plural-Forms field for a locale."""
    from l10n.languages import language_of  # noqa: PLC0415 - whoever asks for the names of fields needs no language

    if forms := language_of(locale).plural_forms:
        return forms
    # Babel's tables take longer to load than a catalog: most locales never need them.
    from babel.messages.plurals import get_plural  # noqa: PLC0415

    return f"{get_plural(posix_locale(locale)).plural_forms.rstrip(';')};"


def stamp_date(now: datetime | None = None) -> str:
    """Return a time as PO headers write it, in UTC."""
    return f"{(now or datetime.now(UTC)).astimezone(UTC):%Y-%m-%d %H:%M%z}"


def posix_locale(tag: str) -> str:
    """Return a BCP 47 tag as gettext writes locales: `es-MX` as `es_MX`."""
    return tag.replace("-", "_")


def bcp47(locale: str) -> str:
    """Return a gettext locale as a BCP 47 tag: `es_MX` and `es_MX.UTF-8` as `es-MX`."""
    return locale.partition(".")[0].partition("@")[0].replace("_", "-")
