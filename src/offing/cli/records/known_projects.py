"""offing projects import, known, forget: the projects of other datasets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from offing.cli.output.progress import bytes_of, paced
from offing.cli.site import Site, pass_site
from offing.model.values.numbers import counted

if TYPE_CHECKING:
    from offing.model.projects.known import KnownShape

_SHOWN = 5  # keys in a sentence


@click.command("import", short_help="Import the projects of another dataset.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mapping", metavar="NAME", help="A mapping in config/known/, or a file; by default the one that fits best."
)
@click.option("--source", metavar="NAME", help="Name of the dataset; by default as in the mapping.")
@pass_site
def import_(site: Site, file: Path, mapping: str | None, source: str | None) -> None:
    """Import the projects of another dataset from CSV (also with ; or tabs), JSONL or a JSON array, plain or .gz.

    They are stored apart from the records of this site; `offing projects known` writes them as rows for `offing match`.
    A file whose columns fit no mapping is refused. Importing a file again changes only what differs. Unusable rows and
    ignored cells are reported on stderr; exit code 1 if a row was refused.

    \b
    Examples:
      offing projects import gcdf.csv --mapping aiddata-gcdf-3.0
      offing projects import ours.jsonl --source our-2024-list
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.rules import load_rules
    from offing.services.analysis.analyst import recognizer_of
    from offing.services.comparison.accounts import sums_in
    from offing.services.known_projects.imports import import_known
    from offing.services.known_projects.row_mapping import Names, RowReader
    from offing.services.rows.row_files import open_rows

    shape = _shape(site, file, mapping)
    shape = replace(shape, source=source) if source else shape
    names, database = Names(load_rules(site.layers).lexicon), site.database()
    reader = RowReader(shape, names, lambda text: sums_in(recognizer_of(site.layers), text))
    size = bytes_of(file)
    with open_rows(file) as rows, paced(f"reading {file.name}, bytes") as read:
        done = import_known(database, rows, reader, datetime.now(UTC), lambda at: read(at, size))
    for trouble in done.troubles:
        click.echo(f"{file}: {trouble}", err=True)
    kept = done.kept
    click.echo(f"{shape.source}: {kept.new} new, {kept.changed} changed, {kept.same} unchanged, {done.refused} refused")
    click.get_current_context().exit(1 if done.refused else 0)


def _shape(site: Site, file: Path, mapping: str | None) -> KnownShape:
    """Return the named mapping, or the one that best fits the columns of a file."""
    from offing.config.sites.import_shapes import load_shape, shape_names
    from offing.services.known_projects.shape_detection import columns_of, fitting, require_fit

    columns = columns_of(file)
    if mapping is not None:
        return require_fit(file, columns, {mapping: load_shape(site.layers, mapping)})
    return fitting(file, columns, {name: load_shape(site.layers, name) for name in shape_names(site.layers)})


@click.command("known", short_help="Write the projects of other datasets as rows for `offing match`.")
@click.option("--source", metavar="NAME", help="Only those of this dataset.")
@pass_site
def known(site: Site, source: str | None) -> None:
    """Write the projects imported from other datasets as JSONL, for `offing match`.

    \b
    Example:  offing projects known > known.jsonl
              offing match known.jsonl new.jsonl -o matches.jsonl
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.known_projects.imports import account_row
    from offing.store.records.known_project import known_projects

    with site.database().read() as conn:
        for each in known_projects(conn, source):
            click.echo(json.dumps(account_row(each), ensure_ascii=False))


@click.command(short_help="Remove an imported dataset.")
@click.argument("base", metavar="DATASET")
@click.option("--yes", is_flag=True, help="Apply the change; without it, only show it.")
@pass_site
def forget(site: Site, base: str, *, yes: bool) -> None:
    """Remove the projects of an imported dataset, and match again the candidates that were updates of them.

    Projects on which somebody has decided are kept. Importing the dataset again restores the others. Without --yes,
    only shows what would be removed.

    \b
    Examples:
      offing projects forget our-2024-list
      offing projects forget our-2024-list --yes
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.known_projects.removal import foresee, let_go

    found = let_go(site.database(), base, datetime.now(UTC)) if yes else foresee(site.database(), base)
    verb = "" if yes else "would be "
    projects, candidates = counted(found.rows, "project"), counted(found.candidates, "candidate")
    click.echo(f"{base}: {projects} {verb}removed, {candidates} {verb}matched again")
    if found.kept:
        shown = ", ".join(found.kept[:_SHOWN]) + (" …" if len(found.kept) > _SHOWN else "")
        click.echo(f"{len(found.kept)} kept because of decisions on them: {shown}")
    if not yes:
        click.echo("not changed yet; add --yes to apply")
