"""`offing db prune` by the rules of a site, and the same at the end of a run."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from random import randbytes

import pytest
import sqlalchemy as sa
from site_runner import ended

from factories.candidate import stored_article, stored_candidate
from offing.services.running.run_context import utc_now
from offing.store.articles.page import keep_body
from offing.store.database.engine import Database
from offing.store.tables import entry, page, run

RULES = "[days]\narticles = 90\n"
PIPELINE = 'description = "x"\nsteps = ["promote"]\nschedule = "0 4 * * *"\nprune = true\n'


@pytest.fixture
def site(tmp_path: Path, sqlite_database: Database) -> Path:
    """The folder of a site with two old articles, of which one stands in the queue."""
    with sqlite_database.write() as conn:
        stored_article(conn)
        stored_candidate(conn)
        conn.execute(sa.update(entry).values(seen_at=utc_now() - timedelta(days=100)))
        first = sa.select(sa.func.min(page.c.id)).scalar_subquery()
        conn.execute(sa.update(page).where(page.c.id == first).values(sha256=keep_body(conn, bytes(range(256)) * 40)))
    for folder in ("config", "pipelines"):
        (tmp_path / folder).mkdir()
    (tmp_path / "config" / "retention.toml").write_text(RULES)
    (tmp_path / "pipelines" / "tidy.toml").write_text(PIPELINE)
    return tmp_path


def test_what_would_go_and_why_the_rest_stays(site: Path) -> None:
    """Rows and bytes by noun, reasons with counts; then the same goes, and a second time nothing."""
    dry = ended(site, "db", "prune", "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert dry.stdout.splitlines()[0].startswith("would delete from before (articles 20")
    assert "           1 entries " in dry.stdout
    assert "stays though old enough: 1 entry in the queue" in dry.stdout
    found = json.loads(ended(site, "db", "prune", "--dry-run", "--json").stdout)
    assert (found["counts"]["articles"], found["counts"]["contents"], found["kept"]) == (1, 1, {"in the queue": 1})
    assert 0 < found["bytes"]["contents"] < 10_240
    assert found["bytes"]["articles"] > 100
    assert ended(site, "db", "prune").stdout.endswith("1 articles, 1 pages, 1 contents, 1 entries\n")
    assert ended(site, "db", "prune").stdout.endswith("nothing\n")


def test_a_site_without_rules_deletes_nothing(site: Path) -> None:
    """It says how to make some."""
    (site / "config" / "retention.toml").unlink()
    done = ended(site, "db", "prune")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "retention.toml keeps everything for good" in done.stdout


def test_a_run_prunes_last(site: Path, sqlite_database: Database) -> None:
    """Its tally counts the rows, and a budget that cannot be met is named."""
    (site / "config" / "retention.toml").write_text(f"{RULES}\n[pages]\nbudget_mb = 1\n")
    done = ended(site, "run", "tidy", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["made"]["rows pruned"] >= 4
    with sqlite_database.write() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(entry)).scalar_one() == 1
        assert conn.execute(sa.select(run.c.pipeline)).scalars().all() == ["tidy"]
        conn.execute(sa.update(page).values(sha256=keep_body(conn, randbytes(1_100_000))))
    notices = json.loads(ended(site, "run", "tidy", "--json").stdout)["notices"]
    assert any(each.startswith("contents of pages take ") and "budget_mb" in each for each in notices)


def test_pages_are_archived_before_they_go(site: Path, sqlite_database: Database) -> None:
    """By hand into a folder, by a run into that of the site; a folder that cannot be used is a notice of the run."""
    with sqlite_database.write() as conn:
        conn.execute(sa.update(page).values(sha256=keep_body(conn, b"<p>"), fetched_at=utc_now() - timedelta(days=2)))
    done = ended(site, "db", "archive", "by-hand")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("archived: 2 pages in 1 new file, 0.0 MB, ")
    assert ended(site, "db", "archive", "by-hand").stdout.startswith("archived: 0 pages in 0 new files")
    assert "no folder is named" in ended(site, "db", "archive").stderr
    (site / "config" / "retention.toml").write_text(f'{RULES}\n[archive]\nfolder = "no/where"\n')
    assert ended(site, "db", "prune").returncode == 2
    notices = json.loads(ended(site, "run", "tidy", "--json").stdout)["notices"]
    assert [each.split(":")[0] for each in notices] == [
        "nothing was pruned, since the archive no/where cannot be written"
    ]
    (site / "config" / "retention.toml").write_text(f'{RULES}\n[archive]\nfolder = "kept"\nbudget_mb = 5\n')
    made = json.loads(ended(site, "run", "tidy", "--json").stdout)["made"]
    assert (made["pages archived"], made["rows pruned"]) == (2, 3)
    (site / "config" / "retention.toml").write_text('[archive]\nfolder = "alone"\n')
    made = json.loads(ended(site, "run", "tidy", "--json").stdout)["made"]
    assert (made["pages archived"], made["rows pruned"]) == (1, 0)
    (site / "config" / "retention.toml").write_text('[archive]\nfolder = "kept"\n')
    found = json.loads(ended(site, "db", "archive", "--json").stdout)
    assert found == {"folder": "kept", "written": [], "removed": []}
