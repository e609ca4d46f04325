"""Two browsers at one candidate, and the token that every change carries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2

from offing.model.operation.user import UserRole


def sent(desk: Any, client: httpx2.Client) -> dict[str, str]:
    """What a script of an open page sends along."""
    csrf = client.get("/session", headers={"Accept": "application/json"}).json()["csrf"]
    return {**desk.same, "Accept": "application/json", "X-CSRF-Token": csrf}


def test_two_analysts_at_one_candidate(desk: Any, add_candidate: Any) -> None:
    """The second is told who looks and since when, takes it over knowingly, and then the first is told."""
    number = add_candidate()
    ana, bo = desk.as_(UserRole.ANALYST), desk.as_(UserRole.ANALYST)
    path = f"/candidate/{number}/lease"
    first = ana.post(path, headers=sent(desk, ana))
    assert (first.status_code, first.json()["mine"], first.json()["renew_seconds"]) == (200, True, 60)
    second = bo.post(path, headers=sent(desk, bo))
    assert (second.status_code, second.json()["mine"], second.json()["by"]) == (200, False, "analyst-1")
    assert second.json()["sentence"] == "analyst-1 is looking at this since 07:30 UTC."
    taken = bo.post(path, headers=sent(desk, bo), data={"over": "analyst-1"})
    assert (taken.status_code, taken.json()["by"]) == (200, "analyst-2")
    assert ana.post(path, headers=sent(desk, ana)).json()["by"] == "analyst-2"


def test_a_lease_ends_when_the_page_is_left_or_forgotten(desk: Any, add_candidate: Any) -> None:
    """A beacon, which carries the token as a field, gives it back; without one it runs out in three minutes."""
    number = add_candidate()
    ana, bo = desk.as_(UserRole.ANALYST), desk.as_(UserRole.ANALYST)
    path = f"/candidate/{number}/lease"
    headers = sent(desk, ana)
    ana.post(path, headers=headers)
    beacon = ana.post(f"/candidate/{number}/release", headers=desk.same, data={"csrf": headers["X-CSRF-Token"]})
    assert beacon.json() == {"released": True}
    assert bo.post(path, headers=sent(desk, bo)).json()["mine"]
    desk.now += timedelta(minutes=3)
    assert ana.post(path, headers=headers).json()["mine"]


def test_a_lease_on_nothing(desk: Any) -> None:
    """A candidate that is not there is said to be so."""
    ana = desk.as_(UserRole.ANALYST)
    answer = ana.post("/candidate/999/lease", headers=sent(desk, ana))
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no candidate 999."})


def test_a_change_without_the_token_of_its_session_is_refused(desk: Any, add_candidate: Any) -> None:
    """A script needs it in the header, a form in the field; another's is as bad as none, and a file is no field."""
    path = f"/candidate/{add_candidate()}/lease"
    ana, bo = desk.as_(UserRole.ANALYST), desk.as_(UserRole.ANALYST)
    theirs = sent(desk, bo)["X-CSRF-Token"]
    for csrf in (None, "", "x", "é", theirs):
        headers = {} if csrf is None else {"X-CSRF-Token": csrf.encode()}
        assert ana.post(path, headers={**desk.same, **headers}).status_code == 403
        assert ana.post(path, headers=desk.same, data={} if csrf is None else {"csrf": csrf}).status_code == 403
    assert ana.post(path, headers=desk.same, files={"csrf": ("csrf.txt", theirs)}).status_code == 403
    assert bo.post(path, headers=sent(desk, bo)).json()["mine"]
