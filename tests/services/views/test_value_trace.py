"""Where each value of a record comes from: release, record, decision, quote, article, page, entry, feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, quote, stored_candidate
from factories.release import publish_warned, ruled
from offing.config.files.layers import Layers
from offing.config.sites.release import load_release
from offing.errors import ConfigError, UnknownItem, UsageError
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts
from offing.model.projects.record_change import Operation
from offing.model.reading.evidence import FieldName
from offing.model.review.decision import Judgement, Verdict
from offing.services.records.amending import Statement
from offing.services.records.correcting import Edit, correct
from offing.services.records.projects import merge
from offing.services.records.promote import promote_accepted
from offing.services.releases.kept import yank
from offing.services.review.decisions import decide
from offing.services.views.value_trace import FIELDS, trace_field, trace_known
from offing.store.database.engine import Database
from offing.store.records.known_project import keep_known
from offing.store.tables import article, decision, page

SAID = Statement("cy", NOW + timedelta(days=1), "the contract says so", "https://treasury.example/contract.pdf")


@pytest.fixture
def record(sqlite_database: Database) -> str:
    """A record of one accepted candidate."""
    return _recorded(sqlite_database)


def _recorded(database: Database, edits: dict[str, str] | None = None, *, quoted: bool = False) -> str:
    with database.write() as conn:
        number = stored_candidate(conn)
        newest = conn.execute(sa.select(sa.func.max(article.c.id))).scalar_one()
    proofs = (quote(FieldName.AMOUNTS, "", "EUR 85 million", newest),) if quoted else ()
    decide(database, Verdict(number, Judgement.ACCEPT, "ana", "clear", edits=edits or {}, proofs=proofs), NOW)
    (made,) = promote_accepted(database, NOW)
    return made.project_id


def test_a_value_is_traced_to_its_feed(sqlite_database: Database, record: str, tmp_path: Path) -> None:
    """Each link of the chain is as stored: quote and offsets, decision, article, page with digest, entry, feed."""
    ruled_there = ruled(sqlite_database, tmp_path, {}, '[sources]\narchive = "https://a.example/{timestamp}/{url}"\n')
    publish_warned(ruled_there, "1.0", tmp_path / "r1", NOW)
    (value,) = trace_field(ruled_there, record, "amounts").values
    assert value.value == "85000000 EUR contract"
    assert [(each.version, each.yanked) for each in value.releases] == [("1.0", False)]
    assert [(each.judgement, each.by, each.reason) for each in value.decisions] == [("accept", "ana", "clear")]
    (proof,) = value.quotes
    assert (proof.text, proof.end - proof.start, proof.record) == ("EUR 85 million", 14, record)
    assert proof.article
    with sqlite_database.read() as conn:
        stored = conn.execute(sa.select(page)).one()
    found = proof.article.page
    assert (found.sha256, found.status, found.fetched_at) == (stored.sha256, 200, NOW)
    assert found.archived == f"https://a.example/20260305080000/{stored.final_url}"
    assert [(each.source, each.feed_id) for each in found.announcements] == [("News", 1)]


def test_only_releases_that_show_the_value_are_named(sqlite_database: Database, record: str, tmp_path: Path) -> None:
    """A corrected sum is in the releases since; what it was before is in the ones until then."""
    publish_warned(sqlite_database, "1.0", tmp_path / "r1", NOW)
    _correct(sqlite_database, record, Edit("amounts", Operation.REPLACE, "90000000 EUR loan", "85000000 EUR"))
    publish_warned(sqlite_database, "1.1", tmp_path / "r2", NOW + timedelta(days=2))
    yank(sqlite_database, "1.1", "cy", "too early", NOW + timedelta(days=2))
    (value,) = trace_field(sqlite_database, record, "amounts").values
    assert [(each.version, each.yanked) for each in value.releases] == [("1.1", True)]
    for field in ("title", "countries", "firms", "lenders", "sector", "record_type"):
        traced = trace_field(sqlite_database, record, field).values
        assert [[each.version for each in one.releases] for one in traced] == [["1.0", "1.1"]] * len(traced), field
        assert traced, field


def test_a_value_by_hand_names_its_author_and_no_article(sqlite_database: Database, record: str) -> None:
    """Who, when, why and which source; the quote of the machine's value proves another one."""
    _correct(sqlite_database, record, Edit("amounts", Operation.REPLACE, "90000000 EUR loan", "85000000 EUR"))
    found = trace_field(sqlite_database, record, "amounts")
    (value,) = found.values
    assert value.hand
    assert (value.hand.by, value.hand.reason, value.hand.source) == (SAID.by, SAID.reason, SAID.source)
    assert value.quotes == ()
    assert [each.said for each in found.corrections] == ["amounts: 85,000,000 EUR contract → 90,000,000 EUR loan"]
    _correct(sqlite_database, record, Edit("lenders", Operation.REMOVE, "China Exim Bank"))
    gone = trace_field(sqlite_database, record, "lenders")
    assert gone.values == ()
    assert [each.said for each in gone.corrections] == ["lenders: China Exim Bank removed"]


