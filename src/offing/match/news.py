"""News: how an article and what is known of a project agree and differ, each as a strength from 0 to 1.

Unlike two lists of projects, news comes one by one, in seven languages, and years apart: what a word or a name is worth
stands in a fixed table (`Rarity`), so that the order in which articles arrive cannot matter, and two accounts are
compared by themselves, without rivals. `model.matching` lists the features.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import product

from offing.match.agreements import of_the_other_agreement
from offing.match.compare import least_gap
from offing.match.figures import NEAR, Features, compare_sizes, compare_sums, is_part, shared_sizes, sums_worlds_apart
from offing.match.firm_names import same_firms
from offing.match.names import SHORTEST, heard, name_words, scaled, sound_alike
from offing.match.news_sketch import OWN, NewsSketch
from offing.match.own import tell_alike
from offing.match.vectors import Rarity, cosine
from offing.model.matching import Account
from offing.model.sounds import script_of, sound
from offing.model.vocabulary import Sector, Status

_WEEKS = timedelta(days=45)
_BUILDING = [Sector.BUILDINGS.value]
_FURTHER = 2.0  # names beside the best one that are worth as much as can be
_BEGINNINGS = frozenset({Status.PROPOSED, Status.AGREED, Status.APPROVED, Status.SIGNED})
_YEARS_APART = 5  # between two beginnings of one project at most: talks are long
_COMMON_PARTY = 0.4  # what a firm is worth that everybody has
_IN_TWO_SCRIPTS = 0.4  # what it tells that parties differ, where no list has one of them in the other's script


def compare_news(new: NewsSketch, known: NewsSketch, rarity: Rarity) -> Features:
    """The features of a pair, by the names of `model.matching.NEWS_FEATURES`; what is 0 is left out."""
    one, other = new.account, known.account
    found = {
        "project-name": float(bool(one.projects & other.projects)),
        **_told("country", one.countries, other.countries),
        **_parties("firm", one.firms, other.firms, rarity),
        **_parties("lender", one.lenders, other.lenders, rarity),
        **_names(new, known),
        **_words(new, known),
        **compare_sums(one, other),
        **compare_sizes(one, other),
        **_sectors(one.sectors, other.sectors),
        **_phases_apart(new, known),
        "other-beginning": float(_begins_anew(one, other) or _begins_anew(other, one)),
        # Later news that names the project tells what repairs and audits cost.
        "other-scale": float(not one.projects & other.projects and sums_worlds_apart(one, other)),
    }
    found["own-words"] = float(tell_alike(new.own, known.own))
    found["town"] = float(any(sound_alike(a, b) for a, b in product(new.towns, known.towns)))
    found["at-once"] = found["town"] * _told_within_weeks(one, other)
    named = _own_name_shared(found)
    found["part"] = float(is_part(one, other, names_it=named) or is_part(other, one, names_it=named))
    found["other-agreement"] = float(of_the_other_agreement(one, other, least_gap(one.sums, other.sums)))
    found["other-site"] = float(_another_site(new, known, found))
    # One firm's system may be read as of two sectors, and what costs and measures the same.
    alike = bool(found.get("sum") and found.get("quantity"))
    found["other-matter"] = float(bool(found["other-sector"]) and not (named or found["firm"] or alike))
    return {name: strength for name, strength in found.items() if strength}


def _own_name_shared(found: Features) -> bool:
    """Whether both have a name of the project's own, in one script or two."""
    return bool(found["project-name"]) or max(found["name"], found["sound"]) >= OWN


def _told_within_weeks(one: Account, other: Account) -> bool:
    return any(abs(a - b) <= _WEEKS for a, b in product(one.days, other.days))


