"""Adding and editing organisations and role holders, giving and ending roles, relating records. Lists stand in `portfolio`."""

from __future__ import annotations

from flask import Flask

from portal.partners.queries import grounding
from portal.partners.views import links, organisations, role_holders, roles  # noqa: F401  their routes
from portal.partners.views.blueprint import bp

__all__ = ["bp", "install"]


def install(app: Flask) -> None:
    """For templates: which of two related records is a legal instrument, and which rests on it."""
    app.jinja_env.globals["grounding"] = grounding
