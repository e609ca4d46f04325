"""What Prometheus and Grafana are given in deploy/: they load, and ask only for figures that `/metrics` has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import Depends
from prometheus_client.parser import text_string_to_metric_families

from factories.run import holding
from offing.config.sites.pipelines import load_pipelines
from offing.model.operation.run import Ending
from offing.model.values.vocabulary import Verb
from offing.services.monitoring.item_totals import ItemTotals
from offing.store import tables
from offing.store.runs.run import end_run, start_run, take_lock
from offing.store.runs.work import enqueue
from offing.web.access import open_to_all
from web.conftest import AddCandidate, Desk

ROOT = Path(__file__).parents[3]
ALERTS = ROOT / "deploy/prometheus/alerts.yaml"
RULES = [rule for group in yaml.safe_load(ALERTS.read_text("utf-8"))["groups"] for rule in group["rules"]]
DASHBOARD = json.loads((ROOT / "deploy/grafana/dashboard.json").read_text("utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
OPERATE = (ROOT / "docs/operate.md").read_text("utf-8")
FREE = {"instance", "job", "le", "status"}  # labels whose values are not known beforehand
_SELECTOR = re.compile(r"\b(offing_\w+|process_\w+|up)\b(?:\{([^}]*)\})?")
_MATCHER = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"')


def expressions() -> list[str]:
    """All that alerts and panels ask."""
    return [*(rule["expr"] for rule in RULES), *(each["expr"] for panel in PANELS for each in panel["targets"])]


Series = dict[str, list[dict[str, str]]]


@pytest.fixture
def series(desk: Desk, feeds: None, add_candidate: AddCandidate) -> Series:
    """The labels of all series that a site at work gives, by name, as Prometheus reads them."""
    add_candidate()
    state = desk.server.config.app.state  # type: ignore[attr-defined]
    state.place = replace(state.place, pipelines=tuple(load_pipelines().values()))
    with desk.database.write() as conn:
        run_id = start_run(conn, "hourly", "here", 1, desk.now - timedelta(hours=1))
        end_run(conn, run_id, desk.now, 0, {})
        enqueue(conn, Verb.FETCH, 1, desk.now)
    desk.client().get("/login")
    text = desk.client().get("/metrics").text
    found: Series = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(sample.labels)
    return found


def asked(expression: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each figure that an expression asks for, with the labels by which it selects."""
    yield from ((name, dict(_MATCHER.findall(labels))) for name, labels in _SELECTOR.findall(expression))


def test_alerts_and_panels_ask_for_what_there_is(series: Series) -> None:
    """Each name is one of `/metrics`, and each label and value by which it is narrowed one of its own."""
    number = 0
    for name, labels in (each for expression in expressions() for each in asked(expression)):
        number += 1
        assert name == "up" or name in series, name
        for label, values in labels.items():
            if label in FREE:
                continue
            known = {each[label] for each in series[name]}
            assert {word for word in values.split("|") if word} <= known, (name, label)
    assert number > 40


def test_all_figures_of_offing_are_documented_and_watched(series: Series) -> None:
    """Docs and dashboard leave none out, and name none that is not there."""
    stems = {re.sub(r"_(bucket|count|sum)$", "", name) for name in series if name.startswith("offing_")}
    table = OPERATE[OPERATE.index("### Metrics") :].partition("\n## ")[0]
    named = {re.sub(r"_(count|sum)$", "", name) for name in re.findall(r"^\| `(offing_\w+)", table, re.MULTILINE)}
    assert named == stems
    shown = {name for panel in PANELS for each in panel["targets"] for name, _ in asked(each["expr"])}
    shown = {re.sub(r"_(bucket|count|sum)$", "", name) for name in shown}
    aside = {"offing_run_last_started_timestamp_seconds", "offing_run_last_succeeded_timestamp_seconds"}
    assert stems - shown == aside | {"offing_review_oldest_timestamp_seconds"}


def test_names_keep_the_conventions_of_prometheus(desk: Desk, series: Series) -> None:
    """Base units at the end of a name, `_total` for counters and for nothing else, a line of help for each."""
    text = desk.client().get("/metrics").text
    families = [each for each in text_string_to_metric_families(text) if each.name.startswith("offing_")]
    assert len(families) > 25
    assert [name for name, count in Counter(each.name for each in families).items() if count > 1] == []
    for each in families:
        assert each.documentation.strip(), each.name
        assert not re.search(r"_(minutes|hours|days|ms|kb|mb|percent)(_|$)", each.name), each.name
        total = [sample.name for sample in each.samples if sample.name.endswith("_total")]
        assert bool(total) is (each.type == "counter"), each.name
    assert "_created" not in text


def test_each_alert_says_what_and_what_to_do() -> None:
    """One name each, a severity that a router knows, a summary and a next step."""
    names = [rule["alert"] for rule in RULES]
    assert len(set(names)) == len(names) >= 10
    for rule in RULES:
        assert rule["labels"]["severity"] in {"info", "warning", "critical"}, rule["alert"]
        assert rule["annotations"].keys() == {"summary", "action"}, rule["alert"]


