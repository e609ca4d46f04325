"""Translates the texts of one article that a person asked for: some at a time, each stored as soon as it is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from offing.model.review.translation import Translation, TranslationDay, TranslationRules
from offing.services.translation.backends import Backend, Untranslated
from offing.services.translation.breaker import Breaker
from offing.store.candidates.translation import (
    count_on,
    is_reserved,
    keep_translations,
    known_translations,
    took_on,
)
from offing.store.database.engine import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TranslationResult:
    """What came of a request: how many texts there are, how many have a translation, and why the others have none."""

    texts: int
    done: int
    cause: str = ""


class Translator:
    """What translates at a site. One for all requests of a process.

    Args:
        rules: limits and budget.
        backend: does the work.
    """

    def __init__(self, rules: TranslationRules, backend: Backend) -> None:
        self.rules = rules
        self._backend = backend
        self._breaker = Breaker(rules.tries, rules.rest)
        self._at_work = 0

    def known(self, database: Database, texts: Sequence[str], source: str) -> Mapping[str, Translation]:
        """Return the translations of some texts that are stored; asks nobody."""
        if not self.is_foreign(source):
            return {}
        with database.read() as conn:
            return known_translations(conn, texts, source, self.rules)

    def is_foreign(self, language: str) -> bool:
        """Return whether a text in a language can be translated at all."""
        return language != self.rules.target.partition("-")[0]

    async def translate(self, job: Job) -> TranslationResult:
        """Translate what is not translated yet, until it is done, fails, or takes too long.

        What is done by then is stored. It takes no thread while it waits, and never raises because of the backend.

        Raises:
            MachineTrouble: this machine lacks what it needs to ask.
        """
        if self._at_work >= self.rules.concurrency:
            return await self._ended(job, "other articles are being translated; try again in a minute")
        self._at_work += 1
        try:
            async with asyncio.timeout(self.rules.page_limit.total_seconds()):
                cause = await self._until_done(job)
        except TimeoutError:
            cause = f"this takes longer than {self.rules.page_limit.total_seconds():g} s; press again for the rest"
        finally:
            self._at_work -= 1
        return await self._ended(job, cause)

    async def _until_done(self, job: Job) -> str:
        if await job.read(lambda conn: is_reserved(conn, job.article_id)):
            return "the publisher reserves this text, so it may not be sent to a translator"
        known = await job.read(lambda conn: known_translations(conn, job.texts, job.source, self.rules))
        for some in _portions([text for text in job.texts if text not in known], self.rules.characters):
            if cause := await self._portion(job, some):
                return cause
        return ""

    async def _portion(self, job: Job, texts: tuple[str, ...]) -> str:
        if until := self._breaker.pause(job.clock()):
            return f"the translator failed {self.rules.tries} times in a row; it gets a rest until {until:%H:%M} UTC"
        length = sum(map(len, texts))
        if not await job.write(lambda conn: self._take(conn, job.day, length)):
            return f"the day’s budget of {self.rules.budget:,} characters is used up"
        answer = await self._backend.translate(texts, job.source)
        if isinstance(answer, Untranslated):
            await job.write(lambda conn: count_on(conn, job.day, TranslationDay(failed=1)))
            if answer.broken:
                self._breaker.fail(job.clock())
            return answer.cause
        self._breaker.succeed()
        made = dict(zip(texts, answer, strict=True))
        await job.write(lambda conn: keep_translations(conn, made, job.source, self.rules, job.clock()))
        return ""

    def _take(self, conn: sa.Connection, day: str, length: int) -> bool:
        if took_on(conn, day).characters + length > self.rules.budget:
            return False
        count_on(conn, day, TranslationDay(asked=1, characters=length))
        return True

    async def _ended(self, job: Job, cause: str) -> TranslationResult:
        known = await job.read(lambda conn: known_translations(conn, job.texts, job.source, self.rules))
        return TranslationResult(len(job.texts), len(known), cause)


@dataclass(frozen=True, slots=True)
class Job:
    """The texts of one article that are to be translated: title, paragraphs and quotes, each once and not blank.

    Database work is done in threads, for milliseconds each.
    """

    database: Database
    article_id: int
    texts: tuple[str, ...]
    source: str
    clock: Callable[[], datetime]
    day: str = field(init=False)

    def __post_init__(self) -> None:
        """Fix the day on which it counts."""
        object.__setattr__(self, "day", self.clock().date().isoformat())

    async def read(self, ask: Callable[[sa.Connection], T]) -> T:
        """Return the result of a query."""
        return await asyncio.to_thread(self._read, ask)

    async def write(self, change: Callable[[sa.Connection], T]) -> T:
        """Return the result of a change."""
        return await asyncio.to_thread(self._write, change)

    def _read(self, ask: Callable[[sa.Connection], T]) -> T:
        with self.database.read() as conn:
            return ask(conn)

    def _write(self, change: Callable[[sa.Connection], T]) -> T:
        with self.database.write() as conn:
            return change(conn)


def _portions(texts: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Texts in their order, in portions of some characters; a longer text is a portion of its own."""
    held: list[str] = []
    for text in texts:
        if held and sum(map(len, held)) + len(text) > most:
            yield tuple(held)
            held = []
        held.append(text)
    if held:
        yield tuple(held)
