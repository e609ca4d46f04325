"""The score: a sum of reasons in log-odds, each with a sentence for the analyst."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from offing.model.article import Completeness
from offing.model.candidate import Reason
from offing.model.mention import Mention, MentionKind
from offing.model.rules import ScoringRules
from offing.propose.against import against, counts_projects, third_parties
from offing.propose.core import CHINESE_SIGNALS, GIVING_KINDS, OTHERS, core_of, gives
from offing.propose.deeds import plainest
from offing.propose.draft import Draft
from offing.propose.echo import echoed
from offing.propose.following import news_of
from offing.propose.home import home_of
from offing.propose.layout import Zone
from offing.propose.learned import learned
from offing.propose.lost import losers
from offing.propose.part import Part, done_in_head, spoken_against, surest_part
from offing.propose.reading import Line, Scope
from offing.propose.targets import CHINA, TAIWAN

Observation = tuple[str, float, str]  # name of the reason, its strength 0–1, the words it rests on
_CHINESE_KINDS = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA)
_BACKGROUND = OTHERS | {"negation"}
_HEAD = (Zone.TITLE, Zone.LEAD)
_HEARD = 0.1  # strength from which a reason against is one
_LONGEST_QUOTE = 160  # characters of a sentence that a reason quotes
_MANY_ECHOES = 4
FOLLOW_UP = "names-known-project"
RECALLED = "like-known-project"
FOLLOW_UPS = frozenset({FOLLOW_UP, RECALLED})
_BESIDE_PARTY = 0.3  # where a Chinese party is named, that a project is known says little more
# What says that others build or pay, which later news of a known project often tells: who mends it, who takes it over.
_OF_OTHERS = frozenset({"others-lead", "foreign-party", "other-donor", "other-contractor"})
_LATER = 0.8  # how much less that says then
_WORDS = 3  # wordings named in the sentence of a reason


def has_chinese_party(scope: Scope) -> bool:
    """Whether anything in the text can be a Chinese party, "a Guangzhou company" too."""
    if any(True for _ in scope.of(*_CHINESE_KINDS)) or any(m.key == CHINA for _, m in scope.of(MentionKind.PLACE)):
        return True
    return any(signal.key in CHINESE_SIGNALS for _, signal in scope.of(MentionKind.SIGNAL))


def reasons(chosen: Draft, whole: Scope) -> tuple[Reason, ...]:
    """All that speaks for and against a draft.

    Args:
        chosen: the draft.
        whole: the whole article: title and signals speak for each of its parts.
    """
    rules = whole.rules
    found = []
    seen = list(_observations(chosen, whole))
    seen += _all_the_same(chosen, seen)
    opposed = (strength > _HEARD and rules.weights[name] < 0 for name, strength, _ in seen if name != "no-deed")
    if not any(opposed):
        seen.append(("unopposed", 1.0, ""))
    others = 1.0 - _LATER * _news(chosen) if _is_told_later(chosen) else 1.0
    for name, strength, words in seen:
        weight = rules.weights[name] * strength * (others if name in _OF_OTHERS else 1.0)
        if abs(weight) >= 0.005:  # noqa: PLR2004 -- what rounds to nothing tells the analyst nothing
            found.append(Reason(name, round(weight, 2), rules.texts[name].replace("{what}", words)))
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


def with_neighbour(found: Sequence[Reason], rules: ScoringRules) -> tuple[Reason, ...]:
    """The reasons of a further project of an article whose first one is a candidate: it is in good company."""
    name = "beside-a-project"
    return (*found, Reason(name, rules.weights[name], rules.texts[name]))


def score(found: Sequence[Reason], bias: float) -> float:
    """The logistic of the sum of reasons, 0–1."""
    total = bias + sum(reason.weight for reason in found)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def _observations(chosen: Draft, whole: Scope) -> Iterator[Observation]:
    yield from _follow_up(chosen)
    yield from _party(chosen, whole)
    yield from _target(chosen, whole)
    yield from _deed(chosen, whole)
    yield from _substance(chosen)
    yield from _signals(whole)
    yield from _reading(whole)
    for name, strength, mentions in against(chosen, whole):
        yield name, strength, _listed(mentions)
    if _parted(chosen, whole):
        yield "roundup", 1.0, ""
    if any(line.zone is not Zone.TITLE for line in whole.lines):  # of a headline alone they tell only that it is short
        strength, mentions = learned(whole, whole.rules.signs)
        yield ("learned-signs", strength, _listed(mentions))


def _parted(chosen: Draft, whole: Scope) -> bool:
    """Whether a draft is of one of several projects that the title counts, where no other wording says so."""
    told = any(m.key == "roundup" for _, m in whole.of(MentionKind.SIGNAL))
    return chosen.scope is not whole and counts_projects(whole) and not told


def _follow_up(chosen: Draft) -> Iterator[Observation]:
    """Whether it tells news of a project that is known; such news seldom says who built it."""
    news = _news(chosen)
    if chosen.followed and news:
        strength = news * (_BESIDE_PARTY if chosen.party_mentions else 1.0)
        name = RECALLED if chosen.followed.is_like else FOLLOW_UP
        yield name, strength, _listed([m for _, m in chosen.followed.named])


def _news(chosen: Draft) -> float:
    return news_of(chosen.scope, chosen.followed, chosen.events, chosen.worded[1])


def _is_told_later(chosen: Draft) -> bool:
    """Whether it is sure to be later news of a known project: by more than the name of one site, and nobody Chinese."""
    return chosen.followed is not None and not chosen.party_mentions and chosen.followed.strength >= 1.0


def _party(chosen: Draft, whole: Scope) -> Iterator[Observation]:
    lost = losers(chosen.scope)
    named = [(line, mention) for line, mention in chosen.party_mentions if (mention.key or mention.name) not in lost]
    zones = {line.zone for line, _ in named if not line.marks & OTHERS}
    words = _listed([mention for _, mention in named])
    if not named:
        yield "no-named-party", 0.0 if _news(chosen) else 1.0, ""
    elif Zone.TITLE in zones:
        yield "party-in-title", 1.0, words
    elif Zone.LEAD in zones:
        yield "party-in-lead", 1.0, words
    elif zones - {Zone.TAIL}:
        yield "party-in-body", 1.0, words
    else:
        yield "party-in-tail", 1.0, words
    if named and all(mention.key is None for _, mention in named):
        yield "party-unlisted", 1.0, words
    if chosen.lenders:
        yield "lender", 1.0, _listed([m for party in chosen.lenders for _, m in party.mentions])
    giving = [line for line in chosen.scope.lines if gives(line) and not line.marks & _BACKGROUND]
    if giving:
        strength = 1.0 if any(line.zone in _HEAD for line in giving) else 0.5
        yield "china-gives", strength, _listed([cue for line in giving for cue in line.of(*GIVING_KINDS)])
    china = [mention for line, mention in whole.of(MentionKind.CHINA) if line.zone in _HEAD]
    if china:
        yield "china-in-lead", 1.0, _listed(china)


def _target(chosen: Draft, whole: Scope) -> Iterator[Observation]:
    if not chosen.countries:
        yield "no-target", 1.0, ""
        taiwan = [m for _, m in whole.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key == TAIWAN]
        if taiwan:
            yield "set-in-taiwan", 1.0, _listed(taiwan)
    else:
        best = chosen.countries[0]
        zones = {line.zone for line, _ in best.mentions}
        place = "title" if Zone.TITLE in zones else "lead" if Zone.LEAD in zones else "body"
        yield f"target-in-{place}", 1.0, _listed([mention for _, mention in best.mentions])
    if not any(line.zone in _HEAD for line, _ in chosen.party_mentions) and _others_lead(chosen, whole):
        yield "others-lead", 1.0, ""
    home, sites = home_of(chosen, whole)
    if home:
        yield "set-in-china", home, _listed(sites)


def _others_lead(chosen: Draft, whole: Scope) -> bool:
    """Whether title or lead give the part of lender or builder to somebody else."""
    if any(line.signals() & {"other-donor", "other-contractor"} for line in whole.lines if line.zone in _HEAD):
        return True
    return any(line.zone in _HEAD for line, _ in third_parties(whole, chosen))


def _reading(whole: Scope) -> Iterator[Observation]:
    """What could be read at all: a feed's summary proves less than an article."""
    if whole.article.completeness is Completeness.SUMMARY_ONLY:
        yield "summary-only", 1.0, whole.article.completeness_sign


