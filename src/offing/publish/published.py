"""What a row of each table of a release is made from. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum

from offing.model.projects.project import Amount, Firm, HandValue, LifeEvent, LoanTerm, ProjectRecord, SizedBy
from offing.model.projects.record_change import value_of
from offing.model.projects.release import ChangeKind, PublishedSource
from offing.model.values.rate import Worth
from offing.model.values.vocabulary import Role, Speaker, Status

COMMITTED = frozenset({Status.APPROVED, Status.SIGNED, Status.UNDER_CONSTRUCTION, Status.COMPLETED})
_WAYS = ("written", "name", "kind", "value")  # by which values of several fields are called


class PartyKind(StrEnum):
    """The kind of a party of a project."""

    FIRM = "firm"
    LENDER = "lender"
    COUNTERPART = "counterpart"


@dataclass(frozen=True, slots=True)
class PublishedProject:
    """A confirmed project and the articles that report it; `speakers` are those of its quotes."""

    record: ProjectRecord
    sources: tuple[PublishedSource, ...]
    split_from: str | None = None
    speakers: frozenset[Speaker | None] = frozenset()
    parent: str | None = None

    @property
    def days(self) -> list[date]:
        """The UTC days on which its sources appeared, in order; undated sources are left out."""
        return sorted(source.published.astimezone(UTC).date() for source in self.sources if source.published)

    @property
    def status_day(self) -> date | None:
        """The latest day on which an event that nobody set aside gave the project its status."""
        record = self.record
        events = [event for event in record.life_line if event.status and event.set_aside_by is None]
        return max((event.day for event in events if event.status is record.facts.status and event.day), default=None)

    def dated(self, *statuses: Status) -> date | None:
        """The first day on which it had one of some statuses, by the events that nobody set aside."""
        events = (each for each in self.record.life_line if each.status in statuses and each.set_aside_by is None)
        return min((event.day for event in events if event.day), default=None)

    @property
    def has_chinese_side(self) -> bool:
        """Whether an official or state media of China are quoted."""
        return bool(self.speakers & {Speaker.CHINESE_OFFICIAL, Speaker.STATE_MEDIA})

    @property
    def is_counted(self) -> bool:
        """Whether its sums may be added to those of others: as people set it, else committed and no umbrella."""
        curation, status = self.record.curation, self.record.facts.status
        if curation.recommended_for_aggregates is not None:
            return curation.recommended_for_aggregates
        return status in COMMITTED and not curation.is_umbrella

    @property
    def worth_day(self) -> date | None:
        """The day at whose rates its sums are converted: of approval or signature, else of the earliest source."""
        return self.dated(Status.APPROVED, Status.SIGNED) or next(iter(self.days), None)


@dataclass(frozen=True, slots=True)
class PublishedParty:
    """A party of a project."""

    project_id: str
    kind: PartyKind
    name: str
    as_written: str | None
    role: Role | None = None
    entity_id: str | None = None
    set_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PublishedFlow:
    """A sum of money of a project."""

    project_id: str
    amount: Amount
    set_by_hand: bool = False
    worth: Worth | None = None


@dataclass(frozen=True, slots=True)
class PublishedTerm:
    """A term of a project's loan."""

    project_id: str
    term: LoanTerm
    set_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PublishedSize:
    """A quantity of a project."""

    project_id: str
    size: SizedBy
    set_by_hand: bool = False


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """An event of a project's life line."""

    project_id: str
    event: LifeEvent
    set_by_hand: bool = False

    @property
    def url(self) -> str:
        """The article that reports it; empty for a status put into the record itself: no article says so."""
        return self.event.url if self.event.is_reported else ""


@dataclass(frozen=True, slots=True)
class PublishedEnd:
    """A record that stands for no project any more; `source` is what its merge or withdrawal relies on."""

    record: ProjectRecord
    source: str = ""


@dataclass(frozen=True, slots=True)
class PublishedHand:
    """A value of a project that a person set."""

    project_id: str
    hand: HandValue

    @property
    def written(self) -> str:
        """The value as a person types it."""
        value = value_of(self.hand.field, self.hand.value)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str):  # a word of a closed list is one, too
            return str(value)
        name = next((each for each in (getattr(value, way, None) for way in _WAYS) if each), value)
        return f"{name}:{value.role}" if isinstance(value, Firm) else str(name)


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What happened to a project since the release before."""

    project_id: str
    kind: ChangeKind
    note: str
