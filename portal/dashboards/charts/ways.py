"""The ways of money as bands between columns: plotly's Sankey, one drawing for each currency."""

from __future__ import annotations

from portal.dashboards.charts import BLUE, FONT, INK, safe

NODES = ("#1b4f92", "#0f7f74", "#8557a5", "#9a7400")
OTHERS = "#5a6675"
BAND = "rgba(95, 139, 192, 0.38)"


def ways_chart(frame, heads: tuple[str, ...], ends: tuple[str, ...], money_text, url_of) -> dict:
    """The drawing of rows of one currency. `url_of({column: key})` leads to the records of a node or band. A sum that holds a
    rounded or estimated amount keeps its mark."""
    from portal.kernel.money import Money

    code = str(frame["currency"].iloc[0])
    text = lambda minor, rough: ("≈\u00a0" if rough else "") + money_text(Money(int(minor), code))  # noqa: E731
    major = lambda minor: float(Money(int(minor), code).decimal)  # noqa: E731
    nodes: dict[tuple[int, str], int] = {}
    labels, colours, node_urls, node_hovers = [], [], [], []
    for n, end in enumerate(ends):
        for (key, name), (minor, rough) in sorted(_sums(frame, f"{end}_key", end), key=lambda one: -one[1][0]):
            nodes[n, str(key)] = len(nodes)
            labels.append(safe(name if len(name) <= 40 else name[:38].rstrip() + "…"))
            colours.append(OTHERS if key in ("others", "none", "more") else NODES[n % len(NODES)])
            node_urls.append(url_of({n: str(key)}))
            node_hovers.append(safe(f"{heads[n]}: {name}, {text(minor, rough)}"))
    source, target, value, urls, hovers = [], [], [], [], []
    for n, (left, right) in enumerate(zip(ends, ends[1:], strict=False)):
        for (a, b, name_a, name_b), (minor, rough) in _sums(frame, f"{left}_key", f"{right}_key", left, right):
            source.append(nodes[n, str(a)])
            target.append(nodes[n + 1, str(b)])
            value.append(major(minor))
            urls.append(url_of({n: str(a), n + 1: str(b)}))
            hovers.append(safe(f"{name_a} → {name_b}: {text(minor, rough)}"))
    trace = {
        "type": "sankey", "arrangement": "fixed", "domain": {"x": [0, 1], "y": [0, 1]},
        "node": {"label": labels, "color": colours, "customdata": node_urls, "pad": 14, "thickness": 14, "line": {"width": 0},
                 "hovertemplate": "%{label}<extra></extra>"},
        "link": {"source": source, "target": target, "value": value, "customdata": urls, "color": BAND, "label": hovers,
                 "hovertemplate": "%{label}<extra></extra>"},
        "textfont": {"family": FONT, "size": 12, "color": INK},
    }  # fmt: skip
    most = max(sum(1 for column, _key in nodes if column == n) for n in range(len(ends)))
    head = [
        {"xref": "paper", "yref": "paper", "x": n / (len(heads) - 1), "y": 1, "yanchor": "bottom", "yshift": 8,
         "showarrow": False,
         "xanchor": "left" if n == 0 else "right" if n == len(heads) - 1 else "center", "text": safe(word),
         "font": {"color": INK, "size": 12, "weight": 600}}
        for n, word in enumerate(heads)
    ]  # fmt: skip
    base = {
        "paper_bgcolor": "rgba(0,0,0,0)", "font": {"family": FONT, "size": 12, "color": INK}, "dragmode": False, "shapes": [],
        "hoverlabel": {"bgcolor": "#ffffff", "bordercolor": BLUE, "font": {"color": INK}}, "xaxis": {"visible": False},
        "yaxis": {"visible": False}, "showlegend": False,
    }  # fmt: skip
    return {
        "currency": code, "data": [trace], "layout": base, "hovers": node_hovers,
        "wide": {"height": 120 + 40 * most, "margin": {"l": 4, "r": 4, "t": 36, "b": 12}, "annotations": head, "xaxis": {},
                 "yaxis": {}},
        "narrow": None,  # four columns of names have no room there: the table stands instead
    }  # fmt: skip


def _sums(frame, *columns: str) -> list[tuple[tuple, tuple[int, bool]]]:
    """Each combination of values in these columns in the order of the rows: (values, (sum in minor units, whether one of them is
    approximate)). Few rows by many columns: a dictionary takes a twentieth of what grouping a frame takes."""
    found: dict[tuple, tuple[int, bool]] = {}
    for *key, minor, rough in frame[[*columns, "minor", "approximate"]].itertuples(index=False, name=None):
        whole, any_rough = found.get(tuple(key), (0, False))
        found[tuple(key)] = whole + int(minor), any_rough or bool(rough)
    return list(found.items())
