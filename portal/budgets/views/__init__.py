"""Addresses of budgets, their lines, and the expenditure of reports."""

from __future__ import annotations

from flask import Flask

from portal.budgets import readiness, wording  # noqa: F401  readiness registers what reports on money need
from portal.budgets.views import budgets, lines, spending
from portal.budgets.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """Where budgets have their pages, and what other pages show of them."""
    from portal.web import links

    links.register(app, "budget", "budgets.budget", "budget_id")
    app.jinja_env.globals |= {
        "plain_amount": wording.plain, "heading_text": wording.heading_text, "doubt_text": wording.doubt_text,
        "percent_text": wording.percent_text, "check_text": wording.check_text,
    }  # fmt: skip
    for family in (budgets, lines, spending):
        family.install(app)
