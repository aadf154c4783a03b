"""Addresses of instruments, contracts, addenda and flows: lists, profiles, forms."""

from __future__ import annotations

from flask import Flask

from portal.funding.views import contracts, flows, instruments
from portal.funding.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """Where records of these kinds have their pages, and the lists that can be taken away. The dashboard is in the
    navigation; these pages are reached from it."""
    from portal.web import links

    for kind in ("instrument", "contract", "addendum", "flow"):
        links.register(app, kind, f"funding.{kind}", f"{kind}_id")
    flows.install(app)
    for family in (flows, instruments, contracts):
        family.offer(app)
