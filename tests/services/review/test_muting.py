"""Names that people mute, and what becomes of candidates that wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from factories.candidate import stored_article
from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.errors import UnknownItem, UsageError
from offing.model.operation.run import Stamp
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.mute import Mute
from offing.propose import encoder, propose
from offing.propose.parties.tagged import BY
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of
from offing.services.pipeline.propose import store_tellings
from offing.services.review.decisions import decide, show
from offing.services.review.muting import MuteChange, foresee_mute, lay_mute, lift_mute
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article, get_mentions, save_mentions, save_tagged
from offing.store.candidates.mute import held_rules
from offing.store.database.engine import Database
from offing.store.tables import article, candidate

NOW = datetime(2026, 3, 5, tzinfo=UTC)
TEXTS = {
    "ledger.test": (
        "Kenya signs for a data centre",
        "1. Kenya: Kenya's ICT Authority signed a contract with ZTE worth $17 million.",
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
    return recognizer_of(Layers.of(None))


@pytest.fixture
def change() -> MuteChange:
    """A person's change."""
    return MuteChange("ana", NOW, load_scoring(Layers.of(None)), "a club")


@pytest.fixture
def told(database: Database, recognizer: Recognizer, change: MuteChange) -> Database:
    """Two candidates that name one firm, from two outlets."""
    for domain, (title, text) in TEXTS.items():
        _tell(database, recognizer, change, (domain, title, [text]))
    return database


def _tell(database: Database, recognizer: Recognizer, change: MuteChange, source: tuple[str, str, list[str]]) -> None:
    domain, title, paragraphs = source
    with database.write() as conn:
        number = stored_article(conn, NOW)
        row = {"title": title, "paragraphs": paragraphs, "domain": domain, "outlet": domain, "language": "en"}
        conn.execute(sa.update(article).where(article.c.id == number).values(**row))
        found = get_article(conn, number)
        mentions = recognizer.recognize(found)
        save_mentions(conn, number, mentions)
        proposed = propose(found, mentions, change.scoring)
        save_tagged(conn, number, proposed.tagged, BY)
        store_tellings(conn, found, proposed, StoryDesk(change.scoring, Stamp(NOW, "test")))


ROUNDUP = (
    "1. Kenya: Kenya's ICT Authority signed a contract with ZTE worth $17 million for a data centre in Nairobi.",
    "2. Uganda: Uganda's police signed a contract with Huawei worth $9 million for cameras in Kampala last week.",
    "3. Zambia: Zambia's government signed a contract with CETC worth $210 million for surveillance in Lusaka.",
)


@pytest.fixture
def roundup(database: Database, recognizer: Recognizer, change: MuteChange) -> Database:
    """One article that tells of three projects."""
    _tell(database, recognizer, change, ("weekly.test", "Three projects signed this week", list(ROUNDUP)))
    return database


def _said(database: Database) -> dict[int, tuple[tuple[str, ...], list[str], list[str]]]:
    """Countries, firms and quotes of each candidate."""
    with database.read() as conn:
        ids = list(conn.execute(sa.select(candidate.c.id)).scalars())
    found = {number: show(database, number).candidate for number in ids}
    return {
        number: (each.facts.countries, [f.name for f in each.facts.firms], sorted(q.text for q in each.evidence))
        for number, each in found.items()
    }


def test_projects_of_a_roundup_stay_where_they_are(roundup: Database, change: MuteChange) -> None:
    """Muting one firm after another changes only what rests on it, the decided one never; undo gives all back."""
    before = _said(roundup)
    places = {said[0]: number for number, said in before.items()}
    kenya, uganda, zambia = (places[code,] for code in ("KEN", "UGA", "ZMB"))
    decide(roundup, Verdict(uganda, Judgement.ACCEPT, "bo"), NOW)
    numbers = []
    for key in ("zte", "huawei", "cetc"):
        effect = lay_mute(roundup, Mute(MentionKind.FIRM, key), change)
        assert {each.before.id for each in effect.changed} <= {kenya, zambia}
        numbers.append(effect.number)
        now = _said(roundup)
        assert now[uganda] == before[uganda]
        assert now[zambia] == before[zambia] or key == "cetc"
        assert now[kenya][0] in {("KEN",), ()}
        assert "ZTE" not in now[kenya][1]
    assert _said(roundup)[zambia][0] in {("ZMB",), ()}
    for number in numbers:
        lift_mute(roundup, number, change)
    assert _said(roundup) == before


