"""What the charts over time share: the moments they look at, and the frame of who said what by then."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from portal.dashboards.gallery.declared import Ask, Entry
from portal.dashboards.queries.moments import Told, at, projects_of
from portal.kernel import clock
from portal.web.i18n import gettext as _
from portal.web.i18n import ngettext
from portal.workbooks.columns import Column

QUARTERS = 16
"""Up to so many quarters a chart looks at the end of each; a longer time is looked at by years."""
YEARS = 30
UNTOLD = "none"
COLUMNS = {
    "key": "string",
    "moment": "string",
    "label": "string",
    "group": "string",
    "name": "string",
    "number": "int64",
    "held": "int64",
}


def moments(first: date, last: date) -> list[date]:
    """The last days of the quarters, or of the years, from `first` on, the day `last` at the end; at most 30."""
    quarters = (last.year - first.year) * 4 + (last.month - 1) // 3 - (first.month - 1) // 3 + 1
    months = (3, 6, 9, 12) if quarters <= QUARTERS else (12,)
    ends = [_last_day(year, month) for year in range(first.year, last.year + 1) for month in months]
    return [day for day in ends if first <= day < last][-(YEARS - 1) :] + [last]


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def label(day: date, whole_years: bool) -> str:
    """The name of a moment on the axis."""
    if whole_years and (day.month, day.day) == (12, 31):
        return str(day.year)
    if (day + timedelta(days=1)).day == 1 and day.month % 3 == 0:
        return _("Q%(quarter)s %(year)s", quarter=day.month // 3, year=day.year)
    from portal.web.formats import day as written

    return str(written(day))


def over_time(ask: Ask, told: list[Told], groups: tuple[str, ...], name_of):
    """The frame `key, moment, label, group, name, number, held`: at each moment every project counts in one group, those of
    which nothing was told by then under `none`. Only groups that occur. `held`: how many of the number were last told in an
    earlier quarter or year than that of the moment, and by nobody since."""
    import pandas as pd

    mine = projects_of(ask.s, ask.actor, ask.scope)
    days = _days(ask, told)
    held = at(told, days)
    counted = {day: Counter(held[day].get(i, UNTOLD) for i in mine) for day in days} if mine else {}
    silent = {day: Counter(held[day][i] for i in quiet(told, day, days) if i in mine) for day in counted}
    occur = [g for g in (*groups, UNTOLD) if any(counts[g] for counts in counted.values())]
    years = len(days) > 1 and all((d.month, d.day) == (12, 31) for d in days[:-1])
    rows = [
        (
            f"{day.isoformat()}:{group}", day.isoformat(), label(day, years), group, name_of(group), counts[group],
            silent[day][group],
        )
        for day, counts in counted.items()
        for group in occur
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
    last = counted[days[-1]] if counted else Counter()
    frame.attrs |= {"known": sum(last.values()) - last[UNTOLD], "number": len(mine)}
    return frame


def quiet(told: list[Told], day: date, days: list[date]) -> set[int]:
    """The projects of which something was told by the day, but by nobody since its quarter or year began: after the moment
    before it among `days`, for the first of them with the year or quarter it ends."""
    before = max((one for one in days if one < day), default=None)
    by_years = len(days) > 1 and (days[0].month, days[0].day) == (12, 31) and days[1].month == 12
    begun = date(day.year, 1 if by_years else day.month - (day.month - 1) % 3, 1)
    last = {one.project_id: one.since for one in told}
    return {i for i, since in last.items() if since < (before + timedelta(days=1) if before else begun)}


def _days(ask: Ask, told: list[Told]) -> list[date]:
    today = clock.today()
    first = min((one.since for one in told), default=today)
    last = today
    if ask.scope.years:
        first, last = max(first, date(ask.scope.years[0], 1, 1)), min(today, date(ask.scope.years[1], 12, 31))
    return moments(min(first, last), last)


def entries(ask: Ask, told: list[Told], groups: tuple[str, ...], part: str) -> list[Entry]:
    """The projects of one bar, by its key (`2014-06-30:ok`), with the day their value was told for. ValueError for no such
    key."""
    day, _colon, group = part.partition(":")
    if group not in (*groups, UNTOLD):
        raise ValueError(f"no such group: {part[:40]!r}")
    moment = date.fromisoformat(day)
    since = {one.project_id: one.since for one in told if one.since <= moment}
    held, silent = at(told, [moment])[moment], quiet(told, moment, _days(ask, told))
    from portal.web.formats import day as written

    def says(i: int) -> str:
        if i not in since:
            return _("nothing reported by then")
        words = _("told for %(when)s", when=written(since[i]))
        return _("%(told)s, and by nobody since", told=words) if i in silent else words

    return [
        Entry(
            "project", i, (cs or en) if ask.lang == "cs" else (en or cs),
            says(i),
        )
        for i, (cs, en) in projects_of(ask.s, ask.actor, ask.scope).items()
        if held.get(i, UNTOLD) == group
    ]  # fmt: skip


def says(frame, ask: Ask) -> str:
    """The groups of the last moment."""
    if not len(frame):
        return ""
    last = frame[frame["moment"] == frame["moment"].iloc[-1]]
    number = ask.wording.number_text
    numbers = ", ".join(
        f"{r.name_}: {number(int(r.number))}" for r in last.rename(columns={"name": "name_"}).itertuples()
    )
    silent = int(last["held"].sum())
    words = ngettext(
        "%(num)s of them last told earlier, and by nobody since", "%(num)s of them last told earlier, and by nobody since", silent
    )  # fmt: skip
    return f"{last['label'].iloc[0]}: {numbers}{f'; {words}' if silent else ''}"


def columns(head_cs: str, head_en: str) -> tuple[Column, ...]:
    return (
        Column("moment", "K datu", "As of", "text", lambda row, lang: str(row.label), 18),
        Column("group", head_cs, head_en, "text", lambda row, lang: str(row.name), 34),
        Column("number", "Projektů", "Projects", "count", lambda row, lang: int(row.number), 12),
        Column(
            "held",
            "Z toho naposledy uvedeno dříve",
            "Of these last told earlier",
            "count",
            lambda row, lang: int(row.held),
            16,
        ),
    )
