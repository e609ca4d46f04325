"""One pass over all records: writes the files of a release and looks at what goes into them."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import sqlalchemy as sa

from offing.config.files.layers import Layers
from offing.config.sites.import_shapes import licences
from offing.config.sites.release import load_release
from offing.model.projects.finding import Finding, ReleaseRules
from offing.model.projects.release import Described, Release, Statistics, StoredProject
from offing.model.projects.release_format import ReleaseFormat
from offing.publish import Outline, ProjectBody, ReleaseWriter, project_body, unpacked
from offing.publish.checks import Examined, Peers, against_last, is_empty, of_double, of_record
from offing.publish.marked import OpenFile
from offing.publish.quotes import QuotedSoFar, budgeted
from offing.services.accounts.read_twice import agreement_since
from offing.services.matching.conversions import dollars
from offing.services.matching.match_rules import layers_within
from offing.services.releases.pages import AT_ONCE, ReadRecord, read_records
from offing.services.releases.probable_doubles import probable_doubles
from offing.services.releases.reference_data import load_reference
from offing.store.database.batch import parts
from offing.store.records.project import ids_in_order, record_count
from offing.store.records.record_quotes import articles_of_several
from offing.store.records.release import content, last_release, releases

MOST = 10_000  # findings that are kept and shown; more of them are counted
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Terms:
    """How a release is made: by whom, who hears of its progress, in which formats (None: those of `release.toml`)."""

    by: str = ""
    report: Report = lambda _done, _total: None
    formats: tuple[ReleaseFormat, ...] | None = None


@dataclass(slots=True)
class Passed:
    """What a pass over all records gave.

    Args:
        before: the release that it was compared with.
        figures: rows and filled cells.
        findings: what looks wrong, the first `MOST` of it; `more` counts the rest.
        records: live records.
        differing: records that differ from the composition of their candidates.
        changes: what changed against the release before, in words.
        retired: rows that the release before had of projects merged or withdrawn since, by table.
    """

    before: Release | None
    figures: Statistics = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    records: int = 0
    differing: list[str] = field(default_factory=list)
    changes: str = ""
    retired: Counter[str] = field(default_factory=Counter)

    def retire(self, body: ProjectBody, before: ProjectBody | None) -> None:
        """Count the rows that the release before had of a project that was merged or withdrawn since."""
        if body.retired and before and not before.retired:
            self.retired.update({table: len(rows) for table, rows in before.rows.items()})

    def found(self, new: Iterable[Finding]) -> None:
        """Take in findings."""
        for each in new:
            if len(self.findings) < MOST:
                self.findings.append(each)
            else:
                self.more += 1


class Spool:
    """Projects that a release describes otherwise than the one before, kept in a file until they are stored."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, stored: StoredProject) -> None:
        """Keep a project."""
        packed = b64encode(stored.packed or b"")
        self._file.write(b" ".join((stored.project_id.encode(), stored.digest.encode(), packed)) + b"\n")

    def read(self) -> Iterator[StoredProject]:
        """Yield what was kept, in its order."""
        self._file.seek(0)
        for line in self._file:
            project_id, digest, packed = line.split()
            yield StoredProject(project_id.decode(), digest.decode(), b64decode(packed))


def rules_within(conn: sa.Connection) -> ReleaseRules:
    """Return the rules for releases of the site to which a transaction belongs."""
    return load_release(layers_within(conn) or Layers.of(None))


def one_snapshot(conn: sa.Connection) -> None:
    """Let a transaction that only reads show one state of all tables; SQLite gives that anyway."""
    if conn.dialect.name == "postgresql":
        conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


@dataclass(frozen=True, slots=True)
class Output:
    """Where a pass writes: the version, its files, and the projects to be stored.

    `keeps` says whether the files are kept: formats of files that nobody keeps are not written.
    """

    version: str
    open_file: OpenFile
    spool: Spool
    keeps: bool = False


def pass_over(conn: sa.Connection, output: Output, terms: Terms, now: datetime) -> Passed:
    """Read every record once; write it, check it, and compare it with the release before.

    Args:
        conn: one snapshot of the database.
        output: where the release is written.
        terms: whom to tell of the progress.
        now: aware UTC.
    """
    before, total, rules = last_release(conn), record_count(conn), rules_within(conn)
    layers = layers_within(conn) or Layers.of(None)
    reference, known = load_reference(layers), licences(layers)
    yanked = tuple(each for each in releases(conn) if each.yanked)
    formats = (rules.formats if terms.formats is None else terms.formats) if output.keeps else ()
    agreement = agreement_since(conn) if output.keeps else None
    outline = Outline(output.version, before, yanked, rules.citation, formats, now, agreement)
    writer = ReleaseWriter(output.open_file, outline)
    passed, peers, quoted = Passed(before), Peers(), QuotedSoFar(articles_of_several(conn))
    done = 0
    for some in parts(ids_in_order(conn), AT_ONCE):
        said = content(conn, before.number, some) if before else {}
        for read in read_records(conn, some, known):
            record = read.described.record
            stored = said.get(record.id)
            earlier = unpacked(stored) if stored else None
            body = project_body(_quoting(read, rules, quoted), earlier, reference)
            writer.add(body, earlier, known=stored is not None)
            passed.retire(body, earlier)
            if stored is None or stored.digest != body.digest:
                output.spool.add(body.packed())
            _look(read, body, (passed, peers), (rules, now.date()))
        done += len(some)
        terms.report(done, total)
    passed.figures, passed.changes = writer.finish(), writer.said
    passed.found(peers.outliers(rules))
    passed.found(found for pair in probable_doubles(conn) for found in of_double(rules, *pair))
    passed.found(is_empty(rules, passed.records))
    passed.found(against_last(rules, before, passed.figures, passed.retired))
    return passed


def _quoting(read: ReadRecord, rules: ReleaseRules, quoted: QuotedSoFar) -> Described:
    """Return a record with no more of its articles' words than may be published."""
    return budgeted(read.described, read.articles, rules.quotes, quoted) if read.is_live else read.described


def _look(read: ReadRecord, body: ProjectBody, into: tuple[Passed, Peers], by: tuple[ReleaseRules, date]) -> None:
    """Check one record."""
    passed, peers = into
    record = read.described.record
    if read.differs:
        passed.differing.append(record.id)
    if not read.is_live:
        return
    passed.records += 1
    day = min((each.published.date() for each in read.described.sources if each.published), default=by[1])
    for amount in record.facts.amounts:
        worth = dollars(amount.value, amount.currency, day)
        if worth is not None and worth > Decimal(0):
            peers.add(record.id, str(record.facts.sector or "other"), record.facts.countries, worth)
    examined = Examined(read.described, body, read.contradictions, day)
    passed.found(of_record(examined, by[0], by[1], dollars))
