"""The files a run was trained on, by SHA-256, and the step from which it used others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from training.data.passages import FOLDER as PASSAGES
from training.reader.sources import ROOT, read_set_files

LOCK = "data.lock"
_SHARED = ("data/news/worldwide_newswire.jsonl.gz", "data/aiddata/gold_aiddata.jsonl.gz")


def files_of(shared: str) -> dict[str, str]:
    """Return the SHA-256 of each training file by name."""
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in _files(shared)}


def record_files(folder: Path, files: Mapping[str, str], at: tuple[int, int]) -> None:
    """Record the training files in a run's folder if they changed, with the epoch and step of first use."""
    lock = folder / LOCK
    rows = json.loads(lock.read_text(encoding="utf-8")) if lock.exists() else []
    if not rows or rows[-1]["files"] != dict(files):
        rows.append({"epoch": at[0], "step": at[1], "files": dict(files)})
        lock.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def _files(shared: str) -> Iterator[tuple[str, Path]]:
    for own in (ROOT / "articles", PASSAGES, ROOT / "groups"):
        for file in sorted(own.glob("*.jsonl")):
            yield f"{own.name}/{file.name}", file
    for file in read_set_files():
        yield f"sets/{file.name}", file
    for name in _SHARED if shared else ():
        yield name, Path(shared) / name
