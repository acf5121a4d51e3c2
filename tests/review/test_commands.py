from __future__ import annotations

from tui.commands import BY_ID, COMMANDS, keymap, list_keys, shown_key
from tui.desk.screen import Desk


def test_every_command_can_be_done() -> None:
    for command in COMMANDS:
        doers = [part for part in Desk.PARTS if callable(getattr(part, command.id, None))]
        assert len(doers) == 1, command.id


def test_no_key_means_two_things() -> None:
    for keys in ([c.keys for c in COMMANDS], [c.list_keys for c in COMMANDS]):
        single = [key for one in keys for key in one.split(",") if key]
        assert len(single) == len(set(single))


def test_no_key_is_one_that_terminals_swallow() -> None:
    for command in COMMANDS:
        for key in command.keys.split(","):
            assert not (key.startswith("alt+") and key[4:].isdigit())
            assert key not in {"ctrl+i", "ctrl+m", "ctrl+h", "shift+f3"}


def test_no_letter_alone_takes_text_away_or_changes_the_tool() -> None:
    for command in ("language", "contrast"):
        assert not BY_ID[command].list_keys


def test_the_keymap_takes_known_commands_only() -> None:
    settings = {"approve": "f12", "reject": {"list": "z"}, "nonsense": "x", "note": 3}
    assert keymap(settings) == {"approve": "f12", "reject.list": "z"}
    assert keymap("nonsense") == {}
    assert list_keys({"reject.list": "z"})["z"] == "reject"


def test_keys_are_written_the_way_people_do() -> None:
    assert [shown_key(key) for key in ("f2", "ctrl+j", "ctrl+right_square_bracket", "a")] == [
        "F2",
        "Ctrl+J",
        "Ctrl+]",
        "a",
    ]


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(COMMANDS)
