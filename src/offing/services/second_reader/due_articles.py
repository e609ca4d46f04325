"""The second reader's turn in a run: it reads what is due, best candidates first, as long as there is time.

It comes after the steps, so that it delays nothing: a candidate is in the queue before the model is asked about it. No
question is asked within a transaction. What cannot be read stays due, or is marked once its tries are used up.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import sqlalchemy as sa

from offing import __version__
from offing.errors import RunStopped
from offing.logs import get_logger
from offing.model.operation.run import Stamp
from offing.model.reading.mention import Mention
from offing.model.review.second_reader import Broken, CheckedAnswer, ModelAnswer, SecondTally, Spending, Turn, TurnState
from offing.model.sources.article import Article
from offing.model.sources.backoff import back_off
from offing.net.chat import ChatClient
from offing.second import PROMPT, read_answer
from offing.second.prompt import digest_of
from offing.services.running.run_context import RunContext
from offing.services.second_reader.asking import Asker, Blame, Failed, Got, SecondReader
from offing.services.second_reader.budget import StoredTokenBudget
from offing.services.second_reader.storing import OpinionRules, take_in
from offing.store.articles.article import get_article, get_mentions
from offing.store.candidates.second_reader import due_articles, keep_answer, keep_turn, known_answer, tries_of
from offing.store.feeds.pace import rest, resting

_AT_ONCE = 200  # articles that are looked up together
_MANY = 10_000
_IN_A_ROW = 3  # consecutive failures on different articles are blamed on the endpoint
_PAUSE, _LONGEST_PAUSE = timedelta(minutes=10), timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """How long a turn may go on: a callable asked before each article, and a limit on the monotonic clock."""

    goes_on: Callable[[], bool] = lambda: True
    stop_at: float = float("inf")


async def read_again(
    context: RunContext, reader: SecondReader, course: TurnLimits
) -> tuple[SecondTally, tuple[str, ...]]:
    """Let the second reader read what is due.

    Returns:
        The tally, and lines for operators if something is wrong.

    Raises:
        RunStopped: the database or the machine was in trouble for too long.
    """
    until = min(course.stop_at, time.monotonic() + reader.rules.run_limit.total_seconds())
    async with ChatClient(reader.endpoint) as client:
        turn = _Turn(context, reader, TurnLimits(course.goes_on, until), client)
        return await turn.run()


@dataclass(slots=True)
class _Turn:
    """One turn, with its tally so far; `wrong` is why it stopped early, if that needs attention."""

    context: RunContext
    reader: SecondReader
    course: TurnLimits
    client: ChatClient
    tally: SecondTally = field(default_factory=SecondTally)
    wrong: str = ""
    over: bool = False
    last_cause: str = ""
    in_a_row: int = 0
    seen: set[int] = field(default_factory=set)
    _budget: StoredTokenBudget = field(init=False)
    _asker: Asker = field(init=False)

    def __post_init__(self) -> None:
        """Create one budget and one asker for all articles."""
        rules = self.reader.rules
        self._budget = StoredTokenBudget(self.context, rules)
        self._asker = Asker(rules, self.client, self._budget, self.context.clock)
        self.tally.model, self.tally.currency = rules.model, rules.prices.currency

    async def run(self) -> tuple[SecondTally, tuple[str, ...]]:
        """Read until nothing is due, time or budget is spent, or the endpoint cannot be asked."""
        await self._look_whether_it_rests()
        while not self._is_over() and (due := await self._due(_AT_ONCE)):
            await self._read_all(due)
        self.tally.put_off = len(await self._due(_MANY, again=True))
        self.tally.spending, self.tally.left = self._budget.total, await self._budget.left()
        return self.tally, tuple(self._lines())

    def _is_over(self) -> bool:
        return self.over or not self.course.goes_on() or time.monotonic() >= self.course.stop_at

    async def _due(self, limit: int, *, again: bool = False) -> tuple[int, ...]:
        """Return due articles that this turn has not tried yet; with `again`, all that wait."""
        least = self.context.scoring.cut - self.reader.rules.band
        now = self.context.clock() + (_LONGEST_PAUSE * 2 if again else timedelta())
        found = await self.context.read(lambda conn: due_articles(conn, now, least, limit))
        return found if again else tuple(each for each in found if each not in self.seen)

    async def _look_whether_it_rests(self) -> None:
        host, _ = self.reader.endpoint.place
        found = await self.context.read(lambda conn: resting(conn, host, self.context.clock()))
        if found:
            self.over = True
            self.wrong = f"{host} asked to be left alone until {found:%H:%M} UTC"

    async def _read_all(self, due: Sequence[int]) -> None:
        """Read some articles, several concurrently."""
        left = iter(due)
        tasks = [asyncio.create_task(self._read_some(left)) for _ in range(self.reader.rules.concurrency)]
        try:
            await asyncio.gather(*tasks)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read_some(self, left: Iterator[int]) -> None:
        for number in left:
            if self._is_over():
                return
            self.seen.add(number)
            try:
                await self._read(number)
            except RunStopped:
                raise
            except Exception as error:  # noqa: BLE001 -- a fault of ours stops this article only, as in a step
                get_logger().exception("second reader", article=number)
                await self._fail(number, Failed(f"a fault of offing itself ({type(error).__name__})", Blame.ARTICLE))

    async def _read(self, number: int) -> None:
        article, mentions = await self.context.read(lambda conn: _article(conn, number))
        kept = await self._kept(article)
        found = read_answer(kept, article, mentions) if kept else None
        if isinstance(found, CheckedAnswer):
            await self._budget.add(Spending(cached=1, dropped=sum(found.dropped.values())))
            await self._take_in(article, found, None)
            return
        got = await self.context.patience.keep(lambda: self._asker.ask(article))
        if isinstance(got, Failed):
            await self._fail(number, got)
            return
        await self._judge(article, mentions, got)

    async def _kept(self, article: Article) -> ModelAnswer | None:
        if not self.reader.rules.cache:
            return None
        key = self._key(article)
        return await self.context.read(lambda conn: known_answer(conn, *key))

    def _key(self, article: Article) -> tuple[str, str, str]:
        rules = self.reader.rules
        return digest_of(article, rules.characters), rules.model, PROMPT

    async def _judge(self, article: Article, mentions: Sequence[Mention], got: Got) -> None:
        reading = read_answer(got.reply, article, mentions)
        if isinstance(reading, Broken):
            await self._budget.add(Spending(failed=1))
            await self._fail(article.id, Failed(reading.cause, Blame.ARTICLE))
            return
        self.in_a_row = 0
        await self._budget.add(Spending(dropped=sum(reading.dropped.values())))
        await self._take_in(article, reading, got)

    async def _take_in(self, article: Article, reading: CheckedAnswer, got: Got | None) -> None:
        """Write the effects of an answer in one transaction; a new answer is cached there, too."""
        by = f"second reader {__version__}"
        bench = OpinionRules(self.reader.rules, self.context.scoring, Stamp(self.context.clock(), by))

        def change(conn: sa.Connection) -> None:
            if got:
                keep_answer(conn, self._key(article), got.reply, got.seconds, bench.stamp.at)
            take_in(conn, article, reading, bench)

        await self.context.write(change)
        self.tally.read += 1
        get_logger().info("read a second time", article=article.id, projects=len(reading.opinions), asked=bool(got))

    async def _fail(self, number: int, failed: Failed) -> None:
        """Record a failure if the article itself is to blame; otherwise stop the turn."""
        get_logger().info("not read a second time", article=number, cause=failed.cause, blame=failed.blame)
        self.last_cause = failed.cause
        if failed.blame is Blame.ARTICLE:
            await self._put_off(number, failed.cause)
            self.in_a_row += 1
            if self.in_a_row >= _IN_A_ROW:
                self.over, self.wrong = True, f"{_IN_A_ROW} answers in a row could not be used ({failed.cause})"
            return
        self.over = True
        if failed.blame is Blame.ENDPOINT:
            self.wrong = failed.cause
        if until := failed.until:
            host, _ = self.reader.endpoint.place
            await self.context.write(lambda conn: rest(conn, host, until, failed.cause))

    async def _put_off(self, number: int, cause: str) -> None:
        now, most = self.context.clock(), self.reader.rules.tries

        def change(conn: sa.Connection) -> bool:
            tries = tries_of(conn, number) + 1
            due = now + back_off(2 ** (tries - 1), _PAUSE, _LONGEST_PAUSE, number) if tries < most else None
            state = TurnState.WAITING if due else TurnState.UNREAD
            digest = digest_of(get_article(conn, number), self.reader.rules.characters)
            keep_turn(conn, number, digest, Turn(state, now, tries, due, cause))
            return due is None

        self.tally.given_up += await self.context.write(change)

    def _lines(self) -> Iterator[str]:
        host, _ = self.reader.endpoint.place
        if self.wrong:
            yield f"second reader at {host}: {self.wrong}; articles that wait for the next run: {self.tally.put_off}"
        elif self.tally.given_up:
            many = f"articles given up after {self.reader.rules.tries} tries: {self.tally.given_up}"
            yield f"second reader at {host}: {many}; the last: {self.last_cause} (offing reader again)"


def _article(conn: sa.Connection, number: int) -> tuple[Article, tuple[Mention, ...]]:
    return get_article(conn, number), get_mentions(conn, number)
