"""Argos packages run on CTranslate2 directly: every sentence in a few large batches, never the network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec

from l10n.engines import Pair, Settings, resolve_pair
from l10n.engines.argos import packages
from l10n.engines.neural import trial
from l10n.engines.neural.decoding import Hardware, Style, hardware, missing_module, run
from l10n.errors import EngineError
from l10n.foreign import ForeignError, foreign_data
from l10n.interface import gettext as _
from l10n.model import Draft

_LENGTH_PENALTY = 0.2
"""What argostranslate decodes with: the same beam gives the same strings."""


class ArgosEngine:
    """Neural translation with the installed `.argosmodel` packages, through a third language if need be.

    Settings: `beam` (4), `compute_type` (default: as saved), `device` (auto), `threads` (all cores).
    """

    name = "argos"

    def __init__(self, settings: Settings | None = None) -> None:
        self._hardware = hardware(self.name, settings or {})
        self._installed: dict[Pair, packages.Installed] | None = None
        self._runners: dict[Pair, Callable[[Sequence[str]], list[Draft]]] = {}

    def pairs(self) -> frozenset[Pair]:
        """Return the installed pairs, and those that a third language makes possible."""
        if not find_spec("ctranslate2"):
            raise missing_module(self.name, ImportError(name="ctranslate2"))
        direct = self._packages()
        ends = {language for pair in direct for language in pair}
        return frozenset(
            (source, target)
            for source in ends
            for target in ends
            if source != target and _route(direct, source, target)
        )

    def version(self, source: str, target: str) -> str:
        """Name the packages: `translate-es_en-1.0`, joined by + along a route."""
        names = [self._packages()[hop].name for hop in self._hops(source, target)]
        return "+".join(names) + self._hardware.mark

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Draft]:
        """Translate sentences in batches of like length."""
        drafts = [Draft(text) for text in texts]
        for hop in self._hops(source, target):
            answers = self._translate_hop([draft.text for draft in drafts], hop)
            drafts = [_joined(*pair) for pair in zip(drafts, answers, strict=True)]
        return drafts

    def _packages(self) -> dict[Pair, packages.Installed]:
        if self._installed is None:
            self._installed = packages.best_installed()
        return self._installed

    def _hops(self, source: str, target: str) -> list[Pair]:
        pair = resolve_pair(self.pairs(), source, target)
        route = _route(self._packages(), *pair) if pair else None
        if not route:
            raise EngineError(
                _("no Argos package for {source} to {target} is installed").format(
                    source=source, target=target
                ),
                hint=f"l10n engines install {source.partition('-')[0]} {target.partition('-')[0]}",
            )
        return route

    def _translate_hop(self, texts: Sequence[str], hop: Pair) -> list[Draft]:
        if hop not in self._runners:
            package = self._packages()[hop]
            translate = _runner(package, self._hardware)
            hint = package.better_version()
            trial.assure(package.path, package.fingerprint(), hop[0], translate, hint)
            self._runners[hop] = translate
        return self._runners[hop](texts)


def try_package(package: packages.Installed) -> str | None:
    """Run a package on the sentences of the trial; gives why it cannot be trusted, or None."""
    return trial.verdict(package.source, _runner(package, Hardware(ArgosEngine.name)))


def _runner(
    package: packages.Installed, how: Hardware
) -> Callable[[Sequence[str]], list[Draft]]:
    """Load a package and return what translates with it."""
    translator = how.load(package.path / "model")
    tokenizer = package.tokenizer()
    prefix = package.target_prefix
    style = Style(_LENGTH_PENALTY, prefix=(prefix,) if prefix else (), copies_unknown=True)

    def read(pieces: Sequence[str]) -> str:
        return tokenizer.decode(list(pieces)).removeprefix(prefix).removeprefix(" ")

    def translate(texts: Sequence[str]) -> list[Draft]:
        try:
            with foreign_data():
                tokens = [tokenizer.encode(" ".join(text.split())) for text in texts]
        except (ForeignError, OSError) as error:
            raise EngineError(
                _("the tokenizer cannot be loaded: {reason}").format(reason=error),
                path=package.path,
            ) from error
        return run(translator, tokens, read, style, how.beam)

    return translate


def _joined(before: Draft, after: Draft) -> Draft:
    """Join what two hops say: the less certain one counts."""
    logprobs = [draft.logprob for draft in (before, after) if draft.logprob is not None]
    return Draft(after.text, min(logprobs, default=None), before.notes + after.notes)


def _route(
    direct: dict[Pair, packages.Installed], source: str, target: str
) -> list[Pair] | None:
    """Return the shortest chain of packages between two languages."""
    routes: list[list[Pair]] = [[pair] for pair in sorted(direct) if pair[0] == source]
    reached = {source}
    while routes:
        route = routes.pop(0)
        end = route[-1][1]
        if end == target:
            return route
        if end not in reached:
            reached.add(end)
            routes += [[*route, pair] for pair in sorted(direct) if pair[0] == end]
    return None
