"""Terminal output of projects and their updates. All text from outside is printed as text, never as markup."""

from __future__ import annotations

from dataclasses import replace

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table

from offing.cli.output.lifeline import life_line
from offing.cli.output.rendering import grid, spoken, text
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectRecord, grouped
from offing.model.projects.update import FieldDiff, Stand, Update
from offing.services.records.projects import Joining, NamedItem, RecordView
from offing.services.review.possible_updates import KnownBeside
from offing.services.views.record_changes import hand_lines

_FRAME = 4  # characters of a panel's sides
_SIGNS = {Stand.AGREES: ("=", "dim"), Stand.NEW: ("+", "green"), Stand.DIFFERS: ("≠", "yellow")}


def print_projects(records: tuple[ProjectRecord, ...]) -> None:
    """Print all records, one line each."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "title", "countries", "status", "events", "last event"):
        table.add_column(
            heading, justify="right" if heading == "events" else "left", no_wrap=heading in {"id", "last event"}
        )
    for record in records:
        facts, days = record.facts, [event.day for event in record.life_line if event.day]
        last = str(max(days)) if days else ""
        cells = (record.id, facts.title, ", ".join(facts.countries), state_of(record))
        table.add_row(*map(text, (*cells, str(len(record.life_line)), last)))
    Console().print(table)


def state_of(record: ProjectRecord) -> str:
    """Return the state of a record: its status, or where it went."""
    if record.redirects_to:
        return f"merged into {record.redirects_to}"
    if record.withdrawn is not None:
        return f"withdrawn: {record.withdrawn}"
    return record.facts.status or ""


def print_known(named: Ref, row: KnownProject) -> None:
    """Print a project of another base: its fields, year and description."""
    fields = grid()
    year = {"year": str(row.year)} if row.year else {}
    for name, value in {**spoken(row.facts), **year}.items():
        fields.add_row(text(name, "bold"), text(value))
    words = (text(""), text(row.description)) if row.description else ()
    Console().print(Panel(Group(fields, *words), title=text(str(named)), title_align="left"))


def print_project(found: RecordView, *, full: bool = False) -> None:
    """Print one record with its life line, its quotes cut to a line each unless `full`."""
    console, record = Console(), found.record
    fields = grid()
    for name, value in spoken(replace(record.facts, event_date=None, events=())).items():  # on the life line
        fields.add_row(text(name, "bold"), text(value))
    parts: list[RenderableType] = [fields, *_line(found, console.width - _FRAME, full=full)]
    parts += _contradictions(found)
    parts += _by_hand(record)
    parts += [text(""), *_around(found)]
    gone = state_of(record) if record.redirects_to or record.withdrawn is not None else ""
    title = text(f"{record.id} · {gone}" if gone else record.id)
    console.print(Panel(Group(*parts), title=title, title_align="left"))


def _line(found: RecordView, width: int, *, full: bool) -> list[RenderableType]:
    """Return the life line; for a merged record, where it went."""
    record = found.record
    if record.life_line:
        contested = {key for each in found.contradictions for key in each.events}
        drawn = life_line(record.life_line, width, contested=contested, full=full)
        return [text(""), text("timeline", "bold"), drawn]
    if record.redirects_to:
        return [text(""), text(f"its timeline continues there: offing projects show {record.redirects_to}")]
    return []


def _contradictions(found: RecordView) -> list[RenderableType]:
    if not found.contradictions:
        return []
    how = f"choose the account to use: offing projects choose {found.record.id} NUMBER"
    said = (text(f"≠ {each.said}", "red") for each in found.contradictions)
    return [text(""), text("contradictions", "bold"), *said, text(how, "dim")]


def _by_hand(record: ProjectRecord) -> list[RenderableType]:
    """Return the values that people set, with who, when, why and the source."""
    rows = grid()
    for each in hand_lines(record):
        why = "".join(
            (f": {each.hand.reason}" if each.hand.reason else "", f" <{each.hand.source}>" * bool(each.hand.source))
        )
        rows.add_row(text(each.field, "bold"), text(f"{each.said}  ({each.hand.by}, {each.hand.at:%Y-%m-%d}{why})"))
    return [text(""), text("set by hand", "bold"), rows] if record.by_hand else []


def _around(found: RecordView) -> list[RenderableType]:
    ids = ", ".join(map(str, found.record.candidate_ids))
    lines = [("from", f"candidates {ids}" if ids else "no candidates")]
    lines += [("known as", named(each)) for each in found.known]
    lines += [("linked with", named(each)) for each in found.linked]
    lines += [("includes", f"{each}, merged into this record") for each in found.merged]
    rows = grid()
    for label, words in lines:
        rows.add_row(text(label, "bold"), text(words))
    return [rows]


def named(each: NamedItem) -> str:
    """Return an item with its title."""
    return f"{short(each.ref)}  {each.title}".rstrip()


def short(ref: Ref) -> str:
    """Return an item as a user can type it: a record by its id alone."""
    return ref.key if ref.kind is RefKind.PROJECT else str(ref)


def update_card(update: Update, width: int) -> Group:
    """Return a card with what a candidate would change in what it is an update of."""
    fields = grid()
    for each in update.fields:
        sign, style = _SIGNS[each.stand]
        fields.add_row(text(sign, style), text(each.field, "bold"), text(_sides(each)))
    head = text(f"update of {short(update.target)}  {update.title}".rstrip(), "bold")
    contested = {key for each in update.contradictions for key in each.events}
    new = {event.key for event in update.events}
    drawn = life_line(update.line, width - _FRAME, contested=contested, new=new)
    warned = (text(f"! {each}", "yellow") for each in update.warnings)
    return Group(head, fields, *warned, text(""), drawn)


def near_card(near: tuple[KnownBeside, ...]) -> Group:
    """Return a card with the known projects that matching found, with score and reasons in words."""
    rows = grid()
    for each in near:
        how = f"update of, {each.relation}" if each.settled else f"possibly {each.relation}"
        why = f"{short(each.ref)}  {each.title}\n{'; '.join(each.reasons)}".rstrip()
        rows.add_row(text(how, "bold" if each.settled else ""), text(f"{each.score:.2f}"), text(why))
    return Group(text("known projects", "bold"), rows) if near else Group()


def _sides(each: FieldDiff) -> str:
    reported, known, after = ("; ".join(map(grouped, side)) for side in (each.reported, each.known, each.after))
    if each.stand is Stand.AGREES or not known:
        return reported
    stays = "" if set(each.reported) <= set(each.after) else f" (kept: {after})"
    return f"{known}  →  {reported}{stays}"


def print_joining(found: Joining, *, parted: bool) -> None:
    """Print two records beside each other, and both as one, or each by itself if they are to be split."""
    console = Console()
    sides = Table(box=None, pad_edge=False)
    for heading in ("", found.gone.id, found.kept.id, *(() if parted else ("together",))):
        sides.add_column(heading)
    facts = [found.gone.facts, found.kept.facts, *(() if parted else (found.both.facts,))]
    spoken_facts = [spoken(each) for each in facts]
    for name in dict.fromkeys(name for each in spoken_facts for name in each):
        sides.add_row(text(name, "bold"), *(text(each.get(name, "")) for each in spoken_facts))
    console.print(sides)
    if parted:
        for each in (found.gone, found.kept):
            console.print(text(each.id, "bold"), life_line(each.life_line, console.width), sep="\n")
    else:
        contested = {key for each in found.both.contradictions for key in each.events}
        console.print(life_line(found.both.life_line, console.width, contested=contested))
        for clash in found.both.contradictions:
            console.print(text(f"≠ {clash.said}", "red"))
