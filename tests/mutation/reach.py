"""Which tests pass through which lines, as coverage told them: kept for each test file until it changes.

What is kept lies in `.venv/mutation-reached`, a file for each test file. A line of a source file that has changed since
is taken to be passed by every test that passed through any line of that file.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from choose import ROOT, Mutant

KEPT = ROOT / ".venv/mutation-reached"
# The folders and files whose tests are asked about a package: its own first, then those that see it at work.
TESTS: Mapping[str, tuple[str, ...]] = {
    "model": (
        *("model", "rates", "review", "promote", "publish", "store", "match", "poll", "fetch", "config", "services"),
        *(
            "extract/test_drift.py",
            "extract/test_language.py",
            "net/test_credentials.py",
            "propose/score/test_context.py",
        ),
        *(
            "propose/score/test_doubt.py",
            "propose/encoder/test_encoder.py",
            "propose/story/test_story_sketch.py",
            "test_limits.py",
        ),
        "recognize/text/test_patterns.py",
    ),
    "net": ("net", "test_limits.py"),
    "store": (
        *("store", "review", "promote", "publish", "services"),
        *("web/test_dashboard.py", "web/test_decisions.py", "web/test_projects.py", "web/test_sources.py"),
    ),
    "promote": ("promote", "review", "store", "publish", "services", "model/test_unsaid.py"),
    "review": (
        *("review", "store", "promote", "services", "cli/test_queue.py", "cli/test_decide.py"),
        "cli/test_sheet.py",
        "model/test_unsaid.py",
    ),
    "publish": ("publish", "promote", "cli/test_publish.py", "model/test_unsaid.py"),
}
DEFINED = "tests/model/test_unsaid.py"  # looks at what the modules of these packages define, and names none of them
MOST_SECONDS = 60.0  # of tests for one mutant, by what they take alone; the rest is not asked


@dataclass(frozen=True)
class Reached:
    """Which tests pass through which lines of which files; how long each takes; what runs when a test file is read."""

    tests: Mapping[str, Mapping[int, frozenset[str]]]
    on_import: Mapping[str, frozenset[int]]
    changed: frozenset[str]
    seconds: Mapping[str, float]
    copy: Path

    def of(self, mutant: Mutant) -> list[str]:
        """The tests that may notice a mutant: those of its own package first, quickest first."""
        own = f"tests/{TESTS[mutant.package][0]}/"
        found = sorted(self._through(mutant), key=lambda test: (not test.startswith(own), self.seconds[test], test))
        return list(_within(found, self.seconds))

    def _through(self, mutant: Mutant) -> Iterable[str]:
        """Of a line that runs when a file is read, also all tests of each file that uses or names what was read.

        What a cache holds was put together in the first test that asked, and serves all that pass through the file.
        """
        by_line = self.tests.get(mutant.path, {})
        anywhere = frozenset().union(*by_line.values())
        if mutant.path in self.changed or _is_cached(self.copy / mutant.path, mutant.line):
            return anywhere | {test for test in self.seconds if test.partition("::")[0] == DEFINED}
        lines = _statement(self.copy / mutant.path, mutant)
        found = frozenset().union(*(by_line.get(line, frozenset()) for line in lines))
        if self.on_import.get(mutant.path, frozenset()).isdisjoint(lines):
            return found
        files = {test.partition("::")[0] for test in anywhere}
        module = mutant.path.removeprefix("src/").removesuffix(".py").replace("/", ".")
        module = "store.tables" if ".store.tables." in module else module  # whose tables are asked for by the package
        asked = {test.partition("::")[0] for test in self.seconds}
        files |= {file for file in asked if file == DEFINED or module in (self.copy / file).read_text(encoding="utf-8")}
        return {test for test in self.seconds if test.partition("::")[0] in files}


def _within(tests: Iterable[str], seconds: Mapping[str, float]) -> Iterable[str]:
    spent = 0.0
    for test in tests:
        spent += seconds[test]
        if spent > MOST_SECONDS:
            return
        yield test


def _is_cached(path: Path, line: int) -> bool:
    """Whether a line stands in a function that runs once and is remembered."""
    functions = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    )
    return any(
        each.lineno <= line <= (each.end_lineno or each.lineno)
        and any(ast.unparse(mark).partition("(")[0] in {"cache", "lru_cache"} for mark in each.decorator_list)
        for each in functions
    )


def _statement(path: Path, mutant: Mutant) -> range:
    """The lines of the innermost statement that holds a mutant; of one that holds others, its head."""
    best = range(mutant.line, mutant.last_line + 1)
    size = None
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.stmt):
            end = node.body[0].lineno - 1 if getattr(node, "body", None) else node.end_lineno or node.lineno
            lines = range(node.lineno, max(end, node.lineno) + 1)
            if mutant.line in lines and (size is None or len(lines) < size):
                best, size = lines, len(lines)
    return best


def environment(copy: Path) -> dict[str, str]:
    """What tests of a copy of the tree run with."""
    return {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}


def reached(copy: Path, packages: Sequence[str]) -> Reached:
    """What the tests of some packages pass through; those that changed since they were last asked run once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    folders = dict.fromkeys(folder for package in packages for folder in TESTS[package])
    for folder in folders:
        files = _test_files(copy, folder)
        stale = [file for file in files if _kept(file).get("digest") != _digest(copy / file)]
        if stale:
            print(f"asking {len(stale)} files of tests/{folder}, what they pass through", flush=True)
            _ask(copy, stale)
    return _read(copy, [_kept(file) for folder in folders for file in _test_files(copy, folder)])


