"""What the pages show, and that nothing of it is ever markup."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from offing.model.operation.user import UserRole
from offing.model.projects.project import Firm, LoanTerm, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.review.candidate import CandidateKind
from offing.model.values.vocabulary import LoanTermKind, Role
from offing.store import tables
from web.conftest import NOW

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</mark></title><svg onload=alert(1)>",
    "{{7*7}}{% raw %}",
    "' onmouseover='alert(1)",
    "<!--<plaintext>",
]
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


def firm(name: str) -> Firm:
    """A firm of this name."""
    return Firm(name, name, Role.CONTRACTOR)


def escaped(text: str) -> str:
    """The text as it stands in HTML."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(character, entity)
    return text


def test_terms_of_a_loan_stand_beside_their_quote(desk: Any, add_candidate: Any) -> None:
    """As any other field does: the value, the words of the article, and what would be typed."""
    term = LoanTerm(LoanTermKind.INTEREST, Decimal("2.50"), "percent", "2.5 per cent")
    number = add_candidate(
        paragraphs=("China lends at 2.5 per cent.",),
        facts=ProjectFacts(title="A loan", terms=(term,)),
        quotes=((FieldName.TERMS, term.written, "China lends at 2.5 per cent."),),
    )
    page = desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
    row = page.partition('id="field-terms"')[2].partition('id="field-')[0]
    assert "loan terms" in row
    assert "interest 2.5 percent" in row
    assert re.search(r"<q[^>]*>China lends at 2.5 per cent.</q>", row)


def test_an_empty_queue_says_what_to_do(desk: Any, request: pytest.FixtureRequest) -> None:
    """First choose feeds, then run, then wait."""
    client = desk.as_(UserRole.ANALYST)
    assert "offing feeds add" in client.get("/queue").text
    assert "offing feeds add" in client.get("/sources").text
    request.getfixturevalue("feeds")
    assert "Everything in today’s share is decided" in client.get("/queue").text
    with desk.database.write() as conn:
        conn.execute(tables.run.update().values(ended_at=None))
    assert "no run has finished yet" in client.get("/queue").text


def test_the_queue_is_best_first_and_paged(desk: Any, add_candidate: Any) -> None:
    """Forty at most today; the rest under all that waits, fifty on a page; an address that says nothing is told so."""
    for number in range(55):
        facts = ProjectFacts(countries=("KEN",), places=(f"P{number}",), firms=(firm(f"Project {number:02}"),))
        add_candidate(score=number / 60, facts=facts, quotes=())
    client = desk.as_(UserRole.ANALYST)
    first = client.get("/queue").text
    assert re.findall(r"Project (\d\d) →", first) == [f"{number:02}" for number in range(54, 14, -1)]
    waiting = client.get("/queue?view=waiting").text
    onward = re.search(r'rel="next" href="([^"]+)"', waiting)
    assert len(re.findall(r"Project (\d\d) →", waiting)) == 50
    assert onward
    assert len(re.findall(r"Project (\d\d) →", client.get(onward[1].replace("&amp;", "&")).text)) == 5
    for wrong in ("view=x", "country=Kenya", "after=9", "sort=size", "size=0"):
        answer = client.get(f"/queue?{wrong}")
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text


def test_a_line_of_the_queue_says_what_and_why(desk: Any, add_candidate: Any) -> None:
    """The record in English, the headline as written, outlet, kind, why, and what is left of the day."""
    add_candidate(kind=CandidateKind.UPDATE)
    text = desk.as_(UserRole.VIEWER).get("/queue").text
    for part in (
        "Huawei → Kenya: data centre, cloud; USD 172.5 m contract; signed",
        "Kenya signs for a data centre at Konza",
        "The Nairobi Ledger",
        "Updates of known projects",
        "names a Chinese firm",
        "of 40 decided today, 40 left",
    ):
        assert part in text
    assert 'name="judgement"' not in text, "a viewer decides nothing"


def test_a_candidate_shows_fields_beside_their_proof(desk: Any, add_candidate: Any) -> None:
    """Each quote links to the mark that holds it; reasons have weights; the source opens without a referrer."""
    number = add_candidate()
    text = desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
    for part in ("Kenya (KEN)", "Huawei, contractor", "USD 172,500,000 contract", "+2.50", "-0.50", "ICT Authority"):
        assert part in text
    assert "EUR (ECB, 2026-03-0" in text, "sums are told in euros too, with the day of the rate"
    assert 'rel="noopener noreferrer nofollow" referrerpolicy="no-referrer"' in text
    anchors = re.findall(r'href="#(q[^"]+)"', text)
    assert len(anchors) == 5
    assert all(text.count(f'id="{anchor}"') == 1 for anchor in anchors)
    marks = "".join(re.sub(r"<[^>]+>", "", found) for found in re.findall(r"<mark.*?</mark>", text))
    assert (
        marks
        == "Kenya&#39;s ICT Authoritysigned a contract with Huawei$172.5 milliondata centre at Konza will be built"
    )


