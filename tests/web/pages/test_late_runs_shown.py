"""What the queue says when a run is late, when the day's goal is reached, and when too many are chosen at once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.model.sources.policy import PipelineSpec
from offing.services.review import bulk
from offing.services.review.decisions import decide
from offing.store import tables
from web.conftest import AddCandidate, Desk

HOURLY = PipelineSpec("hourly", "", ("poll",), "7 * * * *", max_minutes=50)


def test_a_late_run_is_said_above_the_queue(desk: Desk, add_candidate: AddCandidate, feeds: None) -> None:
    """In red, with what it means and what to do; nothing while runs come in time."""
    add_candidate()
    state = desk.server.config.app.state
    state.place = replace(state.place, pipelines=(HOURLY,))
    viewer = desk.as_(UserRole.VIEWER)
    assert 'class="problem late"' not in viewer.get("/queue").text
    with desk.database.write() as conn:
        began = desk.now - timedelta(hours=4, minutes=23)  # 03:07; the next turn was 04:07
        conn.execute(
            sa.update(tables.run).values(started_at=began, ended_at=desk.now - timedelta(hours=4), exit_code=0)
        )
    text = viewer.get("/queue").text
    said = re.search(r'<p class="problem late" role="alert">(.*?)</p>', text)
    assert said
    assert re.sub("<[^>]+>", "", said[1]) == (
        "The hourly run is 3 h late: today’s queue may be incomplete. "
        "Ask ops to check cron or the service; offing run catches up."
    )
    assert text.index("problem late") < text.index('id="queue"')


def test_the_day_s_counter_speaks_sense_beyond_its_goal(desk: Desk, add_candidate: AddCandidate) -> None:
    """Below the goal so many of it, at the goal and above that it is reached."""
    state = desk.server.config.app.state
    state.place = replace(state.place, budget=2)
    client = desk.as_(UserRole.VIEWER)
    for told in ("1 of 2 decided today, 1 left", "2 decided, goal 2 reached", "3 decided, goal 2 reached"):
        decide(desk.database, Verdict(add_candidate(), Judgement.ACCEPT, "cy"), desk.now)
        text = re.sub("<[^>]+>", "", client.get("/queue").text)
        assert told in text
    assert '<progress max="2" value="2"' in client.get("/queue").text


def test_too_many_at_once_are_reported_by_the_limit(desk: Desk) -> None:
    """Not by one more than was looked for: how many there are is not known where counting stops."""
    client = desk.as_(UserRole.ANALYST)
    fields = dict(re.findall(r'name="(csrf)" value="([^"]*)"', client.get("/queue").text))
    sent = {**fields, "judgement": "reject", "id": [str(number) for number in range(1, 502)]}
    answer = client.post("/bulk/preview", data=sent, headers=desk.same)
    assert answer.status_code == 422
    assert f"More than {bulk.LARGEST_BATCH} candidates: narrow the filter" in answer.text
    assert "501" not in answer.text


def test_a_score_has_its_number(desk: Desk, add_candidate: AddCandidate) -> None:
    """Beside its bar: on the line of the queue and on the page of the candidate."""
    number, client = add_candidate(score=0.934), desk.as_(UserRole.VIEWER)
    for path in ("/queue", f"/candidate/{number}"):
        text = re.sub("<[^>]+>", " ", re.sub(r"<meter.*?</meter>", "", client.get(path).text))
        assert re.search(r"\b0\.93\b", text), path
