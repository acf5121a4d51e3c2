"""The one table of commands.

Bindings, palette, help, the keys page, the user's keymap and the letters of the line-by-line reviewer come from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from l10n.interface import N_
from l10n.interface import gettext as _

if TYPE_CHECKING:
    from textual.binding import Binding


class Group(StrEnum):
    """Sections of the help, in its order."""

    DECIDE = N_("Decide")
    WRITE = N_("Write")
    MOVE = N_("Move")
    FIND = N_("Find and show")
    LOOK_UP = N_("Look up")
    MANY = N_("Many units")
    FILE = N_("File and screen")


@dataclass(frozen=True, slots=True)
class Spoken:
    """How a command is given to the line-by-line reviewer."""

    place: int
    """In the list of its commands, 1 first."""
    letter: str
    word: str
    """Either of both may be typed."""
    help: str
    """What it does there, untranslated."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can tell the reviewer to do."""

    id: str
    """Name of the action, of the binding and of the key in the user's keymap."""
    label: str
    """Two or three words, untranslated."""
    help: str
    """One sentence, untranslated."""
    group: Group
    keys: str = ""
    """Keys that work wherever one is, comma-separated."""
    list_keys: str = ""
    """Keys that work while the list has the focus: there nothing is typed."""
    hint: int = 0
    """Place among the hints at the bottom of the screen, 1 first; 0 for none."""
    short: str = ""
    """Label of the hint where it has to be shorter."""
    spoken: Spoken | None = None
    """None for what only the screen does."""

    @property
    def hint_label(self) -> str:
        """What the hint says, untranslated."""
        return self.short or self.label


