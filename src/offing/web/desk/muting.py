"""The negative memory: "not this firm here" from a candidate, and the list of all that is muted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from offing.errors import TooSoon, UnknownItem, UsageError
from offing.model.operation.user import LogIn, Permission
from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.mute import Mute
from offing.model.sources.article import Article
from offing.model.values.numbers import HIGHEST_ID
from offing.propose.reading.mutes import key_of
from offing.services.review.muting import MuteChange, MuteEffect, foresee_mute, lay_mute, lift_mute
from offing.store.articles.article import get_articles, get_mentions
from offing.store.candidates.candidate import get_candidate
from offing.store.candidates.mute import mutes
from offing.web.access import needs, place_of
from offing.web.presentation.form_tokens import check_age
from offing.web.presentation.templating import page

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])
Analyst = Annotated[LogIn, Depends(needs(Permission.DECIDE))]
MuteNumber = Annotated[int, Path(ge=1, le=HIGHEST_ID)]


class MuteForm(BaseModel):
    """A mute as entered in the form."""

    candidate: int = Field(ge=1, le=HIGHEST_ID)
    kind: MentionKind
    key: str = Field(max_length=500)
    alias: str = Field("", max_length=500)
    context: str = Field("", max_length=200)
    source: str = Field("", max_length=300)
    reason: str = Field("", max_length=500)
    token: str = ""

    def rule(self) -> Mute:
        """The rule entered."""
        return Mute(self.kind, self.key, self.alias, self.context, self.source)


@router.get("/mute", dependencies=[Depends(needs(Permission.DECIDE))])
def choose_scope(
    request: Request,
    candidate: Annotated[int, Query(ge=1, le=HIGHEST_ID)],
    kind: MentionKind,
    key: Annotated[str, Query(max_length=500)],
) -> Response:
    """Where a name is not to count, each choice with what it would change in the queue."""
    return _scopes(request, candidate, kind, key)


def _scopes(request: Request, candidate: int, kind: MentionKind, key: str, problem: str = "") -> Response:
    article, mention = _named(request, candidate, kind, key)
    narrow = Mute(kind, key, mention.text, source=article.domain)
    rules = {"1": narrow, "2": Mute(kind, key, mention.text), "3": Mute(kind, key)}
    place = place_of(request)
    choices = [(digit, rule, foresee_mute(place.database, rule, place.scoring)) for digit, rule in rules.items()]
    values: dict[str, Any] = {"candidate_id": candidate, "name": mention.name or mention.text, "choices": choices}
    return page(request, "mute.html", {**values, "problem": problem}, 422 if problem else 200)


@router.post("/mute")
def mute(request: Request, visitor: Analyst, wanted: Annotated[MuteForm, Form()]) -> Response:
    """Lay a mute down, and back to the candidate."""
    place = place_of(request)
    try:
        check_age(request, wanted.token)
        lay_mute(
            place.database, wanted.rule(), MuteChange(visitor.user.name, place.clock(), place.scoring, wanted.reason)
        )
    except TooSoon as error:
        return _scopes(request, wanted.candidate, wanted.kind, wanted.key, str(error))
    except UsageError as error:
        raise HTTPException(422, f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
    return RedirectResponse(f"/candidate/{wanted.candidate}", 303)


@router.get("/mutes")
def listed(request: Request) -> Response:
    """All that is muted, with who said so, and what was taken back."""
    return _list(request)


@router.post("/mutes/{number}/undo")
def take_back(request: Request, visitor: Analyst, number: MuteNumber, token: Annotated[str, Form()] = "") -> Response:
    """Let a muted name count again."""
    place = place_of(request)
    try:
        check_age(request, token)
        effect = lift_mute(place.database, number, MuteChange(visitor.user.name, place.clock(), place.scoring))
    except (UsageError, UnknownItem) as error:
        return _list(request, problem=f"{str(error)[:1].upper()}{str(error)[1:]}.", status=409)
    return _list(request, effect)


def _list(request: Request, effect: MuteEffect | None = None, *, problem: str = "", status: int = 200) -> Response:
    with place_of(request).database.read() as conn:
        found = mutes(conn, undone=True)
    return page(request, "mutes.html", {"mutes": found, "effect": effect, "problem": problem}, status)


def _named(request: Request, candidate_id: int, kind: MentionKind, key: str) -> tuple[Article, Mention]:
    """The article and the first mention through which a candidate has a name."""
    with place_of(request).database.read() as conn:
        found = get_candidate(conn, candidate_id)
        if found is None:
            raise HTTPException(404, f"There is no candidate {candidate_id}.")
        articles = get_articles(conn, (each.article_id for each in found.articles))
        for number, article in articles.items():
            for mention in get_mentions(conn, number):
                if mention.kind is kind and key_of(mention) == key:
                    return article, mention
    raise HTTPException(404, "No article of this candidate names it.")
