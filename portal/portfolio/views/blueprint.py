"""The blueprint of the pages that join features: its modules add their addresses to it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("portfolio", __name__)
