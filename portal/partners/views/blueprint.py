"""The blueprint of organisations, roles and links: its modules add their addresses to it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("partners", __name__)