COMMANDS: tuple[Command, ...] = (
    Command(
        "approve", N_("Approve"), N_("Accept the translation and go to the next open unit."),
        Group.DECIDE, "f2,ctrl+j,ctrl+enter", "a", hint=1,
        spoken=Spoken(1, "a", "approve", N_("approve, then the next open unit")),
    ),
    Command(
        "save_draft", N_("Keep as draft"), N_("Keep the text as a draft and go to the next open unit."),
        Group.DECIDE, "f3", "d", hint=2, short=N_("Draft"),
        spoken=Spoken(2, "d", "draft", N_("keep as draft, then the next open unit")),
    ),
    Command(
        "reject", N_("Reject"), N_("Throw the translation away, after a question: the unit is untranslated again."),
        Group.DECIDE, "", "delete,x",
        spoken=Spoken(4, "r", "reject", N_("throw the translation away")),
    ),
    Command(
        "omit", N_("Leave out"), N_("Say, after a question, that the translation has nothing here on purpose."),
        Group.DECIDE, "", "o",
        spoken=Spoken(5, "o", "omit", N_("leave the unit out on purpose")),
    ),
    Command(
        "note", N_("Note"), N_("Write a note on the unit."),
        Group.DECIDE, "ctrl+n", "m",
        spoken=Spoken(11, "m", "note", N_("write a note: m TEXT")),
    ),
    Command(
        "undo_decision", N_("Take back"), N_("Take the last decision back, a bulk one too."),
        Group.DECIDE, "ctrl+r", "u",
        spoken=Spoken(12, "u", "undo", N_("take the last decision back")),
    ),
    Command(
        "redo_decision", N_("Do again"), N_("Make the decision again that was taken back."),
        Group.DECIDE, "", "r",
        spoken=Spoken(12, "y", "redo", N_("make the decision again that was taken back")),
    ),
    Command(
        "copy_source", N_("Copy source"), N_("Put the source text into the translation."),
        Group.WRITE, "f4", "c", hint=4, short=N_("Source"),
        spoken=Spoken(6, "c", "copy", N_("copy the source")),
    ),
    Command(
        "suggestion", N_("Suggestion"), N_("Put in the best suggestion; again for the next one."),
        Group.WRITE, "f5", "s", hint=3, short=N_("Suggest"),
        spoken=Spoken(15, "i", "insert", N_("say what the memory suggests; i NUMBER puts one in")),
    ),
    Command(
        "placeholder", N_("Placeholder"), N_("Put in the next placeholder that is missing."),
        Group.WRITE, "f7", "t", hint=6, short=N_("Tag"),
    ),
    Command(
        "insert_next", N_("Insert next"),
        N_("Put in the next term, number, name or address that is missing; again for the one behind it."),
        Group.WRITE, "alt+i", "",
        spoken=Spoken(16, "b", "bring", N_("say which terms, numbers, names, tags are missing; b NUMBER puts one in")),
    ),
    Command(
        "special", N_("Special character"), N_("Type ¿ ¡ ñ « » — and the like: then one more key."),
        Group.WRITE, "ctrl+right_square_bracket", "",
    ),
    Command(
        "undo_text", N_("Undo typing"), N_("Take back what was typed; every unit remembers its own."),
        Group.WRITE, "ctrl+z", "",
    ),
    Command(
        "redo_text", N_("Redo typing"), N_("Type again what was taken back."),
        Group.WRITE, "ctrl+y", "",
    ),
    Command(
        "fix", N_("Apply fix"), N_("Apply the repair a finding offers, first that of the finding you stand at."),
        Group.WRITE, "f12", "f",
        spoken=Spoken(16, "x", "fix", N_("apply the first repair that a finding offers")),
    ),
    Command(
        "form", N_("Plural form"), N_("Go to the next plural form of the unit."),
        Group.WRITE, "alt+right", "full_stop",
    ),
    Command(
        "sentence_before", N_("Sentence to unit before"),
        N_("Move the first sentence to the unit before."),
        Group.WRITE, "", "left_square_bracket",
    ),
    Command(
        "sentence_after", N_("Sentence to unit after"),
        N_("Move the last sentence to the unit after."),
        Group.WRITE, "", "right_square_bracket",
    ),
    Command(
        "next_open", N_("Next open"), N_("Go to the next unit that wants a decision."),
        Group.MOVE, "ctrl+down", "n", hint=9,
        spoken=Spoken(7, "n", "next", N_("next open unit")),
    ),
    Command(
        "previous_open", N_("Previous open"), N_("Go to the last unit before that wants a decision."),
        Group.MOVE, "ctrl+up", "p",
        spoken=Spoken(8, "p", "previous", N_("open unit before")),
    ),
    Command(
        "next_unit", N_("Next unit"), N_("Go to the next unit of the list."),
        Group.MOVE, "alt+down", "j",
    ),
    Command(
        "previous_unit", N_("Previous unit"), N_("Go to the unit before in the list."),
        Group.MOVE, "alt+up", "k",
    ),
    Command(
        "page_down", N_("Page down"), N_("Go down one page of the list."),
        Group.MOVE, "ctrl+pagedown", "",
    ),
    Command(
        "page_up", N_("Page up"), N_("Go up one page of the list."),
        Group.MOVE, "ctrl+pageup", "",
    ),
    Command(
        "source_down", N_("Source down"), N_("Show more of a long source."),
        Group.MOVE, "alt+pagedown", "",
    ),
    Command(
        "source_up", N_("Source up"), N_("Show what comes before in a long source."),
        Group.MOVE, "alt+pageup", "",
    ),
    Command(
        "go_to", N_("Go to unit"), N_("Go to the unit with a number."),
        Group.MOVE, "ctrl+l", "number_sign",
        spoken=Spoken(9, "g", "goto", N_("go to a unit: g NUMBER")),
    ),
    Command(
        "go_back", N_("Jump back"), N_("Go back to where you were before."),
        Group.MOVE, "ctrl+b", "b",
    ),
    Command(
        "switch_pane", N_("List or editor"), N_("Go from the list to the editor and back."),
        Group.MOVE, "f6", "enter,tab", hint=5, short=N_("List"),
    ),
    Command(
        "filter", N_("Filter"), N_("Show some units only: text, state:draft, rule:any, score:<0.8 …"),
        Group.FIND, "ctrl+f", "slash", hint=7,
        spoken=Spoken(10, "f", "filter", N_("show only some units: f state:draft")),
    ),
    Command(
        "clear_filter", N_("Show all"), N_("Show all units again."),
        Group.FIND, "", "escape",
    ),
    Command(
        "next_finding", N_("Next finding"), N_("Go to the next place the checks complain about."),
        Group.FIND, "f8", "", hint=8, short=N_("Finding"),
    ),
    Command(
        "preview", N_("Preview"), N_("Open the exported article in the browser."),
        Group.FIND, "", "v",
    ),
    Command(
        "progress", N_("Progress"), N_("Show days of work and how far every article is."),
        Group.FIND, "", "w",
    ),
    Command(
        "translate", N_("Translate now"), N_("Ask the translation engine about this unit."),
        Group.LOOK_UP, "ctrl+t", "i",
    ),
    Command(
        "unlearn", N_("Unlearn"), N_("Never again make what lessons have changed in the draft that is offered."),
        Group.LOOK_UP, "", "l",
    ),
    Command(
        "concordance", N_("Concordance"), N_("Look words up in earlier translations: selected ones, or the word at the cursor."),
        Group.LOOK_UP, "f9,ctrl+o", "h",
        spoken=Spoken(18, "h", "concordance", N_("look words up in earlier translations: h WORDS; h NUMBER puts a hit in")),
    ),
    Command(
        "glossary", N_("Glossary"), N_("Look a term up, or add one."),
        Group.LOOK_UP, "ctrl+g", "g",
    ),
    Command(
        "mark", N_("Mark"), N_("Mark or unmark the unit for a decision over many."),
        Group.MANY, "", "space",
    ),
    Command(
        "mark_down", N_("Mark and go down"), N_("Mark the unit and go down."),
        Group.MANY, "", "shift+down",
    ),
    Command(
        "approve_many", N_("Approve many"), N_("Approve the marked units, or all that are shown."),
        Group.MANY, "", "A,shift+a",
    ),
    Command(
        "reject_many", N_("Reject many"), N_("Reject the marked units, or all that are shown."),
        Group.MANY, "", "X,shift+x",
    ),
    Command(
        "replace", N_("Search and replace"), N_("Replace words in all units that are shown, after a look at every place."),
        Group.MANY, "alt+r", "R,shift+r",
        spoken=Spoken(17, "l", "replace", N_("replace in all units that are shown: l OLD => NEW")),
    ),
    Command(
        "propagate", N_("Fill repeats"), N_("Use this translation for other units with the same source."),
        Group.MANY, "", "e",
    ),
    Command(
        "save", N_("Save"), N_("Write the catalog now; it is also written as you go."),
        Group.FILE, "ctrl+s", "",
        spoken=Spoken(19, "s", "save", N_("save now")),
    ),
    Command(
        "help", N_("Help"), N_("Show the keys for where you are."),
        Group.FILE, "f1", "question_mark", hint=10,
    ),
    Command(
        "command_palette", N_("All commands"), N_("Search for a command by name."),
        Group.FILE, "ctrl+p", "",
    ),
    Command(
        "choose", N_("Other catalog"), N_("Choose another catalog of the project."),
        Group.FILE, "", "y",
        spoken=Spoken(19, "v", "visit", N_("say which other catalogs wait; v NUMBER or NAME goes to one")),
    ),
    Command(
        "language", N_("Interface language"), N_("Switch between English and Spanish."),
        Group.FILE, "alt+l", "",
    ),
    Command(
        "contrast", N_("High contrast"), N_("Switch high contrast on or off."),
        Group.FILE, "", "",
    ),
    Command(
        "quit", N_("Quit"), N_("Save everything and leave."),
        Group.FILE, "ctrl+q", "q", hint=11,
        spoken=Spoken(20, "q", "quit", N_("save and leave")),
    ),
)  # fmt: skip

