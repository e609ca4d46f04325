"""`offing drift`: outlets whose pages no longer give what they used to, from what the database holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from site_runner import Shell, site_in

from factories.outlet import drawn_pages
from offing.services.running.run_context import utc_now
from offing.store.database.engine import open_database


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a site's folder."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        yield found


def fill(shell: Shell, *, dated_lately: bool) -> None:
    """Sixty days of an outlet, five pages a day; in the last week its articles have dates, or have none."""
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    with database.write() as conn:
        for day in range(60):
            moment = utc_now() - timedelta(days=day, hours=1)
            drawn_pages(conn, "news.example", moment, 5, dated=day >= 7 or dated_lately)
    database.close()


def test_nothing_drifts(shell: Shell) -> None:
    """With exit code 0, and how many outlets were looked at."""
    assert "no drift; 0 outlets" in shell.call("drift")
    fill(shell, dated_lately=True)
    assert "no drift; 1 outlet" in shell.call("drift")


def test_an_outlet_that_drifts_is_shown_with_what_to_do(shell: Shell) -> None:
    """Both figures, a page that shows it, where to mend it; exit code 1."""
    fill(shell, dated_lately=False)
    done = shell.run("drift")
    assert done.exit_code == 1
    assert "news.example  dates: a date in 0% of 35 pages, 100% of 265 before" in done.stdout
    assert "offing read https://news.example/" in done.stdout
    plain = json.loads(shell.run("drift", "--json").stdout)
    assert plain["outlets"] == 1
    assert (plain["drifts"][0]["measure"], plain["drifts"][0]["pages_before"]) == ("dates", 265)