def test_commands_that_alerts_name_exist() -> None:
    """What somebody types at three in the morning."""
    from offing.cli import COMMANDS

    named = {word for rule in RULES for word in re.findall(r"\boffing ([a-z]+)\b", rule["annotations"]["action"])}
    assert {"doctor", "feeds", "quarantine", "run"} <= named <= COMMANDS.keys()


def test_the_dashboard_is_whole() -> None:
    """Panels have ids of their own, places that do not overlap, units, and the data source that one chooses."""
    every = DASHBOARD["panels"]
    assert len({panel["id"] for panel in every}) == len(every) > 20
    cells = [
        (x, y)
        for place in (panel["gridPos"] for panel in every)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) == 23
    chosen = {each["name"]: each["type"] for each in DASHBOARD["templating"]["list"]}
    assert chosen == {"datasource": "datasource", "instance": "query"}
    for panel in PANELS:
        sources: list[Any] = [panel["datasource"], *(each["datasource"] for each in panel["targets"])]
        assert all(each == {"type": "prometheus", "uid": "${datasource}"} for each in sources), panel["title"]
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        assert all('instance=~"$instance"' in each["expr"] for each in panel["targets"]), panel["title"]


def test_promtool_takes_rules_and_figures(desk: Desk, feeds: None) -> None:
    """Prometheus' own tool, where it is there: the rules fire when they should, and the figures are well formed."""
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("no promtool on this machine")
    for words in (
        ["check", "config", "deploy/prometheus/prometheus.yaml"],
        ["test", "rules", "tests/web/monitoring/alerts_test.yaml"],
    ):
        done = subprocess.run([promtool, *words], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    text = desk.client().get("/metrics").text
    done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def values(desk: Desk, name: str, *labels: str) -> Counter[tuple[str, ...]]:
    """The values of one figure, by those of its labels."""
    text = desk.client().get("/metrics").text
    samples = [each for family in text_string_to_metric_families(text) for each in family.samples if each.name == name]
    return Counter({tuple(sample.labels[label] for label in labels): int(sample.value) for sample in samples})


def test_items_count_while_a_run_is_at_work_and_never_backwards(desk: Desk) -> None:
    """Runs from before by their tallies, the one at work by its outcomes, a killed one too; pruning takes none away."""

    def items() -> dict[tuple[str, ...], int]:
        return {key: value for key, value in values(desk, "offing_items_total", "verb", "ending").items() if value}

    def begin() -> int:
        with desk.database.write() as conn:
            run_id = start_run(conn, "hourly", "here", 1, desk.now)
            take_lock(conn, run_id, holding("here"), desk.now, timedelta(minutes=2))
        return run_id

    def end(run_id: int, ending: Ending) -> None:
        row = {"run_id": run_id, "verb": Verb.FETCH, "item_id": 1, "ending": ending, "cause": "", "url": ""}
        with desk.database.write() as conn:
            conn.execute(tables.outcome.insert().values(**row, at=desk.now))

    old = begin()
    with desk.database.write() as conn:
        end_run(conn, old, desk.now, 0, {"endings": {"poll": {"done": 5}}})
    killed = begin()
    end(killed, Ending.DONE)
    assert items() == {("poll", "done"): 5, ("fetch", "done"): 1}
    end(killed, Ending.FAILED)
    now = begin()
    end(now, Ending.DONE)
    all_of_them = {("poll", "done"): 5, ("fetch", "done"): 2, ("fetch", "failed"): 1}
    assert items() == all_of_them
    with desk.database.write() as conn:
        end_run(conn, now, desk.now, 0, {"endings": {"fetch": {"done": 1}}})
        conn.execute(tables.outcome.delete())
    assert items() == all_of_them
    desk.server.config.app.state.place = replace(desk.server.config.app.state.place, totals=ItemTotals())  # type: ignore[attr-defined]
    assert items() == {("poll", "done"): 5, ("fetch", "done"): 1}


def test_requests_are_counted_by_route_and_never_by_address(desk: Desk) -> None:
    """What visitors make up is one route, and one method."""
    figure = ("offing_http_requests_total", "method", "route", "status")
    before, client = values(desk, *figure), desk.client()
    for path in ("/candidate/1", "/candidate/2", "/made/up/1", "/made/up/2", "/static/v-1/offing.css", "/healthz"):
        client.get(path)
    client.request("MADEUP", "/made/up")
    grown = values(desk, *figure) - before
    del grown["GET", "/metrics", "200"]
    assert grown == {
        ("GET", "/candidate/{candidate_id}", "303"): 2,
        ("GET", "unknown", "404"): 2,
        ("GET", "/static", "200"): 1,
        ("GET", "/healthz", "200"): 1,
        ("other", "unknown", "404"): 1,
    }


def test_a_crash_counts_as_one(desk: Desk) -> None:
    """With the status that the visitor got."""
    figure = ("offing_http_requests_total", "method", "route", "status")
    before, app = values(desk, *figure), desk.server.config.app
    app.get("/crash", dependencies=[Depends(open_to_all)])(lambda: 1 / 0)  # type: ignore[attr-defined]
    assert desk.client().get("/crash").status_code == 500
    app.router.routes.pop()  # type: ignore[attr-defined]
    assert (values(desk, *figure) - before)["GET", "/crash", "500"] == 1
