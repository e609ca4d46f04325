"""The dashboard with its charts, and the printable digest of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from offing.model.operation.figures import Figures
from offing.model.operation.run import Ending
from offing.model.operation.user import Permission
from offing.model.review.queue import Facet
from offing.model.values.vocabulary import MACHINE_VERBS
from offing.services.monitoring.digest import digest
from offing.services.monitoring.figures import figures
from offing.services.monitoring.problems import problems
from offing.services.review.agreement import blinded
from offing.store.candidates.queue_line import names_of
from offing.web.access import needs, place_of
from offing.web.desk.second_reading import hidden
from offing.web.presentation.charts import bars
from offing.web.presentation.templating import page

DAYS = 30

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])


@router.get("/dashboard")
def dashboard(request: Request) -> Response:
    """What came in, what became of it, how review goes, and what has a problem."""
    place = place_of(request)
    now = place.clock()
    found = figures(place.database, now, DAYS)
    with place.database.read() as conn:
        outlets = names_of(conn, Facet.SOURCE, [each.value for each in found.by_source])
    values = {
        "figures": found,
        "outlets": outlets,
        "charts": _charts(found),
        "stages": [(verb, found.funnel.get(verb, {})) for verb in MACHINE_VERBS],
        "endings": [ending for ending in Ending if any(found.funnel[verb].get(ending) for verb in found.funnel)],
        "problems": problems(place.database, now),
        "today": now.astimezone(UTC).date(),
        "reasons": {reason.name: reason.text for reason in place.keys.reasons},
        "sentences": {name: _plain(text) for name, text in place.scoring.texts.items()},
    }
    return page(request, "dashboard.html", values)


@router.get("/digest/{day}")
def day_digest(request: Request, day: str) -> Response:
    """One day on a sheet of paper."""
    place = place_of(request)
    try:
        wanted = date.fromisoformat(day)
        around = {"before": wanted - timedelta(days=1), "after": wanted + timedelta(days=1)}
    except (ValueError, OverflowError) as error:
        raise HTTPException(404, "Write the day in the address as 2026-03-02.") from error
    now = place.clock()
    found, blind = digest(place.database, wanted, now), hidden(request)
    found = replace(
        found,
        candidates=tuple(blinded(each) if each.candidate.id in blind else each for each in found.candidates),
        decided=tuple(each for each in found.decided if each[0].candidate_id not in blind),
    )
    return page(request, "digest.html", {"digest": found, **around, "today": now.astimezone(UTC).date()})


def _plain(text: str) -> str:
    """The sentence of a reason without the words of one article: up to its colon, or with an ellipsis for them."""
    return text.partition(": {what}")[0].replace("{what}", "…").rstrip(".")


def _charts(found: Figures) -> dict[str, object]:
    labels = [f"{each.day:%-d %b}" for each in found.days]
    return {
        "entries": bars([each.entries for each in found.days], labels, "Entries that came in, by day"),
        "candidates": bars([each.candidates for each in found.days], labels, "New candidates, by day"),
        "decisions": bars([each.decisions for each in found.days], labels, "Decisions, by day"),
    }
