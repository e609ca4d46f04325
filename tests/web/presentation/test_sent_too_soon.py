"""Every form that changes something: sent by a click that met its page unseen, it does nothing and says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.pairs.pairing import Ref
from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.comment import Comment
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.mute import Mute
from offing.model.review.queue import QueueFilter
from offing.services.accounts.users import add_user
from offing.services.records.amending import Statement
from offing.services.records.projects import look, merge
from offing.services.records.promote import promote_accepted
from offing.services.review.assigning import add_rule
from offing.services.review.decisions import decide
from offing.services.review.muting import MuteChange, lay_mute
from offing.services.review.queue import save
from offing.services.review.talk import write
from offing.store import tables
from offing.store.articles.article import save_mentions
from offing.store.database.engine import Database
from offing.web.presentation.templating import FOLDER
from web.conftest import NOW
from web.test_access import ROUTES
from web.test_sent_twice import hidden_in
from web.test_too_soon import ENOUGH, LEAST, TOO_SOON, Held

WHO, FIRST = "curator-1", "off-2026-000001"
EXEMPT = {
    "/login": "the name and the password have to be written first",
    "/login/link": "the key counts once, and a second click finds the session that it began",
    "/logout": "it takes nothing that a log-in does not give back, and the page after it has no such form",
    "/candidate/{candidate_id}/lease": "it is renewed by itself, ends by itself and decides nothing",
    "/candidate/{candidate_id}/release": "a page sends it when it is left; the next one that is opened takes it anew",
    "/account/password": "the old and the new password have to be written first",
    "/account/zone": "it stores the zone that its page shows as chosen",
    "/mentions/opened": "a script sends it once a page is shown; it tells what was shown, and does nothing else",
    "/mentions/{comment_id}/open": "it leads on to the comment, which is then seen",
    "/goal": "it stores the number that its page shows, and decides nothing",
    "/candidate/{candidate_id}/translate": "it adds what is for reading alone, once for each text, and decides nothing",
    "/findings/check": "it checks what would be published, and changes no record",
    "/findings/sign-off": "the reason has to be written first, and the finding stays as it is",
    "/bulk/preview": "it shows what would be done, and changes nothing",
}
"""The forms whose pages may be as young as they like, each with its reason."""


@dataclass(frozen=True)
class Scene:
    """Where a form stands, where it goes, what a person adds to it, and what has to be there before."""

    page: str
    action: str
    written: dict[str, str] = field(default_factory=dict)
    before: Callable[[Any], None] = lambda _: None
    form: str = ""
    """The form that has the button, where it goes elsewhere by itself."""


def _decided(desk: Any) -> None:
    decide(desk.database, Verdict(1, Judgement.ACCEPT, WHO), desk.now)


def _promoted(desk: Any) -> None:
    _decided(desk)
    promote_accepted(desk.database, desk.now)


def _said(desk: Any) -> None:
    write(desk.database, Comment(0, Ref.candidate(1), WHO, desk.now, "Which sum?"))


def _muted(desk: Any) -> None:
    lay_mute(desk.database, Mute(MentionKind.FIRM, "huawei"), MuteChange("ana", desk.now, desk.place.scoring))


def _ruled(desk: Any) -> None:
    add_rule(desk.database, QueueFilter(country=("KEN",)), WHO, WHO, desk.now)


def _kept(desk: Any) -> None:
    for name in ("one", "two"):
        save(desk.database, WHO, name, QueueFilter(), desk.now)


def _contested(desk: Any) -> None:
    """A record that was signed a year after it was completed."""
    for number, edits in enumerate(({"status": "completed"}, {}), 1):
        told = datetime(2020 + number, 5, 1, tzinfo=UTC)
        with desk.database.write() as conn:
            conn.execute(tables.article.update().where(tables.article.c.id == number).values(published=told))
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "ana", edits=edits), NOW)
    first, second = (each.project_id for each in promote_accepted(desk.database, NOW))
    add_user(desk.database, "cy", UserRole.CURATOR, None, Stamp(NOW, "ops"))
    merge(desk.database, second, first, Statement("cy", NOW))
    assert look(desk.database, first).contradictions


SCENES = {
    "/candidate/{candidate_id}/decide": Scene("/candidate/1", "/candidate/1/decide", {"judgement": "accept"}),
    "/undo": Scene("/queue", "/undo", before=_decided),
    "/decisions/undo": Scene("/decisions", "/decisions/undo", before=_decided),
    "/bulk": Scene("/bulk/preview", "/bulk"),
    "/queue/saved": Scene("/queue", "/queue/saved", {"forget": "one"}, _kept),
    "/mute": Scene("/mute?candidate=1&kind=firm&key=huawei", "/mute"),
    "/mutes/{number}/undo": Scene("/mutes", "/mutes/1/undo", before=_muted),
    "/projects/{project_id}/choose": Scene(f"/projects/{FIRST}", f"/projects/{FIRST}/choose", before=_contested),
    "/projects/{project_id}/changes": Scene(
        f"/projects/{FIRST}/change?what=withdraw&reason=no", f"/projects/{FIRST}/changes", before=_contested
    ),
    "/candidate/{candidate_id}/talk": Scene("/candidate/1", "/candidate/1/talk", {"text": "Which of the two sums?"}),
    "/projects/{project_id}/talk": Scene(f"/projects/{FIRST}", f"/projects/{FIRST}/talk", {"text": "So?"}, _promoted),
    "/talk/{comment_id}": Scene("/candidate/1", "/talk/1", {"text": "Which of the two?"}, _said),
    "/assign": Scene("/candidate/1", "/assign", {"to": f"to:{WHO}", "one": "1"}, form="/candidate/1/decide"),
    "/assignments/rules": Scene("/assignments", "/assignments/rules", {"country": "Kenya", "person": WHO}),
    "/assignments/rules/{rule_id}/end": Scene("/assignments", "/assignments/rules/1/end", before=_ruled),
    "/add/addresses": Scene("/add", "/add/addresses", {"urls": "https://a.example/1"}),
    "/add/text": Scene("/add", "/add/text", {"title": "Kenya signs", "text": "Huawei signed."}),
}


def test_each_route_that_changes_something_waits_or_says_why_not() -> None:
    """A new route has a scene here, or a reason."""
    changing = {path for method, path in ROUTES if method != "GET"}
    assert changing == SCENES.keys() | EXEMPT.keys()
    assert SCENES.keys().isdisjoint(EXEMPT)


@pytest.fixture
def ticks(desk: Any) -> Held:
    """By which the web app tells the age of a page."""
    desk.ticks = Held()
    return desk.ticks  # type: ignore[no-any-return]


@pytest.fixture
def cleo(desk: Any, add_candidate: Any) -> httpx2.Client:
    """Somebody who may do all of it, with a browser that knows no scripts, and three candidates of Huawei."""
    for _ in range(3):
        number = add_candidate()
        with desk.database.write() as conn:
            save_mentions(conn, number, (Mention(MentionKind.FIRM, 85, 91, "Huawei", "huawei", "Huawei"),))
    desk.place = desk.server.config.app.state.place
    client: httpx2.Client = desk.as_(UserRole.CURATOR)
    client.headers.update(desk.same)
    return client


def stored(database: Database) -> dict[str, list[Any]]:
    """All that the database holds."""
    with database.read() as conn:
        return {each.name: list(conn.execute(each.select()).all()) for each in tables.metadata.sorted_tables}


@pytest.mark.parametrize("route", SCENES)
def test_a_form_that_is_sent_too_soon_changes_nothing(desk: Any, cleo: httpx2.Client, ticks: Held, route: str) -> None:
    """It is refused and the database stands as it was; a page that was there long enough is taken."""
    scene = SCENES[route]
    scene.before(desk)
    shown = _opened(cleo, scene).text
    ticks.now += LEAST
    before = stored(desk.database)
    form = scene.form or scene.action
    refused = cleo.post(scene.action, data={**hidden_in(shown, form), **scene.written})
    assert (refused.status_code in {409, 422}, refused.text.count(TOO_SOON)) == (True, 1)
    assert stored(desk.database) == before
    shown = refused.text if f'action="{form}"' in refused.text else _opened(cleo, scene).text
    again = {**hidden_in(shown, form), **scene.written}
    assert TOO_SOON in cleo.post(scene.action, data=again).text
    ticks.now += ENOUGH
    taken = cleo.post(scene.action, data=again)
    assert (taken.status_code in {200, 303}, TOO_SOON in taken.text) == (True, False)
    assert stored(desk.database) != before


def _opened(client: httpx2.Client, scene: Scene) -> httpx2.Response:
    if scene.page != "/bulk/preview":
        return client.get(scene.page)
    sent = hidden_in(client.get("/queue").text, scene.page)
    return client.post(scene.page, data={**sent, "judgement": "accept", "id": ["1", "2"]})


WRITTEN = {
    "/add/addresses": ("/add", {"urls": "https://a.example/1"}),
    "/add/text": ("/add", {"title": "Kenya", "text": "Huawei.", "outlet": "Ledger", "day": "2026-03-02"}),
    "/queue/saved": ("/queue", {"name": "Kenya alone"}),
}


@pytest.mark.parametrize("action", WRITTEN)
def test_what_was_written_stands_in_the_form_that_comes_back(cleo: httpx2.Client, ticks: Held, action: str) -> None:
    """Whoever pressed too soon writes none of it again."""
    page, written = WRITTEN[action]
    ticks.now += LEAST
    back = cleo.post(action, data={**hidden_in(cleo.get(page).text, action), **written}).text
    assert TOO_SOON in back
    assert [value for value in written.values() if not re.search(rf'[">]{re.escape(value)}["<]', back)] == []


def test_every_form_has_what_its_route_asks_for() -> None:
    """A form that is not exempt is an action for scripts, and says when its page was made."""
    paths = {re.sub(r"\{[^}]*\}", "*", path) for path in EXEMPT}
    found = 0
    for template in sorted((FOLDER / "templates").glob("*.html")):
        for form in re.findall(r'<form [^>]*method="post".*?</form>', template.read_text("utf-8"), re.DOTALL):
            action = re.search(r'action="([^"]*)"', form)
            assert action
            if re.sub(r"\{\{[^}]*\}\}", "*", action[1]) not in paths:
                found += 1
                assert "data-action" in form, (template.name, action[1])
                assert re.search(r'once\(\)|name="token"', form), (template.name, action[1])
    assert found > len(SCENES)
