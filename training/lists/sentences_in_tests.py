"""Sentences in tests: the wordings they need are kept in the lists."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from training.data.sets import ROOT

FOLDERS = ("recognize", "propose", "eval", "steps", "config", "match", "review", "cli")
LANGUAGES = frozenset({"en", "fr", "es", "pt", "zh", "ru", "ar"})
_SCRIPTS = {
    "zh": re.compile("[\u3400-\u9fff]"),
    "ru": re.compile("[\u0400-\u04ff]{2}"),
    "ar": re.compile("[\u0620-\u06d3]{2}"),
}
_WORDS = re.compile(r"\w \w|[\u3400-\u9fff]{2}|[\u0400-\u06ff]{4}")
_LONGEST = 3_000  # characters


def sentences_in_tests() -> Iterator[tuple[str, str]]:
    """Yield pairs of a language and a sentence.

    The language is that of the script, or the only language code next to the sentence in the code; if there is neither,
    the sentence is yielded with each language in Latin script.
    """
    for folder in FOLDERS:
        for path in sorted((ROOT / "tests" / folder).rglob("*.py")):
            yield from dict.fromkeys(_below(ast.parse(path.read_text("utf-8")), ""))


def _below(node: ast.AST, language: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences below a node of the syntax tree; a language code among its children sets their language."""
    children = list(ast.iter_child_nodes(node))
    named = {each.value for each in children if isinstance(each, ast.Constant) and each.value in LANGUAGES}
    language = named.pop() if len(named) == 1 else "" if named else language
    for child in children:
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield from _sentence(child.value, language)
        else:
            yield from _below(child, language)


def _sentence(text: str, language: str) -> Iterator[tuple[str, str]]:
    if _WORDS.search(text) and len(text) <= _LONGEST:
        known = _script(text) or language
        yield from ((each, text) for each in ([known] if known else sorted(LANGUAGES - _SCRIPTS.keys())))


def _script(text: str) -> str:
    return next((language for language, letters in _SCRIPTS.items() if letters.search(text)), "")
