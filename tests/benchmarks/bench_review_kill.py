"""Kill the reviewer with SIGKILL at random moments: every decision must be in the catalog or recoverable.

    python tests/benchmarks/bench_review_kill.py [--rounds 500]

Each round reviews a catalog of forty drafts in a pseudo-terminal, with random typing between the
approvals, and dies between the first key and three seconds later. A decision counts as made once the
screen shows the next unit.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_review import CTRL_S, F2, Terminal, open_reviewer, write_catalog

from l10n.catalog import Catalog
from l10n.model import State
from l10n.review.keeper import Keeper

ENTRIES = 40
PLACE = re.compile(r"→en  (\d+)/40 ")
SEQUENCE = re.compile(
    r"\x1b\[(\d+);(\d+)H|\x1b\[[0-9;?]*[a-zA-Z]|\x1b[()][A-Z0-9]|\x1b[=>]|(.)", re.DOTALL
)


class FirstRow:
    """The status line as the screen shows it: of a new place only the digit that changed is sent."""

    def __init__(self) -> None:
        self._cells: dict[int, str] = {}
        self._x = self._y = 0
        self._rest = b""

    def read(self, data: bytes) -> int | None:
        """Take what was sent; gives the number of the unit that is shown then."""
        whole = self._rest + data
        text = whole.decode("utf-8", "ignore")
        self._rest = b""
        # A sequence or a character may be cut in two: it is read with what follows.
        cut = whole.rfind(b"\x1b")
        if cut >= 0 and not re.match(
            rb"\x1b(?:\[[0-9;?]*[a-zA-Z]|[()][A-Z0-9]|[=>])", whole[cut:]
        ):
            self._rest, text = whole[cut:], whole[:cut].decode("utf-8", "ignore")
        for row, column, sign in SEQUENCE.findall(text):
            if row:
                self._y, self._x = int(row) - 1, int(column) - 1
            elif sign:
                if self._y == 0:
                    self._cells[self._x] = sign
                self._x += 1
        line = "".join(self._cells.get(x, " ") for x in range(120))
        match = PLACE.search(line)
        return int(match[1]) if match else None


def play(terminal: Terminal, chance: random.Random) -> list[int]:
    """Press keys until the moment of death; gives the units seen on the screen, in order."""
    dies = time.monotonic() + chance.uniform(0.0, 3.0)
    places: list[int] = []
    row = FirstRow()
    row.read(bytes(terminal.output))
    mark = len(terminal.output)
    while time.monotonic() < dies:
        key = chance.choices([F2, b"x", "ñ".encode(), CTRL_S], [5, 3, 3, 1])[0]
        os.write(terminal.descriptor, key)
        end = min(dies, time.monotonic() + chance.uniform(0.0, 0.12))
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        place = row.read(bytes(terminal.output[mark:]))
        mark = len(terminal.output)
        if place is not None:
            places.append(place)
    return places


def main() -> None:
    """Kill and look."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    lost = damaged = decisions = recovered = 0
    for number in range(1, chosen.rounds + 1):
        folder = Path(tempfile.mkdtemp())
        os.environ["XDG_STATE_HOME"] = str(folder / "state")
        env = {
            **os.environ,
            "XDG_CONFIG_HOME": str(folder),
            "TERM": "xterm-256color",
            "L10N_LANG": "en",
        }
        path = folder / "feria.po"
        write_catalog(path, ENTRIES)
        catalog = Catalog.load(path)
        for entry in catalog.entries:
            entry.save_draft(f"Draft of {entry.msgid.split()[-1]}")
        catalog.save()
        terminal = open_reviewer(path, env)
        terminal.wait_for(b"Help", 120)
        places = play(terminal, chance)
        terminal.kill()
        certain = max(places, default=1) - 1
        try:
            keeper = Keeper.open(path)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            damaged += 1
            print(f"round {number}: damaged: {error}")
            continue
        offered = keeper.recoverable()
        recovered += len(offered)
        keeper.recover(offered)
        states = [entry.state for entry in keeper.catalog.entries[:certain]]
        decisions += certain
        missing = sum(state is not State.REVIEWED for state in states)
        lost += missing
        if missing:
            print(f"round {number}: {missing} of {certain} decisions lost")
        keeper.close()
        shutil.rmtree(folder)
        if number % 50 == 0:
            print(
                f"{number} kills, {decisions} decisions on the screen, {recovered} units recovered, {lost} lost, {damaged} damaged",
                flush=True,
            )
    print(
        f"{chosen.rounds} kills: {decisions} decisions, {lost} lost, {damaged} catalogs damaged"
    )


if __name__ == "__main__":
    main()
