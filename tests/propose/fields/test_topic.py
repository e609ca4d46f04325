"""Sector, status, record type, concerns; and articles with several projects."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import MentionKind
from offing.model.values.vocabulary import Concern, Mode, RecordType, Sector, Speaker, Status
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, LENDER, PLACE, Text, shipped_rules


def facts(text: Text) -> list[ProjectFacts]:
    """The facts of all proposals."""
    return [proposal.facts for proposal in propose(text.article, text.mentions, shipped_rules()).proposals]


def ghana(title: str, *paragraphs: str) -> Text:
    """An article on Huawei in Ghana."""
    return Text(title, *paragraphs).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")


def test_a_strong_wording_outdoes_hints() -> None:
    """One wording that leaves no doubt beats several weak ones; a name's own words are no wordings."""
    text = ghana("Huawei and Ghana", "A safe city near Port Moresby, by the road, at the port, by the road.")
    text.put(PLACE, "Port Moresby", "PNG").cue("sector", "Port", "transport")
    text.cue("sector", "safe city", "public-security-surveillance", weight=1.5)
    text.cue("sector", "road", "transport", weight=0.8).cue("sector", "port", "transport", weight=0.7)
    assert facts(text)[0].sector is Sector.PUBLIC_SECURITY


def test_the_longest_wording_of_a_kind_counts() -> None:
    """A thermal camera is not also a camera."""
    text = ghana("Huawei in Ghana sells thermal camera", "It is so.")
    text.cue("sector", "thermal camera", "digital-health", weight=1.0)
    text.cue("sector", "camera", "public-security-surveillance", weight=1.5)
    assert facts(text)[0].sector is Sector.DIGITAL_HEALTH


@pytest.mark.parametrize(
    ("sentence", "negation", "future"),
    [("It was not completed.", "not", None), ("It will be completed.", None, "will")],
)
def test_what_is_denied_or_to_come_is_no_status(sentence: str, negation: str | None, future: str | None) -> None:
    """Neither "not completed" nor "will be completed" is completed, if anything else is told."""
    text = ghana("Huawei in Ghana", sentence, "A contract was signed.")
    text.cue("status", "completed", "completed").cue("status", "contract was signed", "signed", weight=1.3)
    if negation:
        text.cue("signal", negation, "marks-negation")
    if future:
        text.cue("signal", future, "marks-future")
    assert facts(text)[0].status is Status.SIGNED


@pytest.mark.parametrize(("old", "status"), [("stopped", Status.SUSPENDED), ("finished", Status.SIGNED)])
def test_what_stopped_long_ago_still_stands_still(old: str, status: Status) -> None:
    """An old date makes what was finished background, not what was stopped."""
    text = ghana("Huawei in Ghana", "Nothing new.", f"Work was {old} in 2012.", "A contract was signed.")
    text.date("2012", datetime(2012, 1, 1, tzinfo=UTC))
    text.cue("status", old, "suspended" if old == "stopped" else "completed", weight=1.5)
    text.cue("status", "signed", "signed", weight=1.0)
    assert facts(text)[0].status is status


@pytest.mark.parametrize(
    ("progress", "status"),
    [("Progress is 60% overall.", Status.UNDER_CONSTRUCTION), ("Progress is 100% overall.", Status.COMPLETED)],
)
def test_works_of_which_a_share_is_done_go_on(progress: str, status: Status) -> None:
    """That a part is finished says less than how much of the whole is."""
    text = ghana("First train arrives for Ghana", "Huawei finished a tunnel.", progress)
    text.cue("status", "arrives", "completed").cue("status", "finished", "completed")
    text.cue("status", "Progress is", "under-construction", weight=1.5)
    assert facts(text)[0].status is status


def test_signing_a_memorandum_is_agreeing() -> None:
    """To have signed says little where it is a memorandum; the record is a framework agreement."""
    text = ghana("Huawei signed in Ghana", "They signed a memorandum.").cue("status", "signed", "signed")
    text.cue("status", "memorandum", "agreed", weight=1.5).cue("record-type", "memorandum", "framework-agreement")
    assert (facts(text)[0].status, facts(text)[0].record_type) == (Status.AGREED, RecordType.FRAMEWORK_AGREEMENT)


