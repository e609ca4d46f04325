"""Templates: autoescape on, unknown names are errors, and the few filters that they use."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pycountry
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

FOLDER = Path(__file__).parent
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
    context = {"visitor": visitor, "path": request.url.path, **values}
    return _templates().TemplateResponse(request, template, context, status, headers)


def error_page(request: Request, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """A page that says what happened, without any detail of the program."""
    values = {"status": status, "title": TITLES.get(status, "Something went wrong"), "sentence": sentence}
    return page(request, "error.html", {**values, "request_id": request.state.request_id}, status, headers)


def web_link(url: str) -> str | None:
    """The URL where a browser may follow it: http and https only."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # a bracket that never closes
        return None
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else None


@cache
def country_name(code: str) -> str:
    """The English name of an ISO 3166-1 alpha-3 code; the code itself where there is none."""
    found = pycountry.countries.get(alpha_3=code)
    return str(getattr(found, "common_name", None) or found.name) if found else code


def words(value: str) -> str:
    """A value of a closed list as words: `under-construction` as `under construction`."""
    return value.replace("-", " ").replace("_", " ")


def language_tag(code: str) -> str:
    """A code that is safe as a `lang` attribute, else empty: unknown."""
    return code if re.fullmatch(r"[A-Za-z]{2,3}", code or "") else ""


def when(moment: datetime | None) -> str:
    """A time as people read it, in UTC."""
    return f"{moment.astimezone(UTC):%-d %b %Y, %H:%M} UTC" if moment else "never"


def day(moment: datetime | None) -> str:
    """A day as people read it."""
    return f"{moment.astimezone(UTC):%-d %b %Y}" if moment else "undated"


@cache
def _templates() -> Jinja2Templates:
    loader = FileSystemLoader(FOLDER / "templates")
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    for found in (web_link, country_name, words, language_tag, when, day):
        env.filters[found.__name__] = found
    env.globals["style"] = hashlib.sha256((FOLDER / "static/offing.css").read_bytes()).hexdigest()[:12]
    return Jinja2Templates(env=env)
