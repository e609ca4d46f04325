"""`offing replay` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from offing.cli import group
from offing.cli.articles.replay import _lines
from offing.cli.site import Site
from offing.errors import UsageError
from offing.model.review.replay import Difference, Replayed, Standing
from offing.services.running.run_context import utc_now
from offing.settings import Settings
from offing.store.database.engine import open_database
from offing.store.database.migrate import upgrade


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site without articles."""
    url = f"sqlite:///{tmp_path / 'offing.db'}"
    upgrade(open_database(url))
    return Site(Settings(database=url, log=str(tmp_path / "offing.log"), user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def test_without_articles_it_says_so(site: Site) -> None:
    """For people and for programs; no worker is started."""
    assert _run(site, "replay").stdout.endswith("read again, 0 with another result\n")
    found = json.loads(_run(site, "replay", "--since", "2026-11-01", "--json").stdout)
    assert found == {"since": "2026-11-01T00:00:00+00:00", "read": 0, "applied": False, "articles": []}


def test_rules_on_trial_are_not_applied(site: Site, tmp_path: Path) -> None:
    """They are put in force first, so that the next run sees the same; a folder that is not there is refused."""
    with pytest.raises(UsageError, match="into its config folder first"):
        _run(site, "replay", "--rules", str(tmp_path), "--apply")
    with pytest.raises(UsageError, match="there is no folder"):
        _run(site, "replay", "--rules", str(tmp_path / "trial"))


FOUND = [
    Replayed(7, "https://a.test/7", "Kenya signs", Difference.NEW, None, 0.91),
    Replayed(8, "https://a.test/8", "Uganda signs", Difference.NEW, 0.2, 0.95),
    Replayed(9, "https://a.test/9", "Chad signs", Difference.GONE, 0.8, 0.1, (), (3,), Standing.DECIDED),
    Replayed(
        *(5, "https://a.test/5", "Mali signs", Difference.CHANGED, 0.8, 0.8, ("firms", "amounts"), (4,)),
        *(Standing.PUBLISHED, ("off-2026-000001",)),
    ),
]


def test_differences_stand_by_kind_best_first() -> None:
    """With the scores before and now, the fields, and what people have dealt with."""
    assert list(_lines(FOUND, 40, utc_now().replace(year=2026, month=11, day=1), applies=False)) == [
        "40 articles since 2026-11-01 read again, 4 with another result",
        "",
        "New candidates (2)",
        "  0.20 → 0.95  Uganda signs (article 8)",
        "     – → 0.91  Kenya signs (article 7)",
        "",
        "No longer above the cut (1)",
        "  0.80 → 0.10  Chad signs (article 9, candidate 3, decided)",
        "",
        "Other values (1)",
        "  0.80 → 0.80  Mali signs (article 5, candidate 4, published, firms, amounts)",
        "",
        "decided candidates that these rules see otherwise, unchanged: 3, 4",
        "published records that these rules see otherwise, unchanged: off-2026-000001",
        "2 results would be stored by --apply",
    ]
