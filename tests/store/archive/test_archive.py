"""The archive of raw pages: WARC that others read, a day a file, whole or absent, and nothing pruned that it lacks."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from factories.candidate import stored_article, stored_row
from offing.errors import RunLocked, UsageError
from offing.model.operation.retention import Archive, Prunable, Retention
from offing.services.running.archive import Archived, archive_pages
from offing.services.running.prune import plan, prune
from offing.store.archive.day_file import day_files, read_back
from offing.store.archive.warc import Capture, about_id, about_member, members
from offing.store.articles.page import keep_body
from offing.store.database.engine import Database
from offing.store.tables import article, body, entry, feed, page, revision
from suite import examples

NOW = datetime(2027, 1, 10, 4, 30, tzinfo=UTC)
TODAY = datetime(2027, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
HTML = {"content-type": "text/html; charset=utf-8", "server": "x"}


@dataclass(frozen=True)
class Read:
    """What another library reads of one record."""

    kind: str
    id: str
    url: str
    date: str
    headers: dict[str, str]
    content: bytes


def page_at(conn: sa.Connection, at: datetime, headers: Mapping[str, str] = HTML, content: bytes = b"") -> int:
    """An article whose page was fetched at a time, with a content of its own; the page's id."""
    article_id = stored_article(conn)
    page_id = conn.execute(sa.select(article.c.page_id).where(article.c.id == article_id)).scalar_one()
    digest = keep_body(conn, content or f"<p>page {page_id}".encode())
    values = {"sha256": digest, "fetched_at": at, "headers": dict(headers), "content_type": "text/html", "status": 200}
    conn.execute(sa.update(page).where(page.c.id == page_id).values(**values))
    conn.execute(sa.delete(body).where(body.c.packed == b""))
    return page_id


def archived(database: Database, folder: Path, budget: int = 0, now: datetime = NOW) -> Archived:
    """What an archiving does."""
    return archive_pages(database, Archive(folder, budget), now, lambda _done, _total: None)


def read(file: Path) -> list[Read]:
    """The records of a file, each digest checked, by warcio."""
    found = []
    with file.open("rb") as source:
        for record in ArchiveIterator(source, check_digests="raise"):
            content = record.content_stream().read()
            http = record.http_headers
            named = {name.lower(): value for name, value in http.headers} if http else {}
            asked = (record.rec_headers.get_header(f"WARC-{name}") for name in ("Record-ID", "Target-URI", "Date"))
            found.append(Read(record.rec_type, *(each or "" for each in asked), named, content))
    return found


def test_pages_are_read_by_another_library(database: Database, tmp_path: Path) -> None:
    """A file a day, with what the file is, each answer with its headers and content, and where it was found."""
    with database.write() as conn:
        numbers = [page_at(conn, TODAY - days * DAY) for days in (2, 2, 1)]
        urls = {row.id: row.url for row in conn.execute(sa.select(page.c.id, page.c.url))}
    done = archived(database, tmp_path / "a")
    assert [each.file.name for each in done.written] == ["offing-20270108.warc.gz", "offing-20270109.warc.gz"]
    assert (done.captures, done.complete) == (3, True)
    first, *rest = read(done.written[0].file)
    assert (first.kind, b"format: WARC File Format 1.1" in first.content) == ("warcinfo", True)
    assert [each.kind for each in rest] == ["response", "metadata"] * 2
    assert [each.url for each in rest[::2]] == [urls[number] for number in numbers[:2]]
    assert rest[0].content == f"<p>page {numbers[0]}".encode()
    assert (rest[0].headers, rest[0].date) == (HTML, "2027-01-08T00:00:00Z")
    assert rest[1].content == f"via: {urls[numbers[0]]}/feed\r\n".encode()
    assert done.written[0].file.stat().st_mode & 0o777 == 0o600


def test_the_same_pages_make_the_same_bytes(database: Database, tmp_path: Path) -> None:
    """Ids and digests follow from the page alone, not from when or where it is archived."""
    with database.write() as conn:
        page_at(conn, TODAY - DAY)
    files = [archived(database, tmp_path / name, now=NOW + hours).written[0].file for name, hours in
             (("a", timedelta()), ("b", timedelta(hours=9)))]  # fmt: skip
    assert files[0].read_bytes() == files[1].read_bytes()


def test_no_header_is_invented(database: Database, tmp_path: Path) -> None:
    """Without stored headers it is a resource, and so is a later content; codings that no longer hold are renamed."""
    coded = {"content-encoding": "gzip", "content-length": "7", "transfer-encoding": "chunked"}
    with database.write() as conn:
        page_at(conn, TODAY - 3 * DAY, {})
        later = page_at(conn, TODAY - 2 * DAY, coded, b"twelve bytes")
        article_id = conn.execute(sa.select(article.c.id).where(article.c.page_id == later)).scalar_one()
        row = {"article_id": article_id, "number": 1, "found_at": TODAY - DAY, "paragraphs": []}
        stored_row(conn, revision, **row, sha256=keep_body(conn, b"changed"))
        conn.execute(sa.update(page).where(page.c.id == later).values(headers={**coded, "x": "é \u4e2d"}))
    bare, answer, changed = (read(each.file)[1] for each in archived(database, tmp_path).written)
    assert (bare.kind, bare.headers) == ("resource", {})
    assert answer.kind == "response"
    assert answer.headers == {**{f"x-archive-orig-{name}": value for name, value in coded.items()}, "x": "é \u4e2d"}
    assert (changed.kind, changed.content, changed.url) == ("resource", b"changed", answer.url)


