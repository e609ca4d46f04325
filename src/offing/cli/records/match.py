"""`offing match`: two files of project records in, a verdict for each new row out, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from offing.cli.articles.analyse import reading, writing
from offing.cli.output.progress import bytes_of, paced
from offing.errors import BadRecord, UsageError

if TYPE_CHECKING:
    from offing.model.pairs.matching import MatchRules
    from offing.services.comparison.accounts import Drawer
    from offing.services.comparison.match import ReadRow

_FILE = click.Path(path_type=Path, allow_dash=True)


@click.command(short_help="Match a file of project records with known ones.")
@click.argument("known", metavar="KNOWN.jsonl", type=_FILE)
@click.argument("new", metavar="NEW.jsonl", type=_FILE)
@click.option(
    "-o",
    "--out",
    "target",
    metavar="OUT.jsonl",
    type=_FILE,
    default=Path("-"),
    help="Write to this file; `-` is stdout.",
)
@click.option("--repeats", is_flag=True, help="Several rows of NEW may describe the same project.")
@click.option(
    "--config",
    "config",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Config folder of the site; by default $OFFING_CONFIG.",
)
def match(known: Path, new: Path, target: Path, repeats: bool, config: Path | None) -> None:
    """Match each row of NEW.jsonl with the projects in KNOWN.jsonl: same, linked or new. No database is needed.

    \b
      offing match known.jsonl new.jsonl -o matches.jsonl
      offing match --repeats known.jsonl articles.jsonl | less

    A row has id, title, description and, if known, countries, firms, lenders, amounts, sector, status and year; missing
    fields are extracted from its text. A row of OUT.jsonl has the id of the new row, the verdict, and up to ten
    matches, best first, with score and reasons. Files may be gzipped (.gz), and one of them may be `-`, stdin. An
    unusable row is reported by file and line and keeps its place in OUT.jsonl; the exit code is then 1. Unusable fields
    and repeated ids cause a warning.
    """  # noqa: D301 -- click reads the backspace
    from offing.services.comparison.match import load_matcher
    from offing.settings import read_settings

    if known == new == Path("-"):
        raise UsageError("only one of KNOWN and NEW can be stdin (-)")
    matcher = load_matcher(config or read_settings().config)
    with reading(known) as known_rows, reading(new) as new_rows, writing(target, known, new) as write:
        read = [_read(path, raw, matcher.drawer) for path, raw in ((known, known_rows), (new, new_rows))]
        verdicts = _compare(read, matcher.rules, write, repeats=repeats)
    click.echo(
        f"{len(read[1])} rows: " + (", ".join(f"{n} {v}" for v, n in sorted(verdicts.items())) or "none"), err=True
    )
    if any(row.account is None for rows in read for row in rows):
        raise click.exceptions.Exit(1)


def _read(path: Path, raw: BinaryIO, drawer: Drawer) -> list[ReadRow]:
    """Return the rows of a file; problems are reported with file and line."""
    from offing.services.comparison.match import read_rows
    from offing.services.rows.packed import UNREADABLE, unpacked

    messages: list[str] = []

    def report(error: BadRecord, how: str = "") -> None:
        messages.append(f"offing: {path}:{error.number}: {how}{str(error).partition(': ')[2]}")

    size = bytes_of(path)
    with paced(f"reading {path.name}, bytes") as read:
        try:
            rows = read_rows(
                unpacked(raw, path),
                drawer,
                report,
                lambda warning: report(warning, "warning: "),
                lambda: read(raw.tell(), size) if size else None,
            )
        except UNREADABLE as error:
            raise UsageError(f"{path}: {error}") from error
    for each in messages:
        click.echo(each, err=True)
    return rows


def _compare(read: Sequence[list[ReadRow]], rules: MatchRules, write: BinaryIO, *, repeats: bool) -> Counter[str]:
    """Write a row of output for each new row; return the number of each verdict."""
    from offing.services.analysis.candidate_rows import encode
    from offing.services.comparison.match import match_rows

    known, new = read
    verdicts: Counter[str] = Counter()
    with paced("comparing rows") as compared:
        for row in match_rows(known, new, rules, repeats=repeats, progress=lambda at: compared(at, len(new))):
            write.write(encode(row))
            verdicts[row["verdict"] or "unusable"] += 1
    return verdicts
