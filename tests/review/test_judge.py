"""From a verdict to a decision."""

from dataclasses import replace
from datetime import timedelta

import pytest

from factories.candidate import FACTS, NOW, frozen_candidate
from offing.model.pairs.pairing import Bond, Ref
from offing.model.projects.project import Firm, Lender
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import (
    Decision,
    Judgement,
    Verdict,
    decisions_in_force,
    edited_fields,
    effective_facts,
)
from offing.model.values.vocabulary import Role, Status
from offing.review import DEFER_FOR, DecisionDraft, History, Refusal, judge


def _verdict(judgement: Judgement, **more: object) -> Verdict:
    return Verdict(1, judgement, "ana", **more)  # type: ignore[arg-type]


def _made(number: int, judgement: Judgement, **more: object) -> Decision:
    return replace(Decision(number, 1, judgement, "ana", NOW, "", {}, {}), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("judgement", [Judgement.ACCEPT, Judgement.REJECT])
def test_a_plain_judgement_moves_the_candidate(judgement: Judgement) -> None:
    """Accept and reject give a decision with who, when, why, and the state after it."""
    draft = judge(frozen_candidate(), _verdict(judgement, reason="clear"), NOW, History())
    assert isinstance(draft, DecisionDraft)
    assert draft.state is judgement.state
    assert draft.decision == _made(0, judgement, reason="clear")


def test_corrections_are_kept_before_and_after() -> None:
    """A decision holds the corrected fields only, as they were and as they are."""
    draft = judge(frozen_candidate(), _verdict(Judgement.ACCEPT, edits={"status": "agreed"}), NOW, History())
    assert isinstance(draft, DecisionDraft)
    assert (draft.decision.before, draft.decision.after) == ({"status": "signed"}, {"status": "agreed"})


def test_a_second_correction_stands_on_the_first() -> None:
    """What was corrected in a decision that stands is the value before the next correction."""
    earlier = _made(1, Judgement.DEFER, after={"status": "agreed"}, before={"status": "signed"})
    deferred = frozen_candidate(state=CandidateState.DEFERRED)
    verdict = _verdict(Judgement.ACCEPT, edits={"status": "completed"})
    draft = judge(deferred, verdict, NOW, History((earlier,)))
    assert isinstance(draft, DecisionDraft)
    assert draft.decision.before == {"status": "agreed"}


def test_a_deferred_one_comes_back_in_a_week_unless_said_otherwise() -> None:
    """Defer has a date: the one given, else seven days on."""
    draft = judge(frozen_candidate(), _verdict(Judgement.DEFER), NOW, History())
    assert isinstance(draft, DecisionDraft)
    assert draft.defer_until == draft.decision.until == NOW + DEFER_FOR
    later = NOW + timedelta(days=30)
    draft = judge(frozen_candidate(), _verdict(Judgement.DEFER, until=later), NOW, History())
    assert isinstance(draft, DecisionDraft)
    assert draft.defer_until == later
    soon = judge(frozen_candidate(), _verdict(Judgement.DEFER, until=NOW + timedelta(seconds=1)), NOW, History())
    assert isinstance(soon, DecisionDraft)
    assert timedelta(days=7) == DEFER_FOR


def test_a_duplicate_names_the_other() -> None:
    """A duplicate of a candidate that is there is accepted as such."""
    other = frozen_candidate(id=2)
    draft = judge(frozen_candidate(), _verdict(Judgement.DUPLICATE, duplicate_of=2), NOW, History(other=other))
    assert isinstance(draft, DecisionDraft)
    assert (draft.state, draft.duplicate_of) == (CandidateState.DUPLICATE, 2)


OTHER = frozen_candidate(id=2)
KNOWN = Ref.known("base", "7")
REFUSED = [
    (_verdict(Judgement.DUPLICATE), History(), "--of ID"),
    (_verdict(Judgement.DUPLICATE, duplicate_of=1), History(other=frozen_candidate()), "of itself"),
    (_verdict(Judgement.DUPLICATE, duplicate_of=9), History(), "no candidate 9"),
    (_verdict(Judgement.DUPLICATE, duplicate_of=2, until=NOW), History(other=OTHER), "only defer has a date"),
    (
        _verdict(Judgement.DUPLICATE, duplicate_of=2),
        History(other=frozen_candidate(id=2, state=CandidateState.DUPLICATE, duplicate_of=3)),
        "use --of 3",
    ),
    (_verdict(Judgement.ACCEPT, duplicate_of=2), History(other=OTHER), "only a duplicate"),
    (_verdict(Judgement.REJECT, until=NOW), History(), "only defer has a date"),
    (_verdict(Judgement.DEFER, until=NOW), History(), "lies in the past"),
    (_verdict(Judgement.DEFER, until=NOW - timedelta(seconds=1)), History(), "lies in the past"),
    (_verdict(Judgement.ACCEPT, edits={"status": "no"}), History(), "status: 'no' is none of"),
    (_verdict(Judgement.REJECT, into=KNOWN), History(), "only what is accepted"),
    (_verdict(Judgement.ACCEPT, into=KNOWN, alone=True), History(), "not both"),
    (_verdict(Judgement.ACCEPT, into=Ref.candidate(1)), History(), "update of itself"),
    (_verdict(Judgement.ACCEPT, into=KNOWN, duplicate_of=2), History(other=OTHER), "only a duplicate"),
    (_verdict(Judgement.UNDO), History(), "has no decision to undo"),
    (_verdict(Judgement.UNDO, undoes=7), History((_made(1, Judgement.ACCEPT),)), "7 on candidate 1 does not stand"),
    (
        _verdict(Judgement.UNDO, undoes=1),
        History((_made(1, Judgement.DEFER), _made(2, Judgement.ACCEPT))),
        "since then: accept",
    ),
    (_verdict(Judgement.UNDO), History((_made(1, Judgement.ACCEPT),), promised="off-2026-000001"), "off-2026-000001"),
]


@pytest.mark.parametrize(("verdict", "history", "words"), REFUSED)
def test_what_cannot_stand_is_refused_with_a_sentence(verdict: Verdict, history: History, words: str) -> None:
    """A verdict that makes no sense gives a refusal that says why."""
    refusal = judge(frozen_candidate(), verdict, NOW, history)
    assert isinstance(refusal, Refusal)
    assert words in refusal.reason


@pytest.mark.parametrize("decisions", [(), (_made(1, Judgement.ACCEPT),)])
def test_a_decided_one_stays_decided(decisions: tuple[Decision, ...]) -> None:
    """A candidate that is decided is not decided again; the refusal names the way back."""
    refusal = judge(
        frozen_candidate(state=CandidateState.ACCEPTED), _verdict(Judgement.REJECT), NOW, History(decisions)
    )
    assert isinstance(refusal, Refusal)
    assert "offing undo 1" in refusal.reason
    assert ("by ana on 2026-03-05" in refusal.reason) == bool(decisions)


def test_undo_restores_what_stood_before() -> None:
    """Undo takes back the last standing decision and restores the state before it, with its date."""
    until = NOW + timedelta(days=3)
    deferred = _made(1, Judgement.DEFER, until=until, after={"status": "agreed"})
    accepted = _made(2, Judgement.ACCEPT, before={"sector": None}, after={"sector": "energy"})
    candidate = frozen_candidate(state=CandidateState.ACCEPTED)
    draft = judge(candidate, _verdict(Judgement.UNDO), NOW, History((deferred, accepted)))
    assert isinstance(draft, DecisionDraft)
    assert (draft.state, draft.defer_until) == (CandidateState.DEFERRED, until)
    assert draft.decision.undoes == 2
    assert (draft.decision.before, draft.decision.after) == ({"sector": "energy"}, {"sector": None})
    again = judge(
        candidate, _verdict(Judgement.UNDO), NOW, History((deferred, accepted, replace(draft.decision, id=3)))
    )
    assert isinstance(again, DecisionDraft)
    assert (again.state, again.decision.undoes) == (CandidateState.OPEN, 1)


def test_undo_goes_back_one_step_of_many() -> None:
    """Of three decisions the last one goes; one that is meant and is not the last is refused with those after it."""
    until = NOW + timedelta(days=3)
    made = (
        _made(1, Judgement.DEFER, until=NOW),
        _made(2, Judgement.DEFER, until=until),
        _made(3, Judgement.ACCEPT, by="ben"),
    )
    candidate = frozen_candidate(state=CandidateState.ACCEPTED)
    for asked in ({}, {"undoes": 3}):
        draft = judge(candidate, _verdict(Judgement.UNDO, **asked), NOW, History(made))
        assert isinstance(draft, DecisionDraft)
        assert (draft.state, draft.defer_until, draft.decision.undoes) == (CandidateState.DEFERRED, until, 3)
    for meant, later in ((1, "since then: defer by ana, accept by ben;"), (2, "since then: accept by ben;")):
        refusal = judge(candidate, _verdict(Judgement.UNDO, undoes=meant), NOW, History(made))
        assert isinstance(refusal, Refusal)
        assert later in refusal.reason


def test_other_candidates_may_be_named() -> None:
    """Whether they came before or after: only itself is no candidate that one can be part or double of."""
    candidate = frozen_candidate(id=5)
    for number in (4, 6):
        into = Ref.candidate(number)
        part = judge(candidate, Verdict(5, Judgement.ACCEPT, "ana", into=into), NOW, History())
        assert isinstance(part, DecisionDraft)
        assert part.decision.into == into
        other = History(other=frozen_candidate(id=number))
        double = judge(candidate, Verdict(5, Judgement.DUPLICATE, "ana", duplicate_of=number), NOW, other)
        assert isinstance(double, DecisionDraft)
        assert double.duplicate_of == number


def test_only_firms_take_over_roles() -> None:
    """Other fields are read as they are typed."""
    edits = {"countries": "Uganda", "places": "Kampala", "firms": "ZTE"}
    draft = judge(frozen_candidate(), _verdict(Judgement.ACCEPT, edits=edits), NOW, History())
    assert isinstance(draft, DecisionDraft)
    facts = effective_facts(FACTS, [draft.decision])
    assert (facts.countries, facts.places, facts.firms[0].role) == (("UGA",), ("Kampala",), FACTS.firms[0].role)


def test_only_what_stands_counts() -> None:
    """The values of decisions that were taken back are no longer laid over the machine's."""
    first = _made(1, Judgement.DEFER, after={"status": "agreed"})
    second = _made(2, Judgement.ACCEPT, after={"status": "completed"})
    undo = _made(3, Judgement.UNDO, undoes=2, before=second.after, after={"status": "agreed"})
    assert decisions_in_force((undo, second, first)) == (first,)
    assert edited_fields((first, second, undo)) == {"status": "agreed"}
    assert effective_facts(FACTS, (first, second)).status is Status.COMPLETED
    assert effective_facts(FACTS, (first, second, undo)) == replace(FACTS, status=Status.AGREED)
    assert effective_facts(FACTS, ()) is FACTS


def test_an_accepted_update_says_what_it_belongs_to() -> None:
    """It goes into what it is an update of, or where a person says; alone, it is different from that."""
    update = frozen_candidate(update_of="known:base:7")
    drafts = [
        judge(update, _verdict(Judgement.ACCEPT, **more), NOW, History())
        for more in ({}, {"into": Ref.project("off-1")}, {"alone": True})
    ]
    found = [(each.decision.into, each.bonds) for each in drafts if isinstance(each, DecisionDraft)]
    project = Ref.project("off-1")
    assert found == [
        (KNOWN, ((KNOWN, Bond.SAME),)),
        (project, ((project, Bond.SAME),)),
        (None, ((KNOWN, Bond.DIFFERENT),)),
    ]
    rejected = judge(update, _verdict(Judgement.REJECT), NOW, History())
    assert isinstance(rejected, DecisionDraft)
    assert (rejected.decision.into, rejected.bonds) == (None, ())
    alone = judge(frozen_candidate(), _verdict(Judgement.ACCEPT, alone=True), NOW, History())
    assert isinstance(alone, DecisionDraft)
    assert alone.bonds == ()


def test_one_for_which_another_stands_is_not_decided_on() -> None:
    """Since their stories became one, the decision belongs to the one that stands for both."""
    draft = judge(frozen_candidate(id=5, merged_into=3), Verdict(5, Judgement.ACCEPT, "ana"), NOW, History())
    assert draft == Refusal("candidate 5 is part of 3 now: decide on that one")


def test_names_that_are_known_keep_their_id() -> None:
    """What is typed like a firm or lender of the lexicon is that one; the candidate's own wins."""
    chec = Firm("China Harbour Engineering Company", "CHEC", Role.CONTRACTOR, "chec")
    other = Firm("Huawei", "Huawei", Role.OPERATOR, "another-huawei")
    icbc = Lender("Industrial and Commercial Bank of China", "工行", "icbc")
    edits = {"firms": "chec:supplier; Huawei", "lenders": "工行"}
    draft = judge(
        frozen_candidate(), _verdict(Judgement.ACCEPT, edits=edits, parties=(chec, other, icbc)), NOW, History()
    )
    assert isinstance(draft, DecisionDraft)
    facts = effective_facts(FACTS, [draft.decision])
    assert facts.firms == (replace(chec, role=Role.SUPPLIER), FACTS.firms[0])
    assert facts.lenders == (icbc,)
