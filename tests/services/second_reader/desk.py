"""A database with a candidate, and the second reader's turn over it."""

from __future__ import annotations

import asyncio
import dataclasses
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from factories.telling import DAY, Piece, arrive
from offing.model.operation.run import Stamp
from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts
from offing.model.review.candidate import Candidate
from offing.model.review.second_reader import ReaderRules, SecondTally, StoredOpinion, Turn, TurnState
from offing.model.sources.policy import FetchPolicy
from offing.model.values.vocabulary import AmountKind, Role, Sector, Status
from offing.net.client import Client
from offing.net.endpoint import Endpoint
from offing.propose.story import keys_of
from offing.services.running.run_context import RunContext
from offing.services.running.workers import Workers
from offing.services.second_reader import SecondReader, TurnLimits, read_again
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import save_mentions
from offing.store.candidates.candidate import candidates
from offing.store.candidates.second_reader import opinions_of
from offing.store.database.engine import Database
from offing.store.stories.telling import rewrite_telling, tellings_in
from offing.store.tables import article, candidate, second_turn, story_article
from propose.spans import Text, shipped_rules, smart_burkina

NOW = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
POLICY = FetchPolicy("offing-test")
_CODES = ("KEN", "GHA", "UGA", "TZA", "ZMB", "MOZ")
FACTS = ProjectFacts(
    countries=("BFA",),
    firms=(Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"),),
    lenders=(Lender("Export-Import Bank of China", "China Exim Bank", "china-exim"),),
    amounts=(Amount(Decimal(85000000), "EUR", AmountKind.LOAN, "EUR 85 million"),),
    sector=Sector.PUBLIC_SECURITY,
    status=Status.SIGNED,
)


@dataclass
class Desk:
    """A database, and whom its second reader asks."""

    database: Database
    url: str
    now: datetime = NOW
    rules: dict[str, Any] = field(default_factory=dict)

    def candidate(self, score: float = 0.9, facts: ProjectFacts = FACTS, text: Text | None = None, **more: Any) -> int:
        """An article with its mentions, told as a candidate with a score; the article's number."""
        case = text or smart_burkina().size("900 cameras", "900", "cameras")
        name = more.pop("name", case.article.title)
        piece = Piece(name, facts, text=case.article.paragraphs, score=score, **more)
        with self.database.write() as conn:
            arrive(conn, piece, StoryDesk(shipped_rules(), Stamp(DAY, "test")))
            number: int = conn.execute(sa.select(sa.func.max(article.c.id))).scalar_one()
            conn.execute(sa.update(article).where(article.c.id == number).values(title=case.article.title))
            save_mentions(conn, number, case.mentions)
        return number

    def several(self, count: int) -> list[int]:
        """Candidates that have nothing in common; the numbers of their articles."""
        return [
            self.candidate(
                facts=ProjectFacts(countries=(code,), sector=sector, status=Status.SIGNED),
                text=Text(f"News of {code}", *(f"{sector} {word} {code}" for word in ("one", "two"))),
                name=f"News of {code}",
                days=place * 40,
                outlet=code,
            )
            for place, (code, sector) in enumerate(zip(_CODES[:count], Sector, strict=False))
        ]

    def tell_otherwise(self, article_id: int) -> None:
        """Let a telling say the same anew, as when its article was read by other rules."""
        with self.database.write() as conn:
            (placed,) = tellings_in(conn, [article_id]).values()
            told = replace(placed.telling, reasons=(), score=0.9)
            rewrite_telling(conn, told, (), keys_of(told).all)

    def turn(self, **changed: Any) -> tuple[SecondTally, tuple[str, ...]]:
        """One turn of the second reader."""
        reader = self.reader(**changed)

        async def go() -> tuple[SecondTally, tuple[str, ...]]:
            async with Client(POLICY) as client:
                context = RunContext(self.database, client, Workers(()), POLICY, shipped_rules())
                context.clock = lambda: self.now
                try:
                    return await read_again(context, reader, changed.get("course", TurnLimits()))
                finally:
                    context.close()

        return asyncio.run(go())

    def reader(self, **changed: Any) -> SecondReader:
        """The second reader as it is set up now."""
        names = {each.name for each in dataclasses.fields(ReaderRules)}
        own = {name: value for name, value in (self.rules | changed).items() if name in names}
        rules = replace(ReaderRules(self.url, "tiny", private=True, limit=timedelta(seconds=20)), **own)
        return SecondReader(rules, Endpoint(rules.endpoint, "offing-test", private=True, limit=rules.limit))

    def seen(self, article_id: int) -> Candidate:
        """The candidate of an article as it stands."""
        with self.database.read() as conn:
            joined = sa.select(candidate.c.id).join(story_article, story_article.c.story_id == candidate.c.story_id)
            number = conn.execute(joined.where(story_article.c.article_id == article_id)).scalar_one()
            return candidates(conn, [number])[0]

    def opinions(self, article_id: int) -> tuple[StoredOpinion, ...]:
        """What the second reader says of an article's candidate."""
        with self.database.read() as conn:
            return opinions_of(conn, self.seen(article_id).story_id)

    def stands(self, article_id: int) -> Turn | None:
        """Where an article stands."""
        with self.database.read() as conn:
            row = conn.execute(sa.select(second_turn).where(second_turn.c.article_id == article_id)).one_or_none()
        return Turn(TurnState(row.state), row.at, row.tries, row.due_at, row.cause) if row else None
