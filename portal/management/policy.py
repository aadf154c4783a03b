"""Who may look at the page of management: everybody signed in; each sees the records they may see."""

from portal.kernel.permission import Actor, any_of, declare, signed_in

PERMISSIONS = declare({"management.read": any_of(signed_in)})

OPEN = Actor(person_id=None, name="everybody", role="viewer")
"""Asks for what is open to everybody signed in: kept values know nothing of confidential records."""
