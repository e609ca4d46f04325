"""Rules for all records together. Pure."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from io import BytesIO
from math import log10
from statistics import median

from offing.model.projects.finding import Finding, ReleaseLimits, ReleaseRule, ReleaseRules, Severity
from offing.model.projects.release import Release, Statistics

NORMAL = 1.4826  # the standard deviation of a normal distribution in units of its median absolute deviation
_LEAST_SPREAD = 0.1  # of logarithms: among sums that are all alike, a quarter more is no outlier
_Group = tuple[str, str]


@dataclass(frozen=True)
class _Peerage:
    """The sums with which one is compared: of what, and their logarithms."""

    where: str
    logs: Sequence[float]

    @cached_property
    def middle(self) -> float:
        """Their median."""
        return median(self.logs)

    @cached_property
    def spread(self) -> float:
        """How far they lie around it, in units of a standard deviation."""
        return max(NORMAL * median(abs(each - self.middle) for each in self.logs), _LEAST_SPREAD)


@dataclass(slots=True)
class Peers:
    """The sums of all records by sector and country, as logarithms of US dollars: eight bytes a sum, and an id.

    A sum of a sector or country with too few others is compared with its sector, or not at all.
    """

    logs: dict[_Group, array[float]] = field(default_factory=lambda: defaultdict(lambda: array("d")))
    ids: dict[_Group, bytearray] = field(default_factory=lambda: defaultdict(bytearray))

    def add(self, project_id: str, sector: str, countries: Sequence[str], worth: Decimal) -> None:
        """Take in a sum; of a project in several countries it counts with those alone."""
        group = (sector, ";".join(sorted(countries)))
        self.logs[group].append(log10(worth))
        self.ids[group] += f"{project_id}\n".encode()

    def outliers(self, rules: ReleaseRules) -> Iterator[Finding]:
        """Yield the sums that are far from the median of their peers."""
        severity, limits = rules.severities[ReleaseRule.OUTLYING_SUM], rules.limits
        if severity is Severity.OFF:
            return
        sectors: dict[str, array[float]] = defaultdict(lambda: array("d"))
        for (sector, _), logs in self.logs.items():
            sectors[sector].extend(logs)
        whole = {sector: _Peerage(sector, logs) for sector, logs in sectors.items()}
        for group, logs in sorted(self.logs.items()):
            alone = len(logs) >= limits.peers
            peers = _Peerage(f"{group[0]} in {group[1].replace(';', ', ')}", logs) if alone else whole[group[0]]
            if len(peers.logs) >= limits.peers:
                yield from self._far(group, peers, (severity, limits))

    def _far(self, group: _Group, peers: _Peerage, rule: tuple[Severity, ReleaseLimits]) -> Iterator[Finding]:
        for line, own in zip(BytesIO(self.ids[group]), self.logs[group], strict=True):
            project_id, away = line.decode().rstrip("\n"), abs(own - peers.middle) / peers.spread
            if away > rule[1].deviations:
                problem = (
                    f"about {_usd(own)}, where the median of {len(peers.logs)} sums of {peers.where} is "
                    f"{_usd(peers.middle)}: {away:.1f} robust deviations away"
                )
                remedy = f"compare it with its quote: offing projects show {project_id} --full"
                yield Finding(ReleaseRule.OUTLYING_SUM, rule[0], project_id, "amounts", _usd(own), problem, remedy)


def is_empty(rules: ReleaseRules, records: int) -> Iterator[Finding]:
    """Yield a finding if there is no record to publish."""
    severity = rules.severities[ReleaseRule.EMPTY_RELEASE]
    if not records and severity is not Severity.OFF:
        remedy = "promote what was accepted: offing promote"
        yield Finding(ReleaseRule.EMPTY_RELEASE, severity, "", "", "", "there is no project to publish", remedy)


def of_double(rules: ReleaseRules, one: str, other: str, score: float) -> Iterator[Finding]:
    """Yield a finding on two records that matching takes for one."""
    severity = rules.severities[ReleaseRule.DOUBLE]
    if severity is not Severity.OFF:
        problem = f"matching takes it for the same project as {other} (score {score:.2f})"
        remedy = f"offing projects merge {one} {other}; or say that they differ: offing projects match --help"
        yield Finding(ReleaseRule.DOUBLE, severity, one, "id", other, problem, remedy)


def against_last(
    rules: ReleaseRules, last: Release | None, now: Statistics, retired: Mapping[str, int]
) -> Iterator[Finding]:
    """Yield tables that lost rows, and columns that are emptier, against the last release.

    `retired` counts by table the rows that the last release had of projects merged or withdrawn since: they are listed
    in `retired.csv`, each with its reason, and no loss.
    """
    if last is None:
        return
    for table, before in last.statistics.items():
        after = now.get(table)
        if after is None or table == "retired" or before.rows < rules.limits.least_rows:
            continue
        yield from _fewer(rules, table, (before.rows, retired.get(table, 0), after.rows), last.version)
        for column, count in before.filled.items():
            shares = count / before.rows, after.filled.get(column, 0) / after.rows if after.rows else 0.0
            if column in after.filled:
                yield from _emptier(rules, f"{table}.{column}", shares, last.version)


def _fewer(rules: ReleaseRules, table: str, rows: tuple[int, int, int], version: str) -> Iterator[Finding]:
    severity, (before, retired, after) = rules.severities[ReleaseRule.FEWER_ROWS], rows
    if severity is not Severity.OFF and after < (before - retired) * (1 - rules.limits.fewer_rows):
        gone = f", {retired:,} of them of projects merged or withdrawn since" if retired else ""
        problem = f"{table}.csv has {after:,} rows; in release {version} it had {before:,}{gone}"
        remedy = "see which rules or corrections took them out: offing projects history ID; or sign it off"
        yield Finding(ReleaseRule.FEWER_ROWS, severity, "", table, f"{before} -> {after}", problem, remedy)


def _emptier(rules: ReleaseRules, column: str, shares: tuple[float, float], version: str) -> Iterator[Finding]:
    severity = rules.severities[ReleaseRule.FILL_RATE]
    if severity is not Severity.OFF and shares[0] - shares[1] > rules.limits.fill_drop:
        problem = f"{column} is filled in {shares[1]:.0%} of rows; in release {version} it was {shares[0]:.0%}"
        value = f"{shares[0]:.2f} -> {shares[1]:.2f}"
        remedy = "look for what no longer fills it; sign it off where that is right"
        yield Finding(ReleaseRule.FILL_RATE, severity, "", column, value, problem, remedy)


def _usd(log: float) -> str:
    """A sum of dollars with three significant digits: rates of another day hardly change it."""
    return f"USD {Decimal(f'{10**log:.2e}'):,.0f}"
