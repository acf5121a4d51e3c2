"""Other aligners on the same documents, as far as they are installed outside the project.

`PEERS` names a folder that holds their sources side by side, any of

* `hunalign` (github danielvarga/hunalign; `make` in src/hunalign), run with `-realign` and an empty dictionary, or that
  of `PEERS/dictionary` (`TARGET @ SOURCE` lines for English on the target side);
* `Bleualign` (rsennrich/Bleualign), over Apertium's draft of the Spanish side;
* `vecalign` (thompsonb/vecalign), over the vectors of the extra: `cythonize -i vecalign/dp_core.pyx` there;
* `bertalign` (bfsujason/bertalign), its core over the same vectors. Its searches of nearest neighbours (faiss) are made
  with numpy, and what numba and torch would make faster runs as plain Python: the results are the same.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from noisy_documents import Document

from l10n.align import Translate
from l10n.align.encoders import Encode
from l10n.align.notation import Groups

Peer = Callable[[Document], tuple[Groups, ...]]
_SKIPS = (-0.1, 0.0)
"""Scores of a lone sentence in Bertalign: its default, and the best of four in an earlier trial."""
_DELETIONS = (0.2, 0.02)
"""Shares of the costs at which Vecalign leaves a sentence alone: its default, and the best of four in an earlier trial."""


def find_peers(translate: Translate | None, encode: Encode | None) -> dict[str, Peer]:
    """Return the peers that can run, by name and setting."""
    folder = Path(os.environ.get("PEERS", "."))
    peers: dict[str, Peer] = {}
    program = folder / "hunalign" / "src" / "hunalign" / "hunalign"
    if program.is_file():
        dictionary = folder / "dictionary"
        known = "dictionary" if dictionary.is_file() else "no dictionary"
        peers[f"hunalign, {known}"] = _hunalign(program, dictionary)
    if translate is not None and (folder / "Bleualign").is_dir():
        sys.path.append(str(folder / "Bleualign"))
        peers["Bleualign, Apertium"] = _bleualign(translate)
    if encode is not None:
        if [*(folder / "vecalign" / "vecalign").glob("dp_core.*.so")]:
            sys.path.append(str(folder / "vecalign"))
            for share in _DELETIONS:
                peers[f"Vecalign, vectors, -d {share}"] = _vecalign(encode, share)
        if (folder / "bertalign" / "bertalign").is_dir():
            core = _bertalign_core(folder / "bertalign" / "bertalign")
            for skip in _SKIPS:
                peers[f"Bertalign, vectors, skip {skip}"] = _bertalign(core, encode, skip)
    return peers


def _hunalign(program: Path, dictionary: Path) -> Peer:
    def align(document: Document) -> tuple[Groups, ...]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            words = dictionary if dictionary.is_file() else folder / "none"
            (folder / "none").write_text("", "utf-8")
            for file, side in (("source", document.source), ("target", document.target)):
                (folder / file).write_text("".join(f"{s.text}\n" for s in side), "utf-8")
            command = [program, "-realign", words, folder / "source", folder / "target"]
            # With -realign it leaves a file where it runs.
            done = subprocess.run(command, capture_output=True, check=True, cwd=folder)
        rungs = [tuple(map(int, line.split()[:2])) for line in done.stdout.splitlines()]
        return _alone(
            (tuple(range(a, c)), tuple(range(b, d))) for (a, b), (c, d) in pairwise(rungs)
        )

    return align


def _bleualign(translate: Translate) -> Peer:
    from bleualign.align import Aligner

    def align(document: Document) -> tuple[Groups, ...]:
        source, target = ([s.text for s in side] for side in (document.source, document.target))
        is_spanish = document.locales[0] == "es"
        drafts = translate(source if is_spanish else target, "es", "en")
        options = {
            "srcfile": source, "targetfile": target, "verbosity": 0, "filter": None, "eval": None,
            "srctotarget": [drafts] if is_spanish else [], "targettosrc": [] if is_spanish else [drafts],
        }  # fmt: skip
        aligner = Aligner(options)
        made = aligner.process(
            source, target, [drafts] if is_spanish else [], [] if is_spanish else [drafts]
        )
        beads = [(tuple(ours), tuple(theirs)) for (ours, theirs), _kind in made]
        return _alone([*beads, *_rest(document, beads)])

    return align


def _vecalign(encode: Encode, deletions: float, longest: int = 4) -> Peer:
    def align(document: Document) -> tuple[Groups, ...]:
        from vecalign.dp_utils import (
            make_alignment_types,
            make_doc_embedding,
            vecalign,
            yield_overlaps,
        )  # fmt: skip

        embedded = []
        for side in (document.source, document.target):
            lines = [segment.text for segment in side]
            texts = [*dict.fromkeys(yield_overlaps(lines, longest))]
            places = {text: place for place, text in enumerate(texts)}
            embedded.append(make_doc_embedding(places, encode(texts), lines, longest))
        stack = vecalign(
            vecs0=embedded[0], vecs1=embedded[1], final_alignment_types=make_alignment_types(longest),
            del_percentile_frac=deletions, width_over2=ceil(longest / 2) + 5, max_size_full_dp=300,
            costs_sample_size=20_000, num_samps_for_norm=100,
        )  # fmt: skip
        return _alone(
            (tuple(ours), tuple(theirs)) for ours, theirs in stack[0]["final_alignments"]
        )

    return align


def _bertalign_core(folder: Path) -> Any:
    """Load the search of Bertalign without the package around it, which loads models."""

    class Numba(types.ModuleType):
        float32, uint8 = np.float32, np.uint8

        @staticmethod
        def jit(**_options: object) -> Callable[[Any], Any]:
            return lambda function: function

    for name, module in (
        ("numba", Numba("numba")), ("torch", types.ModuleType("torch")), ("faiss", types.ModuleType("faiss")),
    ):  # fmt: skip
        sys.modules.setdefault(name, module)
    core = types.ModuleType("bertalign_core")
    exec(
        compile((folder / "corelib.py").read_text("utf-8"), "corelib.py", "exec"), core.__dict__
    )
    return core


def _bertalign(core: Any, encode: Encode, skip: float, most: int = 5) -> Peer:
    def layers(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        joined = [
            "PAD" if at < back else " ".join(texts[at - back : at + 1])
            for back in range(most - 1)
            for at in range(len(texts))
        ]
        rows = np.asarray(encode(joined)).reshape(most - 1, len(texts), -1)
        sizes = np.array([len(text.encode()) for text in joined])
        return rows, sizes.reshape(most - 1, len(texts))

    def align(document: Document) -> tuple[Groups, ...]:
        sides = [[s.text for s in side] for side in (document.source, document.target)]
        (rows, sizes), (facing, facing_sizes) = (layers(texts) for texts in sides)
        n, m = len(sides[0]), len(sides[1])
        close = rows[0] @ facing[0].T
        nearest = np.argsort(-close, axis=1)[:, :3]
        types_of_first = core.get_alignment_types(2)
        width, path = core.find_first_search_path(n, m)
        pointers = core.first_pass_align(
            n,
            m,
            width,
            path,
            types_of_first,
            np.take_along_axis(close, nearest, axis=1),
            nearest,
        )
        first = core.first_back_track(n, m, pointers, path, types_of_first)
        kinds = core.get_alignment_types(most)
        width, path = core.find_second_search_path(first, 5, n, m)
        ratio = sizes[0].sum() / facing_sizes[0].sum()
        pointers = core.second_pass_align(
            rows, facing, sizes, facing_sizes, width, path, kinds, ratio, skip,
            margin=True, len_penalty=True,
        )  # fmt: skip
        made = core.second_back_track(n, m, pointers, path, kinds)
        return _alone((tuple(ours), tuple(theirs)) for ours, theirs in made)

    return align


def _alone(beads: Any) -> tuple[Groups, ...]:
    """Return beads of which each segment without counterpart stands alone, as the gold has them."""
    result: list[Groups] = []
    for ours, theirs in beads:
        if ours and theirs:
            result.append((ours, theirs))
        else:
            result += [((i,), ()) for i in ours] + [((), (j,)) for j in theirs]
    return tuple(result)


def _rest(document: Document, beads: Sequence[Groups]) -> list[Groups]:
    taken = [{i for bead in beads for i in bead[side]} for side in (0, 1)]
    lone: list[Groups] = [((i,), ()) for i in range(len(document.source)) if i not in taken[0]]
    return lone + [((), (j,)) for j in range(len(document.target)) if j not in taken[1]]


@cache
def remembered(encode: Encode) -> Encode:
    """Return an encoder that reads each text once: two settings ask for the same."""
    known: dict[str, np.ndarray] = {}

    def read(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if new:
            known.update(zip(new, encode(new), strict=True))
        return np.array([known[text] for text in texts], dtype=np.float32)

    return read
