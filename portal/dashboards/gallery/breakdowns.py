"""Figures parted by one dimension, as lying bars: money per currency, and numbers of projects."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from portal.dashboards import charts, frames
from portal.dashboards.gallery.declared import MONEY, PLACES, PROJECTS, Ask, Declared, Key, Native
from portal.figures import FIGURES
from portal.figures.names import status_name
from portal.kernel import codes
from portal.web.formats import known_of, out_of
from portal.web.i18n import gettext as _
from portal.web.i18n import lazy_gettext as _l
from portal.web.i18n import ngettext
from portal.workbooks.columns import Amount, Column

GROUPS = {
    "known_funding_by_instrument": ("Nástroj", "Instrument"),
    "known_funding_by_framework": ("Rámec", "Framework"),
    "known_funding_by_provider": ("Poskytovatel", "Provider"),
    "known_funding_by_country": ("Země", "Country"),
    "known_funding_by_implementer": ("Realizující organizace", "Implementing organisation"),
    "projects_by_status": ("Stav", "Status"),
}
"""Figure → what its groups are, in Czech and English."""


def frame(ask: Ask, key: str, size: int = 0):
    """The frame of a figure; with `size` a page of so many groups where there are more, those without a known
    amount at the end."""
    figure = FIGURES[key]
    value = figure.value(ask.s, ask.actor, ask.scope)
    if figure.unit != "money":
        made = frames.count_frame(value, lambda k: status_name(k, ask.lang))
        made.attrs["coverage"] = value.coverage
        return made
    groups, about, size = value.groups, {}, ask.size(size)
    if size and len(groups) > size:
        ordered = sorted(groups, key=lambda g: not g.funding.known)
        page, pages = max(1, min(ask.page, -(-len(ordered) // size))), -(-len(ordered) // size)
        groups = ordered if ask.whole else ordered[(page - 1) * size : page * size]
        about = {"page": page, "pages": pages, "more": max(0, len(ordered) - page * size)}
    made = frames.money_frame(replace(value, groups=tuple(groups)), ask.lang)
    made.attrs |= about | {"coverage": value.coverage}
    return made


def draw_money(frame, ask: Ask) -> list[dict]:
    w = ask.wording
    return charts.money_charts(frame, w.words, w.separators, w.money_text, ask.url)


def draw_count(frame, ask: Ask) -> list[dict]:
    return [charts.count_chart(frame, ask.wording.separators, ask.wording.number_text, ask.url)]


SAID = 8
"""Rows that the text alternative names; all of them are in the table."""


def says_money(frame, ask: Ask) -> str:
    def one(row) -> str:
        amount = frames.money(row)
        about = "≈\u00a0" if amount and row.approximate else ""
        return f"{row.name} {about}{ask.wording.money_text(amount) if amount else ask.wording.words['unknown']}"

    rows = list(frame.itertuples(index=False))
    said = [one(row) for row in rows[:SAID]]
    if rest := len(rows) - len(said):
        said.append(ngettext("%(num)s more", "%(num)s more", rest))
    return "; ".join(said)


def says_count(frame, ask: Ask) -> str:
    return "; ".join(f"{r.name} {ask.wording.number_text(int(r.number))}" for r in frame.itertuples(index=False))


def covers_money(frame, ask: Ask, of, empty) -> str:
    found = frame.attrs["coverage"]
    return f"{of} {known_of(found.known, found.total)}" if found.total else str(empty)


def covers_count(frame, ask: Ask) -> str:
    found = frame.attrs["coverage"]
    return _("status known for %(known)s %(of)s", known=ask.wording.number_text(found.known), of=out_of(found.total))


def legend_money(frame, ask: Ask) -> tuple[Key, ...]:
    doubtful = [code for code in ("unsure", "uncited") if (frame["certainty"] == code).any()]
    return (
        Key("document", _("document of the ministry")), Key("public", _("public source")),
        *(Key("doubtful", codes.label("certainties", code, ask.lang)) for code in doubtful), Key("unknown", _("not stated")),
    )  # fmt: skip


def legend_count(frame, ask: Ask) -> tuple[Key, ...]:
    return Key("document", _("stated")), Key("public", _("inferred, cannot be told or not stated"))


def _amount(row, lang: str) -> Amount:
    found = frames.money(row)
    return Amount(found, bool(row.approximate) if found else False)


def _certainty(row, lang: str) -> str | None:
    import pandas as pd

    return None if pd.isna(row.certainty) else codes.label("certainties", str(row.certainty), lang)


def _group(key: str) -> Column:
    return Column("name", *GROUPS[key], "text", lambda row, lang: str(row.name), 52)


def _once(key: str, cs: str, en: str, width: int) -> Column:
    """A count of projects of a group: on its first row alone, so that a sum over the rows is true."""
    return Column(
        key, cs, en, "count", lambda row, lang: int(getattr(row, key)) if row.first else None, width, empty=""
    )


def money_columns(key: str) -> tuple[Column, ...]:
    return (
        _group(key),
        Column("amount", "Známá částka", "Known amount", "money", _amount, 20, total=True),
        Column("certainty", "Jistota", "Certainty", "text", _certainty, 30),
        Column("flows", "Toků", "Flows", "count", lambda row, lang: int(row.flows), 10),
        _once("known", "Projektů s částkou", "Projects with an amount", 18),
        _once("within", "V rámci celku", "Within a whole", 16),
        _once("unknown", "Bez částky", "Without an amount", 16),
    )


SIZE = 40
"""Groups on one page of a chart that may have many."""


def money_chart(key: str, of, empty, group: str = MONEY, size: int = 0) -> Declared:
    """The declaration of a breakdown of money. `of`, `empty`: its line of coverage, where there is nothing to cover."""
    figure = FIGURES[key]
    return Declared(
        key=key, group=group, name=figure.name, definition=figure.definition, columns=money_columns(key),
        frame=partial(frame, key=key, size=size), draw=draw_money, says=says_money,
        covers=partial(covers_money, of=of, empty=empty),
        legend=legend_money, shown=("name", "certainty", "amount"), native=Native("bar", "amount"),
    )  # fmt: skip


CHARTS = (
    money_chart("known_funding_by_instrument", _l("of instruments"), _l("no instrument in this selection"), size=SIZE),
    money_chart("known_funding_by_framework", _l("of frameworks"), _l("no framework in this selection"), size=SIZE),
    money_chart("known_funding_by_provider", _l("of providers"), _l("no provider in this selection"), size=SIZE),
    money_chart("known_funding_by_implementer", _l("of implementing organisations"), _l("none in this selection"), size=SIZE),
    money_chart("known_funding_by_country", _l("of countries"), _l("no country in this selection"), PLACES, SIZE),
    Declared(
        key="projects_by_status", group=PROJECTS, name=FIGURES["projects_by_status"].name,
        definition=FIGURES["projects_by_status"].definition,
        columns=(
            _group("projects_by_status"),
            Column("number", "Projektů", "Projects", "count", lambda row, lang: int(row.number), 12),
        ),
        frame=partial(frame, key="projects_by_status"), draw=draw_count, says=says_count, covers=covers_count,
        legend=legend_count, native=Native("bar", "number"),
    ),
)  # fmt: skip
