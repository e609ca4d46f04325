"""A candidate on a few lines: its fields, and below them the numbered quotes that prove each one."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from offing.cli.output.rendering import spoken, text
from offing.model.reading.evidence import Evidence
from offing.services.review.decisions import QueueItem
from offing.services.views.plain import title_of

SHOWN_OUTLETS = 3

Place = tuple[int, int, int]  # article, start, end
Numbered = dict[Place, tuple[int, Evidence]]


def proved(item: QueueItem, place: int) -> RenderableType:
    """Return a candidate with its evidence; each quote is shown once, however many fields it proves.

    Args:
        item: the candidate.
        place: its place in the queue, from 1.
    """
    candidate = item.candidate
    numbers = _numbered(candidate.evidence)
    head = f"{place} · candidate {candidate.id} · score {candidate.score:.2f} · {candidate.kind}"
    body = Group(text(title_of(item), "bold"), _outlets(item), _fields(item, numbers), _quotes(numbers))
    return Panel(body, title=text(head), title_align="left", border_style="dim")


def _numbered(evidence: tuple[Evidence, ...]) -> Numbered:
    """Return the fewest quotes that prove every value, numbered in the order of the text."""
    chosen: dict[Place, Evidence] = {}
    proved_by: dict[tuple[str, str], list[Evidence]] = {}
    for each in evidence:
        proved_by.setdefault((each.field, each.value), []).append(each)
    for proofs in proved_by.values():
        if not any(_place(each) in chosen for each in proofs):
            chosen[_place(proofs[0])] = proofs[0]
    return {place: (number, chosen[place]) for number, place in enumerate(sorted(chosen), 1)}


def _place(quote: Evidence) -> Place:
    return quote.article_id, quote.start, quote.end


def _fields(item: QueueItem, numbers: Numbered) -> Table:
    grid = _grid("cyan")
    for name, value in spoken(item.facts).items():
        proofs = {_place(each) for each in item.candidate.evidence if each.field == name}
        marks = [number for place, (number, _) in numbers.items() if place in proofs]
        if marks:
            grid.add_row(text(name), text(value) + Text("  " + "".join(f"[{mark}]" for mark in marks), style="dim"))
    return grid


def _quotes(numbers: Numbered) -> Table:
    grid = _grid("dim")
    for number, quote in numbers.values():
        speaker = Text(f" — {quote.said_by}", style="dim") if quote.said_by else Text()
        grid.add_row(Text(f"[{number}]"), text(f"“{' '.join(quote.text.split())}”", "italic") + speaker)
    return grid


def _grid(style: str) -> Table:
    """Return a grid of two columns; Chinese, which has no spaces, is folded rather than cut."""
    grid = Table(box=None, show_header=False, pad_edge=False)
    grid.add_column(style=style, no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _outlets(item: QueueItem) -> Text:
    names = list(dict.fromkeys(article.outlet for article in item.candidate.articles if article.outlet))
    more = f" and {len(names) - SHOWN_OUTLETS} more" if len(names) > SHOWN_OUTLETS else ""
    return text(", ".join(names[:SHOWN_OUTLETS]) + more, "dim")