def _deed(chosen: Draft, whole: Scope) -> Iterator[Observation]:
    """Whether any sentence says that a Chinese party does something, and not at home; and whether it is a part of it.

    What is weighed by its sentences further down speaks for itself: that none tells a deed is part of it.
    """
    deed, news = plainest(chosen.scope), _news(chosen)
    part = None if news else _taken(chosen, whole)
    if part:
        yield "takes-part", part.chance, _quoted(whole, part.line)
        yield "other-works", 1.0 - part.chance, _listed(part.parties)
    if deed:
        yield "deed", deed.strength * (1.0 - home_of(chosen, whole)[0]), _listed([deed.doer, deed.wording])
    elif not (part or news) and any(line.zone is not Zone.TITLE for line in chosen.scope.lines):
        yield "no-deed", 1.0, ""


def _taken(chosen: Draft, whole: Scope) -> Part | None:
    """The sentence that most surely gives a Chinese party a part, where title and lead name none."""
    return surest_part(whole, {country.key for country in chosen.countries}) if chosen.scope is whole else None


def _all_the_same(chosen: Draft, seen: Sequence[Observation]) -> Iterator[Observation]:
    """Whether title or lead say that a Chinese party does it, though others have a part in it."""
    against_it = spoken_against({name: strength for name, strength, _ in seen})
    deed = done_in_head(chosen.scope) if against_it else None
    if deed:
        yield "done-all-the-same", against_it, _listed([deed.doer, deed.wording])