def test_an_agreement_with_money_is_a_project() -> None:
    """An agreement of which only a loan is asked for is a project; one that is only agreed is a framework."""
    text = ghana("Huawei in Ghana", "A loan by BoC is sought, says the memorandum.").cue("status", "sought", "proposed")
    text.cue("record-type", "memorandum", "framework-agreement", weight=1.5).put(LENDER, "BoC", "boc")
    assert facts(text)[0].record_type is RecordType.PROJECT
    text.cue("status", "memorandum", "agreed", weight=1.7)
    assert facts(text)[0].record_type is RecordType.FRAMEWORK_AGREEMENT


def test_training_is_a_record_type_of_its_own() -> None:
    """A course without money is training cooperation."""
    text = ghana("Huawei training course in Ghana", "The training course began.")
    text.cue("record-type", "training course", "training-cooperation", weight=1.3)
    text.cue("status", "began", "under-construction")
    assert facts(text)[0].record_type is RecordType.TRAINING_COOPERATION


def test_concerns_and_counterparts_are_quoted_as_written() -> None:
    """A stated worry and the host's organisation stand with their wording; a faint one does not."""
    text = ghana("Huawei in Ghana", "The Ministry of Interior was hacked.", "a", "b", "c", "Later some debt.")
    text.cue("concern", "hacked", "cyber-security").cue("concern", "debt", "debt-finance", weight=0.3)
    text.put(MentionKind.COUNTERPART, "Ministry of Interior")
    found = facts(text)[0]
    assert [(c.kind, c.as_written) for c in found.concerns] == [(Concern.CYBER_SECURITY, "hacked")]
    assert found.counterparts == ("Ministry of Interior",)


def test_speakers_are_reported_apart() -> None:
    """Of several speakers in a sentence the one who is named as source speaks."""
    text = ghana("Huawei in Ghana", "Sources said the ministry paid Huawei.")
    text.cue("signal", "Sources said", "says-unnamed").cue("signal", "the ministry", "says-host-official")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert Speaker.UNNAMED in {evidence.speaker for evidence in proposal.evidence}


def roundup() -> Text:
    """Three countries, announced in the lead, each with a paragraph of its own; the third is only studied."""
    text = Text(
        "Three works with a Chinese hand",
        "A look at three projects.",
        "In Peru a port opened. CRBC built it for $5 million.",
        "It is large.",
        "In Bolivia ZTE signed for a network.",
        "Nothing of the kind is heard from Chile, where a study is all there is.",
    )
    text.put(FIRM, "CRBC", "crbc").put(FIRM, "ZTE", "zte").put(COUNTRY, "Peru", "PER").put(COUNTRY, "Bolivia", "BOL")
    text.put(COUNTRY, "Chile", "CHL").cue("sector", "port", "transport").cue(
        "sector", "network", "telecom-connectivity"
    )
    text.cue("status", "opened", "completed", weight=1.4).cue("status", "signed", "signed", weight=1.4)
    text.money("$5 million", "5000000", "USD").put(MentionKind.CHINA, "Chinese", "CHN")
    return text.cue("signal", "three projects", "roundup")


def test_a_roundup_is_parted_by_country() -> None:
    """Each country with a Chinese party, a sector and a status is a proposal; a paragraph without country goes on."""
    found = {f.countries: f for f in facts(roundup())}
    assert set(found) == {("PER",), ("BOL",)}
    assert [firm.name for firm in found["PER",].firms] == ["CRBC"]
    assert [a.value for a in found["PER",].amounts] == [Decimal(5_000_000)]
    assert found["BOL",].sector is Sector.TELECOM


def test_without_announcement_other_countries_are_background() -> None:
    """The same text under a title about one project is one proposal."""
    text = roundup()
    text.mentions = [m for m in text.mentions if m.key != "roundup"]
    assert len(facts(text)) == 1


def test_several_countries_in_the_title_announce_a_roundup_too() -> None:
    """Peru and Bolivia in the title are enough."""
    text = Text(
        "Peru, Bolivia: what CRBC does", "It is so.", "In Peru CRBC opened a port.", "In Bolivia CRBC opened a port."
    )
    text.put(FIRM, "CRBC", "crbc").put(COUNTRY, "Peru", "PER").put(COUNTRY, "Bolivia", "BOL")
    text.cue("sector", "port", "transport", weight=1.5).cue("status", "opened", "completed", weight=1.5)
    assert {f.countries for f in facts(text)} == {("PER",), ("BOL",)}


