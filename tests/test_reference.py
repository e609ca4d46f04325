"""The reference pages of docs/ say what the code says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_reference_is_fresh() -> None:
    """Commands, settings, tables, both APIs and the list of decisions are as `make reference` writes them."""
    make = [sys.executable, DOCS / "reference/make.py", "--check"]
    checked = subprocess.run(make, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr


def test_decisions_are_numbered_without_gaps() -> None:
    """Decisions count from 1, each number once."""
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_page_is_reached() -> None:
    """Each page of docs/ is in the navigation of the site, or in the list of its folder."""
    named = set(re.findall(r"[\w/.-]+\.md", (ROOT / "mkdocs.yml").read_text("utf-8")))
    for folder in ("decisions", "lab"):
        listed = re.findall(r"\]\(([\w.-]+\.md)\)", (DOCS / folder / "README.md").read_text("utf-8"))
        named |= {f"{folder}/{name}" for name in listed}
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")}
    assert sorted(pages - named) == []


def test_files_named_in_walkthroughs_exist() -> None:
    """Where a walk-through names a file or folder of the code, there is one."""
    text = "\n".join(path.read_text("utf-8") for path in (DOCS / "howto").glob("*.md"))
    named = set(re.findall(r"`((?:[a-z_]+/)+(?:\w+\.py)?)`", text))
    assert len(named) > 25
    assert [each for each in named if not any((base / each).exists() for base in (ROOT / "src/offing", ROOT))] == []
