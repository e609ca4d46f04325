"""The name of a project and a paragraph on it, composed from its facts: the same facts give the same words. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from offing.model.projects.project import Amount, Firm, ProjectFacts, grouped
from offing.model.values import iso
from offing.model.values.vocabulary import RecordType, Role, Sector
from offing.publish.published import PublishedProject

_TITLE, _MOST_COUNTRIES = "title", 3
_SECTOR = {
    Sector.E_GOVERNMENT: "E-government",
    Sector.DATA_CENTRE_CLOUD: "Data centre and cloud",
    Sector.SMART_CITY: "Smart city",
    Sector.PUBLIC_SECURITY: "Public security and surveillance",
    Sector.DIGITAL_IDENTITY: "Digital identity",
    Sector.TELECOM: "Telecommunications",
    Sector.DIGITAL_HEALTH: "Digital health",
    Sector.DIGITAL_EDUCATION: "Digital education",
    Sector.REMOTE_SENSING: "Remote sensing and space",
    Sector.DIGITAL_FINANCE: "Digital finance, customs and tax",
    Sector.ENERGY: "Energy",
    Sector.TRANSPORT: "Transport",
    Sector.WATER: "Water",
    Sector.BUILDINGS: "Building",
    Sector.INDUSTRY_MINING: "Industry and mining",
    Sector.AGRICULTURE: "Agriculture",
}
_KIND = {
    RecordType.FRAMEWORK_AGREEMENT: "framework agreement",
    RecordType.TRAINING_COOPERATION: "training and cooperation",
}


def name_of(project: PublishedProject) -> str:
    """Return a name in words of ours: "Smart city project, Nakuru, Kenya (Huawei)"; the title where a person set it.

    A headline is the words of one outlet on one day; this names what the project is, where, and with whom.
    """
    facts = project.record.facts
    if any(each.field == _TITLE for each in project.record.by_hand):
        return facts.title
    parties = [*(firm.name for firm in facts.firms), *(lender.name for lender in facts.lenders)]
    who = f" ({parties[0]})" if parties else ""
    return ", ".join([_what(facts), *facts.places[:1], *_where(facts)]) + who


def description_of(project: PublishedProject) -> str:
    """Return what a record says, in sentences."""
    return " ".join(f"{each}." for each in _sentences(project))


def _what(facts: ProjectFacts) -> str:
    kind = _KIND.get(facts.record_type, "project") if facts.record_type else "project"
    sector = _SECTOR.get(facts.sector, "") if facts.sector else ""
    return f"{sector} {kind}" if sector else kind.capitalize()


def _where(facts: ProjectFacts) -> list[str]:
    names = [_country(code) for code in sorted(facts.countries)]
    if len(names) > _MOST_COUNTRIES:
        return [f"{len(names)} countries"]
    return [" and ".join(names)] if names else []


def _country(code: str) -> str:
    found = iso.country_by_alpha3(code)
    return found.short_name if found else code


def _sentences(project: PublishedProject) -> Iterator[str]:
    facts = project.record.facts
    where = ", ".join((*facts.places, *map(_country, sorted(facts.countries))))
    yield f"{_what(facts)} in {where}" if where else _what(facts)
    yield from _listed("Chinese firms", map(_firm, facts.firms))
    yield from _listed("Lenders", (each.name for each in facts.lenders))
    yield from _listed("Host side", facts.counterparts)
    yield from _listed("Sums", map(_sum, facts.amounts))
    yield from _listed("Loan terms", (each.written for each in facts.terms))
    yield from _listed("Size", (grouped(each.written) for each in facts.quantities))
    if facts.status:
        since = f" ({facts.event_date.value})" if facts.event_date else ""
        yield f"Status: {_words(facts.status)}{since}"
    yield from _listed("Concerns that sources state", dict.fromkeys(_words(each.kind) for each in facts.concerns))
    yield from _reported(project)


def _listed(name: str, values: Iterable[str]) -> Iterator[str]:
    if text := "; ".join(values):
        yield f"{name}: {text}"


def _firm(firm: Firm) -> str:
    return firm.name if firm.role is Role.PARTNER else f"{firm.name} ({_words(firm.role)})"


def _sum(amount: Amount) -> str:
    qualifier = f"{amount.qualifier} " if amount.qualifier else ""
    return f"{qualifier}{_words(grouped(amount.written))}"


def _words(value: str) -> str:
    return value.replace("-", " ")


def _reported(project: PublishedProject) -> Iterator[str]:
    articles = len({source.url for source in project.sources})
    if not articles:
        return
    outlets = len({source.outlet for source in project.sources})
    days = project.days
    when = "" if not days else f", {days[0]}" if days[0] == days[-1] else f", {days[0]} to {days[-1]}"
    yield f"Reported by {_counted(outlets, 'outlet')} in {_counted(articles, 'article')}{when}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
