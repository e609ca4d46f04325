"""Publishers' reservations: read with the page, and honoured by dropping the text once facts and quotes are drawn."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from offing.fetch import reservation_of, withheld
from offing.fetch.reservation import FILE, file_request, read_file
from offing.model.sources.page import FetchedPage
from offing.net.robots import robots_origin
from offing.services.running.connectivity import HostNotReachedError, NetworkDownError
from offing.services.running.polite_requests import ask_politely
from offing.services.running.run_context import RunContext
from offing.store.articles.article import get_article
from offing.store.articles.page import drop_body, reserved
from offing.store.feeds.pace import StoredRobots, keep_robots, known_robots
from offing.store.upkeep.reserved_texts import quoted, reserved_page, save_withheld
from offing.urls import host_of

FILE_FRESH = timedelta(hours=24)


async def with_reservation(context: RunContext, page: FetchedPage) -> FetchedPage:
    """Return a page with its publisher's reservation.

    The origin's tdmrep.json is fetched at most once a day, and only if it could matter.
    """
    agent = context.policy.user_agent.split("/", maxsplit=1)[0]
    found = reservation_of(page.headers, page.body, agent)
    if context.policy.honour_reservations and not found:
        rules = await _rules(context, page.final_url)
        found = reservation_of(page.headers, page.body, agent, rules, page.final_url) if rules else found
    return replace(page, reservation=found)


async def _rules(context: RunContext, url: str) -> str:
    """Return the origin's tdmrep.json, stored or fetched now; "" if it has none."""
    place = robots_origin(url) + FILE
    now = context.clock()
    known = await context.read(lambda conn: known_robots(conn, place, now))
    if known is not None:
        return known.content
    pause = max(context.policy.host_delay, context.crawl_delays.get(host_of(url), timedelta()))
    await asyncio.sleep(pause.total_seconds())  # the page was asked for just now
    try:
        answer = await ask_politely(context, file_request(robots_origin(url)))
        found = StoredRobots(answer.status, read_file(answer))
    except (HostNotReachedError, NetworkDownError):
        found = StoredRobots(None, "")  # the page came, so this is no sign of a network outage
    await context.write(lambda conn: keep_robots(conn, place, found, now + FILE_FRESH))
    return found.content


def let_go_of_page(conn: sa.Connection, context: RunContext, page_id: int) -> None:
    """Drop the content of a reserved page that nothing needs to read any more."""
    if context.policy.honour_reservations and reserved(conn, page_id):
        drop_body(conn, page_id)


def withhold(conn: sa.Connection, context: RunContext, article_id: int) -> None:
    """Reduce a reserved article to its title and quotes, once its candidates are drawn."""
    page_id = reserved_page(conn, article_id) if context.policy.honour_reservations else None
    if page_id is None:
        return
    article = get_article(conn, article_id)
    masked = withheld(article, quoted(conn, article_id))
    save_withheld(conn, article_id, page_id, masked, context.clock())
