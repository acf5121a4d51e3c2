"""The language the tool speaks to its user: gettext catalogs, chosen once and switchable live."""

from __future__ import annotations

import gettext as _gettext
import os
from functools import cache
from pathlib import Path

from l10n.person import personal_config

DOMAIN = "l10n"
LANGUAGES = ("en", "es")
"""What the tool's own texts exist in; the first is what they are written in."""

_current: dict[str, _gettext.NullTranslations] = {}


def gettext(message: str) -> str:
    """Return a message in the interface language."""
    return _translations().gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form of a message that fits the number n."""
    return _translations().ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """Return a message in the interface language; the context tells equal English texts apart."""
    return _translations().pgettext(context, message)


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a message for translation where it is read."""
    return message


def language() -> str:
    """Return the interface language, one of LANGUAGES."""
    return next(iter(_current)) if _current else set_language(preferred_language())


def set_language(tag: str) -> str:
    """Switch the interface language, and return the one now in use; an unknown one means English."""
    code = _supported(tag)
    _current.clear()
    _current[code] = _load(code)
    return code


def preferred_language() -> str:
    """Return what the environment or the person's own config.toml asks for: L10N_LANG, config, LC_ALL, …."""
    preference = os.environ.get("L10N_LANG") or personal_config().get("language")
    if isinstance(preference, str) and preference:
        return preference
    # gettext's own order, without LANGUAGE: it is a list, and this is one language.
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value
    return LANGUAGES[0]


@cache
def messages_in(tag: str) -> _gettext.NullTranslations:
    """Return the messages of one language whatever the interface's is; an unknown one means English."""
    return _load(_supported(tag))


def _supported(tag: str) -> str:
    # `es_MX.UTF-8` as well as `es-MX`: it comes from the environment as often as from a person.
    code = tag.replace("_", "-").split("-")[0].split(".")[0].lower()
    return code if code in LANGUAGES else LANGUAGES[0]


def _translations() -> _gettext.NullTranslations:
    if not _current:
        language()
    return next(iter(_current.values()))


def _load(code: str) -> _gettext.NullTranslations:
    # English is what the texts are written in: there is no catalog of it to look for.
    if code == LANGUAGES[0]:
        return _gettext.NullTranslations()
    return _gettext.translation(DOMAIN, catalogs_folder(), [code], fallback=True)


def catalogs_folder() -> str:
    """Return the folder of the compiled interface catalogs, as gettext wants it."""
    return str(Path(__file__).parent / "locale")
