"""Addresses of the register: making and sending a file of a report, the list, one file and what can be asked of it."""

from __future__ import annotations

from flask import Flask

from portal.register.views import files, history, making, recipients  # noqa: F401  each adds its own
from portal.register.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """The list as a file, and the card on the page of a report."""
    files.install(app)
    making.install(app)