def second_project(firm: str) -> Text:
    """Two agreements of one country; title and lead name the sums of both."""
    text = Text(
        "Kenya gets $17 million data centre and $51 million road",
        "Kenya signed two things with Huawei.",
        "Huawei builds the data centre for $17 million.",
        f"The second agreement is a road for $51 million by {firm}.",
    )
    text.put(COUNTRY, "Kenya", "KEN").put(FIRM, "Huawei", "huawei").money("$17 million", "17000000", "USD")
    text.money("$51 million", "51000000", "USD").cue("sector", "data centre", "data-centre-cloud", weight=1.5)
    text.cue("sector", "road", "transport").cue("status", "signed", "signed").cue(
        "signal", "The second agreement", "second-project"
    )
    return text


def test_a_second_project_of_the_same_country_stands_on_its_own() -> None:
    """It has its own firm and sum, and takes country and status from the article."""
    first, second = facts(second_project("CRBC").put(FIRM, "CRBC", "crbc"))
    assert ([f.name for f in first.firms], [a.value for a in first.amounts]) == (["Huawei"], [Decimal(17_000_000)])
    assert ([f.name for f in second.firms], [a.value for a in second.amounts]) == (["CRBC"], [Decimal(51_000_000)])
    assert (second.countries, second.status) == (("KEN",), Status.SIGNED)


def test_the_company_of_a_second_project_is_the_first_ones() -> None:
    """The vendor is the firm that was named before; without the word no firm is told."""
    text = second_project("the vendor").cue("signal", "the vendor", "says-company")
    assert [f.name for f in facts(text)[1].firms] == ["Huawei"]
    assert facts(second_project("somebody"))[1].firms == ()


def test_a_second_project_must_differ() -> None:
    """A further remark on the same sector, status and no sum is no second project."""
    text = Text("Huawei in Kenya", "Huawei signed for a road.", "They also signed the road.").put(
        COUNTRY, "Kenya", "KEN"
    )
    text.put(FIRM, "Huawei", "huawei").cue("sector", "road", "transport").cue("status", "signed", "signed")
    text.cue("signal", "also signed", "second-project")
    assert len(facts(text)) == 1


def test_a_further_project_needs_company_to_be_kept() -> None:
    """Where the best project is no candidate the others are not kept either."""
    text = roundup()
    high = replace(shipped_rules(), cut=0.9999)
    assert len(propose(text.article, text.mentions, high).proposals) == 1


def test_other_donors_in_front_speak_against() -> None:
    """Where title and lead name another donor and no Chinese party, the analyst is told."""
    text = Text("World Bank road in Ghana", "The World Bank pays.", "More.", "Huawei sells phones there.")
    text.put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA").cue("signal", "World Bank", "other-donor")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert {"others-lead", "other-donor", "party-in-body"} <= {reason.name for reason in proposal.reasons}
    assert proposal.score < 0.1


def test_gifts_of_the_chinese_state_are_reported() -> None:
    """A donation is a Chinese party at work, though no firm or lender is named."""
    text = Text("Computers for Ghana", "China donated computers to Ghana.", "That is all.").put(COUNTRY, "Ghana", "GHA")
    text.put(MentionKind.CHINA, "China", "CHN").cue("mode", "donated", "donation").cue("status", "donated", "completed")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert {"china-gives", "core-sentence", "no-named-party"} <= {reason.name for reason in proposal.reasons}


def test_a_party_only_at_the_end_counts_least() -> None:
    """The reason says so."""
    text = Text("Road in Ghana", "a", "b", "c", "d", "e", "By Huawei.").put(FIRM, "Huawei", "huawei")
    text.put(COUNTRY, "Ghana", "GHA")
    (proposal,) = propose(text.article, text.mentions, shipped_rules()).proposals
    assert "party-in-tail" in {reason.name for reason in proposal.reasons}
    assert "amount" not in {reason.name for reason in proposal.reasons}


def test_what_there_is_not_is_no_mode() -> None:
    """Where the text says that there is no loan, the contract is the mode."""
    text = ghana("Huawei in Ghana", "There was no foreign loan.", "A contract was signed.")
    text.cue("mode", "loan", "loan", weight=1.4).cue("mode", "contract", "contract")
    text.cue("signal", "no", "marks-negation")
    assert facts(text)[0].mode is Mode.CONTRACT


