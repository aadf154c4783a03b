"""Adding and editing organisations, giving and ending roles, relating records. Lists and profiles stand in `portfolio`."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("partners", __name__)

from portal.partners.views import links, organisations, roles  # noqa: E402, F401  they add to bp
