"""Money by years: standing bars of two measures side by side, and below them both added up as steps."""

from __future__ import annotations

from portal.dashboards.charts import BLUE, FONT, GREY, GRID, INK, ZERO, safe

LOOKS = {"commitments": (BLUE, ""), "disbursements": ("#c4641a", "/")}
"""Colour and texture of a measure."""
LONGEST = 60
"""Years in a row that stand on one axis with their gaps."""


def years_charts(frame, words: dict[str, str], separators: str, money_text, url_of) -> list[dict]:
    """Of each currency the bars and, where there is something to add up, the sums."""
    from portal.kernel.money import Money

    drawings = []
    for code in sorted({str(c) for c in frame["currency"]}):
        rows = [r for r in frame.itertuples() if r.currency == code]
        labels = axis(rows)
        place = {key: n for n, key in enumerate(labels)}
        bars, lines = [], []
        measures = list(dict.fromkeys(r.measure for r in rows))
        last = max((key for key in labels if key.isdigit()), default=None)
        for n, measure in enumerate(measures):
            beside = 0 if len(measures) == 1 else 0.4 * n - 0.2
            mine = [r for r in rows if r.measure == measure]
            colour, pattern = LOOKS[measure]
            said = [
                f"{r.label}, {r.name}: {words['about'] if r.approximate else ''}{money_text(Money(int(r.minor), code))}"
                for r in mine
            ]  # fmt: skip
            bars.append(
                {
                    "type": "bar", "name": safe(mine[0].name), "x": [place[r.year] + beside for r in mine], "width": 0.36,
                    "y": [float(Money(int(r.minor), code).decimal) for r in mine], "customdata": [url_of(r.key) for r in mine],
                    "hovertext": [safe(text) for text in said], "hoverinfo": "text",
                    "marker": {
                        "color": colour, "line": {"color": colour, "width": 1},
                        "pattern": {"shape": pattern, "fgcolor": colour, "bgcolor": "#ffffff", "size": 7, "fillmode": "replace",
                                    "solidity": 0.32} if pattern else {"shape": ""},
                    },
                }
            )  # fmt: skip
            added = [r for r in mine if r.year.isdigit()]
            if added:
                sums = [float(Money(int(r.cumulative), code).decimal) for r in added]
                on = [place[last]] if last and added[-1].year != last else []  # the sum holds until the last year shown
                lines.append(
                    {
                        "type": "scatter", "mode": "lines+markers", "name": safe(mine[0].name),
                        "x": [place[r.year] for r in added] + on,
                        "y": sums + [sums[-1] for _year in on],
                        "line": {"color": colour, "width": 2, "shape": "hv", "dash": "dash" if pattern else "solid"},
                        "marker": {"color": colour, "size": [6] * len(added) + [0] * len(on)}, "hoverinfo": "text",
                        "hovertext": [
                            safe(f"{r.label}, {r.name}, {words['cumulative']}: {money_text(Money(int(r.cumulative), code))}")
                            for r in added
                        ],
                        "customdata": [url_of(r.key) for r in added],
                    }
                )  # fmt: skip
        drawings.append(_drawing(bars, labels, code, code, separators))
        if any(len(line["x"]) > 1 for line in lines):
            drawings.append(
                _drawing(lines, labels, code, f"{code}, {words['cumulative']}", separators) | {"added": True}
            )
    return drawings


def axis(rows) -> dict[str, str]:
    """{key: label} of the places on the axis: all years from the first to the last, then what is of none."""
    own = {r.year: r.label for r in rows}
    years = [int(key) for key in own if key.isdigit()]
    between = range(min(years), max(years) + 1) if years else range(0)
    if len(between) > LONGEST:
        between = sorted(years)
    return {str(year): str(year) for year in between} | {key: label for key, label in own.items() if not key.isdigit()}


def _drawing(traces, labels: dict[str, str], code: str, title: str, separators: str) -> dict:
    def ticks(at_most: int) -> dict:
        years = [one for one in enumerate(labels.items()) if one[1][0].isdigit()]
        others = [one for one in enumerate(labels.items()) if not one[1][0].isdigit()][::-1]  # the undated at the end
        step, apart = -(-len(labels) // at_most), max(1, -(-len(others) // max(1, at_most // 3)))
        shown = [(n, label) for n, (_key, label) in years[(len(years) - 1) % step :: step] + others[::apart]]
        return {
            "tickvals": [n for n, _l in shown],
            "ticktext": [safe(label) for _n, label in shown],
            "tickangle": "auto",
        }

    head = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 6,
            "showarrow": False,
            "text": safe(title), "font": {"color": INK, "size": 12}}  # fmt: skip
    base = {
        "barmode": "overlay", "showlegend": False, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": GREY}, "separators": separators, "dragmode": False, "shapes": [],
        "hovermode": "closest", "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GREY, "font": {"color": INK}},
        "xaxis": {"fixedrange": True, "showgrid": False, "zeroline": False, "range": [-0.6, len(labels) - 0.4],
                  "automargin": True},
        "yaxis": {"fixedrange": True, "gridcolor": GRID, "zeroline": True, "zerolinecolor": ZERO, "tickformat": ",d",
                  "rangemode": "tozero", "nticks": 6, "automargin": True},
    }  # fmt: skip
    wide = {
        "height": 320,
        "margin": {"l": 96, "r": 8, "t": 28, "b": 40},
        "annotations": [head],
        "xaxis": ticks(12),
        "yaxis": {},
    }
    narrow = {
        "height": 300,
        "margin": {"l": 80, "r": 4, "t": 28, "b": 44},
        "annotations": [head],
        "xaxis": ticks(4),
        "yaxis": {},
    }
    return {"currency": code, "data": traces, "layout": base, "wide": wide, "narrow": narrow}
