"""Inputs that once ended a command with an internal error or took too long; `bench_fuzz.py` finds them."""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
KEPT = sorted(path for path in (HERE / "data" / "fuzz").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    """Give the program that found them."""
    path = HERE / "benchmarks" / "bench_fuzz.py"
    spec = importlib.util.spec_from_file_location("bench_fuzz", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_no_input_ends_in_an_internal_error_or_without_an_end(
    fuzz: ModuleType, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "ARGOS_PACKAGE_INDEX",
        "L10N_LANG",
        *(f"XDG_{kind}_HOME" for kind in ("CONFIG", "CACHE", "STATE", "DATA")),
    ):
        monkeypatch.setenv(name, os.environ.get(name, ""))  # put back afterwards
    bench = fuzz.Bench(tmp_path)
    try:
        assert fuzz.try_input(bench, path.parent.name, path.read_bytes()) < fuzz.SECONDS
    finally:
        bench.server.shutdown()
        bench.server.server_close()