def test_training_with_money_is_training_still() -> None:
    """A course that a Chinese province pays for is training; an agreement of which it is a part is not."""
    text = ghana("Huawei training course in Ghana", "A training course under an agreement.", "The Bank lends for it.")
    text.put(LENDER, "Bank", "bank").cue("record-type", "training course", "training-cooperation", weight=1.5)
    assert facts(text)[0].record_type is RecordType.TRAINING_COOPERATION
    text = ghana("Huawei and Ghana sign a memorandum", "A memorandum with a training course.")
    text.cue("record-type", "memorandum", "framework-agreement", weight=1.5).cue("status", "memorandum", "agreed")
    text.cue("record-type", "training course", "training-cooperation", weight=1.3)
    assert facts(text)[0].record_type is RecordType.FRAMEWORK_AGREEMENT


def test_a_text_without_a_title_tells_in_the_order_of_time() -> None:
    """A narrative begins with the signature; what was completed later counts more, a neighbour's work does not."""
    told = "Huawei signed a contract in Ghana. It was a contract. Work ended. It was completed in 2019."
    text = Text("", told).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")
    text.cue("status", "signed a contract", "signed", weight=1.5).cue("status", "completed", "completed")
    assert facts(text)[0].status is Status.COMPLETED
    assert facts(text.cue("signal", "It was completed", "marks-elsewhere"))[0].status is Status.SIGNED


@pytest.mark.parametrize(
    ("kind", "word", "key"),
    [("status", "want", "proposed"), ("signal", "want", "marks-worry"), ("signal", "want", "marks-future")],
)
def test_a_halt_that_is_only_asked_for_is_no_halt(kind: str, word: str, key: str) -> None:
    """Where senators want a network put on hold, the signature is what there is."""
    text = ghana("Senators of Ghana want Huawei network on hold", "It was signed.")
    text.cue("status", "on hold", "suspended", weight=1.5).cue("status", "was signed", "signed", weight=1.7)
    assert facts(text)[0].status is Status.SUSPENDED
    assert facts(text.cue(kind, word, key, weight=0.1))[0].status is Status.SIGNED


@pytest.mark.parametrize(
    ("sentence", "key", "status"),
    [
        ("The line is completed to 40%.", "completed", Status.UNDER_CONSTRUCTION),
        ("It is completed.", "completed", Status.COMPLETED),
    ],
)
def test_what_is_partly_done_goes_on(sentence: str, key: str, status: Status) -> None:
    """A share beside what is completed tells that the work goes on."""
    text = ghana("Huawei in Ghana", sentence).cue("status", "completed", key)
    assert facts(text)[0].status is status


def test_a_field_in_the_name_of_a_body_that_takes_part_is_the_projects() -> None:
    """What the Roads Authority buys is for roads rather than for something else named as strongly."""
    text = ghana("Huawei in Ghana", "A deal with the Roads Authority on towers.")
    text.cue("sector", "towers", "telecom-connectivity", weight=1.1).cue("sector", "Roads", "transport")
    assert facts(text)[0].sector is Sector.TELECOM
    assert facts(text.put(MentionKind.COUNTERPART, "Roads Authority"))[0].sector is Sector.TRANSPORT


def test_what_something_happens_to_is_the_project() -> None:
    """A wording of a sector right beside one of a status counts more than one that stands apart."""
    apart = "towers, which everybody has long and rightly wished for in every village, while"
    text = ghana("Huawei in Ghana", f"It is {apart} roads opened.")
    text.cue("sector", "towers", "telecom-connectivity", weight=1.1).cue("sector", "roads", "transport")
    assert facts(text)[0].sector is Sector.TELECOM
    assert facts(text.cue("status", "opened", "completed"))[0].sector is Sector.TRANSPORT


def test_the_clause_tells_what_is_to_come() -> None:
    """A future told by the clause alone counts as one that a marker tells."""
    text = ghana("Huawei in Ghana", "It will be completed.", "A contract was signed.")
    text.cue("status", "completed", "completed").cue("status", "was signed", "signed", weight=1.3)
    assert facts(text)[0].status is Status.SIGNED
