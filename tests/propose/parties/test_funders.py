"""When China or its government is the source of money."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import EntityKind
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, LENDER, Text, shipped_rules

CHINA = MentionKind.CHINA


def lenders(text: Text) -> list[str]:
    """The lenders of the best proposal."""
    return [lender.name for lender in propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.lenders]


def school(sentence: str, china: str, by: str, cue: str, key: str = "marks-giving") -> Text:
    """An article on a school in Kenya, with China and a wording of giving."""
    text = Text("School in Kenya", sentence, "It has ten rooms.").put(COUNTRY, "Kenya", "KEN")
    text.cue("sector", "School", "buildings").put(CHINA, china, "CHN", by=by)
    return text.cue("signal", cue, key)


@pytest.mark.parametrize(
    ("sentence", "china", "by", "cue", "key"),
    [
        ("The school was donated by China.", "China", "name", "donated", "marks-giving"),
        ("It is a Chinese gift.", "Chinese", "demonym", "gift", "marks-giving"),
        ("The Chinese side gave the school.", "Chinese", "demonym", "gave", "marks-giving"),
        ("The Chinese government pays for it.", "Chinese", "demonym", "pays for", "marks-paying"),
        ("It is paid for by China.", "China", "name", "paid for by", "marks-paying"),
        ("Pago pelo Governo chinês.", "chinês", "demonym", "Pago pelo", "marks-paying"),
    ],
)
def test_china_gives(sentence: str, china: str, by: str, cue: str, key: str) -> None:
    """Who gives or pays is the lender, with the words for China as its proof."""
    assert lenders(school(sentence, china, by, cue, key)) == ["Government of China"]


@pytest.mark.parametrize(
    ("sentence", "china", "by", "cue", "key"),
    [
        ("A gift to China was opened.", "China", "name", "gift", "marks-giving"),
        ("A gift was shown in China.", "China", "name", "gift", "marks-giving"),
        ("The Chinese engineers of the firm gave their names.", "Chinese", "demonym", "gave", "marks-giving"),
        ("The gift of the Bank of China.", "China", "inside-name", "gift", "marks-giving"),
        (
            "It is a gift of the club, and much later and far away from it China.",
            "China",
            "name",
            "gift",
            "marks-giving",
        ),
    ],
)
def test_china_does_not_give(sentence: str, china: str, by: str, cue: str, key: str) -> None:
    """No receiver, place, person or bank is China's government, nor what stands far from the wording."""
    assert lenders(school(sentence, china, by, cue, key)) == []


def test_a_firm_that_gives_is_no_government() -> None:
    """Between China and the gift stands the firm that gives."""
    text = school("China's Foo donated the school.", "China", "name", "donated").put(FIRM, "Foo", "foo")
    assert lenders(text) == []


def test_a_government_named_as_such() -> None:
    """A government of the lexicon is a lender where it gives, or where its name holds the gift."""
    given = Text("School in Kenya", "The PRC government and Kenya signed letters on a gift.").put(
        COUNTRY, "Kenya", "KEN"
    )
    given.put(LENDER, "PRC government", "china-government", by=EntityKind.GOVERNMENT).cue(
        "signal", "gift", "marks-giving"
    )
    assert lenders(given) == ["PRC government"]
    named = Text("School in Kenya", "With a Chinese grant.").put(COUNTRY, "Kenya", "KEN")
    named.put(LENDER, "Chinese grant", "china-government", by=EntityKind.GOVERNMENT)
    assert lenders(named) == ["Chinese grant"]
    silent = Text("School in Kenya", "The PRC government wrote.").put(COUNTRY, "Kenya", "KEN")
    silent.put(LENDER, "PRC government", "china-government", by=EntityKind.GOVERNMENT)
    assert lenders(silent) == []


def test_the_only_party_is_kept_though_it_is_weak() -> None:
    """One firm in a sentence about other countries is the project's, unless it is background."""
    text = Text("School in Kenya", "It opens.", "Foo built it like one in Chad.", "More.", "End.")
    text.put(COUNTRY, "Kenya", "KEN").put(COUNTRY, "Chad", "TCD").put(FIRM, "Foo", "foo")
    firms = propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.firms
    assert [firm.name for firm in firms] == ["Foo"]
    text.cue("signal", "like one", "marks-elsewhere")
    firms = propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.firms
    assert not firms


def test_a_short_form_of_an_unlisted_firm_is_no_second_one() -> None:
    """Feiying is Hangzhou Feiying Medical; 蓝晶 is 湖北蓝晶集团."""
    text = Text("Vans in Kenya", "Hangzhou Feiying Medical came to Kenya.", "Feiying trains.").put(
        COUNTRY, "Kenya", "KEN"
    )
    text.put(FIRM, "Hangzhou Feiying Medical").put(FIRM, "Feiying", nth=1)
    firms = propose(text.article, text.mentions, shipped_rules()).proposals[0].facts.firms
    assert [firm.name for firm in firms] == ["Hangzhou Feiying Medical"]
    han = Text("肯尼亚", "湖北蓝晶集团在肯尼亚。", "蓝晶表示。", language="zh").put(COUNTRY, "肯尼亚", "KEN")
    han.put(FIRM, "湖北蓝晶集团").put(FIRM, "蓝晶", nth=1)
    firms = propose(han.article, han.mentions, shipped_rules()).proposals[0].facts.firms
    assert [firm.name for firm in firms] == ["湖北蓝晶集团"]
