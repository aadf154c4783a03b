"""The blueprint of documents, their statements and what is stated of a fact: its modules add their addresses to it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("sources", __name__)
