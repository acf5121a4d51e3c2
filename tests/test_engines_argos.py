"""Argos packages through the real code: tiny trained models, real CTranslate2, a real index on loopback."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import socketserver
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from l10n.engines import load_engine
from l10n.engines.argos import ArgosEngine, archives, packages, try_package
from l10n.engines.argos import index as index_of
from l10n.engines.neural import trial
from l10n.errors import EngineError
from l10n.model import Draft

MODELS = Path(__file__).parent / "models"
EN_ES = MODELS / "translate-en_es-1_0.argosmodel"
ES_EN = MODELS / "translate-es_en-1_0.argosmodel"

Rows = list[tuple[str, str]]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def rows(name: str) -> Rows:
    lines = (MODELS / name).read_text(encoding="utf-8").splitlines()
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of packages that argostranslate and we both use."""
    path = tmp_path / "argos" / "packages"
    path.mkdir(parents=True)
    monkeypatch.setenv("ARGOS_PACKAGES_DIR", str(path))
    return path


@pytest.fixture
def installed(folder: Path) -> Path:
    """Both tiny models, unpacked as argostranslate would."""
    for archive in (EN_ES, ES_EN):
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
    return folder


def repacked(
    target: Path,
    source: Path = EN_ES,
    *,
    drop: str = "",
    metadata: dict[str, str] | None = None,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """A copy of a package with something changed."""
    with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w") as changed:
        for name in packed.namelist():
            content = packed.read(name)
            if drop and drop in name:
                continue
            if metadata and name.endswith("metadata.json"):
                content = json.dumps(json.loads(content) | metadata).encode()
            changed.writestr(name, content)
        for name, content in (extra or {}).items():
            changed.writestr(name, content)
    return target


@pytest.mark.usefixtures("installed")
class TestTranslation:
    @pytest.mark.parametrize("name", ["sentences.tsv", "phrases.tsv"])
    def test_both_directions_are_exact(self, name: str) -> None:
        engine = load_engine("argos")
        pairs = rows(name)
        spanish = engine.translate([english for english, _ in pairs], "en", "es")
        english = engine.translate([spanish for _, spanish in pairs], "es", "en")
        assert [draft.text for draft in spanish] == [spanish for _, spanish in pairs]
        assert [draft.text for draft in english] == [english for english, _ in pairs]

    def test_order_and_gaps_survive_batching(self) -> None:
        drafts = ArgosEngine().translate(
            ["The old bridge is closed to traffic.", "", "Related articles"], "en", "es"
        )
        assert [draft.text for draft in drafts] == [
            "El puente viejo está cerrado al tráfico.",
            "",
            "Artículos relacionados",
        ]

    def test_log_probability_tells_known_from_unknown(self) -> None:
        known, unknown = ArgosEngine().translate(
            ["The new library will open in March.", "Quantum dots glow violet underwater."],
            "en",
            "es",
        )
        assert known.logprob is not None
        assert unknown.logprob is not None
        assert known.logprob > -0.1
        assert unknown.logprob < -0.4

    def test_regional_locales_are_served(self) -> None:
        (draft,) = ArgosEngine().translate(["Related articles"], "en-GB", "es-MX")
        assert draft.text == "Artículos relacionados"

    def test_version_names_the_package(self) -> None:
        assert ArgosEngine().version("es", "en") == "translate-es_en-1.0"
        assert ArgosEngine({"beam": 2}).version("es", "en") == "translate-es_en-1.0-beam2"

    def test_beam_must_be_a_number(self) -> None:
        with pytest.raises(EngineError, match=r"argos\.beam"):
            ArgosEngine({"beam": "wide"})

    def test_missing_pair_names_the_command(self) -> None:
        with pytest.raises(EngineError) as caught:
            ArgosEngine().translate(["Hola"], "es", "fr")
        assert caught.value.hint == "l10n engines install es fr"


def test_pivots_through_a_third_language(folder: Path, tmp_path: Path) -> None:
    # The models do not know which language they speak: relabelled, they make a route en → fr → en.
    for code, source, metadata in (
        ("a", EN_ES, {"from_code": "ca", "to_code": "es"}),
        ("b", ES_EN, {"from_code": "es", "to_code": "gl"}),
    ):
        archive = repacked(tmp_path / f"{code}.argosmodel", source, metadata=metadata)
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder / code)
        for inner in (folder / code).iterdir():
            inner.rename(folder / f"{code}-package")
        (folder / code).rmdir()
    engine = ArgosEngine()
    assert ("ca", "gl") in engine.pairs()
    (draft,) = engine.translate(["The old bridge is closed to traffic."], "ca", "gl")
    assert draft.text == "The old bridge is closed to traffic."
    assert engine.version("ca", "gl") == "translate-ca_es-1.0+translate-es_gl-1.0"


