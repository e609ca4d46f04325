"""Everything that the hostile server does, through the client: each ends as a value, and the canary sees nothing."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from net.hostile_run import DEADLINE
from offing.model.sources.page import BLOCKED_KINDS, AnswerKind

MIB = 2**20
GROWTH = 64 * MIB
# Groups whose cases are about the exchange; those of the others are about what is inside a good answer.
EXCHANGE = ("net", "enc", "cache", "redir", "ssrf", "robots")
# Good or bad only once somebody reads the content, opens its links or asks a second time.
CONTENT = {
    "net-cl-too-small": "what the length announces arrives whole; the parser meets the cut",
    "net-cl-and-te": "accepted as chunked, which the case allows",
    "net-bare-lf": "h11 takes bare line feeds (RFC 9112 2.2); the parser meets the cut XML",
    "net-many-headers": "5,000 short headers stay below 100 KB, which the case allows",
    "net-binary-article": "judged by the fetch stage",
    "net-pdf-article": "judged by the fetch stage",
    "enc-undeclared-bomb": "nobody unpacks what is not declared",
    "redir-captive-portal": "a log-in page is no feed",
    "ssrf-meta-refresh": "nobody follows it",
    "ssrf-sitemap": "its addresses are not asked here",
}
# Coding that we do not offer: the cases allow an error for such a client. The others need a second try later.
UNANSWERED = {"enc-deflate-zlib", "enc-deflate-raw", "net-flaky", "cache-429-then-ok"}
# h11 refuses the NUL byte before there is an address to refuse.
REFUSED_AS_PROTOCOL = {"ssrf-null"}
ENDS_OF_ERRORS = set(AnswerKind) - {AnswerKind.OK, AnswerKind.UNCHANGED}


@pytest.fixture(scope="module")
def report(hostile) -> dict[str, Any]:
    """What a client in a process of its own made of all cases, beside what they are."""
    listing = hostile.listing()
    if any("tls" in problem for problem in hostile.problems):
        pytest.skip(f"no certificates for the hostile server: {hostile.problems}")
    script = Path(__file__).with_name("hostile_run.py")
    done = subprocess.run(
        [sys.executable, str(script)],
        input=json.dumps(listing),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout) | {"listing": {case["id"]: case for case in listing["cases"] if case["served"]}}


def _answers(report: dict[str, Any]):
    """Every exchange: case, its answer."""
    for name, case in report["cases"].items():
        yield from ((name, case[turn]) for turn in ("first", "second") if turn in case)


def _exchanges(report: dict[str, Any], outcome: str) -> dict[str, dict[str, Any]]:
    """The first answers of the cases that are about the exchange and expect this outcome."""
    wanted = {name for name, case in report["listing"].items() if case["expect"]["outcome"] == outcome}
    wanted = {name for name in wanted if name.split("-")[0] in EXCHANGE} - CONTENT.keys()
    return {name: report["cases"][name]["first"] for name in wanted if "first" in report["cases"][name]}


def test_every_served_case_ends_as_a_value(report):
    """All cases but those that need foreign addresses were asked, and none raised or was left unclassified."""
    assert report["cases"].keys() == report["listing"].keys()
    assert len(report["cases"]) >= 300
    for name, answer in _answers(report):
        assert answer["kind"] == AnswerKind.OK or answer["detail"], name


def test_the_canary_saw_nothing(report, hostile):
    """No spelling, redirect or document led to the internal service; a request that does reach it is counted."""
    assert hostile.requests(canary=True) == []
    with socket.create_connection(("127.0.0.2", hostile.port), timeout=5) as escape:
        escape.sendall(b"GET /hit HTTP/1.1\r\nHost: x\r\n\r\n")
        assert escape.recv(10)
    assert len(hostile.requests(canary=True)) == 1


def test_the_deadline_was_kept(report):
    """No exchange took longer than its deadline, by more than two seconds of a busy machine."""
    slowest = max((answer["seconds"], name) for name, answer in _answers(report))
    assert slowest[0] <= DEADLINE.total_seconds() + 2, slowest


def test_memory_stayed_flat(report):
    """Bombs and endless bodies cost less than 64 MB in all."""
    assert report["after"] - report["before"] < GROWTH


@pytest.mark.parametrize("outcome", ["ok", "partial", "moved", "unchanged"])
def test_good_answers_arrive(report, outcome: str):
    """What is good arrives whole at the first asking."""
    answers = _exchanges(report, outcome)
    assert answers
    for name, answer in answers.items():
        if name not in UNANSWERED:
            assert (answer["kind"], answer["status"]) == (AnswerKind.OK, 200), name
            assert answer["size"], name


def test_bad_answers_do_not(report):
    """What is broken, endless or refused never counts as an answer."""
    answers = _exchanges(report, "error")
    assert len(answers) > 70
    for name, answer in answers.items():
        assert answer["kind"] in ENDS_OF_ERRORS, name
        assert answer["size"] == 0, name
        assert "etag" not in answer["headers"], name


def test_what_leads_inside_is_blocked(report):
    """Each address that is not to be asked is refused as such."""
    answers = _exchanges(report, "blocked")
    assert len(answers) > 30
    answers["ssrf-second-fetch"] = report["cases"]["ssrf-second-fetch"]["second"]
    for name, answer in answers.items():
        if name in REFUSED_AS_PROTOCOL:
            assert answer["kind"] == AnswerKind.PROTOCOL
        else:
            assert answer["kind"] in BLOCKED_KINDS, name


@pytest.mark.parametrize(("outcome", "statuses"), [("retry_later", {429, 503}), ("gone", {410})])
def test_statuses_are_reported(report, outcome: str, statuses: set[int]):
    """A rest that is asked for and a page that is gone arrive as statuses."""
    answers = _exchanges(report, outcome)
    assert answers
    for name, answer in answers.items():
        assert answer["kind"] == AnswerKind.HTTP_ERROR, name
        assert answer["status"] in statuses, name


@pytest.mark.parametrize("name", ["cache-etag", "cache-etag-weak", "cache-lastmod"])
def test_the_second_request_is_conditional(report, hostile, name: str):
    """The validators of the first answer go back byte for byte, and the server says that nothing changed."""
    assert report["cases"][name]["second"]["kind"] == AnswerKind.UNCHANGED
    sent = {key.lower(): value for key, value in dict(hostile.requests(case=name)[-1]["headers"]).items()}
    first = report["cases"][name]["first"]["headers"]
    assert (sent.get("if-none-match"), sent.get("if-modified-since")) == (first.get("etag"), first.get("last-modified"))


def test_nothing_hostile_is_sent_back(report, hostile):
    """No cookie, no credential, no odd validator in any request to any site."""
    for request in hostile.requests():
        sent = {key.lower(): value for key, value in dict(request["headers"]).items()}
        assert not {"cookie", "authorization", "proxy-authorization"} & sent.keys()
        assert all(value.isascii() and value.isprintable() and len(value) < 1100 for value in sent.values())


def test_a_smuggled_answer_reaches_nobody(report):
    """The second answer on one connection is never taken for that to another request."""
    case = report["cases"]["net-desync"]
    assert case["second"]["digest"] == case["first"]["digest"]


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("robots-disallow", False),
        ("robots-allow-longest", True),
        ("robots-agent", False),
        ("robots-pattern", False),
        ("robots-404", True),
        ("robots-403", True),
        ("robots-503", False),
        ("robots-stall", False),
        ("robots-huge", False),
        ("robots-redirect-loop", True),
        ("robots-crawl-delay", True),
        ("robots-html", True),
        ("robots-to-canary", False),
        ("robots-bom-crlf", False),
    ],
)
def test_robots_txt_is_obeyed(report, name: str, allowed: bool):
    """Each robots.txt is read as RFC 9309 has it."""
    assert report["cases"][name]["allowed"] is allowed


def test_a_crawl_delay_is_read(report):
    """The pause that a site asks for is known."""
    assert report["cases"]["robots-crawl-delay"]["delay"] == 2


def test_exceptions_to_the_rules_are_real_cases(report):
    """The lists of this file name cases that exist, so that none hides a renamed one."""
    named = CONTENT.keys() | UNANSWERED | REFUSED_AS_PROTOCOL
    assert named <= report["listing"].keys()
