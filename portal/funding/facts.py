"""The fact fields of instruments, contracts, addenda and flows, in the order profiles show them."""

from portal.sources.facts import Fact, register

PARTIES = ("organisation", "country", "project", "framework")
BOOKED_AT = ("project", "framework")

INSTRUMENT = (
    Fact("name", "name"),
    Fact("kind_code", "code", code_list="instrument_kinds"),
    Fact("owner", "record", kinds=("organisation",)),
    Fact("legal_basis", "plain"),
    Fact("period", "when"),
    Fact("envelope", "money", mirrors=(("precision", "envelope_mark"),)),
)
CONTRACT = (
    Fact("name", "name"),
    Fact("number", "plain"),
    Fact("for", "record", kinds=BOOKED_AT),
    Fact("instrument", "record", kinds=("instrument",)),
    Fact("authority", "record", kinds=("organisation", "country")),
    Fact("coordinator", "record", kinds=("organisation", "country")),
    Fact("co_beneficiaries", "set", kinds=("organisation",)),
    Fact("signed", "when"),
    Fact("start", "when"),
    Fact("end", "when"),
    Fact("eu_share", "number"),
    Fact("cofinancing", "years"),
    Fact("currency", "code", code_list="currencies"),
    Fact("rate_regime", "code", code_list="rate_regimes"),
    Fact("fixed_rate", "number"),
    Fact("fixed_currency", "code", code_list="currencies"),
    Fact("rounding", "code", code_list="rounding_rules"),
)
ADDENDUM = (
    Fact("name", "name"),
    Fact("contract", "record", kinds=("contract",)),
    Fact("kind_code", "code", code_list="addendum_kinds"),
    Fact("number", "plain"),
    Fact("signed", "when"),
    Fact("subject", "text"),
)
FLOW = (
    Fact("name", "name"),
    Fact("amount", "money", mirrors=(("certainty", "certainty"), ("precision", "amount_mark"))),
    Fact("type_code", "code", code_list="transaction_types"),
    Fact("booked", "record", kinds=BOOKED_AT),
    Fact("provider", "record", kinds=PARTIES),
    Fact("receiver", "record", kinds=PARTIES),
    Fact("instrument", "record", kinds=("instrument",)),
    Fact("contract", "record", kinds=("contract",)),
    Fact("addendum", "record", kinds=("addendum",)),
    Fact("valued", "when"),
    Fact("included_in", "record", kinds=("flow",), mirrors=(("certainty", "included_certainty"),), lasting=True),
    Fact("supersedes", "record", kinds=("flow",)),
    Fact("purpose", "text"),
)
register("instrument", *INSTRUMENT)
register("contract", *CONTRACT)
register("addendum", *ADDENDUM)
register("flow", *FLOW)
