"""Redaction: no credential in what people and logs are told, however deep it stands."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing import logs, redaction
from offing.errors import DatabaseError
from offing.redaction import redact, redacted, remember, remember_login
from offing.store.database.engine import open_database

SECRETS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=8, max_size=30
)


@pytest.fixture(autouse=True, scope="module")
def forget() -> Iterator[None]:
    """What is remembered here is nobody's secret elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redaction, "_known", set())
        yield


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://ana:s3cret@h.test/feed?x=1.", "see https://***@h.test/feed?x=1."),
        ("https://ana:s3/cret@h.test/feed", "https://***@h.test/feed"),
        ("http://h.test:8080/@ana/feed", "http://h.test:8080/@ana/feed"),
        ("https://ghp_0123456789@h.test/feed", "https://***@h.test/feed"),
        ("postgresql://u:p@ss/w?rd@db:5432/x", "postgresql://u:***@db:5432/x"),
        ("https://h.test/feed?page=2&token=abc#end", "https://h.test/feed?page=2&token=***#end"),
        ("https://h.test/feed?API_KEY=abc&x-amz-signature=q", "https://h.test/feed?API_KEY=***&x-amz-signature=***"),
        ("Authorization: Basic YTpi", "Authorization: Basic ***"),
        ("https://medium.com/@user/post", "https://medium.com/@user/post"),
        ("https://h.test:8080/@user?monkey=1", "https://h.test:8080/@user?monkey=1"),
        ("write to ana@h.test", "write to ana@h.test"),
    ],
)
def test_credentials_of_addresses_are_hidden(text: str, shown: str) -> None:
    """What is no credential stays."""
    assert redact(text) == shown


@dataclass(frozen=True)
class Login:
    """A record with a secret."""

    host: str
    password: str


def test_nested_values_are_redacted(tmp_path: Path) -> None:
    """Mappings, lists, records and exceptions inside each other, in a line of the log too."""
    deep = {
        "feeds": [{"url": "https://u:hidden-1@h.test/"}, ("https://h.test/?token=hidden-2",)],
        "login": Login("h.test", "hidden-3"),
        "error": ValueError("no answer of https://u:hidden-4@h.test/"),
        "https://u:hidden-5@h.test/": 1,
        "headers": {"Authorization": "hidden-6"},
        "count": 3,
    }
    assert "hidden" not in json.dumps(redacted(deep, by_name=True))
    file = tmp_path / "x.log"
    logs.set_up(file)
    error = RuntimeError("postgresql://u:hidden-7@db/x")
    logs.get_logger().error("crashed", deep=deep, line="a\nb", exc_info=error)
    logs.set_up(None)
    text = file.read_text()
    assert "hidden" not in text
    assert json.loads(text)["deep"]["count"] == 3
    assert json.loads(text)["line"] == "a b"


@given(SECRETS, st.text(max_size=10), st.text(max_size=10))
def test_what_is_remembered_is_never_told(secret: str, before: str, behind: str) -> None:
    """Wherever it turns up: as it is, in an address, in a header."""
    remember(secret)
    remember_login("ana", secret)
    login = base64.b64encode(f"ana:{secret}".encode()).decode()
    for form in (secret, quote(secret, safe=""), login):
        assert form not in redact(f"{before}{form}{behind}")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hidden@part@db/x",
        "postgresql://u:hidden#part",
        "postgresq//u:hidden@db",
        "hidden",
        "postgresql://u:p@h:hidden/x",
        "mysql://u:hidden@h/x",
    ],
)
def test_a_database_address_that_cannot_be_used_is_not_told(url: str) -> None:
    """Its password may stand anywhere in it; what may stand where is said instead."""
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    error: BaseException | None = caught.value
    assert "hidden" not in str(error)
    assert "part" not in str(error)
    assert caught.value.__cause__ is None
