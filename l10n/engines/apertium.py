"""Apertium, run as the separate programs it is: in one batch, or as a pipeline that stays open."""

from __future__ import annotations

import hashlib
import os
import re
import select
import shutil
import subprocess
import threading
import weakref
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from babel.core import get_global

from l10n.engines import Marked, MarkedDraft, Pair, Settings, Span, resolve_pair
from l10n.engines.instructions import as_instruction, as_purpose, is_instruction
from l10n.errors import EngineError
from l10n.interface import gettext as _
from l10n.model import Draft
from l10n.text.abbreviations import abbreviations_in

DATA = Path("/usr/share/apertium")

_FEW = 8
"""Up to so many texts go through the open pipeline; starting a batch costs as much as some twenty."""

_PATIENCE = 30.0
"""Seconds to wait for the next bytes of an answer."""

_MODE = re.compile(r"([a-z]{2,3}(?:_[A-Z]{2})?)-([a-z]{2,3}(?:_[A-Z]{2})?)")
_RESERVED = re.compile(r"[\\\[\]{}^$/@<>]")
"""Characters with a meaning in Apertium's stream format."""

_LITERAL = re.compile(
    r"[~*#]+|(?<=\d)[ \u00a0][ap]\.[ \u00a0]?m\.(?!\w)|\bfigs?\.(?=[ \u00a0]\d)", re.IGNORECASE
)
"""What the programs would drop, take for marks of their own, or read as words: `~5`, `*`, `9 a. m.`, `fig. 3`."""
_DOUBLED_LETTERS = re.compile(r"\b([A-Z])\1\.[ \u00a0]?([A-Z])\2\.(?!\w)")
"""A plural in abbreviation, `EE. UU.`: the dictionaries know it as one word, `EEUU`."""
_STREAM = re.compile(r"\\(.)|\[\[(/|[^\]]*)\]\]|\[([^\]\\]*)\]|(.)", re.DOTALL)
_END = re.compile(r"\.(?:\[\[/\]\])?\[\]")
"""The full stop that every text gets, so that its last sentence ends; a span may have grown around it."""

_BORDER = re.compile(_END.pattern + r"\[\n<\d+>\n\]")
_UNKNOWN = re.compile(r"[*@#](?=\S)")
"""Marks of a word without analysis, translation or inflected form."""


class ApertiumEngine:
    """Rule-based translation. Follows spans by word-bound blanks; notes the words it does not know."""

    name = "apertium"

    def __init__(self, settings: Settings | None = None) -> None:
        self._data = Path(str((settings or {}).get("data", DATA)))
        self._open: dict[str, _Pipeline] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the pairs whose data are installed; EngineError where Apertium is not."""
        if not shutil.which("apertium-wblank-mode"):
            raise EngineError(
                _("Apertium is not installed"), hint="apt install apertium apertium-eng-spa"
            )
        return frozenset(self._modes())

    def version(self, source: str, target: str) -> str:
        """Name the mode and a digest of its data files: `eng-spa-3f2a9c`."""
        mode = self._mode(source, target)
        digest = hashlib.sha256()
        for path in re.findall(r"'([^']+)'", mode.read_text(encoding="utf-8")):
            digest.update(f"{Path(path).name} {Path(path).stat().st_size}\n".encode())
        return f"{mode.stem}-{digest.hexdigest()[:6]}"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences: a few through the open pipeline, many in one batch."""
        marked = [Marked(text) for text in texts]
        return [answer.draft for answer in self.translate_marked(marked, source, target)]

    def translate_marked(
        self, texts: Sequence[Marked], source: str, target: str
    ) -> list[MarkedDraft]:
        """Translate sentences; each word of a span carries it into the translation."""
        mode = self._mode(source, target)
        texts = [_spelled_out(marked, source) for marked in texts]
        purposes = [
            (n, purpose)
            for n, marked in enumerate(texts)
            if (purpose := as_purpose(marked, source, target))
        ]
        asked = [*texts, *(purpose for _n, purpose in purposes)]
        streams = [_to_stream(marked) for marked in asked]
        if len(texts) > _FEW:
            answers = _run_batch(mode, streams)
        else:
            answers = self._pipeline(mode).ask(streams)
        drafts = [_from_stream(*pair) for pair in zip(asked, answers, strict=True)]
        for (n, _purpose), answer in zip(purposes, drafts[len(texts) :], strict=True):
            instruction = as_instruction(answer, target)
            if instruction and not is_instruction(drafts[n].draft.text, target):
                drafts[n] = instruction
        return drafts[: len(texts)]

    def close(self) -> None:
        """End the open pipelines."""
        for pipeline in self._open.values():
            pipeline.close()
        self._open.clear()

    def _modes(self) -> dict[Pair, Path]:
        modes = {}
        for path in sorted((self._data / "modes").glob("*.mode")):
            if match := _MODE.fullmatch(path.stem):
                modes[_tag(match[1]), _tag(match[2])] = path
        return modes

    def _mode(self, source: str, target: str) -> Path:
        modes = self._modes()
        pair = resolve_pair(modes, source, target)
        if pair is None:
            raise EngineError(
                _("Apertium has no data for {source} to {target}").format(
                    source=source, target=target
                ),
                hint="apt install apertium-eng-spa",
            )
        return modes[pair]

    def _pipeline(self, mode: Path) -> _Pipeline:
        pipeline = self._open.get(mode.stem)
        if pipeline is None or not pipeline.alive:
            pipeline = self._open[mode.stem] = _Pipeline(mode)
        return pipeline


