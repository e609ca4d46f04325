"""The cache on disk: what is kept is found, what is torn or somebody else's is not, and nothing depends on it."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from offing.config.files import cache
from offing.config.files.cache import Cache

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that this process keeps its values in."""
    before = cache.folder_in_use()
    cache.set_up(tmp_path / "cache")
    yield tmp_path / "cache"
    cache.set_up(before)


def files(folder: Path) -> list[Path]:
    """All files below a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


def made_of(name: str, *numbers: int) -> list[list[int]]:
    """What is found for a value that would be made of each of some numbers in turn."""
    return [Cache.of(KEY).value(name, lambda number=number: [number]) for number in numbers]


def never() -> None:
    """What must not be asked for."""
    pytest.fail("it was made anew")


def test_a_value_is_made_once(folder: Path):
    """Another process, here another cache of the same key, finds what the first kept; a value is any JSON."""
    value = {"名": ["\ud800", 1, 0.1, True, None, {}]}
    assert Cache.of(KEY).value("names", lambda: value) == value
    assert Cache.of(KEY).value("names", never) == value


def test_other_sources_have_other_values(folder: Path):
    """What was made of something else, or under another name, is not found."""
    Cache.of(KEY).value("names", lambda: [1])
    assert Cache.of(OTHER).value("names", lambda: [2]) == [2]
    assert Cache.of(KEY).value("more", lambda: [3]) == [3]


SPOILT = {
    "empty": lambda whole: b"",
    "only its head": lambda whole: whole[:20],
    "without its end": lambda whole: whole[:-1],
    "another number": lambda whole: whole.replace(b"[1,2]", b"[1,9]"),
    "zeros": lambda whole: bytes(len(whole)),
    "longer": lambda whole: whole + b" ",
}


@pytest.mark.parametrize("spoilt", SPOILT.values(), ids=SPOILT)
def test_what_is_torn_or_changed_is_made_anew(folder: Path, spoilt):
    """A file of which a byte is missing or different is never used, and is replaced."""
    Cache.of(KEY).value("names", lambda: [1, 2])
    (file,) = files(folder)
    file.write_bytes(spoilt(file.read_bytes()))
    assert Cache.of(KEY).value("names", lambda: [3]) == [3]
    assert Cache.of(KEY).value("names", never) == [3]


def test_a_file_that_was_moved_is_not_trusted(folder: Path):
    """The digest holds for a value in its place."""
    Cache.of(KEY).value("names", lambda: [1])
    Cache.of(OTHER).value("names", lambda: [2])
    first, second = sorted(files(folder))
    second.write_bytes(first.read_bytes())
    assert Cache.of(OTHER).value("names", lambda: [4]) == [4]


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX")
def test_nobody_else_can_read_or_write_it(folder: Path):
    """Folders are 0700, files 0600."""
    Cache.of(KEY).value("names", lambda: [1])
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())}
    assert modes == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files(folder)} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="owners and modes are POSIX")
def test_a_folder_that_others_may_write_to_is_not_used(folder: Path):
    """Anybody could put names into it."""
    Cache.of(KEY).value("names", lambda: [1])
    folder.chmod(0o777)
    assert Cache.of(KEY).value("names", lambda: [2]) == [2]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
def test_what_belongs_to_somebody_else_is_not_used(folder: Path):
    """Neither a folder nor a file of another user."""
    Cache.of(KEY).value("names", lambda: [1])
    (file,) = files(folder)
    os.chown(file, 12345, -1)
    assert Cache.of(KEY).value("names", lambda: [2]) == [2]
    os.chown(folder, 12345, -1)
    assert Cache.of(KEY).value("names", lambda: [3]) == [3]


def test_a_link_is_no_value(folder: Path, tmp_path: Path):
    """A file elsewhere, however right its content, is not read through a link."""
    Cache.of(KEY).value("names", lambda: [1])
    (file,) = files(folder)
    file.rename(tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert Cache.of(KEY).value("names", lambda: [2]) == [2]


def test_where_nothing_can_be_kept_all_goes_on(tmp_path: Path, folder: Path):
    """A folder that cannot be made, or a value that cannot be written, costs time and nothing else."""
    (tmp_path / "file").write_text("")
    cache.set_up(tmp_path / "file" / "cache")
    assert made_of("names", 1, 2) == [[1], [2]]
    cache.set_up(folder)
    (folder / KEY[:32] / "names").mkdir(parents=True)
    assert made_of("names", 3, 4) == [[3], [4]]
    cache.set_up(None)
    assert made_of("more", 5, 6) == [[5], [6]]
    assert files(folder) == []


def test_a_folder_that_may_only_be_read_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """An image may bring its cache along; what is missing there is made and not kept."""
    Cache.of(KEY).value("names", lambda: [1])

    def read_only(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "utime", read_only)  # what such a file system does, for whoever runs the tests
    monkeypatch.setattr(tempfile, "mkstemp", read_only)
    assert Cache.of(KEY).value("names", never) == [1]
    assert made_of("more", 7, 8) == [[7], [8]]


def test_old_values_make_room(folder: Path):
    """Of many sets of rules only the latest used stay."""
    keys = [f"{number:02x}" * 32 for number in range(20)]
    for when, key in enumerate(keys):
        Cache.of(key).value("names", lambda: [1])
        os.utime(folder / key[:32], (when, when))
    assert (folder / keys[-1][:32]).is_dir()
    assert len(list(folder.iterdir())) == 16


def test_two_processes_at_once(folder: Path):
    """Each writes all of a value or nothing, so that a reader beside them never sees half of one."""
    script = (
        "import sys; from pathlib import Path\n"
        "from offing.config.files import cache; from offing.config.files.cache import Cache\n"
        f"cache.set_up(Path({str(folder)!r})); kept = Cache.of({KEY!r}); value = list(range(20000))\n"
        "for _ in range(60):\n"
        "    kept.write('names', value)\n"
        "    assert kept.read('names') == value\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", script]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert [file.name for file in files(folder)] == ["names"]
