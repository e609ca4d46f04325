"""Firms and lenders by the names that people write: one that two have is asked about, not guessed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from offing.model.project import Firm, Lender
from offing.review.edit_words import BadEdit

MOST_ASKED = 4  # names that a question offers
Party = TypeVar("Party", bound=Firm | Lender)


class Called(Generic[Party]):
    """Looks parties up by name.

    Args:
        held: what a candidate has; of two that are written alike the later one is meant, as its form shows them.
        others: whose names may be used besides. An id means its party where nobody is called so.
    """

    def __init__(self, held: Iterable[Party], others: Iterable[Party]) -> None:
        has, rest = tuple(held), tuple(others)
        self.held = {name: each for each in has for name in _names(each)}
        self.ids = {each.id.casefold(): each for each in (*rest, *has) if each.id}
        self.others: dict[str, dict[str, Party]] = {}
        for each in rest:
            for name in _names(each):
                self.others.setdefault(name, {})[_key(each)] = each

    def __call__(self, name: str) -> Party | None:
        """The party that a name means; None where nobody known has it.

        Raises:
            BadEdit: several have it.
        """
        held, meant = self.held.get(name.casefold()), tuple(self.others.get(name.casefold(), {}).values())
        if held is None and len(meant) > 1:
            called = asked_between(f"{each.name} ({each.id})" if each.id else each.name for each in meant)
            raise BadEdit(f"{name!r} may be {called}: write the whole name")
        return held or next(iter(meant), None) or self.ids.get(name.casefold())


def asked_between(named: Iterable[str]) -> str:
    """What a name may mean, as a question lists it: the first few, and how many more there are."""
    names = tuple(named)
    more = len(names) - MOST_ASKED
    return " or ".join((*names[:MOST_ASKED], *((f"{more} more",) if more > 0 else ())))


def without_rivals(weaker: Iterable[Party], stronger: Iterable[Party]) -> list[Party]:
    """Those of some parties that are not written like one of the stronger, yet mean another one.

    What an article calls CHEC is what CHEC means beside it, whatever else is called so.
    """
    meant: dict[str, set[str]] = {}
    for each in stronger:
        for name in _names(each):
            meant.setdefault(name, set()).add(_key(each))
    return [each for each in weaker if _key(each) in meant.get(each.as_written.casefold(), {_key(each)})]


def _names(party: Firm | Lender) -> tuple[str, str]:
    return party.as_written.casefold(), party.name.casefold()


def _key(party: Firm | Lender) -> str:
    return party.id or party.name.casefold()
