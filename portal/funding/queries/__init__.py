"""Reading funding: instruments, contracts, addenda and flows; what stands around a flow; what forms offer; lists."""

from portal.funding.queries.adding import Adding, adding
from portal.funding.queries.around import (
    before,
    chain_above,
    containers,
    doubts,
    levels_of,
    misfits,
    mismatch,
    reaches,
    restated,
    umbrella_sums,
)
from portal.funding.queries.members import CO_BENEFICIARIES, co_beneficiaries_of, members, sets_of
from portal.funding.queries.offers import (
    Offered,
    offered_addenda,
    offered_contracts,
    offered_flows,
    offered_instruments,
)
from portal.funding.queries.records import (
    addenda_of,
    addendum,
    contract,
    contracts,
    contracts_of,
    contracts_of_instrument,
    flow,
    flows,
    flows_of,
    flows_of_addendum,
    flows_of_instrument,
    flows_under,
    from_instrument,
    included_flows,
    instrument,
    instruments,
    sees_all_under,
    superseding,
    told,
)

__all__ = [
    "CO_BENEFICIARIES", "Adding", "Offered", "addenda_of", "addendum", "adding", "before", "chain_above", "co_beneficiaries_of",
    "containers", "contract", "contracts", "contracts_of", "contracts_of_instrument", "doubts", "flow", "flows", "flows_of",
    "flows_of_addendum", "flows_of_instrument", "flows_under", "from_instrument", "included_flows", "instrument",
    "instruments", "levels_of", "members", "misfits", "mismatch", "offered_addenda", "offered_contracts", "offered_flows",
    "offered_instruments", "reaches", "restated", "sees_all_under", "sets_of", "superseding", "told",
    "umbrella_sums",
]  # fmt: skip
