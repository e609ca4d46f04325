"""What every command needs: the settings, the database, the layers of config; created on first use."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from offing.config.files.layers import Layers
from offing.redaction import redact, redacted
from offing.settings import Settings, read_settings
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import check_schema

if TYPE_CHECKING:
    from offing.model.operation.user import Permission
    from offing.model.review.queue import QueueRules
    from offing.model.sources.policy import PipelineSpec
    from offing.web.access import Place

PIPELINES = Path("pipelines")
CANDIDATE_ID = click.IntRange(min=1)


@dataclass(slots=True)
class Site:
    """The site in which a command runs."""

    settings: Settings = field(default_factory=read_settings)
    _database: Database | None = None
    _layers: Layers | None = None

    @property
    def layers(self) -> Layers:
        """The config that ships, overlaid with the site's own, with every file checked.

        Raises:
            UsageError: the folder does not exist.
            ConfigError: a file is one that nothing reads, or cannot be used.
        """
        from offing.config.overlay import site_layers

        if self._layers is None:
            self._layers = site_layers(self.settings.config)
        return self._layers

    def pipelines(self) -> dict[str, PipelineSpec]:
        """Return all pipelines by name.

        Raises:
            ConfigError: a file cannot be used, or names a group that no feed has.
        """
        from offing.config.sites.feeds import catalogue_groups
        from offing.config.sites.pipelines import check_groups, load_pipelines

        found = load_pipelines(PIPELINES)
        if any(spec.groups for spec in found.values()):
            check_groups(PIPELINES, catalogue_groups(self.layers), self.groups)
        return found

    def groups(self) -> frozenset[str]:
        """Return the groups of the feeds on the list; none if there is no database yet."""
        from offing.store.feeds.feed import groups_in_use

        file = self.settings.database_file
        if file and not file.exists():
            return frozenset()
        database = open_database(self.settings.database)
        try:
            check_schema(database)
            with database.read() as conn:
                return groups_in_use(conn)
        finally:
            database.close()

    def database(self) -> Database:
        """Return the database, after checking that its schema fits the code."""
        if self._database is None:
            opened = open_database(self.settings.database)
            click.get_current_context().call_on_close(opened.close)
            self.require_file()
            check_schema(opened)
            self._database = opened.of_site(self.layers)
        return self._database

    @property
    def queue_rules(self) -> QueueRules:
        """The daily limits of the queue at this site."""
        from offing.config.sites.queue import load_queue

        return load_queue(self.layers)

    def place(self) -> Place:
        """Return what the web app works with at this site."""
        from offing.config.sites.keys import load_keys
        from offing.config.sites.pipelines import load_pipelines
        from offing.config.weights.scoring import load_scoring
        from offing.services.matching.match_rules import judge_of
        from offing.services.translation import translator
        from offing.services.views.actors import load_register
        from offing.web.access import Place

        settings = self.settings
        judge_of(self.database())  # loaded now, so that no decision waits for it
        return Place(
            self.database(),
            known=load_register(self.layers),
            keys=load_keys(self.layers),
            scoring=load_scoring(self.layers),
            budget=self.queue_rules.budget,
            auth_proxy=settings.auth_proxy,
            second_reading=settings.second_reading,
            zone=settings.zone,
            translator=translator(self.layers, settings.translation_key, settings.contact),
            pipelines=tuple(load_pipelines(PIPELINES).values()),
        )

    def author(self, name: str | None, permission: Permission) -> str:
        """Return who changes something here: the name given, or else the system account.

        Raises:
            UsageError: the site has accounts, and this one is unknown, shut, or lacks the permission.
        """
        from offing.services.accounts.authors import check_account

        by = name or self.settings.user
        check_account(self.database(), by, permission)
        return by

    def caretaker(self, name: str | None, permission: Permission) -> str:
        """Return who looks after sources here. The system account may: it can change the site's files as well.

        Raises:
            UsageError: the site has accounts, and the name given is unknown, shut, or lacks the permission.
        """
        return self.author(name, permission) if name else self.settings.user

    def note_export(self, what: str) -> None:
        """Record in the activity log that somebody exported data."""
        from datetime import UTC, datetime

        from offing.model.operation.activity import Activity, ActivityKind
        from offing.store.accounts.activity import note

        with self.database().write() as conn:
            note(conn, Activity(datetime.now(UTC), ActivityKind.EXPORT, self.settings.user, what))

    def require_file(self) -> None:
        """Check that the file of an SQLite database is there.

        Raises:
            SchemaOutdated: it is not.
        """
        from offing.errors import SchemaOutdated

        file = self.settings.database_file
        if file and not file.exists():
            raise SchemaOutdated(f"there is no database {str(file)!r} here; create one with `offing init`")


pass_site = click.make_pass_decorator(Site, ensure=True)


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line on stdout or stderr, without credentials."""
    click.echo(redact(text), err=err)


def print_json(value: Any) -> None:
    """Print one JSON document on stdout, without credentials."""
    click.echo(json.dumps(redacted(value), ensure_ascii=False, indent=1))
