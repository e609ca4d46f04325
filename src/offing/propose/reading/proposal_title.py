"""A one-line English title, built from the facts of a proposal."""

from __future__ import annotations

from decimal import Decimal

from offing.model.projects.project import Amount, ProjectFacts
from offing.model.values import iso
from offing.model.values.vocabulary import AmountKind, Sector

_SECTORS = {
    Sector.E_GOVERNMENT: "e-government",
    Sector.DATA_CENTRE_CLOUD: "data centre, cloud",
    Sector.PUBLIC_SECURITY: "public security, surveillance",
    Sector.TELECOM: "telecommunications",
    Sector.REMOTE_SENSING: "remote sensing, space",
    Sector.DIGITAL_FINANCE: "digital finance, customs, tax",
    Sector.INDUSTRY_MINING: "industry, mining",
}
_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
_SHORT_NAMES = {"COD": "DR Congo", "KOR": "South Korea", "LAO": "Laos", "TZA": "Tanzania", "BOL": "Bolivia"}
_ARROW = " → "
_MOST = 2  # names of one kind in a title


def proposal_title(facts: ProjectFacts) -> str:
    """A title such as "Huawei → Burkina Faso: smart city; EUR 85 m loan, Export-Import Bank of China; signed"."""
    who = _listed(tuple(firm.name for firm in facts.firms)) or _listed(tuple(x.name for x in facts.lenders)) or "China"
    where = " and ".join(country_name(code) for code in facts.countries) or "country unknown"
    money = [_sum(facts.amounts[0])] if facts.amounts else []
    lenders = [_listed(tuple(lender.name for lender in facts.lenders))] if facts.firms and facts.lenders else []
    parts = [
        _SECTORS.get(facts.sector, facts.sector.value.replace("-", " ")) if facts.sector else "project",
        ", ".join(money + lenders),
        facts.status.value.replace("-", " ") if facts.status else "",
    ]
    return f"{who}{_ARROW}{where}: {'; '.join(part for part in parts if part)}"


def is_proposal_title(title: str) -> bool:
    """Whether a title was built by `proposal_title`, rather than given by a person or another base."""
    return _ARROW in title


def country_name(code: str) -> str:
    """The short English name of a country, or the code itself if unknown."""
    found = iso.country_by_alpha3(code)
    return _SHORT_NAMES.get(code) or (found.short_name if found else code)


def _listed(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _sum(amount: Amount) -> str:
    for scale, unit in _SCALES:
        if amount.value >= scale:
            value = f"{(amount.value / scale).quantize(Decimal('0.1')).normalize():f} {unit}"
            break
    else:
        value = f"{amount.value:f}"
    kind = "" if amount.kind is AmountKind.UNSPECIFIED else f" {amount.kind.value.replace('-', ' ')}"
    return f"{amount.currency} {value}{kind}"
