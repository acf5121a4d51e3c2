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

from bench_review import CTRL_S, ESCAPE_CODES, F2, Terminal, open_reviewer, write_catalog

from l10n.catalog import Catalog
from l10n.model import State
from l10n.review.keeper import Keeper

ENTRIES = 40
PLACE = re.compile(rb"(\d+)/40 ")


def play(terminal: Terminal, chance: random.Random) -> list[int]:
    """Press keys until the moment of death; gives the units seen on the screen, in order."""
    dies = time.monotonic() + chance.uniform(0.0, 3.0)
    places: list[int] = []
    mark = len(terminal.output)
    while time.monotonic() < dies:
        key = chance.choices([F2, b"x", "ñ".encode(), CTRL_S], [5, 3, 3, 1])[0]
        os.write(terminal.descriptor, key)
        end = min(dies, time.monotonic() + chance.uniform(0.0, 0.12))
        while (left := end - time.monotonic()) > 0:
            terminal.read(left)
        seen = ESCAPE_CODES.sub(b"", bytes(terminal.output[mark:]))
        places += [int(found) for found in PLACE.findall(seen)]
        mark = len(terminal.output)
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
