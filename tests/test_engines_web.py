"""LibreTranslate and Ollama against loopback servers that speak their protocols."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from l10n.catalog import Catalog
from l10n.drafting.prefill import Tools, prefill
from l10n.drafting.units import translate_units
from l10n.engines import Context, ContextEngine, load_engine
from l10n.engines.cache import DraftCache, cached
from l10n.errors import EngineError, ProjectError
from l10n.glossary import Glossary, Term
from l10n.memory import Memory, Translation
from l10n.model import Kind, Unit
from l10n.project import Project

WORDS = {
    "The old bridge": "El puente viejo",
    "is closed": "está cerrado",
    "old bridge": "puente viejo",
}

Answer = Callable[[str, dict[str, Any]], tuple[int, Any]]


class Served:
    """A server on loopback and what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.headers: dict[str, str] = {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply({})

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                self.reply(json.loads(self.rfile.read(length)))

            def reply(self, question: dict[str, Any]) -> None:
                outer.asked.append((self.path, question))
                status, body = answer(self.path, question)
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_arguments: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], Served]]:
    servers: list[Served] = []

    def start(answer: Answer) -> Served:
        servers.append(Served(answer))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


def translated(text: str) -> str:
    for english, spanish in WORDS.items():
        text = text.replace(english, spanish)
    return text


def libretranslate(path: str, question: dict[str, Any]) -> tuple[int, Any]:
    """Answer as LibreTranslate 1.6 does."""
    if path == "/languages":
        return 200, [
            {"code": "en", "name": "English", "targets": ["en", "es"]},
            {"code": "es", "name": "Spanish", "targets": ["en", "es"]},
        ]
    if path != "/translate" or question.get("format") != "text":
        return 400, {"error": "Invalid request"}
    return 200, {"translatedText": [translated(text) for text in question["q"]]}


def ollama(path: str, question: dict[str, Any]) -> tuple[int, Any]:
    """Answer as Ollama does for a model that follows the asked format."""
    if path == "/api/tags":
        return 200, {"models": [{"name": "tiny:1b", "digest": "0123456789abcdef"}]}
    texts = json.loads(question["messages"][1]["content"])
    content = json.dumps({"translations": [translated(text) for text in texts]})
    return 200, {
        "model": question["model"],
        "message": {"role": "assistant", "content": content},
        "done": True,
    }


