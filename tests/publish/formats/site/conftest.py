"""A browser, as the tests of the web app have it."""

from web.conftest import browser, chromium

__all__ = ["browser", "chromium"]
