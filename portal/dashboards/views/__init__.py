"""Addresses of dashboards: the funding page, charts, the records behind a number, files."""

from __future__ import annotations

from flask import Flask

from portal.dashboards import library
from portal.dashboards.views import charts, euro, funding, report
from portal.dashboards.views.asking import bp, data_block
from portal.web import assets, nav
from portal.web.i18n import lazy_gettext as _l

__all__ = ["bp", "charts", "data_block", "euro", "funding", "install", "report"]


def install(app: Flask) -> None:
    nav.register(
        app, "dashboards.funding", _l("Funding"), needs="dashboard.read", order=40,
        also=("dashboards", "funding", "budgets", "rates", "saved"), key="f",
    )  # fmt: skip
    assets.add(app, "plotly.min.js", library.path())
