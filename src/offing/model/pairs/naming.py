"""Names of known projects, used to find later news of them even if no Chinese party is named."""

from __future__ import annotations

from dataclasses import dataclass

from offing.model.pairs.pairing import Ref


@dataclass(frozen=True, slots=True)
class ProjectName:
    """A proper name of a project: of a system, a site or a body on the host's side.

    `target` is the project, `countries` where it is (ISO 3166-1 alpha-3), `sector` what it is about, "" if
    unknown.
    """

    target: Ref
    name: str
    countries: tuple[str, ...]
    sector: str = ""


_MARK = " · "
THE_ONE = "*"  # in a name of works: the only one of its kind in the country
BODY = "body"  # the kind of a name of a body on the host's side
NUMBER = "#"  # prefix of an ordinal number among works of a kind


@dataclass(frozen=True, slots=True)
class Works:
    """Works, a system or a host body, by its kind and what distinguishes it from others, found in any language.

    `kind` is `body`, or a key of `wording/kinds-of-works/`; `which` is the name of a place as written, a number
    (`#4`), or `*` for the only one in a country.
    """

    kind: str
    which: str

    @property
    def name(self) -> str:
        """The form in which it is stored as a project's name."""
        return f"{self.kind}{_MARK}{self.which}"

    @classmethod
    def of(cls, name: str) -> Works | None:
        """Parse a stored name; None for one that is stored literally."""
        kind, mark, which = name.partition(_MARK)
        return cls(kind, which) if mark else None
