"""Proposals with an encoder: what it finds is proposed and proved, and it reads each article that is worth it once."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from offing.model.reading.evidence import FieldName
from offing.model.reading.feature_names import INTERCEPT
from offing.model.reading.mention import KnownName, MentionKind, NameReliability
from offing.model.reading.rules import ScoringRules
from offing.model.reading.tags import Tag
from offing.model.reading.tuned import Tuned
from offing.model.review.candidate import Proposal, Proposed
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Concern, EventKind, Status
from offing.propose import encoder, propose
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.encoder.heads import ANOTHER, NOBODY, OWN, UNPARTED
from offing.propose.reading.scope import scope_of
from offing.propose.score.reasons import ENCODED, FOLLOW_UP
from offing.propose.split.split import ProjectLines, split
from offing.services.analysis.analyst import load_analyst
from propose.encodings import Told, encoded_as
from propose.spans import COUNTRY, FIRM, NOON, Text, shipped_rules

KNOWN = KnownName(("CPV",), "e-government", NameReliability.OWN)
RACKS = "Crews have hung half of the racks."
needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are not installed here")


class Reader:
    """An encoder that says what it is given, and knows what it was asked."""

    def __init__(self, told: Told | None) -> None:
        self.told, self.asked = told, list[Article]()

    def __call__(self, article: Article, _tuned: Tuned | None) -> EncodedArticle | None:
        self.asked.append(article)
        return encoded_as(article, self.told) if self.told else None


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> type[Reader]:
    """A way to put an encoder in place of the one that ships."""

    class Installed(Reader):
        def __init__(self, told: Told | None) -> None:
            super().__init__(told)
            monkeypatch.setattr(sys.modules["offing.propose.propose"], "encode", self)

    return Installed


def rules(**levels: float) -> ScoringRules:
    """The scoring that ships, by which an encoder decides what no wording says."""
    shipped = shipped_rules()
    fusion = {f"fusion.{field}.encoded": 1.0 for field in ("status", "sector", "mode", "record_type")}
    concern = {"bias": -1.0, "wording": 1.0, "share": 1.0, "encoded": 1.0, "least": 0.4}
    fusion |= {f"fusion.concern.{name}": weight for name, weight in concern.items()}
    return replace(shipped, levels={**shipped.levels, **fusion, **levels}, screen={})


def hall(*paragraphs: str) -> Text:
    """An article on Huawei's hall in Ghana."""
    text = Text("Huawei hall in Ghana", *(paragraphs or (RACKS,)))
    return text.put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA").cue("status", "hall", "agreed", weight=0.1)


def best(text: Text, by: ScoringRules | None = None) -> Proposal:
    """The strongest proposal of a text."""
    return found_in(text, by).proposals[0]


def found_in(text: Text, by: ScoringRules | None = None) -> Proposed:
    """What a text supports."""
    return propose(text.article, text.mentions, by or rules())


def test_what_no_wording_tells_is_read_from_its_sentence(reading: type[Reader]) -> None:
    """The sentence is the proof, word for word."""
    fields = {"status": {"under-construction": 0.98}, "concerns": {"failure": 0.97}}
    reading(Told(fields=fields, speaks=[RACKS]))
    proposal = best(hall("It is so.", RACKS))
    assert proposal.facts.status is Status.UNDER_CONSTRUCTION
    assert [each.kind for each in proposal.facts.concerns] == [Concern.FAILURE]
    for field in (FieldName.STATUS, FieldName.CONCERNS):
        assert RACKS in [each.text for each in proposal.evidence if each.field is field]


def test_without_an_encoder_wordings_decide(reading: type[Reader]) -> None:
    """No reason mentions it either."""
    reading(None)
    proposal = best(hall())
    assert proposal.facts.status is Status.AGREED
    assert ENCODED not in {reason.name for reason in proposal.reasons}


@pytest.mark.parametrize(("share", "speaks_for"), [(0.95, True), (0.05, False)])
def test_what_it_makes_of_the_whole_text_is_a_reason(share: float, speaks_for: bool, reading: type[Reader]) -> None:
    """For a project or against one, and the score follows."""
    reading(None)
    plain = found_in(hall()).score
    reading(Told(text={"relevant": {"1": share}}))
    found = found_in(hall())
    (reason,) = [each for each in found.proposals[0].reasons if each.name == ENCODED]
    assert (reason.weight > 0) is speaks_for
    assert (found.score > plain) is speaks_for


def test_a_firm_that_no_list_has_is_proposed_where_it_is_tagged(reading: type[Reader]) -> None:
    """As it is written, and quoted from the text."""
    text = hall("Rongda Cable builds it with Huawei.")
    by = rules(**{"limits.firms_least": 0.0})
    reading(Told())
    assert "Rongda Cable" not in {firm.name for firm in best(text, by).facts.firms}
    reading(Told(tags={Tag.FIRM: {"Rongda Cable": 0.99, "Huawei": 0.99}}))
    proposal = best(text, by)
    (rongda,) = [firm for firm in proposal.facts.firms if firm.name == "Rongda Cable"]
    assert (rongda.as_written, rongda.id) == ("Rongda Cable", None)
    quotes = [each.text for each in proposal.evidence if each.field is FieldName.FIRMS]
    assert all(quote in text.article.text for quote in quotes)
    assert any("Rongda Cable" in quote for quote in quotes)


