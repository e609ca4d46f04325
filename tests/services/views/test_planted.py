"""The test of planted mistakes: a site with a key outside it, and a score that follows what was decided."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from offing.model.review.decision import Judgement, Verdict
from offing.services.review.decisions import decide
from offing.store.database.engine import open_database

TOOL = Path(__file__).parents[3] / "benchmarks" / "planted_reader.py"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The tool, run as from a shell."""
    command = [sys.executable, str(TOOL), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_what_is_rejected_or_corrected_counts_as_caught_and_right_values_as_false_alarms(tmp_path: Path) -> None:
    """Rejecting a planted candidate catches it, setting a country right too; rejecting a right one is a false alarm."""
    site, key = tmp_path / "site", tmp_path / "key.json"
    made = run("make", site, "--key", key, "--candidates", 10)
    assert made.returncode == 0, made.stderr
    entries = json.loads(key.read_text(encoding="utf-8"))["candidates"]
    planted = {entry["planted"]["field"]: entry for entry in entries if entry["planted"]}
    assert {"countries", "firms", "amounts", "status"} <= set(planted)
    clean = next(entry["candidate"] for entry in entries if not entry["planted"])
    assert "caught: 0%" in run("score", key, site).stdout
    database, now = open_database(f"sqlite:///{site}/offing.db"), datetime.now(UTC)
    country = planted["countries"]
    right = {"countries": country["planted"]["right"]}
    for verdict in (
        Verdict(planted["firms"]["candidate"], Judgement.REJECT, "ann", "misread"),
        Verdict(country["candidate"], Judgement.ACCEPT, "ann", "as the text has it", edits=right),
        Verdict(planted["status"]["candidate"], Judgement.ACCEPT, "ann"),
        Verdict(clean, Judgement.REJECT, "ann", "misread"),
    ):
        decide(database, verdict, now)
    database.close()
    told = run("score", key, site).stdout
    rows = {line.split()[0]: line.split()[1:4] for line in told.splitlines() if line}
    assert rows["countries"] == ["1", "1", "1"]
    assert rows["firms"] == ["1", "1", "0"]
    assert rows["status"] == ["1", "0", "0"]
    assert f"false alarm: {clean} rejected" in told


def test_a_key_inside_the_site_is_refused(tmp_path: Path) -> None:
    """The reader must not find the key beside the database."""
    refused = run("make", tmp_path / "site", "--key", tmp_path / "site" / "key.json")
    assert refused.returncode == 1
    assert "outside" in refused.stderr
    assert not (tmp_path / "site").exists()
