"""`offing queue export` and `offing queue import`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from factories.candidate import FACTS, stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import MissingExtra, UsageError
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Status
from offing.services.review.decisions import decide, show, undo
from offing.services.rows import sheet_files
from offing.settings import Settings
from offing.store.database.engine import Database

Fill = Callable[[Path, int, dict[str, str]], None]
HOSTILE = '=HYPERLINK("http://evil.test","x")'


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with two candidates."""
    with sqlite_database.write() as conn:
        stored_candidate(conn)
        stored_candidate(conn, facts=to_plain(replace(FACTS, title=HOSTILE, places=("+1", "@x"))))
    log = str(tmp_path / "offing.log")
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=log, user="ana"))


def _run(site: Site, *words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words], obj=site, catch_exceptions=False)


def _fill_csv(file: Path, line: int, cells: dict[str, str]) -> None:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.reader(opened))
    for name, value in cells.items():
        rows[line - 1][rows[0].index(name)] = value
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, delimiter=";").writerows(rows)  # as a spreadsheet of many countries saves it


def _fill_xlsx(file: Path, line: int, cells: dict[str, str]) -> None:
    book = load_workbook(file)
    page = book["queue"]
    names = [cell.value for cell in page[1]]
    for name, value in cells.items():
        page.cell(line, names.index(name) + 1).value = value
    book.save(file)


FILLS = [pytest.param("q.csv", _fill_csv, id="csv"), pytest.param("q.xlsx", _fill_xlsx, id="xlsx")]


@pytest.mark.parametrize(("name", "fill"), FILLS)
def test_a_sheet_comes_back_filled(
    site: Site, sqlite_database: Database, tmp_path: Path, name: str, fill: Fill
) -> None:
    """A filled sheet is previewed, then applied, and applied a second time changes nothing."""
    file = tmp_path / name
    assert "2 candidates" in _run(site, "queue", "export", file).output
    fill(file, 2, {"decision": "accept", "status": "completed"})
    preview = _run(site, "queue", "import", file)
    assert preview.exit_code == 0
    assert f"{file}:2: candidate 1: to do: accept, with status" in preview.output
    assert "add --yes" in preview.output
    assert show(sqlite_database, 1).candidate.state is CandidateState.OPEN
    applied = _run(site, "queue", "import", file, "--yes", "--as", "bo")
    assert (applied.exit_code, "1 done" in applied.output) == (0, True)
    first = show(sqlite_database, 1)
    assert first.candidate.state is CandidateState.ACCEPTED
    assert first.facts.status is Status.COMPLETED
    assert first.decisions[0].by == "bo"
    again = _run(site, "queue", "import", file, "--yes")
    assert "was applied before" in again.output
    assert len(show(sqlite_database, 1).decisions) == 1
    assert show(sqlite_database, 2).decisions == ()
    undo(sqlite_database, "eve", first.candidate.created_at, candidate_id=1)
    late = _run(site, "queue", "import", file, "--yes")
    assert (late.exit_code, "outdated: was already applied, and undone by eve" in late.output) == (1, True)


def test_names_in_a_sheet_mean_what_they_mean_elsewhere(site: Site, sqlite_database: Database, tmp_path: Path) -> None:
    """A firm's alias is that firm; one that several have refuses its row, and says between whom to choose."""
    file = tmp_path / "q.csv"
    _run(site, "queue", "export", file)
    _fill_csv(file, 2, {"decision": "accept", "firms": "CCCC"})
    _fill_csv_again(file, 3, {"decision": "accept", "firms": "CHEC"})
    said = _run(site, "queue", "import", file, "--yes").output
    assert "refused: firms: 'CHEC' may be China Harbour Engineering Company (chec) or China Huadian" in said
    assert [firm.id for firm in show(sqlite_database, 1).facts.firms] == ["cccc"]
    assert show(sqlite_database, 2).decisions == ()


