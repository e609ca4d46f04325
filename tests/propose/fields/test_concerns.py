"""Concerns: a wording counts by what it names and by whether somebody worries."""

from __future__ import annotations

from offing.model.values.vocabulary import Concern
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, Text, shipped_rules


def kinds(text: Text) -> list[Concern]:
    """The kinds of concern of the strongest proposal."""
    proposal = propose(text.article, text.mentions, shipped_rules()).proposals[0]
    return [concern.kind for concern in proposal.facts.concerns]


def servers(*paragraphs: str) -> Text:
    """An article in which servers stand somewhere."""
    text = Text("Huawei in Ghana", "It is so.", *paragraphs).put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")
    return text.cue("concern", "servers", "data-sovereignty", weight=0.6)


def test_a_field_is_no_concern_until_somebody_worries() -> None:
    """The servers of a firm are no worry; a deputy who asks about them is, and one sentence later too."""
    assert kinds(servers("The servers came by ship.")) == []
    asked = "A deputy asked where the servers are."
    assert kinds(servers(asked).cue("signal", "asked", "marks-worry")) == [Concern.DATA_SOVEREIGNTY]
    later = "A deputy was worried twice. There are servers, and servers, and more servers."
    assert kinds(servers(later).cue("signal", "worried", "marks-worry")) == [Concern.DATA_SOVEREIGNTY]
    apart = servers("The servers came by ship.", "A deputy was worried.").cue("signal", "worried", "marks-worry")
    assert kinds(apart) == []


def named(paragraph: str, wording: str, kind: str) -> Text:
    """An article in which a worry is named."""
    text = Text("Huawei in Ghana", "It is so.", paragraph).put(FIRM, "Huawei", "huawei")
    return text.put(COUNTRY, "Ghana", "GHA").cue("concern", wording, kind)


def test_a_wording_that_names_the_worry_counts_alone() -> None:
    """A debt trap is a worry whoever speaks of it, and one that is denied was raised."""
    assert kinds(named("It is a debt trap.", "debt trap", "debt-finance")) == [Concern.DEBT_FINANCE]
    denied = named("It is no debt trap.", "debt trap", "debt-finance").cue("signal", "no", "marks-negation")
    assert kinds(denied) == [Concern.DEBT_FINANCE]


def test_cracks_are_a_concern_where_somebody_worries() -> None:
    """Cracks that were mended in passing are none; those that residents warn of are."""
    assert kinds(named("Cracks were mended in 2016.", "Cracks", "failure")) == []
    warned = named("Residents warn of cracks.", "cracks", "failure").cue("signal", "warn", "marks-worry")
    assert kinds(warned) == [Concern.FAILURE]


def test_a_weak_concern_stands_back_behind_a_strong_one() -> None:
    """What is far weaker than the strongest concern is not stated by the article."""
    text = servers("Critics warn of a debt trap, a debt trap, a debt trap. Some servers failed, critics say.")
    text.cue("concern", "debt trap", "debt-finance", weight=1.5)
    text.cue("signal", "warn", "marks-worry").cue("signal", "critics say", "marks-worry")
    assert kinds(text) == [Concern.DEBT_FINANCE]


def test_an_outspoken_worry_stands_beside_a_strong_one() -> None:
    """What is stated plainly counts, however much more is told of another worry."""
    trap = "a debt trap, a debt trap, a debt trap, a debt trap"
    said = f"Critics warn of {trap}. Critics say that it was never put out to tender."
    text = named(said, "debt trap", "debt-finance").cue("signal", "warn", "marks-worry")
    text.cue("concern", "put out to tender", "procurement", weight=1.3)
    assert kinds(text) == [Concern.DEBT_FINANCE, Concern.PROCUREMENT]
