"""News: how an article and a known project agree and differ, each feature a strength from 0 to 1.

Unlike two lists of projects, news arrives item by item, in seven languages and years apart. Words and names are
therefore weighted by a fixed table (`Rarity`), so that the order of arrival cannot matter, and two accounts are
compared without rivals. `model.matching` lists the features.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import product

from offing.match.accounts.agreements import of_the_other_agreement
from offing.match.accounts.compare import Features, least_gap
from offing.match.accounts.news_profile import DISTINCTIVE, NewsProfile
from offing.match.accounts.sums_and_sizes import (
    compare_sizes,
    compare_sums,
    is_part,
    shared_sizes,
    sums_worlds_apart,
)
from offing.match.text.account_patterns import patterns_of
from offing.match.text.distinctive import share_enough
from offing.match.text.firm_names import same_firms
from offing.match.text.name_weights import SHORTEST, name_words, scaled, sound_alike, sound_similarity
from offing.match.text.vectors import Rarity, cosine
from offing.model.pairs.matching import Account
from offing.model.text.sounds import script_of, sound
from offing.model.values.sums import NEAR_IN_NEWS
from offing.model.values.vocabulary import Sector, Status

_WEEKS = timedelta(days=45)
_BUILDING = [Sector.BUILDINGS.value]
_FURTHER = 2.0  # names of full weight, besides the best one, for the maximum
_BEGINNINGS = frozenset({Status.PROPOSED, Status.AGREED, Status.APPROVED, Status.SIGNED})
_YEARS_APART = 5  # maximum between two beginnings of one project: negotiations are long
_COMMON_PARTY = 0.4  # the weight of a firm that is everywhere
_IN_TWO_SCRIPTS = 0.4  # weight of differing parties in two scripts, which may be one name


def compare_news(new: NewsProfile, known: NewsProfile, rarity: Rarity) -> Features:
    """The features of a pair, by the names of `model.matching.NEWS_FEATURES`; zeros are left out."""
    one, other = new.account, known.account
    found = {
        "project-name": float(bool(one.projects & other.projects)),
        **_shared_keys("country", one.countries, other.countries),
        **_parties("firm", one.firms, other.firms, rarity),
        **_parties("lender", one.lenders, other.lenders, rarity),
        **_names(new, known),
        "title": cosine(new.title, known.title),
        "text": cosine(new.text, known.text),
        **compare_sums(one, other),
        **compare_sizes(one, other),
        **_sectors(one.sectors, other.sectors),
        **_phases_apart(new, known),
        "other-beginning": float(_restarts(one, other) or _restarts(other, one)),
        # Later news that names the project states the cost of repairs and audits.
        "other-scale": float(not one.projects & other.projects and sums_worlds_apart(one, other)),
    }
    found["own-words"] = float(share_enough(new.own, known.own))
    found["town"] = float(any(sound_alike(a, b) for a, b in product(new.towns, known.towns)))
    found["at-once"] = found["town"] * any(abs(a - b) <= _WEEKS for a, b in product(one.days, other.days))
    named = _own_name_shared(found)
    patterns = patterns_of(rarity.common.grammar)
    parts = (is_part(*pair, patterns, names_it=named) for pair in ((one, other), (other, one)))
    found["part"] = float(any(parts))
    found["other-agreement"] = float(of_the_other_agreement(one, other, least_gap(one.sums, other.sums)))
    found["other-site"] = float(_another_site(new, known, found))
    # One firm's system may be classified under two sectors, and so may a project with equal cost and size.
    alike = bool(found.get("sum") and found.get("quantity"))
    found["other-matter"] = float(bool(found["other-sector"]) and not (named or found["firm"] or alike))
    return {name: strength for name, strength in found.items() if strength}


def _own_name_shared(found: Features) -> bool:
    """Whether both share a distinctive name of the project, within or across scripts."""
    return bool(found["project-name"]) or max(found["name"], found["sound"]) >= DISTINCTIVE


def _another_site(new: NewsProfile, known: NewsProfile, found: Features) -> bool:
    """Whether they are about two sites.

    Either their titles name different ones and a size or sum differs: the same system in another town, another river.
    Or they share neither a distinctive name nor a sum or size.
    """
    measured = any(found.get(each) for each in ("sum", "sum-near", "quantity"))
    differ = bool(found.get("other-quantity") or found.get("other-sum"))
    if differ and not (measured or found["project-name"]) and _titles_apart(new, known):
        return True
    if not found["other-place"]:
        return False
    if new.site_in_title and known.site_in_title and differ:
        return True
    return not (_own_name_shared(found) or measured)


def _titles_apart(new: NewsProfile, known: NewsProfile) -> bool:
    """Whether both titles have distinctive names, in one script, and share none."""
    if script_of(new.account.title) != script_of(known.account.title) or not (new.titled and known.titled):
        return False
    return not any(sound_alike(sound(a), sound(b)) for a, b in product(new.titled, known.titled))


def _shared_keys(name: str, one: Mapping[str, float], other: Mapping[str, float]) -> Features:
    shared = bool(one.keys() & other.keys())
    return {name: float(shared), f"other-{name}": float(bool(one and other and not shared))}


def _sectors(one: Mapping[str, float], other: Mapping[str, float]) -> Features:
    """The sector features; "buildings" alone contradicts no sector: a hospital is one, too."""
    found = _shared_keys("sector", one, other)
    return {**found, "other-sector": 0.0} if _BUILDING in ([*one], [*other]) else found


def _parties(kind: str, one: Mapping[str, float], other: Mapping[str, float], rarity: Rarity) -> Features:
    """The party features: a firm that builds everywhere weighs less than a rarely mentioned one."""
    shared = {*(one.keys() & other.keys()), *(key for pair in same_firms(one, other, rarity) for key in pair)}
    worths = [_COMMON_PARTY + (1 - _COMMON_PARTY) * scaled(rarity[f"{kind} {key}"]) for key in shared]
    differ = (1.0 if script_of(a) == script_of(b) else _IN_TWO_SCRIPTS for a, b in product(one, other))
    return {kind: max(worths, default=0.0), f"other-{kind}": 0.0 if worths else max(differ, default=0.0)}


def _names(new: NewsProfile, known: NewsProfile) -> Features:
    shared = {name: worth for name, worth in new.names.items() if name in known.names}
    best = sorted(shared.values(), reverse=True)
    alike_scripts = script_of(new.account.title) == script_of(known.account.title)
    return {
        "name": best[0] if best else 0.0,
        "names": min(sum(best[1:]) / _FURTHER, 1.0),
        "sound": sound_similarity(new.sounds, known.sounds),
        "other-name": float(not best and alike_scripts and _both_named(new, known)),
        "other-place": float(_elsewhere(new.sites, known.sites)),
        "other-town": float(_elsewhere(_place_sounds(new.account.places), _place_sounds(known.account.places))),
    }


def shared_names(new: NewsProfile, known: NewsProfile) -> frozenset[str]:
    """The distinctive names that both spell alike."""
    return frozenset(name for name, worth in new.names.items() if worth >= DISTINCTIVE and name in known.names)


def names_by_sound(new: NewsProfile, known: NewsProfile) -> frozenset[str]:
    """The names of the new one that sound like a name of the known one in another script."""
    return frozenset(
        name
        for name in new.names
        if any(script_of(name) != script and sound_alike(sound(name), of) for script, of in known.sounds)
    )


def _both_named(new: NewsProfile, known: NewsProfile) -> bool:
    """Whether both have distinctive names in a common script."""
    ours, theirs = (
        {script_of(name) for name, worth in each.names.items() if worth >= DISTINCTIVE} for each in (new, known)
    )
    return bool(ours & theirs)


def _place_sounds(places: frozenset[str]) -> frozenset[str]:
    """The sounds of places, including large towns."""
    return frozenset(of for name in name_words(places) if len(of := sound(name)) >= SHORTEST)


def _elsewhere(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both name places and no two sound alike."""
    return bool(ours and theirs) and not any(sound_alike(*pair) for pair in product(ours, theirs))


def _restarts(one: Account, other: Account) -> bool:
    """Whether one reports a project's beginning years after the other did."""
    begins = bool(one.statuses.keys() & _BEGINNINGS)
    return begins and bool(one.years and other.years) and max(one.years) - max(other.years) >= _YEARS_APART


def _phases_apart(new: NewsProfile, known: NewsProfile) -> Features:
    """Whether they are about the same phase, or about two.

    A second phase also differs from an account without a phase, unless a sum or size agrees: the first is hardly ever
    called one.
    """
    ours, theirs = new.phases, known.phases
    if ours and theirs:
        return {"phase": float(bool(ours & theirs)), "other-phase": float(not ours & theirs)}
    if not ours | theirs or min(ours | theirs) <= 1:
        return {}
    gap = least_gap(new.account.sums, known.account.sums)
    agree = (gap is not None and gap <= NEAR_IN_NEWS) or shared_sizes(new.account, known.account)
    return {"other-phase": float(not agree)}
