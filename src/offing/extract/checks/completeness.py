"""Judges whether a text is the whole article, and by which sign it is not.

Every rule needs a sign at the text itself: a call to read on or to subscribe as its last words or right after it, a
dangling end, or far fewer words than the page states. Paywall machinery on a page proves nothing: most outlets with
subscribers carry it on every page, open ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from lxml import html

from offing.extract.markup.folded_letters import folded_letters
from offing.extract.markup.runs import Run, runs_of
from offing.extract.markup.structured_metadata import StructuredMetadata
from offing.extract.parts.calls_to_action import DANGLING, CallsToAction
from offing.model.sources.article import Completeness
from offing.model.text.text import clean_text

LEAST_SHARE = 0.6  # of the stated number of words; captions and boxes account for the rest
LEAST_WORD_COUNT = 80  # words; below that a difference proves nothing
_SHORT = 250  # words: what a metered article shows at most
_FOLLOWING = 4  # runs examined after the text
_LONGEST_CALL = 400
_LAST = 4  # paragraphs among which the true end of the text is searched
_NEAR = 2
_LEAST_PART = 8  # folded characters of a run; shorter ones do not locate a paragraph made of several runs
_QUOTED = 80
_TAIL = 60  # folded characters by which the end of the text is located on the page
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class PageEvidence:
    """What a page shows and states, recorded before anything is changed on it.

    `word_count` is the number of words that it states for the article, 0 if it states none; `closed`: it says that it
    is not free to read; `stated` is the text in its metadata.
    """

    runs: tuple[Run, ...]
    word_count: int
    closed: bool
    description: str
    url: str
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A text without the calls at its end, its completeness, and the sentence on why it is not whole."""

    paragraphs: tuple[str, ...]
    completeness: Completeness = Completeness.COMPLETE
    sign: str = ""


def page_evidence(tree: html.HtmlElement, metadata: StructuredMetadata, url: str) -> PageEvidence:
    """Collect a page's evidence on completeness.

    Args:
        tree: the page as received.
        metadata: its structured metadata.
        url: its address.
    """
    body, stated = tree.find("body"), metadata.paragraphs("articleBody")
    counts = (str(node.get("wordCount") or "") for node in metadata.nodes)
    count = next((text for text in counts if text.isdigit()), "")
    tier = metadata.first_meta("article:content_tier", "content_tier").lower()
    return PageEvidence(
        runs=() if body is None else tuple(runs_of(body)),
        word_count=max(int(count[:7] or 0), sum(map(words, stated))),
        closed=tier in ("locked", "metered", "premium")
        or any(str(node.get("isAccessibleForFree")).lower() == "false" for node in metadata.nodes),
        description=metadata.first_meta("og:description", "description", "twitter:description"),
        url=url,
        stated=stated,
    )


def judge_completeness(paragraphs: Sequence[str], evidence: PageEvidence, calls: CallsToAction) -> Judged:
    """Judge whether paragraphs are the whole article.

    Args:
        paragraphs: the extracted text, cleaned.
        evidence: what the page shows and states.
        calls: recognises calls to read on and to subscribe.
    """
    text, found = list(paragraphs), list[str]()
    while text and (calls.are_more(text[-1]) or (len(text[-1]) <= _LONGEST_CALL and calls.are_for_money(text[-1]))):
        found.insert(0, text.pop())
    if not text:
        return Judged(tuple(paragraphs))
    if call := calls.at_end(text[-1]):
        found.insert(0, call)
        text[-1] = clean_text(text[-1].removesuffix(call))
    for completeness, sign in _Judge(tuple(text), found, evidence, calls).defects():
        return Judged(tuple(text), completeness, sign)
    return Judged(tuple(text))


@lru_cache(maxsize=2048)
def words(text: str) -> int:
    """The number of words; each character of a script without spaces counts as one."""
    wide = len(_WIDE.findall(text))
    return wide + len(_WORD.findall(_WIDE.sub(" ", text) if wide else text))


