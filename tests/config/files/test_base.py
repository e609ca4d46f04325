"""The base of config: layers, tables, documents; errors name file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.documents import Strict, read_document, read_merged
from offing.config.files.layers import Layers
from offing.config.files.tables import read_table
from offing.errors import ConfigError

COLUMNS = ("id", "name")


def layers(tmp_path: Path, *contents: str, name: str = "t.csv") -> Layers:
    """Layers that hold one file each, lowest first."""
    folders = []
    for number, content in enumerate(contents):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_text(content, encoding="utf-8")
        folders.append(folder)
    return Layers(tuple(folders))


def test_rows_of_a_site_replace_add_and_take_away(tmp_path: Path) -> None:
    """A higher layer's row of the same key wins; `off` takes one away."""
    found = layers(tmp_path, "id,name\na,A\nb,B\n", "id,name,off\na,AA,\nb,B,yes\nc,C,\n")
    assert {row["id"]: row["name"] for row in read_table(found, "t.csv", COLUMNS, ["id"])} == {"a": "AA", "c": "C"}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id\na\n", r"t\.csv:1: lacks name"),
        ("id,name,colour\n", r"t\.csv:1: has unknown colour"),
        ("id,name\na,A,x\n", r"t\.csv:2: has 3 cells"),
        ("id,name\na,A\na,B\n", r"t\.csv:3: id: 'a' is already in line 2"),
        ('id,name\na,"A\n', r"t\.csv:\d+: is not readable CSV"),
    ],
)
def test_wrong_tables_are_named(tmp_path: Path, content: str, message: str) -> None:
    """A table that cannot be used is named with file and line."""
    with pytest.raises(ConfigError, match=message):
        read_table(layers(tmp_path, content), "t.csv", COLUMNS, ["id"])


def test_a_table_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """A file saved in another encoding is named, with what to do."""
    (tmp_path / "t.csv").write_bytes("id,name\na,é\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        read_table(Layers((tmp_path,)), "t.csv", COLUMNS, ["id"])


class Shape(Strict):
    """A document of the tests."""

    cut: float
    names: dict[str, int] = {}  # noqa: RUF012 -- pydantic copies defaults


def test_keys_of_a_site_lie_over_what_ships(tmp_path: Path) -> None:
    """Tables merge key by key."""
    found = layers(tmp_path, "cut = 0.5\n[names]\na = 1\nb = 2\n", "cut = 0.5\n[names]\nb = 3\n", name="d.toml")
    assert read_merged(found, "d.toml", Shape).names == {"a": 1, "b": 3}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("cut = 0.5\ncolour = 1\n", r"d\.toml:2: colour: is unknown"),
        ("cut = 'low'\n", r"d\.toml:1: cut: "),
        ("cut = 0.5\n[names]\na = 1\nb = 'x'\n", r"d\.toml:4: names\.b: "),
        ("cut = \n", r"d\.toml:1: is not readable TOML"),
    ],
)
def test_wrong_documents_are_named(tmp_path: Path, content: str, message: str) -> None:
    """A document that cannot be used is named with file, line and key."""
    with pytest.raises(ConfigError, match=message):
        read_merged(layers(tmp_path, content, name="d.toml"), "d.toml", Shape)


def test_a_document_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """A file saved in another encoding is named, with what to do."""
    (tmp_path / "d.toml").write_bytes("a = 'é'\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        read_document(tmp_path / "d.toml")


def test_a_document_is_read_again_where_it_changed(tmp_path: Path) -> None:
    """Nobody else sees what a reader does with it, and what stands in the file now counts."""
    file = tmp_path / "d.toml"
    file.write_text("[a]\nb = [1]\n")
    read_document(file)["a"]["b"].append(2)
    assert read_document(file) == {"a": {"b": [1]}}
    file.write_text("[a]\nb = [3]\n")
    assert read_document(file) == {"a": {"b": [3]}}


def test_digest_changes_with_content(tmp_path: Path) -> None:
    """Rules that changed have another version."""
    found = layers(tmp_path, "id,name\n")
    before = found.digest("*.csv")
    (tmp_path / "0" / "t.csv").write_text("id,name\na,A\n")
    assert found.digest("*.csv") != before
