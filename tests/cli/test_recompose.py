"""What the commands say and do where a record differs from what its candidates come to."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import Blocked
from offing.services.records.promote import promote_accepted
from offing.settings import Settings
from offing.store.database.engine import Database
from offing.store.tables import event

FIRST = "off-2026-000001"
NOW = datetime(2026, 3, 5, tzinfo=UTC)
SAID = (
    f"project {FIRST}: life_line is stored as agreed 2026-03-05 of 1, its candidates come to signed 2026-03-05 of 1; "
    f"run `offing projects recompose {FIRST}`\n"
)


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with a record of which an event was changed behind everybody's back."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, state="accepted")
    promote_accepted(sqlite_database, NOW)
    _damage(sqlite_database)
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "log"), user="ana"))


def _damage(database: Database) -> None:
    with database.write() as conn:
        conn.execute(sa.update(event).values(status="agreed"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def test_the_check_names_it_and_ends_with_1(site: Site) -> None:
    """Record, field, what is stored, what was composed, and what to run."""
    done = _run(site, "db", "check")
    assert done.return_value == 1
    assert SAID in done.stderr


def test_nothing_is_published_until_it_is_composed_again(site: Site, tmp_path: Path) -> None:
    """One line, no folder; after the command that it names, the release appears."""
    out = tmp_path / "release"
    with pytest.raises(Blocked, match=f"nothing was published: .*{FIRST}.*`offing projects recompose`"):
        _run(site, "publish", "1.0", "--out", str(out))
    assert not out.exists()
    (done,) = json.loads(_run(site, "projects", "recompose", "--json").stdout)
    assert (done["project_id"], done["field"]) == (FIRST, "life_line")
    assert _run(site, "projects", "recompose").stdout == "every record already matches its candidates\n"
    assert "release 1.0 (new): 1 record" in _run(site, "publish", "1.0", "--out", str(out)).stdout


def test_an_upgrade_mends_it(site: Site, sqlite_database: Database) -> None:
    """What an older offing left wrong is composed again, and named."""
    _run(site, "db", "upgrade")  # settles stories, which composes what they touch
    _damage(sqlite_database)
    assert f"differed from their candidates: {FIRST}\n" in _run(site, "db", "upgrade").stdout
    assert "not what" not in _run(site, "db", "upgrade").stdout
