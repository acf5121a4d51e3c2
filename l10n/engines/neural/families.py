"""Model folders as CTranslate2's converters leave them: their languages, tokens and licence, read from their own files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.core import get_global

from l10n.engines import Licence
from l10n.engines.neural.decoding import Style
from l10n.errors import EngineError
from l10n.foreign import ForeignError, foreign_data, load_json
from l10n.interface import gettext as _
from l10n.languages import primary

_MOST_BYTES = 64 << 20
"""Of a vocabulary, a table of settings or a page of a model."""


@dataclass(frozen=True, slots=True)
class Family:
    """Models that name languages with tokens of one kind."""

    name: str
    token: re.Pattern[str]
    """Its group is an ISO 639 code; what follows may be a script or a region."""
    names_source: bool
    """Whether the source begins with its own language, and the translation is made to begin with its own; else the
    source begins with the language of the translation."""
    licence: str
    """Under which its makers published it; a folder may say otherwise."""


FAMILIES = (
    Family("NLLB", re.compile(r"([a-z]{3})_[A-Z][a-z]{3}"), True, "CC-BY-NC-4.0"),
    Family("M2M-100", re.compile(r"__([a-z]{2,3})__"), True, "MIT"),
    Family("mBART-50", re.compile(r"([a-z]{2})_[A-Z]{2}"), True, "MIT"),
    Family("MADLAD-400", re.compile(r"<2([a-z]{2,3})(?:_[A-Z]\w*)?>"), False, "Apache-2.0"),
    Family("OPUS-MT", re.compile(r">>([a-z]{2,3})(?:_\w+)?<<"), False, "CC-BY-4.0"),
)
"""Token forms and licences as the models' own pages state them."""

