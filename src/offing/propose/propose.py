"""Proposals: what an article supports about one or several projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from offing.model.reading.meaning import packed
from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Proposal, Proposed, Reason
from offing.model.review.mute import Mute
from offing.model.sources.article import Article
from offing.propose.encoder.article_encoder import encode
from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.fields.facts import facts_of, proofs
from offing.propose.fields.follow_up import names_known
from offing.propose.fields.project_draft import ProjectDraft, project_draft
from offing.propose.parties.tagged import BY, united
from offing.propose.reading.mutes import unmuted
from offing.propose.reading.proposal_title import proposal_title
from offing.propose.reading.quotes import quotes
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.recall.embedding import article_vectors
from offing.propose.score.context import context_of
from offing.propose.score.reasons import FOLLOW_UPS, has_chinese_party, reasons, score, with_encoding, with_neighbour
from offing.propose.sentences.relevance import is_worth_encoding
from offing.propose.split.split import ProjectLines, split


@dataclass(frozen=True, slots=True)
class _ScoredDraft:
    """A draft and the reasons for and against its being a relevant project."""

    draft: ProjectDraft
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> float:
        """How surely it is one, 0 to 1."""
        return score(self.reasons, self.draft.scope.rules.bias)

    def proposal(self) -> Proposal:
        """The facts of the draft, with a title and the quotes that prove them."""
        facts = facts_of(self.draft)
        evidence = quotes(self.draft.scope.article, proofs(self.draft, facts))
        return Proposal(replace(facts, title=proposal_title(facts)), evidence, self.reasons, self.score)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """An article with all its mentions, its drafts, and the mentions that only the encoder found."""

    whole: Scope
    drafts: list[_ScoredDraft]
    tagged: tuple[Mention, ...] = ()


def propose(article: Article, mentions: Sequence[Mention], rules: ScoringRules, mutes: Sequence[Mute] = ()) -> Proposed:
    """Propose the projects that an article reports.

    Args:
        article: the article; all offsets count in its text.
        mentions: recognition's mentions; those that the encoder tagged in an earlier run are dropped and tagged afresh.
        rules: weights and limits of scoring.toml.
        mutes: mentions that people marked as no names here, whether lists, patterns or the encoder find them.

    Returns:
        The proposals, best first; the best one even where it is below the cut: dropping it is the caller's business. An
        article that names no Chinese party and is no news of a known project is `screened_out`. What is no candidate
        may be `context`.
    """
    listed = [mention for mention in mentions if mention.by != BY]
    whole = scope_of(article, unmuted(listed, article, mutes), rules)
    chinese = has_chinese_party(whole)
    if not (chinese or names_known(whole)):
        return Proposed((), 0.0, screened_out=True)
    drafted = _drafted(whole, listed, mutes)
    drafts = [each for each in drafted.drafts if chinese or _is_follow_up(each)]
    if not drafts:
        return Proposed((), 0.0, screened_out=True)
    best, *others = sorted(drafts, key=lambda each: -each.score)
    sure = best.score >= rules.cut
    if sure:
        others = [_in_company(each) for each in others]
    proposals = tuple(each.proposal() for each in (best, *(each for each in others if each.score >= rules.cut)))
    context = context_of(drafted.whole, proposals[0], rules.context)
    vectors = article_vectors(article, rules.meaning) if sure and len(proposals) == 1 else None
    gist = packed(vectors[1]) if vectors else b""  # of the article as a whole
    return Proposed(proposals, best.score, context=context, gist=gist, tagged=drafted.tagged)


def _drafted(whole: Scope, mentions: Sequence[Mention], mutes: Sequence[Mute]) -> _Drafted:
    """The drafts of an article, encoded where that is worth it; no candidate is left unencoded.

    Muted mentions are dropped from the encoder's findings, too.
    """
    if not is_worth_encoding(whole):
        worded = _scored_drafts(whole, None)
        if max(each.score for each in worded) < whole.rules.cut:
            return _Drafted(whole, worded)
    encoded = encode(whole.article, whole.rules.tuned)
    if encoded is None:
        return _Drafted(whole, _scored_drafts(whole, None))
    every = united(whole.article, mentions, encoded)
    whole = scope_of(whole.article, unmuted(every, whole.article, mutes), whole.rules)
    return _Drafted(whole, _scored_drafts(whole, encoded), tuple(mention for mention in every if mention.by == BY))


def _scored_drafts(whole: Scope, encoded: EncodedArticle | None) -> list[_ScoredDraft]:
    """A draft for each part; if none reaches the cut but the whole article does, the parts are raised together."""
    drafts = [_scored(part, whole, encoded) for part in split(whole, encoded)]
    if len(drafts) > 1 and max(each.score for each in drafts) < whole.rules.cut:
        alone = _scored(ProjectLines(whole, is_whole=True), whole, encoded)
        if alone.score >= whole.rules.cut:
            return [_in_company(each) for each in drafts]
    return drafts


def _scored(part: ProjectLines, whole: Scope, encoded: EncodedArticle | None) -> _ScoredDraft:
    """A part's draft with its reasons."""
    chosen = project_draft(part.scope, part.context, part.encoded(encoded) if encoded else None)
    found = _ScoredDraft(chosen, reasons(chosen, whole))
    if encoded is None or _is_follow_up(found):  # later news of a known project differs in meaning
        return found
    return replace(found, reasons=with_encoding(found.reasons, encoded, whole.rules))


def _is_follow_up(each: _ScoredDraft) -> bool:
    """Whether it is news of a known project, which needs no named Chinese party."""
    return any(reason.name in FOLLOW_UPS for reason in each.reasons)


def _in_company(each: _ScoredDraft) -> _ScoredDraft:
    return replace(each, reasons=with_neighbour(each.reasons, each.draft.scope.rules))
