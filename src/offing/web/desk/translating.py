"""The button that asks for the translation of an article. No thread of the server waits for the service."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from offing.model.operation.user import Permission
from offing.services.translation.translating import Job, TranslationResult
from offing.services.views.candidate_view import CandidateView
from offing.web.access import needs, place_of
from offing.web.desk.candidates import Attempt, seen_of, show
from offing.web.desk.forms import Form, text_of
from offing.web.desk.queue_navigation import CandidateId, QueuePath, way_of
from offing.web.desk.translations import Untranslated, texts_of

router = APIRouter(dependencies=[Depends(needs(Permission.DECIDE))])


@router.post("/candidate/{candidate_id}/translate")
async def translate(request: Request, candidate_id: CandidateId, form: Form) -> Response:
    """Translate an article of a candidate, with its quotes, and lead back to it; else say why it is not translated."""
    translator = place_of(request).translator
    if translator is None:
        raise HTTPException(404, "No translation is set up here.")
    way, seen = way_of(text_of(form, "in")), await asyncio.to_thread(seen_of, request, candidate_id)
    number = _article_of(seen, text_of(form, "article"))
    source = seen.articles[number].language
    job = Job(place_of(request).database, number, texts_of(seen, number), source, place_of(request).clock)
    done = await translator.translate(job)
    if done.cause:
        return await asyncio.to_thread(_failed, request, candidate_id, way, number, done)
    return RedirectResponse(f"{way.candidate(candidate_id)}#article-{number}", 303)


def _article_of(seen: CandidateView, typed: str) -> int:
    """The article that a form names, if it is one of the candidate's.

    Raises:
        HTTPException: 404, it is none.
    """
    number = next((each for each in seen.articles if str(each) == typed), None)
    if number is None:
        raise HTTPException(404, "There is no such article here.")
    return number


def _failed(request: Request, candidate_id: int, way: QueuePath, number: int, done: TranslationResult) -> Response:
    problem = Untranslated(number, done.texts, done.done, done.cause)
    return show(request, seen_of(request, candidate_id), way, Attempt(status=503, untranslated=problem))
