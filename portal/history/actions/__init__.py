"""What history does: undoing a change, and telling those who follow a record that it was changed."""

from portal.history.actions.following import tell_followers
from portal.history.actions.undoing import NotUndone, RuleBroken, undo_change

__all__ = ["NotUndone", "RuleBroken", "tell_followers", "undo_change"]
