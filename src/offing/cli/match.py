"""`offing match`: two files of project records in, a verdict for each new row out, no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from offing.cli.analyse import reading, writing
from offing.errors import BadRecord, UsageError

_FILE = click.Path(path_type=Path, allow_dash=True)


@click.command(short_help="Project records against known ones, no database.")
@click.argument("known", metavar="KNOWN.jsonl", type=_FILE)
@click.argument("new", metavar="NEW.jsonl", type=_FILE)
@click.option("-o", "--out", "target", metavar="OUT.jsonl", type=_FILE, default=Path("-"))
@click.option("--repeats", is_flag=True, help="Several rows of NEW may tell of one project: they are no rivals.")
@click.option(
    "--config", "config", metavar="DIR", type=click.Path(path_type=Path), help="The site's config, else $OFFING_CONFIG."
)
def match(known: Path, new: Path, target: Path, repeats: bool, config: Path | None) -> None:
    """Say for each row of NEW.jsonl which project of KNOWN.jsonl it tells of: same, linked or new.

    \b
      offing match known.jsonl new.jsonl -o matches.jsonl
      offing match --repeats known.jsonl articles.jsonl | less

    A row holds id, title, description, and where known countries, firms, lenders, amounts, sector, status and year;
    what it lacks is drawn from its text. A row of OUT.jsonl holds the id of the new row, the verdict, and up to ten
    matches, best first, with score and reasons. One of the files may be `-`, which is stdin. A row that cannot be
    used is reported by file and line and keeps its place in OUT.jsonl; the exit code is then 1.
    """  # noqa: D301 -- click reads the backspace
    from offing.settings import read_settings
    from offing.steps.candidate_rows import encode
    from offing.steps.match import load_matcher, match_rows, read_rows

    if known == new == Path("-"):
        raise UsageError("only one of KNOWN and NEW can be stdin (-)")
    failed: list[BadRecord] = []
    matcher = load_matcher(config or read_settings().config)
    with reading(known) as known_rows, reading(new) as new_rows, writing(target, known, new) as write:
        known_read = read_rows(known_rows, matcher.drawer, _reporter(known, failed))
        new_read = read_rows(new_rows, matcher.drawer, _reporter(new, failed))
        verdicts: Counter[str] = Counter()
        for row in match_rows(known_read, new_read, matcher.rules, repeats=repeats):
            write.write(encode(row))
            verdicts[row["verdict"] or "unusable"] += 1
    click.echo(
        f"{len(new_read)} rows: " + (", ".join(f"{n} {v}" for v, n in sorted(verdicts.items())) or "none"), err=True
    )
    if failed:
        raise click.exceptions.Exit(1)


def _reporter(source: Path, failed: list[BadRecord]) -> Callable[[BadRecord], None]:
    def report(error: BadRecord) -> None:
        failed.append(error)
        click.echo(f"offing: {source}:{error.number}: {str(error).partition(': ')[2]}", err=True)

    return report
