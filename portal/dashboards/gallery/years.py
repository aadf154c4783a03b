"""Commitments against payments by the year of their value date, and both added up over the years."""

from __future__ import annotations

from portal.dashboards import frames
from portal.dashboards.charts.years import years_charts
from portal.dashboards.gallery.declared import MONEY, Ask, Declared, Key, Native
from portal.figures import FIGURES
from portal.figures.dimensions import NONE
from portal.figures.names import group_name
from portal.figures.shapes import sums
from portal.kernel.money import Money
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.workbooks.columns import Amount, Column

MEASURES = ("commitments", "disbursements")
COLUMNS = {
    "key": "string", "measure": "string", "name": "string", "year": "string", "label": "string", "currency": "string",
    "minor": "Int64", "approximate": "boolean", "flows": "int64", "cumulative": "Int64", "cumulative_approximate": "boolean",
}  # fmt: skip


def _order(key: str) -> tuple:
    """Years one after another, then times over more years, then the undated."""
    return (2, "") if key == NONE else (0, key) if key.isdigit() else (1, key)


def frame(ask: Ask):
    """A row per year, measure and currency. `cumulative` adds up what is dated to one year; a time over more years and the
    undated have none. What has no known amount is no row, and the coverage says how much that is."""
    import pandas as pd

    rows, added, coverages = [], {}, []
    values = {measure: FIGURES[f"{measure}_by_year"].value(ask.s, ask.actor, ask.scope) for measure in MEASURES}
    keys = sorted({group.key for value in values.values() for group in value.groups}, key=_order)
    for key in keys:
        for measure, value in values.items():
            group = next((one for one in value.groups if one.key == key), None)
            for code, one in sums(group.funding.cells).items() if group else ():
                total, about = one.total.minor, one.approximate
                cumulative = None
                if key.isdigit():
                    before, rough = added.get((measure, code), (0, False))
                    cumulative = added[measure, code] = (before + total, rough or about)
                rows.append(
                    (f"{measure}:{key}", measure, str(FIGURES[measure].name), key, group_name("year", key, ask.lang), code, total,
                     about, one.flows, *(cumulative or (None, None)))
                )  # fmt: skip
    made = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    for measure in MEASURES:
        coverages.append((str(FIGURES[measure].name), FIGURES[measure].coverage(ask.s, ask.actor, ask.scope)))
    made.attrs["coverages"] = coverages
    return made


def draw(frame, ask: Ask) -> list[dict]:
    words = {"cumulative": _("added up"), "about": ask.wording.words["about"]}
    return years_charts(frame, words, ask.wording.separators, ask.wording.money_text, ask.url)


def says(frame, ask: Ask) -> str:
    said: dict[str, list[str]] = {name: [] for name in dict.fromkeys(frame["name"])}
    for (name, code), rows in frame.groupby(["name", "currency"]):
        about = ask.wording.words["about"] if rows["approximate"].any() else ""
        said[name].append(f"{about}{ask.wording.money_text(Money(int(rows['minor'].sum()), str(code)))}")
    return "; ".join(f"{name}: {', '.join(amounts)}" for name, amounts in said.items())


def covers(frame, ask: Ask) -> str:
    from portal.web.formats import known_of

    return "; ".join(f"{name}: {known_of(found.known, found.total)}" for name, found in frame.attrs["coverages"])


def legend(frame, ask: Ask) -> tuple[Key, ...]:
    swatches = {"commitments": "document", "disbursements": "orange"}
    return tuple(Key(swatches[m], n) for m, n in dict.fromkeys(zip(frame["measure"], frame["name"], strict=True)))


def _amount(row, lang: str) -> Amount:
    return Amount(frames.money(row), bool(row.approximate))


def _cumulative(row, lang: str) -> Amount:
    import pandas as pd

    if pd.isna(row.cumulative):
        return Amount(None, instead=_("not of one year"))
    return Amount(Money(int(row.cumulative), str(row.currency)), bool(row.cumulative_approximate))


CHART = Declared(
    key="years", group=MONEY, name=_l("Commitments and payments by year"),
    definition=_l(
        "What was committed and what was paid in a year, by value dates, and both added up from the first year on. An amount "
        "dated over more years stands under them together and is not split; it and the undated are not in the sums that are "
        "added up. A flow whose type is not stated is in neither."
    ),
    columns=(
        Column("year", "Rok", "Year", "text", lambda row, lang: str(row.label), 18),
        Column("measure", "Ukazatel", "Measure", "text", lambda row, lang: str(row.name), 20),
        Column("amount", "Částka", "Amount", "money", _amount, 20),
        Column("flows", "Toků", "Flows", "count", lambda row, lang: int(row.flows), 10),
        Column("cumulative", "Nasčítáno", "Added up", "money", _cumulative, 20),
    ),
    frame=frame, draw=draw, says=says, covers=covers, legend=legend, link="amount",
    native=Native("years"),
)  # fmt: skip
