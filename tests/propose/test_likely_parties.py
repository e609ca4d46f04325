"""Which firms and lenders take part, once it is heard what their sentences mean."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from offing.model.meaning import Meaning, Reading
from offing.model.mention import MentionKind
from offing.propose.likely_parties import signed_parties
from offing.propose.meaning import NO, YES, Heard
from offing.propose.parties import choose_parties
from offing.propose.party_votes import FIELDS, FIRMS, LENDERS, rank_parties
from offing.propose.reading import Scope, read
from propose.spans import COUNTRY, FIRM, LENDER, Text, shipped_rules

TARGETS = ["KEN"]


def news() -> Text:
    """Foo builds in Kenya, Bar came before, and a bank pays for one of them."""
    text = Text("Foo builds network in Kenya", "Foo began in Kenya.", "Bank paid $5 million.", "Bar had left in 2019.")
    text.put(COUNTRY, "Kenya", "KEN").put(FIRM, "Foo", "foo").put(FIRM, "Bar", "bar").put(LENDER, "Bank", "bank")
    return text.money("$5 million", "5000000", "USD").cue("signal", "in 2019", "marks-history")


def scope_of(text: Text) -> Scope:
    """A text as one scope, by rules under which nothing but what sentences mean decides."""
    rules = shipped_rules()
    tables = tuple(f"{field}." for field in FIELDS.values())
    levels = {name: level * (not name.startswith(tables)) for name, level in rules.levels.items()}
    levels |= {f"{field}.meant": 1.0 for field in FIELDS.values()}
    return read(text.article, text.mentions, replace(rules, levels=levels))


def heard_as(scope: Scope, field: str, *shares: float) -> Heard:
    """The sentences as they would be heard: how surely each means that what stands in it is the project's."""
    rows = np.array([[math.log(share / (1 - share))] for share in shares], np.float32)
    reading = Reading((NO, YES), np.array([[0, 0], [1, 0]], np.float32), np.zeros(2, np.float32))
    return Heard(Meaning({field: reading}, {"": np.zeros(1, np.float32)}), scope.lines, rows, scope.article)


def chosen(scope: Scope, kind: MentionKind, *shares: float) -> list[str]:
    """The parties by their ids."""
    heard = heard_as(scope, FIELDS[kind], *shares) if shares else None
    return [party.key for party in choose_parties(scope, kind, TARGETS, heard=heard)]


def test_what_sentences_mean_decides_which_parties_take_part() -> None:
    """A firm and a lender whose sentences mean that they are the project's are; those of others are not."""
    scope = scope_of(news())
    assert chosen(scope, MentionKind.FIRM, 0.98, 0.98, 0.5, 0.02) == ["foo"]
    assert chosen(scope, MentionKind.FIRM, 0.98, 0.98, 0.5, 0.98) == ["foo", "bar"]
    assert chosen(scope, MentionKind.FIRM, 0.02, 0.02, 0.5, 0.98) == ["bar"]
    assert chosen(scope, MentionKind.LENDER, 0.5, 0.5, 0.98, 0.5) == ["bank"]
    assert chosen(scope, MentionKind.LENDER, 0.5, 0.5, 0.02, 0.5) == []


def test_a_model_without_such_a_reading_leaves_it_to_wordings() -> None:
    """As it is before anything is heard."""
    scope = scope_of(news())
    heard = heard_as(scope, "status", 0.02, 0.02, 0.02, 0.02)
    for kind in FIELDS:
        told = [party.key for party in choose_parties(scope, kind, TARGETS, heard=heard)]
        assert told == chosen(scope, kind)
    assert chosen(scope, MentionKind.LENDER) == ["bank"]


def test_signs_tell_where_and_beside_whom_a_party_stands() -> None:
    """A late firm of another year; a lender beside a sum, and beside no firm of the project."""
    scope = scope_of(news())
    firms = rank_parties(scope, MentionKind.FIRM, TARGETS)
    signs = {each.group.key: each.signs for each in signed_parties(FIRMS, firms, [])}
    assert signs["bar"]["history"] == signs["bar"]["late-only"] == 1.0
    assert signs["foo"]["title"] == 1.0
    assert signs["foo"]["late-only"] == signs["foo"]["unlisted"] == 0.0
    assert signs["foo"]["crowd"] == pytest.approx(math.log(2))
    lenders = rank_parties(scope, MentionKind.LENDER, TARGETS)
    (bank,) = signed_parties(LENDERS, lenders, firms[:1])
    assert (bank.signs["money"], bank.signs["own-firm"], bank.signs["government"]) == (1.0, 0.0, 0.0)