def _test_files(copy: Path, folder: str) -> list[str]:
    place = copy / "tests" / folder
    return [str(path.relative_to(copy)) for path in (sorted(place.rglob("test_*.py")) if place.is_dir() else (place,))]


def _place(file: str) -> Path:
    return KEPT / f"{file.replace('/', '.')}.json"


def _kept(file: str) -> dict[str, Any]:
    return json.loads(_place(file).read_text(encoding="utf-8")) if _place(file).exists() else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _ask(copy: Path, files: Sequence[str]) -> None:
    """Run test files, with coverage by test, and keep what each passed through."""
    report = copy / "junit.xml"
    measured = [f"--cov=offing.{package}" for package in TESTS]
    options = ["--cov-context=test", "--cov-report=", "--cov-fail-under=0", f"--junitxml={report}", "-m", "not slow"]
    command = [sys.executable, "-m", "pytest", "-q", *measured, *options, *files]
    done = subprocess.run(command, cwd=copy, env=environment(copy), check=False)
    if done.returncode not in {0, 1, 5}:  # 1: what failed is not asked; 5: all of them are slow
        raise SystemExit("the tests cannot run although nothing is mutated")
    _keep(copy, files, _seconds(report))


def _keep(copy: Path, files: Sequence[str], seconds: Mapping[str, float]) -> None:
    lines = _lines(copy)
    digests = {path: _digest(copy / path) for path in lines}
    for file in files:
        mine = {test: took for test, took in seconds.items() if test.partition("::")[0] == file}
        kept = {
            "digest": _digest(copy / file),
            "sources": digests,
            "seconds": mine,
            "lines": _of_tests(lines, {"", *mine}),
        }
        _place(file).write_text(json.dumps(kept), encoding="utf-8")


def _of_tests(lines: Mapping[str, Mapping[int, frozenset[str]]], tests: set[str]) -> dict[str, dict[int, list[str]]]:
    return {path: {line: sorted(each & tests) for line, each in by_line.items()} for path, by_line in lines.items()}


def _lines(copy: Path) -> dict[str, dict[int, frozenset[str]]]:
    from coverage import CoverageData

    data = CoverageData(str(copy / ".coverage"))
    data.read()
    return {
        str(Path(path).relative_to(copy)): {
            line: frozenset(name.rpartition("|")[0] for name in names)
            for line, names in data.contexts_by_lineno(path).items()
        }
        for path in data.measured_files()
    }


def _seconds(report: Path) -> dict[str, float]:
    found = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        file = case.get("classname", "").replace(".", "/")
        if not {each.tag for each in case} & {"failure", "error", "skipped"}:
            found[f"{file}.py::{case.get('name')}"] = float(case.get("time", 0))
    return found


def _read(copy: Path, kept: Iterable[Mapping[str, Any]]) -> Reached:
    tests: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    seconds: dict[str, float] = {}
    changed = set()
    for each in kept:
        seconds |= each["seconds"]
        changed |= {path for path, digest in each["sources"].items() if _digest(copy / path) != digest}
        for path, by_line in each["lines"].items():
            for line, names in by_line.items():
                tests[path][int(line)].update(names)
    on_import = {path: frozenset(n for n, names in by_line.items() if "" in names) for path, by_line in tests.items()}
    through = {
        path: {line: frozenset(names - {""}) & seconds.keys() for line, names in by_line.items()}
        for path, by_line in tests.items()
    }
    return Reached(through, on_import, frozenset(changed), seconds, copy)