def test_what_is_tagged_makes_no_chinese_party(reading: type[Reader]) -> None:
    """Nobody says whose a firm is that no list has: such a text is not even read."""
    text = Text("A hall in Ghana", "Rongda Cable builds it.").put(COUNTRY, "Ghana", "GHA")
    reader = reading(Told(tags={Tag.FIRM: {"Rongda Cable": 0.99}}))
    assert found_in(text).screened_out
    assert reader.asked == []


@pytest.mark.parametrize(
    ("worth", "cut", "is_read"), [(9.0, 0.9999, True), (-9.0, 0.9999, False), (-9.0, 0.0001, True)]
)
def test_an_article_is_read_where_it_is_worth_it_or_a_candidate(
    worth: float, cut: float, is_read: bool, reading: type[Reader]
) -> None:
    """To read it costs more than all else; what wordings alone make a candidate is read. None is read twice."""
    reader = reading(Told(fields={"status": {"under-construction": 0.98}}))
    text = hall()
    proposal = best(text, replace(rules(), screen={INTERCEPT: worth}, cut=cut))
    assert reader.asked == [text.article] * is_read
    assert proposal.facts.status is (Status.UNDER_CONSTRUCTION if is_read else Status.AGREED)


def test_news_of_a_known_project_is_no_project_by_itself(reading: type[Reader]) -> None:
    """It means other things, such as a delay: what the encoder makes of the whole text is no reason there."""
    reader = reading(Told(text={"relevant": {"1": 0.02}}))
    text = Text("NOSi network offline for days in Cape Verde", "The network of NOSi went offline after malware.")
    text.put(COUNTRY, "Cape Verde", "CPV").cue("event", "offline", EventKind.INCIDENT)
    text.put(MentionKind.PROJECT, "NOSi", "project:off-2026-000001", value=KNOWN).cue(
        "sector", "network", "e-government"
    )
    proposal = best(text)
    assert reader.asked == [text.article]
    names = {reason.name for reason in proposal.reasons}
    assert FOLLOW_UP in names
    assert ENCODED not in names


DIGEST = (
    "In Chipata, the Ministry of Health has paid Neusoft 4 million dollars for a records system in 12 hospitals.",
    "Further north, Sinohydro completed a plant of 120 MW at Kitwe for the Nkana Water Utility, for $30 million.",
)


def test_the_parts_of_a_roundup_are_of_one_reading() -> None:
    """Each has its own sentences; the title is nobody's, and what the other says is another's."""
    analyst = load_analyst(None)
    article = Article(1, "From Chipata to Kitwe: two projects", DIGEST, "en", published=NOON)
    whole = scope_of(article, analyst.recognizer.recognize(article), analyst.scoring)
    encoded = encoded_as(article, Told())
    lines = [line for line in whole.lines if line.sentence.paragraph == 1]
    part = ProjectLines(whole.narrowed(lines), context=whole).encoded(encoded)
    assert part.article is encoded
    starts = [piece.start for piece in encoded.pieces]
    first, second = (article.text.index(paragraph) for paragraph in DIGEST)
    whose = dict(zip(starts, part.members.tolist(), strict=True))
    assert (whose[0], whose[first], whose[second]) == (NOBODY, ANOTHER, OWN)
    own = ProjectLines(whole.narrowed(whole.lines[:1]), context=whole).encoded(encoded)
    assert int(own.members[0]) == OWN
    assert ProjectLines(whole, is_whole=True).encoded(encoded) is encoded.whole
    assert set(encoded.whole.members.tolist()) == {UNPARTED}


def test_an_article_of_one_project_is_its_only_part() -> None:
    """With an encoder and without."""
    text = hall()
    whole = scope_of(text.article, text.mentions, rules())
    for encoded in (None, encoded_as(text.article, Told())):
        (part,) = split(whole, encoded)
        assert part.is_whole


def test_a_roundup_is_read_once(reading: type[Reader]) -> None:
    """However many projects it has."""
    analyst = load_analyst(None)
    turns = {"In Chipata": 0.97, "Further north": 0.97}
    text = {"relevant": {"1": 0.97}, "count": {"2": 0.97}}
    reader = reading(Told(text=text, turns=turns))
    article = Article(1, "From Chipata to Kitwe: what the committee saw", DIGEST, "en", published=NOON)
    found = propose(article, analyst.recognizer.recognize(article), analyst.scoring)
    assert reader.asked == [article]
    firms = [{firm.id for firm in proposal.facts.firms} for proposal in found.proposals]
    assert sorted(map(sorted, firms)) == [["neusoft"], ["sinohydro"]]


@needs_encoder
def test_by_the_encoder_that_ships_every_quote_is_exact() -> None:
    """Whatever it makes of an article."""
    paragraphs = (
        "The Export-Import Bank of China lent Zambia $5 million on Monday for a fibre line that ZTE is building.",
        "The loan is to be paid back within ten years.",
    )
    article = Article(1, "China Exim Bank lends Zambia $5 million for fibre", paragraphs, "en", published=NOON)
    analyst = load_analyst(None)
    found = propose(article, analyst.recognizer.recognize(article), analyst.scoring)
    proposal = found.proposals[0]
    assert ENCODED in {reason.name for reason in proposal.reasons}
    assert proposal.evidence
    assert all(article.text[each.start : each.end] == each.text for each in proposal.evidence)
    again = propose(article, analyst.recognizer.recognize(article), analyst.scoring)
    assert again == found