def test_no_credential_leaves(database: Database, tmp_path: Path) -> None:
    """Not in the address of page, redirect or feed, not in a header, not in the index."""
    with database.write() as conn:
        number = page_at(conn, TODAY - DAY, {"link": "https://u:hunter22@a.test/?token=hunter23"})
        bad = {"url": "https://u:hunter24@a.test/", "final_url": "https://a.test/x?api_key=hunter25 \r\nX: 1"}
        conn.execute(sa.update(page).where(page.c.id == number).values(**bad))
        conn.execute(sa.update(feed).values(url="https://u:hunter26@feed.test/rss"))
    file = archived(database, tmp_path).written[0].file
    raw = gzip.decompress(file.read_bytes()) + file.with_name("offing-20270109.index.jsonl").read_bytes()
    assert b"hunter" not in raw
    assert read(file)[1].url == "https://a.test/x?api_key=***%20%0D%0AX:%201"


def test_what_is_reserved_empty_or_of_today_is_left_out(database: Database, tmp_path: Path) -> None:
    """A publisher that forbids archives is heard; today's pages come tomorrow."""
    with database.write() as conn:
        reserved, dropped, _ = page_at(conn, TODAY - DAY), page_at(conn, TODAY - DAY), page_at(conn, TODAY)
        conn.execute(sa.update(page).where(page.c.id == reserved).values(reservation="noarchive"))
        conn.execute(sa.update(page).where(page.c.id == dropped).values(sha256=keep_body(conn, b"")))
    assert archived(database, tmp_path).written == ()
    tomorrow = archived(database, tmp_path, now=NOW + DAY)
    assert [each.file.name for each in tomorrow.written] == ["offing-20270110.warc.gz"]
    assert tomorrow.captures == 1


def test_a_damaged_content_stops_nothing(database: Database, tmp_path: Path) -> None:
    """It is left out and counted, be it unreadable or another one than its digest says."""
    with database.write() as conn:
        whole, *broken = (page_at(conn, TODAY - DAY) for _ in range(3))
        for number, packed in zip(broken, (b"", zlib.compress(b"another")), strict=True):
            digest = sa.select(page.c.sha256).where(page.c.id == number).scalar_subquery()
            conn.execute(sa.update(body).where(body.c.sha256 == digest).values(packed=packed))
    done = archived(database, tmp_path)
    assert (done.captures, done.left_out) == (1, 2)
    assert read(done.written[0].file)[1].content == f"<p>page {whole}".encode()


def test_nothing_is_written_twice(database: Database, tmp_path: Path) -> None:
    """Files never change: a late page gets a second one; what was taken away is not written again."""
    with database.write() as conn:
        page_at(conn, TODAY - DAY)
    first = archived(database, tmp_path).written[0].file
    before = first.read_bytes()
    assert archived(database, tmp_path).written == ()
    with database.write() as conn:
        page_at(conn, TODAY - DAY)
    assert [each.file.name for each in archived(database, tmp_path).written] == ["offing-20270109-2.warc.gz"]
    assert first.read_bytes() == before
    first.unlink()
    assert archived(database, tmp_path).written == ()
    first.with_name("offing-20270109.index.jsonl").unlink()
    assert archived(database, tmp_path).captures == 1


def test_what_a_killed_export_leaves_is_cleared(database: Database, tmp_path: Path) -> None:
    """A half file goes; a whole one that lacks its index gets it again, and its pages are not written twice."""
    with database.write() as conn:
        page_at(conn, TODAY - DAY)
    file = archived(database, tmp_path).written[0].file
    index = file.with_name("offing-20270109.index.jsonl")
    lines = index.read_bytes()
    index.unlink()
    half = tmp_path / ".offing-20270108.warc.gz.partial"
    half.write_bytes(file.read_bytes()[:100])
    assert archived(database, tmp_path).written == ()
    assert index.read_bytes() == lines
    assert not half.exists()


@pytest.mark.parametrize("damage", ["short", "flipped", "garbage"])
def test_a_damaged_file_is_named(database: Database, tmp_path: Path, damage: str) -> None:
    """With the byte where the damage begins, instead of counting its pages as safe."""
    with database.write() as conn:
        page_at(conn, TODAY - DAY, content=bytes(range(256)) * 20)
    file = archived(database, tmp_path).written[0].file
    whole = bytearray(file.read_bytes())
    whole[-40] ^= 0xFF
    file.write_bytes({"short": bytes(whole[:-60]), "flipped": bytes(whole), "garbage": b"no gzip"}[damage])
    file.with_name("offing-20270109.index.jsonl").unlink()
    with pytest.raises(UsageError, match=r"offing-20270109\.warc\.gz is damaged at byte \d+: move it out"):
        archived(database, tmp_path)


