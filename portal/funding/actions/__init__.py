"""Everything a person does with money: instruments, contracts and their addenda, flows."""

from portal.funding import policy, texts  # noqa: F401  declares the permissions; registers what is searched
from portal.funding.actions import members  # noqa: F401  registers how the set of a contract is kept
from portal.funding.actions.contracts import add_addendum, edit_addendum, edit_contract, sign_contract
from portal.funding.actions.flows import book_flow, edit_flow
from portal.funding.actions.instruments import add_instrument, edit_instrument

__all__ = [
    "add_addendum", "add_instrument", "book_flow", "edit_addendum", "edit_contract", "edit_flow", "edit_instrument",
    "sign_contract",
]  # fmt: skip
