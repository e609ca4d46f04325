"""A page without an article says why there is none."""

from __future__ import annotations

import pytest

from extract.pages import BODY, html, refusal


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        (html(""), "no text of an article"),
        (html("<h1>Smart city signed</h1><p>Too short.</p>"), "no text of an article"),
        (html("<div id=root></div><noscript>Please enable JavaScript</noscript>"), "JavaScript"),
        (html("<p>Checking your browser before you enter</p>", "<title>Just a moment...</title>"), "bot challenge"),
        (
            html(f"<p>{'We see unusual traffic from your network, please wait while we look at it. ' * 3}</p>"),
            "bot challenge",
        ),
        (html("<div class=paywall>Subscribe to continue</div>"), "paywall"),
        (
            html(
                f"<p>{'You have read all your free articles for this month. Subscribe to continue reading. ' * 2}</p>"
            ),
            "paywall",
        ),
        (html("<form><input type=password></form>"), "log-in"),
        (html("<div id=cookie-consent>We value your privacy</div>"), "consent form"),
        ("<html><frameset cols='20%,80%'><frame src=a></frameset></html>", "set of frames"),
        (
            html(
                f"<p>{'Sorry, the page that you asked for has been removed or never was here at all. ' * 2}</p>",
                "<title>404 - Oops</title>",
            ),
            "does not exist",
        ),
        (
            html(f"<article><h1>Page not found</h1>{BODY * 3}</article>", "<title>Page not found</title>"),
            "does not exist",
        ),
        (b"x" * (5 * 1024 * 1024 + 1), "pages up to 5,242,880"),
        (html("<p>" * 60_001), "pages up to 60,000"),
        (html(f"<p {' '.join(f'a{n}' for n in range(300))}>x</p>"), "more than 200 attributes"),
        ("<!-- nothing -->", "no markup"),
    ],
)
def test_a_page_without_an_article_says_why(page: str | bytes, reason: str) -> None:
    """Each kind of page that withholds its text has its own sentence."""
    assert reason in refusal(page)
