"""Checks before a release: what was found, what blocks it, and what people signed off."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast

import sqlalchemy as sa

from offing.errors import Blocked, UnknownItem, UsageError
from offing.model.operation.activity import Activity, ActivityKind
from offing.model.operation.user import Permission
from offing.model.projects.finding import Finding, ReleaseCheck, Severity, SignOff
from offing.services.accounts.authors import check_author
from offing.services.records.recomposing import refuse_differing
from offing.services.releases.one_pass import MOST, Output, Passed, Spool, Terms, one_snapshot, pass_over
from offing.store.accounts.activity import note
from offing.store.database.engine import Database
from offing.store.records.release_check import (
    append_sign_off,
    findings,
    is_changed_since,
    last_check,
    replace_findings,
    sign_offs,
)

_NAMED = 3  # findings in the sentence of a refusal
TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class FindingState:
    """A finding, and who signed it off, if anybody did."""

    finding: Finding
    signed: SignOff | None

    @property
    def blocks(self) -> bool:
        """Whether nothing can be published because of it."""
        return self.finding.severity is Severity.ERROR or self.signed is None


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check.

    Args:
        made: when and by whom; None if there was none yet.
        findings: errors first.
        stale: whether records were changed since.
    """

    made: ReleaseCheck | None
    findings: tuple[FindingState, ...]
    stale: bool = False

    @property
    def blocking(self) -> int:
        """How many findings keep a release back."""
        return sum(each.blocks for each in self.findings) + self.more

    @property
    def more(self) -> int:
        """How many more were found than are kept."""
        return self.made.more if self.made else 0

    @property
    def records(self) -> int:
        """Projects that would be published."""
        return self.made.records if self.made else 0

    @property
    def changes(self) -> str:
        """What would change against the last release, in words."""
        return self.made.changes if self.made else ""


def check(database: Database, now: datetime, terms: Terms | None = None) -> Checked:
    """Look at all that a release would hold, publish nothing, and store what was found.

    Raises:
        Blocked: a record differs from the composition of its candidates.
    """
    terms = terms or Terms()
    with tempfile.TemporaryFile() as spooled, database.read() as conn:
        one_snapshot(conn)
        passed = pass_over(conn, Output(TRIAL, _nowhere, Spool(spooled)), terms, now)
    refuse_differing(passed.differing)
    made = store_findings(database, passed, terms.by, now)
    with database.read() as conn:
        return Checked(made, _standing(conn, passed.findings))


def last_checked(database: Database) -> Checked:
    """Return the last check with its findings, as they are signed off by now."""
    with database.read() as conn:
        made = last_check(conn)
        stale = made is not None and is_changed_since(conn, made.at)
        return Checked(made, _standing(conn, findings(conn)), stale)


def store_findings(database: Database, passed: Passed, by: str, now: datetime) -> ReleaseCheck:
    """Store a check, and what it found in the place of what the one before found."""
    made = ReleaseCheck(now, by, passed.records, passed.more, passed.changes)
    with database.write() as conn:
        replace_findings(conn, passed.findings, made)
    return made


def check_passed(conn: sa.Connection, passed: Passed) -> None:
    """Refuse a release of which something was found that blocks it.

    Raises:
        Blocked: the message counts and names it, and says what to do.
    """
    blocking = [each.finding for each in _standing(conn, passed.findings) if each.blocks]
    if not blocking and not passed.more:
        return
    counts = Counter(each.severity for each in blocking)
    said = " and ".join(f"{counts[each]} {each}{'s' if counts[each] > 1 else ''}" for each in counts)
    first = "; ".join(f"{each.said} [{each.rule}]" for each in blocking[:_NAMED])
    over = f", of more than {MOST:,}" if passed.more else ""
    rest = "; …" if len(blocking) > _NAMED else ""
    raise Blocked(
        f"nothing was published: {said}{over}: {first}{rest}. `offing publish --check` lists them; correct the records "
        "or let warnings pass: offing releases signoff KEY --note WHY"
    )


def sign_off(database: Database, keys: Iterable[str], by: str, note_: str, now: datetime) -> tuple[SignOff, ...]:
    """Let warnings pass; each stays signed off while the same is found.

    Args:
        database: where they are stored.
        keys: of findings of the last check.
        by: who looked at them.
        note_: why they may be published.
        now: aware UTC.

    Raises:
        UnknownItem: the last check found nothing of this key.
        UsageError: it is an error, there is no note, or the person may not publish.
    """
    if not note_.strip():
        raise UsageError("say why it may be published: --note")
    with database.write() as conn:
        check_author(conn, by, Permission.PUBLISH)
        found = {each.key: each for each in findings(conn)}
        made = tuple(_signed(found, key, by, note_.strip(), now) for key in dict.fromkeys(keys))
        for each in made:
            append_sign_off(conn, each)
            note(conn, Activity(now, ActivityKind.SIGN_OFF, by, f"{each.key} {each.about}: {each.note}"))
    return made


def _signed(found: dict[str, Finding], key: str, by: str, why: str, now: datetime) -> SignOff:
    each = found.get(key)
    if each is None:
        raise UnknownItem(f"the last check found nothing called {key}: `offing publish --check` lists what it finds")
    if each.severity is Severity.ERROR:
        raise UsageError(f"{key} is an error and cannot be signed off: {each.said}; {each.remedy}")
    return SignOff(key, f"{each.said} [{each.rule}]", by, now, why)


def _standing(conn: sa.Connection, found: Iterable[Finding]) -> tuple[FindingState, ...]:
    ordered = sorted(found, key=lambda each: (each.severity is not Severity.ERROR, each.rule, each.project_id))
    signed = sign_offs(conn, (each.key for each in ordered))
    unique = {each.key: each for each in ordered}
    return tuple(
        FindingState(each, signed.get(key) if each.severity is Severity.WARNING else None)
        for key, each in unique.items()
    )


class _Nowhere:
    """A file that drops what is written to it."""

    closed = False

    def close(self) -> None:
        """Do nothing."""

    def write(self, content: bytes) -> int:
        return len(content)


def _nowhere(_name: str) -> BinaryIO:
    return cast("BinaryIO", _Nowhere())
