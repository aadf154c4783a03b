"""The map: outlines of countries drawn as plain areas, and a disc on each country that counts.

The outlines are the portal's own file (`seed_data/outlines.json`, Natural Earth); plotly's maps, which fetch theirs, are not
used. Equal areas around the middle between Prague and Tashkent (Lambert azimuthal), so that no country looks larger than it is.
"""

from __future__ import annotations

import json
from functools import cache
from math import asin, cos, pi, radians, sin, sqrt
from pathlib import Path

from portal.dashboards.charts import BLUE, FONT, INK, safe

FILE = Path(__file__).resolve().parents[3] / "seed_data" / "outlines.json"
LAND, SEA, LINE = "#e2e6eb", "#ffffff", "#ffffff"
STEPS = ((1, "#c9dbef"), (2, "#9dbde0"), (5, "#6a99cd"), (10, "#3d72b0"), (25, "#1b4f92"))
"""From how many on a country has which shade; the number stands on it too."""
MIDDLE = (radians(42.0), radians(47.0))
FRAME = (-2600, 2750, -1750, 2500)
"""km from the middle: west, east, south, north of what is always shown."""
EARTH = 6371.0
FAR = 150
"""Degrees from the middle beyond which nothing is drawn: there the projection tears outlines apart."""


def projected(longitude: float, latitude: float) -> tuple[int, int] | None:
    """Kilometres east and north of the middle; None on the far side of the earth."""
    lon, lat = radians(longitude) - MIDDLE[0], radians(latitude)
    lat0 = MIDDLE[1]
    nearness = sin(lat0) * sin(lat) + cos(lat0) * cos(lat) * cos(lon)
    if 2 * asin(min(1, sqrt((1 - nearness) / 2))) > FAR * pi / 180:
        return None
    k = sqrt(2 / (1 + nearness))
    return (
        round(EARTH * k * cos(lat) * sin(lon)),
        round(EARTH * k * (cos(lat0) * sin(lat) - sin(lat0) * cos(lat) * cos(lon))),
    )


@cache
def outlines() -> dict[str, list[list[tuple[int, int]]]]:
    """{country: its rings in kilometres}, the largest first; countries on the far side are missing."""
    found = {}
    for code, rings in json.loads(FILE.read_text(encoding="utf-8"))["outlines"].items():
        made = [[projected(*pair) for pair in zip(ring[::2], ring[1::2], strict=True)] for ring in rings]
        if whole := [ring for ring in made if None not in ring]:
            found[code] = whole
    return found


@cache
def middle_of(code: str) -> tuple[int, int]:
    """The point where the disc of a country stands: the centre of its largest area."""
    ring = outlines()[code][0]
    twice = x = y = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        part = x1 * y2 - x2 * y1
        twice, x, y = twice + part, x + (x1 + x2) * part, y + (y1 + y2) * part
    return round(x / (3 * twice)), round(y / (3 * twice))


def _area(codes, colour: str) -> dict:
    xs, ys = [], []
    for code in codes:
        for ring in outlines()[code]:
            xs += [p[0] for p in ring] + [ring[0][0], None]
            ys += [p[1] for p in ring] + [ring[0][1], None]
    return {
        "type": "scatter", "mode": "lines", "x": xs, "y": ys, "fill": "toself", "fillcolor": colour, "hoverinfo": "skip",
        "line": {"color": LINE, "width": 0.8, "simplify": False},
    }  # fmt: skip


def atlas(rows: list, hovers: list[str], number_text, url_of) -> dict:
    """The drawing of rows `key, iso2, number`. One trace for all land, one for each shade, one for the discs."""
    shown = [row for row in rows if row.iso2 in outlines()]
    said = dict(zip((row.key for row in rows), hovers, strict=True))
    by_shade: dict[str, list[str]] = {}
    for row in shown:
        shade = next((colour for least, colour in reversed(STEPS) if row.number >= least), LAND)
        by_shade.setdefault(shade, []).append(row.iso2)
    mine = {row.iso2 for row in shown}
    traces = [_area([code for code in outlines() if code not in mine], LAND)]
    traces += [_area(codes, shade) for shade, codes in sorted(by_shade.items())]
    points = [middle_of(row.iso2) for row in shown]
    traces.append(
        {
            "type": "scatter", "mode": "markers+text", "x": [p[0] for p in points], "y": [p[1] for p in points],
            "text": [number_text(int(row.number)) for row in shown], "textfont": {"color": "#ffffff", "size": 11},
            "marker": {"size": [18 if row.number < 100 else 26 for row in shown], "color": BLUE,
                       "line": {"color": "#ffffff", "width": 1.5}},
            "customdata": [url_of(row.key) for row in shown], "hovertext": [safe(said[row.key]) for row in shown],
            "hoverinfo": "text", "cliponaxis": True,
        }
    )  # fmt: skip
    west, east, south, north = FRAME
    for x, y in points:
        west, east, south, north = min(west, x - 300), max(east, x + 300), min(south, y - 300), max(north, y + 300)
    hidden = {"visible": False, "fixedrange": True, "showgrid": False, "zeroline": False}
    base = {
        "showlegend": False, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": SEA,
        "font": {"family": FONT, "size": 12, "color": INK},
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": INK, "font": {"color": INK}}, "dragmode": False, "shapes": [],
        "hovermode": "closest", "xaxis": hidden | {"range": [west, east]},
        "yaxis": hidden | {"range": [south, north], "scaleanchor": "x", "scaleratio": 1}, "annotations": [],
    }  # fmt: skip
    own = {"margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "xaxis": {}, "yaxis": {}, "annotations": []}
    return {
        "currency": None,
        "data": traces,
        "layout": base,
        "wide": own | {"height": 620},
        "narrow": own | {"height": 300},
    }
