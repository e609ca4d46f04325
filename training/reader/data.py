"""Says which files a run learned from, by their hashes, and notes where it went on with others."""

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
    """Return the SHA-256 of each file that is learned from, by its name."""
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in _files(shared)}


def locked(folder: Path, files: Mapping[str, str], at: tuple[int, int]) -> None:
    """Note in a run's folder from which epoch and step on it learns from other files than before."""
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
