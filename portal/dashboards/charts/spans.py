"""Bars over time whose ends are as soft as their dates: solid where the project surely ran, fading where it may have, hatched
where one of its ends is only planned."""

from __future__ import annotations

from datetime import date, timedelta

from portal.dashboards.charts import BLUE, FONT, GREY, GRID, INK, safe, wrapped

FADES = (0.72, 0.5, 0.3, 0.14)
"""Opacity of the strips a soft end is drawn by, from the sure side outwards."""
OPEN = timedelta(days=270)
"""How far a bar fades where its other end is not stated."""
SURE, PLANNED = -1, -2
"""The strips that do not fade."""
HATCH = {"shape": "/", "fgcolor": BLUE, "bgcolor": "#d9e5f2", "size": 7, "fillmode": "replace", "solidity": 0.32}
DAY = 86_400_000
ROW = 34


def strips(row) -> list[tuple[date, date, int]]:
    """(from, to, strip): of a row with `start_from, start_to, end_from, end_to` (None: not stated) and `planned_start,
    planned_end`. `SURE` is solid, `PLANNED` hatched, the others fade. Where only one end is stated, the bar fades away from
    it."""
    first, last = row.start_from or row.start_to, row.end_to or row.end_from
    sure = row.start_to or row.start_from, row.end_from or row.end_to
    found: list[tuple[date, date, int]] = []
    if first is None and last is None:
        return found
    if first is None:
        return [*_fade(sure[1], sure[1] - OPEN), *_soft(sure[1], last)]
    if last is None:
        return [*_soft(sure[0], first), *_fade(sure[0], sure[0] + OPEN)]
    planned = row.planned_start or row.planned_end
    if sure[0] < sure[1]:
        found.append((sure[0], sure[1] + timedelta(days=1), PLANNED if planned else SURE))
        return [*_soft(sure[0], first), *found, *_soft(sure[1] + timedelta(days=1), last + timedelta(days=1))]
    middle = first + (last - first) / 2
    return [*_fade(middle, first), *_fade(middle, last + timedelta(days=1))]


def _soft(sure: date, outer: date) -> list[tuple[date, date, int]]:
    return _fade(sure, outer) if sure != outer else []


def _fade(sure: date, outer: date) -> list[tuple[date, date, int]]:
    step = (outer - sure) / len(FADES)
    ends = [sure + step * n for n in range(len(FADES))] + [outer]
    return [(min(a, b), max(a, b), n) for n, (a, b) in enumerate(zip(ends, ends[1:], strict=False)) if a != b]


def spans_chart(rows: list, hovers: list[str], separators: str, url_of) -> dict:
    """The drawing of rows with dates. `hovers` says each row's dates in words."""
    place = {row.key: n for n, row in enumerate(reversed(rows))}
    pieces: dict[int, list[tuple]] = {n: [] for n in range(PLANNED, len(FADES))}
    open_ends = []
    for row, hover in zip(rows, hovers, strict=True):
        drawn, leads, said = strips(row), url_of(row.key), safe(hover)  # once for all strips of a bar
        for begin, end, strip in drawn:
            pieces[strip].append((place[row.key], begin, (end - begin).days, leads, said))
        if row.end_to is None and row.end_from is None:
            open_ends.append((max(end for _b, end, _n in drawn), place[row.key]))
        if row.start_to is None and row.start_from is None:
            open_ends.append((min(begin for begin, _e, _n in drawn), place[row.key]))
    traces = [
        {
            "type": "bar", "orientation": "h", "base": [begin.isoformat() for _y, begin, *_rest in found],
            "x": [days * DAY for _y, _begin, days, *_rest in found], "y": [y for y, *_rest in found], "width": 0.46,
            "customdata": [leads for *_rest, leads, _said in found], "hovertext": [said for *_rest, said in found],
            "hoverinfo": "text",
            "marker": {"color": BLUE, "opacity": 1 if strip < 0 else FADES[strip], "line": {"width": 0}}
            | ({"pattern": HATCH} if strip == PLANNED else {}),
        }
        for strip, found in pieces.items()
        if found
    ]  # fmt: skip
    asked = [
        {"x": day.isoformat(), "y": y, "text": "?", "showarrow": False, "font": {"color": INK, "size": 12}}
        for day, y in open_ends
    ]  # fmt: skip
    above = [
        {"x": 0, "xref": "paper", "y": place[row.key], "xanchor": "left", "yanchor": "bottom", "yshift": 12,
         "showarrow": False, "align": "left", "text": wrapped(row.name, 50, 1), "font": {"color": INK, "size": 12}}
        for row in rows
    ]  # fmt: skip
    ends = [
        day
        for found in pieces.values()
        for _y, begin, days, *_rest in found
        for day in (begin, begin + timedelta(days))
    ]
    years = range(min(ends).year, max(ends).year + 2)
    base = {
        "barmode": "overlay", "showlegend": False, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": GREY}, "separators": separators, "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GREY, "font": {"color": INK}},
        "xaxis": {"type": "date", "range": [f"{years[0]}-01-01", f"{years[-1]}-01-01"], "gridcolor": GRID, "zeroline": False,
                  "side": "top", "fixedrange": True, **_years(years, 8)},
        "yaxis": {"range": [-0.6, len(rows) - 0.4], "fixedrange": True, "showgrid": False, "zeroline": False, "ticks": ""},
        "shapes": [],
    }  # fmt: skip
    return {
        "currency": None, "data": traces, "layout": base,
        "wide": {"height": 40 + ROW * len(rows) + 8, "margin": {"l": 290, "r": 16, "t": 32, "b": 8}, "annotations": asked,
                 "yaxis": {"tickvals": [place[r.key] for r in rows], "ticktext": [wrapped(r.name, 40, 2) for r in rows],
                           "ticklabelstandoff": 8}},
        "narrow": {"height": 40 + 54 * len(rows) + 8, "margin": {"l": 4, "r": 4, "t": 32, "b": 8},
                   "annotations": asked + above, "yaxis": {"tickvals": [], "ticktext": []}, "xaxis": _years(years, 5)},
    }  # fmt: skip


def _years(years: range, at_most: int) -> dict:
    """Ticks at the first days of years, no more than so many; a year is a text, never a number with separators."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500) if len(years) / step <= at_most)
    shown = [year for year in years if year % step == 0]
    return {"tickvals": [f"{year}-01-01" for year in shown], "ticktext": [str(year) for year in shown]}
