"""What a text's build says against it: lost bids, third parties, shut-out equipment, columns, China as the site."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.reading.feature_names import INTERCEPT
from offing.model.reading.mention import MentionKind
from offing.propose import propose
from offing.propose.reading.scope import scope_of
from offing.propose.sentences.relevance import relevance, relevance_features
from propose.spans import COUNTRY, FIRM, PLACE, Text, shipped_rules


def told(text: Text) -> dict[str, float]:
    """The reasons of the best proposal of a text, with their weights."""
    (proposal, *_) = propose(text.article, text.mentions, shipped_rules()).proposals
    return {reason.name: reason.weight for reason in proposal.reasons}


def signal(text: Text, words: str, key: str) -> Text:
    """Put a signal."""
    return text.put(MentionKind.SIGNAL, words, key)


def bid(sentence: str, verb: str, key: str) -> Text:
    """A tender in Peru in which Huawei takes part."""
    text = Text(sentence, "The tender in Peru is over.").put(FIRM, "Huawei", "huawei").put(COUNTRY, "Peru", "PER")
    text.cue("status", "won", "signed", weight=1.5).cue("sector", "5G", "telecom-connectivity", weight=1.5)
    return signal(text, verb, key)


@pytest.mark.parametrize(
    ("sentence", "verb", "key", "lost"),
    [
        ("Nokia won 5G in Peru and beat Huawei", "beat", "beats", True),
        ("Huawei beat Nokia and won 5G in Peru", "beat", "beats", False),
        ("Nokia won 5G in Peru, Huawei was rejected", "was rejected", "loses", True),
    ],
)
def test_who_beats_whom_is_reported_by_the_order(sentence: str, verb: str, key: str, *, lost: bool) -> None:
    """Who stands behind "beats" or before "was rejected" lost, and is no party at the top."""
    reasons = told(bid(sentence, verb, key))
    assert ("chinese-lost" in reasons) is lost
    assert ("party-in-title" in reasons) is not lost
    assert ("core-sentence" in reasons) is not lost


def test_equipment_that_is_shut_out_speaks_against() -> None:
    """A verb of shutting out counts before a Chinese name only."""
    text = bid("Peru won 5G, will strip Huawei gear", "strip", "shuts-out")
    assert told(text)["shut-out"] < 0
    assert "shut-out" not in told(bid("Huawei won 5G in Peru; rivals to strip", "strip", "shuts-out"))


def test_money_and_firms_of_third_countries_speak_against() -> None:
    """A nationality beside a word for a company is somebody else's; the target's own is not."""
    text = Text("A Korean company won 5G in Peru", "Huawei is known there.", "So it is.")
    text.put(FIRM, "Huawei", "huawei").put(COUNTRY, "Peru", "PER").put(COUNTRY, "Korean", "KOR", by="demonym")
    signal(text, "company", "company-word")
    assert told(text)["foreign-party"] < 0
    text.mentions = [replace(m, key="PER") if m.key == "KOR" else m for m in text.mentions]
    assert "foreign-party" not in told(text)


def test_a_column_is_reported_by_its_voice() -> None:
    """The writer's own "I" counts outside of quotes, and a title that asks."""
    text = Text("Whose port is it?", 'I saw Huawei in Peru. "I like it," he said.').put(FIRM, "Huawei", "huawei")
    signal(text.put(COUNTRY, "Peru", "PER"), "I", "own-voice")
    reasons = told(text)
    assert reasons["asking-title"] < 0
    assert reasons["first-person"] == pytest.approx(shipped_rules().weights["first-person"] / 4, abs=0.01)


def test_many_countries_beside_china_are_a_list_of_cases() -> None:
    """Three countries and more in sentences with a Chinese party speak for a survey."""
    text = Text("Survey", "Huawei is in Peru, Chile, Kenya and Ghana.").put(FIRM, "Huawei", "huawei")
    for name, code in (("Peru", "PER"), ("Chile", "CHL"), ("Kenya", "KEN"), ("Ghana", "GHA")):
        text.put(COUNTRY, name, code)
    assert told(text)["case-list"] < 0


def test_a_nationality_alone_is_no_place() -> None:
    """A target that only an adjective tells may be a firm's nationality."""
    text = Text("German maker builds plant", "Huawei is there.").put(FIRM, "Huawei", "huawei")
    text.put(COUNTRY, "German", "DEU", by="demonym")
    assert told(text)["nationality-only"] == shipped_rules().weights["nationality-only"]
    text = Text("German maker builds plant", "Huawei is there.", "Later.", "More of Germany.").put(FIRM, "Huawei", "h")
    text.put(COUNTRY, "German", "DEU", nth=0, by="demonym").put(COUNTRY, "Germany", "DEU", by="name")
    assert told(text)["nationality-only"] == pytest.approx(shipped_rules().weights["nationality-only"] / 2, abs=0.006)


