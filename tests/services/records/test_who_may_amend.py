"""Who may change records: one rule on every way in, once a site has accounts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factories.candidate import NOW, stored_candidate
from offing.errors import UsageError
from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.promotion import Promoter
from offing.model.projects.record_change import Operation
from offing.services.accounts.users import add_user, disable_user
from offing.services.records.amending import Statement
from offing.services.records.correcting import correct, withdraw
from offing.services.records.edit import Edit
from offing.services.records.projects import choose, merge, part
from offing.services.records.promote import Promoted, promote_accepted, promote_only
from offing.services.records.splitting import split
from offing.services.records.undoing import merge_record, undo_change
from offing.store.database.engine import Database
from offing.store.records.project import projects
from offing.store.records.record_change import changes_of

FIRST, SECOND = "off-2026-000001", "off-2026-000002"
WAYS: dict[str, Callable[[Database, Statement], object]] = {
    "correct": lambda base, said: correct(base, FIRST, Edit("places", Operation.ADD, "Kaya"), said, keep=True),
    "withdraw": lambda base, said: withdraw(base, FIRST, said, keep=True),
    "split": lambda base, said: split(base, FIRST, (1,), said, keep=True),
    "undo": lambda base, said: undo_change(base, FIRST, said, keep=True),
    "merge": lambda base, said: merge(base, SECOND, FIRST, said),
    "merge in the web app": lambda base, said: merge_record(base, SECOND, FIRST, said, keep=True),
    "unmerge": lambda base, said: part(base, SECOND, said),
    "choose": lambda base, said: choose(base, FIRST, 1, said),
    "preview": lambda base, said: withdraw(base, FIRST, said, keep=False),
    "promote": lambda base, said: promote_accepted(base, NOW, Promoter(said.by)),
    "promote by number": lambda base, said: promote_only(base, (3,), NOW, Promoter(said.by)),
}


@pytest.fixture
def site(sqlite_database: Database) -> Database:
    """Two records, a candidate that waits for its promotion, and accounts."""
    with sqlite_database.write() as conn:
        for _ in range(2):
            stored_candidate(conn, state="accepted")
    promote_accepted(sqlite_database, NOW)
    with sqlite_database.write() as conn:
        stored_candidate(conn, state="accepted")
    for name, role in (("ana", UserRole.ANALYST), ("vic", UserRole.VIEWER), ("otto", UserRole.OPS)):
        add_user(sqlite_database, name, role, None, Stamp(NOW, "ops"))
    for name in ("dana", "gone"):
        add_user(sqlite_database, name, UserRole.DATASET, None, Stamp(NOW, "ops"))
    disable_user(sqlite_database, "gone", Stamp(NOW, "ops"))
    return sqlite_database


@pytest.mark.parametrize("way", WAYS)
def test_nobody_without_the_right_changes_a_record(site: Database, way: str) -> None:
    """Neither a name that nobody has, nor a shut account, nor one of another role; nothing is left of the attempt."""
    with site.read() as conn:
        before = projects(conn, gone=True), changes_of(conn, (FIRST, SECOND))
    for by, problem in (
        ("", "nobody has no open account here, and records are promoted and changed by people with the role"),
        ("Dana", "Dana has no open account here"),
        ("gone", "gone has no open account here"),
        ("ana", "ana has the role analyst, which may not change records: the role curator or dataset may"),
        ("vic", "the role viewer"),
        ("otto", "the role ops"),
    ):
        with pytest.raises(UsageError, match=problem):
            WAYS[way](site, Statement(by, NOW, "why"))
    with site.read() as conn:
        assert (projects(conn, gone=True), changes_of(conn, (FIRST, SECOND))) == before


def test_the_roles_dataset_and_curator_change_records(site: Database) -> None:
    """Under the name of their account."""
    add_user(site, "cy", UserRole.CURATOR, None, Stamp(NOW, "ops"))
    for by in ("dana", "cy"):
        correct(site, FIRST, Edit("places", Operation.ADD, f"Kaya {by}"), Statement(by, NOW, "why"), keep=True)
    with site.read() as conn:
        assert [each.by for each in changes_of(conn, (FIRST,))] == ["", "dana", "cy"]


def test_a_pipeline_promotes_without_an_account(site: Database) -> None:
    """It is part of the site, and stands beside what it promoted by its own name."""
    done = promote_accepted(site, NOW, Promoter("pipeline daily", pipeline=True))
    assert done == (Promoted(3, "off-2026-000003", new=True),)


def test_a_site_without_accounts_belongs_to_whoever_runs_its_commands(sqlite_database: Database) -> None:
    """Any name will do."""
    with sqlite_database.write() as conn:
        stored_candidate(conn, state="accepted")
    promote_only(sqlite_database, (1,), NOW, Promoter("eve"))
    assert withdraw(sqlite_database, FIRST, Statement("eve", NOW, "why"), keep=True).change.by == "eve"