def _substance(chosen: Draft) -> Iterator[Observation]:
    scope = chosen.scope
    for name, value in zip(("sector", "status"), chosen.worded, strict=True):
        if value:
            full = scope.level(f"limits.{name}_full")
            yield f"{name}-told", min(1.0, value.score / full), _listed([m for _, m in value.mentions])
    if chosen.sums:
        yield "amount", 1.0, _listed([amount.mentions[0][1] for amount in chosen.sums])
    if chosen.counterparts:
        yield "counterpart", 1.0, _listed([value.votes[0][2] for value in chosen.counterparts])
    if chosen.quantities:
        yield "quantity", 1.0, _listed([value.votes[0][2] for value in chosen.quantities])
    core = core_of(chosen)
    if core:
        echo = echoed(scope, core.line)
        if len(echo) > 1:
            yield "echoes-title", min(1.0, len(echo) / _MANY_ECHOES), ", ".join(echo[:_WORDS])
        yield "core-sentence", core.strength, _quoted(scope, core.line)


def _signals(whole: Scope) -> Iterator[Observation]:
    strengths: dict[str, float] = {}
    words: dict[str, list[Mention]] = {}
    for line, mention in whole.of(MentionKind.SIGNAL):
        key = mention.key or ""
        if key not in whole.rules.weights:
            continue
        seen = {m.text.casefold() for m in words.setdefault(key, [])}
        again = 0.5 if mention.text.casefold() in seen else 1.0
        vote = whole.level(f"signal_zones.{line.zone}") * mention.weight * again
        strengths[key] = strengths.get(key, 0.0) + vote
        words[key].append(mention)
    for key, strength in strengths.items():
        yield key, min(1.0, strength), _listed(words[key])


def _quoted(scope: Scope, line: Line) -> str:
    return scope.article.text[line.sentence.start : line.sentence.end][:_LONGEST_QUOTE]


def _listed(mentions: Sequence[Mention]) -> str:
    """The first few distinct wordings."""
    return ", ".join(list(dict.fromkeys(mention.text for mention in mentions))[:_WORDS])
