"""Accounts of projects for tests of matching."""

from __future__ import annotations

from datetime import date
from typing import Any

from offing.config.files.layers import Layers
from offing.config.weights.matching import load_matching
from offing.match import match
from offing.model.pairs.matching import Account, AccountSum, Matched, MatchRules

RULES: MatchRules = load_matching(Layers.of(None))


def account(title: str, text: str = "", **facts: Any) -> Account:
    """An account with weights of one for its countries, firms and lenders."""
    for name in ("countries", "firms", "lenders", "sectors", "flows"):
        facts[name] = dict.fromkeys(facts.get(name, ()), 1.0)
    return Account(title=title, text=text, **facts)


def dollars(value: float, *, main: bool = True) -> AccountSum:
    """A sum in dollars."""
    return AccountSum(value, "USD", value, main)


def dam() -> Account:
    """A dam in Nigeria."""
    return account(
        "China Eximbank lends $984 million for the 700MW Zungeru hydropower plant",
        "The loan agreement for the Zungeru plant on the Kaduna river was signed on 28 September 2013.",
        countries=("NGA",),
        firms=("sinohydro",),
        lenders=("china-eximbank",),
        sums=(dollars(984e6),),
        days=frozenset({date(2013, 9, 28)}),
        months=frozenset({(2013, 9)}),
        years={2013: 1.0},
        quantities=frozenset({(700.0, "MW")}),
        sectors=("energy",),
    )


def cameras(phase: str, country: str = "KEN") -> Account:
    """A phase of a network of cameras."""
    return account(
        f"Safe city cameras for the capital, phase {phase}",
        f"Huawei installs phase {phase} of the cameras, the command centre and the network of the police.",
        countries=(country,),
        firms=("huawei",),
        sectors=("public-security-surveillance",),
    )


def told(known: list[Account], new: list[Account], *, repeats: bool = False) -> list[Matched]:
    """What matching with the shipped weights says."""
    return match(known, new, RULES, repeats=repeats)
