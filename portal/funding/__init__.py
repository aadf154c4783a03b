"""Funding: instruments, contracts, addenda and top-ups as dated rows, and flows of money.

Invariants: an amount is integer minor units with its currency, or unknown with a reason, never zero for unknown; a flow
counts at the record where it is booked; a flow included in another never adds beside it; a derived sum is never a flow.
"""
