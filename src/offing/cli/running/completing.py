"""What follows a migration: rows of earlier versions are brought to what this one writes."""

from __future__ import annotations

import click

from offing.cli.site import Site
from offing.config.weights.scoring import load_scoring
from offing.model.values.numbers import counted
from offing.services.records.recomposing import recompose_all
from offing.services.running.credentials import move_apart
from offing.services.running.run_context import utc_now
from offing.services.stories.catch_up import catch_up
from offing.store.database.engine import Database


def complete_upgrade(site: Site, database: Database) -> None:
    """Move credentials apart, recompute stories of earlier versions, recompose records that differ; print it."""
    if moved := move_apart(database, site.settings.config):
        click.echo(f"moved the credentials of {counted(moved, 'feed')} to credentials.toml; check that file")
    if caught_up := catch_up(database, load_scoring(site.layers), utc_now()):
        click.echo(f"recomputed the stories of {counted(caught_up, 'article')}")
    if healed := recompose_all(database, utc_now()):
        named = ", ".join(dict.fromkeys(each.project_id for each in healed))
        click.echo(f"recomposed records that differed from their candidates: {named}")
