"""Releases in tests of something else: without the rules, or with all warnings signed off."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from offing.config.files.layers import Layers
from offing.model.projects.finding import ReleaseRule, Severity
from offing.services.releases.checks import check, sign_off
from offing.services.releases.publish import Published, publish
from offing.store.database.engine import Database


def publish_warned(database: Database, version: str, out: Path, now: datetime) -> Published:
    """Sign off every warning, then publish: candidates of the factory are doubles of each other."""
    found = check(database, now).findings
    if keys := [each.finding.key for each in found if each.finding.severity is Severity.WARNING and not each.signed]:
        sign_off(database, keys, "dana", "a double on purpose", now)
    return publish(database, version, out, now)


def without_rules(database: Database, folder: Path) -> Database:
    """The database at a site that looks for nothing before a release; its config goes into a new folder."""
    return ruled(database, folder, dict.fromkeys(ReleaseRule, Severity.OFF))


def ruled(database: Database, folder: Path, severities: dict[ReleaseRule, Severity], rest: str = "") -> Database:
    """The database at a site with severities of its own, and further tables of release.toml."""
    config = folder / f"config-{len(list(folder.glob('config-*')))}"
    config.mkdir()
    rules = "".join(f'{rule} = "{severity}"\n' for rule, severity in severities.items())
    (config / "release.toml").write_text(f"[rules]\n{rules}\n{rest}", encoding="utf-8")
    return database.of_site(Layers.of(config))
