"""SHA-256 digests of files, TOML tables and code, and versions of packages."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import grimp

from training.data.sets import ROOT, data_sets
from training.steps import SCORING, STEPS, Step

PACKAGES = {"offing": ROOT / "src", "training": ROOT}
Digests = dict[str, str]


def of_file(path: Path) -> str:
    """Return the digest of a file's bytes."""
    status = path.stat()
    return _of_bytes(path, status.st_mtime_ns, status.st_size)


@lru_cache(4096)
def _of_bytes(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def of_values(values: Any) -> str:
    """Return the digest of parsed values, independent of key order."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def of_output(name: str) -> str | None:
    """Return the digest of a file or a table (`file#table`); None if it does not exist.

    For TOML, the digest covers the values, not comments or layout.
    """
    file, _, table = name.partition("#")
    path = ROOT / file
    if path.suffix != ".toml" or not path.exists():
        return of_file(path) if path.exists() else None
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    found = table_of(found, table) if table else found
    return None if found is None else of_values(found)


def table_of(document: Any, name: str) -> Any:
    """Return the table with a dotted name from a document; None if there is none."""
    for part in name.split("."):
        document = document.get(part) if isinstance(document, dict) else None
    return document


def of_set(name: str) -> Digests:
    """Return the digests of a data set's files by name, or a single digest if the set is marked `whole`."""
    found, data = data_sets()[name].paths(), data_sets()[name]
    digests = {each: _unfitted(path) if each == SCORING else of_file(path) for each, path in found.items()}
    return {name: of_values(digests)} if data.whole else digests


def _unfitted(path: Path) -> str:
    """Return the digest of the hand-set numbers only; steps declare the fitted ones they depend on in `reads`."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    for output in (output for step in STEPS for output in step.outputs):
        file, _, table = output.partition("#")
        if file == SCORING:
            *above, last = table.split(".")
            holder = table_of(document, ".".join(above)) if above else document
            holder.pop(last, None)
    return of_values(document)


def of_code(step: Step) -> Digests:
    """Return the digests of all modules a step imports, directly or not; the product's modules share one digest."""
    names = sorted({step.module, *_graph().find_upstream_modules(step.module)})
    found = {name: of_file(path) for name in names if (path := _file_of(name)) is not None}
    ours = {name: digest for name, digest in found.items() if name.startswith("training.")}
    return ours | {"offing": of_values({name: found[name] for name in found.keys() - ours.keys()})}


@cache
def _graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, cache_dir=None)


def _file_of(module: str) -> Path | None:
    base = PACKAGES[module.partition(".")[0]].joinpath(*module.split("."))
    found = (path for path in (base.with_suffix(".py"), base / "__init__.py") if path.exists())
    return next(found, None)


def of_packages(names: Iterable[str]) -> Digests:
    """Return the versions of those packages that are installed."""
    return {name: found for name in names if (found := _version(name)) is not None}


def _version(name: str) -> str | None:
    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return None
