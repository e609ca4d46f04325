"""Context: whether an article that is no candidate reports a summit, plan or initiative, and for which region."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from offing.model.reading.context import Context, ContextForm, ContextKind, ContextRules
from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.review.candidate import Proposal
from offing.propose.reading.layout import Sentence, Zone
from offing.propose.reading.quotes import around
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import CHINA, NEVER_TARGETS, rank_countries

_HEAD = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
_TOP = frozenset({Zone.TITLE, Zone.LEAD})
_EVERYWHERE = "*"
_NO_BLANKS = frozenset({"zh"})  # languages without blanks between words
_BEFORE, _BEHIND = r"(?<![^\W一-鿿])", r"(?![^\W一-鿿])"  # a Latin name may appear amid Chinese
_ARTICLE = "ال"
# Arabic attaches particles and the article to the word: وخطة, للقمة, بالمنتدى.
_DEFINITE, _INDEFINITE = "[وف]?(?:[بك]?ال|لل)", "[وف]?(?:[بك]?ال|لل|[بكل])?"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A wording in a sentence, and its weight there."""

    form: ContextForm
    sentence: Sentence
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class _Finder:
    """One pattern for many forms, each a named group."""

    pattern: re.Pattern[str]
    by_group: Mapping[str, ContextForm]

    def find(self, text: str, sentence: Sentence) -> Iterator[tuple[ContextForm, int, int]]:
        """The forms in a sentence with start and end, in order; a form inside a longer one does not count."""
        for match in self.pattern.finditer(text, sentence.start, sentence.end):
            yield self.by_group[match.lastgroup or ""], *match.span()


def context_of(whole: Scope, best: Proposal, rules: ContextRules) -> Context | None:
    """The context that an article reports; None for a candidate, and for other subjects.

    Args:
        whole: the whole article.
        best: its best proposal.
        rules: wordings, regions and limits of context.toml.
    """
    other_matter = -sum(reason.weight for reason in best.reasons if reason.name in rules.other_matters)
    if best.score >= whole.rules.cut or other_matter >= rules.other_matter:
        return None
    head = [line for line in whole.lines if line.zone in _HEAD]
    hits = list(_hits(whole, head, rules))
    if not hits or sum(hit.weight for hit in hits) + _region_weight(whole, head, rules) < rules.least:
        return None
    named = any(hit.form.named for hit in hits)
    if not (named or _china_speaks(head)):
        return None
    least = whole.level("limits.country_least")
    countries = tuple(country.key for country in rank_countries(whole) if country.score >= least)
    regions = _regions(whole, head, rules)
    if not (named or countries or regions):  # a plan of China for itself
        return None
    weights: dict[int, float] = defaultdict(float)
    for hit in hits:
        weights[hit.sentence.start] += hit.weight
    # The heaviest wording of the heaviest sentence; of equals the earliest.
    proof = min(hits, key=lambda hit: (-weights[hit.sentence.start], -hit.weight, hit.start))
    start, end = around(whole.article.text, proof.sentence, proof.start, proof.end)
    kind = max(ContextKind, key=lambda each: sum(hit.weight for hit in hits if hit.form.key == each))
    return Context(kind, regions, countries, start, end, whole.article.text[start:end])


def _hits(whole: Scope, lines: Iterable[Line], rules: ContextRules) -> Iterator[_Hit]:
    """The wordings of some sentences, each once, where its weight is highest."""
    zones, finder = dict(rules.zones), _finder(rules.wordings, whole.article.language)
    best: dict[str, _Hit] = {}
    for line in lines:
        for form, start, end in finder.find(whole.article.text, line.sentence):
            hit = _Hit(form, line.sentence, start, end, form.weight * zones.get(line.zone, 0.0))
            if form.text not in best or hit.weight > best[form.text].weight:
                best[form.text] = hit
    yield from best.values()


def _region_weight(whole: Scope, lines: Iterable[Line], rules: ContextRules) -> float:
    """The bonus for a group of countries named in title or lead: China meets it as one."""
    zones, finder = dict(rules.zones), _finder(rules.names, whole.article.language)
    groups = {region.id for region in rules.regions if region.members}
    named = (
        zones.get(line.zone, 0.0)
        for line in lines
        if line.zone in _TOP
        and any(form.key in groups for form, _, _ in finder.find(whole.article.text, line.sentence))
    )
    return rules.region * max(named, default=0.0)


def _china_speaks(lines: Sequence[Line]) -> bool:
    """Whether title or first sentence name China or a Chinese town; a Chinese firm does not count.

    Further down, China is what others compare themselves with.
    """
    first = [line for line in lines if line.zone is Zone.TITLE] + [line for line in lines if line.zone is Zone.LEAD][:1]
    return any(
        mention.kind is MentionKind.CHINA or mention.key == CHINA or mention.by == EntityKind.GOVERNMENT
        for line in first
        for mention in line.of(MentionKind.CHINA, MentionKind.PLACE, MentionKind.LENDER)
    )


def _regions(whole: Scope, head: Sequence[Line], rules: ContextRules) -> tuple[str, ...]:
    """The regions named in title and first paragraphs, else the smallest that contains all countries named there."""
    finder = _finder(rules.names, whole.article.language)
    found = [form.key for line in head for form, _, _ in finder.find(whole.article.text, line.sentence)]
    countries = {mention.key for line in head for mention in line.of(MentionKind.COUNTRY)} - NEVER_TARGETS
    if found or len(countries) < rules.members_least:
        return tuple(dict.fromkeys(found))
    holding = [region for region in rules.regions if countries <= region.members]
    return tuple(region.id for region in sorted(holding, key=lambda region: len(region.members))[:1])


@lru_cache(maxsize=64)
def _finder(forms: tuple[ContextForm, ...], language: str) -> _Finder:
    """The finder for the forms of a language; of two that start alike the longer wins."""
    fitting = [form for form in forms if form.language in (language, _EVERYWHERE)]
    by_group = {f"f{number}": form for number, form in enumerate(sorted(fitting, key=lambda f: -len(f.text)))}
    parts = (f"(?P<{group}>{_expression(form)})" for group, form in by_group.items())
    return _Finder(re.compile("|".join(parts) or "(?!)", re.IGNORECASE), by_group)


def _expression(form: ContextForm) -> str:
    """A regular expression for a form: any dash for a hyphen, any blanks, any ending for `*`."""
    text = re.sub("[–—]", "-", form.text)
    if form.language == "ar":
        definite = text.startswith(_ARTICLE)
        return _BEFORE + (_DEFINITE if definite else _INDEFINITE) + _spelled(text.removeprefix(_ARTICLE)) + _BEHIND
    return _spelled(text) if form.language in _NO_BLANKS else _BEFORE + _spelled(text) + _BEHIND


def _spelled(text: str) -> str:
    spelled = re.escape(text).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return spelled.replace(r"\-", "[-–—‑]").replace("'", "['’]")
