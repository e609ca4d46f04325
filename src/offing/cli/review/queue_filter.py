"""Filters of the queue on the command line, the same as on its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from offing.model.review.candidate import CandidateKind
from offing.model.review.queue import QueueFilter, QueueView
from offing.model.values.vocabulary import Sector, Status

F = TypeVar("F", bound=Callable[..., Any])
_FIELDS = ("country", "sector", "language", "source", "firm", "lender", "status", "kind")


def _several(name: str, text: str, allowed: type[Sector | Status | CandidateKind] | None = None) -> Callable[[F], F]:
    metavar = {"country": "CODE", "language": "CODE", "source": "DOMAIN"}.get(name, "NAME")
    kind = click.Choice([str(each) for each in allowed]) if allowed else None
    return click.option(f"--{name}", multiple=True, type=kind, metavar=None if allowed else metavar, help=text)


def filter_options(command: F) -> F:
    """Add the filter options; each may be given several times, then one of its values is enough."""
    options = (
        _several("country", "Only this country, such as KEN."),
        _several("sector", "Only this sector.", Sector),
        _several("language", "Only with articles in this language, such as fr."),
        _several("source", "Only with articles of this outlet, such as nation.africa."),
        _several("firm", "Only this firm: its lexicon id, such as huawei, or its name if it is not listed."),
        _several("lender", "Only this lender: its lexicon id, or its name if it is not listed."),
        _several("status", "Only projects with this status.", Status),
        _several("kind", "Only candidates of this kind.", CandidateKind),
        click.option(
            "--search", metavar="WORDS", help="Only with these words, such as 'loan \"smart city\" -zambia telecom*'."
        ),
        click.option("--mine", is_flag=True, help="Only candidates that you added, decided or corrected."),
        click.option("--back", is_flag=True, help="Only deferred candidates that are due."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def filter_of(given: Mapping[str, Any], *, today: bool) -> QueueFilter | None:
    """Return the filter of these options; None if none was given.

    Raises:
        UsageError: a value cannot be used.
    """
    plain: dict[str, Any] = {name: list(given[name]) for name in _FIELDS if given[name]}
    plain |= {"q": given["search"]} if given["search"] else {}
    plain |= {"mine": True} if given["mine"] else {}
    plain |= {"deferred": True} if given["back"] else {}
    return QueueFilter.from_dict({**plain, "view": QueueView.TODAY if today else QueueView.WAITING}) if plain else None
