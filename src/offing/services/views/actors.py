"""Known facts about the firms and lenders of a candidate: shown beside it, never part of its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from offing.config.files.layers import Layers
from offing.config.lexicons.lexicon_files import ACTOR_FILES
from offing.config.rules import load_known_actors
from offing.model.projects.project import ProjectFacts
from offing.model.reading.actor import Actor, ActorFact, CountsAs, FactKind, Ownership
from offing.model.reading.mention import DatePoint
from offing.model.reading.rules import Entity

_SPOKEN: dict[str, str] = {
    Ownership.CENTRAL_STATE: "owned by the central state",
    Ownership.LOCAL_STATE: "owned by a province or city",
    Ownership.PRIVATE: "privately owned",
    Ownership.MIXED: "owned by the state and private firms",
    Ownership.FOREIGN_HELD: "a large share is held abroad",
    CountsAs.CONTROLLED: "seat abroad, controlled from the mainland",
    CountsAs.SUBSIDIARY: "company abroad of a Chinese firm",
    CountsAs.JOINT_VENTURE: "joint venture with a Chinese share",
    CountsAs.COFINANCIER: "a multilateral, no Chinese lender",
}
_FORMATS = {"year": "%Y", "month": "%b %Y", "day": "%-d %b %Y"}
_KINDS = tuple(FactKind)


@dataclass(frozen=True, slots=True)
class Register:
    """The firms and lenders of the lexicon by id, the facts of each, and its other names."""

    entities: Mapping[str, Entity] = field(default_factory=dict)
    facts: Mapping[str, tuple[ActorFact, ...]] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def actor(self, key: str) -> Actor | None:
        """Return an actor with its facts and owners; None for an id that the lexicon no longer has."""
        entity = self.entities.get(key)
        if entity is None:
            return None
        return Actor(key, entity.name, self.facts.get(key, ()), tuple(self._owners(entity, {key})))

    def owners_of(self, key: str) -> tuple[str, ...]:
        """Return the ids of an actor's owners, the direct owner first."""
        entity = self.entities.get(key)
        return tuple(each.id for each in self._owners(entity, {key})) if entity else ()

    def _owners(self, entity: Entity, seen: set[str]) -> Iterator[Actor]:
        while entity.parent and entity.parent not in seen and entity.parent in self.entities:
            entity = self.entities[entity.parent]
            seen.add(entity.id)
            yield Actor(entity.id, entity.name, self.facts.get(entity.id, ()))


def load_register(layers: Layers) -> Register:
    """Return the register of a site's lexicon, cached until the files of its firms and lenders change.

    Raises:
        ConfigError: a row of the lexicon or of its facts is wrong.
    """
    own = layers.holding(*ACTOR_FILES)
    return _register(own, own.fingerprint(*ACTOR_FILES))


@lru_cache(maxsize=2)
def _register(layers: Layers, _digest: str) -> Register:
    known = load_known_actors(layers)
    found = register({entity.id: entity for entity in (*known.firms, *known.lenders)}, known.facts)
    aliases: dict[str, list[str]] = {}
    for alias in known.aliases:
        aliases.setdefault(alias.entity, []).append(alias.text)
    return replace(found, aliases={key: tuple(names) for key, names in aliases.items()})


def register(entities: Mapping[str, Entity], facts: Iterable[ActorFact]) -> Register:
    """Return a register of some entities, the facts of each in the order of their kinds."""
    by_entity: dict[str, list[ActorFact]] = {}
    for fact in facts:
        by_entity.setdefault(fact.entity, []).append(fact)
    ordered = {
        key: tuple(sorted(found, key=lambda fact: (_KINDS.index(fact.kind), fact.as_of.day)))
        for key, found in by_entity.items()
    }
    return Register(entities, ordered)


def actors_of(facts: ProjectFacts, known: Register) -> tuple[Actor, ...]:
    """Return the distinct firms and lenders of a project with known facts about them or their owners."""
    firms, lenders = (firm.id for firm in facts.firms), (lender.id for lender in facts.lenders)
    return actors_named((*firms, *lenders), known)


def actors_named(keys: Iterable[str | None], known: Register) -> tuple[Actor, ...]:
    """Return the actors of ids; ids that the lexicon lacks are skipped."""
    actors = (known.actor(key) for key in dict.fromkeys(keys) if key)
    return tuple(actor for actor in actors if actor and (actor.facts or any(owner.facts for owner in actor.owners)))


def fact_words(fact: ActorFact) -> str:
    """Return a fact in words, without its source."""
    said = _SPOKEN.get(fact.value, fact.value)
    told = f"listed: {said}" if fact.kind is FactKind.LISTING else said
    return f"{told} ({fact.note})" if fact.note else told


def source_words(fact: ActorFact) -> str:
    """Return the source and date of a fact in words."""
    return f"{fact.source}, {date_words(fact.as_of)}"


def date_words(point: DatePoint) -> str:
    """Return a date in words, as precise as it is known."""
    return f"{point.day:{_FORMATS[point.precision]}}"
