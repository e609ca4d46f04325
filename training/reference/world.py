"""Write the shipped map of the world from Natural Earth, as the npm package world-atlas has it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m training.reference.world package

Natural Earth (naturalearthdata.com) is in the public domain. Borders are those of its scale 1:110 million, in the Equal
Earth projection (Šavrič, Patterson, Jenny 2018); the point of a country lies as far from its borders as a grid finds.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from offing.model.values import iso
from offing.publish.formats.world import FILE, projected

Ring = list[tuple[float, float]]
SHAPES, POINTS = "countries-110m.json", "countries-50m.json"
GRID = 24  # points on a side of the grid in which the middle of a country is looked for


def main() -> None:
    """Write the table."""
    folder = Path(sys.argv[1])
    shapes = dict(polygons(folder / SHAPES))
    lines = []
    for code, rings in sorted(dict(polygons(folder / POINTS)).items()):
        longitude, latitude = middle(max(rings, key=area))
        lines.append(f"{code}\t{longitude:.2f}\t{latitude:.2f}\t{path(shapes.get(code, []))}\n")
    FILE.write_text("".join(lines), encoding="utf-8")


def polygons(file: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Yield each country with the outer rings of its parts; what has no code has the name "-" and a number."""
    topology = json.loads(file.read_text("utf-8"))
    codes = {each.numeric: each.alpha3 for each in iso.countries()}
    for number, each in enumerate(topology["objects"]["countries"]["geometries"]):
        parts = each["arcs"] if each["type"] == "MultiPolygon" else [each["arcs"]]
        own = "XKX" if each["properties"]["name"] == "Kosovo" else f"-{number}"
        yield codes.get(each.get("id", ""), own), [ring(topology, part[0]) for part in parts]


def ring(topology: dict[str, Any], arcs: list[int]) -> Ring:
    """The points of a ring in degrees: TopoJSON counts them as differences from the one before."""
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    found: Ring = []
    for number in arcs:
        x = y = 0
        arc = []
        for step in topology["arcs"][number if number >= 0 else ~number]:
            x, y = x + step[0], y + step[1]
            arc.append((x * wide + left, y * high + low))
        found += (arc if number >= 0 else arc[::-1])[1 if found else 0 :]
    return found


def area(points: Ring) -> float:
    """The area of a ring, in square degrees that shrink towards the poles."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) * math.cos(math.radians(points[0][1]))


def middle(points: Ring) -> tuple[float, float]:
    """The point of a grid within a ring that is farthest from its border."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    grid = (
        (min(xs) + (max(xs) - min(xs)) * (i + 0.5) / GRID, min(ys) + (max(ys) - min(ys)) * (j + 0.5) / GRID)
        for i in range(GRID)
        for j in range(GRID)
    )
    inside = [each for each in grid if within(each, points)] or [(sum(xs) / len(xs), sum(ys) / len(ys))]
    return max(inside, key=lambda each: min(math.dist(each, other) for other in points))


def within(point: tuple[float, float], points: Ring) -> bool:
    """Whether a point lies in a ring, by the number of sides that a line from it crosses."""
    x, y = point
    crossed = 0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        crossed += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return bool(crossed % 2)


def path(rings: list[Ring]) -> str:
    """The rings as a path of SVG, in whole units of a map 1,000 units wide, but for a tenth of one."""
    return "".join(f"M{'L'.join(points)}Z" for points in map(drawn, rings) if len(points) > 2)


def drawn(points: Ring) -> list[str]:
    """The points of a ring on the map, each once in a row."""
    found = [f"{x:.1f},{y:.1f}".replace(".0", "") for x, y in (projected(*each) for each in points)]
    return [each for place, each in enumerate(found) if place == 0 or each != found[place - 1]]


if __name__ == "__main__":
    main()
