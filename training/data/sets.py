"""Data sets by name (`sets.toml`): the location of their files, and their permitted uses."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("sets.toml")
SHARED = "OFFING_SHARED"


class Use(StrEnum):
    """A permitted use of a data set."""

    LEARN = "learn"
    STOP = "stop"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set: glob patterns of its files, permitted uses, author, licence, and briefs held out from the encoder.

    Held-out briefs are used for early stopping (`stop`), for reported figures (`report`), or to fit feature weights
    (`fit`). `sha256` are the expected hashes of files outside the repository. A `whole` set has a single digest in
    `data.lock`.
    """

    name: str
    files: tuple[str, ...]
    use: frozenset[Use]
    what: str
    author: str
    licence: str
    stop: frozenset[str] = frozenset()
    report: frozenset[str] = frozenset()
    fit: frozenset[str] = frozenset()
    sha256: tuple[str, ...] = ()
    whole: bool = False

    @property
    def is_shared(self) -> bool:
        """Whether it lies outside the repository."""
        return self.files[0].startswith(f"${SHARED}/")

    def paths(self) -> dict[str, Path]:
        """Return its files by their names in `data.lock`; empty if the shared data are not on this machine."""
        if not self.is_shared:
            found = (path for pattern in self.files for path in sorted(ROOT.glob(pattern)))
            return {path.relative_to(ROOT).as_posix(): path for path in found}
        folder = os.environ.get(SHARED, "")
        named = {name: Path(folder) / name.removeprefix(f"${SHARED}/") for name in self.files if folder}
        return {name: path for name, path in named.items() if path.exists()}


@cache
def data_sets() -> dict[str, DataSet]:
    """Return all sets by name."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {name: _set(name, row) for name, row in table.items()}


def _set(name: str, row: dict[str, object]) -> DataSet:
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    uses = frozenset(map(Use, given.pop("use")))  # type: ignore[call-overload]  # a list of strings; Use rejects any other
    briefs = {key: frozenset(given.pop(key, ())) for key in ("stop", "report", "fit")}  # type: ignore[call-overload]
    return DataSet(name, use=uses, **briefs, **given)  # type: ignore[arg-type]  # names and types match the table
