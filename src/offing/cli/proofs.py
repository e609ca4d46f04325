"""A candidate on a few lines: its fields, and below them the numbered quotes that prove each one."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from offing.cli.cards import spoken, text
from offing.cli.queue import title_of
from offing.model.evidence import Evidence
from offing.steps.review import QueueItem

SHOWN_OUTLETS = 3


def proved(item: QueueItem, place: int) -> RenderableType:
    """A candidate with its proofs; each quote stands once, however many fields it proves.

    Args:
        item: the candidate.
        place: its place in the queue, from 1.
    """
    candidate = item.candidate
    numbers = _numbered(candidate.evidence)
    head = f"{place} · candidate {candidate.id} · score {candidate.score:.2f} · {candidate.kind}"
    body = Group(text(title_of(item), "bold"), _outlets(item), _fields(item, numbers), _quotes(numbers))
    return Panel(body, title=text(head), title_align="left", border_style="dim")


def _numbered(evidence: tuple[Evidence, ...]) -> dict[tuple[int, int, int], tuple[int, Evidence]]:
    """The different quotes by place in the text, numbered in the order of the text."""
    by_place = {(each.article_id, each.start, each.end): each for each in evidence}
    return {place: (number, by_place[place]) for number, place in enumerate(sorted(by_place), 1)}


def _fields(item: QueueItem, numbers: dict[tuple[int, int, int], tuple[int, Evidence]]) -> Table:
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column(style="cyan", no_wrap=True)
    grid.add_column(ratio=1)
    for name, value in spoken(item.facts).items():
        marks = sorted(
            {
                numbers[each.article_id, each.start, each.end][0]
                for each in item.candidate.evidence
                if each.field == name
            }
        )
        if marks:
            grid.add_row(text(name), text(value) + Text("  " + "".join(f"[{mark}]" for mark in marks), style="dim"))
    return grid


def _quotes(numbers: dict[tuple[int, int, int], tuple[int, Evidence]]) -> Table:
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    for number, quote in numbers.values():
        said = Text(f" — {quote.speaker}", style="dim") if quote.speaker else Text()
        grid.add_row(Text(f"[{number}]"), text(f"“{' '.join(quote.text.split())}”", "italic") + said)
    return grid


def _outlets(item: QueueItem) -> Text:
    names = list(dict.fromkeys(article.outlet for article in item.candidate.articles if article.outlet))
    more = f" and {len(names) - SHOWN_OUTLETS} more" if len(names) > SHOWN_OUTLETS else ""
    return text(", ".join(names[:SHOWN_OUTLETS]) + more, "dim")
