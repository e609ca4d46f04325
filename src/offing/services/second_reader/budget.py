"""Daily budget of the second reader: a question's maximum is reserved before it is asked, then corrected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import sqlalchemy as sa

from offing.model.review.second_reader import ReaderRules, Spending, Usage
from offing.services.running.run_context import RunContext
from offing.store.candidates.second_reader import spend, spent


class TokenBudget(Protocol):
    """Counts the cost of questions, and refuses them when the budget is spent."""

    async def reserve(self, most: Usage) -> bool:
        """Reserve the most that a question may take; return False, and reserve nothing, if the budget lacks it."""
        ...

    async def correct(self, most: Usage, took: Spending) -> None:
        """Replace the reservation of a question by what it took."""
        ...


def spending_of(usage: Usage, rules: ReaderRules, *, asked: int = 0) -> Spending:
    """Return the cost of a number of tokens."""
    money = rules.prices.cost(usage)
    return Spending(asked, prompt_tokens=usage.prompt, answer_tokens=usage.answer, money=money)


def left_of(rules: ReaderRules, done: Spending) -> tuple[int | None, int | None]:
    """Return tokens and millionths of money that a budget has left after some spending; None for no limit."""
    tokens, money = rules.budget.tokens, rules.budget.money
    return (
        None if tokens is None else max(0, tokens - done.tokens),
        None if money is None else max(0, int(money * 1_000_000) - done.money),
    )


def has_room(rules: ReaderRules, done: Spending, more: Spending) -> bool:
    """Return whether a budget has room for more after some spending."""
    tokens, money = left_of(rules, done)
    return (tokens is None or more.tokens <= tokens) and (money is None or more.money <= money)


def _difference(took: Spending, counted: Spending) -> Spending:
    less = Spending(-counted.asked, 0, 0, -counted.prompt_tokens, -counted.answer_tokens, -counted.money)
    return took.plus(less)


@dataclass(slots=True)
class StoredTokenBudget:
    """The budget of a site: the day's count is in the database, so that no second run spends it again.

    `total` is what this run has spent.
    """

    context: RunContext
    rules: ReaderRules
    total: Spending = field(default_factory=Spending)

    async def reserve(self, most: Usage) -> bool:
        """See `TokenBudget`."""
        more = spending_of(most, self.rules, asked=1)
        took = await self.context.write(lambda conn: self._take(conn, more))
        self.total = self.total.plus(more) if took else self.total
        return took

    async def correct(self, most: Usage, took: Spending) -> None:
        """See `TokenBudget`."""
        await self.add(_difference(took, spending_of(most, self.rules, asked=1)))

    async def add(self, more: Spending) -> None:
        """Count further spending."""
        await self.context.write(lambda conn: spend(conn, self._day(), more))
        self.total = self.total.plus(more)

    async def left(self) -> tuple[int | None, int | None]:
        """Return what today's budget has left."""
        return left_of(self.rules, await self.context.read(lambda conn: spent(conn, self._day())))

    def _take(self, conn: sa.Connection, more: Spending) -> bool:
        if not has_room(self.rules, spent(conn, self._day()), more):
            return False
        spend(conn, self._day(), more)
        return True

    def _day(self) -> str:
        return self.context.clock().date().isoformat()


@dataclass(slots=True)
class UnstoredTokenBudget:
    """A budget without a database: one command may spend what a day may."""

    rules: ReaderRules
    total: Spending = field(default_factory=Spending)

    async def reserve(self, most: Usage) -> bool:
        """See `TokenBudget`."""
        more = spending_of(most, self.rules, asked=1)
        if not has_room(self.rules, self.total, more):
            return False
        self.total = self.total.plus(more)
        return True

    async def correct(self, most: Usage, took: Spending) -> None:
        """See `TokenBudget`."""
        self.total = self.total.plus(_difference(took, spending_of(most, self.rules, asked=1)))
