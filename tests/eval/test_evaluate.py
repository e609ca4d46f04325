"""`offing evaluate`: figures of what ships, on annotated articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval.conftest import TESTS
from offing.cli.articles.evaluate import evaluate as command
from offing.errors import UsageError
from offing.services.analysis import analyst
from offing.services.evaluation.annotated import check_projects


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The first articles of the gold set."""
    lines = (TESTS / "data/gold_open.jsonl").read_text(encoding="utf-8").splitlines()[:6]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def invoke(*arguments: str) -> Any:
    """The command's result."""
    return CliRunner().invoke(command, arguments)


def test_it_prints_a_table_by_group(few: Path) -> None:
    """One table for all articles and one for each language."""
    result = invoke(str(few), "--by", "lang")
    assert result.exit_code == 0
    assert "== all" in result.stdout
    assert "== lang=fr" in result.stdout
    assert "evidence_on_target" in result.stdout


def test_articles_that_nobody_annotated_are_reported(tmp_path: Path) -> None:
    """The error names file, article and what is missing."""
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": 1, "title": "x", "paragraphs": []}\n', encoding="utf-8")
    assert "article 1 is not annotated" in str(invoke(str(path)).exception)


FULL: dict[str, object] = {
    "countries": ["GHA"],
    "firms": [{"name": "Huawei", "role": None}],
    "lenders": None,
    "amounts": None,
    "sector": None,
    "status": None,
}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"lenders": [{"as_written": "Exim"}]}, "lenders.0.name: field required"),
        ({"firms": [{"name": "Huawei", "role": "vendor"}]}, "firms.0.role: 'vendor' is none of its values; "),
        ({"amounts": [{"value": 1, "currency": "USD", "kind": "lone"}]}, "did you mean 'loan'? allowed: contract"),
        ({"sector": "transports"}, "sector: 'transports' is none of its values; did you mean 'transport'?"),
        ({"mode": "gift"}, "mode: 'gift' is none of its values; allowed: contract"),
        ({"concerns": [{"kind": "debt"}]}, "concerns.0.kind: 'debt' is none of its values; allowed: cyber-"),
    ],
)
def test_a_project_that_cannot_be_counted_is_refused(change: dict[str, object], wrong: str) -> None:
    """The field that is missing or has another form is named; what is null is open to two readings."""
    check_projects({"projects": [FULL]}, "here")
    with pytest.raises(UsageError, match=r"^here, project 1: ") as error:
        check_projects({"projects": [FULL | change]}, "here")
    assert wrong in str(error.value)


def test_a_project_without_a_field_is_refused_before_anything_is_analysed(tmp_path: Path) -> None:
    """The message names file and article."""
    path = tmp_path / "gold.jsonl"
    project = {name: value for name, value in FULL.items() if name != "lenders"}
    row = {"id": "x", "title": "t", "paragraphs": [], "relevant": True, "projects": [project]}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert f"{path}: article 1 (x), project 1: lenders: field required" in str(invoke(str(path)).exception)


def test_the_worst_articles_are_shown(tmp_path: Path) -> None:
    """Those with the most mistakes first, each mistake on a line."""
    lines = (TESTS / "eval/dev_look2.jsonl").read_text(encoding="utf-8").splitlines()[:12]
    path, misses = tmp_path / "gold.jsonl", tmp_path / "misses.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    shown = invoke(str(path), "--worst", "2", "--misses", str(misses)).stdout.partition("== the worst 2\n")[2]
    notes = [json.loads(line)["notes"] for line in misses.read_text("utf-8").splitlines()]
    most = [note for found in sorted(notes, key=len, reverse=True)[:2] for note in found]
    assert [line.strip() for line in shown.splitlines() if line.startswith("      ")] == most


@pytest.mark.slow
def test_projects_have_groups_too(few: Path) -> None:
    """A field that articles lack is that of their first project; what reports none has no group of its own."""
    shown = invoke(str(few), "--by", "sector").stdout
    sectors = {
        json.loads(line)["projects"][0]["sector"] for line in few.read_text("utf-8").splitlines() if '"sector"' in line
    }
    assert all(f"== sector={sector}" in shown for sector in sectors)


def test_a_field_that_nothing_has_is_no_group(few: Path) -> None:
    """The error names those that there are, of articles and of projects."""
    told = str(invoke(str(few), "--by", "nosuch").exception)
    assert "--by nosuch: no article or project in" in told
    assert "kind, lang" in told
    assert "sector" in told


