"""Names that people said mean no firm where they stand like this."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.reading.mention import Mention, MentionKind
from offing.model.review.mute import Mute
from offing.model.sources.article import Article
from offing.propose.reading.mutes import unmuted

ARTICLE = Article(
    1, "ZTE in town", ("The Ztè Club won again, fans said.", "ZTE signed with Kenya."), "en", domain="ledger.test"
)


def _mention(start: int, text: str, key: str | None = "zte", kind: MentionKind = MentionKind.FIRM) -> Mention:
    assert ARTICLE.text[start : start + len(text)] == text
    return Mention(kind, start, start + len(text), text, key, "ZTE")


CLUB = _mention(ARTICLE.text.index("Ztè"), "Ztè")
FIRM = _mention(ARTICLE.text.rindex("ZTE"), "ZTE")
TITLE = _mention(0, "ZTE")
ALL = (TITLE, CLUB, FIRM)
RULE = Mute(MentionKind.FIRM, "zte")


@pytest.mark.parametrize(
    ("rule", "kept"),
    [
        (RULE, ()),
        (replace(RULE, key="huawei"), ALL),
        (replace(RULE, kind=MentionKind.LENDER), ALL),
        (replace(RULE, source="other.test"), ALL),
        (replace(RULE, source="ledger.test", alias="zte"), ()),
        (replace(RULE, alias="zte corp"), ALL),
        (replace(RULE, context="CLUB"), (TITLE, FIRM)),
        (replace(RULE, context="in town"), (CLUB, FIRM)),
        (replace(RULE, context="signed with"), (TITLE, CLUB)),
    ],
)
def test_a_rule_silences_what_it_is_about(rule: Mute, kept: tuple[Mention, ...]) -> None:
    """Entity, spelling, words of the paragraph and outlet have all to fit; what is empty fits all."""
    assert unmuted(ALL, ARTICLE, (rule,)) == kept


def test_a_name_that_no_list_has_is_muted_by_itself() -> None:
    """A firm without an entity is told by its name."""
    unlisted = replace(FIRM, key=None, name="Ztè Works")
    assert unmuted((unlisted, TITLE), ARTICLE, (Mute(MentionKind.FIRM, "ztè works"),)) == (TITLE,)


def test_nothing_but_firms_and_lenders_is_muted() -> None:
    """A rule says nothing of countries, sums and cues."""
    country = replace(FIRM, kind=MentionKind.COUNTRY)
    assert unmuted((country,), ARTICLE, (replace(RULE, kind=MentionKind.COUNTRY),)) == (country,)
