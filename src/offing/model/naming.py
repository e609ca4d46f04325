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