@pytest.mark.parametrize(("name", "fill"), FILLS)
def test_no_formula_comes_out_of_a_cell(site: Site, tmp_path: Path, name: str, fill: Fill) -> None:
    """Words that look like a formula are words, in both kinds of file, and are no corrections when they come back."""
    file = tmp_path / name
    _run(site, "queue", "export", file)
    if name.endswith("xlsx"):
        cells = [cell for row in load_workbook(file)["queue"].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert HOSTILE in {cell.value for cell in cells}
    else:
        text = file.read_text(encoding="utf-8-sig")
        assert "'=HYPERLINK" in text
        assert "'+1" in text
    fill(file, 3, {"decision": "reject", "reason": "vague"})
    assert "candidate 2: to do: reject (vague)\n" in _run(site, "queue", "import", file).output


def test_what_was_decided_meanwhile_is_reported_by_line_and_left(
    site: Site, sqlite_database: Database, tmp_path: Path
) -> None:
    """An outdated row is not applied, the others are; the exit code says that something was left."""
    file = tmp_path / "q.csv"
    _run(site, "queue", "export", file)
    _fill_csv(file, 2, {"decision": "reject"})
    _fill_csv_again(file, 3, {"decision": "accept"})
    decide(sqlite_database, Verdict(1, Judgement.ACCEPT, "eve"), show(sqlite_database, 1).candidate.created_at)
    result = _run(site, "queue", "import", file, "--yes")
    assert result.exit_code == 1
    assert (
        f"{file}:2: candidate 1: outdated: candidate 1 has changed since it was exported (accept by eve"
        in result.output
    )
    assert f"{file}:3: candidate 2: done: accept" in result.output
    assert len(show(sqlite_database, 1).decisions) == 1


def _fill_csv_again(file: Path, line: int, cells: dict[str, str]) -> None:
    """Fill one more row of a sheet that was saved with semicolons."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened, delimiter=";"))
    for name, value in cells.items():
        rows[line - 1][rows[0].index(name)] = value
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)


def test_rows_that_do_not_fit_are_reported_by_line(site: Site, tmp_path: Path) -> None:
    """A bad cell, a verdict that cannot stand and a row that stands twice are refused, each with its reason."""
    file = tmp_path / "q.csv"
    _run(site, "queue", "export", file)
    _fill_csv(file, 2, {"decision": "duplicate", "of": "99"})
    _fill_csv_again(file, 3, {"decision": "accept", "sector": "sorcery"})
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    with file.open("a", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerow(rows[-1])
    result = _run(site, "queue", "import", file, "--json")
    outcomes = json.loads(result.output)
    assert [(each["line"], each["state"]) for each in outcomes] == [(2, "refused"), (3, "refused"), (4, "refused")]
    assert "no candidate 99" in outcomes[0]["message"]
    assert "sorcery" in outcomes[1]["message"]
    assert "stands in line 3 already" in outcomes[2]["message"]
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("q.ods", b"x", "a sheet is a .xlsx or a .csv file"),
        ("q.csv", b"\xff\xfe\x00", "is not CSV in UTF-8"),
        ("q.csv", b"id,name\n1,x\n", "has no column decision"),
        ("q.xlsx", b"PK no", "is no .xlsx file that can be read"),
        ("none.csv", None, "No such file"),
    ],
)
def test_a_file_that_is_no_sheet_is_reported(
    site: Site, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    """The file and what is wrong with it are named."""
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        _run(site, "queue", "import", file)


def test_without_the_extra_a_sheet_is_csv(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that ends in .xlsx is neither written nor read, and the error says what installs it."""
    monkeypatch.setattr(sheet_files, "find_spec", lambda _: None)
    for command in ("export", "import"):
        with pytest.raises(MissingExtra, match=r"q\.xlsx: only \.csv sheets .*: pip install 'offing\[xlsx\]'"):
            _run(site, "queue", command, tmp_path / "q.xlsx")
    assert _run(site, "queue", "export", tmp_path / "q.csv").exit_code == 0