class TestLibreTranslate:
    def test_translates_in_batches(self, serve: Callable[[Answer], Served]) -> None:
        server = serve(libretranslate)
        engine = load_engine("libretranslate", {"url": server.url})
        assert engine.pairs() == {("en", "es"), ("es", "en")}
        drafts = engine.translate(["The old bridge is closed."] * 90, "en-GB", "es")
        assert {draft.text for draft in drafts} == {"El puente viejo está cerrado."}
        assert [len(q["q"]) for path, q in server.asked if path == "/translate"] == [40, 40, 10]

    def test_key_comes_from_the_environment(
        self, serve: Callable[[Answer], Served], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        server = serve(libretranslate)
        monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret")
        monkeypatch.setenv("L10N_ALLOW_HOSTS", "127.0.0.1")
        load_engine("libretranslate", {"url": server.url}).translate(["One"], "en", "es")
        assert server.asked[-1][1]["api_key"] == "secret"
        with pytest.raises(EngineError, match="environment only"):
            load_engine("libretranslate", {"url": server.url, "api_key": "x"}).pairs()

    @pytest.mark.parametrize(
        ("hosts", "is_sent"),
        [
            ("", False),
            ("mt.example.org", False),
            ("127.0.0.1:{port}", True),
            ("127.0.0.1:1", False),
        ],
    )
    def test_a_key_goes_to_no_host_that_the_project_alone_names(
        self,
        serve: Callable[[Answer], Served],
        monkeypatch: pytest.MonkeyPatch,
        hosts: str,
        is_sent: bool,
    ) -> None:
        server = serve(libretranslate)
        monkeypatch.setenv("LIBRETRANSLATE_API_KEY", "secret")
        monkeypatch.setenv("L10N_ALLOW_HOSTS", hosts.format(port=server.url.rpartition(":")[2]))
        load_engine("libretranslate", {"url": server.url}).translate(["One"], "en", "es")
        assert ("secret" in str(server.asked)) is is_sent

    def test_drafts_go_through_the_same_checks(self, serve: Callable[[Answer], Served]) -> None:
        server = serve(libretranslate)
        engine = load_engine("libretranslate", {"url": server.url})
        (draft,) = translate_units(["The <a1>old bridge</a1> is closed."], engine, "en", "es")
        assert draft.text == "El <a1>puente viejo</a1> está cerrado."

    @pytest.mark.parametrize(
        ("status", "body", "told"),
        [
            (500, {"error": "out of memory"}, "out of memory"),
            (403, b"<html>", "403"),
            (200, b"<html>", "no JSON"),
            (200, {"translatedText": ["one", "two"]}, "cannot be read"),
            (200, {"translatedText": "one"}, "cannot be read"),
            (200, {"translatedText": [7]}, "cannot be read"),
        ],
    )
    def test_bad_answers_are_one_line(
        self, serve: Callable[[Answer], Served], status: int, body: Any, told: str
    ) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            return (status, body) if path == "/translate" else libretranslate(path, question)

        engine = load_engine("libretranslate", {"url": serve(answer).url})
        with pytest.raises(EngineError, match=told):
            engine.translate(["One"], "en", "es")

    def test_redirects_are_not_followed(self, serve: Callable[[Answer], Served]) -> None:
        elsewhere = serve(libretranslate)
        server = serve(lambda _path, _question: (307, {}))
        server.headers["Location"] = elsewhere.url + "/languages"
        with pytest.raises(EngineError, match="307"):
            load_engine("libretranslate", {"url": server.url}).pairs()
        assert elsewhere.asked == []


class TestOllama:
    def test_translates_several_at_once(self, serve: Callable[[Answer], Served]) -> None:
        server = serve(ollama)
        engine = load_engine("ollama", {"url": server.url, "model": "tiny:1b"})
        assert engine.version("en", "es") == "tiny:1b@01234567"
        drafts = engine.translate(["The old bridge is closed."] * 20, "en", "es")
        assert {draft.text for draft in drafts} == {"El puente viejo está cerrado."}
        chats = [question for path, question in server.asked if path == "/api/chat"]
        assert len(chats) == 3
        assert "from English to Spanish" in chats[0]["messages"][0]["content"]
        assert chats[0]["options"]["temperature"] == 0

    def test_a_model_that_loses_count_is_asked_again(
        self, serve: Callable[[Answer], Served]
    ) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            status, body = ollama(path, question)
            if path == "/api/chat":
                texts = json.loads(body["message"]["content"])["translations"]
                kept = texts[:2] if len(texts) > 2 else texts
                body["message"]["content"] = json.dumps({"translations": kept})
            return status, body

        engine = load_engine("ollama", {"url": serve(answer).url, "model": "tiny:1b"})
        texts = [f"{n} The old bridge" for n in range(8)]
        drafts = engine.translate(texts, "en", "es")
        assert [draft.text for draft in drafts] == [f"{n} El puente viejo" for n in range(8)]

    def test_chatter_is_no_draft(self, serve: Callable[[Answer], Served]) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            if path == "/api/chat":
                return 200, {"message": {"content": "Sure! Here is the translation:"}}
            return ollama(path, question)

        engine = load_engine("ollama", {"url": serve(answer).url, "model": "tiny:1b"})
        drafts = engine.translate(["One", "Two"], "en", "es")
        assert [draft.text for draft in drafts] == ["", ""]
        assert drafts[0].notes == ("unreadable",)

    def test_invented_markup_is_text(self, serve: Callable[[Answer], Served]) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            if path == "/api/chat":
                texts = json.loads(question["messages"][1]["content"])
                wrapped = [f"<b>{text}</b> <a9>" for text in texts]
                return 200, {"message": {"content": json.dumps({"translations": wrapped})}}
            return ollama(path, question)

        engine = load_engine("ollama", {"url": serve(answer).url, "model": "tiny:1b"})
        (draft,) = translate_units(["Good morning to you all."], engine, "en", "es")
        assert "<" not in draft.text

    def test_absent_model_names_the_command(self, serve: Callable[[Answer], Served]) -> None:
        engine = load_engine("ollama", {"url": serve(ollama).url, "model": "large"})
        with pytest.raises(EngineError) as caught:
            engine.pairs()
        assert caught.value.hint == "ollama pull large"


class TestAddresses:
    @pytest.mark.parametrize("name", ["libretranslate", "ollama"])
    def test_off_unless_configured(self, name: str) -> None:
        with pytest.raises(EngineError, match="not configured"):
            load_engine(name).pairs()

    @pytest.mark.parametrize(
        "url",
        [
            "http://mt.example.org",
            "https://10.0.0.7:5000",
            "http://127.0.0.1.example.org",
        ],
    )
    def test_other_machines_must_be_allowed_by_name(
        self, url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for hosts in ("", "other.example.org"):
            monkeypatch.setenv("L10N_ALLOW_HOSTS", hosts)
            with pytest.raises(EngineError, match="you have not allowed") as caught:
                load_engine("libretranslate", {"url": url}).pairs()
            assert "allow_hosts = [" in caught.value.hint
            assert "config.toml" in caught.value.hint

    @pytest.mark.parametrize(
        "url",
        ["http://localhost@example.org", "http://example.org\\@127.0.0.1/", "http://127.0.0.1:x/", "http://a b/"],
    )  # fmt: skip
    def test_an_address_that_can_be_read_in_two_ways_is_none(self, url: str) -> None:
        with pytest.raises(EngineError, match="no http address"):
            load_engine("libretranslate", {"url": url}).pairs()

    @pytest.mark.parametrize("by", ["environment", "config"])
    def test_an_allowed_name_is_asked(
        self, by: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
        if by == "environment":
            monkeypatch.setenv("L10N_ALLOW_HOSTS", "a.example, MT.invalid")
        else:
            (tmp_path / "l10n").mkdir()
            (tmp_path / "l10n/config.toml").write_text('allow_hosts = ["mt.invalid"]')
        engine = load_engine("libretranslate", {"url": "http://mt.invalid:9", "timeout": 2})
        with pytest.raises(EngineError, match=r"engine libretranslate at mt\.invalid:9"):
            engine.pairs()

    def test_a_project_file_allows_nothing(self, tmp_path: Path) -> None:
        file = tmp_path / "l10n.toml"
        file.write_text(
            '[engine.libretranslate]\nurl = "http://mt.invalid"\nallow = ["mt.invalid"]\n'
        )
        with pytest.raises(
            ProjectError, match=r"l10n\.toml:3: engine\.libretranslate\.allow"
        ) as caught:
            Project.load(file)
        assert 'allow_hosts = ["mt.invalid"]' in caught.value.hint

    def test_this_machine_is_not_asked_through_a_proxy(
        self, serve: Callable[[Answer], Served], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", "http://proxy.invalid:1")
        server = serve(libretranslate)
        assert load_engine("libretranslate", {"url": server.url}).pairs()

    def test_only_http(self) -> None:
        with pytest.raises(EngineError, match="no http address"):
            load_engine("ollama", {"url": "file:///etc/passwd", "model": "x"}).pairs()


def chats_of(server: Served) -> list[dict[str, Any]]:
    return [question for path, question in server.asked if "messages" in question]


class Slow:
    """Answers as Ollama does, each time after a while; knows how many waited at once."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.waiting = self.most = 0
        self._lock = threading.Lock()

    def __call__(self, path: str, question: dict[str, Any]) -> tuple[int, Any]:
        if path == "/api/tags":
            return ollama(path, question)
        with self._lock:
            self.waiting += 1
            self.most = max(self.most, self.waiting)
        # The first questions are answered last: order is not that of the answers.
        first = json.loads(question["messages"][1]["content"])[0]
        time.sleep(self.seconds * (3 if first.startswith("0 ") else 1))
        with self._lock:
            self.waiting -= 1
        return ollama(path, question)


class TestLanguageModels:
    def test_several_questions_are_on_the_way_and_order_is_kept(
        self, serve: Callable[[Answer], Served]
    ) -> None:
        texts = [f"{n} The old bridge" for n in range(64)]
        most = {}
        for parallel in (1, 4):
            slow = Slow(0.05)
            settings = {"url": serve(slow).url, "model": "tiny:1b", "parallel": parallel}
            drafts = load_engine("ollama", settings).translate(texts, "en", "es")
            most[parallel] = slow.most
            assert [draft.text for draft in drafts] == [
                f"{n} El puente viejo" for n in range(64)
            ]
        assert most == {1: 1, 4: 4}

    def test_the_first_failure_is_told_and_no_further_question_asked(
        self, serve: Callable[[Answer], Served]
    ) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            return (401, {"error": "who are you"}) if "chat" in path else ollama(path, question)

        server = serve(answer)
        engine = load_engine("ollama", {"url": server.url, "model": "tiny:1b", "parallel": 2})
        with pytest.raises(EngineError, match="who are you"):
            engine.translate(["One"] * 800, "en", "es")
        assert len(chats_of(server)) < 20

    def test_prefill_tells_what_stands_beside_a_sentence(
        self, serve: Callable[[Answer], Served], tmp_path: Path
    ) -> None:
        server = serve(ollama)
        path = tmp_path / "a.po"
        catalog = Catalog.new(path, source="en", target="es", article="en/a.html")
        units = [
            Unit("Bridge news", kind=Kind.HEADLINE),
            Unit("It rained. The old bridge is closed. Nobody came."),
        ]
        catalog.merge(units, article="en/a.html")
        glossary = Glossary([Term("en", "bridge", "es", "puente")])
        engine = load_engine("ollama", {"url": server.url, "model": "tiny:1b", "parallel": 1})
        with Memory.open(tmp_path / "m.sqlite") as memory:
            memory.add(
                [Translation("The new bridge is closed.", "El puente nuevo está cerrado.")],
                "en",
                "es",
                origin="x",
            )
            tools = Tools(engine, memory, glossary)
            assert prefill([catalog], tools).machine == 2
        system = chats_of(server)[0]["messages"][0]["content"]
        beside = json.loads(system.rpartition("\n")[2])
        assert beside["terms"] == {"bridge": "puente"}
        assert beside["examples"] == {
            "The new bridge is closed.": "El puente nuevo está cerrado."
        }
        assert "from English to Spanish" in system

    @pytest.mark.parametrize(
        ("budget", "kept"), [(0, set()), (40, {"title", "terms"}), (2000, {"title", "terms", "examples", "before", "after"})]
    )  # fmt: skip
    def test_what_stands_beside_costs_no_more_than_its_budget(
        self, serve: Callable[[Answer], Served], budget: int, kept: set[str]
    ) -> None:
        server = serve(ollama)
        engine = load_engine(
            "ollama", {"url": server.url, "model": "tiny:1b", "context": budget}
        )
        assert isinstance(engine, ContextEngine)
        context = Context(
            "A title of an article",
            "What was said before it at length.",
            "What is said behind it.",
            (("bridge", "puente"),),
            (("The new bridge is closed to traffic.", "El puente nuevo está cerrado."),),
        )
        engine.within({"The old bridge": context}).translate(["The old bridge"], "en", "es")
        system = chats_of(server)[0]["messages"][0]["content"]
        beside = json.loads(system.rpartition("\n")[2]) if budget else {}
        assert set(beside) == kept
        assert ("title" in system) == bool(budget)
        assert len(str(beside)) <= budget + 120

    def test_a_context_that_changed_is_another_question(
        self, serve: Callable[[Answer], Served], tmp_path: Path
    ) -> None:
        server = serve(ollama)
        engine = load_engine("ollama", {"url": server.url, "model": "tiny:1b"})
        with DraftCache(tmp_path / "drafts.sqlite") as cache:
            for title in ("One", "One", "Two"):
                contexts = {"The old bridge": Context(title)}
                cached(engine, cache, contexts).translate(["The old bridge"], "en", "es")
        assert len(chats_of(server)) == 2

    def test_servers_that_answer_as_openai_s_does(
        self, serve: Callable[[Answer], Served]
    ) -> None:
        def answer(path: str, question: dict[str, Any]) -> tuple[int, Any]:
            if path == "/v1/models":
                return 200, {"data": [{"id": "qwen"}]}
            assert path == "/v1/chat/completions"
            texts = json.loads(question["messages"][1]["content"])
            content = json.dumps({"translations": [translated(text) for text in texts]})
            wrapped = f"<think>hm</think>\n```json\n{content}\n```"
            return 200, {"choices": [{"message": {"role": "assistant", "content": wrapped}}]}

        server = serve(answer)
        engine = load_engine("llm", {"url": server.url, "model": "qwen"})
        assert engine.pairs() == {("*", "*")}
        drafts = engine.translate(["The old bridge is closed."] * 9, "en", "es")
        assert {draft.text for draft in drafts} == {"El puente viejo está cerrado."}
        assert chats_of(server)[0]["response_format"]["type"] == "json_schema"
        with pytest.raises(EngineError, match="no model other") as caught:
            load_engine("llm", {"url": server.url, "model": "other"}).pairs()
        assert "qwen" in caught.value.hint

    @pytest.mark.parametrize(
        "setting", [("parallel", 0), ("context", -1), ("parallel", "many")]
    )
    def test_settings_are_numbers(
        self, serve: Callable[[Answer], Served], setting: tuple[str, object]
    ) -> None:
        settings = {"url": serve(ollama).url, "model": "tiny:1b", setting[0]: setting[1]}
        with pytest.raises(EngineError, match=rf"ollama\.{setting[0]} must be a whole number"):
            load_engine("ollama", settings).translate(["One"], "en", "es")
