"""Loads `lexicons/actor_facts.csv`: known facts about firms and lenders, each with its source and date."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from offing.config.files.layers import Layers
from offing.config.files.tables import Row, read_table
from offing.model.reading.actor import ActorFact, CountsAs, FactKind, Ownership
from offing.model.reading.mention import DatePoint, DatePrecision

FILE = "lexicons/actor_facts.csv"
COLUMNS = ("entity", "fact", "value", "source", "as_of", "note")
_KEY = ("entity", "fact", "value", "as_of")
_VALUES = {FactKind.OWNER: Ownership, FactKind.COUNTS_AS: CountsAs}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def load_actor_facts(layers: Layers, entities: Collection[str]) -> tuple[ActorFact, ...]:
    """Return the facts of all layers, grouped by entity.

    Args:
        layers: the config folders.
        entities: the ids of the lexicon's firms and lenders.

    Raises:
        ConfigError: an unknown id, kind or value, no source, an invalid date, or a duplicate fact.
    """
    facts = []
    for row in read_table(layers, FILE, COLUMNS, _KEY):
        if row["entity"] not in entities:
            if row.path.is_relative_to(layers.folders[0]) and len(layers.folders) > 1:
                continue  # the site has removed the firm, so its shipped facts go too
            raise row.error(f"{row['entity']!r} is not an id of firms.csv or lenders.csv", "entity")
        if row["fact"] not in set(FactKind):
            raise row.error(f"{row['fact']!r} is none of {', '.join(FactKind)}", "fact")
        kind = FactKind(row["fact"])
        if not row["source"]:
            raise row.error("is empty: name the public source", "source")
        allowed = _VALUES.get(kind)
        if allowed and row["value"] not in set(allowed):
            raise row.error(f"{row['value']!r} is none of {', '.join(allowed)}", "value")
        if not row["value"]:
            raise row.error("is empty", "value")
        facts.append(ActorFact(row["entity"], kind, row["value"], row["source"], _as_of(row), row["note"]))
    return tuple(facts)


def _as_of(row: Row) -> DatePoint:
    """Return a day, month or year, as precise as it is written."""
    parts = _DATE.fullmatch(row["as_of"])
    try:
        if parts:
            day = date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
            return DatePoint(
                day, DatePrecision.DAY if parts[3] else DatePrecision.MONTH if parts[2] else DatePrecision.YEAR
            )
    except ValueError:  # 2021-02-30
        pass
    raise row.error(f"{row['as_of']!r} is not a date: 2021, 2021-06 or 2021-06-03", "as_of")