@pytest.mark.parametrize(
    ("sentence", "home"),
    [
        ("Huawei opened works at Wuhan", True),
        ("A company from Wuhan works in Peru", False),
        ("Huawei Wuhan works in Peru", False),
        ("Works, signed in Wuhan, go on in Peru", False),
    ],
)
def test_a_seat_is_no_site(sentence: str, *, home: bool) -> None:
    """Works at a Chinese town are set in China; where a firm comes from, and where a contract is signed, are not."""
    text = Text("News", sentence).put(PLACE, "Wuhan", "CHN")
    if "Huawei" in sentence:
        text.put(FIRM, "Huawei Wuhan" if "Huawei Wuhan" in sentence else "Huawei", "huawei")
    if "Peru" in sentence:
        text.put(COUNTRY, "Peru", "PER")
    for words, key in (("company", "company-word"), ("signed in", "marks-venue")):
        if words in sentence:
            signal(text, words, key)
    text.put(MentionKind.CHINA, "News", "CHN")
    assert ("set-in-china" in told(text)) is home


@pytest.mark.parametrize(("places", "home"), [(("PLACE",), False), (("PLACE", "PLACE", "PLACE"), True)])
def test_the_town_that_a_firm_is_called_by_is_no_site(places: tuple[str, ...], *, home: bool) -> None:
    """Wuhan water meters are those of Wuhan Lanjing; a text that speaks of the town again and again is set there."""
    title = "Wuhan meters dropped" + ", in Wuhan and near Wuhan" * (len(places) > 1)
    text = Text(title, "Wuhan Lanjing sold them.", "Peru pays.").put(FIRM, "Wuhan Lanjing", None)
    for nth in range(len(places)):
        text.put(PLACE, "Wuhan", "CHN", nth=nth)
    text.put(COUNTRY, "Peru", "PER", by="name")
    assert ("set-in-china" in told(text)) is home


def test_a_late_sentence_that_speaks_of_the_title_counts_more() -> None:
    """The words of the title that return beside the Chinese party are an echo; names are none, forms of a word are."""
    text = Text(
        "Pier at Kisumu waits for crane", "It is quiet.", "So it is.", "Huawei built the pier and cranes at Kisumu."
    )
    text.put(FIRM, "Huawei", "huawei").put(PLACE, "Kisumu", "KEN").cue("status", "built", "completed", weight=1.5)
    text.cue("sector", "pier", "transport")
    assert told(text)["echoes-title"] > 0
    chinese = Text("港口等待起重机", "很安静。", "是的。", "华为建设了港口和起重机。", language="zh")
    chinese.put(FIRM, "华为", "huawei").cue("status", "建设", "completed", weight=1.5).cue(
        "sector", "港口", "transport"
    )
    assert told(chinese)["echoes-title"] > 0


def test_learned_signs_are_kinds_by_place() -> None:
    """A sign names where what kind of mention stands, and what stands beside a Chinese party; never a word."""
    text = Text("Peru port", "Huawei signed in China.").put(FIRM, "Huawei", "huawei").put(COUNTRY, "Peru", "PER")
    text.put(PLACE, "China", "CHN").cue("status", "signed", "signed").put(COUNTRY, "port", "PRT", by="demonym")
    signs = set(relevance_features(scope_of(text.article, text.mentions, shipped_rules())))
    assert {"title|country:name", "head|country:adjective", "lead|firm:listed", "beside|status:signed"} <= signs
    assert not any("Peru" in sign or "huawei" in sign for sign in signs)


def test_learned_signs_speak_for_or_against_within_bounds() -> None:
    """The sum of weights, bounded; the words that say so loudest first; without a model nothing."""
    text = Text("Peru port", "Huawei came to Peru. It left.", "Later Huawei went.").put(FIRM, "Huawei", "huawei")
    scope = scope_of(text.put(COUNTRY, "Peru", "PER").article, text.mentions, shipped_rules())
    assert relevance(scope, {}) == (0.0, [])
    strength, words = relevance(scope, {INTERCEPT: -1.0, "title|country:name": 1.5, "lead|firm:listed": 0.5})
    assert strength == 0.5
    assert [mention.text for mention in words] == ["Peru", "Huawei"]
    assert relevance(scope, {INTERCEPT: -99.0, "body|firm:listed": -1.0})[0] == -1.0
