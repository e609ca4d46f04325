"""The candidates of a filter as CSV, XLSX and JSON."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice
from typing import Any

import pytest
from openpyxl import load_workbook

from offing.model.operation.activity import ActivityKind
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.queue import QueueFilter, QueueView
from offing.review.download_rows import COLUMNS
from offing.services.review.decisions import decide
from offing.services.review.queue import QueueReader
from offing.services.rows import sheet_files
from offing.services.views import downloads
from offing.services.views.downloads import DownloadFormat, download
from offing.store.accounts.activity import ActivityFilter, list_activity
from web.conftest import NOW, AddCandidate, Desk

FORMULA = '=HYPERLINK("https://evil.example";"click")'
WAITING = "view=waiting&language=en"


@pytest.fixture
def three(desk: Desk, add_candidate: AddCandidate) -> list[int]:
    """Two that wait in English, the better one with a formula as its headline, and one in French."""
    found = [add_candidate(title="Kenya, “déjà” 肯尼亚", score=0.8), add_candidate(title=FORMULA, score=0.9)]
    add_candidate(language="fr")
    decide(desk.database, Verdict(found[0], Judgement.ACCEPT, "ana", "all is there"), NOW)
    return found


def of_csv(body: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file, which says that it is UTF-8."""
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def of_xlsx(body: bytes) -> list[dict[str, str]]:
    """The rows of an XLSX file, in which each cell is a text."""
    (page,) = load_workbook(io.BytesIO(body)).worksheets
    names, *rows = list(page.iter_rows())
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    return [{name.value: cell.value or "" for name, cell in zip(names, row, strict=True)} for row in rows]


@pytest.mark.parametrize(("kind", "rows_of"), [("csv", of_csv), ("xlsx", of_xlsx)])
def test_a_table_has_what_the_filter_finds_and_no_formula(
    desk: Desk, three: list[int], kind: str, rows_of: Any
) -> None:
    """In its order, with decisions; the file is named by its day."""
    answer = desk.as_(UserRole.ANALYST).get(f"/queue/download.{kind}?view=all&language=en")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert f'filename="candidates-{NOW:%Y-%m-%d}.{kind}"' in answer.headers["content-disposition"]
    rows = rows_of(answer.content)
    assert list(rows[0]) == list(COLUMNS)
    assert [int(row["id"]) for row in rows] == [three[1], three[0]]
    better, decided = rows
    assert better["headline"] == ("'" if kind == "csv" else "") + FORMULA
    assert (better["state"], better["decided by"], better["score"]) == ("open", "", "0.90")
    assert (decided["state"], decided["decided by"], decided["reason"]) == ("accepted", "ana", "all is there")
    assert decided["headline"] == "Kenya, “déjà” 肯尼亚"
    assert "Huawei" in decided["record"]


def test_json_has_what_the_interface_of_programs_has(desk: Desk, three: list[int]) -> None:
    """The same items; nothing found is an empty array."""
    client = desk.as_(UserRole.ANALYST)
    found = client.get("/queue/download.json?view=all&language=en").json()
    shown = client.get("/api/v1/queue?view=all&language=en").json()["items"]
    for each in found:
        each["created_at"] = each["created_at"].replace("+00:00", "Z")
    assert found == shown
    assert [each["id"] for each in found] == [three[1], three[0]]
    assert client.get("/queue/download.json?view=all&country=PER").json() == []


def test_who_may_not_take_data_out_is_offered_none(desk: Desk, three: list[int]) -> None:
    """And gets none; a download stands in the activity log, with its filter."""
    viewer, analyst = desk.as_(UserRole.VIEWER), desk.as_(UserRole.ANALYST)
    assert "/queue/download." not in viewer.get("/queue").text
    assert viewer.get("/queue/download.csv").status_code == 403
    assert f"/queue/download.xlsx?{WAITING}".replace("&", "&amp;") in analyst.get(f"/queue?{WAITING}").text
    analyst.get(f"/queue/download.csv?{WAITING}")
    with desk.database.read() as conn:
        (noted,) = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.EXPORT})))
    assert noted.about == f"queue as csv: {WAITING}"
    assert analyst.get("/queue/download.exe").status_code == 422


def test_candidates_are_read_while_they_are_sent(
    desk: Desk, add_candidate: AddCandidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is decided meanwhile stands in the rows that are still to come: no more than a few are read ahead."""
    monkeypatch.setattr(downloads, "_AT_ONCE", 2)
    last = [add_candidate(score=0.9 - number / 10) for number in range(5)][-1]
    chunks = download(desk.database, QueueFilter(QueueView.ALL), QueueReader("ana", NOW), DownloadFormat.CSV)
    begun = b"".join(islice(chunks, 2))
    decide(desk.database, Verdict(last, Judgement.DEFER, "ben"), NOW)
    rows = of_csv(begun + b"".join(chunks))
    assert [row["decided by"] for row in rows] == ["", "", "", "", "ben"]
    whole = download(desk.database, QueueFilter(QueueView.ALL), QueueReader("ana", NOW), DownloadFormat.JSON)
    assert len(json.loads(b"".join(whole))) == 5


def test_without_the_extra_there_is_no_xlsx(desk: Desk, three: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not offered, and who asks for it is told what is and what would install it."""
    monkeypatch.setattr(sheet_files, "find_spec", lambda _: None)
    client = desk.as_(UserRole.ANALYST)
    assert "/queue/download.csv" in (text := client.get("/queue").text)
    assert "/queue/download.xlsx" not in text
    refused = client.get("/queue/download.xlsx")
    assert (refused.status_code, "offing[xlsx]" in refused.text) == (404, True)
    assert client.get("/queue/download.csv").status_code == 200
