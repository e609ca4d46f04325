"""The shapes of `page-lines`, `page-notices` and `page-markup`; the files document each list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from offing.config.files.documents import Strict
from offing.config.files.wording_shapes import Forms, LowerPatterns, Patterns


class PageLines(Strict):
    """`page-lines`: words in lines around an article; the files document each list."""

    kind: Literal["page-lines"]
    alone: Forms = Forms()
    teaser: LowerPatterns = LowerPatterns()
    elsewhere: LowerPatterns = LowerPatterns()
    sign_up: LowerPatterns = LowerPatterns()
    sign_up_unparted: LowerPatterns = LowerPatterns()
    addressed: LowerPatterns = LowerPatterns()
    reach: LowerPatterns = LowerPatterns()
    machine: LowerPatterns = LowerPatterns()
    labels: LowerPatterns = LowerPatterns()
    labels_alone: LowerPatterns = LowerPatterns()
    rights_first: LowerPatterns = LowerPatterns()
    rights: LowerPatterns = LowerPatterns()
    no_copies: LowerPatterns = LowerPatterns()
    on_comments: LowerPatterns = LowerPatterns()
    credit: LowerPatterns = LowerPatterns()
    named: Patterns = Patterns()
    end_mark: LowerPatterns = LowerPatterns()
    comments: LowerPatterns = LowerPatterns()
    often: LowerPatterns = LowerPatterns()
    by: LowerPatterns = LowerPatterns()
    by_line: LowerPatterns = LowerPatterns()
    by_name: LowerPatterns = LowerPatterns()
    between_names: LowerPatterns = LowerPatterns()
    behind_names: LowerPatterns = LowerPatterns()
    times_behind_names: LowerPatterns = LowerPatterns()
    days_behind_names: LowerPatterns = LowerPatterns()
    nobody: Forms = Forms()
    dated: LowerPatterns = LowerPatterns()
    changed: LowerPatterns = LowerPatterns()
    changed_below: LowerPatterns = LowerPatterns()
    before_days: LowerPatterns = LowerPatterns()
    dated_in_print: LowerPatterns = LowerPatterns()
    dated_in_print_unparted: LowerPatterns = LowerPatterns()
    pages_before: LowerPatterns = LowerPatterns()
    pages_of: LowerPatterns = LowerPatterns()
    pages_behind: LowerPatterns = LowerPatterns()
    home: Forms = Forms()
    no_titles: Forms = Forms()
    no_sections: Forms = Forms()


class PageNotices(Strict):
    """`page-notices`: how pages say that a text is incomplete or missing."""

    kind: Literal["page-notices"]
    of_this: LowerPatterns = LowerPatterns()
    more: LowerPatterns = LowerPatterns()
    clause_starts: LowerPatterns = LowerPatterns()
    for_money_first: LowerPatterns = LowerPatterns()
    for_money: LowerPatterns = LowerPatterns()
    cookies: LowerPatterns = LowerPatterns()
    cookies_unparted: LowerPatterns = LowerPatterns()
    around_cookies: LowerPatterns = LowerPatterns()
    around_cookies_unparted: LowerPatterns = LowerPatterns()
    to_visitor: LowerPatterns = LowerPatterns()
    to_visitor_unparted: LowerPatterns = LowerPatterns()
    challenge: LowerPatterns = LowerPatterns()
    challenge_in_text: LowerPatterns = LowerPatterns()
    challenge_in_page: LowerPatterns = LowerPatterns()
    paywall: LowerPatterns = LowerPatterns()
    paywall_in_page: LowerPatterns = LowerPatterns()
    log_in_in_text: LowerPatterns = LowerPatterns()
    log_in_in_page: LowerPatterns = LowerPatterns()
    consent: LowerPatterns = LowerPatterns()
    consent_in_text: LowerPatterns = LowerPatterns()
    consent_in_page: LowerPatterns = LowerPatterns()
    script: LowerPatterns = LowerPatterns()
    not_found: LowerPatterns = LowerPatterns()


class PageMarkup(Strict):
    """`page-markup`: names of parts of pages; the lists up to `quote` hint at the content of a block."""

    kind: Literal["page-markup"]
    body: LowerPatterns = LowerPatterns()
    caption: LowerPatterns = LowerPatterns()
    share: LowerPatterns = LowerPatterns()
    related: LowerPatterns = LowerPatterns()
    sign_up: LowerPatterns = LowerPatterns()
    comment: LowerPatterns = LowerPatterns()
    author: LowerPatterns = LowerPatterns()
    meta: LowerPatterns = LowerPatterns()
    summary: LowerPatterns = LowerPatterns()
    advert: LowerPatterns = LowerPatterns()
    edge: LowerPatterns = LowerPatterns()
    quote: LowerPatterns = LowerPatterns()
    gates: LowerPatterns = LowerPatterns()
    gate_parts: LowerPatterns = LowerPatterns()
    bylines: LowerPatterns = LowerPatterns()
    dates: LowerPatterns = LowerPatterns()
    crumbs: LowerPatterns = LowerPatterns()


SHAPES: Mapping[str, type[Strict]] = {
    "page-lines": PageLines,
    "page-notices": PageNotices,
    "page-markup": PageMarkup,
}
