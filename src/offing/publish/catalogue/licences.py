"""The LICENSE file of a release: what the licence allows in short, and where its legal text stands. Pure.

The terms are summaries, written for this file; what counts is the legal text at the address.
"""

from __future__ import annotations

from dataclasses import dataclass

_SHARE = "You may copy and pass on the data in any medium or format"
_ADAPT = "and adapt them: change them, combine them with others, build on them"
_CREDIT = "give credit as CITATION.cff or the licensors ask, link to the licence, and say what you changed"
_ALIKE = "pass on what you adapt under the same licence, or one that its text names as compatible"
_PLAIN = "add no legal or technical measures that keep others from what the licence allows"


@dataclass(frozen=True, slots=True)
class _Terms:
    """A licence: its name, the address of its legal text, what it allows, and on which conditions."""

    name: str
    url: str
    allows: str
    conditions: tuple[str, ...] = ()


def _commons(code: str, name: str, *conditions: str, limit: str = "") -> _Terms:
    """A licence of Creative Commons, version 4.0 International."""
    url = f"https://creativecommons.org/licenses/{code}/4.0/"
    allows = f"{_SHARE} {_ADAPT}{limit}, on these conditions"
    return _Terms(f"Creative Commons {name} 4.0 International", url, allows, (_CREDIT, *conditions, _PLAIN))


_ANY, _NO_TRADE = ", for any purpose, also commercially", ", for purposes that are not commercial"
_KNOWN = {
    "CC-BY-4.0": _commons("by", "Attribution", limit=_ANY),
    "CC-BY-SA-4.0": _commons("by-sa", "Attribution-ShareAlike", _ALIKE, limit=_ANY),
    "CC-BY-NC-4.0": _commons("by-nc", "Attribution-NonCommercial", limit=_NO_TRADE),
    "CC-BY-NC-SA-4.0": _commons("by-nc-sa", "Attribution-NonCommercial-ShareAlike", _ALIKE, limit=_NO_TRADE),
    "CC0-1.0": _Terms(
        "Creative Commons Zero 1.0 Universal",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        f"The licensors waive their rights in the data, as far as law allows. {_SHARE} {_ADAPT}{_ANY}, without asking",
    ),
    "ODC-By-1.0": _Terms(
        "Open Data Commons Attribution License 1.0",
        "https://opendatacommons.org/licenses/by/1-0/",
        f"{_SHARE} {_ADAPT}{_ANY}, on this condition",
        ("say where the data come from, as the licence asks, and keep its notices",),
    ),
    "ODbL-1.0": _Terms(
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        f"{_SHARE} {_ADAPT}{_ANY}, on these conditions",
        (
            "say where the data come from, as the licence asks",
            "pass on a database that you adapt under the same licence",
            "if you restrict access to it by technical measures, pass on a copy without them, too",
        ),
    ),
    "PDDL-1.0": _Terms(
        "Open Data Commons Public Domain Dedication and License 1.0",
        "https://opendatacommons.org/licenses/pddl/1-0/",
        f"The licensors waive their rights in the data, as far as law allows. {_SHARE} {_ADAPT}{_ANY}, without asking",
    ),
}


def licence_url(spdx: str) -> str:
    """Return the address of a licence's text: its own, or that in the list of SPDX."""
    known = _KNOWN.get(spdx)
    return known.url if known else f"https://spdx.org/licenses/{spdx}.html"


def licence_file(spdx: str, title: str, version: str) -> bytes:
    """Return LICENSE; of a licence that is not known here, its SPDX id and the address of its text."""
    head = f"{title}, release {version}\n\nLicence: {{}}\nSPDX:    {spdx}\nText:    {licence_url(spdx)}\n"
    known = _KNOWN.get(spdx)
    if known is None:
        return head.format(spdx).encode()
    listed = "".join(f"\n- {each}" for each in known.conditions)
    terms = f"{known.allows}:\n{listed}\n" if listed else f"{known.allows}.\n"
    note = (
        "This is a summary. The text at the address above is the licence, and it alone counts. The articles that the\n"
        "data quote and name belong to their publishers.\n"
    )
    return f"{head.format(known.name)}\n{terms}\n{note}".encode()
