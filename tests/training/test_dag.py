"""`make train`: runs what is not current, goes on where it was stopped, and names what it has to leave out."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from training.dag import missing_inputs
from training.data.sets import SHARED, data_sets
from training.steps import BY_NAME

ROOT = Path(__file__).parents[2]
STEP = "small_words"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the training with what the cheapest step reads, and shared data of two records."""
    tree, away = tmp_path / "tree", shutil.ignore_patterns("__pycache__", "*.npz", "*.jsonl", "metrics.json")
    shutil.copytree(ROOT / "training", tree / "training", ignore=away)
    (tree / "training/data.lock").unlink()
    (tree / "src").symlink_to(ROOT / "src")
    (tree / "config/models").mkdir(parents=True)
    for name, path in data_sets()["counted_sets"].paths().items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (tree / name).write_text("".join(lines[:8]), encoding="utf-8")
    (tree / "shared/data/aiddata").mkdir(parents=True)
    written(tree, "China built a road.")
    return tree


def written(tree: Path, *descriptions: str) -> None:
    """Write the records."""
    lines = "".join(json.dumps({"description": each}) + "\n" for each in descriptions)
    (tree / "shared/data/aiddata/records.jsonl.gz").write_bytes(gzip.compress(lines.encode()))


def command(tree: Path, *words: str, shared: bool = True) -> dict[str, Any]:
    """How a run is started."""
    environment = {**os.environ, SHARED: str(tree / "shared") if shared else "", "PYTHONDONTWRITEBYTECODE": "1"}
    return {"args": [sys.executable, "-m", "training.dag", *words], "cwd": tree, "env": environment}


def run(tree: Path, *words: str, shared: bool = True) -> subprocess.CompletedProcess[str]:
    """A run to its end."""
    return subprocess.run(**command(tree, *words, shared=shared), capture_output=True, text=True, check=False)


def did_run(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether the step ran; doit marks one that did not with two dashes."""
    assert done.returncode == 0, done.stderr
    assert (f".  {STEP}" in done.stdout) != (f"-- {STEP}" in done.stdout)
    return f".  {STEP}" in done.stdout


def test_a_step_runs_once_and_notes_what_it_learned_from(tree: Path) -> None:
    """The second run skips it; the lock has its files and code, the metrics what it counted."""
    assert did_run(run(tree, STEP))
    assert not did_run(run(tree, STEP))
    entry = json.loads((tree / "training/data.lock").read_text(encoding="utf-8"))[STEP]
    assert entry["known_from"] == "run"
    assert "tests/eval/dev_look.jsonl" in entry["inputs"]
    assert "$OFFING_SHARED/data/aiddata/records.jsonl.gz" in entry["inputs"]
    assert "training.words.small_words" in entry["code"]
    metrics = json.loads((tree / "training/metrics.json").read_text(encoding="utf-8"))[STEP]
    lines = (tree / "config/models/small_words.txt").read_text(encoding="utf-8").splitlines()
    assert metrics["measured"]["kept"] == len(lines) > 50
    assert metrics["seconds"] > 0


@pytest.mark.slow
def test_a_step_runs_again_when_its_data_or_code_change(tree: Path) -> None:
    """A further record, another line of its module, an output that somebody changed."""
    assert did_run(run(tree, STEP))
    written(tree, "China built a road.", "A bridge stands.")
    assert did_run(run(tree, STEP))
    module, output = tree / "training/words/small_words.py", tree / "config/models/small_words.txt"
    for file in (module, output):
        file.write_text(file.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        assert did_run(run(tree, STEP))
        assert not did_run(run(tree, STEP))


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on(tree: Path) -> None:
    """A step that did not come to its end is not in the lock, and runs the next time."""
    module = tree / "training/words/small_words.py"
    plain = module.read_text(encoding="utf-8")
    waits = 'open("begun", "w").close()\n    __import__("time").sleep(60)\n    small: Counter[str]'
    module.write_text(plain.replace("small: Counter[str]", waits, 1), encoding="utf-8")
    process = subprocess.Popen(**command(tree, STEP), start_new_session=True, stdout=subprocess.DEVNULL)
    while not (tree / "begun").exists():
        assert process.poll() is None
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (tree / "training/data.lock").exists()
    module.write_text(plain, encoding="utf-8")
    assert did_run(run(tree, STEP))


def test_a_step_without_its_data_is_left_out_and_named(tree: Path) -> None:
    """Without the shared data nothing runs that needs them; asked for by name, it is an error."""
    done = run(tree, STEP, shared=False)
    assert done.returncode == 3
    assert f"skipped: {STEP} needs aiddata_records" in done.stdout
    assert not (tree / "training/data.lock").exists()


@pytest.mark.slow
def test_a_step_that_fails_is_not_in_the_lock(tree: Path) -> None:
    """What it had written before counts for nothing."""
    module = tree / "training/words/small_words.py"
    broken = module.read_text(encoding="utf-8").replace("def main", "raise SystemExit(7)\n\n\ndef main")
    module.write_text(broken, encoding="utf-8")
    done = run(tree, STEP)
    assert done.returncode
    assert "exit code 7" in done.stdout
    assert not (tree / "training/data.lock").exists()


def test_what_a_step_lacks_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Sets that are not here, and none that are."""
    monkeypatch.setenv(SHARED, str(tmp_path))
    assert missing_inputs(BY_NAME["recall"])[:1] == ["background_news"]
    assert "articles" not in missing_inputs(BY_NAME["screen"])
    assert missing_inputs(BY_NAME["codes"]) == []
