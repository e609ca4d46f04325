"""Writes a person's decision about a name into the site's lexicon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from offing.config.additions import Addition, add_to_lexicon
from offing.config.files.layers import Layers
from offing.config.rules import checked_lexicon
from offing.errors import UsageError
from offing.model.reading.rules import Entity, EntityKind, Lexicon
from offing.services.lexicon.lexicon_check import collisions

SOURCE = "site"
_LENDERS = frozenset(
    {EntityKind.POLICY_BANK, EntityKind.STATE_BANK, EntityKind.COMMERCIAL_BANK, EntityKind.INSURER, EntityKind.FUND}
)
_NO_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Adoption:
    """A name to adopt: another name of the entity `owner` if that is given, else a new entity of `kind`."""

    name: str
    note: str
    owner: str = ""
    entity: str = ""
    kind: str = EntityKind.FIRM
    zh: str = ""
    near: str = ""


def adopt_name(site: Path | None, wish: Adoption) -> tuple[Path, ...]:
    """Add a name to the site's lexicon; return the files that have new rows.

    Raises:
        UsageError: the site has no config folder, the owner is unknown, the id is taken or cannot be made.
        ConfigError: the lexicon could not be loaded with it.
    """
    lexicon = checked_lexicon(Layers.of(site))
    _refuse_common(lexicon, wish.name)
    if wish.near and not wish.owner:
        raise UsageError("--near goes with --of: the full name of a firm counts without other words")
    if wish.owner:
        return add_to_lexicon(site, [_alias(wish, wish.owner, _table_of(lexicon, wish.owner))], _refuser(lexicon))
    identity = wish.entity or _slug(wish.name)
    if identity in _ids(lexicon.firms) | _ids(lexicon.lenders):
        raise UsageError(
            f"{identity!r} already exists; use --of {identity} to add a name to it, or choose another --id"
        )
    table = "lender" if EntityKind(wish.kind) in _LENDERS else "firm"
    row = {"id": identity, "name": wish.name, "name_zh": wish.zh, "kind": wish.kind, "note": wish.note}
    return add_to_lexicon(site, [Addition(f"{table}s", {**row, "source": SOURCE})], _refuser(lexicon))


def _refuser(before: Lexicon) -> Callable[[Lexicon], None]:
    """Return a check that refuses a lexicon in which a name is newly shared by two entities."""
    known = frozenset(collisions(before))

    def refuse(lexicon: Lexicon) -> None:
        for each in collisions(lexicon):
            if each not in known:
                raise UsageError(f"{each.text!r} would count for {' and '.join(each.entities)}: give it --near")

    return refuse


def _refuse_common(lexicon: Lexicon, name: str) -> None:
    """Refuse a firm's name that is a country, a place, an ordinary word or a dismissed name."""
    if name in {form.text for form in lexicon.countries} | {place.text for place in lexicon.places}:
        raise UsageError(f"{name!r} is the name of a country or place: give the firm's full name")
    if name in {friend.phrase for friend in lexicon.false_friends if friend.kind == "firm"}:
        raise UsageError(f"{name!r} was dismissed: take its row out of lexicons/false_friends.csv first")
    if name.isascii() and name.islower():
        raise UsageError(f"{name!r} has no capital letter: write the name as it is written in texts")


def dismiss_name(site: Path | None, name: str, note: str) -> tuple[Path, ...]:
    """Add a name to the site's false friends; return the file that has the new row.

    Raises:
        UsageError: the site has no config folder, or a firm of the lexicon has that name.
        ConfigError: the name is too short or is a false friend already.
    """
    lexicon = checked_lexicon(Layers.of(site))
    listed = {alias.text: alias.entity for alias in lexicon.aliases} | {firm.name: firm.id for firm in lexicon.firms}
    if name in listed:
        raise UsageError(
            f"{name!r} is a name of {listed[name]!r}: a row with `off` in lexicons/firms.csv takes that out"
        )
    row = {"phrase": name, "lang": "*", "case": "any", "kind": "firm", "note": note}
    return add_to_lexicon(site, [Addition("false_friends", row)])


def _alias(wish: Adoption, owner: str, table: str) -> Addition:
    exact = " " not in wish.name and wish.name.isascii()
    cells = {"alias": wish.name, "lang": "*", "case": "exact" if exact else "any", "near": wish.near}
    return Addition(f"{table}_aliases", {table: owner, **cells, "source": SOURCE, "note": wish.note})


def _table_of(lexicon: Lexicon, owner: str) -> str:
    if owner in _ids(lexicon.firms):
        return "firm"
    if owner in _ids(lexicon.lenders):
        return "lender"
    raise UsageError(f"{owner!r} is the id of no firm or lender: `offing lexicon try` shows the ids of names")


def _ids(entities: Sequence[Entity]) -> frozenset[str]:
    return frozenset(entity.id for entity in entities)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = _NO_SLUG.sub("-", plain).strip("-")
    if not slug:
        raise UsageError(f"no id can be made from {name!r}: give one with --id, small letters, digits and hyphens")
    return slug
