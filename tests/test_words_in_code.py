"""Words of human languages stand in `config/`, where an analyst can add a language or mend a word, not in code."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from lxml.html import defs

import offing
import offing.model
from offing.config.files import wording_shapes
from offing.config.files.documents import Strict
from offing.config.files.layers import Layers
from offing.config.rules import load_rules
from offing.config.weights.scoring import shipped_scoring
from offing.config.wordings import grammar_shapes, page_shapes, sentences, value_shapes
from offing.model.reading.feature_names import FEATURE_NAMES
from offing.model.values import iso

pytestmark = pytest.mark.static

SOURCE = Path(offing.__file__).parent
PACKAGES = ("recognize", "propose", "extract", "match")
FEWEST = 3  # words, or letters beyond ASCII, that make a list
WHERE = (
    "holds a list of words. Words stand in config/wording/, in the kind whose purpose they fit "
    "(config/wording/README.md): add a list to its shape in offing/config/, a file of each language that says "
    "what it does, and "
    "take it as a value. What is no list of words (a format, names of a protocol) stands with its reason in "
    "tests/words_in_code.toml."
)
_LISTED = Path(__file__).with_name("words_in_code.toml")
ALLOWED: Mapping[str, str] = {
    place: each["reason"] for each in tomllib.loads(_LISTED.read_text("utf-8"))["allowed"] for place in each["places"]
}
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]")
_FOREIGN = re.compile(r"[^\W\d_]")
_RANGE = re.compile(r"[^\W\d_]-[^\W\d_]")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|\(\?(?:P<\w+>|<?[=!]|[a-z]*:)")


class _Finder(ast.NodeVisitor):
    """Lists of words in a module, each with the name of what holds it and its line."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, str]] = []
        self._inside: list[str] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """A class: what it holds bears its name."""
        self._named(node.name, node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """A function: the same."""
        self._named(node.name, node)

    def visit_Assign(self, node: ast.Assign) -> None:
        """An assignment at the top of a module bears the name of its target; `__all__` lists names of the module."""
        target = ast.unparse(node.targets[0])
        if self._inside:
            self.generic_visit(node)
        elif target != "__all__":
            self._named(target, node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """The same with a type."""
        self._named(ast.unparse(node.target), node) if not self._inside else self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> None:
        """A docstring is a message to people."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """So is an error."""

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """So is a Literal a type."""
        if ast.unparse(node.value) != "Literal":
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A text with alternatives, or with letters of another script."""
        if isinstance(node.value, str):
            self._text(node.value, node.lineno)

    def visit_Set(self, node: ast.Set) -> None:
        """A set."""
        self._collection(node, node.elts)

    def visit_List(self, node: ast.List) -> None:
        """A list."""
        self._collection(node, node.elts)

    def visit_Tuple(self, node: ast.Tuple) -> None:
        """A tuple."""
        self._collection(node, node.elts)

    def visit_Dict(self, node: ast.Dict) -> None:
        """A dictionary: its keys and its values."""
        self._collection(node, [key for key in node.keys if key])
        self._collection(None, node.values)

    def visit_Call(self, node: ast.Call) -> None:
        """A text that is split is a list."""
        of = node.func.value if isinstance(node.func, ast.Attribute) and node.func.attr == "split" else None
        if isinstance(of, ast.Constant) and isinstance(of.value, str):
            self._words(of.value.split(), node.lineno)
        self.generic_visit(node)

    def _named(self, name: str, node: ast.AST) -> None:
        self._inside.append(name)
        self.generic_visit(node)
        self._inside.pop()

    def _collection(self, node: ast.AST | None, elements: list[ast.expr]) -> None:
        starred = [each.value for each in elements if isinstance(each, ast.Starred)]
        inner = [one for each in starred if isinstance(each, ast.Tuple | ast.List | ast.Set) for one in each.elts]
        constants = [each for each in (*elements, *inner) if isinstance(each, ast.Constant)]
        words = [each.value for each in constants if isinstance(each.value, str)]
        self._words(words, constants[0].lineno if constants else 0)
        if node:
            self.generic_visit(node)

    def _words(self, words: list[str], line: int) -> None:
        told = [word for word in words if _FOREIGN.search(word) and not _is_ours(word)]
        if len(told) >= FEWEST:
            self.found.append((self._inside[0] if self._inside else "", line, ", ".join(told)[:80]))

    def _text(self, text: str, line: int) -> None:
        plain = _RANGE.sub("", _ESCAPE.sub("", text))
        choices = [each for each in plain.split("|") if _WORD.search(each) and not _is_ours(each)]
        foreign = [letter for letter in _FOREIGN.findall(plain) if not letter.isascii()]
        if max(len(choices) if "|" in plain else 0, len(foreign)) >= FEWEST:
            self.found.append((self._inside[0] if self._inside else "", line, text[:80]))


def _is_ours(word: str) -> bool:
    """Whether a word is a name of this program's own, of a format or of a standard."""
    return word in _own_names() or re.fullmatch(r"[A-Z]{2,3}|[\W\d]*", word) is not None


@cache
def _own_names() -> frozenset[str]:
    rules, scoring = load_rules(Layers.of()), shipped_scoring()
    names = {member.value for kind in _enums() for member in kind}
    names |= {name for shape in _shapes() for name in shape.model_fields}
    names |= {
        *scoring.weights,
        *scoring.grammar,
        *FEATURE_NAMES,
        *chain(*FEATURE_NAMES.values()),
    }
    names |= {part for name in scoring.levels for part in (name, *name.split("."))}
    names |= {cue.key for cue in rules.wording.cues} | {form.currency for form in rules.wording.units}
    names |= {word.value for word in rules.wording.pattern_words}
    names |= {name.lower() for name in (*defs.tags, *defs.link_attrs, *defs.safe_attrs)}
    return frozenset(names | {*iso.languages()})


def _enums() -> Iterator[type[enum.StrEnum]]:
    for module in pkgutil.walk_packages(offing.model.__path__, "offing.model."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, enum.StrEnum):
                yield kind


def _shapes() -> Iterator[type[Strict]]:
    for module in (wording_shapes, value_shapes, grammar_shapes, page_shapes, sentences):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Strict):
                yield kind


def lists_in(code: str) -> list[tuple[str, int, str]]:
    """The lists of words in some code: the name of what holds each, its line, and how it begins."""
    finder = _Finder()
    finder.visit(ast.parse(code))
    return finder.found


@cache
def _all() -> tuple[tuple[str, str, int, str], ...]:
    return tuple(
        (path.relative_to(SOURCE).as_posix(), *found)
        for package in PACKAGES
        for path in sorted((SOURCE / package).rglob("*.py"))
        for found in lists_in(path.read_text("utf-8"))
    )


def test_no_words_of_human_languages_stand_in_code() -> None:
    """A language can be added and a word mended without touching Python."""
    new = [
        f"src/offing/{path}:{line}: {name or 'the module'} {WHERE}\n    {words}"
        for path, name, line, words in _all()
        if path not in ALLOWED and f"{path}:{name}" not in ALLOWED
    ]
    assert not new, "\n".join(new)


def test_each_allowed_place_holds_a_list() -> None:
    """What is allowed and no longer there would let another list of that name in."""
    found = {path for path, *_ in _all()} | {f"{path}:{name}" for path, name, *_ in _all()}
    assert {place for place in ALLOWED if place not in found} == set()
    assert all(ALLOWED.values())


@pytest.mark.parametrize(
    "code",
    [
        '_NO_FIRMS = frozenset({"Provinz", "Allee", "Hafen"})',
        '_VERBS = (*("wins", "signs"), *("hands", "opens"))',
        'class Reader:\n    def read(self):\n        return word in ("heute", "morgen", "gestern")',
        '_BEHIND = re.compile(r"(?:gestern|heute|morgen) früh")',
        '_WORDS = "heute morgen gestern".split()',
        '_FIRM = "شركة"',
        '_STOP = "的和与及由"',
        '_ROLES = {"бригада": 1, "завод": 2, "трест": 3}',
        'def found(text):\n    return re.search(f"(?:gestern|heute|morgen) {text}", text)',
    ],
)
def test_a_list_of_words_is_seen(code: str) -> None:
    """However it is written: as a collection, as alternatives of a pattern, as letters of another script."""
    assert lists_in(code)


@pytest.mark.parametrize(
    "code",
    [
        '_KINDS = frozenset({"firm", "lender", "country"})',
        '_TAGS = ("div", "span", "table")',
        '_CODES = ("KEN", "IND", "USA")',
        '_HAN = re.compile("[\u3400-\u9fff]")',
        '_LETTERS = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\\w-]{1,30}")',
        '"""On firms, lenders and countries: شركة."""',
        'def fail():\n    raise ValueError("gestern|heute|morgen")',
        'Kind = Literal["gestern", "heute", "morgen"]',
        '_PAIR = ("heute", "morgen")',
    ],
)
def test_names_formats_and_messages_are_none(code: str) -> None:
    """Names of ours and of markup, codes, ranges of letters, what is said to people, types, and a pair of words."""
    assert not lists_in(code)