SPOKEN: tuple[tuple[str, Spoken], ...] = tuple(
    sorted(
        [
            *((command.id, command.spoken) for command in COMMANDS if command.spoken),
            ("text", Spoken(3, "t", "text", N_("write the translation: t TEXT"))),
            ("edit", Spoken(4, "e", "edit", N_("edit the translation in place"))),
            ("terms", Spoken(17, "k", "terms", N_("say the glossary's terms of the source"))),
            ("where", Spoken(13, "w", "where", N_("say where you are, and how much is left"))),
        ],
        key=lambda pair: pair[1].place,
    )
)
"""The commands of the line-by-line reviewer by their ids; some of them a screen does not need."""

BY_ID: Mapping[str, Command] = {command.id: command for command in COMMANDS}

SUGGESTION = "use_suggestion_"
"""Before its number: the command that puts in one of the suggestions. It has no line in the table."""

LIST_SUFFIX = ".list"
"""Ends the name of a command in the keymap where its keys in the list are meant."""

_KEY_NAMES = {
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": N_("Shift"),
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "question_mark": "?",
    "slash": "/",
    "number_sign": "#",
    "full_stop": ".",
    "pagedown": N_("PgDn"),
    "pageup": N_("PgUp"),
    "up": "↑",
    "down": "↓",
    "right": "→",
    "left": "←",
    "escape": "Esc",
    "enter": N_("Enter"),
    "space": N_("Space"),
    "delete": N_("Del"),
    "tab": "Tab",
}