def test_the_archive_keeps_within_its_budget(database: Database, tmp_path: Path) -> None:
    """The oldest files go, the newest stays; what went is not written again."""
    with database.write() as conn:
        for days in range(1, 5):
            page_at(conn, TODAY - days * DAY, content=hashlib.sha256(bytes([days])).digest() * 40)
    size = archived(database, tmp_path / "whole").written[0].size
    done = archived(database, tmp_path / "some", budget=2 * size + 100)
    assert [each.name for each in done.removed] == ["offing-20270106.warc.gz", "offing-20270107.warc.gz"]
    again = archived(database, tmp_path / "some", budget=1)
    assert (again.captures, len(again.removed)) == (0, 1)
    assert [each.name for each in day_files(tmp_path / "some")] == ["offing-20270109.warc.gz"]


def test_one_process_writes_to_a_folder(database: Database, tmp_path: Path) -> None:
    """Another one is told so; a folder that cannot be is named."""
    with FileLock(tmp_path / ".archive.lock"), pytest.raises(RunLocked, match="another process is writing"):
        archived(database, tmp_path)
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "no" / "where"):
        with pytest.raises(UsageError, match=r"cannot be written: .*: choose another folder"):
            archived(database, folder)


def test_nothing_is_pruned_that_the_archive_lacks(database: Database, tmp_path: Path) -> None:
    """Contents and entries go once they are archived; what came today stays until tomorrow; no archive, no pruning."""
    with database.write() as conn:
        old, fresh, lonely = (page_at(conn, at) for at in (TODAY - 40 * DAY, NOW, TODAY - 200 * DAY))
        conn.execute(sa.update(entry).values(seen_at=TODAY - 40 * DAY))
        first = sa.select(page.c.entry_id).where(page.c.id.in_((lonely, fresh))).scalar_subquery()
        conn.execute(sa.update(entry).where(entry.c.id.in_(first)).values(seen_at=TODAY - 200 * DAY))
        contents = {f"<p>page {number}".encode() for number in (old, lonely)}
    ages = {Prunable.PAGES: 30 * DAY, Prunable.ARTICLES: 90 * DAY}
    (tmp_path / "file").touch()
    with pytest.raises(UsageError):
        prune(database, Retention(ages, 1, Archive(tmp_path / "file")), NOW)
    rules = Retention(ages, 1, Archive(tmp_path / "a"))
    assert (plan(database, rules, NOW).sizes["entries"].rows, plan(database, rules, NOW).sizes["contents"].rows) == (
        1,
        2,
    )
    done = prune(database, rules, NOW)
    assert (done.archived, done.counts["entries"], done.counts["contents"]) == (2, 1, 2)
    kept = {each.content for file in day_files(tmp_path / "a") for each in read(file) if each.kind == "response"}
    assert kept == contents
    with database.read() as conn:
        assert set(conn.execute(sa.select(page.c.id)).scalars()) == {old, fresh}
    assert prune(database, rules, NOW + DAY).archived == 1


TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)
NAMES = st.from_regex(r"[a-z][a-z-]{0,12}", fullmatch=True)


@settings(max_examples=examples(40))
@given(st.binary(max_size=90), st.dictionaries(NAMES, TEXT, max_size=4), TEXT)
def test_any_content_reads_back(content: bytes, headers: dict[str, str], path: str) -> None:
    """Whatever bytes, header values and addresses: another library finds the same content and no further record."""
    at = datetime(2027, 1, 1, 1, 2, 3, 45, tzinfo=UTC)
    digest = hashlib.sha256(content).hexdigest()
    capture = Capture(1, f"https://a.test/{path}", at, digest, status=200, content_type="text/html", headers=headers)
    whole = about_member("f", date(2027, 1, 1)) + b"".join(members(capture, content, about_id("f")))
    records = [
        (record.rec_type, record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(whole), check_digests="raise")
    ]
    assert records[1:2] == [("response" if headers else "resource", content)]
    assert {kind for kind, _ in records[2:]} <= {"metadata"}


def test_a_file_that_reads_back_is_indexed_by_its_bytes(database: Database, tmp_path: Path) -> None:
    """Offset and length of the index cut one member out of the file, which is the record of its id."""
    with database.write() as conn:
        for _ in range(3):
            page_at(conn, TODAY - DAY)
    file = archived(database, tmp_path).written[0].file
    for line in read_back(file):
        member = file.read_bytes()[line.offset : line.offset + line.length]
        assert f"WARC-Record-ID: <urn:uuid:{line.id}>".encode() in gzip.decompress(member)
