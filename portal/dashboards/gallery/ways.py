"""The ways of money: from its provider through its instrument to the project and to who carries it out."""

from __future__ import annotations

from collections import defaultdict

from portal.dashboards import frames
from portal.dashboards.charts import titled
from portal.dashboards.charts.ways import ways_chart
from portal.dashboards.gallery.declared import MONEY, Ask, Declared, Entry, Native
from portal.dashboards.queries.ways import flows_on
from portal.figures.links import ENDS, links
from portal.figures.names import group_name
from portal.kernel.money import Money
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.i18n import ngettext
from portal.workbooks.columns import Amount, Column

SHOWN = 12
"""Nodes of a column that have their own names, in each currency the largest; the rest are summed as others."""
OTHERS, ANY, BETWEEN = "others", "*", "~"
COLUMNS = {
    "key": "string", "currency": "string", "minor": "Int64", "approximate": "boolean", "flows": "int64",
    **{f"{end}_key": "string" for end in ENDS}, **dict.fromkeys(ENDS, "string"),
}  # fmt: skip


def _largest(ask: Ask):
    """The links, and of each currency and column the keys of the nodes shown by name."""
    found = links(ask.s, ask.actor, ask.scope)
    sums: dict[tuple[str, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for link in found.links:
        for n, key in enumerate(link.ends):
            sums[link.amount.currency, n][key] += link.amount.minor
    kept = {
        place: {
            key
            for key, _minor in sorted(of.items(), key=lambda item: (-item[1], item[0]))[
                : SHOWN if len(of) > SHOWN + 1 else None
            ]
        }
        for place, of in sums.items()
    }
    return found, kept, {place: len(of) for place, of in sums.items()}


def frame(ask: Ask):
    """A row per way: keys and names of its ends, amount; what is not among the largest is summed under `others`."""
    import pandas as pd

    found, kept, numbers = _largest(ask)
    folded: dict[tuple, list] = {}
    for link in found.links:
        code = link.amount.currency
        ends = tuple(key if key in kept[code, n] else OTHERS for n, key in enumerate(link.ends))
        into = folded.setdefault((code, *ends), [0, False, 0])
        into[0] += link.amount.minor
        into[1] |= link.approximate
        into[2] += link.flows

    def name(n: int, key: str, code: str) -> str:
        if key == OTHERS:
            rest = numbers[code, n] - len(kept[code, n])
            return ngettext("%(num)s other", "%(num)s others", rest)
        cs, en = found.names.get(int(key), ("", "")) if key.isdigit() else ("", "")
        return group_name(ENDS[n], key, ask.lang, (cs or en) if ask.lang == "cs" else (en or cs))

    rows = [
        (
            BETWEEN.join((*ends, code)),
            code,
            minor,
            about,
            flows,
            *ends,
            *(name(n, key, code) for n, key in enumerate(ends)),
        )
        for (code, *ends), (minor, about, flows) in sorted(
            folded.items(), key=lambda item: (item[0][0], -item[1][0], item[0])
        )
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def draw(frame, ask: Ask) -> list[dict]:
    heads = (_("Provider"), _("Instrument"), _("Project or framework"), _("Implementing organisation"))
    drawings = [
        ways_chart(frame[frame["currency"] == code], heads, ENDS, ask.wording.money_text, _part(ask, code))
        for code in dict.fromkeys(frame["currency"])
    ]
    return [titled(one, one["currency"]) for one in drawings] if len(drawings) > 1 else drawings


def _part(ask: Ask, code: str):
    """The address of a node or link, by its keys in their columns."""
    return lambda keys: ask.url(BETWEEN.join([*(keys.get(n, ANY) for n in range(len(ENDS))), code]))


def _totals(frame) -> dict[str, Money]:
    return {
        code: Money(int(frame[frame["currency"] == code]["minor"].sum()), code) for code in dict.fromkeys(frame["currency"])
    }  # fmt: skip


def says(frame, ask: Ask) -> str:
    said = []
    for code, total in _totals(frame).items():
        mine = frame[frame["currency"] == code]
        named = mine[~mine["provider_key"].isin([OTHERS, "none"])]
        first = named.groupby("provider", sort=False)["minor"].sum().sort_values(ascending=False, kind="stable")
        about = "≈\u00a0" if mine["approximate"].any() else ""
        if not len(first):
            said.append(f"{about}{ask.wording.money_text(total)}")
            continue
        most, largest = first.index[0], Money(int(first.iloc[0]), code)
        rough = "≈\u00a0" if mine[mine["provider"] == most]["approximate"].any() else ""
        said.append(
            _("%(total)s in all, most from: %(provider)s (%(amount)s)", total=f"{about}{ask.wording.money_text(total)}",
              provider=most, amount=f"{rough}{ask.wording.money_text(largest)}")
        )  # fmt: skip
    return "; ".join(said)


def covers(frame, ask: Ask) -> str:
    return ngettext("%(num)s flow that counts", "%(num)s flows that count", int(frame["flows"].sum()))


def behind(ask: Ask, part: str) -> list[Entry]:
    """The flows of a node, a link or a way. ValueError for what can be none."""
    *ends, code = part.split(BETWEEN)
    if len(ends) != len(ENDS) or len(code) != 3:
        raise ValueError(f"no such way: {part[:40]!r}")
    _found, kept, _numbers = _largest(ask)

    def goes(keys: tuple[str, ...]) -> bool:
        return all(
            asked in (ANY, key) or (asked == OTHERS and key not in kept.get((code, n), ()))
            for n, (asked, key) in enumerate(zip(ends, keys, strict=True))
        )

    return [
        Entry(
            "flow",
            i,
            (cs or en) if ask.lang == "cs" else (en or cs),
            ("≈\u00a0" if about else "") + ask.wording.money_text(amount),
        )
        for i, cs, en, amount, about in flows_on(ask.s, ask.actor, ask.scope, code, goes)
    ]


def _amount(row, lang: str) -> Amount:
    return Amount(frames.money(row), bool(row.approximate))


CHART = Declared(
    key="ways", group=MONEY, name=_l("Ways of money"),
    definition=_l(
        "Known funding from its provider through its instrument to the project or framework where it is booked and to the "
        "organisation that carries it out; each amount goes one way, so that every column adds up to the total. In each column "
        "the twelve largest have their names, the rest are summed. What is not stated has a place of its own."
    ),
    columns=(
        Column("provider", "Poskytovatel", "Provider", "text", lambda row, lang: str(row.provider), 34),
        Column("instrument", "Nástroj", "Instrument", "text", lambda row, lang: str(row.instrument), 34),
        Column("project", "Projekt nebo rámec", "Project or framework", "text", lambda row, lang: str(row.project), 40),
        Column("implementer", "Realizující organizace", "Implementing organisation", "text",
               lambda row, lang: str(row.implementer), 34),
        Column("amount", "Známá částka", "Known amount", "money", _amount, 20, total=True),
        Column("flows", "Toků", "Flows", "count", lambda row, lang: int(row.flows), 10),
    ),
    note=_l(
        "Bands are as wide as their amounts, rounded to what a screen or paper can draw: a small amount may look like none. The "
        "table has the exact amounts; ≈ marks a sum that holds a rounded or estimated one."
    ),
    wide=True, frame=frame, draw=draw, says=says, covers=covers, behind=behind, link="amount",
    native=Native("ways", note=_l("Excel has no chart of ways: it draws providers by instruments, the ways are in the table.")),
)  # fmt: skip