class _Pipeline:
    """A running chain of Apertium's programs that answers each NUL-ended text at once."""

    def __init__(self, mode: Path) -> None:
        self._process = subprocess.Popen(
            ["sh", "-c", _command(mode, flush=True)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._lock = threading.Lock()
        self._end = weakref.finalize(self, _stop, self._process)

    @property
    def alive(self) -> bool:
        """True while the chain can answer."""
        return self._end.alive and self._process.poll() is None

    def ask(self, streams: Sequence[str]) -> list[str]:
        """Translate texts in stream format, one after the other."""
        with self._lock:
            try:
                return [self._ask(stream) for stream in streams]
            except OSError as error:
                self.close()
                raise EngineError(_("Apertium stopped answering")) from error

    def close(self) -> None:
        """End the chain."""
        self._end()

    def _ask(self, stream: str) -> str:
        writing, reading = self._process.stdin, self._process.stdout
        if writing is None or reading is None:
            raise BrokenPipeError
        writing.write(f"{stream}.[]\0".encode())
        writing.flush()
        answer = b""
        while not answer.endswith(b"\0"):
            if not select.select([reading], [], [], _PATIENCE)[0]:
                raise TimeoutError
            piece = os.read(reading.fileno(), 65536)
            if not piece:
                raise BrokenPipeError
            answer += piece
        return _END.split(answer.rstrip(b"\0").decode())[0]


def _stop(process: subprocess.Popen[bytes]) -> None:
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _run_batch(mode: Path, streams: Sequence[str]) -> list[str]:
    """Translate all texts with one run; blocks of blanks keep them apart, as for paragraphs of HTML."""
    document = "".join(f"{stream}.[][\n<{n}>\n]" for n, stream in enumerate(streams))
    run = subprocess.run(
        ["sh", "-c", _command(mode, flush=False)],
        input=document.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    answers = _BORDER.split(run.stdout.decode(errors="replace"))
    if run.returncode == 0 and len(answers) == len(streams) + 1:
        return answers[:-1]
    if not run.stdout:
        raise EngineError(_("Apertium stopped before the end of a batch"))
    if len(streams) == 1:
        # One text that breaks the programs has no draft; the others keep theirs.
        return [""]
    half = len(streams) // 2
    return _run_batch(mode, streams[:half]) + _run_batch(mode, streams[half:])


def _command(mode: Path, *, flush: bool) -> str:
    arguments = ["apertium-wblank-mode", *(["-z"] if flush else []), str(mode)]
    try:
        completed = subprocess.run(arguments, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EngineError(
            _("Apertium is not installed"), hint="apt install apertium apertium-eng-spa"
        ) from error
    # The generator marks unknown words with -g; the tagger takes no option.
    return completed.stdout.replace("$1", "-g").replace("$2", "")


def _tag(code: str) -> str:
    """Turn Apertium's `eng`, `eng_US` into `en`, `en-US`."""
    language, _underscore, region = code.partition("_")
    aliases = get_global("language_aliases")
    short = str(aliases.get(language, language))
    return f"{short}-{region}" if region else short


def _spelled_out(marked: Marked, locale: str) -> Marked:
    """Return a sentence without the abbreviations that the dictionaries lack or take for words: fig. 3 became a fig."""
    text, spans = marked.text, marked.spans
    for start, end, words in reversed(abbreviations_in(marked.text, locale)):
        if any(start < edge < end for span in spans for edge in (span.start, span.end)):
            continue
        text = text[:start] + words + text[end:]
        longer = len(words) - (end - start)
        spans = tuple(
            Span(
                span.start + longer * (span.start >= end), span.end + longer * (span.end >= end)
            )
            for span in spans
        )
    return Marked(text, spans)


def _to_stream(marked: Marked) -> str:
    """Escape a text and bind its spans to their words: `[[0;2]]big car[[/]]`."""
    cuts = {0, len(marked.text)}
    for span in marked.spans:
        cuts |= {span.start, span.end}
    pieces = []
    for start, end in pairwise(sorted(cuts)):
        piece = marked.text[start:end]
        inside = [
            str(n) for n, span in enumerate(marked.spans) if span.start <= start < span.end
        ]
        core = piece.strip()
        if not inside or not core:
            pieces.append(_with_blanks(piece))
            continue
        head, tail = piece[: piece.index(core)], piece[piece.index(core) + len(core) :]
        pieces.append(f"{head}[[{';'.join(inside)}]]{_escape(core)}[[/]]{tail}")
    return "".join(pieces)


def _with_blanks(text: str) -> str:
    """Escape a text, with what no program may touch as blanks of the stream."""
    text = _DOUBLED_LETTERS.sub(r"\1\1\2\2", text)
    pieces, end = [], 0
    for match in _LITERAL.finditer(text):
        pieces += [_escape(text[end : match.start()]), f"[{match[0]}]"]
        end = match.end()
    return "".join([*pieces, _escape(text[end:])])


def _escape(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text.replace("\0", " "))


def _from_stream(marked: Marked, answer: str) -> MarkedDraft:
    """Read the translation, the extent of each span in it, and the words Apertium marked."""
    text: list[str] = []
    inside: list[frozenset[int]] = []
    literal: set[int] = set()
    current: frozenset[int] = frozenset()
    for escaped, bound, blank, plain in _STREAM.findall(answer):
        if bound:
            current = (
                frozenset(int(n) for n in bound.split(";")) if bound != "/" else frozenset()
            )
        added = escaped or plain or blank
        literal.update(range(len(text), len(text) + len(blank)))
        text += added
        inside += [current] * len(added)
    unknown: list[str] = []
    keep = _kept_characters("".join(text), marked.text, literal, unknown)
    text = [text[i] for i in keep]
    inside = [inside[i] for i in keep]
    spans = tuple(_extent(n, inside) for n in range(len(marked.spans)))
    notes = tuple(f"unknown:{word}" for word in unknown)
    return MarkedDraft(Draft("".join(text), None, notes), spans)


def _kept_characters(
    text: str, source: str, literal: Container[int], unknown: list[str]
) -> list[int]:
    """Return the indices of what stays when marks and superfluous spaces go; fills in the unknown words.

    `literal` are the indices of what was never a mark.
    """
    dropped = set()
    for mark in _UNKNOWN.finditer(text):
        marked = re.match(r"[*@#](\w[\w'’-]*|\S)", text[mark.start() :])
        if marked and mark.start() not in literal and marked.group() not in source:
            dropped.add(mark.start())
            word = marked[1].rstrip("'’-")
            unknown += [word] if word.isalpha() else []
    keep: list[int] = []
    for index, character in enumerate(text):
        if index in dropped:
            continue
        if character.isspace() and (not keep or text[keep[-1]].isspace()):
            continue
        keep.append(index)
    while keep and text[keep[-1]].isspace():
        keep.pop()
    return keep


def _extent(number: int, inside: Iterable[frozenset[int]]) -> Span | None:
    places = [place for place, spans in enumerate(inside) if number in spans]
    return Span(places[0], places[-1] + 1) if places else None
