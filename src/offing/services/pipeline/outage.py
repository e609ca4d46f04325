"""Reports an outage of the network here: once when it begins, once when it is over, whatever the number of runs."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from offing.model.operation.run import Tally
from offing.services.running.connectivity import Connectivity
from offing.store.runs.run import Outage, last_outage


def note_outage(conn: sa.Connection, connectivity: Connectivity, tally: Tally, now: datetime) -> None:
    """Note in the tally of a run whether the network here is down, with a sentence if that is news.

    Args:
        conn: its runs tell whether the network was down before.
        connectivity: what the run learned of the network.
        tally: of the run; gets the verdict, and a notice when an outage begins or is over.
        now: when the run ends.
    """
    tally.outage = connectivity.is_down
    if not tally.outage and not _reached_anybody(connectivity):
        return
    before = last_outage(conn, now)
    if tally.outage and before is None:
        hosts = len(connectivity.unreached)
        tally.notices.append(f"none of {hosts} hosts could be reached: the network here seems down; no feed is blamed")
    elif before is not None and not tally.outage:
        tally.notices.append(f"the network here is back; {_in_words(before)}, and what was put off is asked now")


def _reached_anybody(connectivity: Connectivity) -> bool:
    return any(connectivity.has_answered.values())


def _in_words(outage: Outage) -> str:
    runs = "one run" if outage.runs == 1 else f"{outage.runs} runs"
    return f"it was down in {runs}, first at {outage.since:%Y-%m-%d %H:%M} UTC"
