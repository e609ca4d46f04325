"""Names that people mute, and what becomes of candidates that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from factories.candidate import stored_article
from offing.config.layers import Layers
from offing.config.lexicon import load_lexicon
from offing.config.scoring import load_scoring
from offing.config.wording import load_wording
from offing.errors import UnknownItem, UsageError
from offing.model.decision import Judgement, Verdict
from offing.model.mention import MentionKind
from offing.model.mute import Mute
from offing.model.rules import RecognitionRules
from offing.model.run import Stamp
from offing.propose import propose
from offing.recognize import Recognizer
from offing.steps.muting import MuteDeed, lay_mute, lift_mute
from offing.steps.propose import tell
from offing.steps.review import decide, show
from offing.steps.stories import StoryDesk
from offing.store.article import get_article, save_mentions
from offing.store.engine import Database
from offing.store.mute import held_rules
from offing.store.tables import article

NOW = datetime(2026, 3, 5, tzinfo=UTC)
TEXTS = {
    "ledger.test": (
        "Kenya signs for a data centre",
        "Kenya's ICT Authority signed a contract with ZTE worth $17 million.",
    ),
    "other.test": (
        "Uganda signs for cameras",
        "Uganda's police signed a contract with ZTE worth $9 million for cameras.",
    ),
}
RULE = Mute(MentionKind.FIRM, "zte", "ZTE")


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    """What ships, without a model."""
    layers = Layers.of(None)
    return Recognizer(RecognitionRules(load_lexicon(layers), replace(load_wording(layers))))


@pytest.fixture
def deed() -> MuteDeed:
    """A person's deed."""
    return MuteDeed("ana", NOW, load_scoring(Layers.of(None)), "a club")


@pytest.fixture
def told(database: Database, recognizer: Recognizer, deed: MuteDeed) -> Database:
    """Two candidates that name one firm, from two outlets."""
    with database.write() as conn:
        for domain, (title, text) in TEXTS.items():
            number = stored_article(conn, NOW)
            row = {"title": title, "paragraphs": [text], "domain": domain, "outlet": domain, "language": "en"}
            conn.execute(sa.update(article).where(article.c.id == number).values(**row))
            found = get_article(conn, number)
            mentions = recognizer.recognize(found)
            save_mentions(conn, number, mentions)
            proposed = propose(found, mentions, deed.scoring)
            tell(conn, found, proposed, StoryDesk(deed.scoring, Stamp(NOW, "test")))
    return database


def _firms(database: Database, candidate_id: int) -> list[str]:
    return [firm.name for firm in show(database, candidate_id).candidate.facts.firms]


def test_a_mute_holds_for_candidates_that_wait(told: Database, deed: MuteDeed) -> None:
    """The firm goes from candidates of the outlet, with its quotes, and comes back when the mute is taken back."""
    assert (_firms(told, 1), _firms(told, 2)) == (["ZTE"], ["ZTE"])
    before = show(told, 1).candidate
    effect = lay_mute(told, replace(RULE, source="ledger.test"), deed)
    assert [(each.before.id, each.fell) for each in effect.changed] == [(1, True)]
    assert (_firms(told, 1), _firms(told, 2)) == ([], ["ZTE"])
    assert "ZTE" not in {proof.value for proof in show(told, 1).candidate.evidence}
    assert lift_mute(told, effect.number, deed).changed[0].after.facts == before.facts
    assert {proof.value for proof in show(told, 1).candidate.evidence} == {proof.value for proof in before.evidence}
    with told.read() as conn:
        assert held_rules(conn) == ()


def test_a_preview_changes_nothing(told: Database, deed: MuteDeed) -> None:
    """It tells of both candidates and leaves them and the list of mutes as they are."""
    effect = lay_mute(told, RULE, replace(deed, preview=True))
    assert [each.before.id for each in effect.changed] == [1, 2]
    assert _firms(told, 1) == ["ZTE"]
    with told.read() as conn:
        assert held_rules(conn) == ()


def test_what_is_decided_stays(told: Database, deed: MuteDeed) -> None:
    """A candidate that somebody decided on keeps what it was decided on."""
    decide(told, Verdict(1, Judgement.ACCEPT, "bo"), NOW)
    effect = lay_mute(told, RULE, deed)
    assert [each.before.id for each in effect.changed] == [2]
    assert _firms(told, 1) == ["ZTE"]


def test_what_cannot_be_muted_is_told(told: Database, deed: MuteDeed) -> None:
    """Only firms and lenders are muted; a mute is taken back once."""
    with pytest.raises(UsageError, match="a firm or a lender"):
        lay_mute(told, Mute(MentionKind.COUNTRY, "KEN"), deed)
    for missing in (9, 2**70):
        with pytest.raises(UnknownItem, match=f"no mute {missing}"):
            lift_mute(told, missing, deed)
    number = lay_mute(told, RULE, deed).number
    lift_mute(told, number, deed)
    with pytest.raises(UsageError, match="taken back by ana"):
        lift_mute(told, number, deed)
