"""Whether a text is the whole article, and what tells that it is not.

Every rule needs a sign at the text itself: a call to go on or to subscribe as its last words or right after it, a
dangling end, or far fewer words than the page says the article has. That a page carries the machinery of a paywall
says nothing: most outlets with subscribers carry it on every page, open ones included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

from lxml import html

from offing.extract.calls import DANGLING, Calls
from offing.extract.fold import fold
from offing.extract.runs import Run, runs_of
from offing.extract.structured import Structured
from offing.model.article import Completeness
from offing.model.text import clean_text

LEAST_SHARE = 0.6  # of the words that the page says the article has; captions and boxes account for the rest
LEAST_PROMISED = 80  # words; below that a difference says nothing
_SHORT = 250  # words: what a metered article shows at most
_FOLLOWING = 4  # runs after the text that are looked at
_LONGEST_CALL = 400
_LAST = 4  # paragraphs among which the true end of the text is looked for
_NEAR = 2
_LEAST_PART = 8  # folded characters of a run by which a paragraph is found that was made of several
_QUOTED = 80
_TAIL = 60  # folded characters by which the end of the text is found on the page
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page shows and says, before anything is changed on it."""

    runs: tuple[Run, ...]
    promised: int
    closed: bool
    description: str
    url: str
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A text without the calls at its end, whether it is whole, and the sentence that tells why not."""

    paragraphs: tuple[str, ...]
    completeness: Completeness = Completeness.COMPLETE
    sign: str = ""


def look_at(tree: html.HtmlElement, said: Structured, url: str) -> Seen:
    """What tells on a page whether its text is whole.

    Args:
        tree: the page as it came.
        said: what it says of itself for machines.
        url: its address.
    """
    body = tree.find("body")
    return Seen(
        runs=() if body is None else tuple(runs_of(body)),
        promised=_promised(said, stated := said.paragraphs("articleBody")),
        closed=_is_closed(said),
        description=said.first_meta("og:description", "description", "twitter:description"),
        url=url,
        stated=stated,
    )


def judge_completeness(paragraphs: Sequence[str], seen: Seen, calls: Calls) -> Judged:
    """Whether paragraphs are the whole article.

    Args:
        paragraphs: the text as it was drawn, cleaned.
        seen: what the page shows and says.
        calls: tells calls to go on and to subscribe.
    """
    kept, found = _without_calls(paragraphs, calls)
    if not kept:
        return Judged(tuple(paragraphs))
    for completeness, sign in _Judge(kept, found, seen, calls).signs():
        return Judged(kept, completeness, sign)
    return Judged(kept)


@lru_cache(maxsize=2048)
def words(text: str) -> int:
    """How many words a text has; a character of a script without spaces counts as one."""
    wide = len(_WIDE.findall(text))
    return wide + len(_WORD.findall(_WIDE.sub(" ", text) if wide else text))


@dataclass(frozen=True, slots=True)
class _Judge:
    """What tells that a text is not whole.

    `kept` is the text without the calls `found` at its end, `calls` tells others.
    """

    kept: tuple[str, ...]
    found: Sequence[str]
    seen: Seen
    calls: Calls

    def signs(self) -> Iterator[tuple[Completeness, str]]:
        """All that tells that it is not whole, most telling first."""
        kept, seen = self.kept, self.seen
        end = _end_of(kept, seen.runs)
        have = sum(map(words, kept))
        lacks = seen.promised >= LEAST_PROMISED and have < LEAST_SHARE * seen.promised
        yield from ((Completeness.PAYWALLED, sign) for sign in self._closed_signs(end))
        if seen.closed and (lacks or (have < _SHORT and not seen.promised)):
            yield Completeness.PAYWALLED, f"the page says that it is not free to read, and shows {have:,} words"
        more = next(iter((*self.found, *self._leads_on(end))), "")
        if more:
            yield Completeness.TRUNCATED, f"after the text the page says “{_shortened(more)}”"
        for text in (*(run.text for run in (*end.inside, *end.before)), kept[-1]):
            if DANGLING.search(text):
                yield Completeness.TRUNCATED, f"the text ends in “{text[-30:]}”"
        if lacks:
            promised = f"the page says that the article has {seen.promised:,} words, {have:,} are here"
            yield Completeness.TRUNCATED, promised
        if words(seen.description) > have / LEAST_SHARE and fold(kept[0])[:_TAIL] in fold(seen.description):
            yield Completeness.TRUNCATED, "the text is shorter than the page's own summary of it"

    def _closed_signs(self, end: _End) -> Iterator[str]:
        """What says behind a text that only some may read on. A call may stand in two runs: what for, and a button."""
        texts = [run.text for run in (*end.behind, *end.between)]
        for text in (*self.found, *texts, *(f"{one} {other}" for one, other in pairwise(texts))):
            if len(text) <= _LONGEST_CALL and self.calls.are_for_money(text):
                yield f"after the text the page says “{_shortened(text)}”"
        if any(map(self._is_gate, end.behind[:_NEAR])):
            yield "right after the text stands a box that the page's markup calls a paywall"

    def _leads_on(self, end: _End) -> Iterator[str]:
        """What leads to the rest of this text.

        "Read more" does so only if it stands right behind the text and leads to no other page; boxes with other
        articles, with the author, with comments say it too.
        """
        for run in (*end.inside, *end.between, *end.behind):
            if self.calls.are_of_this(run.text):
                yield run.text
        for run in end.behind[:1]:
            links = run.element.iter("a")
            if self.calls.are_more(run.text) and all(_stays(link.get("href"), self.seen.url) for link in links):
                yield run.text
        for run in (*end.before, *end.inside[-1:]):
            pressed = [link for link in run.element.iter("a", "button") if run.text.endswith(_said_by(link))]
            if pressed and self.calls.are_of_this(text := _said_by(pressed[-1])):
                yield text

    def _is_gate(self, run: Run) -> bool:
        """Whether the run stands in an element whose name is that of a paywall, and not of the whole page."""
        around = (run.element, *list(run.element.iterancestors())[:2])
        names = (f"{each.get('class') or ''} {each.get('id') or ''}" for each in around if each.tag != "body")
        return any(map(self.calls.is_gate, names))


def _said_by(link: html.HtmlElement) -> str:
    return clean_text(link.text_content())


def _without_calls(paragraphs: Sequence[str], calls: Calls) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs without calls to go on or to subscribe at their end, and these calls."""
    kept, found = list(paragraphs), list[str]()
    while kept and (calls.are_more(kept[-1]) or (len(kept[-1]) <= _LONGEST_CALL and calls.are_for_money(kept[-1]))):
        found.insert(0, kept.pop())
    if kept and (call := calls.at_end(kept[-1])):
        found.insert(0, call)
        kept[-1] = clean_text(kept[-1].removesuffix(call))
    return tuple(kept), tuple(found)


