"""`offing evaluate`: precision, recall and F1 of each field on annotated articles."""

from __future__ import annotations

import io
import json
from contextlib import nullcontext
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offing.cli.articles.analyse import writing
from offing.cli.jsonl_rows import rows_of
from offing.errors import BadRecord, UsageError
from offing.model.values.numbers import counted

if TYPE_CHECKING:
    from offing.model.review.second_reader import ReaderRules
    from offing.services.evaluation.second_reader import Compared


@click.command(short_help="Measure precision, recall and F1 on annotated articles.")
@click.argument("gold", metavar="GOLD.jsonl", type=click.Path(path_type=Path))
@click.option("--by", metavar="FIELD", help="Add a table for each value of this field, such as lang, kind or sector.")
@click.option(
    "--misses", metavar="FILE", type=click.Path(path_type=Path), help="Write the mistakes to this JSONL file."
)
@click.option("--worst", metavar="N", type=click.IntRange(min=1), help="Add the N articles with the most mistakes.")
@click.option(
    "--compare",
    "before",
    metavar="BEFORE",
    type=click.Path(path_type=Path),
    help="Compare with an earlier run, written by --json.",
)
@click.option(
    "--reader",
    type=click.Choice(["llm"]),
    help="Also measure the second reader (reader.toml), alone and combined; sends requests to its endpoint.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of tables.")
@click.option(
    "--config",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Config folder of the site; by default $OFFING_CONFIG.",
)
def evaluate(gold: Path, by: str | None, misses: Path | None, config: Path | None, **shown: Any) -> None:
    """Analyse the articles of GOLD.jsonl and compare the results with the annotations.

    \b
      offing evaluate tests/data/gold_open.jsonl --by lang --worst 20 --misses misses.jsonl
      offing evaluate tests/data/gold_open.jsonl --json > before.json
      offing evaluate tests/data/gold_open.jsonl --compare before.json
      offing evaluate tests/data/gold_open.jsonl --reader llm
    """  # noqa: D301 -- click reads the backspace
    from offing.services.analysis.candidate_rows import encode
    from offing.services.evaluation.compare import read_figures
    from offing.services.evaluation.report import evaluate as measure
    from offing.services.evaluation.report import worst

    before = read_figures(shown["before"]) if shown["before"] else None
    rows = _annotated_rows(gold)
    _check_field(by, rows, gold)
    if shown["reader"]:
        _check_alone(by, misses, shown)
        _compare_readers(rows, config, as_json=shown["as_json"])
        return
    with writing(misses, gold) if misses else nullcontext() as noted:
        result = measure(rows, {row["id"]: row["candidates"] for row in _analysed(rows, config)}, by)
        if noted:
            noted.writelines(encode(miss) for miss in result.misses)
    _show(result.figures, before, as_json=shown["as_json"])
    if shown["worst"] and not shown["as_json"]:
        click.echo("\n".join(worst(result.misses, shown["worst"])))


def _check_alone(by: str | None, misses: Path | None, shown: dict[str, Any]) -> None:
    """Refuse options that --reader does not support."""
    others = {"--by": by, "--misses": misses, "--compare": shown["before"], "--worst": shown["worst"]}
    if given := [name for name, value in others.items() if value]:
        raise UsageError(f"--reader cannot be combined with {', '.join(given)}")


def _compare_readers(rows: list[dict[str, Any]], config: Path | None, *, as_json: bool) -> None:
    """Measure the built-in reader, the second one, and both joined, on articles that the second one answers.

    Raises:
        UsageError: no second reader is on, its key is missing, or it answers nothing.
    """
    from offing.cli.articles.second_reader import OFF
    from offing.cli.output.progress import paced
    from offing.config.files.cache import folder_in_use
    from offing.config.overlay import site_layers
    from offing.services.analysis.analyst import load_analyst
    from offing.services.evaluation.second_reader import cases_of, read_cases
    from offing.services.second_reader import second_reader
    from offing.services.second_reader.answers import AnswerCache
    from offing.settings import read_settings

    settings = read_settings()
    site = config or settings.config
    reader = second_reader(site_layers(site), settings.reader_key, settings.contact)
    if reader is None:
        raise UsageError(OFF)
    cases = list(cases_of(rows, load_analyst(site)))
    done = count(1)
    with paced("articles read") as report:
        answers = AnswerCache.below(folder_in_use())
        found = read_cases(cases, reader, answers, lambda _step: report(next(done), len(cases)))
    _show_readers(rows, found, reader.rules, as_json=as_json)


