"""The steps of the training: what they may learn from, what they write, and that the check says what is older."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training import check
from training.data.sets import Use, data_sets
from training.digests import of_code, of_output
from training.lock import Changes, Comparison, State, entries, state_of
from training.reader.sources import FITTED, REPORTED, STOPPING
from training.steps import BY_NAME, STEPS

ROOT = Path(__file__).parents[2]
BY_HAND = {"config/models/README.md", "config/models/simplified.txt"}  # the latter from OpenCC: NOTICE
OF_THE_RUN = "the run's own lock"  # of its data: the encoder's training keeps one in its folder


def test_nothing_is_learned_from_what_only_measures() -> None:
    """A step takes sets that may be learned from; the sets that are held back are in no step."""
    taken = {name for step in STEPS for name in step.sets}
    assert [name for name in taken if Use.LEARN not in data_sets()[name].use] == []
    assert data_sets()["held_back"].use == frozenset()
    assert not any("held_back" in file.read_text(encoding="utf-8") for file in (ROOT / "training").rglob("*.py"))


def test_every_file_to_learn_from_is_of_one_set() -> None:
    """No article of the folder of data is left out, and each set has files."""
    own = [data_sets()[name].paths() for name in ("articles", "passages", "groups")]
    files = {file.relative_to(ROOT).as_posix() for file in (ROOT / "training/data").rglob("*.jsonl")}
    assert files == {name for paths in own for name in paths}
    assert [name for name, data in data_sets().items() if not data.is_shared and not data.paths()] == []
    assert all(data.sha256 for data in data_sets().values() if data.is_shared)


def test_briefs_that_stop_or_are_reported_are_those_of_the_reader() -> None:
    """The table of sets says what the code does."""
    sets = [data_sets()[name] for name in ("articles", "passages")]
    assert frozenset().union(*(each.stop for each in sets)) == STOPPING
    assert frozenset().union(*(each.report for each in sets)) == REPORTED
    assert frozenset().union(*(each.fit for each in sets)) == FITTED


def test_every_model_that_ships_comes_from_a_step() -> None:
    """Each file of config/models is the output of one step, or from a source that NOTICE names; outputs are there."""
    outputs = [output for step in STEPS for output in step.outputs]
    assert len(outputs) == len(set(outputs))
    models = {file.relative_to(ROOT).as_posix() for file in (ROOT / "config/models").iterdir()}
    assert models - BY_HAND == {output for output in outputs if output.startswith("config/models/")}
    assert [output for output in outputs if not output.startswith("reader-run/") and of_output(output) is None] == []


def test_commands_name_modules_and_sets_that_there_are() -> None:
    """Each module is one of the package, and each place in its arguments a set of the step."""
    for step in STEPS:
        assert step.module in of_code(step)
        places = set(re.findall(r"{(\w+)}", " ".join(step.arguments))) - {"OFFING_SHARED"}
        assert places <= set(step.sets), step.name
        assert set(step.reads) <= BY_NAME.keys()


def test_what_was_trained_before_the_lock_is_never_current() -> None:
    """An entry from history says which commit, and what it does not know is no match; a run's lock knows no code."""
    old = {name: entry for name, entry in entries().items() if entry.known_from != "run"}
    for name, entry in old.items():
        if entry.known_from != OF_THE_RUN:
            assert re.match(r"the tree of commit [0-9a-f]{10}, 202\d-", entry.known_from)
            assert "unknown" in entry.inputs.values()
        assert not Comparison(BY_NAME[name], entry, state_of(BY_NAME[name])).is_current


def test_the_check_says_which_files_are_new_and_which_other() -> None:
    """New, other, gone and unknown files are told apart, with their names."""
    now = state_of(BY_NAME["fusion"])
    then = dict(now.inputs) | {
        "training/data/articles/g.jsonl": "1",
        "training/data/articles/t1.jsonl": "2",
        "rules": "unknown",
    }
    del then["training/data/articles/z1.jsonl"]
    found = Comparison(BY_NAME["fusion"], State("run", then, now.settings, now.outputs, now.code), now)
    assert not found.is_current
    told = "\n".join(check.report_lines(found))
    assert told.startswith("fusion: older than its data; known from: run")
    assert "data: 1 added (z1); 1 changed (t1); 1 removed (g); 1 not recorded (rules)" in told
    same = Comparison(BY_NAME["fusion"], now, now)
    assert same.is_current
    assert list(check.report_lines(same)) == ["fusion: up to date"]


def test_files_that_are_not_here_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the shared data the check says so, and takes nothing for older because of them."""
    monkeypatch.delenv("OFFING_SHARED", raising=False)
    now = state_of(BY_NAME["small_words"])
    inputs = {**now.inputs, "$OFFING_SHARED/data/aiddata/records.jsonl.gz": "1"}
    found = Comparison(BY_NAME["small_words"], State("run", inputs, now.settings, now.outputs, now.code), now)
    assert not found.is_current
    assert list(check.report_lines(found)) == [
        "small_words: up to date",
        "    not compared because OFFING_SHARED is not set: aiddata_records",
    ]


def test_another_file_than_was_meant_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Shared data are known by their hashes."""
    monkeypatch.setenv("OFFING_SHARED", str(tmp_path))
    assert check.mismatched_files() == []
    file = tmp_path / "data/aiddata/records.jsonl.gz"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"other")
    assert check.mismatched_files() == ["$OFFING_SHARED/data/aiddata/records.jsonl.gz"]


def test_a_step_stands_behind_those_that_it_reads() -> None:
    """The order of the table is one in which all can run."""
    places = {step.name: place for place, step in enumerate(STEPS)}
    assert [step.name for step in STEPS if any(places[name] >= places[step.name] for name in step.reads)] == []


@pytest.mark.parametrize("kind", ["settings", "code", "outputs"])
def test_a_step_is_old_when_anything_but_its_data_changes(kind: str) -> None:
    """Another seed, another module, or a weight that was changed by hand."""
    now = state_of(BY_NAME["codes"])
    name = next(iter(getattr(now, kind)))
    parts = {each: getattr(now, each) for each in ("inputs", "settings", "outputs", "code")}
    then = State("run", **(parts | {kind: dict(parts[kind]) | {name: "other"}}))
    assert not Comparison(BY_NAME["codes"], then, now).is_current
    assert Changes.between(getattr(then, kind), getattr(now, kind)).changed == (name,)


def test_the_check_names_every_step_and_fails_on_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """`make train-check` as it is: a report."""
    check.main()
    told = capsys.readouterr().out
    assert [step.name for step in STEPS if not re.search(rf"^{step.name}: ", told, re.MULTILINE)] == []
    assert re.search(r"^\d+ of \d+ steps would run: ", told, re.MULTILINE)
