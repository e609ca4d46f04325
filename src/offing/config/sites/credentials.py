"""Loads `credentials.toml`: a site's secrets for access to publishers. Only its owner may read the file."""

from __future__ import annotations

from typing import Self

from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict, read_document, validate
from offing.config.files.layers import Layers
from offing.errors import ConfigError
from offing.model.sources.credentials import Credential, basic
from offing.private import open_to_others
from offing.redaction import remember, remember_login

FILE = "credentials.toml"
_HEAD = r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$"  # RFC 9110 5.6.2
_VALUE = r"^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$"


class _Keep(Strict):
    host: str = Field(pattern=r"^[a-z0-9.-]+(:[0-9]{1,5})?$")
    path: str = Field(default="/", pattern=r"^/[^?#\s]*$")
    user: str | None = Field(default=None, min_length=0, pattern=r"^[^:\x00-\x1f\x7f]*$")
    password: str | None = Field(default=None, min_length=0, pattern=r"^[^\x00-\x1f\x7f]*$")  # "" with a token
    header: str | None = Field(default=None, pattern=_HEAD)
    value: str | None = Field(default=None, pattern=_VALUE)
    query: dict[str, str] = Field(default_factory=dict)

    @field_validator("header")
    @classmethod
    def _not_ours(cls, name: str | None) -> str | None:
        if name and name.lower() in {"host", "connection", "content-length", "transfer-encoding", "accept-encoding"}:
            raise PydanticCustomError("ours", "is a header of the exchange itself")
        return name

    @model_validator(mode="after")
    def _whole(self) -> Self:
        login, header = (self.user, self.password), (self.header, self.value)
        if (None in login and any(login)) or (None in header and any(header)):
            raise PydanticCustomError("half", "needs both: user and password, or header and value")
        if not (any(login) or any(header) or self.query):
            raise PydanticCustomError("nothing", "keeps nothing: user and password, header and value, or query")
        return self


class _File(Strict):
    model_config = ConfigDict(hide_input_in_errors=True)  # for the whole file: an error would otherwise quote the input

    keep: tuple[_Keep, ...] = ()


def load_credentials(layers: Layers) -> tuple[Credential, ...]:
    """Return the site's credentials, most specific path first; from now on, output redacts them.

    Raises:
        ConfigError: others may read the file, or it is invalid; the message shows none of its values.
    """
    found: list[Credential] = []
    for path in layers.files(FILE):
        if mode := open_to_others(path):
            raise ConfigError(f"others can read it (mode {mode}): chmod 600 {path}", path)
        found += map(_credential, validate(read_document(path), _File, path).keep)
    return tuple(sorted(found, key=lambda each: -len(each.path)))


def _credential(entry: _Keep) -> Credential:
    """Return an entry of the file as a credential, after registering its secrets for redaction."""
    headers = []
    if entry.user is not None and entry.password is not None:
        remember_login(entry.user, entry.password)
        if not entry.password:
            remember(entry.user)
        headers.append(("Authorization", basic(entry.user, entry.password)))
    if entry.header and entry.value:
        remember(entry.value, entry.value.rpartition(" ")[2])
        headers.append((entry.header, entry.value))
    remember(*entry.query.values())
    host, _, port = entry.host.partition(":")
    return Credential(host, int(port) if port else None, entry.path, tuple(headers), tuple(entry.query.items()))
