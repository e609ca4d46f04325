"""The queue as a sheet."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.candidate import FACTS, frozen_candidate, story_article_of
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.decision import Judgement, Verdict
from offing.review.spreadsheet import COLUMNS, FIELDS, BadRow, filled_row, mark_of, row_of, token_of, verdict_of

ROW = row_of(frozen_candidate(), FACTS)


def test_a_row_shows_fields_quotes_and_links() -> None:
    """What a person needs to decide stands in the row."""
    assert tuple(ROW) == COLUMNS
    assert ROW["firms"] == "Huawei:contractor"
    assert ROW["amounts"] == "85000000 EUR contract"
    assert ROW["record"].startswith("Huawei → Kenya")
    assert "countries: " in ROW["quotes"]
    assert ROW["link 1"].startswith("http")
    assert ROW["decision"] == ""
    assert ROW["headline"] == "Kenya signs data centre deal"
    assert row_of(frozen_candidate(articles=()), FACTS)["headline"] == ""


def test_a_sheet_keeps_its_columns() -> None:
    """Three links at most; what an earlier version exported is read by a later one, so the mark stays, too."""
    assert [each for each in COLUMNS if each not in FIELDS] == [
        *("id", "kind", "score", "record", "headline", "update of", "decision", "reason", "until", "of"),
        *("quotes", "outlets", "link 1", "link 2", "link 3", "version", "mark"),
    ]
    row = row_of(frozen_candidate(articles=tuple(map(story_article_of, range(1, 6)))), FACTS)
    assert [row[f"link {number}"] for number in (1, 2, 3)] == [f"https://news.example/{n}" for n in (1, 2, 3)]
    assert mark_of(12, 3) == "3410449aaa"


def test_what_a_spreadsheet_makes_of_cells_is_read() -> None:
    """A number with .0 is the number, up to the 15 digits that it keeps; a day with its midnight is the day."""
    longest = 10**15 - 1
    asked = {**ROW, "id": f" {longest}.0", "mark": mark_of(longest, 1), "decision": "defer"}
    wish = filled_row({**asked, "until": " 2027-01-31 00:00:00 "})
    assert (wish.candidate_id, wish.until) == (longest, datetime(2027, 1, 31, tzinfo=UTC))
    with pytest.raises(BadRow, match="`id` is not a number"):
        filled_row({**asked, "id": str(10**15)})


def test_a_row_as_it_was_asks_for_nothing() -> None:
    """A row that nobody filled in comes to no verdict."""
    assert verdict_of(filled_row(ROW), FACTS, "ana") is None


@given(st.sampled_from(FIELDS), st.sampled_from(["  ", "\u00a0", "\n"]))
def test_blanks_are_no_corrections(field: str, blank: str) -> None:
    """What a spreadsheet does to blanks changes no field."""
    shown = {**ROW, field: f"{blank}{ROW[field].replace(' ', blank)}{blank}", "decision": " Accept "}
    verdict = verdict_of(filled_row(shown), FACTS, "ana")
    assert verdict is not None
    assert (verdict.judgement, verdict.edits) == (Judgement.ACCEPT, {})


def test_a_changed_field_is_a_correction() -> None:
    """Only what was changed is corrected; an emptied cell empties the field."""
    verdict = verdict_of(filled_row({**ROW, "decision": "accept", "status": "completed", "lenders": ""}), FACTS, "ana")
    assert verdict is not None
    assert verdict.edits == {"status": "completed", "lenders": ""}
    later = verdict_of(filled_row({**ROW, "decision": "accept", "status": "suspended"}), FACTS, "ana")
    assert later is not None
    assert later.edits == {"status": "suspended"}


def test_the_same_row_has_the_same_token() -> None:
    """Reading a row twice is one request; another wish is another one."""
    filled = {**ROW, "decision": "reject", "reason": "vague"}
    assert token_of(filled_row(filled)) == token_of(filled_row(dict(filled)))
    assert len(token_of(filled_row(filled))) == len("sheet:") + 40
    assert token_of(filled_row(filled)) != token_of(filled_row({**filled, "reason": "misread"}))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"id": "x"}, "`id` is not a number"),
        ({"id": "2"}, "cells were moved"),
        ({"version": "²"}, "`version` is not a number"),
        ({"mark": ""}, "cells were moved"),
        ({"mark": "zzz"}, "cells were moved"),
        ({"decision": "perhaps"}, "not one of accept"),
        ({"decision": "undo"}, "not one of accept"),
        ({"decision": "defer", "until": "next week"}, "not a day such as"),
    ],
)
def test_what_cannot_be_read_is_reported(cells: dict[str, str], said: str) -> None:
    """A cell that does not fit is named with its column."""
    with pytest.raises(BadRow, match=said):
        filled_row({**ROW, **cells})


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"decision": "duplicate", "of": "eleven"}, "`of` is not a number"),
        ({"decision": "reject", "of": "12"}, "only a duplicate or an accepted update"),
        ({"decision": "accept", "of": "planet:12"}, "names nothing"),
    ],
)
def test_of_says_what_or_is_refused(cells: dict[str, str], said: str) -> None:
    """A direction that fits no decision is told."""
    with pytest.raises(BadRow, match=said):
        verdict_of(filled_row({**ROW, **cells}), FACTS, "ana")


def test_an_update_may_be_sent_elsewhere() -> None:
    """What is accepted goes where `of` says: a record, a candidate, or nowhere but its own."""

    def directed(of: str, decision: str = "accept") -> Verdict:
        found = verdict_of(filled_row({**ROW, "decision": decision, "of": of}), FACTS, "ana")
        assert found is not None
        return found

    assert str(directed("off-2026-000001").into) == "project:off-2026-000001"
    assert str(directed("candidate:12").into) == "candidate:12"
    assert directed("New").alone
    assert directed("candidate:12", "duplicate").duplicate_of == 12


@pytest.mark.parametrize("cells", [{"status": "completed"}, {"reason": "vague"}, {"until": "2027-01-31"}, {"of": "12"}])
def test_filled_in_without_a_decision_is_reported(cells: dict[str, str]) -> None:
    """Nothing that a person wrote is passed over."""
    with pytest.raises(BadRow, match="`decision` is empty"):
        verdict_of(filled_row({**ROW, **cells}), FACTS, "ana")


def test_what_was_filled_in_is_named() -> None:
    """The fields that were changed, or the row where none was."""
    with pytest.raises(BadRow, match=r"^status, places was filled in, but `decision` is empty: accept, reject, defer"):
        verdict_of(filled_row({**ROW, "status": "completed", "places": "Konza"}), FACTS, "ana")
    with pytest.raises(BadRow, match=r"^the row was filled in"):
        verdict_of(filled_row({**ROW, "reason": "vague"}), FACTS, "ana")


def test_a_row_may_lack_what_nobody_filled_in() -> None:
    """Columns that were deleted ask for nothing, and a field that is not there is none that was emptied."""
    bare = {name: ROW[name] for name in ("id", "version", "mark")}
    assert verdict_of(filled_row(bare), FACTS, "ana") is None
    verdict = verdict_of(filled_row({**bare, "decision": "REJECT ", "reason": " vague "}), FACTS, "ana")
    assert verdict is not None
    assert (verdict.judgement, verdict.reason, verdict.edits) == (Judgement.REJECT, "vague", {})
    for missing in bare:
        with pytest.raises(BadRow):
            filled_row({name: text for name, text in bare.items() if name != missing})


def test_a_row_tells_quotes_and_outlets_once() -> None:
    """With the outlet of the article that a quote is from, where the story still has it; blanks count once."""
    articles = (story_article_of(1), replace(story_article_of(2), outlet=story_article_of(1).outlet))
    proof = Evidence(FieldName.STATUS, "signed", 1, 0, 9, "signed\n  a deal")
    told = (proof, replace(proof, start=4), replace(proof, article_id=9))
    row = row_of(frozen_candidate(articles=articles, evidence=told, score=0.925, version=3), FACTS)
    outlet = articles[0].outlet
    assert row["quotes"] == f"status: signed — “signed a deal” ({outlet})\nstatus: signed — “signed a deal”"
    assert (row["outlets"], row["score"], row["version"], row["link 3"]) == (outlet, "0.93", "3", "")


def test_numbers_and_days_as_a_spreadsheet_gives_them() -> None:
    """A number may have become a float and a day a time."""
    row = {
        **ROW,
        "id": "7.0",
        "version": "3",
        "mark": mark_of(7, 3),
        "decision": "defer",
        "until": "2027-01-31 00:00:00",
    }
    wish = filled_row(row)
    assert (wish.candidate_id, wish.seen, wish.judgement) == (7, 3, Judgement.DEFER)
    assert wish.until is not None
    assert wish.until.isoformat() == "2027-01-31T00:00:00+00:00"
