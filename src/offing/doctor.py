"""Doctor: checks what offing depends on, and says what to fix."""

from __future__ import annotations

import platform
import shutil
import ssl
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from pyexpat import EXPAT_VERSION

import sqlalchemy as sa

from offing.config.coverage import Coverage, further_languages
from offing.config.files.derived import cached_value
from offing.config.files.layers import Layers
from offing.config.overlay import KINDS, LEXICONS, unread
from offing.config.rules import FILES, checked_lexicon
from offing.config.sites.feeds import catalogue_groups
from offing.config.sites.fetch import load_fetch_policy
from offing.config.sites.pipelines import check_groups, load_pipelines, named_groups
from offing.errors import OffingError
from offing.extract.markup.pdf_lines import pdf_is_read
from offing.model.review.second_reader import KeySource, TurnState
from offing.private import open_to_others
from offing.services.lexicon.lexicon_check import faults_of, looked_over
from offing.services.monitoring.outlets import check_outlets
from offing.services.monitoring.site_check import Finding
from offing.services.pipeline.clock_repair import misplaced
from offing.services.pipeline.groups import why_not_polled
from offing.services.pipeline.without_encoder import without_encoder
from offing.services.running.credentials import carrying
from offing.services.running.run_context import utc_now
from offing.services.second_reader import second_reader
from offing.services.translation import translator
from offing.services.translation.backends import PACKAGE, is_installed
from offing.store.candidates.second_reader import count_turns
from offing.store.database.engine import Database
from offing.store.database.migrate import check_schema
from offing.store.feeds.feed import groups_in_use, groups_not_polled
from offing.store.runs.quarantine import count_quarantined, count_quarantined_feeds
from offing.store.runs.work import waiting
from offing.store.upkeep.growth import growth_of
from offing.store.upkeep.vacuum import size_in_bytes

WAL_FIXED = (3, 51, 3)  # the WAL-reset corruption; affects 3.7.0 to 3.51.2
SOON_FULL = 30  # days
EXPAT_FIXED = (2, 7, 2)  # CVE-2025-59375
LEAST_FREE, PLENTY = 0.1, 10 * 2**30  # share of a disk, and bytes that are enough whatever its size


def check_config(
    site: Path | None, pipelines: Path | None = None, watched: Callable[[], Collection[str]] = frozenset
) -> Iterator[Finding]:
    """Load every config file and yield one finding for each kind, with any error as its advice.

    Args:
        site: the site's own config folder, None if it has none.
        pipelines: the site's folder of pipelines, if there is one.
        watched: returns the groups of the feeds on the list; called only if a pipeline names a group of the site's own.
    """
    try:
        Layers.of(site)
    except OffingError as error:
        yield Finding("config folder", "is missing", str(error))
    layers = usable_layers(site)
    for stray in unread(Layers(layers.folders[1:])):
        yield Finding("config folder", "a file that nothing reads", str(stray))
    for kind in KINDS:
        if kind.name != LEXICONS:
            yield _found(kind.name, partial(kind.check, layers))
    yield _found("test pages", lambda: f"{check_outlets(layers, utc_now())} rules, each reads its test page")
    yield _found("pipelines", lambda: _pipelines(layers, pipelines, watched))
    yield from _check_lexicon(layers)
    yield from _check_languages(layers)


def usable_layers(site: Path | None) -> Layers:
    """Return the layers of a site, whatever is wrong with them; only what ships if its folder does not exist."""
    return Layers.of(site if site is not None and site.is_dir() else None)


def _found(what: str, load: Callable[[], str]) -> Finding:
    try:
        return Finding(what, load())
    except OffingError as error:
        return Finding(what, "cannot be used", str(error))


def _pipelines(layers: Layers, folder: Path | None, watched: Callable[[], Collection[str]]) -> str:
    found = load_pipelines(folder)
    check_groups(folder, catalogue_groups(layers), watched)
    return ", ".join(found)


def _check_languages(layers: Layers) -> Iterator[Finding]:
    """Yield a finding for each language that the site adds; gaps are no error; wrong files are reported above."""
    try:
        found = further_languages(layers)
    except OffingError:
        return
    yield from (Finding(f"language {each.language}", _covered(each)) for each in found)


