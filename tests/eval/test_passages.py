"""The marked passages that the model of meaning is trained on: all readable, with known labels and exact words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status

FILES = sorted((Path(__file__).parents[2] / "training/data/passages").glob("*.jsonl"))
MARK = re.compile(r"\[\[([^|\[\]]+)\|([^\[\]]+)\]\]")
TAGS = {f"firm:{role}" for role in Role} | {f"amt:{kind}" for kind in AmountKind}
TAGS |= {"-firm", "-amt", "-qty", "lender", "qty", "cp", "place"}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_passages_are_marked_rightly(file: Path) -> None:
    """Every label is one of the closed lists, every tag is known, and every quoted word stands in its text."""
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert len({row["id"] for row in rows}) == len(rows) > 200
    for row in rows:
        marked = row["h"] + "\n" + row["t"]
        plain = MARK.sub(r"\2", marked)
        assert "[[" not in plain, row["id"]
        if not row.get("rel", True):
            assert row["kind"], row["id"]
            continue
        assert {tag for tag, _ in MARK.findall(marked)} <= TAGS, row["id"]
        assert (row["sec"] in set(Sector), row["st"] in set(Status)) == (True, True), row["id"]
        assert (row["mo"] in set(Mode), row["rt"] in set(RecordType)) == (True, True), row["id"]
        assert {kind for kind, _ in row["cw"]} <= set(Concern), row["id"]
        assert all(words in plain for words in [*row["sw"], *(words for _, words in row["cw"])]), row["id"]
