"""Proposals: what an article supports about one or several projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from offing.model.article import Article
from offing.model.candidate import Proposal, Proposed
from offing.model.mention import Mention
from offing.model.rules import ScoringRules
from offing.propose.context import context_of
from offing.propose.draft import draft, facts_of, proofs
from offing.propose.following import names_known
from offing.propose.headline import headline
from offing.propose.quotes import quotes
from offing.propose.reading import Scope, read
from offing.propose.reasons import FOLLOW_UP, has_chinese_party, reasons, score, with_neighbour
from offing.propose.split import Part, split


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
    found = [each for each in _proposals(whole) if chinese or _is_follow_up(each)]
    if not found:
        return Proposed((), 0.0, screened_out=True)
    best, *others = sorted(found, key=lambda proposal: -proposal.score)
    if best.score >= rules.cut:
        others = [_in_company(proposal, rules) for proposal in others]
    kept = [proposal for proposal in others if proposal.score >= rules.cut]
    return Proposed((best, *kept), best.score, context=context_of(whole, best, rules.context))


def _proposals(whole: Scope) -> list[Proposal]:
    """A proposal for each part. Where no part alone is enough, but the article is, its parts stand by the whole."""
    proposals = [_proposal(part, whole) for part in split(whole)]
    cut = whole.rules.cut
    if len(proposals) > 1 and max(proposal.score for proposal in proposals) < cut:
        alone = _proposal(Part(whole), whole)
        if alone.score >= cut:
            return [_in_company(proposal, whole.rules) for proposal in proposals]
    return proposals


def _is_follow_up(proposal: Proposal) -> bool:
    """Whether it tells news of a known project: then nobody Chinese needs to be named."""
    return any(reason.name == FOLLOW_UP for reason in proposal.reasons)


def _in_company(proposal: Proposal, rules: ScoringRules) -> Proposal:
    why = with_neighbour(proposal.reasons, rules)
    return replace(proposal, reasons=why, score=score(why, rules.bias))


def _proposal(part: Part, whole: Scope) -> Proposal:
    chosen = draft(part.scope, part.context)
    facts = facts_of(chosen)
    why = reasons(chosen, whole)
    return Proposal(
        facts=replace(facts, title=headline(facts)),
        evidence=quotes(whole.article, proofs(chosen, facts)),
        reasons=why,
        score=score(why, whole.rules.bias),
    )