def test_it_prints_json_and_writes_what_went_wrong(few: Path, tmp_path: Path) -> None:
    """The figures as JSON; the misses name their article and what was got and wanted."""
    misses = tmp_path / "misses.jsonl"
    result = invoke(str(few), "--json", "--misses", str(misses))
    assert json.loads(result.stdout)["all"]["relevance"]["support"] == 5
    for line in misses.read_text(encoding="utf-8").splitlines():
        assert {"id", "lang", "kind", "title", "notes"} == set(json.loads(line))


def test_a_set_without_articles_is_reported(tmp_path: Path) -> None:
    """It has no figures."""
    path = tmp_path / "gold.jsonl"
    path.write_text("\n\n", encoding="utf-8")
    assert f"{path} has no article" in str(invoke(str(path), "--json").exception)


def test_what_nobody_asked_has_no_figure(tmp_path: Path) -> None:
    """A dash in tables, null in JSON, which has no not-a-number; figures kept in JSON compare."""
    path, before = tmp_path / "gold.jsonl", tmp_path / "before.json"
    rain = {"id": 1, "lang": "en", "title": "Rain", "paragraphs": ["It rained."], "relevant": False, "projects": []}
    path.write_text(json.dumps(rain), encoding="utf-8")
    assert "relevance          P     –  R     –  F1     –  (n=0)" in invoke(str(path)).stdout
    text = invoke(str(path), "--json").stdout
    assert "NaN" not in text
    assert json.loads(text)["all"]["sector"] == {"accuracy": None, "support": 0}
    before.write_text(text, encoding="utf-8")
    lines = invoke(str(path), "--compare", str(before)).stdout.splitlines()
    assert lines[1].split() == ["relevance", "–", "–"]


def test_where_nothing_can_be_written_is_reported_before_anything_is_analysed(
    few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The annotated set is not written over either."""
    monkeypatch.setattr(analyst, "load_analyst", None)
    nowhere = tmp_path / "none" / "misses.jsonl"
    assert f"{nowhere} cannot be written: No such file" in str(invoke(str(few), "--misses", str(nowhere)).exception)
    assert "is the input" in str(invoke(str(few), "--misses", str(few)).exception)


@pytest.mark.slow
def test_it_shows_what_a_change_did(few: Path, tmp_path: Path) -> None:
    """Beside an earlier run stand both figures and the change; what rests on another number of articles is told."""
    figures = json.loads(invoke(str(few), "--json").stdout)
    figures["all"]["relevance"]["f1"] -= 0.25
    figures["all"]["sector"]["support"] = 99
    del figures["all"]["mode"]
    before = tmp_path / "before.json"
    before.write_text(json.dumps(figures), encoding="utf-8")
    lines = {line.split()[0]: line for line in invoke(str(few), "--compare", str(before)).stdout.splitlines()}
    assert lines["relevance"].endswith("+0.250")
    assert "(n=99 before" in lines["sector"]
    assert "  –" in lines["mode"]
    assert not lines["countries"].endswith("0.000")


@pytest.mark.parametrize("text", ["no json", "[1]", '{"all": {"firms": {"support": 1}}}'])
def test_what_is_no_earlier_run_is_reported(few: Path, tmp_path: Path, text: str) -> None:
    """The error says how the file is written."""
    before = tmp_path / "before.json"
    before.write_text(text, encoding="utf-8")
    assert "--json > before.json" in str(invoke(str(few), "--compare", str(before)).exception)
    assert "none.json" in str(invoke(str(few), "--compare", str(tmp_path / "none.json")).exception)


@pytest.mark.parametrize(
    ("text", "message"), [("{oops\n", ":1: is not JSON"), ('{"title": "x"}\n', ':1: is not an object with an "id"')]
)
def test_a_broken_gold_file_is_reported(tmp_path: Path, text: str, message: str) -> None:
    """File and line are named."""
    path = tmp_path / "gold.jsonl"
    path.write_text(text, encoding="utf-8")
    assert message in str(invoke(str(path)).exception)
    assert "gold.jsonl" in str(invoke(str(tmp_path / "gold.jsonl")).exception)
    assert "No such file" in str(invoke(str(tmp_path / "none.jsonl")).exception)