@dataclass(frozen=True, slots=True)
class _Judge:
    """Looks for signs that a text is not whole.

    `text` is without the calls `found` at its end; `calls` recognises others.
    """

    text: tuple[str, ...]
    found: Sequence[str]
    evidence: PageEvidence
    calls: CallsToAction

    def defects(self) -> Iterator[tuple[Completeness, str]]:
        """All signs that it is not whole, strongest first."""
        paragraphs, evidence = self.text, self.evidence
        end = _End.of(paragraphs, evidence.runs)
        have = sum(map(words, paragraphs))
        lacks = evidence.word_count >= LEAST_WORD_COUNT and have < LEAST_SHARE * evidence.word_count
        yield from ((Completeness.PAYWALLED, sign) for sign in self._paywall_notices(end))
        if evidence.closed and (lacks or (have < _SHORT and not evidence.word_count)):
            yield Completeness.PAYWALLED, f"the page says that it is not free to read, and shows {have:,} words"
        more = next(iter((*self.found, *self._leads_on(end))), "")
        if more:
            yield Completeness.TRUNCATED, f"after the text the page says “{_shortened(more)}”"
        for text in (*(run.text for run in (*end.inside, *end.before)), paragraphs[-1]):
            if DANGLING.search(text):
                yield Completeness.TRUNCATED, f"the text ends in “{text[-30:]}”"
        if lacks:
            sign = f"the page says that the article has {evidence.word_count:,} words, {have:,} are here"
            yield Completeness.TRUNCATED, sign
        if words(evidence.description) > have / LEAST_SHARE and folded_letters(paragraphs[0])[:_TAIL] in folded_letters(
            evidence.description
        ):
            yield Completeness.TRUNCATED, "the text is shorter than the page's own summary of it"

    def _paywall_notices(self, end: _End) -> Iterator[str]:
        """Paywall notices after the text. A notice may span two runs: the reason, and a button."""
        texts = [run.text for run in (*end.behind, *end.between)]
        for text in (*self.found, *texts, *(f"{one} {other}" for one, other in pairwise(texts))):
            if len(text) <= _LONGEST_CALL and self.calls.are_for_money(text):
                yield f"after the text the page says “{_shortened(text)}”"
        for run in end.behind[:_NEAR]:  # in an element named like a paywall, other than the page's body
            around = (run.element, *list(run.element.iterancestors())[:2])
            names = (f"{each.get('class') or ''} {each.get('id') or ''}" for each in around if each.tag != "body")
            if any(map(self.calls.is_gate, names)):
                yield "right after the text stands a box that the page's markup calls a paywall"
                return

    def _leads_on(self, end: _End) -> Iterator[str]:
        """Calls that lead to the rest of this text.

        "Read more" counts only right after the text and without a link to another page; boxes with other articles, with
        the author or with comments use the same words.
        """
        for run in (*end.inside, *end.between, *end.behind):
            if self.calls.are_of_this(run.text):
                yield run.text
        for run in end.behind[:1]:
            links = run.element.iter("a")
            if self.calls.are_more(run.text) and all(
                _is_same_page(link.get("href"), self.evidence.url) for link in links
            ):
                yield run.text
        for run in (*end.before, *end.inside[-1:]):
            pressed = [link for link in run.element.iter("a", "button") if run.text.endswith(_label_of(link))]
            if pressed and self.calls.are_of_this(text := _label_of(pressed[-1])):
                yield text


def _label_of(link: html.HtmlElement) -> str:
    return clean_text(link.text_content())


@dataclass(frozen=True, slots=True)
class _End:
    """The runs around the end of the text.

    `inside` make up the last paragraph and `behind` follow it; `before` are the last runs of the few paragraphs before
    it and `between` follow those. Remnants of the page's footer may stand among the last paragraphs and hide the true
    end.
    """

    inside: tuple[Run, ...] = ()
    behind: tuple[Run, ...] = ()
    before: tuple[Run, ...] = ()
    between: tuple[Run, ...] = ()

    @classmethod
    def of(cls, paragraphs: Sequence[str], runs: Sequence[Run]) -> _End:
        folded = [folded_letters(run.text) for run in runs]
        first = folded_letters(paragraphs[0])[:_TAIL]
        start = next((place for place, text in enumerate(folded) if first in text), 0)
        last = _places(folded_letters(paragraphs[-1]), folded, start)
        if not last:
            return cls()
        near = (_places(folded_letters(text), folded, start) for text in paragraphs[-_LAST:-1])
        ends = [found[-1] for found in near if found]
        return cls(
            inside=tuple(runs[place] for place in last[-_LAST:]),
            behind=tuple(runs[last[-1] + 1 : last[-1] + 1 + _FOLLOWING]),
            before=tuple(runs[place] for place in ends if place not in last),
            between=tuple(runs[place + 1] for place in ends if place + 1 not in last and place + 1 < len(runs)),
        )


def _places(text: str, folded: Sequence[str], start: int) -> list[int]:
    """The positions of the runs of a paragraph: one run that holds its end, or several that it consists of."""
    tail = text[-_TAIL:]
    for place in range(start, len(folded)):
        if tail and tail in folded[place]:
            return [place]
        if len(folded[place]) >= _LEAST_PART and text.startswith(folded[place]):
            found = [place]
            while found[-1] + 1 < len(folded) and (more := folded[found[-1] + 1]) and more in text:
                found.append(found[-1] + 1)
            return found
    return []


def _is_same_page(href: str | None, url: str) -> bool:
    """Whether a link leads to the page that it stands on."""
    if not href or href.startswith(("#", "javascript:")):
        return True
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    return there.path.rstrip("/") == here.path.rstrip("/") and there.hostname == here.hostname


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