def _another_site(new: NewsSketch, known: NewsSketch, found: Features) -> bool:
    """Whether they are about two places.

    The titles name different ones, and a size or sum differs too: the same system in another town, another river. Or no
    name of the project's own is shared, and no sum or size, either.
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


def _titles_apart(new: NewsSketch, known: NewsSketch) -> bool:
    """Whether both titles have telling names, in one script, and share none."""
    ours, theirs = new.titled, known.titled
    alike = script_of(new.account.title) == script_of(known.account.title)
    return (
        alike and bool(ours and theirs) and not any(sound_alike(sound(a), sound(b)) for a, b in product(ours, theirs))
    )


def _told(name: str, one: Mapping[str, float], other: Mapping[str, float]) -> Features:
    shared = bool(one.keys() & other.keys())
    return {name: float(shared), f"other-{name}": float(bool(one and other and not shared))}


def _sectors(one: Mapping[str, float], other: Mapping[str, float]) -> Features:
    """What is told as a building only contradicts no sector: a hospital is one, too."""
    found = _told("sector", one, other)
    return {**found, "other-sector": 0.0} if _BUILDING in ([*one], [*other]) else found


def _parties(kind: str, one: Mapping[str, float], other: Mapping[str, float], rarity: Rarity) -> Features:
    """A firm that builds everywhere tells less than one that is hardly heard of."""
    shared = {*(one.keys() & other.keys()), *(key for pair in same_firms(one, other, rarity) for key in pair)}
    worths = [_COMMON_PARTY + (1 - _COMMON_PARTY) * scaled(rarity[f"{kind} {key}"]) for key in shared]
    differ = 0.0 if worths else max((_differ(*pair) for pair in product(one, other)), default=0.0)
    return {kind: max(worths, default=0.0), f"other-{kind}": differ}


def _differ(one: str, other: str) -> float:
    """How surely two parties are not one: names in two scripts may be one name."""
    return 1.0 if script_of(one) == script_of(other) else _IN_TWO_SCRIPTS


def _names(new: NewsSketch, known: NewsSketch) -> Features:
    shared = {name: worth for name, worth in new.names.items() if name in known.names}
    best = sorted(shared.values(), reverse=True)
    alike_scripts = script_of(new.account.title) == script_of(known.account.title)
    return {
        "name": best[0] if best else 0.0,
        "names": min(sum(best[1:]) / _FURTHER, 1.0),
        "sound": heard(new.sounds, known.sounds),
        "other-name": float(not best and alike_scripts and _both_named(new, known)),
        "other-place": float(_elsewhere(new.sites, known.sites)),
        "other-town": float(_elsewhere(_heard(new.account.places), _heard(known.account.places))),
    }


def shared_names(new: NewsSketch, known: NewsSketch) -> frozenset[str]:
    """The telling names that both write the same way."""
    return frozenset(name for name, worth in new.names.items() if worth >= OWN and name in known.names)


def heard_names(new: NewsSketch, known: NewsSketch) -> frozenset[str]:
    """The names of the one that sound like one of the other, in another script."""
    return frozenset(
        name
        for name in new.names
        if any(script_of(name) != script and sound_alike(sound(name), of) for script, of in known.sounds)
    )


def _both_named(new: NewsSketch, known: NewsSketch) -> bool:
    """Whether both have telling names of one script."""
    ours, theirs = ({script_of(name) for name, worth in each.names.items() if worth >= OWN} for each in (new, known))
    return bool(ours & theirs)


def _heard(places: frozenset[str]) -> frozenset[str]:
    """How places sound, large towns too."""
    return frozenset(of for name in name_words(places) if len(of := sound(name)) >= SHORTEST)


def _elsewhere(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both name places of their own, and none is the other's."""
    return bool(ours and theirs) and not any(sound_alike(*pair) for pair in product(ours, theirs))


def _words(new: NewsSketch, known: NewsSketch) -> Features:
    return {
        "title": cosine(new.title, known.title),
        "text": cosine(new.text, known.text),
    }


def _begins_anew(one: Account, other: Account) -> bool:
    """Whether one tells how a project begins, years after the other told of its own."""
    begins = bool(one.statuses.keys() & _BEGINNINGS)
    return begins and bool(one.years and other.years) and max(one.years) - max(other.years) >= _YEARS_APART


def _phases_apart(new: NewsSketch, known: NewsSketch) -> Features:
    """Whether they are about one phase, or about two.

    A second phase is also told apart from what names none, unless a sum or size agrees: the first is hardly ever called
    one.
    """
    ours, theirs = new.phases, known.phases
    if ours and theirs:
        return {"phase": float(bool(ours & theirs)), "other-phase": float(not ours & theirs)}
    later = bool(ours | theirs) and min(ours | theirs) > 1
    return {"other-phase": float(later and not _measured_alike(new.account, known.account))}


def _measured_alike(one: Account, other: Account) -> bool:
    gap = least_gap(one.sums, other.sums)
    return bool(shared_sizes(one, other)) or (gap is not None and gap <= NEAR)
