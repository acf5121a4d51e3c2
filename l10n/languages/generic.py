"""A language that has no file here: nothing is known of it, so everybody who asks stays silent."""

from l10n.languages import Language

LANGUAGE = Language("")
