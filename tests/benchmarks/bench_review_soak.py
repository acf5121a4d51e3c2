"""Three hours of review in a few minutes: the memory has to stay flat.

    python tests/benchmarks/bench_review_soak.py [--units 540] [--letters 40]

540 units are three hours at one unit every twenty seconds. Each is gone to, edited letter by letter,
undone a little, filtered for now and then, and approved.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from bench_review import CTRL_F, F2, F6, open_reviewer, write_catalog

LETTERS = "abcdefghij lmnñopqrs tuváéíóú "


def main() -> None:
    """Work and weigh."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, default=540)
    parser.add_argument("--letters", type=int, default=40)
    chosen = parser.parse_args()
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feria.po"
        write_catalog(path, 4000)
        env = {
            **os.environ,
            "XDG_STATE_HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "TERM": "xterm-256color",
            "L10N_LANG": "en",
        }
        terminal = open_reviewer(path, env)
        terminal.wait_for(b"words left", 120)
        weights: list[float] = []
        for number in range(chosen.units):
            for _letter in range(chosen.letters):
                terminal.press(chance.choice(LETTERS).encode())
            for _undo in range(3):
                terminal.press(b"\x1a")
            if number % 20 == 19:
                os.write(terminal.descriptor, CTRL_F + b"feria\r")
                terminal.settle(0.3)
                os.write(terminal.descriptor, b"\x1b")
                terminal.settle(0.3)
                terminal.press(F6)
            terminal.press(F2)
            terminal.settle(0.05, 2.0)
            terminal.output.clear()
            if number % max(1, chosen.units // 18) == 0:
                weights.append(terminal.memory())
                print(f"unit {number:4}: {weights[-1]:.1f} MB", flush=True)
        terminal.kill()
    early, late = weights[len(weights) * 2 // 3], weights[-1]
    print(
        f"after two thirds {early:.1f} MB, at the end {late:.1f} MB: {(late / early - 1) * 100:+.1f} %"
        "   (wanted < +2)"
    )


if __name__ == "__main__":
    main()
