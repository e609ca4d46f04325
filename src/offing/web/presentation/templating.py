"""Templates: autoescape on, unknown names are errors, and the few filters that they use."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from offing.config.sites.keys import shipped_keys
from offing.model.operation.user import Permission
from offing.model.review.queue import QueueFilter
from offing.model.sources.credentials import carried_by
from offing.model.sources.entry import is_pasted
from offing.model.text.marking import marked, marked_as_written
from offing.redaction import redact
from offing.review import country_name, headline
from offing.services.views.latin_names import headline_names
from offing.web.presentation.field_values import words
from offing.web.presentation.fields import label
from offing.web.presentation.form_tokens import new_mark
from offing.web.presentation.project_hits import hit_beside
from offing.web.presentation.zones import day, local_day, looking, weekday, when

FOLDER = Path(__file__).parents[1]
SECTIONS: tuple[tuple[str, str, Permission], ...] = (
    ("/queue", "Queue", Permission.READ),
    ("/second", "Second readings", Permission.DECIDE),
    ("/sources", "Sources", Permission.READ),
    ("/projects", "Projects", Permission.READ),
    ("/findings", "Findings", Permission.AMEND),
    ("/decisions", "Decisions", Permission.READ),
    ("/dashboard", "Dashboard", Permission.READ),
    ("/add", "Add", Permission.DECIDE),
    ("/people", "People", Permission.AUDIT),
)
"""The pages in the head of each page: address, name, and who sees it."""
TITLES = {
    400: "That cannot be understood",
    401: "Log in first",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not allowed",
    413: "Too large",
    422: "That cannot be understood",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Not available",
}


def page(
    request: Request, template: str, values: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> Response:
    """A page made from a template."""
    visitor = getattr(request.state, "visitor", None)
    place = request.app.state.place if "app" in request.scope else None
    keys, ticks = (place.keys, place.ticks) if place else (shipped_keys(), time.time)
    mark = partial(new_mark, ticks())
    context = {"visitor": visitor, "path": request.url.path, "keys": keys, "new_mark": mark, **values}
    return _templates().TemplateResponse(request, template, context, status, headers)


def error_page(request: Request, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """A page that says what happened, without any detail of the program."""
    values = {"status": status, "title": TITLES.get(status, "Something went wrong"), "sentence": sentence}
    return page(request, "error.html", {**values, "request_id": request.state.request_id}, status, headers)


def web_link(url: str) -> str | None:
    """The URL if a browser may follow it: http and https only, without credentials; none of a pasted text."""
    carried = carried_by(url.strip())
    bare = carried.bare if carried else url.strip()
    try:
        parts = urlsplit(bare)
    except ValueError:  # a bracket that never closes
        return None
    leads = parts.scheme.lower() in {"http", "https"} and parts.netloc and not is_pasted(bare)
    return redact(bare) if leads else None


def country_or_words(value: str, field: str) -> str:
    """A field's value for display: countries by name, words of closed lists as words."""
    if field == "countries":
        return f"{country_name(value)} ({value})"
    return words(value) if field in {"sector", "status", "record_type", "mode", "concerns"} else value


def sentence(text: str) -> str:
    """The text with its first letter in upper case; the rest stays as it is."""
    return text[:1].upper() + text[1:]


@cache
def language_name(code: str) -> str:
    """The English name of an ISO 639-1 code; the code itself if there is none."""
    found = Locale("en").languages.get(code)
    return str(found or code)


def language_tag(code: str) -> str:
    """A code that is safe as a `lang` attribute, else empty: unknown."""
    return code if re.fullmatch(r"[A-Za-z]{2,3}", code or "") else ""


def how_long(span: timedelta) -> str:
    """A length of time in the unit that people would use: "75 min", "3 h", "4 days"."""
    hours = span.total_seconds() / 3600
    if hours < 2:  # noqa: PLR2004 -- "75 min" says more than "1 h"
        return f"{hours * 60:.0f} min"
    return f"{int(hours)} h" if hours < 48 else f"{int(hours / 24)} days"  # noqa: PLR2004 -- two days


def toggled(wanted: QueueFilter, facet: str, value: str) -> str:
    """The query string of a filter with a value toggled; back on the first page."""
    held = tuple(map(str, getattr(wanted, facet)))
    chosen = tuple(each for each in held if each != value) if value in held else (*held, value)
    changed: dict[str, Any] = {facet: chosen}  # not validated again: values in the database may be outside our lists
    return replace(_first_page(wanted), **changed).to_query()


def mine_turned(wanted: QueueFilter) -> str:
    """The query string of a filter with "mine" toggled."""
    return replace(_first_page(wanted), mine=not wanted.mine).to_query()


def assigned_turned(wanted: QueueFilter, to: str) -> str:
    """The query string of a filter with "assigned to" this person turned on, or off if it is."""
    return replace(_first_page(wanted), assigned="" if wanted.assigned == to else to).to_query()


def deferred_turned(wanted: QueueFilter) -> str:
    """The query string of a filter with "deferred until now" toggled."""
    return replace(_first_page(wanted), deferred=not wanted.deferred).to_query()


def changed(wanted: QueueFilter, name: str, value: object) -> str:
    """The query string of a filter with one field set; back on the first page."""
    new: dict[str, Any] = {name: value}
    return replace(_first_page(wanted), **new).to_query()


def chosen(wanted: QueueFilter, name: str) -> tuple[str, ...]:
    """The chosen values of a field that can have several."""
    return tuple(map(str, getattr(wanted, name)))


def kept(wanted: QueueFilter, *without: str) -> list[tuple[str, list[str]]]:
    """The filter as hidden fields of a form, without some of its names."""
    plain = {"view": wanted.view.value, **_first_page(wanted).to_dict()}
    return [(name, v if isinstance(v, list) else [v]) for name, v in plain.items() if name not in without]


def _first_page(wanted: QueueFilter) -> QueueFilter:
    return replace(wanted, after=None, before=None)


def _version() -> str:
    """A digest of all static files, used in their address, so that a browser never mixes two versions."""
    digest = hashlib.sha256()
    for path in sorted((FOLDER / "static").rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + path.read_bytes())
    return f"/static/v-{digest.hexdigest()[:12]}"


_FILTERS: tuple[Callable[..., Any], ...] = (
    *(
        web_link,
        country_name,
        country_or_words,
        words,
        language_tag,
        language_name,
        when,
        day,
        local_day,
        weekday,
        how_long,
    ),
    *(sentence, toggled, mine_turned, assigned_turned, deferred_turned, changed, chosen),
    *(kept, headline, headline_names, hit_beside, label, marked, marked_as_written, redact, is_pasted, looking),
)


@cache
def _templates() -> Jinja2Templates:
    loader = FileSystemLoader(FOLDER / "templates")
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    for found in _FILTERS:
        env.filters[found.__name__] = found
    env.globals.update(static=_version(), sections=SECTIONS)
    return Jinja2Templates(env=env)
