"""Three years of news of a data centre in Mozambique, in three languages and with copies, and of its neighbours."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = Path(__file__).with_suffix(".jsonl")
MALUANA, NAMPULA, LUSAKA = "data centre in Maluana", "cameras in Nampula", "data centre in Lusaka"


@dataclass(frozen=True)
class Told:
    """An article. `of` is the project that it tells of; it is read on `morning`, which may be years later."""

    of: str
    day: date
    morning: date
    outlet: str
    title: str
    paragraphs: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where it stands."""
        host = self.outlet.lower().replace(" ", "")
        return f"https://{host}.example/{self.day}/{len(self.title)}"


def _told(row: dict[str, str | list[str]]) -> Told:
    day = str(row["day"])
    days = date.fromisoformat(day), date.fromisoformat(str(row.get("read", day)))
    return Told(str(row["of"]), *days, str(row["outlet"]), str(row["title"]), tuple(row["paragraphs"]))


NEWS = tuple(_told(json.loads(line)) for line in FILE.read_text(encoding="utf-8").splitlines())
