"""offing db archive: raw pages as WARC files."""

from __future__ import annotations

import time
from pathlib import Path

import click

from offing.cli.output.progress import paced
from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import UsageError
from offing.model.operation.retention import Archive
from offing.model.values.numbers import counted
from offing.services.running.run_context import utc_now

_MB = 1_000_000


@click.command("archive")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--budget-mb", type=click.IntRange(1), metavar="MB", help="Then remove the oldest files above this size.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def archive(site: Site, folder: Path | None, budget_mb: int | None, as_json: bool) -> None:
    """Write pages that are not in the archive FOLDER yet as WARC 1.1 files, one for each day (UTC) that is over.

    Without FOLDER, that of `[archive]` in `config/retention.toml`. A file is read back before it gets its name, and
    never changed afterwards; it may be moved elsewhere, as long as its index stays. Contents of pages that were pruned
    or that their publishers reserve are left out. Runs may be at work meanwhile.

    \b
    Example:  offing db archive /var/lib/offing/archive --budget-mb 50000
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.running.archive import archive_pages

    into, begun = _archive(site, folder, budget_mb), time.monotonic()
    with paced("archiving pages") as archiving:
        done = archive_pages(site.database(), into, utc_now(), archiving)
    if as_json:
        written = [{"file": str(each.file), "pages": each.captures, "bytes": each.size} for each in done.written]
        print_json({"folder": str(into.folder), "written": written, "removed": [str(each) for each in done.removed]})
        return
    files = f"{counted(len(done.written), 'new file')}, {done.size / _MB:,.1f} MB"
    say(f"archived: {counted(done.captures, 'page')} in {files}, {time.monotonic() - begun:.1f} s: {into.folder}")
    if done.left_out:
        say(
            f"left out: {counted(done.left_out, 'page')} whose content went meanwhile or is damaged; the log names them"
        )
    if done.removed:
        say(f"removed for the budget: {counted(len(done.removed), 'file')}, the newest {done.removed[-1].name}")


def _archive(site: Site, folder: Path | None, budget_mb: int | None) -> Archive:
    from offing.config.sites.retention import load_retention

    found = load_retention(site.layers).archive
    if folder is not None:
        return Archive(folder, (budget_mb or 0) * _MB)
    if found is None:
        raise UsageError("no folder is named: offing db archive FOLDER, or `folder` of [archive] in retention.toml")
    return Archive(found.folder, budget_mb * _MB if budget_mb else found.budget)