def _covered(coverage: Coverage) -> str:
    verdict = "is read" if coverage.is_read else "is not read: no status and no sector has a wording in it"
    have = " · ".join(f"{table} {count}" for table, count in coverage.present)
    return f"{verdict}\n  lines: {have}\n  empty: {', '.join(coverage.empty) or 'none'}"


def _check_lexicon(layers: Layers) -> Iterator[Finding]:
    """Yield a finding for the lexicon, and one for each name in it that does not identify one firm or lender."""
    try:
        found = cached_value(layers, "names", FILES, lambda: looked_over(checked_lexicon(layers)))
    except OffingError as error:
        yield Finding("lexicons", "cannot be used", str(error))
        return
    yield Finding("lexicons", f"{found['aliases']} aliases")
    for fault in faults_of(found, layers):
        yield Finding("lexicons", "a name does not tell one firm or lender", fault)


def check_reader(layers: Layers, key: str) -> Finding:
    """Check the configuration of the second reader; asks no endpoint. `offing reader check` does."""
    what = "second reader"
    try:
        found = second_reader(layers, key)
    except OffingError as error:
        return Finding(what, "cannot be used", str(error))
    if found is None:
        return Finding(what, "off")
    rules = found.rules
    kept = "with a key" if found.endpoint.credentials else "without a key"
    public = not rules.private and rules.key is KeySource.NONE
    advice = "a public endpoint without a key lets nobody in: say `key` in reader.toml" if public else ""
    return Finding(what, f"{rules.model} at {rules.endpoint}, {kept}", advice)


def check_translation(layers: Layers, key: str) -> Finding:
    """Check the configuration of translation; asks no service."""
    what = "translation"
    try:
        found = translator(layers, key)
    except OffingError as error:
        return Finding(what, "cannot be used", str(error))
    if found is None:
        return Finding(what, "off")
    if found.rules.endpoint:
        return Finding(what, f"{found.rules.backend} at {found.rules.endpoint}")
    advice = (
        "" if is_installed() else f"install {PACKAGE} and its models, or turn it off (docs/operate.md, Translations)"
    )
    return Finding(what, found.rules.backend, advice)


def check_contact(contact: str | None) -> Finding:
    """Check that publishers can reach the operator: a client without a contact is the first to be blocked."""
    advice = "set OFFING_CONTACT to a page or address that tells publishers who reads them"
    return Finding("contact", contact or "none", "" if contact else advice)


def check_private(*files: Path | None) -> Iterator[Finding]:
    """Check that only their owner may read the files that hold a site's data; missing ones are left out."""
    beside = (Path(f"{file}{end}") for file in files if file for end in ("", "-wal", "-shm", ".lock"))
    for path in dict.fromkeys(beside):
        if mode := open_to_others(path):
            yield Finding("private files", f"{path} has mode {mode}", f"others can read it: chmod 600 {path}")


def check_growth(database: Database, file: Path | None) -> Iterator[Finding]:
    """Check how fast the database grows, and when an SQLite one fills its disk; yields nothing where little is known.

    Args:
        database: of either kind.
        file: the SQLite file; None for a server, whose disk is not seen from here.
    """
    try:
        check_schema(database)
        size = size_in_bytes(database)
        with database.read() as conn:
            found = growth_of(conn, size, utc_now())
    except OffingError:
        return
    if found is None:
        return
    words = f"{found.rows_a_day:,.0f} rows and {found.bytes_a_day / 1e6:,.1f} MB a day; {size / 1e6:,.0f} MB now"
    if file is None:
        yield Finding("growth", words)
        return
    days = found.days_until_full(shutil.disk_usage(file.parent).free)
    advice = "make room, or let old data go: config/retention.toml, then offing db prune and offing db vacuum"
    yield Finding("growth", f"{words}; disk full in {days:,} days at that rate", advice if days < SOON_FULL else "")


def check_machine(folder: Path) -> Iterator[Finding]:
    """Check Python, its libraries, and the disk."""
    yield Finding("Python", platform.python_version())
    yield _expat()
    yield Finding("OpenSSL", ssl.OPENSSL_VERSION)
    yield _encoder()
    yield _pdf()
    usage = shutil.disk_usage(folder)
    free = usage.free / usage.total
    is_short = free < LEAST_FREE and usage.free < PLENTY
    advice = f"less than {LEAST_FREE:.0%} is free: make room before the next run" if is_short else ""
    yield Finding("disk", f"{usage.free // 2**30} GiB free", advice)