def test_the_older_address_of_a_candidate_leads_on(desk: Any, add_candidate: Any) -> None:
    """Links of before keep working."""
    answer = desk.as_(UserRole.VIEWER).get(f"/candidates/{add_candidate()}")
    assert (answer.status_code, answer.headers["location"]) == (301, "/candidate/1")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_is_shown_as_it_is(desk: Any, add_candidate: Any, payload: str) -> None:
    """Titles, quotes, outlets and reasons stand on the page as characters."""
    number = add_candidate(
        title=f"T{payload}",
        paragraphs=(f"Said {payload} today.",),
        quotes=((FieldName.FIRMS, f"V{payload}", f"Said {payload}"),),
        facts=ProjectFacts(title=f"T{payload}", places=(f"F{payload}",), firms=(firm(f"F{payload}"),)),
        outlet=f"O{payload}",
        reason=f"R{payload}",
        language='"><x',
    )
    client = desk.as_(UserRole.VIEWER)
    for path in ("/queue", f"/candidate/{number}"):
        text = client.get(path).text
        assert escaped(f"F{payload}") in text
        assert escaped(f"O{payload}") in text
        assert payload not in text.replace(escaped(payload), "")
    assert re.search(rf"<mark[^>]*>(<a [^>]*></a>)?{re.escape(escaped(f'Said {payload}'))}</mark>", text)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//h/x", "http://[", "ftp://h/x"])
def test_only_web_addresses_become_links(desk: Any, add_candidate: Any, url: str) -> None:
    """Anything else stands there as text."""
    number = add_candidate(url=url)
    text = desk.as_(UserRole.VIEWER).get(f"/candidate/{number}").text
    assert "Open the source" not in text
    assert escaped(url) in text


def test_right_to_left_text_finds_its_direction(desk: Any, add_candidate: Any) -> None:
    """Titles and paragraphs carry dir=auto and their language."""
    number = add_candidate(title="كينيا توقع عقدا", paragraphs=("وقعت كينيا عقدا مع هواوي",), quotes=(), language="ar")
    text = desk.as_(UserRole.VIEWER).get(f"/candidate/{number}").text
    assert re.search(r'<p dir="auto" data-start="[0-9]+">وقعت', text)
    assert 'lang="ar"' in text


def test_an_article_that_was_drawn_anew_or_is_gone(desk: Any, add_candidate: Any) -> None:
    """The page still works, and says what no longer stands."""
    number = add_candidate()
    client = desk.as_(UserRole.VIEWER)
    with desk.database.write() as conn:
        conn.execute(tables.article.update().values(paragraphs=["Shorter now."]))
    assert client.get(f"/candidate/{number}").text.count("no longer in the text on file") == 5
    with desk.database.write() as conn:
        conn.execute(tables.evidence.delete())
        conn.execute(tables.story_article.delete())
        conn.execute(tables.article.delete())
    assert "no longer on file" in client.get(f"/candidate/{number}").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_later_changes_of_an_article_are_shown_as_text(desk: Any, add_candidate: Any, payload: str) -> None:
    """Day, what was taken out and what was put in; whatever an outlet writes is never markup."""
    number = add_candidate()
    diff = f"--- as first read\n+++ as changed\n@@ -2 +2 @@\n-Old {payload}\n+New {payload}"
    row = {"article_id": 1, "number": 1, "found_at": NOW, "title": "x", "paragraphs": [], "sha256": "0", "diff": diff}
    with desk.database.write() as conn:
        conn.execute(tables.revision.insert().values(**row, text_hash="h"))
        conn.execute(tables.revision.insert().values(**{**row, "number": 2, "diff": ""}))
    shown = desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
    assert "Article changed on 4 Mar 2026" in shown
    assert f'<del dir="auto">Old {escaped(payload)}</del>' in shown
    assert f'<ins dir="auto">New {escaped(payload)}</ins>' in shown
    assert shown.count("Article changed on") == 1, "what nobody has read yet is not shown"
    assert "as first read" not in shown


