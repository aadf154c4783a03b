"""Addresses of donors' workbooks: the list, one workbook, its files, their mapping, what drifted, filling for a report."""

from __future__ import annotations

from flask import Flask

from portal.donor_workbooks.views import drift, files, mapping, reports, workbooks  # noqa: F401  each adds its addresses
from portal.donor_workbooks.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """What templates of other features ask for."""
    reports.install(app)
