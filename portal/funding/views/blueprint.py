"""The blueprint of instruments, contracts, addenda and flows: its modules add their addresses to it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("funding", __name__)