def test_what_a_mute_would_change_is_foreseen_without_writing(told: Database, change: MuteChange) -> None:
    """Both candidates, or that of one outlet; nothing of a decided one."""
    assert [each.id for each in foresee_mute(told, RULE, change.scoring).candidates] == [1, 2]
    decide(told, Verdict(1, Judgement.ACCEPT, "bo"), NOW)
    assert [each.id for each in foresee_mute(told, RULE, change.scoring).candidates] == [2]
    assert (_firms(told, 2), foresee_mute(told, replace(RULE, source="x.test"), change.scoring).candidates) == (
        ["ZTE"],
        (),
    )


@pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are not installed here")
def test_a_firm_that_only_the_encoder_finds_is_muted_alike(
    database: Database, recognizer: Recognizer, change: MuteChange
) -> None:
    """No list has it and no pattern; it is kept with the article's mentions, so that a mute finds its candidates."""
    text = (
        "Kenya's police switched on 400 street cameras in Nakuru on Monday. Wenlan installed them under a contract "
        "worth $17 million; ZTE delivered the radio network. Engineers of Wenlan will stay for three years."
    )
    _tell(database, recognizer, change, ("ledger.test", "Nakuru gets what it was promised", [text]))
    with database.read() as conn:
        tagged = [mention.text for mention in get_mentions(conn, 1) if mention.by == BY]
    assert "Wenlan" in tagged
    assert set(_firms(database, 1)) == {"ZTE", "Wenlan"}
    effect = lay_mute(database, Mute(MentionKind.FIRM, "wenlan"), change)
    assert [each.before.id for each in effect.changed] == [1]
    assert _firms(database, 1) == ["ZTE"]
    lift_mute(database, effect.number, change)
    assert set(_firms(database, 1)) == {"ZTE", "Wenlan"}


def _firms(database: Database, candidate_id: int) -> list[str]:
    return [firm.name for firm in show(database, candidate_id).candidate.facts.firms]


def test_a_mute_holds_for_candidates_that_wait(told: Database, change: MuteChange) -> None:
    """The firm goes from candidates of the outlet, with its quotes, and comes back when the mute is taken back."""
    assert (_firms(told, 1), _firms(told, 2)) == (["ZTE"], ["ZTE"])
    before = show(told, 1).candidate
    effect = lay_mute(told, replace(RULE, source="ledger.test"), change)
    assert [(each.before.id, each.fell) for each in effect.changed] == [(1, True)]
    assert (_firms(told, 1), _firms(told, 2)) == ([], ["ZTE"])
    assert "ZTE" not in {proof.value for proof in show(told, 1).candidate.evidence}
    assert lift_mute(told, effect.number, change).changed[0].after.facts == before.facts
    assert {proof.value for proof in show(told, 1).candidate.evidence} == {proof.value for proof in before.evidence}
    with told.read() as conn:
        assert held_rules(conn) == ()


def test_a_preview_changes_nothing(told: Database, change: MuteChange) -> None:
    """It tells of both candidates and leaves them and the list of mutes as they are."""
    effect = lay_mute(told, RULE, replace(change, preview=True))
    assert [each.before.id for each in effect.changed] == [1, 2]
    assert _firms(told, 1) == ["ZTE"]
    with told.read() as conn:
        assert held_rules(conn) == ()


def test_what_is_decided_stays(told: Database, change: MuteChange) -> None:
    """A candidate that somebody decided on keeps what it was decided on."""
    decide(told, Verdict(1, Judgement.ACCEPT, "bo"), NOW)
    effect = lay_mute(told, RULE, change)
    assert [each.before.id for each in effect.changed] == [2]
    assert _firms(told, 1) == ["ZTE"]


def test_what_cannot_be_muted_is_reported(told: Database, change: MuteChange) -> None:
    """Only firms and lenders are muted; a mute is taken back once."""
    with pytest.raises(UsageError, match="a firm or a lender"):
        lay_mute(told, Mute(MentionKind.COUNTRY, "KEN"), change)
    for missing in (9, 2**70):
        with pytest.raises(UnknownItem, match=f"no mute {missing}"):
            lift_mute(told, missing, change)
    number = lay_mute(told, RULE, change).number
    lift_mute(told, number, change)
    with pytest.raises(UsageError, match="lifted by ana"):
        lift_mute(told, number, change)
