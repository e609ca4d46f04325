"""Test whether a reader who sees only the candidate page notices wrong values: one value in ten is planted wrong.

    python benchmarks/planted_reader.py make SITE --key KEY      # a site of 40 candidates; KEY must be outside SITE
    cd SITE && offing web                                 # the reader decides all of them, as `reader`
    python benchmarks/planted_reader.py score KEY SITE

The candidates are annotated articles in seven languages, one project each, processed by offing. Their values are those
of the annotations, with the quotes that offing extracted for them. One in ten countries, firms, lenders, sums and
statuses is then replaced, at most one per candidate; the quotes stay the same. With `--misread`, mentions in the quotes
are changed to the wrong value too, so that the page's own check has nothing to flag.
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
    """Create the site and the key, and print how to serve the site."""
    if key.resolve().is_relative_to(site.resolve()):
        raise SystemExit(f"the reader would find {key} in the site: name a place outside {site}")
    site.mkdir(parents=True)
    rng, analyst, now = random.Random(seed), load_analyst(None), datetime.now(UTC)
    placed = plant(planted_articles(analyst, rng, candidates), rng, misread=misread)
    rng.shuffle(placed)
    database = _database(site)
    upgrade(database)
    desk, entries = StoryDesk(analyst.scoring, Stamp(now, "propose")), []
    for article, wrong in placed:
        with database.write() as conn:
            entries.append(_entry(_store(conn, article, desk), article, wrong))
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


def _store(conn: sa.Connection, article: PlantedArticle, desk: StoryDesk) -> int:
    """Store a candidate with its article and mentions, and return its id."""
    article_id = stored_article(conn, article.article.published)
    names = ("title", "language", "outlet", "domain", "country", "published")
    row = {name: getattr(article.article, name) for name in names}
    url = f"https://{article.article.domain}/{article_id}"
    row |= {"paragraphs": list(article.article.paragraphs), "url": url, "url_key": url, "text_hash": url}
    conn.execute(sa.update(tables.article).where(tables.article.c.id == article_id).values(**row))
    save_mentions(conn, article_id, article.mentions)
    facts = replace(article.facts, title=proposal_title(article.facts))
    evidence = tuple(replace(each, article_id=article_id) for each in article.evidence)
    proposal = replace(article.found.proposals[0], facts=facts, evidence=evidence)
    if store_tellings(conn, get_article(conn, article_id), replace(article.found, proposals=(proposal,)), desk) != 1:
        raise SystemExit(f"{article.row['id']} joined the story of another article: choose another --seed")
    return int(conn.execute(sa.select(sa.func.max(tables.candidate.c.id))).scalar_one())


def _entry(number: int, article: PlantedArticle, wrong: Plant | None) -> dict[str, Any]:
    """Return the key's entry for a candidate: the planted mistake and the correct values."""
    shown = {kind.value: [marks(value) for value in values(article.facts, kind)] for kind in KINDS}
    if wrong:
        shown[wrong.field.value].remove(wrong.marks)
    return {
        "candidate": number,
        "article": article.row["id"],
        "planted": asdict(wrong) if wrong else None,
        "right": shown,
    }


@dataclass(slots=True)
class Tally:
    """The outcome for values of one kind, planted and correct ones."""

    planted: int = 0
    caught: int = 0
    corrected: int = 0
    right: int = 0
    lost: int = 0


def score(key: Path, site: Path) -> None:
    """Print how many planted mistakes were caught, and how many correct values were removed."""
    database, counted = _database(site), Score()
    remarks = [
        remark
        for entry in json.loads(key.read_text(encoding="utf-8"))["candidates"]
        for remark in counted.count(database, entry)
    ]
    database.close()
    total = Tally(*(sum(getattr(each, name) for each in counted.kinds.values()) for name in Tally.__slots__))
    print(f"{'':10} planted  caught  corrected  correct values  false alarms")
    for name, each in [*counted.kinds.items(), ("all", total)]:
        print(f"{name:10} {each.planted:7} {each.caught:7} {each.corrected:10} {each.right:15} {each.lost:13}")
    print(f"caught: {total.caught / max(total.planted, 1):.0%} of planted mistakes")
    print(f"candidates without a mistake: {counted.clean}, rejected of them: {counted.clean_rejected} (false alarms)")
    print(f"not decided: {counted.undecided}")
    print("\n".join(remarks))


class Score:
    """Counts of candidates and values by outcome."""

    def __init__(self) -> None:
        self.kinds = {kind: Tally() for kind in KINDS}
        self.clean = self.clean_rejected = self.undecided = 0

    def count(self, database: Database, entry: dict[str, Any]) -> Iterator[str]:
        """Count one candidate of the key; yield a line for each missed mistake and each false alarm."""
        item, number = show(database, entry["candidate"]), entry["candidate"]
        rejected = item.candidate.state is CandidateState.REJECTED
        self.undecided += item.candidate.state in (CandidateState.OPEN, CandidateState.DEFERRED)
        if entry["planted"]:
            wrong = Plant(**entry["planted"])
            tally, kind = self.kinds[FieldName(wrong.field)], FieldName(wrong.field)
            caught = rejected or not is_held(wrong.marks, item.facts, kind)
            tally.planted += 1
            tally.caught += caught
            tally.corrected += caught and is_held(wrong.right_marks, item.facts, kind)
            if not caught:
                yield f"missed: {number} {kind}: {wrong.value} instead of {wrong.right} ({wrong.how})"
        else:
            self.clean += 1
            self.clean_rejected += rejected
            if rejected:
                yield f"false alarm: {number} rejected, though all its values are correct"
        for name, held in entry["right"].items():
            kind = FieldName(name)
            lost = [] if rejected else [each for each in held if not is_held(each, item.facts, kind)]
            self.kinds[kind].right += len(held)
            self.kinds[kind].lost += len(lost)
            yield from (f"false alarm: {number} {kind}: {each[0]} removed, though correct" for each in lost)


def main() -> None:
    """Create a site, or score it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="create a site with planted mistakes")
    making.add_argument("site", type=Path)
    making.add_argument("--key", type=Path, required=True, help="file for the planted mistakes; outside the site")
    making.add_argument("--seed", type=int, default=20261125)
    making.add_argument("--candidates", type=int, default=CANDIDATES)
    making.add_argument("--misread", action="store_true", help="change mentions in the quotes to the wrong values too")
    scoring = verbs.add_parser("score", help="print what the reader caught")
    scoring.add_argument("key", type=Path)
    scoring.add_argument("site", type=Path)
    given = vars(parser.parse_args())
    (make if given.pop("verb") == "make" else score)(**given)


if __name__ == "__main__":
    main()
