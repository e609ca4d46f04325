"""Proposals: what an article supports about one or several projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offing.model.article import Article
from offing.model.candidate import Proposal, Proposed, Reason
from offing.model.meaning import packed
from offing.model.mention import Mention
from offing.model.rules import ScoringRules
from offing.propose.context import context_of
from offing.propose.doubt import with_meaning
from offing.propose.draft import Draft, draft
from offing.propose.facts import facts_of, proofs
from offing.propose.following import names_known
from offing.propose.headline import headline
from offing.propose.meaning import Heard, article_heard, hear
from offing.propose.quotes import quotes
from offing.propose.reading import Scope, read
from offing.propose.reasons import FOLLOW_UPS, has_chinese_party, reasons, score, with_neighbour
from offing.propose.screen import is_worth_encoding
from offing.propose.split import Part, split


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A draft and what speaks for its being a project of ours."""

    draft: Draft
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """How surely it is one, 0 to 1."""
        return score(self.reasons, self.draft.scope.rules.bias)


def propose(article: Article, mentions: Sequence[Mention], rules: ScoringRules) -> Proposed:
    """Reason from what stands in an article to the projects that it reports.

    Args:
        article: the article; all offsets count in its text.
        mentions: what recognition found in it.
        rules: weights and limits of scoring.toml.

    Returns:
        The proposals, best first, below the cut too: what is dropped is the caller's business. An article in
        which no Chinese party can stand, and that is no news of a known project, is `screened_out`. What is no
        candidate may be `context`.
    """
    whole = read(article, mentions, rules)
    chinese = has_chinese_party(whole)
    if not (chinese or names_known(whole)):
        return Proposed((), 0.0, screened_out=True)
    found = [each for each in _weighed(whole) if chinese or _is_follow_up(each)]
    if not found:
        return Proposed((), 0.0, screened_out=True)
    best, *others = sorted(found, key=lambda each: -each.score)
    sure = best.score >= rules.cut
    if sure:
        others = [_in_company(each) for each in others]
    proposals = tuple(_proposal(each) for each in (best, *(each for each in others if each.score >= rules.cut)))
    context = context_of(whole, proposals[0], rules.context)
    return Proposed(proposals, best.score, context=context, gist=_gist(whole) if sure and len(proposals) == 1 else b"")


def _gist(whole: Scope) -> bytes:
    """What an article means as a whole."""
    heard = article_heard(whole.article, whole.rules.meaning)
    return packed(heard[1]) if heard else b""


def _weighed(whole: Scope) -> list[_Weighed]:
    """A draft for each part. Where no part alone is enough, but the article is, its parts stand by the whole."""
    drafts = [_weigh(part, whole) for part in split(whole)]
    if len(drafts) > 1 and max(each.score for each in drafts) < whole.rules.cut:
        alone = _weigh(Part(whole), whole)
        if alone.score >= whole.rules.cut:
            return [_in_company(each) for each in drafts]
    return drafts


def _weigh(part: Part, whole: Scope) -> _Weighed:
    """A part and what speaks for it; no candidate stays without what its sentences mean, whatever the screen says."""
    if not is_worth_encoding(whole):
        worded = _chosen(part, whole, None)
        if worded.score < whole.rules.cut:
            return worded
    return _chosen(part, whole, hear(part.scope))


def _chosen(part: Part, whole: Scope, heard: Heard | None) -> _Weighed:
    chosen = draft(part.scope, part.context, heard)
    found = _Weighed(chosen, reasons(chosen, whole))
    if heard is None or _is_follow_up(found):  # later news of a known project means other things
        return found
    return replace(found, reasons=with_meaning(found.reasons, heard, whole.rules))


def _is_follow_up(each: _Weighed) -> bool:
    """Whether it tells news of a known project: then nobody Chinese needs to be named."""
    return any(reason.name in FOLLOW_UPS for reason in each.reasons)


def _in_company(each: _Weighed) -> _Weighed:
    return replace(each, reasons=with_neighbour(each.reasons, each.draft.scope.rules))


def _proposal(each: _Weighed) -> Proposal:
    facts = facts_of(each.draft)
    return Proposal(
        facts=replace(facts, title=headline(facts)),
        evidence=quotes(each.draft.scope.article, proofs(each.draft, facts)),
        reasons=each.reasons,
        score=each.score,
    )
