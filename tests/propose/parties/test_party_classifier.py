"""Which firms and lenders take part, once the encoder has tagged which names are the project's."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from offing.model.reading.mention import MentionKind
from offing.model.reading.tags import Tag
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amounts import AMOUNTS, sum_features
from offing.propose.fields.places import PLACES, choose_places, place_features
from offing.propose.fields.quantities import QUANTITIES, choose_quantities, quantity_features
from offing.propose.parties.classifier import TAGS, Features, group_features, grouped, log_odds
from offing.propose.parties.counterparts import COUNTERPARTS, choose_counterparts, counterpart_features
from offing.propose.parties.parties import choose_parties
from offing.propose.parties.party_classifier import party_features
from offing.propose.parties.party_ranking import FIELDS, FIRMS, LENDERS, rank_parties
from offing.propose.parties.tagged import BY
from offing.propose.reading.scope import Scope, scope_of
from propose.encodings import Told, encoded_as
from propose.spans import COUNTRY, FIRM, LENDER, PLACE, Text, shipped_rules

TARGETS = ["KEN"]
SURE, NOT = 0.98, 0.02


def news() -> Text:
    """Foo builds in Kenya, Bar came before, and a bank pays for one of them."""
    text = Text("Foo builds network in Kenya", "Foo began in Kenya.", "Bank paid $5 million.", "Bar had left in 2019.")
    text.put(COUNTRY, "Kenya", "KEN").put(FIRM, "Foo", "foo").put(FIRM, "Bar", "bar").put(LENDER, "Bank", "bank")
    return text.money("$5 million", "5000000", "USD").cue("signal", "in 2019", "marks-history")


def weighted_scope(text: Text) -> Scope:
    """A text as one scope, by rules under which nothing but what the encoder tags decides."""
    rules = shipped_rules()
    levels = {name: level * (not name.startswith(tuple(f"{table}." for table in TAGS))) for name, level in _of(rules)}
    levels |= {f"{table}.tag": 1.0 for table in TAGS} | {f"limits.{table}_least": 0.5 for table in TAGS}
    return scope_of(text.article, text.mentions, replace(rules, levels=levels))


def _of(rules: object) -> list[tuple[str, float]]:
    return list(rules.levels.items())  # type: ignore[attr-defined]


def tagged(scope: Scope, tags: dict[Tag, dict[str, float]], pieces: int = 700) -> EncodedPart:
    """A text in which some words carry tags."""
    return encoded_as(scope.article, Told(tags=tags, pieces=pieces)).whole


def chosen(scope: Scope, kind: MentionKind, **shares: float) -> list[str]:
    """The parties by their ids, where the encoder tags their names that surely."""
    encoded = tagged(scope, {TAGS[FIELDS[kind]]: shares}) if shares else None
    return [party.key for party in choose_parties(scope, kind, TARGETS, encoded=encoded)]


def test_what_the_encoder_tags_decides_which_parties_take_part() -> None:
    """A firm and a lender that it tags are the project's; the others are not."""
    scope = weighted_scope(news())
    assert chosen(scope, MentionKind.FIRM, Foo=SURE, Bar=NOT) == ["foo"]
    assert chosen(scope, MentionKind.FIRM, Foo=SURE, Bar=SURE) == ["foo", "bar"]
    assert chosen(scope, MentionKind.FIRM, Foo=NOT, Bar=SURE) == ["bar"]
    assert chosen(scope, MentionKind.LENDER, Bank=SURE) == ["bank"]
    assert chosen(scope, MentionKind.LENDER, Bank=NOT) == []


def test_a_tag_of_another_kind_says_nothing() -> None:
    """A firm that is tagged as another project's, or as a lender, is not this one's."""
    scope = weighted_scope(news())
    for tag in (Tag.OTHER_FIRM, Tag.LENDER):
        encoded = tagged(scope, {tag: {"Foo": SURE}})
        assert choose_parties(scope, MentionKind.FIRM, TARGETS, encoded=encoded) == []


def test_without_an_encoder_it_is_left_to_wordings() -> None:
    """As it is on a machine without the weights."""
    scope = weighted_scope(news())
    assert chosen(scope, MentionKind.FIRM) == ["foo"]
    assert chosen(scope, MentionKind.LENDER) == ["bank"]


def test_signs_tell_where_and_beside_whom_a_party_stands() -> None:
    """A late firm of another year; a lender beside a sum, and beside no firm of the project."""
    scope = weighted_scope(news())
    firms = rank_parties(scope, MentionKind.FIRM, TARGETS)
    signs = {each.group.key: each.features for each in party_features(FIRMS, firms, [])}
    assert signs["bar"]["history"] == signs["bar"]["late-only"] == 1.0
    assert signs["foo"]["title"] == 1.0
    assert signs["foo"]["late-only"] == signs["foo"]["unlisted"] == 0.0
    assert signs["foo"]["crowd"] == pytest.approx(math.log(2))
    lenders = rank_parties(scope, MentionKind.LENDER, TARGETS)
    (bank,) = party_features(LENDERS, lenders, firms[:1])
    assert (bank.features["money"], bank.features["own-firm"], bank.features["government"]) == (1.0, 0.0, 0.0)


