"""Addresses of history: what changed on a record, in a change, lately; the choice of a past moment; undoing a change."""

from portal.history.views import undoing  # noqa: F401  adds its addresses
from portal.history.views.blueprint import bp
from portal.history.views.telling import install

__all__ = ["bp", "install"]
