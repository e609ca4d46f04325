"""What roles may do, leases in words, and the figures of second readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from offing.model.operation.user import MAY, Key, LogIn, Permission, User, UserRole
from offing.model.review.lease import LASTS, RENEW_AFTER, Lease
from offing.model.review.second_reading import FieldAgreement

NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
READS = {Permission.READ, Permission.MACHINE}
JUDGES = READS | {Permission.DECIDE, Permission.EXPORT}


def test_each_role_may_what_its_name_says() -> None:
    """The whole table; a new role or permission has to be weighed here."""
    assert dict(MAY) == {
        UserRole.VIEWER: READS,
        UserRole.ANALYST: JUDGES,
        UserRole.CURATOR: JUDGES | {Permission.CURATE, Permission.AMEND, Permission.AUDIT},
        UserRole.DATASET: JUDGES | {Permission.AMEND, Permission.PUBLISH},
        UserRole.OPS: READS | {Permission.OPERATE, Permission.AUDIT},
    }
    assert set(Permission) == set().union(*MAY.values())


@pytest.mark.parametrize("role", list(UserRole))
def test_a_token_may_less_than_its_person(role: UserRole) -> None:
    """A program reads, whatever the role of the account."""
    person = LogIn(User(1, "ana", role, disabled=False, created_at=NOW), "csrf", NOW, NOW)
    program = replace(person, key=Key.TOKEN)
    assert {each for each in Permission if person.may(each)} == MAY[role]
    assert [each for each in Permission if program.may(each)] == [Permission.MACHINE]


def test_a_lease_says_who_and_since_when() -> None:
    """In UTC, wherever it was taken; a name is the same in any case; it is renewed well before it runs out."""
    lease = Lease(12, "ana", NOW.astimezone(timezone(timedelta(hours=3))), NOW + LASTS)
    assert lease.sentence == "ana is looking at this since 07:30 UTC."
    assert lease.is_of("Ana")
    assert not lease.is_of("bo")
    assert 2 * RENEW_AFTER < LASTS


def test_a_share_needs_pairs() -> None:
    """Nothing of nothing is no share."""
    assert FieldAgreement("status", 4, 3).share == 0.75
    assert FieldAgreement("status", 0, 0).share is None
