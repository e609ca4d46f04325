"""Matches two files of project records without a database: rows in, one verdict for each new row out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from offing.config.overlay import site_layers
from offing.config.sites.rates import load_rates
from offing.config.weights.matching import load_matching
from offing.errors import BadRecord
from offing.match import match
from offing.model.pairs.matching import Account, Matched, MatchRules
from offing.rates.converter import Converter
from offing.services.analysis.analyst import recognizer_of
from offing.services.comparison.accounts import Drawer
from offing.services.comparison.row_fields import Id, Row, id_of, row_fields
from offing.services.rows.jsonl import numbered_lines, object_of


@dataclass(frozen=True, slots=True)
class Matcher:
    """What matching needs: the drawer of accounts, and the rules."""

    drawer: Drawer
    rules: MatchRules


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that was read: its id unchanged, and its account, or why it cannot be used."""

    id: Id | None
    account: Account | None
    error: str = ""


def load_drawer(config: Path | None) -> Drawer:
    """Return the drawer of accounts by the rules of a site.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file of config cannot be used.
    """
    layers = site_layers(config)
    return Drawer(recognizer_of(layers), Converter(load_rates(layers)))


def load_matcher(config: Path | None) -> Matcher:
    """Return the matcher of a site.

    Args:
        config: the site's config folder, None for only what ships.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file of config cannot be used.
    """
    rules = load_matching(site_layers(config))
    return Matcher(load_drawer(config), rules)


def read_rows(
    source: BinaryIO,
    drawer: Drawer,
    on_error: Callable[[BadRecord], None],
    on_warning: Callable[[BadRecord], None] = lambda _: None,
    progress: Callable[[], None] = lambda: None,
) -> list[ReadRow]:
    """Return the rows of a file in order; an unusable row carries the reason.

    Args:
        source: JSONL, one project a row; unknown fields are ignored.
        drawer: draws what a row lacks from its text.
        on_error: called with each row that cannot be used.
        on_warning: called with what was left out of a row, and with each id that an earlier row has too.
        progress: called after each row.
    """
    rows: list[ReadRow] = []
    first: dict[str, int] = {}

    def refuse(error: BadRecord, found: Id | None = None) -> None:
        on_error(error)
        rows.append(ReadRow(found, None, str(error)))

    for number, line in numbered_lines(source, refuse):
        found: Id | None = None
        try:
            row = object_of(line, number)
            found = id_of(row)
            rows.append(ReadRow(found, drawer.draw(row_fields(row, number, on_warning))))
            if (line_of_first := first.setdefault(json.dumps(found), number)) != number:
                on_warning(BadRecord(f"has the id {json.dumps(found)} of line {line_of_first} again", number))
        except BadRecord as error:
            refuse(error, found)
        except Exception as error:  # noqa: BLE001 -- border: a fault of ours on one row must not cost the others
            refuse(BadRecord(f"a fault of offing itself ({type(error).__name__}: {error})", number), found)
        progress()
    return rows


def match_rows(
    known: Sequence[ReadRow],
    new: Sequence[ReadRow],
    rules: MatchRules,
    *,
    repeats: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Iterator[Row]:
    """Yield one row of output for each new row, in order.

    Args:
        known: the known projects; unusable rows are skipped.
        new: the rows to be matched.
        rules: the weights.
        repeats: several new rows may describe one project.
        progress: called with the number of new rows compared so far.
    """
    usable = [(read.id, read.account) for read in known if read.account is not None]
    accounts = [read.account for read in new if read.account is not None]
    ids = [each for each, _ in usable]
    found = iter(match([account for _, account in usable], accounts, rules, repeats=repeats, progress=progress))
    for read in new:
        if read.account is None:
            yield {"id": read.id, "verdict": None, "matches": [], "error": read.error}
        else:
            yield {"id": read.id, **_row(next(found), ids)}


def _row(matched: Matched, ids: Sequence[Id | None]) -> Row:
    return {
        "verdict": matched.relation,
        "matches": [
            {"id": ids[each.known], "score": each.score, "reasons": list(each.reasons)} for each in matched.matches
        ],
    }
