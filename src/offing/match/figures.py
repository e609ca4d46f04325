"""Sums and sizes of two accounts, and whether one is an umbrella over the other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from math import log10

from offing.match.compare import FAR, least_gap
from offing.match.words import fold
from offing.model.matching import Account, Sum

Features = dict[str, float]

_SAME, NEAR = 0.015, 0.06  # relative differences of sums
_FEW, _FEW_WORTH = 10, 0.3  # two towers, four stations: many projects have as many
_UNITS = {"kw": ("mw", 0.001), "gw": ("mw", 1_000.0), "m": ("km", 0.001)}
_OF_LOANS = frozenset({"percent", "years", "%"})
_LEAD = 300  # characters in which an umbrella calls itself one
_UMBRELLA = re.compile(
    r"\b(?:umbrella|framework|general loan|master)\s(?:\w+\s)?(?:agreement|loan|credit)\b"
    r"|\b(?:credit line|line of credit)\b"
    r"|accord.cadre|ligne de credit|acuerdo marco|linea de credito|acordo.quadro|linha de credito"
    r"|(?:рамочн|генеральн|общ)\w+ (?:кредитн\w+ )?соглашен|кредитн\w+ лини|(?:总|框架)协议|信贷额度|اتفاقي\w+ اطاري"
)

_CREDIT = re.compile(
    r"general loan|(?:umbrella|framework|master) (?:loan|credit)|credit line|line of credit|ligne de credit"
    r"|linea de credito|linha de credito|кредитн\w+ (?:соглашен|лини)|贷款总协议|信贷额度"
)
_SEVERAL = re.compile(
    r"\b(?:projects|programmes|programs|works|projets|programmes|proyectos|obras|projetos|projectos)\b"
    r"|проект(?:ы|ов|ам|ами|ах)\b|(?:多个|若干|一批|系列|等)[^。，]{0,8}项目|مشاريع|مشروعات"
    r"|\b(?:hospitals|schools|bridges|roads|dams|hopitaux|ecoles|ponts|routes|barrages|hospitales|escuelas|puentes"
    r"|carreteras|presas|hospitais|escolas|pontes|estradas|barragens)\b|(?:больниц|школ|мостов|дорог|плотин)\b"
    r"|[家所座条][^。，]{0,4}(?:医院|学校|桥|公路|水坝)|مستشفيات|مدارس|جسور|طرقات|سدود"
)
_NO_KIND = ("", "unspecified")
_WORLDS_APART = 20


def compare_sums(one: Account, other: Account) -> Features:
    """How the sums of two accounts agree; one of many digits tells more."""
    pairs = [(gap, _digits(a)) for a, b in product(one.sums, other.sums) if (gap := least_gap([a], [b])) is not None]
    if not pairs:
        return {}
    return {
        "sum": max((worth for gap, worth in pairs if gap <= _SAME), default=0.0),
        "sum-near": max((worth for gap, worth in pairs if _SAME < gap <= NEAR), default=0.0),
        "other-sum": float(_contradict(one.sums, other.sums) and min(gap for gap, _ in pairs) > NEAR),
    }


def _contradict(ours: Iterable[Sum], theirs: Iterable[Sum]) -> bool:
    """Whether both tell a sum of one kind, and they are far apart."""
    alike = ((a, b) for a, b in product(ours, theirs) if a.kind == b.kind and a.kind not in _NO_KIND)
    return any((gap := least_gap([a], [b])) is not None and gap > FAR for a, b in alike)


def _digits(told: Sum) -> float:
    """What a sum is worth by its digits: a hundred millions are told of many projects, 88.6 millions of one."""
    return _by_digits(told.value)


def _by_digits(value: float) -> float:
    digits = len(f"{value:.6g}".replace(".", "").split("e")[0].strip("0"))
    return {1: 0.5, 2: 0.8}.get(digits, 1.0)


def compare_sizes(one: Account, other: Account) -> Features:
    """How the sizes of two accounts agree."""
    ours, theirs = sizes_of(one), sizes_of(other)
    shared = shared_sizes(one, other)
    return {
        "quantity": max((_by_digits(value) if value >= _FEW else _FEW_WORTH for value, _ in shared), default=0.0),
        "other-quantity": float(bool(ours.keys() & theirs.keys()) and not shared),
    }


def shared_sizes(one: Account, other: Account) -> list[tuple[float, str]]:
    """The sizes that both tell, in one unit for each kind."""
    ours, theirs = sizes_of(one), sizes_of(other)
    return sorted((value, unit) for unit in ours.keys() & theirs.keys() for value in ours[unit] & theirs[unit])


def sizes_of(account: Account) -> dict[str, set[float]]:
    """The sizes of an account by unit, kinds of one unit made one; terms of loans are none."""
    found: dict[str, set[float]] = {}
    for value, unit in account.quantities:
        plain, factor = _UNITS.get(unit.lower(), (unit.lower(), 1.0))
        if plain not in _OF_LOANS and value:
            found.setdefault(plain, set()).add(round(value * factor, 2 - int(log10(abs(value * factor)) // 1)))
    return found


def sums_worlds_apart(one: Account, other: Account) -> bool:
    """Whether both tell what they cost, and the nearest of these sums are twenty times apart.

    A sum of no told kind may be a fine or the price of a part; it speaks neither way.
    """
    ours, theirs = ([each for each in account.sums if each.kind not in _NO_KIND] for account in (one, other))
    ratios = [ratio for a, b in product(ours, theirs) if (ratio := _ratio(a, b)) is not None]
    return bool(ratios) and min(ratios) >= _WORLDS_APART


def _ratio(one: Sum, other: Sum) -> float | None:
    """How many times the larger of two sums is the smaller; None where they cannot be compared."""
    if one.dollars and other.dollars:
        pair = (one.dollars, other.dollars)
    elif one.currency == other.currency:
        pair = (one.value, other.value)
    else:
        return None
    return max(pair) / min(pair) if min(pair) > 0 else None


def is_part(whole: Account, part: Account, *, names_it: bool) -> bool:
    """Whether one is an umbrella (a framework, a credit line) and the other something under it.

    An umbrella calls itself a general loan or credit line, or an agreement that names several works or the other: a
    memorandum of a firm is none over whatever else that firm does in the country. The other then tells a sum that is no
    half of the umbrella's, or the umbrella's title calls it one and no sum agrees. A framework agreement on one
    project, told again with its sum, is that project.

    Args:
        whole: what may be an umbrella.
        part: what may stand under it.
        names_it: whether they share a name of their own.
    """
    over_all = names_it or _names_several(whole) or bool(_CREDIT.search(_folded(whole.title)))
    if not (_is_umbrella(whole) and over_all) or _is_umbrella(part):
        return False
    gap = least_gap(whole.sums, part.sums)
    if gap is None:
        return bool(_UMBRELLA.search(_folded(whole.title)))
    wholes = [each.dollars for each in whole.sums if each.dollars]
    parts = [each.dollars for each in part.sums if each.dollars]
    return bool(wholes and parts) and min(parts) < max(wholes) / 2


def _is_umbrella(account: Account) -> bool:
    return bool(_UMBRELLA.search(_folded(account.text[:_LEAD])))


def _names_several(account: Account) -> bool:
    return bool(_SEVERAL.search(_folded(account.text[:_LEAD])))


@lru_cache(maxsize=4_096)
def _folded(lead: str) -> str:
    """A beginning, folded once though it is compared with many."""
    return fold(lead)
