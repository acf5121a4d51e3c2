"""The only reader of numbers: where they stand in a text, what they are worth, what two texts have of each other.

A number is read by the signs of its locale and with the scale word behind it: 1,500 is fifteen hundred in English
and one and a half in Spanish, `4 million` is never four. Only where a text leaves it open it has several values.
"""

from l10n.text.numbers.amounts import Amount, read_amounts, sort_of
from l10n.text.numbers.comparing import Difference, Side, compare_numbers, same_numbers
from l10n.text.numbers.digits import find_numbers, mask_numbers, read_numbers
from l10n.text.numbers.model import Notation, Number, NumberKind, Numeral
from l10n.text.numbers.words import read_romans, read_spelled, says_numbers

__all__ = [
    "Amount",
    "Difference",
    "Notation",
    "Number",
    "NumberKind",
    "Numeral",
    "Side",
    "compare_numbers",
    "find_numbers",
    "mask_numbers",
    "read_amounts",
    "read_numbers",
    "read_romans",
    "read_spelled",
    "same_numbers",
    "says_numbers",
    "sort_of",
]