def port() -> Text:
    """Everything that may be a project's, twice: its own and another's."""
    text = Text(
        "Port in Kenya", "Ministry bought 12 cranes at Lamu.", "It paid $5 million.", "Navy has 9 boats at Taru."
    )
    text.put(COUNTRY, "Kenya", "KEN").put(MentionKind.COUNTERPART, "Ministry").put(MentionKind.COUNTERPART, "Navy")
    text.put(PLACE, "Lamu", "KEN").put(PLACE, "Taru", "KEN").money("$5 million", "5000000", "USD")
    return text.size("12 cranes", "12", "cranes").size("9 boats", "9", "boats")


def test_bodies_sizes_and_places_are_chosen_by_what_is_tagged() -> None:
    """Each by its own tag."""
    scope = weighted_scope(port())
    for choose, tag, own, other in (
        (choose_counterparts, Tag.BODY, "Ministry", "Navy"),
        (choose_quantities, Tag.SIZE, "12 cranes", "9 boats"),
        (choose_places, Tag.PLACE, "Lamu", "Taru"),
    ):
        for one, two in ((own, other), (other, own)):
            found = choose(scope, TARGETS, tagged(scope, {tag: {one: SURE, two: NOT}}))
            assert [value.votes[0][2].text for value in found] == [one]
        assert choose(scope, TARGETS, tagged(scope, {Tag.STATUS: {own: SURE}})) == []


def all_signs(scope: Scope, encoded: EncodedPart | None) -> dict[str, list[Features]]:
    """The signs of all that may be the project's, by field."""
    parties = {
        field: party_features(field, rank_parties(scope, kind, TARGETS), [], encoded) for kind, field in FIELDS.items()
    }
    others = {
        COUNTERPARTS: counterpart_features(scope, TARGETS, encoded),
        AMOUNTS: sum_features(scope, TARGETS, frozenset(), encoded),
        QUANTITIES: quantity_features(scope, TARGETS, encoded),
        PLACES: place_features(scope, TARGETS, encoded),
    }
    return {field: [each.features for each in found] for field, found in {**parties, **others}.items()}


def test_each_field_has_its_tag() -> None:
    """Whatever may be the project's is weighed by how surely its own tag stands on it; without an encoder by none."""
    text = port().put(FIRM, "cranes", "foo").put(LENDER, "paid", "bank")
    scope, sure = weighted_scope(text), log_odds(0.9)
    words = {"firms": "cranes", "lenders": "paid", "counterparts": "Ministry", "amounts": "$5 million"}
    words |= {"quantities": "9 boats", "places": "Lamu"}
    assert set(words) == set(TAGS)
    found = all_signs(scope, tagged(scope, {TAGS[field]: {stretch: 0.9} for field, stretch in words.items()}))
    for field, signs in found.items():
        assert max(each["tag"] for each in signs) == pytest.approx(sure, abs=0.01), field
        assert {each["no-tag"] for each in signs} == {0.0}
        assert all(each["tag"] < 0 for each in signs if each["tag"] != max(s["tag"] for s in signs))
    for signs in all_signs(scope, None).values():
        assert {(each["tag"], each["no-tag"]) for each in signs} == {(0.0, 1.0)}


def test_the_surest_mention_counts_and_what_was_not_read_does_not() -> None:
    """In log-odds, four at most; where none of the mentions was read, nobody can tell."""
    text = Text("Hall opens", "The port bought it.", "The dock is old.")
    text.put(MentionKind.COUNTERPART, "port").put(MentionKind.COUNTERPART, "dock")
    scope = weighted_scope(text)
    (group,) = grouped((("port", *pair) for pair in scope.of(MentionKind.COUNTERPART)), lambda *_: 1.0)

    def signs(encoded: EncodedPart | None) -> tuple[float, float]:
        (found,) = group_features(COUNTERPARTS, [group], lambda _: {}, encoded)
        return round(found.features["tag"], 2), found.features["no-tag"]

    assert signs(tagged(scope, {Tag.BODY: {"port": 0.3, "dock": 0.75}})) == (1.1, 0.0)
    assert signs(tagged(scope, {Tag.BODY: {"port": 0.9999}})) == (4.0, 0.0)
    assert signs(tagged(scope, {})) == (-4.0, 0.0)
    assert signs(tagged(scope, {Tag.BODY: {"dock": 0.9}}, pieces=8)) == (-4.0, 0.0)
    assert signs(tagged(scope, {Tag.BODY: {"dock": 0.9}}, pieces=3)) == signs(None) == (0.0, 1.0)


def test_what_only_the_encoder_found_is_reported_apart() -> None:
    """A name that a list or pattern has anywhere in the text is none of these."""
    text = Text("Hall opens", "Rongda built it.", "Rongda is old.", "Foo is new.").put(FIRM, "Rongda", "rongda", by=BY)
    scope = weighted_scope(text.put(FIRM, "Foo", "foo"))
    signs = {each.group.key: each.features for each in party_features(FIRMS, rank_parties(scope, FIRM, []), [])}
    assert {key: each["only-tagged"] for key, each in signs.items()} == {"rongda": 1.0, "foo": 0.0}
    text.mentions[0] = replace(text.mentions[0], by=None)
    scope = weighted_scope(text)
    signs = {each.group.key: each.features for each in party_features(FIRMS, rank_parties(scope, FIRM, []), [])}
    assert signs["rongda"]["only-tagged"] == 0.0


def test_log_odds_of_a_share_stay_within_what_a_sign_may_say() -> None:
    """Of a half nothing, of certainty four either way."""
    assert [log_odds(share) for share in (0.0, 0.5, 1.0)] == [-4.0, 0.0, 4.0]
    assert log_odds(0.75) == -log_odds(0.25) == pytest.approx(math.log(3))
