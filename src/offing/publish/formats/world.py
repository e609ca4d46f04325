"""Where countries lie: a point of each, and its outline on a map in the Equal Earth projection. Pure.

`world.tsv` is written by `training/reference/world.py` from Natural Earth, which is in the public domain.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("world.tsv")
WIDTH, HEIGHT = 1000, 487
_A = (1.340264, -0.081106, 0.000893, 0.003796)  # of the projection: Šavrič, Patterson, Jenny 2018
_X_MOST, _Y_MOST = 2.7066, 1.3173  # half of the whole earth in the projection


@dataclass(frozen=True, slots=True)
class Outline:
    """A country: degrees of a point that lies within it, and its borders as a path of SVG; "" if it is too small."""

    longitude: float
    latitude: float
    path: str


@cache
def world() -> Mapping[str, Outline]:
    """Return the outline of each country by ISO 3166-1 alpha-3; of what has no code by "-" and a number."""
    rows = (line.split("\t") for line in FILE.read_text("utf-8").splitlines())
    return {code: Outline(float(longitude), float(latitude), path) for code, longitude, latitude, path in rows}


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a point lies on the map: units to the right of and below its upper left corner."""
    lam, phi = math.radians(longitude), math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    slope = _A[0] + 3 * _A[1] * phi**2 + phi**6 * (7 * _A[2] + 9 * _A[3] * phi**2)
    x = 2 * math.sqrt(3) * lam * math.cos(phi) / (3 * slope)
    y = phi * (_A[0] + _A[1] * phi**2 + phi**6 * (_A[2] + _A[3] * phi**2))
    return (x + _X_MOST) / (2 * _X_MOST) * WIDTH, (_Y_MOST - y) / (2 * _Y_MOST) * HEIGHT
