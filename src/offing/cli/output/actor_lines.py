"""Terminal output of facts about firms and lenders: beside a candidate, apart from its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from offing.model.values.codec import to_plain

if TYPE_CHECKING:
    from offing.model.reading.actor import Actor

HEADING = "about the parties, from public lists (no evidence for the project)"


def actor_lines(actors: Iterable[Actor]) -> Iterator[str]:
    """Yield a line for each fact, with its source and date; facts of an owner name the owner."""
    from offing.services.views.actors import fact_words, source_words

    for actor in actors:
        for owner in (actor, *actor.owners):
            who = actor.name if owner is actor else f"{owner.name}, owner of {actor.name}"
            for fact in owner.facts:
                yield f"{who}: {fact_words(fact)} · {source_words(fact)}"


def plain_actors(actors: Iterable[Actor]) -> list[dict[str, Any]]:
    """Return actors as plain values for `--json`."""
    return [to_plain(actor) for actor in actors]