@dataclass(frozen=True, slots=True)
class _End:
    """The runs that make up the last paragraph, those behind it, the last of each of the few before, and those behind.

    What is left of a page's foot may stand among the last paragraphs, and hide the true end of the text.
    """

    inside: tuple[Run, ...] = ()
    behind: tuple[Run, ...] = ()
    before: tuple[Run, ...] = ()
    between: tuple[Run, ...] = ()


def _end_of(kept: Sequence[str], runs: Sequence[Run]) -> _End:
    folded = [fold(run.text) for run in runs]
    first = fold(kept[0])[:_TAIL]
    start = next((place for place, text in enumerate(folded) if first in text), 0)
    last = _places(fold(kept[-1]), folded, start)
    if not last:
        return _End()
    ends = [found[-1] for text in kept[-_LAST:-1] if (found := _places(fold(text), folded, start))]
    between = [runs[place + 1] for place in ends if place + 1 not in last and place + 1 < len(runs)]
    return _End(
        inside=tuple(runs[place] for place in last[-_LAST:]),
        behind=tuple(runs[last[-1] + 1 : last[-1] + 1 + _FOLLOWING]),
        before=tuple(runs[place] for place in ends if place not in last),
        between=tuple(between),
    )


def _places(text: str, folded: Sequence[str], start: int) -> list[int]:
    """Where the runs stand that a paragraph is made of: one that holds its end, or several that it holds."""
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


def _stays(href: str | None, url: str) -> bool:
    if not href or href.startswith(("#", "javascript:")):
        return True
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    return there.path.rstrip("/") == here.path.rstrip("/") and there.hostname == here.hostname


def _promised(said: Structured, stated_text: Sequence[str]) -> int:
    """How many words the page says the article has, 0 where it does not say."""
    stated = next((text for node in said.nodes if (text := str(node.get("wordCount") or "")).isdigit()), "")
    return max(int(stated[:7] or 0), sum(map(words, stated_text)))


def _is_closed(said: Structured) -> bool:
    if said.first_meta("article:content_tier", "content_tier").lower() in ("locked", "metered", "premium"):
        return True
    return any(str(node.get("isAccessibleForFree")).lower() == "false" for node in said.nodes)


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()}…"
