"""The recipients' workbooks that serve a report, on its page."""

from __future__ import annotations

from flask import Flask

from portal.donor_workbooks import queries
from portal.web import page


def _for_report(report):
    """The workbooks that serve a report, each with its file or None."""
    return queries.for_report(page.session(), page.actor(), report)


def install(app: Flask) -> None:
    app.jinja_env.globals["donor_workbooks_for"] = _for_report