def test_a_text_that_is_not_whole_says_so(desk: Any, add_candidate: Any) -> None:
    """A feed's summary, a text behind a wall, one whose publisher reserves it: an analyst is told."""
    number = add_candidate()
    client = desk.as_(UserRole.ANALYST)
    for values, words in (
        (
            {"completeness": "summary-only", "completeness_sign": "the page asks for <b>money</b>"},
            "Only the feed&#39;s",
        ),
        ({"completeness": "paywalled", "completeness_sign": ""}, "The rest of the text is behind a paywall."),
        ({"completeness": "truncated", "completeness_sign": "it ends in …"}, "The text breaks off: it ends in …."),
        ({"withheld_at": NOW}, "Its publisher reserves the text"),
    ):
        with desk.database.write() as conn:
            conn.execute(tables.article.update().values(**values))
        shown = client.get(f"/candidate/{number}").text
        assert words in shown
        assert "<b>money" not in shown


def test_sources_show_trouble_first(desk: Any, feeds: None) -> None:
    """State, cause and what to do; names are text."""
    text = desk.as_(UserRole.CURATOR).get("/sources").text
    assert text.index("&lt;i&gt;Gazette") < text.index("The Nairobi Ledger")
    for part in ("blocked", "it answers 403", "ask them", "1 needs attention", "Kenya"):
        assert part in text


@pytest.mark.parametrize(
    "path", ["/queue", "/login", "/none", "/candidate/77", "/candidate/x", "/candidate/" + "9" * 40]
)
def test_every_answer_has_the_headers(desk: Any, path: str) -> None:
    """Error pages too; no page says which program made it."""
    answer = desk.as_(UserRole.VIEWER).get(path)
    assert answer.status_code in {200, 303, 404, 422}
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers
    assert "style=" not in answer.text
    assert " on" + "click" not in answer.text
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert all(
        re.fullmatch(r'<script type="module" src="/static/v-[0-9a-f]{12}/js/main.js">', each) for each in scripts
    )


def test_a_fault_shows_a_number_and_no_trace(desk: Any) -> None:
    """The page names the request, and nothing of the program or the database."""
    client = desk.as_(UserRole.VIEWER)
    with desk.database.write() as conn:
        tables.saved_filter.drop(conn)
    answer = client.get("/queue")
    assert answer.status_code == 500
    assert HEADERS.items() <= dict(answer.headers).items()
    assert f"Request {answer.headers['x-request-id']}" in answer.text
    for word in ("Traceback", "sqlite", "SELECT", "candidate", ".py"):
        assert word not in answer.text


def test_large_bodies_are_refused(desk: Any) -> None:
    """With a length or in pieces."""
    client = desk.client()
    assert client.post("/login", content=b"x" * 100_000, headers=desk.same).status_code == 413
    form = {**desk.same, "Content-Type": "application/x-www-form-urlencoded"}
    pieces = (b"name=" + b"x" * 10_000 for _ in range(20))
    assert client.post("/login", content=pieces, headers=form).status_code == 413


def test_static_files_are_cached_and_stay_in_their_folder(desk: Any) -> None:
    """Style may be kept an hour; nothing above the folder is served."""
    client = desk.client()
    style = client.get("/static/offing.css")
    assert (style.status_code, style.headers["cache-control"]) == (200, "public, max-age=3600")
    for path in ("/static/..%2fapp.py", "/static/../app.py", "/static/%2e%2e/app.py", "/static/"):
        assert client.get(path).status_code in {403, 404}, path


def test_today_follows_the_clock(desk: Any) -> None:
    """The day at the top is the day of the clock."""
    client = desk.as_(UserRole.VIEWER)
    assert "Wednesday, 4 March 2026" in client.get("/queue").text
    desk.now += timedelta(hours=9)
    client.get("/queue")
    desk.now += timedelta(hours=9)
    assert "Thursday, 5 March 2026" in client.get("/queue").text


def test_what_is_known_of_the_parties_stands_apart(desk: Any, add_candidate: Any) -> None:
    """Facts of a firm and of its owner, with source and date, under a heading that says they prove nothing."""
    page = desk.as_(UserRole.ANALYST).get(f"/candidate/{add_candidate()}").text
    card = page[page.index('id="actors"') : page.index('class="texts"')]
    assert "This is not evidence for the project." in card
    assert "privately owned" in card
    assert "Annual report, 31 Dec 2023" in card
    assert "Huawei &lt;Holding&gt;" in card
    assert "US &lt;b&gt;list&lt;/b&gt;" in card


def test_of_unknown_parties_there_is_no_card(desk: Any, add_candidate: Any) -> None:
    """Where nothing is known of anybody."""
    number = add_candidate(facts=ProjectFacts(title="Bridge", countries=("KEN",)), quotes=())
    assert 'id="actors"' not in desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
