"""The types of tokens that the parser makes of directives."""

from __future__ import annotations

LINE = "opaque_line"
"""Lines that are not text."""
TITLE = "directive_title"
"""What the types of tokens around the title of a directive begin with."""
OPAQUE = "opaque"
"""What belongs to a site generator in a text: shortcodes, attribute lists, task marks, formulas."""
PAIR = "x"
"""What the types of tokens around text for readers in a directive begin with: `x_open`, `x_close`."""
