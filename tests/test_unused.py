"""No code that nothing uses, tests aside, and no rule of the linter set aside without a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from vulture import Vulture

pytestmark = pytest.mark.static

ROOT = Path(__file__).parents[1]
# Called by frameworks, by their decorators or names.
DECORATORS = ("@router.*", "@api.*", "@*.command*", "@*.group*", "@*_validator*", "@Language.*", "@registry*")
NAMES = ("do_*", "log_message", "forward")  # of HTTP servers, of PyTorch
CALLED = {
    "__getattr__": "by Python, for what a module imports when it is first used",
    "capture_signals": "by uvicorn",
    "format_commands": "by click",
    "get_command": "by click",
    "list_commands": "by click",
    "process_bind_param": "by SQLAlchemy",
    "process_result_value": "by SQLAlchemy",
    "served": "by tests: what the newsroom was asked",
}
_KINDS = frozenset({"function", "class", "method", "property"})
_SET_ASIDE = re.compile(r"# noqa(?:: [A-Z0-9]+(?:, ?[A-Z0-9]+)*)?(.*)")


def in_templates() -> set[str]:
    """Every word of a template or script of the web app: it may be the name of a property or of a function."""
    files = [path for path in (ROOT / "src/offing/web").rglob("*") if path.suffix in {".html", ".js", ".xml"}]
    return {word for path in files for word in re.findall(r"\w+", path.read_text("utf-8"))}


def test_what_is_defined_is_used() -> None:
    """Functions, classes, methods and properties; fields of rows and config files are used by their names."""
    found = Vulture(ignore_names=list(NAMES), ignore_decorators=list(DECORATORS))
    found.scavenge([str(ROOT / name) for name in ("src", "training", "benchmarks")])
    unused = [each for each in found.get_unused_code(min_confidence=60) if each.typ in _KINDS]
    known = in_templates()
    assert [
        f"{each.filename}:{each.first_lineno}: {each.name}" for each in unused if each.name not in known | CALLED.keys()
    ] == []
    assert {each.name for each in unused} >= CALLED.keys(), "take out of CALLED what is used, or gone"


def test_each_rule_that_is_set_aside_has_its_reason() -> None:
    """Behind the rule's name: a reader should not have to guess."""
    folders = ("src", "tests", "training", "benchmarks", "migrations", "docs")
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "equipment" not in path.parts]
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for reason in _SET_ASIDE.findall(line)
        if not re.search(r"[-#] \S", reason)
    ]
    assert bare == []
