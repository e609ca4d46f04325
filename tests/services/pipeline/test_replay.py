"""Stored articles read again with other rules: what would be new, gone, changed; what people decided stays."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import stored_article
from factories.release import without_rules
from offing.config.files.layers import Layers
from offing.config.overlay import with_folder
from offing.config.weights.scoring import load_scoring
from offing.errors import ConfigError, UsageError
from offing.model.operation.run import Stamp
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.replay import MARGIN, Difference, Replayed, Standing, difference_of
from offing.propose import propose
from offing.propose.parties.tagged import BY
from offing.services.analysis.analyst import recognizer_of
from offing.services.pipeline.propose import store_tellings
from offing.services.pipeline.replay import ReplayTerms, replay
from offing.services.records.promote import promote_accepted
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide, show
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article, mark_proposed, save_mentions, save_tagged
from offing.store.database.engine import Database
from offing.store.tables import article, candidate

NOW = datetime(2026, 3, 5, tzinfo=UTC)
TEXTS = {
    "ledger.test": (
        "Kenya signs for a data centre",
        "Kenya's ICT Authority signed a contract with Accelink worth $17 million for a data centre in Nairobi.",
    ),
    "other.test": (
        "Uganda signs for cameras",
        "Uganda's police signed a contract with Zhongqiao Vision worth $9 million for cameras in Kampala.",
    ),
    "sport.test": ("Arsenal wins again", "Arsenal beat Chelsea by two goals to one on Sunday in London."),
}
FIRMS = "id,name,name_zh,parent,kind,source,note,off\nzhongqiao-vision,Zhongqiao Vision,,,firm,own,,\n"
NO_ACCELINK = "id,name,name_zh,parent,kind,source,note,off\naccelink,Accelink,,,firm,own,,yes\n"


@pytest.fixture
def stored(database: Database) -> Database:
    """Three articles, read with what ships: a firm that it knows, one that it does not, and sport."""
    layers = Layers.of(None)
    recognizer, scoring = recognizer_of(layers), load_scoring(layers)
    for domain, (title, text) in TEXTS.items():
        with database.write() as conn:
            number = stored_article(conn, NOW)
            row = {"title": title, "paragraphs": [text], "domain": domain, "outlet": domain, "language": "en"}
            conn.execute(sa.update(article).where(article.c.id == number).values(**row))
            found = get_article(conn, number)
            mentions = recognizer.recognize(found) if recognizer.screen(found.text, "en") else ()
            save_mentions(conn, number, mentions)
            proposed = propose(found, mentions, scoring)
            save_tagged(conn, number, proposed.tagged, BY)
            mark_proposed(conn, number, proposed.score, NOW)
            store_tellings(conn, found, proposed, StoryDesk(scoring, Stamp(NOW, "test")))
    return database


def again(database: Database, layers: Layers, *, apply: bool = False) -> dict[str, Replayed]:
    """The differences by the address of the outlet."""
    found = replay(database, layers, ReplayTerms(NOW - timedelta(days=1), NOW, apply=apply, size=1))
    with database.read() as conn:
        domains = dict(conn.execute(sa.select(article.c.id, article.c.domain)).all())
    return {domains[each.article_id]: each for each in found}


def rules(folder: Path, firms: str) -> Layers:
    """What ships, and a folder with other firms over it."""
    (folder / "lexicons").mkdir(parents=True)
    (folder / "lexicons" / "firms.csv").write_text(firms, "utf-8")
    if firms == NO_ACCELINK:
        (folder / "lexicons" / "firm_aliases.csv").write_text(_taken_away("accelink"), "utf-8")
    return with_folder(Layers.of(None), folder)


def _taken_away(firm: str) -> str:
    """The rows of a site that take all further names of a firm away."""
    with (Layers.of(None).folders[0] / "lexicons" / "firm_aliases.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["firm"] == firm]
    text = io.StringIO()
    writer = csv.DictWriter(text, (*rows[0], "off"))
    writer.writeheader()
    writer.writerows({**row, "off": "yes"} for row in rows)
    return text.getvalue()


def _firms(database: Database, number: int) -> list[str]:
    return [each.name for each in show(database, number).candidate.facts.firms]


@pytest.mark.slow
def test_the_same_rules_give_the_same(stored: Database) -> None:
    """Nothing differs, and nothing is written."""
    assert again(stored, Layers.of(None)) == {}


@pytest.mark.slow
def test_a_firm_that_the_lexicon_learned_makes_a_candidate(stored: Database, tmp_path: Path) -> None:
    """Shown first, stored on request; what was there stays."""
    layers = rules(tmp_path / "trial", FIRMS)
    found = again(stored, layers)
    assert {(each.difference, each.standing) for each in found.values()} == {(Difference.NEW, Standing.WAITING)}
    assert set(found) == {"other.test"}
    assert found["other.test"].after > load_scoring(layers).cut > (found["other.test"].before or 0)
    assert [_firms(stored, 1)] == [["Accelink"]]
    assert set(again(stored, layers, apply=True)) == {"other.test"}
    with stored.read() as conn:
        ids = list(conn.execute(sa.select(candidate.c.id).order_by(candidate.c.id)).scalars())
    assert "Zhongqiao Vision" in _firms(stored, ids[-1])
    assert again(stored, layers) == {}, "once stored, it is what is there"


@pytest.mark.slow
def test_what_rests_on_a_firm_that_is_gone_falls_unless_somebody_decided(stored: Database, tmp_path: Path) -> None:
    """A waiting candidate falls below the cut; a decided or published one is only named."""
    layers = rules(tmp_path / "trial", NO_ACCELINK)
    found = again(stored, layers)["ledger.test"]
    assert (found.difference, found.standing, found.candidate_ids) == (Difference.GONE, Standing.WAITING, (1,))
    decide(stored, Verdict(1, Judgement.ACCEPT, "ana"), NOW)
    assert again(stored, layers, apply=True)["ledger.test"].standing is Standing.DECIDED
    promote_accepted(stored, NOW)
    publish(without_rules(stored, tmp_path), "1.0", tmp_path / "release", NOW)
    found = again(stored, layers, apply=True)["ledger.test"]
    assert (found.standing, found.project_ids) == (Standing.PUBLISHED, ("off-2026-000001",))
    assert _firms(stored, 1) == ["Accelink"]


@pytest.mark.slow
def test_a_waiting_candidate_that_falls_leaves_the_queue(stored: Database, tmp_path: Path) -> None:
    """Applied, its score is below the cut; with the old rules it comes back."""
    layers = rules(tmp_path / "trial", NO_ACCELINK)
    again(stored, layers, apply=True)
    cut = load_scoring(layers).cut
    assert show(stored, 1).candidate.score < cut
    assert again(stored, Layers.of(None), apply=True)["ledger.test"].difference is Difference.NEW
    assert show(stored, 1).candidate.score >= cut
    assert _firms(stored, 1) == ["Accelink"]


@pytest.mark.parametrize(
    ("before", "after", "fields", "difference"),
    [
        (None, 0.9, (), Difference.NEW),
        (0.2, 0.9, ("firms",), Difference.NEW),
        (0.9, 0.2, (), Difference.GONE),
        (0.9, 0.9, ("firms",), Difference.CHANGED),
        (0.9, 0.9 - MARGIN, (), Difference.MOVED),
        (0.9, 0.9 - MARGIN / 2, (), None),
        (None, 0.2, ("firms",), None),
        (0.1, 0.2, ("firms",), None),
        (0.5, 0.5, (), None),
    ],
)
def test_what_no_reader_of_the_queue_would_notice_is_no_difference(
    before: float | None, after: float, fields: tuple[str, ...], difference: Difference | None
) -> None:
    """From the cut on, which is .5 here, another value or score counts."""
    assert difference_of(before, after, 0.5, fields) is difference


def test_rules_on_trial_are_checked_first(tmp_path: Path) -> None:
    """A folder that is not there, and a file that nothing reads."""
    with pytest.raises(UsageError, match="there is no folder"):
        with_folder(Layers.of(None), tmp_path / "trial")
    (tmp_path / "lexicon.csv").write_text("x")
    with pytest.raises(ConfigError, match="nothing reads this"):
        with_folder(Layers.of(None), tmp_path)
