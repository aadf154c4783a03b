"""Standing bars over moments, stacked by groups: each with its colour and texture, so that grey paper tells them apart."""

from __future__ import annotations

from dataclasses import dataclass

from portal.dashboards.charts import FONT, GREY, GRID, INK, safe

SHORT = 8
"""Letters of a name that needs no more room than a year."""


@dataclass(frozen=True)
class Look:
    """Colour and texture of a group, and the class of its swatch."""

    colour: str
    pattern: str
    swatch: str


SOFT = 0.35
"""How much of its colour a group keeps where nobody tells it any longer."""


def soft(colour: str) -> str:
    """The colour on white paper at `SOFT` of its strength."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * SOFT):02x}" for part in parts)


def stacks_chart(frame, looks: dict[str, Look], separators: str, number_text, url_of, held_words: str) -> dict:
    """The drawing of a frame `key, moment, group, name, number, held`, moments and groups in the order of the frame. The
    `held` ones of a number stand above its others, paler with an edge of the full colour."""
    moments = list(dict.fromkeys(zip(frame["moment"], frame["label"], strict=True)))
    place = {moment: n for n, (moment, _label) in enumerate(moments)}
    traces = []
    for group, name in dict.fromkeys(zip(frame["group"], frame["name"], strict=True)):
        rows, look = [r for r in frame.itertuples() if r.group == group], looks[group]
        for held in (False, True):
            drawn = [(r, int(r.held) if held else int(r.number - r.held)) for r in rows]
            drawn = [(r, number) for r, number in drawn if number]
            colour, edge = (soft(look.colour), (look.colour, 1)) if held else (look.colour, ("#ffffff", 1.5))
            if not drawn:
                continue
            traces.append(
                {
                    "type": "bar", "name": safe(name), "x": [place[r.moment] for r, _n in drawn], "y": [n for _r, n in drawn],
                    "width": 0.72, "customdata": [url_of(r.key) for r, _n in drawn], "hoverinfo": "text",
                    "hovertext": [
                        safe(f"{r.label}, {name}: {number_text(n)}{f' ({held_words})' if held else ''}") for r, n in drawn
                    ],
                    "marker": {
                        "color": colour, "line": dict(zip(("color", "width"), edge, strict=True)),
                        "pattern": {"shape": look.pattern, "fgcolor": colour, "bgcolor": "#ffffff", "size": 7,
                                    "fillmode": "replace", "solidity": 0.32} if look.pattern else {"shape": ""},
                    },
                }
            )  # fmt: skip
    most = max(frame.groupby("moment")["number"].sum())

    def ticks(at_most: int) -> dict:
        """Names below as many bars as have room; a long one stands on two lines."""
        at_most = at_most if all(len(label) < SHORT for _m, label in moments) else at_most // 2
        step = -(-len(moments) // at_most)
        shown = [(n, label) for n, (_m, label) in enumerate(moments) if (len(moments) - 1 - n) % step == 0]
        return {
            "tickvals": [n for n, _l in shown],
            "ticktext": ["<br>".join(safe(part) for part in label.rsplit(maxsplit=1)) for _n, label in shown],
        }

    base = {
        "barmode": "stack", "showlegend": False, "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": GREY}, "separators": separators, "dragmode": False, "shapes": [],
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": GREY, "font": {"color": INK}},
        "xaxis": {"fixedrange": True, "showgrid": False, "zeroline": False, "range": [-0.6, len(moments) - 0.4]},
        "yaxis": {"fixedrange": True, "gridcolor": GRID, "zeroline": True, "zerolinecolor": "#75808e", "tickformat": ",d",
                  "rangemode": "tozero", "nticks": 6} | ({"dtick": 1} if most < 6 else {}),
    }  # fmt: skip
    return {
        "currency": None, "data": traces, "layout": base,
        "wide": {"height": 360, "margin": {"l": 52, "r": 8, "t": 12, "b": 44}, "annotations": [], "xaxis": ticks(12),
                 "yaxis": {}},
        "narrow": {"height": 320, "margin": {"l": 40, "r": 4, "t": 12, "b": 44}, "annotations": [], "xaxis": ticks(6),
                   "yaxis": {}},
    }  # fmt: skip
