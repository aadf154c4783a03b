"""Everything a person does with sources: register a document, state a fact, choose the leading statement."""

from portal.sources import policy  # noqa: F401  declares the permissions
from portal.sources.actions.columns import PLAIN, UNRATED, set_plain
from portal.sources.actions.correcting import restate
from portal.sources.actions.deciding import checked, choose_leading, cite, follow, led, state_fact
from portal.sources.actions.documents import add_document, edit_document, register_document
from portal.sources.actions.erasing import erase_statements
from portal.sources.actions.references import misplaced
from portal.sources.actions.statements import leader, state, state_all, state_new
from portal.sources.actions.support import UNSUPPORTED, Quotation, Support, Supports
from portal.sources.actions.upholding import upheld, uphold

__all__ = [
    "PLAIN", "UNRATED", "UNSUPPORTED", "Quotation", "Support", "Supports", "add_document", "checked", "choose_leading", "cite",
    "edit_document", "erase_statements", "follow", "leader", "led", "misplaced", "register_document", "restate", "set_plain",
    "state", "state_all", "state_fact", "state_new", "upheld", "uphold",
]  # fmt: skip
