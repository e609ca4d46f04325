"""`offing decide` and `offing undo`."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from factories.candidate import stored_candidate
from offing.cli import group
from offing.cli.site import Site
from offing.errors import UnknownItem, UsageError
from offing.model.values.vocabulary import Role, Status
from offing.services.review.decisions import show
from offing.settings import Settings
from offing.store.database.engine import Database


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Site:
    """A site with two candidates, 1 and 2."""
    with sqlite_database.write() as conn:
        assert [stored_candidate(conn), stored_candidate(conn)] == [1, 2]
    log = str(tmp_path / "offing.log")
    return Site(Settings(database=f"sqlite:///{tmp_path / 'offing.db'}", log=log, user="ana"))


def _run(site: Site, *words: str) -> Result:
    return CliRunner().invoke(group, list(words), obj=site, catch_exceptions=False, standalone_mode=False)


def test_accept_with_corrections(site: Site, sqlite_database: Database) -> None:
    """Corrected values lie over the machine's; who decided is the system's user unless said otherwise."""
    said = _run(
        site, "decide", "1", "accept", "--set", "status=agreed", "--set", "firms=Huawei:supplier", "--reason", "ok"
    )
    assert said.stdout == "candidate 1 accepted by ana; corrected: status, firms\n"
    item = show(sqlite_database, 1)
    assert (item.facts.status, item.facts.firms[0].role) == (Status.AGREED, Role.SUPPLIER)
    assert (item.candidate.facts.status, item.decisions[0].reason) == (Status.SIGNED, "ok")


def test_reject_defer_and_duplicate(site: Site, sqlite_database: Database) -> None:
    """Each judgement says what it did; a day is a day in UTC."""
    assert _run(site, "decide", "1", "reject", "--as", "ben").stdout == "candidate 1 rejected by ben\n"
    until = _run(site, "decide", "2", "defer", "--until", "2999-01-31")
    assert until.stdout == "candidate 2 deferred until 31 Jan 2999 by ana\n"
    assert (
        _run(site, "decide", "2", "duplicate", "--of", "1").stdout == "candidate 2 marked as a duplicate of 1 by ana\n"
    )


def test_undo_takes_back_the_own_last_decision(site: Site, sqlite_database: Database) -> None:
    """Without an id it is the last decision of the person; with one, of the candidate."""
    _run(site, "decide", "1", "accept")
    _run(site, "decide", "2", "reject", "--as", "ben")
    assert _run(site, "undo").stdout == "candidate 1: decision 1 undone by ana\n"
    assert _run(site, "undo", "2").stdout == "candidate 2: decision 2 undone by ana\n"
    with pytest.raises(UsageError, match="no decision"):
        _run(site, "undo", "2")


@pytest.mark.parametrize(
    ("edit", "named"),
    [
        ("firms=CCCC", [("China Communications Construction Company", "cccc")]),  # not a firm whose name begins so
        ("firms=china harbour engineering company", [("China Harbour Engineering Company", "chec")]),
        ("firms=Nobody", [("Nobody", None)]),
        ("firms=huadian-science:supplier", [("China Huadian Science and Industry", "huadian-science")]),
        ("lenders=ICBC", [("Industrial and Commercial Bank of China", "icbc")]),
    ],
)  # fmt: skip
def test_a_typed_name_means_who_is_called_so(
    site: Site, sqlite_database: Database, edit: str, named: list[tuple[str, str | None]]
) -> None:
    """A firm or lender of the lexicon is meant by each of its names and by its id; a name of nobody stays as typed."""
    _run(site, "decide", "1", "accept", "--set", edit)
    facts = show(sqlite_database, 1).facts
    parties = facts.firms if edit.startswith("firms") else facts.lenders
    assert [(each.name, each.id) for each in parties] == named


def test_a_name_that_several_have_is_asked_about(site: Site, sqlite_database: Database) -> None:
    """None is taken: one line lists who is called so, names and ids, and says how to choose; countries the same."""
    with pytest.raises(UsageError) as told:
        _run(site, "decide", "1", "accept", "--set", "firms=Huawei; CHEC:supplier")
    assert str(told.value) == (
        "firms: 'CHEC' may be China Harbour Engineering Company (chec) or "
        "China Huadian Science and Industry (huadian-science): write the full name"
    )
    with pytest.raises(UsageError, match=r"Congo - Kinshasa \(COD\) or Congo - Brazzaville \(COG\): write which"):
        _run(site, "decide", "1", "accept", "--set", "countries=Congo")
    assert show(sqlite_database, 1).decisions == ()


WRONG = [
    (("decide", "9", "accept"), UnknownItem, "no candidate 9"),
    (("decide", "1", "duplicate"), UsageError, "--of ID"),
    (("decide", "1", "accept", "--set", "status"), UsageError, "use FIELD=VALUE"),
    (("decide", "1", "accept", "--set", "=x"), UsageError, "use FIELD=VALUE"),
    (("decide", "1", "accept", "--set", "status=x"), UsageError, "status: 'x' is none of"),
    (("decide", "1", "accept", "--set", "status=agreed", "--set", "status=signed"), UsageError, "given twice"),
    (("decide", "1", "defer", "--until", "2001-01-01"), UsageError, "in the past"),
    (("decide", "1", "undo"), click.UsageError, "undo"),
    (("decide", "0", "accept"), click.UsageError, "0 is not in the range"),
]


@pytest.mark.parametrize(("words", "error", "message"), WRONG)
def test_a_wrong_call_is_reported(site: Site, words: tuple[str, ...], error: type[Exception], message: str) -> None:
    """A call that cannot be carried out is refused with what would do."""
    with pytest.raises(error) as told:
        _run(site, *words)
    assert message in (told.value.message if isinstance(told.value, click.ClickException) else str(told.value))
