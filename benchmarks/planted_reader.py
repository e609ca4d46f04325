"""Whether a reader who sees the candidate page alone notices wrong values: one in ten is planted wrong.

    python benchmarks/planted_reader.py make SITE --key KEY      # a site of 40 candidates; KEY must stand outside SITE
    cd SITE && offing web                                 # the reader decides all of them, as `reader`
    python benchmarks/planted_reader.py score KEY SITE

The candidates are annotated articles in seven languages, one project each, read by offing itself; their values are
those of the annotations, their quotes those that offing drew for these values. Of the countries, firms, lenders, sums
and statuses every tenth is then replaced, at most one in a candidate; the quote stays what it was. With `--misread` the
words of the quote are recognised as the wrong value too: then the page's own check has nothing to point at.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from planting.articles import PlantedArticle, planted_articles
from planting.mistakes import Plant, plant
from planting.values import KINDS, is_held, marks, values

from factories.candidate import stored_article
from offing.model.operation.activity import Stamp as Hand
from offing.model.operation.run import Stamp
from offing.model.operation.user import UserRole
from offing.model.reading.evidence import FieldName
from offing.model.review.candidate import CandidateState
from offing.propose.reading.proposal_title import proposal_title
from offing.services.accounts.users import add_user
from offing.services.analysis.analyst import load_analyst
from offing.services.pipeline.propose import store_tellings
from offing.services.review.decisions import show
from offing.services.stories.settling import StoryDesk
from offing.store import tables
from offing.store.articles.article import get_article, save_mentions
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade

CANDIDATES = 40
READER = "reader"


def make(site: Path, key: Path, *, seed: int, candidates: int, misread: bool) -> None:
    """Make the site and the key, and say how to serve it."""
    if key.resolve().is_relative_to(site.resolve()):
        raise SystemExit(f"the reader would find {key} in the site: name a place outside {site}")
    site.mkdir(parents=True)
    chance, analyst, now = random.Random(seed), load_analyst(None), datetime.now(UTC)
    placed = plant(planted_articles(analyst, chance, candidates), chance, misread=misread)
    chance.shuffle(placed)
    database = _database(site)
    upgrade(database)
    desk, entries = StoryDesk(analyst.scoring, Stamp(now, "propose")), []
    for told, wrong in placed:
        with database.write() as conn:
            entries.append(_entry(_store(conn, told, desk), told, wrong))
    password = secrets.token_urlsafe(12)
    add_user(database, READER, UserRole.ANALYST, password, Hand(now))
    database.close()
    made = {"seed": seed, "misread": misread, "candidates": entries}
    key.write_text(json.dumps(made, ensure_ascii=False, indent=1), encoding="utf-8")
    planted = Counter(wrong.field.value for _, wrong in placed if wrong)
    print(f"{len(placed)} candidates, planted: {', '.join(f'{count} {kind}' for kind, count in planted.items())}")
    print(f"serve: cd {site.resolve()} && offing web\nlog in: {READER} / {password}")


def _database(site: Path) -> Database:
    return open_database(f"sqlite:///{site.resolve()}/offing.db")


def _store(conn: sa.Connection, told: PlantedArticle, desk: StoryDesk) -> int:
    """Store a candidate with its article and mentions; its id."""
    article_id = stored_article(conn, told.article.published)
    names = ("title", "language", "outlet", "domain", "country", "published")
    row = {name: getattr(told.article, name) for name in names}
    url = f"https://{told.article.domain}/{article_id}"
    row |= {"paragraphs": list(told.article.paragraphs), "url": url, "url_key": url, "text_hash": url}
    conn.execute(sa.update(tables.article).where(tables.article.c.id == article_id).values(**row))
    save_mentions(conn, article_id, told.mentions)
    facts = replace(told.facts, title=proposal_title(told.facts))
    evidence = tuple(replace(each, article_id=article_id) for each in told.evidence)
    proposal = replace(told.found.proposals[0], facts=facts, evidence=evidence)
    if store_tellings(conn, get_article(conn, article_id), replace(told.found, proposals=(proposal,)), desk) != 1:
        raise SystemExit(f"{told.row['id']} joined the story of another article: choose another --seed")
    return int(conn.execute(sa.select(sa.func.max(tables.candidate.c.id))).scalar_one())


def _entry(number: int, told: PlantedArticle, wrong: Plant | None) -> dict[str, Any]:
    """Return what the key has of a candidate: what was planted, and the values that are right."""
    shown = {kind.value: [marks(value) for value in values(told.facts, kind)] for kind in KINDS}
    if wrong:
        shown[wrong.field.value].remove(wrong.marks)
    return {"candidate": number, "article": told.row["id"], "planted": asdict(wrong) if wrong else None, "right": shown}


@dataclass(slots=True)
class Tally:
    """What became of the values of one kind: those planted, and those that are right."""

    planted: int = 0
    caught: int = 0
    set_right: int = 0
    right: int = 0
    lost: int = 0


def score(key: Path, site: Path) -> None:
    """Print what was caught of what was planted, and what was taken for wrong though it is right."""
    database, counted = _database(site), Score()
    remarks = [
        remark
        for entry in json.loads(key.read_text(encoding="utf-8"))["candidates"]
        for remark in counted.count(database, entry)
    ]
    database.close()
    total = Tally(*(sum(getattr(each, name) for each in counted.kinds.values()) for name in Tally.__slots__))
    print(f"{'':10} planted  caught  set right  right values  false alarms")
    for name, each in [*counted.kinds.items(), ("all", total)]:
        print(f"{name:10} {each.planted:7} {each.caught:7} {each.set_right:10} {each.right:13} {each.lost:13}")
    print(f"caught: {total.caught / max(total.planted, 1):.0%} of what was planted")
    print(f"candidates without a mistake: {counted.clean}, rejected of them: {counted.clean_rejected} (false alarms)")
    print(f"not decided: {counted.undecided}")
    print("\n".join(remarks))


class Score:
    """Counts candidates by what became of them."""

    def __init__(self) -> None:
        self.kinds = {kind: Tally() for kind in KINDS}
        self.clean = self.clean_rejected = self.undecided = 0

    def count(self, database: Database, entry: dict[str, Any]) -> Iterator[str]:
        """Count one candidate of the key; what was missed or taken for wrong, a line each."""
        item, number = show(database, entry["candidate"]), entry["candidate"]
        rejected = item.candidate.state is CandidateState.REJECTED
        self.undecided += item.candidate.state in (CandidateState.OPEN, CandidateState.DEFERRED)
        if entry["planted"]:
            wrong = Plant(**entry["planted"])
            tally, kind = self.kinds[FieldName(wrong.field)], FieldName(wrong.field)
            caught = rejected or not is_held(wrong.marks, item.facts, kind)
            tally.planted += 1
            tally.caught += caught
            tally.set_right += caught and is_held(wrong.right_marks, item.facts, kind)
            if not caught:
                yield f"missed: {number} {kind}: {wrong.value}, which is {wrong.right} ({wrong.how})"
        else:
            self.clean += 1
            self.clean_rejected += rejected
            if rejected:
                yield f"false alarm: {number} rejected, and nothing in it is wrong"
        for name, held in entry["right"].items():
            kind = FieldName(name)
            lost = [] if rejected else [each for each in held if not is_held(each, item.facts, kind)]
            self.kinds[kind].right += len(held)
            self.kinds[kind].lost += len(lost)
            yield from (f"false alarm: {number} {kind}: {each[0]} taken out, and is right" for each in lost)


def main() -> None:
    """Make a site or score it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="a site with planted mistakes")
    making.add_argument("site", type=Path)
    making.add_argument("--key", type=Path, required=True, help="where to write what was planted; outside the site")
    making.add_argument("--seed", type=int, default=20261125)
    making.add_argument("--candidates", type=int, default=CANDIDATES)
    making.add_argument("--misread", action="store_true", help="the quotes are recognised as the wrong values too")
    scoring = verbs.add_parser("score", help="what the reader caught")
    scoring.add_argument("key", type=Path)
    scoring.add_argument("site", type=Path)
    asked = vars(parser.parse_args())
    (make if asked.pop("verb") == "make" else score)(**asked)


if __name__ == "__main__":
    main()
