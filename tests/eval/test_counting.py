"""The counting of `offing evaluate` agrees with the equipment's score.py."""

from __future__ import annotations

import copy
import importlib.util
import json
import math
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from offing.services.evaluation.report import evaluate, figures_of, table
from offing.services.evaluation.tally import ScoreTally, score_article

TESTS = Path(__file__).parents[1]
GOLD = [json.loads(line) for line in (TESTS / "data/gold_open.jsonl").read_text(encoding="utf-8").splitlines() if line]


@pytest.fixture(scope="module")
def equipment() -> ModuleType:
    """The scorer that stands outside the package."""
    spec = importlib.util.spec_from_file_location("score", TESTS / "equipment/score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def perfect(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """Candidates that say what the annotators say, with evidence for every value."""
    text = gold["title"] + "\n\n" + "\n\n".join(gold["paragraphs"])
    candidates = copy.deepcopy(gold["projects"])
    for candidate in candidates:
        candidate["evidence"] = []
        for name in ("firms", "lenders", "amounts"):
            for value in candidate[name] or []:
                start = text.index(value["as_written"])
                quote = {"field": name, "start": start, "end": start + len(value["as_written"])}
                candidate["evidence"].append({**quote, "text": value["as_written"]})
    return candidates


def perturb(candidates: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Candidates with values dropped, doubled, renamed and moved."""
    out = [c for c in candidates if rng.random() > 0.15]
    if out and rng.random() < 0.2:
        out.append(copy.deepcopy(rng.choice(out)))
    for candidate in out:
        for name in ("countries", "firms", "lenders", "amounts"):
            values = candidate[name] or []
            again = copy.deepcopy([v for v in values if rng.random() < 0.1])
            candidate[name] = [v for v in values if rng.random() > 0.2] + again
        for firm in candidate["firms"]:
            firm["name"] = rng.choice([firm["name"], firm["as_written"], firm["name"] + " Group", "Huawei"])
            firm["role"] = rng.choice(["contractor", "supplier"])
        for amount in candidate["amounts"]:
            amount["value"] = amount["value"] * rng.choice([1, 1.005, 1.2]) if rng.random() < 0.9 else "much"
        for quote in candidate["evidence"]:
            quote["start"] += rng.choice([0, 0, 0, 3])
            quote["end"] += rng.choice([0, 0, 400])
        candidate["sector"] = rng.choice([candidate["sector"], "other", None])
        candidate["status"] = rng.choice([candidate["status"], "signed"])
    return out


def with_extras(gold: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The article with the optional fields, and some fields left open."""
    article = copy.deepcopy(gold)
    for project in article["projects"]:
        project["counterparts"] = ["Ministry of ICT", "NOSi"]
        project["concerns"] = [{"kind": "debt-finance", "as_written": "debt"}]
        project["quantities"] = [{"value": 800, "unit": "km", "as_written": "800 km"}]
        project["places"] = ["Accra"]
        project["mode"] = rng.choice(["loan", "grant", None])
        if rng.random() < 0.2:
            project[rng.choice(["firms", "lenders", "amounts", "sector", "status"])] = None
    return article


def same_figures(ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]]) -> bool:
    """Whether two reports hold the same numbers, not-a-number included."""
    flat = [{(name, key): v for name, row in r.items() for key, v in row.items()} for r in (ours, theirs)]
    if flat[0].keys() != flat[1].keys():
        return False
    return all((math.isnan(v) and math.isnan(flat[1][k])) or math.isclose(v, flat[1][k]) for k, v in flat[0].items())


BEYOND = ("counterparts:", "concerns:", "quantities:", "places:", "record_type:", "mode:", "role of", "kind of")


@pytest.mark.parametrize("seed", range(12))
def test_counts_as_the_equipment_does(equipment: ModuleType, seed: int) -> None:
    """Random mistakes over the whole gold set give the same figures and notes in both scorers."""
    rng = random.Random(seed)
    theirs, ours = equipment.Tally(), ScoreTally()
    for gold in GOLD:
        article = with_extras(gold, rng)
        candidates = perturb(perfect(article), rng)
        for candidate in candidates:
            if rng.random() < 0.5:
                candidate |= {"quantities": [{"value": "800", "unit": "km"}], "places": ["accra"], "concerns": []}
        expected = equipment.score_article(article, candidates, theirs)
        notes = score_article(article, candidates, ours)
        assert [note for note in notes if not note.startswith(BEYOND)] == expected
    found = figures_of(ours)
    assert found.pop("event")["support"] == 0  # ours alone, where gold has it
    assert same_figures(found, theirs.report())


def test_perfect_candidates_score_one() -> None:
    """Candidates made from the annotation itself are complete and right in every field."""
    result = evaluate(GOLD, {g["id"]: perfect(g) for g in GOLD}, by="lang")
    assert result.figures["all"]["complete"]["accuracy"] == 1.0
    assert result.figures["lang=fr"]["amounts"]["f1"] == 1.0
    assert result.misses == []


def test_nothing_predicted_is_all_missed() -> None:
    """Without predictions every relevant article is missed and none is a false alarm."""
    result = evaluate(GOLD, {})
    relevant = [g for g in GOLD if g["relevant"]]
    assert result.figures["all"]["relevance"]["recall"] == 0.0
    assert len(result.misses) == len(relevant)
    assert all("missed article" in miss["notes"] for miss in result.misses)


def test_notes_name_what_is_beyond_a_complete_record() -> None:
    """Roles, kinds, sizes, places, worries and modes that are wrong are told, and leave a record complete."""
    gold = with_extras(next(g for g in GOLD if g["relevant"]), random.Random(1))
    project = gold["projects"][0]
    project |= {
        "firms": [{"name": "ZTE", "as_written": "ZTE", "role": "supplier"}],
        "quantities": [{"value": 800, "unit": "km"}],
        "places": ["Accra"],
        "concerns": [{"kind": "debt"}],
        "counterparts": ["NITA"],
        "mode": "loan",
        "record_type": "contract",
    }
    candidate = perfect(gold)[0] | {
        "firms": [{"name": "ZTE", "role": "contractor"}],
        "quantities": [{"value": "80", "unit": "km"}],
        "places": [],
        "concerns": [],
        "counterparts": ["NITA"],
        "mode": "grant",
        "record_type": "contract",
    }
    tally = ScoreTally()
    notes = score_article(gold, [candidate], tally)
    assert "role of ZTE: got contractor want supplier" in notes
    assert 'quantities: got ["80 km"] want ["800 km"]' in notes
    assert 'places: got [] want ["Accra"]' in notes
    assert 'concerns: got [] want ["debt"]' in notes
    assert "mode: got grant want loan" in notes
    assert not [note for note in notes if note.startswith(("counterparts", "record_type"))]
    assert tally.right["complete"] == 1


def test_table_names_every_field() -> None:
    """The table has a heading for each group and a line for each field that was asked or said something."""
    lines = list(table(evaluate(GOLD[:5], {}, by="lang").figures))
    assert lines[0] == "== all"
    assert any("status" in line for line in lines)
    assert any("F1" in line and "countries" in line for line in lines)
    assert not any("nan (n=0)" in line or "evidence_on_target" in line for line in lines)  # nothing was proved
