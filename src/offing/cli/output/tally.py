"""Reports a run to people and machines: a progress display while it works, a tally when it has ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from offing.model.operation.run import Ending, Outcome, Tally
from offing.model.review.second_reader import MILLION, SecondTally
from offing.model.values.codec import to_plain
from offing.model.values.numbers import counted
from offing.model.values.vocabulary import MACHINE_VERBS, Verb
from offing.services.pipeline.run import RunReport
from offing.services.pipeline.runner import Watcher

SHOWN_NOTICES = 12
# The noun that a verb takes in, so that a bar can show how much of what is known has been handled.
_MADE_FOR = {Verb.FETCH: "entries", Verb.EXTRACT: "pages", Verb.RECOGNIZE: "articles", Verb.PROPOSE: "articles"}
# Nouns that every tally names even without any, to distinguish a quiet morning from a broken one.
_ALWAYS = ("candidates", "articles", "pages", "entries")
_ONE = {
    "entries": "entry",
    "pages archived": "page archived",
    "rows pruned": "row pruned",
}  # nouns whose singular is not theirs without the s
_INNER = frozenset({"new pages"})  # counted for machines; people would take it for fetched pages


def print_tally(report: RunReport, console: Console) -> None:
    """Print how a run ended: a row for each verb, the results, and notices for operators.

    Args:
        report: the run.
        console: where to print; `Console()` for stdout.
    """
    tally = report.tally
    if tally.endings:
        console.print(_table(tally))
    console.print(Text(f"{made_line(tally)} · run {report.run_id}, {_duration(report.seconds)}"))
    if tally.second:
        console.print(Text(second_line(tally.second)), soft_wrap=True)
    if tally.put_off:
        console.print(Text(put_off_line(tally)), soft_wrap=True)
    print_needs(report, console)


def print_needs(report: RunReport, console: Console) -> None:
    """Print what of a run needs a person: notices of sources, and items in quarantine; nothing if nothing does."""
    tally = report.tally
    for notice in tally.notices[:SHOWN_NOTICES]:
        console.print(Text(f"! {notice}", style="yellow"), soft_wrap=True)
    if len(tally.notices) > SHOWN_NOTICES:
        console.print(Text(f"! and {len(tally.notices) - SHOWN_NOTICES} more sources; `offing feeds list` shows all"))
    if tally.crashed:
        hint = f"{counted(tally.crashed, 'item')} in quarantine: see `offing quarantine list`, and the log for details"
        console.print(Text(hint, style="bold red"), soft_wrap=True)


def made_line(tally: Tally) -> str:
    """Return the results of a run, in nouns: "12 candidates, 40 articles, 41 pages, 80 entries"."""
    rest = sorted(name for name, count in tally.made.items() if count and name not in {*_ALWAYS, *_INNER})
    return ", ".join(
        counted(tally.made[name], _ONE.get(name, name.removesuffix("s")), name) for name in (*_ALWAYS, *rest)
    )


def second_line(second: SecondTally) -> str:
    """Return the second reader's work in a run: articles, their cost, what the day's budget has left."""
    took, (tokens, money) = second.spending, second.left
    parts = [f"second reader {second.model}: {second.read} read"]
    parts += [f"{took.cached} of them from the cache"] if took.cached else []
    parts += [
        f"{count} {word}" for count, word in ((second.put_off, "postponed"), (second.given_up, "given up")) if count
    ]
    parts += [f"{counted(took.dropped, 'value')} discarded"] if took.dropped else []
    parts += [f"{counted(took.asked, 'request')}, {took.seconds / took.asked:.1f} s each"] if took.asked else []
    parts += [f"{took.tokens:,} tokens"] if took.tokens else []
    parts += [f"{took.money / MILLION:.4f} {second.currency}"] if took.money else []
    parts += [f"{tokens:,} tokens left today"] if tokens is not None else []
    parts += [f"{money / MILLION:.2f} {second.currency} left today"] if money is not None else []
    return ", ".join(parts)


def put_off_line(tally: Tally) -> str:
    """Return what a run left due: "postponed to the next run: 485 fetch, 12 extract; most from https://… (470)"."""
    totals = ", ".join(f"{count:,} {verb}" for verb, count in _put_off(tally).items())
    most = max((each for each in tally.put_off if each.feed), key=lambda each: each.items, default=None)
    return f"postponed to the next run: {totals}" + (f"; most from {most.feed} ({most.items:,})" if most else "")


def _put_off(tally: Tally) -> Counter[Verb]:
    found: Counter[Verb] = Counter()
    for each in tally.put_off:
        found[each.verb] += each.items
    return found


def tally_json(report: RunReport) -> dict[str, Any]:
    """Return the tally as one JSON object.

    Returns:
        `run`, `seconds`, `exit_code`, `made` (noun → count), `endings` (verb → ending → count), `notices`, `put_off`
        (for each verb the feeds with most items left due, and under "" all others together), `second_reader` (what it
        did and cost; null if a site has none).
    """
    tally = report.tally
    return {
        "run": report.run_id,
        "seconds": round(report.seconds, 3),
        "exit_code": report.exit_code,
        "made": {name: tally.made[name] for name in (*_ALWAYS, *sorted(set(tally.made) - set(_ALWAYS)))},
        "endings": {verb.value: _counts(tally.endings[verb]) for verb in Verb if verb in tally.endings},
        "notices": list(tally.notices),
        "second_reader": to_plain(tally.second) if tally.second else None,
        "put_off": [{"verb": each.verb.value, "feed": each.feed, "items": each.items} for each in tally.put_off],
    }


@contextmanager
def progress(console: Console) -> Iterator[Watcher]:
    """Show the run while it works; yields the watcher to which the run reports.

    On a terminal, one bar for each verb that has begun; elsewhere nothing, so that cron mails only the tally.
    """
    if not console.is_terminal:
        yield _unseen
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description:<10}"),
        BarColumn(bar_width=30),
        TextColumn("{task.completed:>6.0f} {task.fields[note]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as display:
        yield _Bars(display)


def _unseen(verb: Verb, outcome: Outcome) -> None:
    """Do nothing: nobody watches."""


class _Bars:
    """A watcher that keeps one bar for each verb."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self._bars: dict[Verb, TaskID] = {}
        self._tally = Tally()

    def __call__(self, verb: Verb, outcome: Outcome) -> None:
        """Advance the bar of a verb by one item, and extend those of the verbs that wait for its results."""
        self._tally.add(verb, outcome)
        if verb not in self._bars:
            self._bars[verb] = self._display.add_task(verb.value, total=None, note="")
        counts = self._tally.endings[verb]
        self._display.update(self._bars[verb], advance=1, note=_note(counts))
        for other, bar in self._bars.items():
            noun = _MADE_FOR.get(other)
            if noun and self._tally.made[noun]:
                done = sum(self._tally.endings[other].values())
                self._display.update(bar, total=max(done, self._tally.made[noun]))


def _note(counts: Counter[Ending]) -> str:
    bad = {ending: counts[ending] for ending in (Ending.FAILED, Ending.CRASHED) if counts[ending]}
    return " ".join(f"{count} {ending}" for ending, count in bad.items())


def _table(tally: Tally) -> Table:
    """Return a table with verbs as rows and the endings that occurred as columns."""
    seen = [ending for ending in Ending if any(counts[ending] for counts in tally.endings.values())]
    table = Table("", *(ending.replace("_", " ") for ending in seen), box=None, pad_edge=False, header_style="dim")
    for column in table.columns[1:]:
        column.justify = "right"
    for verb in (*MACHINE_VERBS, *(verb for verb in Verb if verb not in MACHINE_VERBS)):
        if verb in tally.endings:
            counts = tally.endings[verb]
            table.add_row(verb.value, *(str(counts[ending] or "·") for ending in seen))
    return table


def _counts(counts: Counter[Ending]) -> dict[str, int]:
    return {ending.value: counts[ending] for ending in Ending if counts[ending]}


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"
