"""`offing projects trace`: where the values of a field come from, from release back to feed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import click

from offing.cli.site import Site, pass_site, print_json, say
from offing.model.operation.trace import Announcement
from offing.model.operation.value_trace import ArticleOrigin, FieldOrigin, KnownOrigin, QuoteOrigin, ValueOrigin
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.values.codec import to_plain
from offing.services.views.plain import one_line
from offing.services.views.value_trace import trace_field, trace_known

_Line = tuple[str, str]


@click.command("trace", short_help="Trace each value of a field back to the feed.")
@click.argument("project_id", metavar="ID")
@click.argument("field", metavar="FIELD")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_site
def trace_value(site: Site, project_id: str, field: str, *, as_json: bool) -> None:
    """Trace each value of a field: releases, decisions, quotes with their places, articles, pages, feeds.

    A value set by hand shows who set it, when, why and on which source. A merged record is traced in the one that it
    became part of. SHA-256 is the digest of the page's content as fetched; `release.toml` can name where archived
    copies are. Times are UTC. A project of another dataset shows that dataset and its licence.

    \b
    Examples:
      offing projects trace off-2026-000001 amounts
      offing projects trace off-2026-000001 status --json
      offing projects trace known:aiddata:40923 countries
    """  # noqa: D301 -- click reads the backspace itself
    found: FieldOrigin | KnownOrigin
    if project_id.startswith(f"{RefKind.KNOWN}:"):
        found = trace_known(site.database(), Ref.parse(project_id), field)
    else:
        found = trace_field(site.database(), project_id, field)
    if as_json:
        print_json(to_plain(found))
        return
    for name, words in _known(found) if isinstance(found, KnownOrigin) else _field(found):
        say(f"{name:<12} {one_line(words)}".rstrip())


def _known(found: KnownOrigin) -> Iterator[_Line]:
    yield "dataset", f"{found.dataset}, id {found.key}, imported {_at(found.imported_at)}"
    yield "licence", found.licence or "none named: add `licence` to the mapping in config/known/"
    for value in found.values or ("none",):
        yield found.field, value


def _field(found: FieldOrigin) -> Iterator[_Line]:
    yield "record", f"{found.record}{f' ({found.state})' if found.state else ''}"
    shown: set[int] = set()
    for each in found.values:
        yield "", ""
        yield from _value(found, each)
        yield from _evidence(found, each, shown)
    if not found.values:
        yield found.field, "no value"
    for made in found.corrections:
        yield "corrected", f"{_at(made.at)} {made.said} ({made.by}{_why(made.reason, made.source)})"


def _value(found: FieldOrigin, each: ValueOrigin) -> Iterator[_Line]:
    yield found.field, each.value
    yield "releases", ", ".join(f"{one.version}{' (yanked)' * one.yanked}" for one in each.releases) or "none yet"
    if each.hand:
        yield "set by hand", f"{each.hand.by}, {_at(each.hand.at)}{_why(each.hand.reason, each.hand.source)}"
    if each.composed_of:
        yield "composed", f"from other fields of the record: {', '.join(each.composed_of)}"
    for made in each.decisions:
        yield (
            "decision",
            f"candidate {made.candidate_id}: {made.judgement}, {made.by}, {_at(made.at)}{_why(made.reason)}",
        )
    if not (each.quotes or each.hand or each.composed_of):
        yield "evidence", "none"


def _evidence(found: FieldOrigin, each: ValueOrigin, shown: set[int]) -> Iterator[_Line]:
    """Yield the quotes of a value, after those of an article that article; one is shown once in a trace."""
    for (article, url, release), quotes in groupby(each.quotes, key=attrgetter("article", "url", "release")):
        yield from (("evidence", _quote(found, quote)) for quote in quotes)
        if release:
            yield "  article", url
            yield "  release", f"{release}, adopted: the article is not stored here"
        elif article is None:
            yield "  article", "no longer stored"
        elif article.id in shown:
            yield "  article", f"{article.id}, as above"
        else:
            shown.add(article.id)
            yield from _article(article)


def _quote(found: FieldOrigin, each: QuoteOrigin) -> str:
    said = f", said by {each.speaker}" if each.speaker else ""
    chosen = f", chosen by {each.by}" if each.by else ""
    through = f", through {each.record}" if each.record not in {"", found.record} else ""
    candidate = f", candidate {each.candidate_id}" if each.candidate_id else ""
    text = f"“{one_line(each.text)}”" if each.text else "quote not published"
    return f"{text} (characters {each.start}–{each.end}{candidate}{through}{said}{chosen})"


def _article(each: ArticleOrigin) -> Iterator[_Line]:
    yield "  article", f"{each.id}: {each.title} ({', '.join(filter(None, (each.outlet, each.language)))}) {each.url}"
    changed = f"; changed {', '.join(map(_at, each.changed_at))}" if each.changed_at else ""
    yield "  text", f"first revision{', reserved: only its quotes are stored' * each.withheld}{changed}"
    page = each.page
    led = f" → {page.final_url}" if page.final_url != page.url else ""
    yield "  page", f"{page.url}{led}, fetched {_at(page.fetched_at)}, status {page.status}, {page.content_type}"
    yield "  SHA-256", page.sha256
    if page.archived:
        yield "  archived", page.archived
    for one in page.announcements:
        yield "  feed", _feed(one)


def _feed(each: Announcement) -> str:
    who = f"feed {each.feed_id}, {each.source}" if each.feed_id else f"added by {each.source}"
    return f"{who}: entry {each.entry_id}, {_at(each.at)}: {each.title}"


def _why(reason: str, source: str = "") -> str:
    return f"{f': {reason}' if reason else ''}{f' <{source}>' if source else ''}"


def _at(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
