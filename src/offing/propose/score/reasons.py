"""The score: a sum of reasons in log-odds, each with a sentence for the analyst."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Reason
from offing.model.sources.article import Completeness
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.fields.follow_up import news_of
from offing.propose.fields.project_draft import ProjectDraft
from offing.propose.parties.classifier import log_odds
from offing.propose.parties.lost_bids import losers
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import CHINA, TAIWAN
from offing.propose.score.counter_evidence import counter_evidence, counts_projects, third_parties
from offing.propose.sentences.actions import plainest_action
from offing.propose.sentences.core_sentence import CHINESE_SIGNALS, GIVING_KINDS, OTHERS, core_sentence, echoed, gives
from offing.propose.sentences.domestic import domestic_setting
from offing.propose.sentences.involvement import done_in_head, spoken_against, surest_involvement
from offing.propose.sentences.relevance import relevance

Observation = tuple[str, float, str]  # name of the reason, its strength 0–1, the words it rests on
_CHINESE_KINDS = (MentionKind.FIRM, MentionKind.LENDER, MentionKind.CHINA)
_BACKGROUND = OTHERS | {"negation"}
_HEAD = (Zone.TITLE, Zone.LEAD)
_OPPOSING = 0.1  # minimum strength for a reason to count as opposing
_LONGEST_QUOTE = 160  # characters of a sentence that a reason quotes
_MANY_ECHOES = 4
FOLLOW_UP = "names-known-project"
RECALLED = "like-known-project"
FOLLOW_UPS = frozenset({FOLLOW_UP, RECALLED})
_BESIDE_PARTY = 0.3  # where a Chinese party is named, a known project adds little
_OTHER_HANDS = frozenset({"other-donor", "other-contractor"})
# Reasons that others build or pay. Later news of a known project often mentions who repairs or takes it over.
_OF_OTHERS = _OTHER_HANDS | {"others-lead", "foreign-party"}
_LATER = 0.8  # by how much these reasons are reduced then
_WORDS = 3  # wordings quoted in the sentence of a reason
ENCODED = "meant"
UNNAMED = "no-named-party"
RELEVANT, YES = "relevant", "1"  # the head that decides whether a text reports a project


def has_chinese_party(scope: Scope) -> bool:
    """Whether anything in the text may be a Chinese party, including "a Guangzhou company"."""
    if any(True for _ in scope.of(*_CHINESE_KINDS)) or any(m.key == CHINA for _, m in scope.of(MentionKind.PLACE)):
        return True
    return any(signal.key in CHINESE_SIGNALS for _, signal in scope.of(MentionKind.SIGNAL))


def reasons(chosen: ProjectDraft, whole: Scope) -> tuple[Reason, ...]:
    """All reasons for and against a draft.

    Args:
        chosen: the draft.
        whole: the whole article: title and signals count for each of its parts.
    """
    rules = whole.rules
    found = []
    observed = list(_observations(chosen, whole))
    against_it = spoken_against({name: strength for name, strength, _ in observed})
    action = done_in_head(chosen.scope) if against_it else None
    if action:  # title or lead report a Chinese party's action although others are involved
        observed.append(("done-all-the-same", against_it, _listed([action.agent, action.wording])))
    opposed = (strength > _OPPOSING and rules.weights[name] < 0 for name, strength, _ in observed if name != "no-deed")
    if not any(opposed):
        observed.append(("unopposed", 1.0, ""))
    # Clearly later news of a known project: by more than one site's name, with no Chinese party.
    is_later = chosen.follow_up is not None and not chosen.party_mentions and chosen.follow_up.strength >= 1.0
    of_others = 1.0 - _LATER * _news(chosen) if is_later else 1.0
    for name, strength, words in observed:
        weight = rules.weights[name] * strength * (of_others if name in _OF_OTHERS else 1.0)
        if abs(weight) >= 0.005:  # noqa: PLR2004 -- what rounds to nothing tells the analyst nothing
            found.append(Reason(name, round(weight, 2), rules.texts[name].replace("{what}", words)))
    return tuple(sorted(found, key=lambda reason: -abs(reason.weight)))


def with_neighbour(found: Sequence[Reason], rules: ScoringRules) -> tuple[Reason, ...]:
    """The reasons of a further project in an article whose first is a candidate, with the bonus for that."""
    name = "beside-a-project"
    return (*found, Reason(name, rules.weights[name], rules.texts[name]))


def with_encoding(found: Sequence[Reason], article: EncodedArticle, rules: ScoringRules) -> tuple[Reason, ...]:
    """Add the encoder's verdict to the reasons: for a project where it likely reports one, else against.

    Args:
        found: the reasons so far.
        article: the encoded text.
        rules: the weight applies to each unit of log-odds in favour, and `meant_against` of it to each against: in
            genres it has not met, the encoder misses one in six positives.
    """
    if not article.text:
        return tuple(found)
    share = article.text[RELEVANT][YES]
    odds = log_odds(share)
    factor = 1.0
    if odds <= 0:
        factor = rules.levels["limits.meant_against"]
    elif any(reason.name == UNNAMED for reason in found):  # the encoder does not say whose project it is
        factor = rules.levels["limits.meant_unnamed"]
    weight = rules.weights[ENCODED] * odds * factor
    reason = Reason(ENCODED, round(weight, 2), rules.texts[ENCODED].replace("{what}", f"{share:.0%}"))
    return tuple(sorted((*found, reason), key=lambda each: -abs(each.weight)))


def score(found: Sequence[Reason], bias: float) -> float:
    """The logistic of the sum of reasons, 0–1."""
    total = bias + sum(reason.weight for reason in found)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def _observations(chosen: ProjectDraft, whole: Scope) -> Iterator[Observation]:
    news = _news(chosen)
    if chosen.follow_up and news:  # such news seldom says who built it
        name = RECALLED if chosen.follow_up.is_like else FOLLOW_UP
        strength = news * (_BESIDE_PARTY if chosen.party_mentions else 1.0)
        yield name, strength, _listed([mention for _, mention in chosen.follow_up.named])
    yield from _party(chosen, whole)
    yield from _target(chosen, whole)
    yield from _action(chosen, whole)
    yield from _substance(chosen)
    yield from _signals(whole)
    if whole.article.completeness is Completeness.SUMMARY_ONLY:  # a feed's summary proves less than an article
        yield "summary-only", 1.0, whole.article.completeness_sign
    for name, strength, mentions in counter_evidence(chosen, whole):
        yield name, strength, _listed(mentions)
    is_roundup = any(m.key == "roundup" for _, m in whole.of(MentionKind.SIGNAL))
    if chosen.scope is not whole and counts_projects(whole) and not is_roundup:  # only the title says that it is one
        yield "roundup", 1.0, ""
    if any(line.zone is not Zone.TITLE for line in whole.lines):  # of a headline alone they only show that it is short
        strength, mentions = relevance(whole, whole.rules.relevance)
        yield ("learned-signs", strength, _listed(mentions))


def _news(chosen: ProjectDraft) -> float:
    return news_of(chosen.scope, chosen.follow_up, chosen.events, chosen.worded[1])


def _party(chosen: ProjectDraft, whole: Scope) -> Iterator[Observation]:
    lost = losers(chosen.scope)
    named = [(line, mention) for line, mention in chosen.party_mentions if (mention.key or mention.name) not in lost]
    zones = {line.zone for line, _ in named if not line.marks & OTHERS}
    words = _listed([mention for _, mention in named])
    if not named:
        yield UNNAMED, 0.0 if _news(chosen) else 1.0, ""
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


def _target(chosen: ProjectDraft, whole: Scope) -> Iterator[Observation]:
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
    if not any(line.zone in _HEAD for line, _ in chosen.party_mentions) and (
        any(line.signals() & _OTHER_HANDS for line in whole.lines if line.zone in _HEAD)
        or any(line.zone in _HEAD for line, _ in third_parties(whole, chosen))
    ):  # title or lead name somebody else as lender or builder
        yield "others-lead", 1.0, ""
    strength, sites = domestic_setting(chosen, whole)
    if strength:
        yield "set-in-china", strength, _listed(sites)


def _action(chosen: ProjectDraft, whole: Scope) -> Iterator[Observation]:
    """Whether any sentence reports an action of a Chinese party, outside China, and how likely that party takes part.

    Where the party's sentences further down are weighed, "no-deed" is omitted: their probability includes it.
    """
    action, news = plainest_action(chosen.scope), _news(chosen)
    codes = {country.key for country in chosen.countries}
    involvement = surest_involvement(whole, codes) if chosen.scope is whole and not news else None
    if involvement:
        yield "takes-part", involvement.probability, _quoted(whole, involvement.line)
        yield "other-works", 1.0 - involvement.probability, _listed(involvement.parties)
    if action:
        yield (
            "deed",
            action.strength * (1.0 - domestic_setting(chosen, whole)[0]),
            _listed([action.agent, action.wording]),
        )
    elif not (involvement or news) and any(line.zone is not Zone.TITLE for line in chosen.scope.lines):
        yield "no-deed", 1.0, ""


def _substance(chosen: ProjectDraft) -> Iterator[Observation]:
    scope = chosen.scope
    for name, value in zip(("sector", "status"), chosen.worded, strict=True):
        if value:
            full = scope.level(f"limits.{name}_full")
            yield f"{name}-told", min(1.0, value.score / full), _listed([m for _, m in value.mentions])
    if chosen.sums:
        yield "amount", 1.0, _listed([amount.mentions[0][1] for amount in chosen.sums])
    if chosen.counterparts:
        yield "counterpart", 1.0, _listed([value.first for value in chosen.counterparts])
    if chosen.quantities:
        yield "quantity", 1.0, _listed([value.first for value in chosen.quantities])
    core = core_sentence(chosen)
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
