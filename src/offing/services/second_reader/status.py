"""Status of the second reader: its work today, what waits for it, and on request whether it answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.second_reader import Broken, ReaderRules, Spending, TurnState
from offing.model.sources.article import Article
from offing.net.chat import ChatClient
from offing.second import read_answer
from offing.services.second_reader.asking import Asker, Failed, SecondReader
from offing.services.second_reader.budget import UnstoredTokenBudget, left_of
from offing.store.candidates.second_reader import ask_again, count_turns, due_articles, spent
from offing.store.database.engine import Database

_MANY = 10_000
_SOON = timedelta(days=2)  # longer than any pause
_PARTY, _COUNTRY = "Huawei", "Kenya"
_SENTENCE = f"{_PARTY} has signed a contract to build a small data centre in {_COUNTRY}."


@dataclass(frozen=True, slots=True)
class ReaderStatus:
    """The status of the second reader. `left`: tokens and millionths of money of today's budget, None for no limit."""

    model: str
    endpoint: str
    today: Spending
    left: tuple[int | None, int | None]
    currency: str
    waiting: int
    read: int
    unread: int


@dataclass(frozen=True, slots=True)
class TestAnswer:
    """The result of a test question: duration, cost, and the trouble, "" if there is none."""

    seconds: float
    tokens: int
    trouble: str = ""


def reader_status(database: Database, rules: ReaderRules, cut: float, now: datetime) -> ReaderStatus:
    """Return the status of a site's second reader; asks no endpoint."""
    with database.read() as conn:
        today, turns = spent(conn, now.date().isoformat()), count_turns(conn)
        waiting = len(due_articles(conn, now + _SOON, cut - rules.band, _MANY))
    return ReaderStatus(
        model=rules.model,
        endpoint=rules.endpoint,
        today=today,
        left=left_of(rules, today),
        currency=rules.prices.currency,
        waiting=waiting,
        read=turns.get(TurnState.READ, 0),
        unread=turns.get(TurnState.UNREAD, 0),
    )


def again(database: Database) -> int:
    """Make articles that were given up or put off due in the next run; return how many there are."""
    with database.write() as conn:
        return ask_again(conn)


def try_out(reader: SecondReader) -> TestAnswer:
    """Ask the endpoint about one made-up sentence. It costs some 2,000 tokens, which no budget counts."""
    return asyncio.run(_tried(reader))


async def _tried(reader: SecondReader) -> TestAnswer:
    article, mentions = _made_up()
    budget = UnstoredTokenBudget(reader.rules)
    async with ChatClient(reader.endpoint) as client:
        got = await Asker(reader.rules, client, budget, lambda: datetime.now(UTC)).ask(article)
    took = budget.total
    if isinstance(got, Failed):
        return TestAnswer(took.seconds, took.tokens, got.cause)
    found = read_answer(got.reply, article, mentions)
    if isinstance(found, Broken):
        return TestAnswer(got.seconds, took.tokens, found.cause)
    right = any(each.facts.countries and each.facts.firms for each in found.opinions)
    return TestAnswer(got.seconds, took.tokens, "" if right else "it does not see that a sentence tells of a project")


def _made_up() -> tuple[Article, tuple[Mention, ...]]:
    article = Article(0, f"{_PARTY} in {_COUNTRY}", (_SENTENCE,), "en")
    kinds = ((MentionKind.FIRM, _PARTY, "huawei"), (MentionKind.COUNTRY, _COUNTRY, "KEN"))
    places = ((kind, name, key, article.text.rindex(name)) for kind, name, key in kinds)
    return article, tuple(Mention(kind, at, at + len(name), name, key, name) for kind, name, key, at in places)
