"""The lines of the queue: each candidate with its own articles, decisions and target."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Decision, Judgement
from offing.model.review.queue import Facet
from offing.model.values.codec import to_plain
from offing.store.articles.outlet import latest_texts
from offing.store.candidates.decision import append
from offing.store.candidates.queue_line import names_of, stored_lines
from offing.store.database.engine import Database
from offing.store.tables import article, candidate, pair, story_article

PLAIN: dict[str, Any] = {"by": "ana", "at": NOW, "reason": "", "before": {}, "after": {}}


def _articles(conn: sa.Connection, number: int) -> list[int]:
    chosen = sa.select(story_article.c.article_id).join(candidate, candidate.c.story_id == story_article.c.story_id)
    return list(conn.execute(chosen.where(candidate.c.id == number).order_by(story_article.c.article_id)).scalars())


def test_lines_come_in_the_order_asked_for(database: Database) -> None:
    """Each has its own articles and decisions; one that is not there has no line."""
    with database.write() as conn:
        one, two, three = (stored_candidate(conn, articles=number) for number in (1, 2, 3))
        made = append(conn, Decision(0, two, Judgement.REJECT, **PLAIN))
        lines = stored_lines(conn, [three, one, two, 999])
        assert [each.row.id for each in lines] == [three, one, two]
        assert [[told.id for told in each.articles] for each in lines] == [
            _articles(conn, number) for number in (three, one, two)
        ]
        assert [[each.id for each in line.decisions] for line in lines] == [[], [], [made.id]]
        assert {(line.target, line.agrees, line.beside) for line in lines} == {("", (), ())}


def test_a_line_names_the_undecided_beside_it(database: Database) -> None:
    """Others that its article tells of, too; not what was decided, nor what another stands for."""
    with database.write() as conn:
        one, open_, decided, merged, apart = (stored_candidate(conn) for _ in range(5))
        (shared,) = _articles(conn, one)
        for ordinal, number in enumerate((open_, decided, merged), 1):
            story_id = sa.select(candidate.c.story_id).where(candidate.c.id == number).scalar_subquery()
            moved = sa.update(story_article).where(story_article.c.story_id == story_id)
            conn.execute(moved.values(article_id=shared, ordinal=ordinal))
        conn.execute(sa.update(candidate).where(candidate.c.id == decided).values(state="rejected"))
        conn.execute(sa.update(candidate).where(candidate.c.id == merged).values(merged_into=one))
        lines = stored_lines(conn, [one, open_, apart])
        assert [line.beside for line in lines] == [(open_,), (one,), ()]


def test_a_line_of_an_update_says_of_what(database: Database) -> None:
    """By the title of the candidate that it belongs to, and what the two have in common, of no other pair."""
    with database.write() as conn:
        facts = {name: to_plain(FACTS) | {"title": name} for name in ("First", "Second", "Third")}
        numbers = [stored_candidate(conn) for _ in facts]
        for number, plain in zip(numbers, facts.values(), strict=True):
            conn.execute(sa.update(candidate).where(candidate.c.id == number).values(facts=plain))
        of = f"candidate:{numbers[1]}"
        update = stored_candidate(conn, kind=CandidateKind.UPDATE, update_of=of)
        row = {"candidate_id": update, "relation": "same", "score": 0.9, "at": NOW, "produced_by": "match/1"}
        for target, reason in ((f"candidate:{numbers[0]}", "same country"), (of, "same firm")):
            conn.execute(sa.insert(pair).values(**row, target=target, reasons=[reason]))
        (line,) = stored_lines(conn, [update])
        assert (line.target, line.agrees) == ("Second", ("same firm",))


def test_outlets_are_called_by_their_names(database: Database) -> None:
    """By the domain; their last texts are their own, the newest first, as many as asked for."""
    with database.write() as conn:
        for place, domain in enumerate(("a.test", "b.test", "b.test", "c.test")):
            (number,) = _articles(conn, stored_candidate(conn))
            named = {
                "domain": domain,
                "outlet": domain[0].upper(),
                "paragraphs": [f"Text {place}"],
                "text_hash": f"{place}",
            }
            conn.execute(sa.update(article).where(article.c.id == number).values(**named))
        assert names_of(conn, Facet.SOURCE, ["b.test", "d.test"]) == {"b.test": "B"}
        assert [each[-1] for each in latest_texts(conn, "b.test", 10)] == ["Text 2", "Text 1"]
        assert [each[-1] for each in latest_texts(conn, "b.test", 1)] == ["Text 2"]
