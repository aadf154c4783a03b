"""Everything a person does with contact persons: enter, correct, keep for longer, delete; and what a job does with them."""

from portal.contacts import policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.contacts.actions.entering import edit_contact, enter_contact, prolong_contact
from portal.contacts.actions.erasing import delete_contact, delete_due
from portal.contacts.actions.telling import tell_of_deletion

__all__ = ["delete_contact", "delete_due", "edit_contact", "enter_contact", "prolong_contact", "tell_of_deletion"]
