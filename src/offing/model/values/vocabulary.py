"""The closed lists of the domain. Their values are stored, shown and published unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verb(StrEnum):
    """The eight stages, in the order in which they move an item."""

    POLL = "poll"
    FETCH = "fetch"
    EXTRACT = "extract"
    RECOGNIZE = "recognize"
    PROPOSE = "propose"
    REVIEW = "review"
    PROMOTE = "promote"
    PUBLISH = "publish"


MACHINE_VERBS = (Verb.POLL, Verb.FETCH, Verb.EXTRACT, Verb.RECOGNIZE, Verb.PROPOSE)


class Sector(StrEnum):
    """What a project is about; the first ten are digital governance in the wide sense."""

    E_GOVERNMENT = "e-government"
    DATA_CENTRE_CLOUD = "data-centre-cloud"
    SMART_CITY = "smart-city"
    PUBLIC_SECURITY = "public-security-surveillance"
    DIGITAL_IDENTITY = "digital-identity"
    TELECOM = "telecom-connectivity"
    DIGITAL_HEALTH = "digital-health"
    DIGITAL_EDUCATION = "digital-education"
    REMOTE_SENSING = "remote-sensing-space"
    DIGITAL_FINANCE = "digital-finance-customs-tax"
    ENERGY = "energy"
    TRANSPORT = "transport"
    WATER = "water"
    BUILDINGS = "buildings"
    INDUSTRY_MINING = "industry-mining"
    AGRICULTURE = "agriculture"
    OTHER = "other"


class Status(StrEnum):
    """The project's state in the world, in the order of a life line."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    APPROVED = "approved"
    SIGNED = "signed"
    UNDER_CONSTRUCTION = "under-construction"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class EventKind(StrEnum):
    """What a point of a project's life line tells; all but the first say nothing of its status."""

    STATUS = "status"
    INCIDENT = "incident"  # it failed, broke down, was breached
    PROVIDER_REPLACED = "provider-replaced"  # another firm took over
    EXPANSION = "expansion"  # it grew beyond what was agreed
    HANDOVER = "handover"  # it was given over to its owner
    AUDIT = "audit"  # an auditor, parliament or inspectorate found something
    COURT = "court"  # a court ruled, or a case was brought
    CHANGE = "change"  # parties, sums or sizes that changed


class RecordType(StrEnum):
    """What kind of undertaking a record describes."""

    PROJECT = "project"
    FRAMEWORK_AGREEMENT = "framework-agreement"
    TRAINING_COOPERATION = "training-cooperation"


class Role(StrEnum):
    """What a Chinese firm does in a project."""

    CONTRACTOR = "contractor"
    SUPPLIER = "supplier"
    OPERATOR = "operator"
    INVESTOR = "investor"
    PARTNER = "partner"
    CONSULTANT = "consultant"


class AmountKind(StrEnum):
    """What a sum of money is."""

    LOAN = "loan"
    GRANT = "grant"
    CONTRACT = "contract"
    INVESTMENT = "investment"
    CREDIT = "credit"
    TOTAL_COST = "total-cost"
    UNSPECIFIED = "unspecified"


class LoanTermKind(StrEnum):
    """What a term of a loan is."""

    INTEREST = "interest"
    MATURITY = "maturity"
    GRACE = "grace"


class Mode(StrEnum):
    """How a project comes about."""

    CONTRACT = "contract"
    LOAN = "loan"
    GRANT = "grant"
    DONATION = "donation"
    LICENCE = "licence"
    SALE = "sale"
    INVESTMENT = "investment"
    TRAINING = "training"
    RESEARCH_COOPERATION = "research-cooperation"
    UNSPECIFIED = "unspecified"


class Concern(StrEnum):
    """A worry that an article states about a project."""

    CYBER_SECURITY = "cyber-security"
    SURVEILLANCE_RIGHTS = "surveillance-rights"
    DATA_SOVEREIGNTY = "data-sovereignty"
    PROCUREMENT = "procurement"
    DEBT_FINANCE = "debt-finance"
    FAILURE = "failure"
    MILITARY_DUAL_USE = "military-dual-use"
    INFLUENCE = "influence"


class Speaker(StrEnum):
    """Who says what a quote states."""

    HOST_OFFICIAL = "host-official"
    CHINESE_OFFICIAL = "chinese-official"
    COMPANY = "company"
    STATE_MEDIA = "state-media"
    MEDIA = "media"
    NGO = "ngo"
    UNNAMED = "unnamed"


_SIDES = {
    "the host side": frozenset({Speaker.HOST_OFFICIAL}),
    "the Chinese side": frozenset({Speaker.CHINESE_OFFICIAL, Speaker.STATE_MEDIA}),
}


def unheard(speakers: Iterable[Speaker | None]) -> str:
    """Return which side none of some speakers is of, as a sentence; empty where both sides have their say."""
    heard = set(speakers)
    lacks = [name for name, side in _SIDES.items() if not heard & side]
    return f"no official of {' and of '.join(lacks)} is quoted" if lacks else ""


class SourceKind(StrEnum):
    """The kind of publisher behind a feed."""

    OFFICIAL_HOST = "official-host"
    OFFICIAL_CHINA = "official-china"
    COMPANY = "company"
    MEDIA = "media"
    STATE_MEDIA = "state-media"
    NGO = "ngo"
    ACADEMIC = "academic"