_LICENCE_LINE = re.compile(
    r"^licen[cs]e:[ \t]*\n?[ \t-]*[\"']?([\w.+-]+)", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Model:
    """One model folder."""

    path: Path
    pieces: tuple[Path, Path]
    """SentencePiece models of source and translation; often one and the same."""
    end: tuple[str, ...]
    """What the source must end with, where CTranslate2 does not add it by itself."""
    family: Family | None
    """None: the model translates one pair and knows no language tokens."""
    tokens: Mapping[str, str]
    """Language token by BCP 47 language."""

    @property
    def name(self) -> str:
        """The folder's name and the start of its model's fingerprint: `opus-mt-en-es@1f3a9c2b`."""
        return f"{self.path.name}@{self.fingerprint()[:8]}"

    def fingerprint(self) -> str:
        """Return what tells one model file from another without reading gigabytes: its size, its first and last bytes."""
        file = self.path / "model.bin"
        size = file.stat().st_size
        with file.open("rb") as opened:
            first = opened.read(1 << 16)
            opened.seek(max(0, size - (1 << 16)))
            last = opened.read()
        return hashlib.sha256(b"%d\0%s\0%s" % (size, first, last)).hexdigest()

    def style(self, source: str, target: str) -> Style:
        """Return how a pair is asked for; EngineError for a language the model has no token of."""
        if self.family is None:
            return Style(end=self.end)
        asked = (source, target) if self.family.names_source else (target,)
        missing = [language for language in asked if self.token(language) is None]
        if missing:
            raise EngineError(
                _("the model has no token for {language}").format(language=missing[0]),
                path=self.path,
                hint=_("it has: {names}").format(names=" ".join(sorted(self.tokens))),
            )
        tokens = tuple(str(self.token(language)) for language in asked)
        prefix = tokens[1:] if self.family.names_source else ()
        return Style(start=tokens[:1], prefix=prefix, end=self.end)

    def token(self, locale: str) -> str | None:
        """Return the token of a locale's language, None where there is none."""
        return self.tokens.get(locale.lower()) or self.tokens.get(primary(locale))


def read_model(path: Path) -> Model:
    """Read a model folder; EngineError says which part is missing and where it comes from."""
    if not path.is_dir():
        raise EngineError(_("there is no such folder"), path=path)
    if not (path / "model.bin").is_file():
        raise EngineError(
            _("no converted model: it has no model.bin"),
            path=path,
            hint="ct2-transformers-converter --model NAME --output_dir FOLDER",
        )
    config = _config(path / "config.json")
    vocabulary = _vocabulary(path)
    family, tokens = _languages(vocabulary)
    end = config.get("eos_token", "</s>")
    return Model(
        path,
        _pieces(path),
        (str(end),) if _wants_end(config) else (),
        family,
        tokens,
    )


def licence_of(model: Model) -> Licence:
    """Return the licence that a folder states (in the head of its README.md, or a LICENSE), else its family's."""
    readme = _text(model.path / "README.md")
    if stated := _LICENCE_LINE.search(readme):
        return Licence(stated[1], is_stated=True)
    for name in ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE"):
        lines = _text(model.path / name).strip().splitlines()
        if lines:
            return Licence(" ".join(lines[0].lstrip("# ").split())[:60], is_stated=True)
    return Licence(model.family.licence if model.family else "", is_stated=False)


def _wants_end(config: Mapping[str, object]) -> bool:
    """Whether the source's end must be written out.

    Converters from Marian and fairseq set `add_source_eos`, and CTranslate2 writes it. Those of OpenNMT train
    without one and start the decoder at `<s>`; those of Transformers leave it to the tokenizer, and start the
    decoder at `</s>`, `<pad>` or `<unk>`.
    """
    return not config.get("add_source_eos") and config.get("decoder_start_token") != "<s>"


def _languages(vocabulary: Sequence[str]) -> tuple[Family | None, dict[str, str]]:
    for family in FAMILIES:
        matches = [(token, family.token.fullmatch(token)) for token in vocabulary]
        tokens: dict[str, str] = {}
        for token, match in matches:
            if match:
                # Of several scripts or regions of a language the first is the usual one; all have a name of their own.
                language = _language(match[1])
                tokens.setdefault(language, token)
                rest = token[match.end(1) - len(token) :].strip("_<>")
                if rest:
                    tokens.setdefault(f"{language}-{rest}".lower(), token)
        if len(tokens) > 1 or (tokens and family.name == "OPUS-MT"):
            return family, tokens
    return None, {}


def _language(code: str) -> str:
    """Return the BCP 47 language of an ISO 639 code: `spa` is `es`, the individual `arb` is `ar`."""
    return str(get_global("language_aliases").get(code, code)).partition("_")[0]


def _vocabulary(path: Path) -> list[str]:
    """Return the tokens of the source's vocabulary and the target's."""
    names = [
        f"{side}_vocabulary.{form}"
        for form in ("json", "txt")
        for side in ("shared", "source", "target")
    ]
    files = [path / name for name in names if (path / name).is_file()]
    if not files:
        raise EngineError(_("the model folder lacks its vocabulary"), path=path)
    tokens: list[str] = []
    for file in files:
        text = _text(file)
        if file.suffix == ".txt":
            tokens += text.split("\n")
            continue
        try:
            entries = load_json(text)
        except ForeignError as error:
            raise _unreadable(file, str(error)) from error
        if not isinstance(entries, list):
            raise _unreadable(file, _("it is no list"))
        tokens += [str(entry) for entry in entries]
    return tokens


def _pieces(path: Path) -> tuple[Path, Path]:
    """Return the SentencePiece models of a folder."""
    source, target = path / "source.spm", path / "target.spm"
    if source.is_file() and target.is_file():
        return source, target
    files = sorted(file for file in path.iterdir() if file.suffix in {".spm", ".model"})
    if len(files) == 1:
        return files[0], files[0]
    named = [file for file in files if re.search(r"sentencepiece|spiece|spm", file.name)]
    if len(named) == 1:
        return named[0], named[0]
    problem = (
        _("the model folder has several SentencePiece models: {names}").format(
            names=", ".join(file.name for file in files)
        )
        if files
        else _("the model folder lacks its SentencePiece model")
    )
    raise EngineError(
        problem,
        path=path,
        hint=_(
            "copy source.spm and target.spm, sentencepiece.bpe.model or spiece.model from the original model"
        ),
    )


def _config(path: Path) -> Mapping[str, object]:
    # The first models that CTranslate2 converted have none: it then knows the vocabulary's usual tokens.
    if not path.is_file():
        return {"decoder_start_token": "<s>"}
    try:
        config = load_json(_text(path))
    except ForeignError as error:
        raise _unreadable(path, str(error)) from error
    if not isinstance(config, dict):
        raise _unreadable(path, _("it holds no table"))
    return config


def _text(path: Path) -> str:
    """Return a file's text, cut after its first megabytes; empty where there is none."""
    try:
        with path.open("rb") as file, foreign_data():
            return file.read(_MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ForeignError) as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, reason: str) -> EngineError:
    return EngineError(_("it cannot be read: {reason}").format(reason=reason), path=path)
