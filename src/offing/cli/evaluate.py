"""`offing evaluate`: precision, recall and F1 of each field on annotated articles."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from offing.cli.analyse import writing
from offing.cli.rows import rows_of
from offing.errors import BadRecord, UsageError


@click.command(short_help="Precision, recall, F1 of each field on annotated articles.")
@click.argument("gold", metavar="GOLD.jsonl", type=click.Path(path_type=Path))
@click.option("--by", metavar="FIELD", help="Also a table for each value of this field, such as lang, kind or sector.")
@click.option("--misses", metavar="FILE", type=click.Path(path_type=Path), help="Write what went wrong to this JSONL.")
@click.option("--worst", metavar="N", type=click.IntRange(min=1), help="Also the N articles with the most mistakes.")
@click.option(
    "--compare",
    "before",
    metavar="BEFORE",
    type=click.Path(path_type=Path),
    help="Beside the figures of an earlier run, which --json wrote.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@click.option(
    "--config", metavar="DIR", type=click.Path(path_type=Path), help="The site's config, else $OFFING_CONFIG."
)
def evaluate(gold: Path, by: str | None, misses: Path | None, config: Path | None, **shown: Any) -> None:
    """Analyse the articles of GOLD.jsonl and compare with what annotators wrote.

    \b
      offing evaluate tests/data/gold_open.jsonl --by lang --worst 20 --misses misses.jsonl
      offing evaluate tests/data/gold_open.jsonl --json > before.json
      offing evaluate tests/data/gold_open.jsonl --compare before.json
    """  # noqa: D301 -- click reads the backspace
    from offing.steps.candidate_rows import encode
    from offing.steps.evaluation.compare import read_figures
    from offing.steps.evaluation.report import evaluate as measure
    from offing.steps.evaluation.report import worst

    before = read_figures(shown["before"]) if shown["before"] else None
    rows = _annotated_rows(gold)
    _check_field(by, rows, gold)
    with writing(misses, gold) if misses else nullcontext() as noted:
        result = measure(rows, {row["id"]: row["candidates"] for row in _analysed(rows, config)}, by)
        if noted:
            noted.writelines(encode(miss) for miss in result.misses)
    _show(result.figures, before, as_json=shown["as_json"])
    if shown["worst"] and not shown["as_json"]:
        click.echo("\n".join(worst(result.misses, shown["worst"])))


def _annotated_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a gold set.

    Raises:
        UsageError: there is none, or one is not annotated.
    """
    rows = [_annotated(row, number, path) for number, row in enumerate(rows_of(path), 1)]
    if not rows:
        raise UsageError(f"{path} has no article: an annotated set has one a row, with its id")
    return rows


def _annotated(row: dict[str, Any], number: int, path: Path) -> dict[str, Any]:
    """A row of gold, told apart from an article that nobody annotated, or not in full."""
    from offing.steps.evaluation.annotated import check_projects

    if not isinstance(row.get("relevant"), bool) or not isinstance(row.get("projects"), list):
        raise UsageError(f'{path}: article {number} is not annotated: it needs "relevant" and "projects"')
    check_projects(row, f"{path}: article {number} ({row.get('id')})")
    return row


def _check_field(by: str | None, rows: list[dict[str, Any]], path: Path) -> None:
    """Refuse to group by a field that nothing has."""
    from offing.steps.evaluation.report import group_fields

    fields = group_fields(rows)
    if by is not None and by not in fields:
        raise UsageError(f"--by {by}: no article or project of {path} has this field; there are {', '.join(fields)}")


def _show(figures: dict[str, Any], before: dict[str, Any] | None, *, as_json: bool) -> None:
    from offing.steps.evaluation.compare import compared
    from offing.steps.evaluation.report import plain, table

    if as_json:
        click.echo(json.dumps(plain(figures), indent=1, allow_nan=False))
    else:
        click.echo("\n".join(compared(before, figures) if before is not None else table(figures)))


def _analysed(rows: list[dict[str, Any]], config: Path | None) -> list[dict[str, Any]]:
    from offing.settings import read_settings
    from offing.steps.analyse import analyse
    from offing.steps.analyst import load_analyst
    from offing.steps.candidate_rows import encode

    def report(error: BadRecord) -> None:
        raise error

    source = io.BytesIO(b"".join(encode(row) for row in rows))
    return list(analyse(source, load_analyst(config or read_settings().config), everything=False, on_error=report))
