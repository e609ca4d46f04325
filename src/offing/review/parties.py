"""Firms and lenders by the names that people write; ambiguous names are asked about, not guessed. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from offing.model.projects.project import Firm, Lender
from offing.review.edit_words import BadEdit

MOST_NAMED = 4  # names that a question lists
Party = TypeVar("Party", bound=Firm | Lender)


class Called(Generic[Party]):
    """Looks parties up by name.

    Args:
        held: those of a candidate; of two with the same spelling the later one wins, as in its form.
        others: further parties whose names may be used. An id means its party unless it is somebody's name.
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
        """Return the party that a name means; None where it is unknown.

        Raises:
            BadEdit: several parties have it.
        """
        held, meant = self.held.get(name.casefold()), tuple(self.others.get(name.casefold(), {}).values())
        if held is None and len(meant) > 1:
            called = name_question(f"{each.name} ({each.id})" if each.id else each.name for each in meant)
            raise BadEdit(f"{name!r} may be {called}: write the full name")
        return held or next(iter(meant), None) or self.ids.get(name.casefold())


def name_question(named: Iterable[str]) -> str:
    """Return the possible meanings of a name, for a question: the first few, and the number of further ones."""
    names = tuple(named)
    more = len(names) - MOST_NAMED
    return " or ".join((*names[:MOST_NAMED], *((f"{more} more",) if more > 0 else ())))


def without_rivals(weaker: Iterable[Party], stronger: Iterable[Party]) -> list[Party]:
    """Drop the parties whose spelling means another party among the stronger.

    What an article calls CHEC is what CHEC means there, whatever else has that name.
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
