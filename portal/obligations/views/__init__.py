"""Addresses of obligations and due reports: lists, pages, forms, the way of a report."""

from __future__ import annotations

from flask import Flask

from portal.obligations import keeping
from portal.obligations.views import obligations, reports
from portal.obligations.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """Navigation, where these records have their pages, their lists as files."""
    from portal.web import links, nav
    from portal.web.i18n import lazy_gettext as _l

    nav.register(
        app, "obligations.reports", _l("Reports due"), needs="due_report.read", order=57,
        also=(
            "obligations", "donor_workbooks", "report_texts", "register", "budgets.money", "budgets.add_expenditure",
            "budgets.edit_expenditure", "budgets.edit_report_line",
        ),
    )  # fmt: skip
    links.register(app, "obligation", "obligations.obligation", "obligation_id")
    links.register(app, "due_report", "obligations.report", "due_report_id")
    for family in (obligations, reports, keeping):
        family.install(app)
