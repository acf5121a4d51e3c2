"""Saving: atomic, byte for byte, never over somebody else's work."""

from __future__ import annotations

import os
import random
import resource
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from l10n.catalog import Catalog
from l10n.errors import CatalogError

DATA = (
    b'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "a"\nmsgstr "A"\n\n# hm\nmsgid "b"\nmsgstr ""\n\n'
    b'#, fuzzy\nmsgid "c"\nmsgstr "C"\n\n#~ msgid "z"\n#~ msgstr "Z"\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "x.po"
    file.write_bytes(DATA)
    return file


def changed(path: Path) -> Catalog:
    catalog = Catalog.load(path)
    catalog.entries[1].translate("B")
    return catalog


def leftovers(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_unchanged_catalog_is_not_written(path: Path) -> None:
    before = path.stat()
    assert Catalog.load(path).save() is False
    assert path.stat() == before


def test_change_is_written_once(path: Path) -> None:
    catalog = changed(path)
    assert catalog.save() is True
    assert catalog.save() is False
    assert (
        path.read_bytes()
        == catalog.dumps()
        == DATA.replace(b'"b"\nmsgstr ""', b'"b"\nmsgstr "B"')
    )
    catalog.entries[1].translate("BB")
    assert catalog.save() is True
    assert leftovers(path) == ["x.po"]


def test_catalog_without_a_path_cannot_be_saved() -> None:
    with pytest.raises(ValueError, match="path"):
        Catalog.parse(DATA).save()


def test_mode_stays(path: Path) -> None:
    path.chmod(0o664)
    changed(path).save()
    assert path.stat().st_mode & 0o777 == 0o664


def test_new_file_follows_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        path = tmp_path / "deep" / "er" / "x.po"
        catalog = Catalog.new(path, source="es", target="en", article="es/x.html")
        assert catalog.save() is True
        assert path.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(old)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_owner_stays(path: Path) -> None:
    os.chown(path, 12345, 12346)
    changed(path).save()
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_symbolic_link_stays_a_link(path: Path) -> None:
    link = path.parent / "link.po"
    link.symlink_to(path)
    changed(link).save()
    assert link.is_symlink()
    assert b'msgstr "B"' in path.read_bytes()


def test_read_only_file_is_left_alone(path: Path) -> None:
    path.chmod(0o444)
    with pytest.raises(CatalogError, match="read-only") as caught:
        changed(path).save()
    assert caught.value.hint == f"chmod u+w {path}"
    assert path.read_bytes() == DATA


def test_folder_that_is_a_file_is_one_line(path: Path) -> None:
    catalog = Catalog.load(path)
    with pytest.raises(CatalogError, match="cannot be") as caught:
        catalog.save(path / "y.po")
    assert "\n" not in str(caught.value)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Act as nobody in particular: root may write everywhere."""
    old = os.geteuid()
    if old == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(old)


def test_read_only_folder_is_one_line() -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "x.po"
        path.write_bytes(DATA)
        path.chmod(0o666)
        path.parent.chmod(0o555)
        try:
            with ordinary_user(), pytest.raises(CatalogError, match="Permission denied"):
                changed(path).save()
            assert path.read_bytes() == DATA
        finally:
            path.parent.chmod(0o755)


@contextmanager
def full_disk(left: int) -> Iterator[None]:
    """Let no file grow beyond some bytes."""
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, old[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)


@pytest.mark.parametrize("left", [0, 1, 40])
def test_full_disk_loses_nothing(left: int, path: Path) -> None:
    catalog = changed(path)
    with full_disk(left), pytest.raises(CatalogError, match="cannot be written"):
        catalog.save()
    assert path.read_bytes() == DATA
    assert leftovers(path) == ["x.po"]
    assert catalog.save() is True


def test_change_on_disk_is_not_overwritten(path: Path) -> None:
    catalog = changed(path)
    theirs = DATA.replace(b'"A"', b'"Aa"')
    path.write_bytes(theirs)
    with pytest.raises(CatalogError, match="has changed since") as caught:
        catalog.save()
    assert caught.value.hint
    assert path.read_bytes() == theirs
    assert catalog.save(overwrite=True) is True


def test_same_change_on_disk_is_no_clash(path: Path) -> None:
    catalog = changed(path)
    path.write_bytes(catalog.dumps())
    assert catalog.save() is False


def test_vanished_file_is_written_again(path: Path) -> None:
    catalog = changed(path)
    path.unlink()
    assert catalog.save() is True


def test_new_catalog_never_replaces_a_file(path: Path) -> None:
    catalog = Catalog.new(path, source="es", target="en", article="es/x.html")
    with pytest.raises(CatalogError, match="has changed since"):
        catalog.save()
    assert path.read_bytes() == DATA


@pytest.mark.parametrize("content", [None, b"", b"\n \r\n"])
def test_where_no_catalog_stands_a_new_one_is_opened(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "x.po"
    if content is not None:
        path.write_bytes(content)
    catalog = Catalog.open_or_new(path, source="es", target="en", article="es/x.html")
    fresh = Catalog.new(None, source="es", target="en", article="es/x.html")
    assert catalog.header.keys() == fresh.header.keys()
    assert catalog.save() is True
    assert Catalog.load(path).header["Language"] == "en"


def test_a_catalog_that_stands_there_is_opened_as_it_is(path: Path) -> None:
    catalog = Catalog.open_or_new(path, source="es", target="fr", article="es/x.html")
    assert catalog.dumps() == DATA


def test_what_is_written_into_an_opened_empty_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.touch()
    catalog = Catalog.open_or_new(path, source="es", target="en", article="es/x.html")
    path.write_bytes(DATA)
    with pytest.raises(CatalogError, match="has changed since"):
        catalog.save()


def test_saving_elsewhere_moves_the_catalog(path: Path, tmp_path: Path) -> None:
    catalog = changed(path)
    assert catalog.save(tmp_path / "y.po") is True
    assert path.read_bytes() == DATA
    catalog.entries[0].translate("AA")
    assert catalog.save() is True
    assert (tmp_path / "y.po").read_bytes() == catalog.dumps()


def test_damaged_file_on_disk_is_not_rewritten(path: Path) -> None:
    catalog = changed(path)
    path.write_bytes(DATA[:60])
    with pytest.raises(CatalogError):
        catalog.save()
    assert path.read_bytes() == DATA[:60]


def test_reader_always_sees_a_whole_catalog(path: Path) -> None:
    catalog = Catalog.load(path)
    stop = threading.Event()
    seen: list[int] = []

    def watch() -> None:
        while not stop.is_set():
            seen.append(len(Catalog.load(path).entries))

    watcher = threading.Thread(target=watch)
    watcher.start()
    for number in range(100):
        catalog.entries[1].translate(f"B{number}" * (number % 7 * 200))
        catalog.save()
    stop.set()
    watcher.join()
    assert set(seen) == {3}


def test_killed_while_saving_leaves_a_whole_catalog(path: Path) -> None:
    rnd = random.Random(3)
    for _round in range(25):
        child = os.fork()
        if child == 0:
            catalog = Catalog.load(path)
            number = 0
            while True:
                number += 1
                catalog.entries[1].translate(f"B{number}" * 2000)
                catalog.save()
        time.sleep(rnd.uniform(0.002, 0.04))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert len(Catalog.load(path).entries) == 3
