"""Rules for all records together."""

from dataclasses import replace
from decimal import Decimal

from factories.candidate import NOW
from offing.config.files.layers import Layers
from offing.config.sites.release import load_release
from offing.model.projects.finding import ReleaseRule, Severity
from offing.model.projects.release import Release, TableFigures
from offing.publish.checks import Peers, against_last, is_empty, of_double

RULES = load_release(Layers.of(None))


def _peers(*sums: tuple[str, str, int]) -> Peers:
    found = Peers()
    for number, (sector, country, worth) in enumerate(sums, 1):
        found.add(f"off-{number}", sector, (country,), Decimal(worth))
    return found


def test_a_sum_far_from_its_peers_is_found() -> None:
    """Among twenty sums of a sector and country of some millions, one of billions; the median is not moved by it."""
    usual = [("energy", "KEN", 1_000_000 * (2 + number % 5)) for number in range(20)]
    (found,) = _peers(*usual, ("energy", "KEN", 40_000_000_000)).outliers(RULES)
    assert (found.project_id, found.severity, found.value) == ("off-21", Severity.WARNING, "USD 40,000,000,000")
    assert "median of 21 sums of energy in KEN is USD 4,000,000" in found.problem


def test_few_peers_of_a_country_are_those_of_the_sector() -> None:
    """And too few of the sector are none at all."""
    usual = [("energy", f"C{number % 7}", 1_000_000 * (2 + number % 5)) for number in range(20)]
    found = list(_peers(*usual, ("energy", "KEN", 40_000_000_000)).outliers(RULES))
    assert [each.project_id for each in found] == ["off-21"]
    assert "sums of energy is" in found[0].problem
    assert list(_peers(*usual[:18], ("energy", "KEN", 40_000_000_000)).outliers(RULES)) == []


def test_sums_that_are_all_alike_make_no_outlier_of_a_little_more() -> None:
    """A deviation of nought would make one of every other sum."""
    assert list(_peers(*[("energy", "KEN", 5_000_000)] * 30, ("energy", "KEN", 6_500_000)).outliers(RULES)) == []


def test_an_empty_release_is_an_error() -> None:
    """No project, no release."""
    assert [each.rule for each in is_empty(RULES, 0)] == [ReleaseRule.EMPTY_RELEASE]
    assert list(is_empty(RULES, 1)) == []


def test_a_double_names_both_records() -> None:
    """With the command that merges them."""
    (found,) = of_double(RULES, "off-1", "off-2", 0.91)
    assert (found.project_id, found.value) == ("off-1", "off-2")
    assert "offing projects merge off-1 off-2" in found.remedy


def test_rows_and_cells_are_compared_with_the_last_release() -> None:
    """A table that lost many rows, a column that is much emptier; small tables and new columns are let be."""
    before = {
        "flows": TableFigures(100, {"value": 100, "qualifier": 50, "gone": 100}),
        "events": TableFigures(10, {"event_date": 10}),
        "retired": TableFigures(100, {}),
    }
    last = Release("1.0", NOW, statistics=before)
    fine = {
        "flows": TableFigures(95, {"value": 95, "qualifier": 39, "new": 0}),
        "events": TableFigures(1, {"event_date": 0}),
    }
    assert list(against_last(RULES, last, fine, {})) == []
    poor = {**fine, "flows": TableFigures(94, {"value": 94, "qualifier": 37})}
    found = list(against_last(RULES, last, poor, {}))
    assert [(each.rule, each.field) for each in found] == [
        (ReleaseRule.FEWER_ROWS, "flows"),
        (ReleaseRule.FILL_RATE, "flows.qualifier"),
    ]
    assert "94 rows; in release 1.0 it had 100" in found[0].problem
    assert ReleaseRule.FEWER_ROWS not in {each.rule for each in against_last(RULES, last, poor, {"flows": 2})}
    lost = {**fine, "flows": TableFigures(90, {"value": 90, "qualifier": 45})}
    (found_more,) = against_last(RULES, last, lost, {"flows": 5})
    assert "it had 100, 5 of them of projects merged or withdrawn since" in found_more.problem
    assert list(against_last(RULES, None, poor, {})) == []
    off = replace(RULES, severities=dict.fromkeys(ReleaseRule, Severity.OFF))
    assert list(against_last(off, last, poor, {})) == []
