"""Plotly figures as plain dicts, drawn from the frames. One drawing for wide screens, one for narrow.

Bars lie; the label stands beside the bar (above it on a narrow screen). Solid is a document of the ministry, hatched a
public source, dotted an inference. Where nothing is known there is no bar but a dotted line without width and the word.
"""

from __future__ import annotations

import html
import textwrap
from decimal import Decimal

from portal.dashboards.frames import money

BLUE, GREY, INK, GRID, ZERO = "#1b4f92", "#5a6675", "#16202c", "#e2e6eb", "#75808e"
FONT = '"Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif'
PATTERNS = {"document": "", "public": "/", "unsure": ".", "uncited": "."}
ROW, TOP, HEAD = 46, 8, 22
FEW = 6
WIDE, NARROW, LETTER = 300, 280, 7
"""px: the least width of a plot beside its names, and on a phone; a letter or digit of a label."""


def safe(text: str) -> str:
    """Text for a label or hover: plotly reads pseudo-HTML, templates and TeX there, so none of their signs may act."""
    return html.escape(str(text), quote=False).replace("%{", "%\u200b{").replace("$", "&#36;")


def money_charts(frame, words: dict, separators: str, money_text, url_of) -> list[dict]:
    """One drawing per currency of a money frame (one, all unknown, where no amount is known); where there are more, what is known
    in none has its own.

    `words`: unknown, document, public, unsure, uncited, about (the sign before a rounded amount); `money_text(Money)` writes
    an amount; `url_of(key)` leads to the records behind a bar.
    """
    currencies = sorted(str(c) for c in frame["currency"].dropna().unique())
    nowhere = frame[~frame["key"].isin(set(frame[frame["minor"].notna()]["key"]))]
    by_currency = [(code, frame[(frame["currency"] == code).fillna(False)]) for code in currencies]
    if len(currencies) < 2:  # what is known of nobody stands with the rest where that is in one currency
        code = currencies[0] if currencies else None
        return [_money_chart(frame, code, words, separators, money_text, url_of)]
    drawings = [
        titled(_money_chart(mine, code, words, separators, money_text, url_of), code) for code, mine in by_currency
    ]
    if len(nowhere):
        drawings.append(titled(_money_chart(nowhere, None, words, separators, money_text, url_of), words["unknown"]))
    return drawings


def titled(drawing: dict, title: str) -> dict:
    """The drawing with a title above it, such as its currency where others stand beside it."""
    head = {
        "xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom", "showarrow": False,
        "text": safe(title), "font": {"color": INK, "size": 12, "weight": 600},
    }  # fmt: skip
    for one in (drawing[size] for size in ("wide", "narrow") if drawing[size]):
        one["annotations"] = [*one["annotations"], head | {"yshift": one["margin"]["t"]}]
        one["margin"]["t"] += HEAD
        one["height"] += HEAD
    return drawing


def _money_chart(frame, currency: str | None, words, separators, money_text, url_of) -> dict:
    keys = list(dict.fromkeys(frame["key"]))
    names = dict(zip(frame["key"], frame["name"], strict=True))
    place = {key: n for n, key in enumerate(reversed(keys))}
    traces, ends = [], dict.fromkeys(keys, Decimal(0))
    labels: dict[str, list[str]] = {key: [] for key in keys}
    known = frame[frame["minor"].notna()]
    for certainty in PATTERNS:
        rows = [r for r in known.itertuples() if r.certainty == certainty and r.currency == currency]
        if not rows:
            continue
        amounts = [money(r) for r in rows]
        for row, amount in zip(rows, amounts, strict=True):
            ends[row.key] += amount.decimal
            labels[row.key].append((words["about"] if row.approximate else "") + money_text(amount))
        traces.append(
            {
                "type": "bar", "orientation": "h", "name": safe(words[certainty]),
                "x": [float(a.decimal) for a in amounts], "y": [place[r.key] for r in rows],
                "width": 0.44, "customdata": [url_of(r.key) for r in rows],
                "hovertext": [safe(f"{names[r.key]}: {money_text(a)}") for r, a in zip(rows, amounts, strict=True)],
                "hoverinfo": "text",
                "marker": {
                    "color": BLUE, "line": {"color": BLUE, "width": 1},
                    "pattern": {"shape": PATTERNS[certainty], "fgcolor": BLUE, "bgcolor": "#d9e5f2", "fillmode": "replace",
                                "size": 7, "solidity": 0.32} if PATTERNS[certainty] else {"shape": ""},
                },
            }
        )  # fmt: skip
    most = float(max(ends.values()))
    drawn = {key for key in keys if labels[key]}
    beside = [
        {
            "x": float(ends[key]), "y": place[key], "xanchor": "left", "xshift": 6, "showarrow": False,
            "text": "<br>+ ".join(map(safe, labels[key])), "align": "left", "font": {"color": INK, "size": 12},
        }
        if key in drawn
        else {
            "x": 0, "y": place[key], "xanchor": "left", "xshift": 8, "showarrow": False, "bgcolor": "#ffffff",
            "text": safe(words["unknown"]), "font": {"color": GREY, "size": 12},
        }
        for key in keys
    ]  # fmt: skip
    dotted = [
        {
            "type": "line", "x0": 0, "x1": (most or 1) * 0.42, "y0": place[key], "y1": place[key], "layer": "below",
            "line": {"color": ZERO, "width": 1, "dash": "dot"},
        }
        for key in keys
        if key not in drawn
    ]  # fmt: skip
    lengths = [(float(ends[key]), max(map(len, labels[key]), default=0) + 2) for key in keys]
    return _drawing(traces, keys, names, place, beside, dotted, lengths, separators, currency)


