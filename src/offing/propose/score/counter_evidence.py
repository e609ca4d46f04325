"""Evidence against a project from the structure of a text: losers, other contractors, the author's voice, lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.fields.project_draft import ProjectDraft
from offing.propose.parties.lost_bids import beaten, shut_out
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import DEMONYM, NEVER_TARGETS

Found = tuple[str, float, Sequence[Mention]]  # name of the reason, its strength 0-1, the mentions it rests on
_ZONES = {Zone.TITLE: 1.0, Zone.LEAD: 0.8, Zone.SECOND: 0.5, Zone.BODY: 0.15, Zone.TAIL: 0.1}
_TOP = frozenset({Zone.TITLE, Zone.LEAD})
_EARLY = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
_CHINESE = (*_PARTIES, MentionKind.CHINA)
_BESIDE = 30  # characters between a nationality and the word for a company or money
_TAIWAN = "TWN"
_OPENING, _CLOSING = "“«„「『", "”»」』"
_ANSWER = re.compile(r"\s*(?:[—–-]\s|[AR]\s?[:.]\s|答[:：])")
_QUESTION = re.compile(r"[?？؟]")
_FEW_CASES, _MANY_CASES = 2, 6
_MANY_VOICES = 4
_CLEARLY = 2  # wordings of a meeting from which the reason counts in full
_PARTLY = 0.5  # an adjective at the top, the country's name only further down


def counter_evidence(chosen: ProjectDraft, whole: Scope) -> Iterator[Found]:
    """The reasons in an article's structure against its being news of a project."""
    lost = list(beaten(chosen.scope))
    if lost:
        yield "chinese-lost", max(_ZONES[line.zone] for line, _ in lost), [mention for _, mention in lost]
    shut = list(shut_out(whole))
    if shut:
        yield "shut-out", max(_ZONES[line.zone] for line, _ in shut), [mention for _, mention in shut]
    foreign = [(line, m) for line, m in third_parties(whole, chosen) if line.zone in _EARLY]
    if foreign:  # beside a Chinese party, in a consortium, as a loser or a partner, it counts half
        strength = max(_ZONES[line.zone] * (0.5 if line.of(*_PARTIES) else 1.0) for line, _ in foreign)
        yield "foreign-party", strength, [m for _, m in foreign]
    taiwan = [(line, m) for line, m in whole.of(MentionKind.COUNTRY, MentionKind.PLACE) if m.key == _TAIWAN]
    if taiwan and not any(line.zone in _TOP and m.key for line, m in chosen.party_mentions):
        yield "taiwan", max(_ZONES[line.zone] for line, _ in taiwan), [m for _, m in taiwan]
    denied = [m for line, m in whole.of(MentionKind.SIGNAL) if m.key == "denial" and line.zone is Zone.TITLE]
    if denied:
        yield "title-denies", 1.0, denied
    yield from _meeting(chosen, whole)
    yield from _voice(whole)
    cases = _cases(whole)
    if len(cases) > _FEW_CASES:
        yield "case-list", min(1.0, (len(cases) - _FEW_CASES) / (_MANY_CASES - _FEW_CASES)), cases
    # An adjective alone may be a firm's nationality rather than the site of works.
    mentions = chosen.countries[0].mentions if chosen.countries else ()
    early = [mention for line, mention in mentions if line.zone in _EARLY]
    if early and all(mention.by == DEMONYM for mention in early):
        yield "nationality-only", 1.0 if all(m.by == DEMONYM for _, m in mentions) else _PARTLY, early


def _meeting(chosen: ProjectDraft, whole: Scope) -> Iterator[Found]:
    """A summit or declaration at the top, with the party or the target only further down."""
    meeting = [
        mention for line, mention in whole.of(MentionKind.SIGNAL) if mention.key == "summit" and line.zone in _TOP
    ]
    if counts_projects(whole):
        return
    where = any(line.zone in _TOP for country in chosen.countries[:1] for line, _ in country.mentions)
    who = any(line.zone in _TOP for line, _ in chosen.party_mentions)
    if meeting and not (where and who):
        yield "meeting-only", min(1.0, len(meeting) / _CLEARLY), meeting


def counts_projects(whole: Scope) -> bool:
    """Whether the title counts projects that the text then enumerates: "four projects after the forum"."""
    signals = {key for line in whole.lines if line.zone is Zone.TITLE for key in line.signals()}
    return "deal-word" in signals and any(key.startswith("several") for key in signals)


def third_parties(whole: Scope, chosen: ProjectDraft) -> Iterator[tuple[Line, Mention]]:
    """Companies and money of third countries: a nationality beside a word for them.

    A target named only as a nationality counts as a third country where another target is named as a place.
    """
    named = {country.key for country in chosen.countries if any(m.by != DEMONYM for _, m in country.mentions)}
    targets = named or {country.key for country in chosen.countries}
    for line in whole.lines:
        words = [m for m in line.of(MentionKind.SIGNAL) if m.key in ("company-word", "money-word")]
        for nation in line.of(MentionKind.COUNTRY) if words else ():
            is_third = nation.key == _TAIWAN or nation.key not in targets | NEVER_TARGETS
            if is_third and any(max(w.start - nation.end, nation.start - w.end) <= _BESIDE for w in words):
                yield line, nation


def _voice(scope: Scope) -> Iterator[Found]:
    """Features of an opinion column: the writer's own "I" outside quotes, a title that asks."""
    spoken = [
        mention
        for line, mention in scope.of(MentionKind.SIGNAL)
        if mention.key == "own-voice" and not is_quoted(scope.article.text, line, mention)
    ]
    if spoken:
        yield "first-person", min(1.0, len(spoken) / _MANY_VOICES), spoken
    title = next((line for line in scope.lines if line.zone is Zone.TITLE), None)
    if title and _QUESTION.search(scope.article.text[title.sentence.start : title.sentence.end]):
        yield "asking-title", 1.0, ()


def is_quoted(text: str, line: Line, mention: Mention) -> bool:
    """Whether a mention is inside quotation marks opened earlier in its paragraph, or in an interview's answer."""
    start = text.rfind("\n", 0, line.sentence.start) + 1
    if _ANSWER.match(text, start):
        return True
    before = text[start : mention.start]
    opened = sum(before.count(mark) for mark in _OPENING) - sum(before.count(mark) for mark in _CLOSING)
    return opened > 0 or before.count('"') % 2 == 1


def _cases(scope: Scope) -> list[Mention]:
    """One mention of each country abroad that shares a sentence with a Chinese party or China."""
    countries = (country for line in scope.lines if line.of(*_CHINESE) for country in line.of(MentionKind.COUNTRY))
    found: dict[str, Mention] = {}
    for country in countries:
        if country.key and country.key not in NEVER_TARGETS:
            found.setdefault(country.key, country)
    return list(found.values())
