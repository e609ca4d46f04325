"""Asks the second reader: one article, one question, one answer; a failure is a value that says whose fault it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from offing.model.review.second_reader import Broken, ModelAnswer, ReaderRules, Spending, Usage
from offing.model.sources.article import Article
from offing.model.sources.backoff import retry_after
from offing.model.sources.page import Answer, AnswerKind
from offing.net.chat import ChatClient
from offing.net.endpoint import Endpoint
from offing.second import answer_text, chat_request
from offing.second.answer import estimated
from offing.services.second_reader.budget import TokenBudget, spending_of

REST = timedelta(minutes=15)  # if a server asks for a pause without a duration
_BUSY = (429, 503)
_NOT_UNDERSTOOD = (400, 422)
_NOT_OURS = (401, 403, 404, 405, 407)
_NO_WAY = frozenset(
    {
        *(AnswerKind.CONNECT, AnswerKind.DNS, AnswerKind.TLS, AnswerKind.REDIRECT_REFUSED, AnswerKind.BLOCKED_ADDRESS),
        *(AnswerKind.BLOCKED_PORT, AnswerKind.BLOCKED_SCHEME, AnswerKind.BLOCKED_URL),
    }
)
# Before an answer begins, nothing was computed that could be charged.
_FREE = frozenset({*_NO_WAY, AnswerKind.HTTP_ERROR})


@dataclass(frozen=True, slots=True)
class SecondReader:
    """The second reader of a site: the rules of its questions, and its endpoint."""

    rules: ReaderRules
    endpoint: Endpoint


class Blame(StrEnum):
    """The cause of a missing answer: this article, the endpoint, or the budget."""

    ARTICLE = "article"
    ENDPOINT = "endpoint"
    BUDGET = "budget"


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no answer; `until` is set if the endpoint wants a pause."""

    cause: str
    blame: Blame
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Got:
    """An answer, and how long it took."""

    reply: ModelAnswer
    seconds: float


class Asker:
    """Asks one endpoint about articles, within a budget.

    Args:
        rules: what is asked, and how much that may take.
        client: of the endpoint.
        budget: counts the cost.
        clock: returns the time.
    """

    def __init__(
        self, rules: ReaderRules, client: ChatClient, budget: TokenBudget, clock: Callable[[], datetime]
    ) -> None:
        self._rules, self._client, self._budget, self._clock = rules, client, budget, clock
        self._schema = True  # until the server rejects it

    async def ask(self, article: Article) -> Got | Failed:
        """Return the model's answer about an article.

        Raises:
            MachineTrouble: this machine lacks what it needs to ask.
        """
        with_schema = self._schema
        found, answer = await self._once(article, schema=with_schema)
        if with_schema and answer is not None and answer.status in _NOT_UNDERSTOOD:
            self._schema = False
            found, _ = await self._once(article, schema=False)
        return found

    async def _once(self, article: Article, *, schema: bool) -> tuple[Got | Failed, Answer | None]:
        document = json.dumps(chat_request(article, self._rules, schema=schema)).encode()
        sent = estimated(document.decode())
        most = Usage(sent, self._rules.answer_tokens, estimated=True)
        if not await self._budget.reserve(most):
            return Failed("the day's budget is spent", Blame.BUDGET), None
        answer = await self._client.complete(document)
        reply = answer_text(answer.body, sent) if answer.kind is AnswerKind.OK else None
        await self._budget.correct(most, self._took(answer, reply, most))
        if isinstance(reply, ModelAnswer):
            return Got(reply, answer.seconds), answer
        return (Failed(reply.cause, Blame.ARTICLE) if reply else self._failure(answer)), answer

    def _took(self, answer: Answer, reply: ModelAnswer | Broken | None, most: Usage) -> Spending:
        """Return the cost of a question; of one interrupted in progress it is unknown, so the maximum counts."""
        usage = reply.usage if isinstance(reply, ModelAnswer) else Usage() if answer.kind in _FREE else most
        failed = 0 if isinstance(reply, ModelAnswer) else 1
        return replace(spending_of(usage, self._rules, asked=1), failed=failed, seconds=answer.seconds)

    def _failure(self, answer: Answer) -> Failed:
        if answer.kind in _NO_WAY:
            return Failed(answer.detail, Blame.ENDPOINT)
        if answer.status in _BUSY:
            return Failed(answer.detail, Blame.ENDPOINT, self._rest(answer.headers))
        if answer.kind is AnswerKind.HTTP_ERROR and answer.status in _NOT_OURS:
            return Failed(f"{answer.detail}: look at endpoint, model and key", Blame.ENDPOINT)
        return Failed(answer.detail, Blame.ARTICLE)

    def _rest(self, headers: Mapping[str, str]) -> datetime:
        now = self._clock()
        return retry_after(headers, now) or now + REST
