"""Names of known projects: by which later news of them is found although no Chinese party is named."""

from __future__ import annotations

from dataclasses import dataclass

from offing.model.pairing import Thing


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A name of a project's own: of a system, a site or a body on the host's side.

    `target` is whose it is, `countries` where that stands (ISO 3166-1 alpha-3), `sector` what it is about, "" where
    that is not known.
    """

    target: Thing
    name: str
    countries: tuple[str, ...]
    sector: str = ""


_MARK = " · "
THE_ONE = "*"  # in a name of works: the one of its kind in the country
BODY = "body"  # the kind of a name that is that of a body on the host's side
NUMBER = "#"  # before the number of the one that is meant


@dataclass(frozen=True, slots=True)
class Works:
    """Works or a system by its kind and what tells it from others of that kind, found in any language; or a host body.

    `kind` is `body`, or a key of `wording/kinds-of-works/`, `which` the name of a place as written, a number (`#4`), or
    `*` for the one that a country has.
    """

    kind: str
    which: str

    @property
    def name(self) -> str:
        """As the name of a project is kept."""
        return f"{self.kind}{_MARK}{self.which}"

    @classmethod
    def of(cls, name: str) -> Works | None:
        """What a kept name says; None for one that is written as it stands."""
        kind, mark, which = name.partition(_MARK)
        return cls(kind, which) if mark else None
