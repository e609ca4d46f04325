"""`offing doctor --live`: the first contact with the real web, outlet by outlet."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

import click

from offing.cli.feeds.catalogue_groups import choose_feeds
from offing.cli.site import Site, print_json, say
from offing.fetch_policy import fetch_policy
from offing.model.values.codec import to_plain
from offing.model.values.numbers import counted
from offing.services.monitoring.first_contact import Contact, choose_outlets, judge, meet
from offing.services.running.run_context import utc_now
from offing.services.views.plain import one_line


def meet_outlets(site: Site, groups: Collection[str], *, as_json: bool) -> None:
    """Ask ten outlets of the catalogue, print what they answer, and exit: 1 if something here is to be mended."""
    specs = choose_outlets(choose_feeds(site.layers, tuple(groups) or ("all",)))
    contacts = meet(specs, fetch_policy(site.settings, site.layers), site.layers)
    findings = tuple(judge(contacts, os.environ, utc_now()))
    if as_json:
        print_json({"contacts": to_plain(contacts), "findings": to_plain(findings)})
    else:
        for line in (line for each in contacts for line in _lines(each)):
            say(line)
        for finding in findings:
            mark, colon = ("!", ": ") if finding.advice else (" ", "")
            say(f"{mark} {finding.what}: {finding.found}{colon}{finding.advice}")
    click.get_current_context().exit(1 if any(finding.advice for finding in findings) else 0)


def _lines(contact: Contact) -> Iterator[str]:
    """Yield what one outlet answered, and what became of its newest page."""
    said = contact.cause or counted(contact.entries, "entry", "entries")
    yield f"  {one_line(contact.outlet)}: {said} ({contact.seconds:.1f} s) {contact.url}"
    if contact.page:
        read = f"{counted(contact.words, 'word')} read" if contact.words else contact.page_cause
        yield f"      its newest page: {read} {contact.page}"
