"""The dashboard and the digest of a day."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.monitoring.figures import figures
from offing.services.review.decisions import decide, undo
from offing.store import tables
from offing.store.candidates.index import reindex
from web.conftest import NOW, AddCandidate, Desk

TALLY = {"endings": {"poll": {"done": 3}, "fetch": {"done": 8, "refused": 1}}, "made": {"entries": 9}}


@pytest.fixture
def worked(desk: Desk, add_candidate: AddCandidate) -> Desk:
    """A desk with a run, three candidates and three decisions, one of them taken back."""
    for score in (0.9, 0.8, 0.7):
        add_candidate(score=score, outlet="<b>Ledger</b>")
    with desk.database.write() as conn:
        run = {"pipeline": "hourly", "host": "h", "process": 1, "started_at": NOW, "ended_at": NOW, "exit_code": 0}
        conn.execute(sa.insert(tables.run).values(**run, tally=TALLY))
    decide(desk.database, Verdict(1, Judgement.ACCEPT, "ana"), NOW)
    decide(desk.database, Verdict(2, Judgement.REJECT, "ana", "vague"), NOW + timedelta(seconds=12))
    decide(desk.database, Verdict(3, Judgement.REJECT, "ana", "misread"), NOW + timedelta(seconds=40))
    undo(desk.database, "ana", NOW + timedelta(seconds=50))
    return desk


def test_figures_count_what_stands(worked: Desk) -> None:
    """Decisions that were taken back count nowhere; precision is told by outlet and by reason."""
    found = figures(worked.database, NOW + timedelta(minutes=5), 7)
    today = found.days[-1]
    assert (len(found.days), today.entries, today.candidates, today.decisions) == (7, 9, 3, 2)
    assert found.rejections == (("vague", 1),)
    assert [(each.value, each.accepted, each.rejected, each.share) for each in found.by_source] == [
        ("ledger.example", 1, 1, 0.5)
    ]
    assert {each.value for each in found.by_reason} == {"firm", "signed", "old"}
    assert [(pace.who, pace.decisions, pace.seconds) for pace in found.paces] == [("ana", 2, 12)]
    assert dict(found.waiting)[None] == 1
    assert found.funnel["fetch"]["refused"] == 1  # type: ignore[index]


def test_the_dashboard_shows_charts_with_their_numbers(worked: Desk) -> None:
    """Each chart is named, has its table, and carries neither style nor script."""
    text = worked.as_(UserRole.VIEWER).get("/dashboard").text
    charts = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(charts) == 3
    assert all('role="img"' in chart and 'aria-label="' in chart for chart in charts)
    assert not re.search(r"<style|<script(?! type=\"module\" src)| style=", text)
    assert "Only an idea or a wish; nothing is under way" in text
    assert "<td>50 %</td>" in text


def test_a_reason_of_the_score_stands_as_its_sentence(worked: Desk) -> None:
    """Not as its code, and without the words of one article."""
    with worked.database.write() as conn:
        told = [{"name": "party-in-title", "weight": 1.0, "text": "The title names a Chinese firm or lender: ZTE."}]
        conn.execute(tables.candidate.update().values(reasons=told))
    text = worked.as_(UserRole.VIEWER).get("/dashboard").text
    assert "<bdi>The title names a Chinese firm or lender</bdi>" in text
    assert "party-in-title" not in text


def test_an_empty_site_says_what_to_do(desk: Desk) -> None:
    """Without runs and decisions the next step is named."""
    text = desk.as_(UserRole.VIEWER).get("/dashboard").text
    assert "offing run" in text
    assert "Go to the queue" in text


def test_the_digest_of_a_day(worked: Desk) -> None:
    """What came in and what was decided on a day, escaped; other days are one click away."""
    client = worked.as_(UserRole.VIEWER)
    text = client.get(f"/digest/{NOW.date()}").text
    assert "3 new in the queue" in text
    assert "2 decided" in text
    assert "&lt;b&gt;Ledger" in text
    assert "Nothing new on this day" in client.get("/digest/2026-03-01").text


@pytest.mark.parametrize("day", ["yesterday", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_is_not_found(desk: Desk, day: str) -> None:
    """An address that names no day is told as such."""
    assert desk.as_(UserRole.VIEWER).get(f"/digest/{day}").status_code == 404


def test_outlets_stand_by_their_names(desk: Desk, add_candidate: AddCandidate) -> None:
    """On the dashboard and in the queue's filters, also where a bare address serves several, as in the demo."""
    ids = [add_candidate(outlet=name) for name in ("Accra Ledger", "Dhaka Observer", "Wide Web")]
    with desk.database.write() as conn:
        conn.execute(sa.update(tables.article).where(tables.article.c.outlet != "Wide Web").values(domain="127.0.0.1"))
        reindex(conn, *ids)
    for number in ids:
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
    client = desk.as_(UserRole.VIEWER)
    for path in ("/dashboard", "/queue?view=decided"):
        text = client.get(path).text
        assert all(f"<bdi>{name}</bdi>" in text for name in ("Accra Ledger", "Dhaka Observer", "Wide Web")), path
        assert "127.0.0.1" not in text
        assert "ledger.example" not in re.sub('href="[^"]*"', "", text)
