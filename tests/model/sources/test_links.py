"""Rules of a watched page: what a person may write, and what is refused with a sentence."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.sources.links import DatePlace, DateRule, date_pattern, date_rule, link_rule, selector_path


def test_a_rule_without_words_is_the_usual_one() -> None:
    """No selector and no rule of dates: the page is read by the usual rules."""
    rule = link_rule(" ", "", "Africa/Nairobi")
    assert (rule.links, rule.path, rule.dates, rule.zone) == ("", "", DateRule(), "Africa/Nairobi")


@pytest.mark.parametrize(
    ("written", "place", "has_pattern"),
    [
        ("url", DatePlace.ADDRESS, False),
        (" url as /YYYY/MM/DD/", DatePlace.ADDRESS, True),
        ("span.date", DatePlace.BESIDE, False),
        ("video a", DatePlace.BESIDE, False),
        ("td:nth-child(1) as DD.MM.YY", DatePlace.BESIDE, True),
    ],
)
def test_dates_are_in_the_address_or_beside_the_link(written: str, place: DatePlace, has_pattern: bool) -> None:
    """`WHERE` or `WHERE as PATTERN`."""
    rule = date_rule(written)
    assert (rule.place, bool(rule.path), bool(rule.pattern)) == (place, place is DatePlace.BESIDE, has_pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("DD/MM/YYYY", "le 5/03/2026 à Dakar", ("2026", "03", "5")),
        ("MM/DD/YYYY", "03/05/2026", ("2026", "03", "05")),
        ("tYYYYMMDD_", "/202603/t20260305_99.html", ("2026", "03", "05")),
        ("tYYYYMMDD", "/20260305/", None),
        ("YYYYMMDD", "/2026315/", None),
        ("MMDD-YYYY", "/315-2026/", None),
        ("DD/MM/YYYY", "115/03/2026", None),
        ("DD/MM/YYYY", "15/03/20267", None),
        ("DD.MM.YYYY", "05x03x2026", None),
        ("DD/MM/YYYY", "٠٥/٠٣/2026", ("2026", "٠٣", "٠٥")),
    ],
)
def test_a_pattern_finds_its_date(pattern: str, text: str, found: tuple[str, str, str] | None) -> None:
    """What is no place of the date stands for itself; a longer number is no date."""
    match = date_pattern(pattern).search(text)
    assert (match and match.group("year", "month", "day")) == found


@pytest.mark.parametrize(
    ("links", "dates", "message"),
    [
        ("a[", "", "not a CSS selector"),
        ("a::before", "", "not a CSS selector"),
        ("//a", "", "not a CSS selector"),
        ("a" * 501, "", "longer than 500"),
        ("", "a[", "not a CSS selector"),
        ("", "url as", "write WHERE, or WHERE as PATTERN"),
        ("", "as DD/MM/YYYY", "write WHERE, or WHERE as PATTERN"),
        ("", "url as /YYYY/MM/", "needs YYYY"),
        ("", "url as DD/DD/MM/YYYY", "needs YYYY"),
        ("", "url as YYYYMMDD" + "x" * 500, "longer than 500"),
    ],
)
def test_what_cannot_be_used_is_refused(links: str, dates: str, message: str) -> None:
    """The sentence says what is wrong."""
    with pytest.raises(ValueError, match=message):
        link_rule(links, dates)


def test_a_rule_is_split_once_and_may_be_as_long_as_said() -> None:
    """What stands behind the first `as` is the pattern; 500 characters are taken, one more is refused."""
    assert date_rule("url as YYYY as MM-DD").pattern == date_pattern("YYYY as MM-DD")
    filled = "YYYYMMDD" + "x" * 492
    assert date_pattern(filled)
    assert selector_path("a" * 500)
    for too_long in (filled + "x", filled + "xx"):
        with pytest.raises(ValueError, match="not a pattern of dates"):
            date_pattern(too_long)
    with pytest.raises(ValueError, match="longer than 500"):
        selector_path("a" * 502)
    rule = f"url as {filled[:493]}"
    assert date_rule(rule).pattern
    for too_long in (rule + "x", rule + "xx"):
        with pytest.raises(ValueError, match="the rule of dates is longer than 500"):
            date_rule(too_long)


@given(st.text(max_size=80))
def test_any_words_are_a_rule_or_refused(text: str) -> None:
    """Nothing that a person writes raises anything else."""
    for read in (selector_path, date_rule, lambda words: date_pattern(f"YYYY{words}MM{words}DD")):
        with suppress(ValueError):
            assert read(text)


@given(
    st.lists(st.sampled_from(["YYYY", "MM", "DD", "(a+)+", "*", "\\d", "1"]), max_size=12),
    st.text("a1*(+", max_size=300),
)
def test_no_pattern_runs_away(parts: list[str], text: str) -> None:
    """What would be dangerous in a regular expression stands for itself."""
    try:
        pattern = date_pattern("".join(parts))
    except ValueError:
        return
    assert pattern.search(text * 20) is None or re.search(r"\d", text)
