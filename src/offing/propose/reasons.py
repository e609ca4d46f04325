"""The score: a sum of reasons in log-odds, each with a sentence for the analyst."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from offing.model.article import Completeness
from offing.model.candidate import Reason
from offing.model.mention import Mention, MentionKind
from offing.model.rules import EntityKind, ScoringRules
from offing.model.vocabulary import Mode
from offing.propose.draft import Draft
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.targets import CHINA, china_score

Observation = tuple[str, float, str]  # name of the reason, its strength 0–1, the words it rests on
CHINESE_SIGNALS = frozenset({"chinese-finance", "chinese-contractor"})
_CHINESE_KINDS = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA)
_EVENTS = frozenset({"ground-breaking", "handover", "tender-award"})
_OTHERS = frozenset({"elsewhere", "separate", "loser"})
_BACKGROUND = _OTHERS | {"negation"}
_GIVING_KINDS = (MentionKind.MODE, MentionKind.FLOW)
_GIVEN = frozenset({Mode.GRANT.value, Mode.DONATION.value, Mode.LOAN.value})
_GIVING_REACH = 60  # characters
# What a sentence with one of these tells is no project, whoever stands in it.
_OTHER_NEWS = frozenset(
    {
        *("consumer-product", "stock-market", "quarterly-results", "takeover"),
        *("sport", "culture-event", "everyday-life"),
    }
)
_HEAD = (Zone.TITLE, Zone.LEAD)
_WORDS = 3  # wordings named in the sentence of a reason


def has_chinese_party(scope: Scope) -> bool:
    """Whether anything in the text can be a Chinese party."""
    if any(True for _ in scope.of(*_CHINESE_KINDS)):
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
    for name, strength, words in _observations(chosen, whole):
        weight = rules.weights.get(name, 0.0) * strength
        if abs(weight) >= 0.005:  # noqa: PLR2004 -- what rounds to nothing tells the analyst nothing
            found.append(Reason(name, round(weight, 2), rules.texts.get(name, name).replace("{what}", words)))
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
    yield from _party(chosen, whole)
    yield from _target(chosen, whole)
    yield from _substance(chosen)
    yield from _signals(whole)
    yield from _reading(whole)


def _party(chosen: Draft, whole: Scope) -> Iterator[Observation]:
    named = chosen.party_mentions
    zones = {line.zone for line, _ in named if not line.marks & _OTHERS}
    words = _listed([mention for _, mention in named])
    if not named:
        yield "no-named-party", 1.0, ""
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
    giving = [line for line in chosen.scope.lines if _gives(line) and not line.marks & _BACKGROUND]
    if giving:
        strength = 1.0 if any(line.zone in _HEAD for line in giving) else 0.5
        yield "china-gives", strength, _listed([cue for line in giving for cue in line.of(*_GIVING_KINDS)])
    china = [mention for line, mention in whole.of(MentionKind.CHINA) if line.zone in _HEAD]
    if china:
        yield "china-in-lead", 1.0, _listed(china)


def _gives(line: Line) -> bool:
    """Whether a sentence tells of money or goods from the Chinese state: both words stand close together."""
    givers = [*line.of(MentionKind.CHINA), *(m for m in line.of(MentionKind.LENDER) if m.by == EntityKind.GOVERNMENT)]
    gifts = [cue for cue in line.of(*_GIVING_KINDS) if cue.key in _GIVEN]
    return any(
        cue.start - _GIVING_REACH <= giver.end and giver.start <= cue.end + _GIVING_REACH
        for cue in gifts
        for giver in givers
    )


def _target(chosen: Draft, whole: Scope) -> Iterator[Observation]:
    if not chosen.countries:
        yield "no-target", 1.0, ""
        target = 0.0
    else:
        best = chosen.countries[0]
        zones = {line.zone for line, _ in best.mentions}
        place = "title" if Zone.TITLE in zones else "lead" if Zone.LEAD in zones else "body"
        yield f"target-in-{place}", 1.0, _listed([mention for _, mention in best.mentions])
        target = best.score
    if not any(line.zone in _HEAD for line, _ in chosen.party_mentions) and _others_lead(whole):
        yield "others-lead", 1.0, ""
    home = china_score(whole)
    if home > target:
        yield "set-in-china", 1.0, _listed(_chinese_places(whole))


def _others_lead(whole: Scope) -> bool:
    """Whether title or lead give the part of lender or builder to somebody else."""
    return any(line.signals() & {"other-donor", "other-contractor"} for line in whole.lines if line.zone in _HEAD)


def _reading(whole: Scope) -> Iterator[Observation]:
    """What could be read at all: a feed's summary proves less than an article."""
    if whole.article.completeness is Completeness.SUMMARY_ONLY:
        yield "summary-only", 1.0, whole.article.completeness_sign


def _substance(chosen: Draft) -> Iterator[Observation]:
    scope = chosen.scope
    for name, value in (("sector", chosen.sector), ("status", chosen.status)):
        if value:
            full = scope.level(f"limits.{name}_full")
            yield f"{name}-told", min(1.0, value.score / full), _listed([m for _, m in value.mentions])
    if chosen.sums:
        yield "amount", 1.0, _listed([amount.mentions[0][1] for amount in chosen.sums])
    if chosen.counterparts:
        yield "counterpart", 1.0, _listed([value.votes[0][2] for value in chosen.counterparts])
    if chosen.quantities:
        yield "quantity", 1.0, _listed([value.votes[0][2] for value in chosen.quantities])
    core = _core(chosen)
    if core:
        yield "core-sentence", 1.0, scope.article.text[core.sentence.start : core.sentence.end][:160]


def _core(chosen: Draft) -> Line | None:
    """The first sentence that tells who does what: a Chinese party, what happens, and what or where."""
    parties = {(mention.start, mention.end) for _, mention in chosen.party_mentions}
    codes = {country.key for country in chosen.countries}
    for line in chosen.scope.lines:
        who = (
            any((m.start, m.end) in parties for m in line.mentions) or line.signals() & CHINESE_SIGNALS or _gives(line)
        )
        happens = line.of(MentionKind.STATUS) or line.signals() & _EVENTS
        where = any(m.key in codes for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE))
        background = (line.marks & _BACKGROUND and line.zone not in _HEAD) or line.signals() & _OTHER_NEWS
        if who and happens and not background and (where or line.of(MentionKind.SECTOR, MentionKind.MONEY)):
            return line
    return None


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


def _chinese_places(whole: Scope) -> list[Mention]:
    return [mention for _, mention in whole.of(MentionKind.PLACE) if mention.key == CHINA]


def _listed(mentions: Sequence[Mention]) -> str:
    """The first few distinct wordings."""
    return ", ".join(list(dict.fromkeys(mention.text for mention in mentions))[:_WORDS])