def _show_readers(rows: list[dict[str, Any]], found: Compared, rules: ReaderRules, *, as_json: bool) -> None:
    from offing.model.review.second_reader import MILLION
    from offing.services.evaluation.report import evaluate as measure
    from offing.services.evaluation.report import plain
    from offing.services.evaluation.second_reader import OURS, side_by_side

    answered = [row for row in rows if row["id"] in found.predictions[OURS]]
    if not answered:
        raise UsageError(f"the second reader gave no answer: {found.failed[0]}")
    figures = {name: measure(answered, found_by).figures["all"] for name, found_by in found.predictions.items()}
    took = found.spending
    money = f"{took.money / MILLION:.4f} {rules.prices.currency}"
    cost = f"{counted(took.asked, 'request')}, {took.cached} from the cache, {took.tokens:,} tokens, {money}"
    if as_json:
        click.echo(json.dumps(plain(figures), indent=1, allow_nan=False))
    else:
        click.echo("\n".join((f"== {rules.model}, {len(answered)} of {len(rows)} articles", *side_by_side(figures))))
    click.echo(cost, err=True)
    if found.failed:
        click.echo(
            f"offing: no answer for {counted(len(found.failed), 'article')}; the first: {found.failed[0]}", err=True
        )
        raise click.exceptions.Exit(1)


def _annotated_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gold set.

    Raises:
        UsageError: there is none, or one is not annotated.
    """
    rows = [_annotated(row, number, path) for number, row in enumerate(rows_of(path), 1)]
    if not rows:
        raise UsageError(f"{path} has no articles; an annotated set has one per row, with its id")
    return rows


def _annotated(row: dict[str, Any], number: int, path: Path) -> dict[str, Any]:
    """Return a gold row, after checking that it is fully annotated."""
    from offing.services.evaluation.annotated import check_projects

    if not isinstance(row.get("relevant"), bool) or not isinstance(row.get("projects"), list):
        raise UsageError(f'{path}: article {number} is not annotated; it needs "relevant" and "projects"')
    check_projects(row, f"{path}: article {number} ({row.get('id')})")
    return row


def _check_field(by: str | None, rows: list[dict[str, Any]], path: Path) -> None:
    """Refuse to group by a field that no row has."""
    from offing.services.evaluation.report import group_fields

    fields = group_fields(rows)
    if by is not None and by not in fields:
        raise UsageError(
            f"--by {by}: no article or project in {path} has this field; the fields are {', '.join(fields)}"
        )


def _show(figures: dict[str, Any], before: dict[str, Any] | None, *, as_json: bool) -> None:
    from offing.services.evaluation.compare import compared
    from offing.services.evaluation.report import plain, table

    if as_json:
        click.echo(json.dumps(plain(figures), indent=1, allow_nan=False))
    else:
        click.echo("\n".join(compared(before, figures) if before is not None else table(figures)))


def _analysed(rows: list[dict[str, Any]], config: Path | None) -> list[dict[str, Any]]:
    from offing.cli.output.progress import paced
    from offing.services.analysis.analyse import analyse
    from offing.services.analysis.analyst import load_analyst
    from offing.services.analysis.candidate_rows import encode
    from offing.settings import read_settings

    def report(error: BadRecord) -> None:
        raise error

    source = io.BytesIO(b"".join(encode(row) for row in rows))
    analyst, found = load_analyst(config or read_settings().config), []
    with paced("articles read") as done:
        for row in analyse(source, analyst, everything=False, on_error=report):
            found.append(row)
            done(len(found), len(rows))
    return found
