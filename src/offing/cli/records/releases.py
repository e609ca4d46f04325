"""offing releases: what was published; what changed; yanking; adopting; signing off what a check found."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offing.cli.output.progress import paced
from offing.cli.site import Site, pass_site, print_json, say
from offing.model.projects.release import ChangeKind, Release
from offing.model.values.numbers import counted
from offing.publish.notes import in_words, said_of

_BY = click.option("--by", metavar="NAME", help="Who does it; by default your system account.")


@click.group()
def releases() -> None:
    """List, compare, yank and adopt releases; sign off warnings of a check.

    \b
    Example:  offing releases list
    """  # noqa: D301 -- click reads the backspace itself


@releases.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@pass_site
def list_(site: Site, *, as_json: bool) -> None:
    """List all releases, oldest first, with the space that each takes in the database."""
    from offing.services.releases.kept import kept_releases

    found = kept_releases(site.database())
    if as_json:
        print_json([{**_plain(each.release), "stored_bytes": each.stored} for each in found])
    elif not found:
        click.echo("no releases yet; publish one with `offing publish 1.0 --out FOLDER`")
    else:
        table = Table("version", "published", "by", "records", "stored", "", box=None, pad_edge=False)
        for each in found:
            own = each.release
            yanked = f"yanked {own.yanked.at:%Y-%m-%d}: {own.yanked.reason}" if own.yanked else ""
            cells = (own.version, f"{own.published_at:%Y-%m-%d}", own.published_by or "-", f"{own.records:,}")
            table.add_row(*map(Text, (*cells, f"{each.stored / 1024:,.0f} KB", yanked)))
        Console(soft_wrap=True).print(table)


@releases.command()
@click.argument("version")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@pass_site
def show(site: Site, version: str, *, as_json: bool) -> None:
    """Show a release: its figures and changes.

    \b
    Example:  offing releases show 1.1
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.releases.kept import notes_of

    release, notes = notes_of(site.database(), version)
    if as_json:
        tables = {name: {"rows": each.rows, "filled": each.filled} for name, each in release.statistics.items()}
        print_json({**_plain(release), "tables": tables, "notes": notes})
        return
    say(f"release {release.version}, published {release.published_at:%Y-%m-%d %H:%M} UTC by {_by(release)}")
    if release.yanked:
        say(f"YANKED on {release.yanked.at:%Y-%m-%d} by {release.yanked.by}: {release.yanked.reason}")
    for name, each in release.statistics.items():
        say(f"  {name + '.csv':15} {each.rows:>9,} {'row' if each.rows == 1 else 'rows'}")
    say(f"\n{notes or 'The content of this release is not on file.'}".rstrip())


@releases.command()
@click.argument("one")
@click.argument("other")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, as in delta.json.")
@pass_site
def diff(site: Site, one: str, other: str, *, as_json: bool) -> None:
    """Show what changed from one release to another, field by field.

    \b
    Example:  offing releases diff 1.0 1.2
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.releases.kept import compare, wanted_release

    with site.database().read() as conn:
        changes = compare(conn, wanted_release(conn, one), wanted_release(conn, other))
        if as_json:
            print_json([each.plain() for each in changes])
            return
        counts: Counter[ChangeKind] = Counter()
        for each in changes:
            counts[each.kind] += 1
            head, *rest = in_words(each)
            say(f"{each.kind:9}  {head}")
            for line in rest:
                say(f"{'':13}{line}")
    click.echo(said_of(counts))


@releases.command()
@click.argument("version")
@click.option("--reason", required=True, help="Why nobody should use it.")
@_BY
@pass_site
def yank(site: Site, version: str, reason: str, by: str | None) -> None:
    """Mark a release as one that should not be used; nothing is deleted.

    If it is written again, YANKED.md says so, and the notes of later releases mention it.

    \b
    Example:  offing releases yank 1.0 --reason "sums of off-2026-000007 are a thousand times too large"
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.releases.kept import yank as mark

    made = mark(site.database(), version, by or site.settings.user, reason, datetime.now(UTC))
    click.echo(f"yanked release {made.version}; publish a corrected one under a new version")


@releases.command("signoff")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--note", required=True, help="Why the warning can be ignored.")
@_BY
@pass_site
def sign_off(site: Site, /, keys: tuple[str, ...], **options: Any) -> None:
    """Sign off warnings of the last check. A warning stays signed off as long as its finding is the same.

    \b
    Example:  offing releases signoff 3f2a9c01b7d4 --note "the contract says so too"
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.releases.checks import sign_off as let_pass

    by = options["by"] or site.settings.user
    for each in let_pass(site.database(), keys, by, options["note"], datetime.now(UTC)):
        say(f"{each.key} signed off by {each.by}: {each.about}")


@releases.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--yes", is_flag=True, help="Adopt it; without this, only try it and show what would come.")
@_BY
@pass_site
def adopt(site: Site, folder: Path, by: str | None, *, yes: bool) -> None:
    """Begin a site with a release that another site published: its projects become records here.

    They have the ids, values, sources, quotes and links that the release gives them. News about them is matched with
    them, and they are corrected, merged and withdrawn like any other record. The release can be written again, and the
    next one is compared with it. Only for a site that has no records and no releases yet.

    \b
    Example:  offing releases adopt release-1.4 --yes
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.records.amending import Statement
    from offing.services.releases.adopting import adopt as take_over

    statement = Statement(by or site.settings.user, datetime.now(UTC))
    with paced("adopting") as report:
        done = take_over(site.database(), folder, statement, report, keep=yes)
    said = f"{counted(done.records, 'record')}, {counted(done.retired, 'retired id')}"
    what = "adopted" if yes else "can be adopted"
    click.echo(f"release {done.version} of {done.published_at:%Y-%m-%d} {what}: {said}")
    if not yes:
        click.echo("nothing was changed; --yes adopts it")


def _by(release: Release) -> str:
    return release.published_by or "unknown"


def _plain(release: Release) -> dict[str, object]:
    yanked = release.yanked
    return {
        "version": release.version,
        "published_at": release.published_at.isoformat(),
        "published_by": release.published_by,
        "records": release.records,
        "yanked": {"at": yanked.at.isoformat(), "by": yanked.by, "reason": yanked.reason} if yanked else None,
    }
