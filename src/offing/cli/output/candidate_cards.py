"""Terminal output of candidates. All text from outside is printed as text, never as markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table

from offing.cli.output.actor_lines import HEADING, actor_lines
from offing.cli.output.project_cards import near_card, update_card
from offing.cli.output.rendering import grid, spoken, text
from offing.model.projects.update import Update
from offing.model.reading.actor import Actor
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import Candidate, Reason
from offing.model.review.decision import Decision, decisions_in_force
from offing.redaction import redact
from offing.review import done_words
from offing.services.matching.conversions import day_of
from offing.services.review.decisions import QueueItem
from offing.services.review.possible_updates import KnownBeside
from offing.services.second_reader.differences import SecondView, second_lines, second_view
from offing.services.views.plain import title_of

_SINGLE = {FieldName.SECTOR, FieldName.STATUS, FieldName.RECORD_TYPE, FieldName.MODE}
_WHY = 2  # reasons shown in a line of the queue


def print_queue(items: tuple[QueueItem, ...], waiting: int) -> None:
    """Print the queue as a table, best first, with what to do next."""
    console = Console()
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "score", "candidate", "countries", "outlets", "why"):
        table.add_column(heading, justify="right" if heading in {"id", "score", "outlets"} else "left")
    for item in items:
        candidate = item.candidate
        outlets = str(candidate.outlets) if candidate.outlets == 1 else f"{candidate.outlets} ({candidate.independent})"
        what = title_of(item) if candidate.kind == "new" else f"[{candidate.kind}] {title_of(item)}"
        cells = (f"{candidate.score:.2f}", what, ", ".join(item.facts.countries), outlets, _why(candidate))
        table.add_row(*map(text, (str(candidate.id), *cells)))
    console.print(table)
    if items:
        console.print(text(f"{len(items)} of {waiting} · next: offing queue show {items[0].candidate.id}"), style="dim")
    else:
        console.print(text("No candidates are waiting for a decision."))


def print_candidate(
    item: QueueItem, actors: tuple[Actor, ...] = (), update: Update | None = None, near: tuple[KnownBeside, ...] = ()
) -> None:
    """Print one candidate: fields beside quotes, the update it would make, facts on its firms, reasons, sources."""
    candidate = item.candidate
    head = f"candidate {candidate.id} · {candidate.kind} · {candidate.state} · score {candidate.score:.2f}"
    parts: list[RenderableType] = [_fields(item), text("")]
    if update or near:
        parts += [update_card(update, Console().width)] if update else []
        parts += [near_card(near), text("")]
    if actors:
        parts += [_actors(actors), text("")]
    parts += [_reasons(candidate.reasons), text(""), _sources(candidate)]
    if view := second_view(item):
        parts += [text(""), _second(view)]
    if candidate.contrasts:
        parts += [text(""), _contrasts(candidate)]
    if item.revisions:
        parts += [text(""), _changes(item)]
    if item.decisions:
        parts += [text(""), _decisions(item.decisions)]
    Console().print(Panel(Group(text(title_of(item), "bold"), text(""), *parts), title=text(head), title_align="left"))


def _why(candidate: Candidate) -> str:
    strongest = sorted(candidate.reasons, key=lambda reason: -reason.weight)[:_WHY]
    return "; ".join(reason.text for reason in strongest if reason.weight > 0)


def _fields(item: QueueItem) -> Table:
    rows = grid()
    corrected = {name for decision in decisions_in_force(item.decisions) for name in decision.after}
    for name, value in spoken(item.facts, day_of(item.candidate.articles)).items():
        by_hand = name in corrected
        proofs = dict.fromkeys(_proof(proof, value) for proof in item.candidate.evidence if proof.field == name)
        quotes = [text(proof, "italic") for proof in proofs]  # one sentence may prove several values of a field
        shown = f"{value} (corrected)" if by_hand else value
        rows.add_row(text(name, "bold"), Group(text(shown), *(() if by_hand else quotes)))
    return rows


def _proof(proof: Evidence, value: str) -> str:
    """Return a quote and its speaker, preceded by what it proves if the field shows another value of its list."""
    origin = f" — {proof.said_by}" if proof.said_by else ""
    origin += f", p. {proof.page}" if proof.page else ""
    other = f"{proof.value}: " if proof.field in _SINGLE and proof.value != value else ""
    return f"{other}{_quoted(proof.text)}{origin}"


def _quoted(quote: str) -> str:
    return f"“{' '.join(quote.split())}”" if quote else ""


def _actors(actors: Iterable[Actor]) -> Group:
    return Group(text(HEADING, "bold"), *map(text, actor_lines(actors)))


def _reasons(reasons: Iterable[Reason]) -> Group:
    lines = [text(f"{reason.weight:+.2f}  {reason.text}") for reason in sorted(reasons, key=lambda each: -each.weight)]
    return Group(text("why it was selected", "bold"), *lines)


def _second(view: SecondView) -> Group:
    """Return the second reader's opinion, differences last."""
    heading = text("second reader", "bold") + text(f" {view.model}")
    return Group(heading, *(text(f"  {line}") for line in second_lines(view)))


def _sources(candidate: Candidate) -> Group:
    lines = [
        text(f"{article.published:%Y-%m-%d}  " if article.published else "undated     ")
        + text(f"{article.outlet}: {article.title}\n            {redact(article.url)}")
        + text(f"\n            {article.note}" if article.note else "", "yellow")
        for article in candidate.articles
    ]
    also = f" · {candidate.also_in}" if candidate.also_in else ""
    return Group(text("sources", "bold") + text(also), *lines)


def _contrasts(candidate: Candidate) -> Group:
    """Return the contrasts between its articles: a line for each value, with the outlets that state it."""
    outlets = {article.url: article.outlet for article in candidate.articles}
    lines = []
    for contrast in candidate.contrasts:
        lines.append(text(contrast.field.replace("_", " ")))
        lines += [text(f"  {each.value}: {', '.join(outlets[url] for url in each.urls)}") for each in contrast.values]
    return Group(text("outlets disagree", "bold"), *lines)


def _changes(item: QueueItem) -> Group:
    """Return later changes of its articles: a line for each removed or added paragraph."""
    urls = {article.article_id: article.url for article in item.candidate.articles}
    lines = []
    for revision in item.revisions:
        lines.append(text(f"{revision.found_at:%Y-%m-%d}  {redact(urls.get(revision.article_id, ''))}"))
        lines += [
            text(f"            {line}", "dim") for line in revision.diff.splitlines() if not line.startswith("@@")
        ]
    return Group(text("article changed", "bold"), *lines)


def _decisions(decisions: Iterable[Decision]) -> Group:
    lines = []
    for made in decisions:
        edits = ", ".join(
            f"{name}: {_written(made.before.get(name))} → {_written(value)}" for name, value in made.after.items()
        )
        details = " · ".join(part for part in (made.reason, edits) if part)
        lines.append(text(f"{made.at:%Y-%m-%d %H:%M}  {done_words(made)} by {made.by}  {details}".rstrip()))
    return Group(text("decisions", "bold"), *lines)


def _written(value: object) -> str:
    """Return a stored value in words: as originally written if that is stored, the items of a list joined."""
    if isinstance(value, list):
        return "; ".join(map(_written, value)) or "nothing"
    if isinstance(value, dict):
        return str(value.get("as_written") or value.get("name") or " ".join(map(str, value.values())))
    return "nothing" if value is None else str(value)
