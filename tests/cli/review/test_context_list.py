"""`offing context list`."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from factories.candidate import NOW, TITLE, stored_article
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UsageError
from offing.model.operation.run import Stamp
from offing.model.reading.context import Context, ContextKind
from offing.settings import Settings
from offing.store.candidates.context import save_context
from offing.store.database.engine import Database


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with two plans and a summit."""
    with sqlite_database.write() as conn:
        for regions, countries, days in ((("asean",), ("KHM",), 0), (("african-union",), (), 1), ((), ("PER",), 9)):
            found = Context(ContextKind.PLAN, regions, countries, 0, 5, TITLE[:5])
            save_context(conn, stored_article(conn, NOW - timedelta(days=days)), found, Stamp(NOW, "t"))
        undated = Context(ContextKind.SUMMIT, (), (), 0, len(TITLE), TITLE)
        save_context(conn, stored_article(conn, None), undated, Stamp(NOW, "t"))
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=str(tmp_path / "offing.log"), user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(
        group, ["context", "list", *words], obj=site, catch_exceptions=False, standalone_mode=False
    )


def test_each_article_has_its_region_and_quote(site: Site) -> None:
    """Day, kind, regions by name, countries by code; then title, quote and address."""
    shown = _run(site).stdout
    assert "2026-03-05  plan  ASEAN, KHM\n  Kenya signs data centre deal · Outlet" in shown
    assert "  “Kenya”\n  https://news.example/" in shown
    assert "undated     summit  no region named" in shown


@pytest.mark.parametrize(
    ("asked", "regions"),
    [
        (("--region", "ASEAN"), [["asean"]]),
        (("--region", "东盟"), [["asean"]]),
        (("--country", "kenya"), [["african-union"]]),
        (("--country", "KHM"), [["asean"]]),
        (("--since", "2026-03-04", "--country", "PER"), []),
        (("--region", "celac"), []),
    ],
)
def test_the_list_can_be_narrowed(site: Site, asked: tuple[str, ...], regions: list[list[str]]) -> None:
    """By any name of a region, and by a country, which its regions concern too."""
    found = json.loads(_run(site, *asked, "--json").stdout)
    assert [each["regions"] for each in found] == regions
    assert all({"kind", "countries", "quote", "title", "url", "published", "candidate_id"} <= set(e) for e in found)


def test_nothing_is_said_to_be_nothing(site: Site) -> None:
    """One line, no traceback, no empty page."""
    assert _run(site, "--region", "brics").stdout.startswith("no summits")


@pytest.mark.parametrize(("option", "value"), [("--region", "Narnia"), ("--country", "Narnia")])
def test_unknown_regions_and_countries_are_named(site: Site, option: str, value: str) -> None:
    """With what could be asked instead."""
    with pytest.raises(UsageError, match=r"'Narnia'.*(asean|an ISO 3166-1 code)"):
        _run(site, option, value)


def test_a_name_of_two_countries_is_asked_about(site: Site) -> None:
    """Neither is taken; the codes say how to choose."""
    with pytest.raises(UsageError, match=r"'Congo' may be .*\(COD\) or .*\(COG\): write which"):
        _run(site, "--country", "Congo")
