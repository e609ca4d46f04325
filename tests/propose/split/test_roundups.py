"""Roundups from end to end: which parts they come apart into, and where each stands."""

from __future__ import annotations

import pytest

from offing.model.review.candidate import Proposal
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships."""
    return load_analyst(None)


def parts(analyst: Analyst, language: str, title: str, *paragraphs: str) -> list[Proposal]:
    """The proposals of an article, in the order of the text."""
    found = analyst.study(Article(1, title, paragraphs, language)).proposals
    return sorted(found, key=lambda proposal: min(each.start for each in proposal.evidence if each.field == "firms"))


BRIDGE = "The bridge. CRBC is building a road bridge at Chipata; a loan of a bank in Paris pays."
CAMERAS = "The cameras. Huawei signed a contract for 900 cameras in Lusaka."
DAM = "The dam. Sinohydro has completed a dam of 120 MW; the line to Namibia is another matter."


def test_parts_stand_where_the_head_places_them_all(analyst: Analyst) -> None:
    """Title or lead name one country: the parts stand there, whatever else they mention."""
    found = parts(analyst, "en", "Three Chinese projects in Zambia", "We looked at three.", BRIDGE, CAMERAS, DAM)
    assert [proposal.facts.countries for proposal in found] == [("ZMB",)] * 3
    assert [proposal.facts.firms[0].as_written for proposal in found] == ["CRBC", "Huawei", "Sinohydro"]


def test_parts_that_name_their_own_countries_keep_them(analyst: Analyst) -> None:
    """Where the head names none, or several, each part tells its own."""
    found = parts(
        analyst,
        "en",
        "Three Chinese projects in Africa",
        "We looked at three.",
        "Zambia. CRBC is building a road bridge at Chipata.",
        "Kenya. Huawei signed a contract for 900 cameras in Nairobi.",
        "Ghana. Sinohydro has completed a dam of 120 MW.",
    )
    assert [proposal.facts.countries for proposal in found] == [("ZMB",), ("KEN",), ("GHA",)]


def test_a_heading_may_add_the_province(analyst: Analyst) -> None:
    """A town with its region heads a paragraph; a short sentence with a comma does not."""
    found = parts(
        analyst,
        "ru",
        "Куда идут китайские деньги в России",
        "Редакция собрала три истории.",
        "Челны. Завод Haier построен и введён в эксплуатацию.",
        "Узловая, Тульская область. Great Wall Motor строит моторный завод.",
        "Благовещенск. Подписано соглашение с Sinohydro о теплицах.",
    )
    assert [proposal.facts.firms[0].as_written for proposal in found] == ["Haier", "Great Wall Motor", "Sinohydro"]


def test_the_first_of_a_counted_list_needs_no_number(analyst: Analyst) -> None:
    """Four are announced and three are numbered: what stands before them is the first."""
    found = parts(
        analyst,
        "en",
        "Four Chinese projects in Zambia",
        "Four undertakings move at different speeds.",
        "The most visible is a solar plant, which Sungrow is building at Chipata.",
        "The second, a road, was built by CRBC and opened in May.",
        "The third is cameras: Huawei signed a contract in Lusaka.",
        "And the fourth is a hospital that Sinohydro is building in Ndola.",
        "There is more, of course. A school was built by Vinci of France.",
    )
    assert [proposal.facts.firms[0].as_written for proposal in found] == ["Sungrow", "CRBC", "Huawei", "Sinohydro"]


def test_projects_that_a_title_counts_are_no_meeting(analyst: Analyst) -> None:
    """After a forum a paper goes through four projects: they, and not the forum, are the news."""
    names = {
        told.name
        for proposal in parts(
            analyst, "en", "After the summit: three projects in Zambia", "The summit is over.", BRIDGE, CAMERAS, DAM
        )
        for told in proposal.reasons
    }
    assert "meeting-only" not in names
    assert "roundup" in names