def _encoder() -> Finding:
    """Check whether the meaning of sentences is read; otherwise wordings decide alone."""
    advice = without_encoder()
    return Finding("meaning of sentences", "not read" if advice else "read", advice)


def _pdf() -> Finding:
    """Check whether PDF documents are read; otherwise they wait in quarantine."""
    advice = "they wait in quarantine: pip install 'offing[pdf]', then offing quarantine retry --class MissingExtra"
    return Finding("PDF documents", "read") if pdf_is_read() else Finding("PDF documents", "not read", advice)


def _expat() -> Finding:
    version = tuple(int(part) for part in EXPAT_VERSION.removeprefix("expat_").split("."))
    advice = "" if version >= EXPAT_FIXED else "has CVE-2025-59375: use a newer Python (workers are limited meanwhile)"
    return Finding("expat", ".".join(map(str, version)), advice)


def check_database(database: Database) -> Iterator[Finding]:
    """Check the database: version, schema, integrity, what waits and what is in quarantine."""
    try:
        check_schema(database)
    except OffingError as error:
        yield Finding("schema", "does not fit", str(error))
        return
    yield Finding("schema", "fits the code")
    with database.read() as conn:
        yield _sqlite(conn) if database.is_sqlite else _server(conn)
        open_work = waiting(conn)
        yield Finding("waiting", ", ".join(f"{verb} {count}" for verb, count in open_work.items()) or "nothing")
        aside, feeds = count_quarantined(conn), count_quarantined_feeds(conn)
        unread = count_turns(conn).get(TurnState.UNREAD, 0)
    yield Finding("quarantine", str(aside), "see `offing quarantine list`" if aside else "")
    if unread:
        advice = "once its endpoint works, `offing reader again` lets it be asked anew"
        yield Finding("articles given up by the second reader", str(unread), advice)
    if feeds:
        advice = "they are not asked any more: see `offing feeds list --problems`"
        yield Finding("feeds in quarantine", str(feeds), advice)


def check_addresses(database: Database) -> Iterator[Finding]:
    """Check whether addresses of feeds contain credentials, which earlier versions accepted."""
    try:
        check_schema(database)
        found = carrying(database)
    except OffingError:
        return
    if found:
        numbers = ", ".join(str(each.id) for each in found[:10])
        advice = "offing db upgrade moves them to credentials.toml of the config folder, which only its owner can read"
        yield Finding("feeds", f"addresses of {len(found)} carry credentials ({numbers})", advice)


def check_groups_polled(database: Database, pipelines: Path | None) -> Iterator[Finding]:
    """Check for polled groups of which no feed is asked; yields nothing if database or config cannot be used."""
    try:
        named = [each for each in named_groups(pipelines) if each.polls]
        if not named:
            return
        check_schema(database)
        with database.read() as conn:
            silent, used = groups_not_polled(conn, [each.name for each in named]), groups_in_use(conn)
    except OffingError:
        return
    for each in named:
        if each.name in silent:
            where = f"{each.path}:{each.line}: groups: "
            yield Finding(
                "pipelines",
                f"{each.name!r} is not polled",
                where + why_not_polled(each.name, on_list=each.name in used),
            )


def check_turns(database: Database, layers: Layers) -> Iterator[Finding]:
    """Check for turns farther ahead than any pause allows; yields nothing if database or config cannot be used."""
    try:
        check_schema(database)
        policy = load_fetch_policy(layers)
    except OffingError:
        return
    with database.read() as conn:
        message = misplaced(conn, policy, utc_now())
    yield Finding("turns", "too far ahead" if message else "within the longest pause", message)


def _server(conn: sa.Connection) -> Finding:
    return Finding("PostgreSQL", str(conn.exec_driver_sql("SHOW server_version").scalar()))


def _sqlite(conn: sa.Connection) -> Finding:
    version = str(conn.exec_driver_sql("SELECT sqlite_version()").scalar())
    sound = str(conn.exec_driver_sql("PRAGMA quick_check(1)").scalar())
    if sound != "ok":
        return Finding(
            "SQLite",
            version,
            f"it is damaged ({sound}): write nothing more, and restore a backup: offing db restore FILE --replace",
        )
    old = tuple(int(part) for part in version.split(".")) < WAL_FIXED
    return Finding("SQLite", version, "can corrupt a WAL file: install the package pysqlite3" if old else "")
