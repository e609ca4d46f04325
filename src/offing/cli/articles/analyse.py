"""`offing analyse`: articles in, candidates out, no database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from offing.errors import BadRecord, UsageError


@click.command(short_help="Turn a file of articles into a file of candidates.")
@click.argument("source", metavar="IN.jsonl", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "--out",
    "target",
    metavar="OUT.jsonl",
    type=click.Path(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="Write the candidates to this file; `-` is stdout.",
)
@click.option("--all", "everything", is_flag=True, help="Include candidates below the cut.")
@click.option(
    "--config",
    "config",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Config folder of the site; by default $OFFING_CONFIG.",
)
def analyse(source: Path, target: Path, everything: bool, config: Path | None) -> None:
    """Read articles from IN.jsonl and write the candidates found in each. `-` is stdin. No database is needed.

    \b
      offing analyse articles.jsonl -o candidates.jsonl
      offing analyse - --all < articles.jsonl | less

    A row of IN has id, title, paragraphs (or text) and, if known, lang, outlet, published and url. Unusable rows are
    reported by number and skipped; the exit code is then 1.
    """  # noqa: D301 -- click reads the backspace
    from offing.services.analysis.analyse import analyse as run
    from offing.services.analysis.analyst import load_analyst
    from offing.services.analysis.candidate_rows import encode
    from offing.settings import read_settings

    failed: list[BadRecord] = []

    def report(error: BadRecord) -> None:
        failed.append(error)
        click.echo(f"offing: {error}", err=True)

    analyst = load_analyst(config or read_settings().config)
    with reading(source) as read, writing(target, source) as write:
        for row in run(read, analyst, everything=everything, on_error=report):
            write.write(encode(row))
            if target == Path("-"):
                write.flush()
    if failed:
        raise click.exceptions.Exit(1)


@contextmanager
def reading(source: Path) -> Iterator[BinaryIO]:
    """Open a file to read, `-` being stdin.

    Raises:
        UsageError: it cannot be read.
    """
    if source == Path("-"):
        yield sys.stdin.buffer
        return
    try:
        opened = source.open("rb")
    except OSError as error:
        raise UsageError(f"{source}: {error.strerror}") from error
    with opened:
        yield opened


@contextmanager
def writing(target: Path, *sources: Path) -> Iterator[BinaryIO]:
    """Open the target, which appears whole or not at all; a pipe or device is written directly.

    Raises:
        UsageError: it cannot be written, or is one of the sources.
    """
    if target == Path("-"):
        yield sys.stdout.buffer
        return
    if any(target.exists() and source.exists() and target.samefile(source) for source in sources):
        raise UsageError(f"{target} is the input; choose another file for the output")
    part = target if target.exists() and not target.is_file() else target.with_name(target.name + ".part")
    try:
        opened = part.open("wb")
    except OSError as error:
        raise UsageError(f"{target} cannot be written: {error.strerror}") from error
    try:
        with opened:
            yield opened
        if part != target:
            part.replace(target)
    finally:
        if part != target:
            part.unlink(missing_ok=True)
