"""Names of modules, classes and functions use the field's terms: the words that the glossary replaced stay out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.static

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src/offing"
_REPLACED = re.compile(r"^\| `(\w+)` \| (.+) \|$", re.MULTILINE)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def replaced() -> dict[str, str]:
    """What is said instead of each word, from the glossary's last table."""
    table = (ROOT / "docs/glossary.md").read_text("utf-8").partition("## Words that names do not use")[2]
    return dict(_REPLACED.findall(table))


def named() -> Iterator[tuple[str, str]]:
    """The name of every module, class and function, with where it is defined."""
    for path in PACKAGE.rglob("*.py"):
        where = str(path.relative_to(PACKAGE))
        yield path.stem, where
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield node.name, f"{where}:{node.lineno}"


def test_words_that_were_replaced_stay_out_of_names() -> None:
    """Whoever reads one name knows the next one: one term for one meaning."""
    terms = replaced()
    assert len(terms) >= 5
    found = [
        f"{where}: {name}: say {terms[word]}"
        for name, where in named()
        for word in map(str.lower, _WORDS.findall(name))
        if word in terms
    ]
    assert not found, "\n".join(found)
