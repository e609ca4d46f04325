"""The screen: the kinds of mentions in a text say whether its sentences are worth encoding."""

from __future__ import annotations

from dataclasses import replace

from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.model.reading.feature_names import INTERCEPT
from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import ScoringRules
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.sentences.relevance import is_worth_encoding
from propose.spans import COUNTRY, FIRM, PLACE, Text, smart_burkina


def whole(text: Text, screen: dict[str, float] | None = None) -> Scope:
    """A text as the shipped screen, or another one, sees it."""
    rules: ScoringRules = load_scoring(Layers.of(None))
    return scope_of(text.article, text.mentions, rules if screen is None else replace(rules, screen=screen))


def phone_review() -> Text:
    """News of a Chinese firm's goods without any of the words that projects are told in."""
    text = Text(
        "Xiaomi phone reviewed", "Xiaomi sells it in Shenzhen.", "A phone.", "Its shares fell.", "A fan's opinion."
    )
    text.put(FIRM, "Xiaomi", "xiaomi").put(PLACE, "Shenzhen", "CHN").cue("signal", "phone", "consumer-product")
    return text.cue("signal", "shares", "stock-market").cue("signal", "opinion", "opinion")


def test_works_abroad_are_worth_encoding_and_a_phone_review_is_not() -> None:
    """As the weights that ship have it."""
    assert is_worth_encoding(whole(smart_burkina()))
    assert not is_worth_encoding(whole(phone_review()))


def test_each_sign_of_a_text_counts_once_beside_the_intercept() -> None:
    """The least sum that is enough stands in scoring.toml."""
    text = Text("Huawei in Ghana", "Huawei.").put(FIRM, "Huawei", "huawei").put(COUNTRY, "Ghana", "GHA")
    least = load_scoring(Layers.of(None)).levels["limits.screen_least"]
    weights = {INTERCEPT: least - 3.0, "title|firm:listed": 1.0, "lead|firm:listed": 1.0, "title|country:name": 1.0}
    assert is_worth_encoding(whole(text, weights))
    assert not is_worth_encoding(whole(text, weights | {INTERCEPT: least - 3.01}))


def test_what_names_a_known_project_is_always_encoded() -> None:
    """Later news of it is told in other words."""
    text = phone_review().put(MentionKind.PROJECT, "A phone", "p1")
    assert is_worth_encoding(whole(text, {INTERCEPT: -9.0}))


def test_without_a_screen_every_text_is_encoded() -> None:
    """A site may do without."""
    assert is_worth_encoding(whole(phone_review(), {}))
