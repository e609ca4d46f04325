"""The shipped analyst and the annotated articles, made once."""

from __future__ import annotations

import hashlib
import io
import json
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from offing.services.analysis.analyse import analyse
from offing.services.analysis.analyst import load_analyst
from offing.services.analysis.candidate_rows import encode

Row = dict[str, Any]
TESTS = Path(__file__).parents[1]


def read_rows(path: Path) -> list[Row]:
    """The objects of a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def is_open_half(row: Row) -> bool:
    """Whether an article is of the half that rules were written from; the other half was only scored."""
    return hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0


@pytest.fixture(scope="session")
def analyst() -> Any:
    """Recognition and proposal with what ships."""
    return load_analyst(None)


@pytest.fixture(scope="session")
def predict(analyst: Any, shared_folder: Path) -> Any:
    """Candidates by article id, drawn once for all processes; an article that cannot be used fails the test."""
    return partial(_drawn, analyst, shared_folder / "read")


@pytest.fixture(scope="session")
def predict_by_wordings(analyst: Any, shared_folder: Path) -> Any:
    """The same without what sentences mean, which takes most of the time: what is a candidate does not depend on it."""
    plain = replace(analyst, scoring=replace(analyst.scoring, tuned=None))
    return partial(_drawn, plain, shared_folder / "worded")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _drawn(analyst: Any, folder: Path, rows: list[Row]) -> dict[str, list[Row]]:
    folder.mkdir(exist_ok=True)
    source = b"".join(encode(row) for row in rows)
    file = folder / f"{hashlib.sha256(source).hexdigest()}.jsonl"
    with FileLock(f"{file}.lock"):
        if not file.exists():
            found = analyse(io.BytesIO(source), analyst, everything=False, on_error=_refuse)
            file.write_bytes(b"".join(encode(row) for row in found))
    return {row["id"]: row["candidates"] for row in read_rows(file)}


def _refuse(error: Exception) -> None:
    raise error


@pytest.fixture(scope="session")
def gold() -> list[Row]:
    """The open gold set."""
    return read_rows(TESTS / "data/gold_open.jsonl")
