"""The numbers of scoring.toml: each that the stage asks for is there, and each that is there is asked for."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import offing.propose
from offing.model.reading.mention import MentionKind
from offing.propose import encoder
from offing.propose.fields.fusion import Worded
from offing.services.analysis.analyse import analyse_row
from offing.services.analysis.analyst import load_analyst
from propose.spans import shipped_rules

GOLD = Path(__file__).parents[2] / "data/gold_open.jsonl"
SPARSE = ("markers.", "sectors.", "concerns.")  # name only what counts less than in full


def asked_in_code() -> Iterator[str]:
    """The names that the stage asks for, as patterns where a part of them is put in."""
    for path in Path(offing.propose.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="level" | "factor" | "weight"), args=[*given]):
                    yield from (pattern for arg in given for pattern in patterns_of(arg))
                case ast.Subscript(value=ast.Attribute(attr="levels"), slice=ast.Constant(value=str(name))):
                    yield re.escape(name)


def patterns_of(node: ast.AST) -> Iterator[str]:
    """A name, or the names between which a condition chooses."""
    match node:
        case ast.Constant(value=str(name)):
            yield re.escape(name)
        case ast.JoinedStr(values=parts):
            yield "".join(re.escape(part.value) if isinstance(part, ast.Constant) else "[^.]+?" for part in parts)
        case ast.IfExp(body=one, orelse=other):
            yield from (*patterns_of(one), *patterns_of(other))


def test_every_name_in_code_stands_in_the_file_and_the_other_way_round() -> None:
    """No number is asked for that the file lacks; none stands there that nothing asks for."""
    levels, patterns = shipped_rules().levels, {name for name in asked_in_code() if r"\." in name or "." in name}
    own = {p for p in patterns if not p.startswith(tuple(re.escape(table) for table in SPARSE))}
    nested = {p.replace("[^.]+?", ".+?", 1) if p.startswith("[^.]+?") else p for p in own}  # a table may be fusion.x
    assert len(own) > 50
    assert {p for p in nested if not any(re.fullmatch(p, name) for name in levels)} == set()
    known = [*nested, "markers\\..*", "sectors\\..*", "concerns\\..*"]
    assert {name for name in levels if not any(re.fullmatch(p, name) for p in known)} == set()


@pytest.mark.parametrize("kind", [MentionKind.SECTOR, MentionKind.STATUS, MentionKind.MODE, MentionKind.RECORD_TYPE])
def test_a_field_is_weighed_by_its_own_table(kind: MentionKind) -> None:
    """Wordings call a record type `record-type`, the file's table is `record_type`: its weights count."""
    field = Worded(kind, (), None).field
    assert {f"fusion.{field}.{what}" for what in ("encoded", "wording", "chosen")} <= set(shipped_rules().levels)


class Spied(dict[str, float]):
    """Numbers that remember which of them were asked for."""

    def __init__(self, levels: dict[str, float]) -> None:
        super().__init__(levels)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> float:
        self.asked.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: float) -> float:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)


@pytest.mark.slow
@pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are for Linux on x86-64")
def test_articles_ask_for_nothing_that_is_not_there() -> None:
    """Over real articles every number comes from the file, and the weights of record types are among them."""
    analyst = load_analyst(None)
    levels = Spied(analyst.scoring.levels)
    analyst = replace(analyst, scoring=replace(analyst.scoring, levels=levels))
    for number, line in enumerate(GOLD.read_text(encoding="utf-8").splitlines()[:25], 1):
        analyse_row(json.loads(line), number, analyst, lambda _outlet, _language: None)
    assert {name for name in levels.asked - set(levels) if not name.startswith(SPARSE)} == set()
    assert {f"fusion.record_type.{what}" for what in ("encoded", "wording", "chosen")} <= levels.asked