def test_bpe_packages_are_run_too(folder: Path, tmp_path: Path) -> None:
    # No trained BPE model is small enough to keep: this shows that the tokenizer is found and used.
    merges = b"#version: 0.2\nt h\nth e</w>\nb r\nbr i\nbri d\n"
    archive = repacked(
        tmp_path / "x.argosmodel",
        drop="sentencepiece.model",
        extra={"translate-en_es-1_0/bpe.model": merges},
    )
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    tokenizer = packages.best_installed()["en", "es"].tokenizer()
    pieces = tokenizer.encode("the bridge, “now”")
    assert pieces[:2] == ["the", "brid@@"]
    assert tokenizer.decode(pieces) == 'the bridge, "now"'
    with pytest.raises(EngineError):
        # With pieces it has never seen the tiny model can only talk nonsense, and is found out.
        ArgosEngine().translate(["the bridge"], "en", "es")


def test_newest_version_wins_but_a_known_bad_one(folder: Path, tmp_path: Path) -> None:
    for version in ("1.9", "1.0", "1.10"):
        archive = repacked(
            tmp_path / "v.argosmodel", ES_EN, metadata={"package_version": version}
        )
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(tmp_path / version)
        shutil.move(tmp_path / version / "translate-es_en-1_0", folder / f"es_en-{version}")
    assert packages.best_installed()["es", "en"].version == "1.10"
    shutil.rmtree(folder / "es_en-1.10")
    assert packages.best_installed()["es", "en"].version == "1.0"


def test_broken_folders_are_passed_over_and_told(installed: Path) -> None:
    (installed / "half-unpacked").mkdir()
    told: list[EngineError] = []
    found = packages.installed_packages(told.append)
    assert len(found) == 2
    assert [error.message for error in told] == ["the package lacks metadata.json"]