def test_a_correction_in_review_shows_the_quote_that_was_chosen_for_it(sqlite_database: Database) -> None:
    """Only that one, by the name of who chose it."""
    record = _recorded(sqlite_database, {"amounts": "86000000 EUR"}, quoted=True)
    (value,) = trace_field(sqlite_database, record, "amounts").values
    assert value.hand
    assert [(each.text, each.by) for each in value.quotes] == [("EUR 85 million", "ana")]


def test_each_value_of_a_list_has_its_own_trace(sqlite_database: Database, record: str) -> None:
    """One that a person added stands beside the machine's, which keeps its quote."""
    _correct(sqlite_database, record, Edit("firms", Operation.ADD, "ZTE:supplier"))
    by_name = {each.value: each for each in trace_field(sqlite_database, record, "firms").values}
    assert [(name.split(":")[0], bool(each.hand), len(each.quotes)) for name, each in by_name.items()] == [
        ("Huawei", False, 1),
        ("ZTE", True, 0),
    ]


def test_a_merged_record_names_where_a_value_came_from(sqlite_database: Database, record: str) -> None:
    """The trace stands in the record that it became part of; each quote names the record through which it came."""
    other = _recorded(sqlite_database)
    merge(sqlite_database, other, record, SAID)
    found = trace_field(sqlite_database, other, "countries")
    assert (found.asked, found.record, found.state) == (other, record, f"{other} was merged into {record}")
    assert [each.record for each in found.values[0].quotes] == [record, other]
    assert [each.record for each in trace_field(sqlite_database, record, "countries", (1,)).values[0].quotes] == [other]


def test_what_cannot_be_traced_is_an_error(sqlite_database: Database, record: str) -> None:
    """An unknown field lists all; an unknown record names the command that lists them."""
    with pytest.raises(UsageError, match=r"'amount' is no field of a project; did you mean amounts\? there are title,"):
        trace_field(sqlite_database, record, "amount")
    with pytest.raises(UnknownItem, match="projects list"):
        trace_field(sqlite_database, "off-1999-000001", "amounts")
    for field in FIELDS:
        trace_field(sqlite_database, record, field)


def test_a_title_names_the_fields_from_which_it_is_composed(sqlite_database: Database, record: str) -> None:
    """It has no quote of its own."""
    (value,) = trace_field(sqlite_database, record, "title").values
    assert "countries" in value.composed_of
    assert value.quotes == ()


def test_a_quote_outlives_its_article(sqlite_database: Database) -> None:
    """A quote that a person chose stays with their decision; its article is then no longer named."""
    record = _recorded(sqlite_database, {"amounts": "86000000 EUR"}, quoted=True)
    with sqlite_database.write() as conn:
        (proofs,) = conn.execute(sa.select(decision.c.proofs)).scalars()
        conn.execute(sa.update(decision).values(proofs=[{**each, "article_id": 99} for each in proofs]))
    (proof,) = trace_field(sqlite_database, record, "amounts").values[0].quotes
    assert (proof.text, proof.article) == ("EUR 85 million", None)


def test_an_imported_value_names_its_dataset_and_licence(sqlite_database: Database) -> None:
    """The licence is that of the mapping; a dataset without one says so by an empty text."""
    facts = replace(ProjectFacts(), countries=("KEN",), amounts=FACTS.amounts)
    for source in ("aiddata", "own"):
        with sqlite_database.write() as conn:
            keep_known(conn, [KnownProject(source, "7", facts)], NOW)
        found = trace_known(sqlite_database, Ref.known(source, "7"), "countries")
        assert (found.dataset, found.key, found.values) == (source, "7", ("KEN",))
        assert (found.licence, found.imported_at) == ("ODC-By-1.0" if source == "aiddata" else "", NOW)


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("archive.example/{url}", "begin with https"),
        ("https://archive.example/{when}/{url}", "{when} is none of"),
        ("https://archive.example/{timestamp}", "needs {url} or {sha256}"),
        ("https://archive.example/{url}}", "brace too many"),
    ],
)
def test_a_wrong_template_of_archived_copies_is_refused(tmp_path: Path, template: str, problem: str) -> None:
    """With file and key, and an example."""
    (tmp_path / "release.toml").write_text(f'[sources]\narchive = "{template}"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_release(Layers.of(tmp_path))
    assert problem in str(caught.value)
    assert "sources.archive" in str(caught.value)


def _correct(database: Database, record: str, edit: Edit) -> None:
    correct(database, record, edit, SAID, keep=True)