def everywhere_bindings() -> list[Binding]:
    """Return the bindings of the desk: they come before what the focused widget does."""
    from textual.binding import Binding  # noqa: PLC0415 - the line-by-line reviewer does without Textual

    return [
        Binding(
            command.keys,
            f"command('{command.id}')",
            command.label,
            show=False,
            priority=True,
            id=command.id,
        )
        for command in COMMANDS
        if command.keys
    ]


def list_keys(own_keys: Mapping[str, str]) -> dict[str, str]:
    """Return the commands of the segment list by key; `own_keys` is the person's keymap."""
    return {
        key.strip(): command.id
        for command in COMMANDS
        for key in own_keys.get(command.id + LIST_SUFFIX, command.list_keys).split(",")
        if key.strip()
    }


def keymap(settings: object) -> dict[str, str]:
    """Read the `[keys]` table of the person's settings: command id = keys; `id.list` for the list."""
    if not isinstance(settings, Mapping):
        return {}
    names = {name for id_ in BY_ID for name in (id_, id_ + LIST_SUFFIX)}
    return {
        name: keys
        for name, keys in _flatten(settings)
        if name in names and isinstance(keys, str)
    }


def shown_keys(keys: str) -> str:
    """Return keys the way people write them: `Ctrl+J`, `F2`; only the first of several."""
    return shown_key(keys.split(",", maxsplit=1)[0]) if keys else ""


def shown_key(key: str) -> str:
    """Return one key the way people write it, and as keyboards of their language do."""
    parts = key.split("+")
    names = [_(_KEY_NAMES[part]) if part in _KEY_NAMES else part for part in parts]
    # A letter alone stays as it is typed: `a` approves one unit, `A` many.
    if len(parts) > 1 or (parts[0].startswith("f") and parts[0][1:].isdigit()):
        names[-1] = names[-1].upper() if len(names[-1]) < 4 else names[-1]
    return "+".join(names)


def _flatten(settings: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """TOML reads `approve.list = "a"` as a table in a table."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            for inner, keys in value.items():
                yield f"{name}.{inner}" if inner else name, keys
        else:
            yield name, value


def keys_page() -> str:
    """Return the documentation page of all commands, as Markdown."""
    lines = [
        _("# Keys of the reviewer"),
        "",
        _("Written by `make reference` from the table of commands in `tui/commands.py`."),
        _("Keys of the second column work everywhere; those of the third while the list has the focus."),
        _("Every command is also in the palette (`Ctrl+P`)."),
        _('Name other keys in the `[keys]` table of your `l10n/config.toml`: `approve = "f10"`, and `approve.list = "z"` for the list.'),
        _("In an editor nothing is bound to Alt and a digit, Ctrl+Enter is an alias only: over SSH and in tmux these do not arrive."),
        _("Select text for the terminal with Shift and the mouse."),
    ]  # fmt: skip
    for group in Group:
        lines += ["", f"## {_(group.value)}", ""]
        lines += [
            _("| command | everywhere | in the list | what it does |"),
            "|---|---|---|---|",
        ]
        for command in COMMANDS:
            if command.group is group:
                keys = " ".join(f"`{key}`" for key in _all_keys(command.keys))
                listed = " ".join(f"`{key}`" for key in _all_keys(command.list_keys))
                lines.append(f"| {command.id} | {keys} | {listed} | {_(command.help)} |")
    moves = _("In the list the digits `1` to `9` put in that suggestion, arrows and `PgUp` `PgDn` `Home` `End` move.")  # fmt: skip
    return "\n".join([*lines, "", moves, ""])


def _all_keys(keys: str) -> list[str]:
    return list(dict.fromkeys(shown_key(key) for key in keys.split(",") if key))