class TestInstallFile:
    def test_installs_and_replaces(self, folder: Path) -> None:
        for _again in range(2):
            package = archives.install_file(EN_ES, try_package)
            assert package.path == folder / "translate-en_es-1_0"
        assert [path.name for path in folder.iterdir()] == ["translate-en_es-1_0"]
        assert [path.name for path in folder.parent.iterdir()] == ["packages"]

    @pytest.mark.parametrize(
        ("drop", "told"),
        [
            ("model.bin", "lacks its model"),
            ("sentencepiece.model", "lacks its tokenizer"),
            ("metadata.json", "lacks metadata.json"),
        ],
    )
    def test_parts_that_are_missing_are_named(
        self, folder: Path, tmp_path: Path, drop: str, told: str
    ) -> None:
        archive = repacked(tmp_path / "x.argosmodel", drop=drop)
        with pytest.raises(EngineError, match=told) as caught:
            archives.install_file(archive, try_package)
        assert caught.value.path == archive
        assert list(folder.iterdir()) == []

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("../outside.txt", b"x"),
            ("/etc/outside.txt", b"x"),
            ("second/metadata.json", b"{}"),
            ("translate-en_es-1_0/zeros.bin", bytes(300 << 20)),
        ],
    )
    def test_hostile_archives_are_refused(
        self, folder: Path, tmp_path: Path, name: str, content: bytes
    ) -> None:
        archive = tmp_path / "x.argosmodel"
        with (
            zipfile.ZipFile(EN_ES) as packed,
            zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as changed,
        ):
            changed.writestr(
                "translate-en_es-1_0/metadata.json", packed.read(packed.namelist()[0])
            )
            changed.writestr(name, content)
        with pytest.raises(EngineError, match=r"archive|folder"):
            archives.install_file(archive, try_package)
        assert list(folder.iterdir()) == []
        assert not (tmp_path / "outside.txt").exists()

    def test_links_are_refused(self, folder: Path, tmp_path: Path) -> None:
        archive = repacked(tmp_path / "x.argosmodel")
        with zipfile.ZipFile(archive, "a") as packed:
            link = zipfile.ZipInfo("translate-en_es-1_0/README.md")
            link.external_attr = 0o120777 << 16
            packed.writestr(link, "/etc/passwd")
        with pytest.raises(EngineError, match="link"):
            archives.install_file(archive, try_package)
        assert list(folder.iterdir()) == []

    def test_what_is_no_archive_is_told(self, folder: Path, tmp_path: Path) -> None:
        text = tmp_path / "x.argosmodel"
        text.write_text("no zip")
        with pytest.raises(EngineError, match="no zip archive"):
            archives.install_file(text, try_package)
        with pytest.raises(EngineError, match="no such file"):
            archives.install_file(tmp_path / "absent.argosmodel", try_package)
        # Nobody writes into it: whoever opened it would wait for ever.
        os.mkfifo(tmp_path / "pipe.argosmodel")
        with pytest.raises(EngineError, match="no such file"):
            archives.install_file(tmp_path / "pipe.argosmodel", try_package)
        damaged = tmp_path / "damaged.argosmodel"
        raw = bytearray(EN_ES.read_bytes())
        raw[len(raw) // 2] ^= 0xFF
        damaged.write_bytes(raw)
        with pytest.raises(EngineError, match="damaged"):
            archives.install_file(damaged, try_package)
        assert list(folder.iterdir()) == []

    def test_broken_model_file_is_told(self, folder: Path, tmp_path: Path) -> None:
        archive = repacked(
            tmp_path / "x.argosmodel",
            drop="model.bin",
            extra={"translate-en_es-1_0/model/model.bin": b"\x06\0\0\0garbage"},
        )
        with pytest.raises(EngineError, match="cannot be loaded"):
            archives.install_file(archive, try_package)
        assert list(folder.iterdir()) == []


class TestTrial:
    @pytest.mark.parametrize(
        ("answer", "told"),
        [
            (lambda text: "mainstre" * 20, "loops"),
            (lambda text: "", "nothing"),
            (lambda text: text, "repeats the source"),
            (lambda text: "Siempre lo mismo, siempre.", "one answer to everything"),
            (lambda text: "<unk> ⁇ " + text[::-1], "debris"),
        ],
    )
    def test_nonsense_models_are_refused(
        self, installed: Path, answer: Callable[[str], str], told: str
    ) -> None:
        reason = trial.verdict("es", lambda texts: [Draft(answer(text)) for text in texts])
        assert reason
        assert told in reason

    def test_refusal_offers_the_version_that_works(self, folder: Path, tmp_path: Path) -> None:
        archive = repacked(
            tmp_path / "x.argosmodel", ES_EN, metadata={"package_version": "1.9"}
        )
        with pytest.raises(EngineError) as caught:
            archives.install_file(archive, lambda _package: "the model answers in loops")
        assert caught.value.hint == "l10n engines install es en --version 1.0"
        assert list(folder.iterdir()) == []

    def test_packages_installed_elsewhere_are_tried_too(
        self, installed: Path, monkeypatch: pytest.MonkeyPatch, person: Path
    ) -> None:
        package = packages.best_installed()["en", "es"]
        trial.assure(
            package.path,
            package.fingerprint(),
            "en",
            lambda texts: [Draft(f"{n} {text[::-1]}") for n, text in enumerate(texts)],
        )
        remembered = person / "cache" / "l10n" / "trials.json"
        assert list(json.loads(remembered.read_text()).values()) == [None]
        remembered.write_text(json.dumps({package.fingerprint(): "the model answers in loops"}))
        with pytest.raises(EngineError, match="loops"):
            ArgosEngine().translate(["Related articles"], "en", "es")


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An index of packages served on loopback, the way argostranslate expects one."""
    root = tmp_path / "served"
    root.mkdir()
    shutil.copy(ES_EN, root / "translate-es_en-1_0.argosmodel")
    shutil.copy(EN_ES, root / "translate-en_es-1_0.argosmodel")
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object) -> None:
            super().__init__(*arguments, directory=str(root))  # type: ignore[arg-type]

        def log_message(self, *_arguments: object) -> None:
            asked.append(self.path)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    entries = [
        {
            "package_version": version,
            "argos_version": "1.9",
            "from_code": one,
            "to_code": two,
            "links": [
                f"{address}/translate-{one}_{two}-{version.replace('.', '_')}.argosmodel"
            ],
        }
        for one, two, version in (("es", "en", "1.9"), ("en", "es", "1.0"))
    ]
    (root / "index.json").write_text(json.dumps(entries))
    repacked(root / "translate-es_en-1_9.argosmodel", ES_EN, metadata={"from_code": "de"})
    import argostranslate.settings

    monkeypatch.setattr(
        argostranslate.settings, "remote_package_index", f"{address}/index.json"
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield root
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.usefixtures("index")
class TestIndex:
    def test_pair_is_fetched_tried_and_installed(self, folder: Path) -> None:
        seen: list[tuple[int, int]] = []
        package = index_of.install_pair(
            "en", "es", try_package, on_progress=lambda done, all_: seen.append((done, all_))
        )
        assert package.path == folder / "translate-en_es-1_0"
        assert seen[-1] == (EN_ES.stat().st_size,) * 2
        (draft,) = ArgosEngine().translate(["Related articles"], "en", "es")
        assert draft.text == "Artículos relacionados"

    def test_another_version_can_be_asked_for(self, folder: Path) -> None:
        package = index_of.install_pair("es", "en", try_package, version="1.0")
        assert package.version == "1.0"

    def test_package_of_another_pair_is_refused(self, folder: Path) -> None:
        with pytest.raises(EngineError, match="translates de→en, not es→en") as caught:
            index_of.install_pair("es", "en", try_package, version="1.9")
        assert str(caught.value.path).startswith("http://127.0.0.1:")
        assert list(folder.iterdir()) == []

    def test_a_version_known_to_be_broken_is_not_fetched(self, folder: Path) -> None:
        said: list[tuple[str, str]] = []
        package = index_of.install_pair(
            "es", "en", try_package, on_other_version=lambda *both: said.append(both)
        )
        assert package.version == "1.0"
        assert said == [("1.9", "1.0")]

    def test_absent_pair_and_absent_file_are_told(self, folder: Path, index: Path) -> None:
        with pytest.raises(EngineError, match="no package for es to fr"):
            index_of.install_pair("es", "fr", try_package)
        (index / "translate-en_es-1_0.argosmodel").unlink()
        with pytest.raises(EngineError, match="cannot be fetched"):
            index_of.install_pair("en", "es", try_package)

    def test_only_https_or_this_machine(
        self, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import argostranslate.settings

        for address in ("http://example.org/index.json", "file:///etc/passwd"):
            monkeypatch.setattr(argostranslate.settings, "remote_package_index", address)
            with pytest.raises(EngineError, match="no https address"):
                index_of.install_pair("en", "es", try_package)


def test_command_line_installs_and_lists(folder: Path, l10n: Run) -> None:
    done = l10n("engines", "install", EN_ES)
    assert done.returncode == 0, done.stderr
    assert "translate-en_es-1.0" in done.stdout
    listed = l10n("engines", "list")
    assert "en → es" in listed.stdout
    bad = l10n("engines", "install", MODELS / "phrases.tsv")
    assert bad.returncode == 2
    assert bad.stderr.startswith("l10n: ")
    assert "no zip archive" in bad.stderr
    assert "Traceback" not in bad.stderr


def test_home_that_cannot_be_written_is_one_line(tmp_path: Path, l10n: Run) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder should be")
    done = l10n("engines", "list", XDG_DATA_HOME=str(blocked), XDG_CONFIG_HOME=str(blocked))
    assert done.returncode == 0
    assert "argostranslate cannot make its folders" in done.stdout
    assert "Traceback" not in done.stderr


BROKEN_OFF = 200_000


@pytest.fixture
def odd_index(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], None]]:
    """A server that answers as broken ones do; gives a function that sets the entries of its index."""
    import argostranslate.settings

    package = ES_EN.read_bytes()
    entries: list[object] = []
    head = b"HTTP/1.1 200 OK\r\n"

    def with_length(body: bytes, sent: bytes) -> bytes:
        return b"%sContent-Length: %d\r\n\r\n%s" % (head, len(body), sent)

    def reply(path: str) -> bytes:
        if path.endswith("index.json"):
            body = json.dumps(entries[-1]).replace("HOST", host).encode()
            return with_length(body, body)
        return {
            "/ok": with_length(package, package),
            "/cut": with_length(package, package[:BROKEN_OFF]),
            "/chunk": head + b"Transfer-Encoding: chunked\r\n\r\n30000\r\n" + package[:1000],
            "/badline": b"garbage\r\n\r\n",
            "/length": head + b"Content-Length: many\r\n\r\n" + package,
            "/html": with_length(b"<html>log in</html>", b"<html>log in</html>"),
            "/close": b"",
            "/away": b"HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1:1/x\r\n\r\n",
        }.get(path.partition(".")[0], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().decode().split()[1]
            while self.rfile.readline().strip():
                pass
            self.wfile.write(reply(path))

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(("127.0.0.1", 0), Handler)
    host = f"http://127.0.0.1:{server.server_address[1]}"
    # Without the slash at its end, as people type it.
    monkeypatch.setattr(argostranslate.settings, "remote_package_index", f"{host}index.json")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield entries.append
    server.shutdown()
    server.server_close()
    thread.join()


def entry(links: object, version: object = "1.0", source: str = "es") -> dict[str, object]:
    return {
        "package_version": version,
        "from_code": source,
        "to_code": "en",
        "links": links,
        "from_name": "x",
    }


class TestFaultsOfAnIndex:
    @pytest.mark.parametrize(
        ("links", "said"),
        [
            (["HOST/gone", "ipfs://Qm"], "HOST/gone cannot be fetched: Not Found"),
            (["ipfs://Qm"], "no https address for the package: ipfs://Qm"),
            (["HOST/gone", "HOST/close"], "HOST/gone cannot be fetched: Not Found"),
            ([], "no address for the package"),
            (None, "no address for the package"),
            ([None, 7], "no address for the package"),
            ({"a": "b"}, "no address for the package"),
            (["http://[x/"], "no https address for the package"),
            (["HOST/cut"], f"HOST/cut: the download broke off ({BROKEN_OFF} of"),
            (["HOST/chunk"], "HOST/chunk: the download broke off"),
            (["HOST/badline"], "HOST/badline cannot be fetched: garbage"),
            (["HOST/close"], "HOST/close cannot be fetched: "),
            (["HOST/away"], "no https address: ftp://127.0.0.1:1/x"),
            (["HOST/html"], "HOST/html: not an Argos package: it is no zip archive"),
        ],
    )
    def test_each_is_one_line_that_names_the_address(
        self, folder: Path, odd_index: Callable[[object], None], links: object, said: str
    ) -> None:
        odd_index([entry(links)])
        with pytest.raises(EngineError) as caught:
            index_of.install_pair("es", "en", try_package)
        line = re.sub(r"http://127\.0\.0\.1:\d+", "HOST", str(caught.value))
        assert said in line
        assert "\n" not in line
        assert "l10n-argos-" not in line
        assert not list(folder.iterdir())

    @pytest.mark.parametrize(
        "index",
        [
            [entry("HOST/ok")],
            [entry(["HOST/gone", "HOST/ok"])],
            [entry(["HOST/length"])],
            [entry(["ok"])],
            [entry(["HOST/ok"], version=None)],
            [entry(["HOST/ok"], version=1.9)],
            ["text", 3, None, {"type": "sbd"}, {"from_code": 1}, entry(["HOST/ok"])],
            [entry(["HOST/gone"], "1.8"), entry(["HOST/ok"], "1.10")],
        ],
    )
    def test_odd_entries_do_not_keep_a_package_away(
        self, folder: Path, odd_index: Callable[[object], None], index: object
    ) -> None:
        odd_index(index)
        assert index_of.install_pair("es", "en", try_package).path.parent == folder

    @pytest.mark.parametrize("index", [{"a": 1}, "text", 3, None])
    def test_what_is_no_index_is_told(
        self, folder: Path, odd_index: Callable[[object], None], index: object
    ) -> None:
        odd_index(index)
        with pytest.raises(EngineError, match="cannot be read: it is no list"):
            index_of.install_pair("es", "en", try_package)

    @pytest.mark.parametrize(
        ("code", "asked"),
        [
            ("pb", ("pb", "en")),
            ("pb", ("pt-BR", "en")),
            ("zt", ("zh_Hant", "en")),
            ("es", ("es-MX", "en-GB")),
            ("es", ("ES", "EN")),
        ],
    )
    def test_locales_are_served_by_the_codes_of_the_index(
        self,
        folder: Path,
        odd_index: Callable[[object], None],
        monkeypatch: pytest.MonkeyPatch,
        code: str,
        asked: tuple[str, str],
    ) -> None:
        odd_index([entry(["HOST/ok"], source=code)])
        if code == "es":
            index_of.install_pair(*asked, try_package)
        else:
            # The package that the server has is Spanish: what was asked for is found, and this is said of it.
            tag = packages.pair_of(code, "en")[0]
            with pytest.raises(EngineError, match=f"translates es→en, not {tag}→en"):
                index_of.install_pair(*asked, try_package)


class TestArchivesOfOtherPackers:
    def test_folders_of_a_desktop_are_passed_over(self, folder: Path, tmp_path: Path) -> None:
        extra = {
            "__MACOSX/translate-en_es-1_0/._metadata.json": b"x",
            ".DS_Store": b"x",
            "translate-en_es-1_0/.DS_Store": b"x",
        }
        archive = repacked(tmp_path / "x.argosmodel", extra=extra)
        package = archives.install_file(archive, try_package)
        assert [path.name for path in folder.iterdir()] == ["translate-en_es-1_0"]
        assert not (package.path / ".DS_Store").exists()

    def test_an_archive_without_a_folder_gets_one(self, folder: Path, tmp_path: Path) -> None:
        with (
            zipfile.ZipFile(EN_ES) as packed,
            zipfile.ZipFile(tmp_path / "x.zip", "w") as changed,
        ):
            for name in packed.namelist():
                changed.writestr(name.partition("/")[2], packed.read(name))
        package = archives.install_file(tmp_path / "x.zip", try_package)
        assert package.path == folder / "translate-en_es-1_0"
        (draft,) = ArgosEngine().translate(["Related articles"], "en", "es")
        assert draft.text == "Artículos relacionados"

    def test_a_folder_with_blanks_gets_the_name_of_its_package(
        self, folder: Path, tmp_path: Path
    ) -> None:
        with (
            zipfile.ZipFile(EN_ES) as packed,
            zipfile.ZipFile(tmp_path / "x.zip", "w") as changed,
        ):
            for name in packed.namelist():
                changed.writestr(f"my model/{name.partition('/')[2]}", packed.read(name))
        package = archives.install_file(tmp_path / "x.zip", try_package)
        assert package.path == folder / "translate-en_es-1_0"

    def test_a_zipped_package_among_the_unpacked_is_told(self, installed: Path) -> None:
        shutil.copy(ES_EN, installed / "my model.argosmodel")
        problems: list[EngineError] = []
        packages.installed_packages(problems.append)
        (problem,) = problems
        assert problem.hint == f"l10n engines install '{installed / 'my model.argosmodel'}'"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARGOS_INTER_THREADS", "abc"),
        ("ARGOS_CHUNK_TYPE", "WORDS"),
        ("ARGOS_MODEL_PROVIDER", "NOBODY"),
        ("settings.json", "[1]"),
        ("settings.json", '{"ARGOS_BEAM_SIZE": "wide"}'),
    ],
)
def test_settings_that_argostranslate_refuses_are_one_line(
    tmp_path: Path, l10n: Run, name: str, value: str
) -> None:
    variables = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    if name == "settings.json":
        (tmp_path / "argos-translate").mkdir()
        (tmp_path / "argos-translate" / name).write_text(value)
    else:
        variables[name] = value
    done = l10n("engines", "install", "es", "en", **variables)
    assert done.returncode == 2, done.stderr
    assert "argostranslate cannot read its settings" in done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("setting", ['device = "gpu"', 'compute_type = "wide"'])
@pytest.mark.usefixtures("installed")
def test_an_engine_asked_for_by_name_that_fails_is_no_success(
    newsroom: Path, l10n: Run, setting: str
) -> None:
    with (newsroom / "l10n.toml").open("a") as file:
        file.write(f"[engine.argos]\n{setting}\n")
    assert l10n("update").returncode == 0
    done = l10n("prefill", "--only", "mt", "--engine", "argos")
    assert done.returncode == 2
    reason, hint, *_rest = done.stderr.splitlines()
    assert "the model cannot be loaded" in reason
    assert f"[engine.argos] {setting}" in hint
    assert "engines install" not in done.stderr
    assert Path(newsroom / "locales/en/LC_MESSAGES/feria.po").read_text().count("mt=") == 0


@pytest.mark.usefixtures("folder")
def test_an_engine_asked_for_by_name_that_lacks_the_pair_is_no_success(
    newsroom: Path, l10n: Run
) -> None:
    assert l10n("update").returncode == 0
    done = l10n("prefill", "--only", "mt", "--engine", "argos")
    assert done.returncode == 2
    assert "engine argos cannot translate es to en here" in done.stderr
    # The first engine that works is taken where nobody insists on one: another's absence is no failure.
    assert l10n("prefill", "--only", "mt").returncode == 0