def count_chart(frame, separators: str, number_text, url_of) -> dict:
    """Numbers of projects by status: derived and untold ones hatched and grey, apart from the stated."""
    keys = list(frame["key"])
    names = dict(zip(frame["key"], frame["name"], strict=True))
    place = {key: n for n, key in enumerate(reversed(keys))}
    sure = [":" not in key and key not in ("ambiguous", "none") for key in keys]
    trace = {
        "type": "bar", "orientation": "h", "x": [int(n) for n in frame["number"]], "y": [place[k] for k in keys], "width": 0.44,
        "customdata": [url_of(k) for k in keys], "hoverinfo": "text",
        "hovertext": [safe(f"{names[k]}: {number_text(int(n))}") for k, n in zip(keys, frame["number"], strict=True)],
        "marker": {
            "color": [BLUE if s else "#5f8bc0" for s in sure], "line": {"color": BLUE, "width": 1},
            "pattern": {"shape": ["" if s else "/" for s in sure], "fgcolor": BLUE, "bgcolor": "#d9e5f2", "size": 7,
                        "fillmode": "replace", "solidity": 0.32},
        },
    }  # fmt: skip
    beside = [
        {"x": int(n), "y": place[k], "xanchor": "left", "xshift": 6, "showarrow": False, "text": number_text(int(n)),
         "font": {"color": INK, "size": 12}}
        for k, n in zip(keys, frame["number"], strict=True)
    ]  # fmt: skip
    lengths = [(float(n), len(number_text(int(n)))) for n in frame["number"]]
    drawn = _drawing([trace], keys, names, place, beside, [], lengths, separators, None)
    if max((n for n, _letters in lengths), default=0) < FEW:
        drawn["layout"]["xaxis"]["dtick"] = 1  # else plotly numbers the halves, rounded
    return drawn


def _end(lengths: list[tuple[float, int]], width: int) -> float:
    """The end of the axis so that each label (so many characters) has room beside its bar in a plot of so many px."""
    return max((x / (1 - min((LETTER * letters + 16) / width, 0.8)) for x, letters in lengths), default=0) or 1


def _drawing(traces, keys, names, place, beside, shapes, lengths, separators, currency) -> dict:
    wide = {
        "height": TOP + ROW * len(keys) + 40, "margin": {"l": 250, "r": 16, "t": TOP, "b": 32}, "annotations": beside,
        "yaxis": {"tickvals": [place[k] for k in keys], "ticktext": [wrapped(names[k], 34) for k in keys]},
    }  # fmt: skip
    above = [
        {"x": 0, "y": place[k], "xanchor": "left", "yanchor": "bottom", "yshift": 16, "showarrow": False, "align": "left",
         "text": wrapped(names[k], 44), "font": {"color": INK, "size": 12}}
        for k in keys
    ]  # fmt: skip
    narrow = {
        "height": TOP + 66 * len(keys) + 56, "margin": {"l": 4, "r": 4, "t": TOP + 16, "b": 32},
        "annotations": beside + above, "yaxis": {"tickvals": [], "ticktext": []},
        "xaxis": {"range": [0, _end(lengths, NARROW)], "nticks": 4},
    }  # fmt: skip
    told = any(x for x, _letters in lengths)
    base = {
        "barmode": "stack", "showlegend": False, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": GREY}, "separators": separators, "shapes": shapes, "dragmode": False,
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GREY, "font": {"color": INK}},
        "xaxis": {
            "range": [0, _end(lengths, WIDE)], "showgrid": told, "showticklabels": told,
            "gridcolor": GRID, "zeroline": True, "zerolinecolor": ZERO, "ticks": "",
            "fixedrange": True, "tickformat": ",d", "nticks": 5, "rangemode": "tozero", "tickangle": 0,
        },
        "yaxis": {"range": [-0.6, len(keys) - 0.4], "fixedrange": True, "showgrid": False, "zeroline": False, "ticks": "",
                  "ticklabelstandoff": 8},
    }  # fmt: skip
    return {"currency": currency, "data": traces, "layout": base, "wide": wide, "narrow": narrow}


def wrapped(text: str, width: int, at_most: int = 2) -> str:
    lines = textwrap.wrap(text, width)
    if len(lines) > at_most:
        lines = [*lines[: at_most - 1], lines[at_most - 1].rstrip(" ,–") + "…"]
    return "<br>".join(safe(line) for line in lines)
