"""The fact fields of budgets, in the order their pages show them. Lines and expenditure are rows, no facts."""

from portal.sources.facts import Fact, register

BUDGET = (
    Fact("name", "name"),
    Fact("contract", "record", kinds=("contract",)),
    Fact("kind_code", "code", code_list="budget_kinds"),
    Fact("addendum", "record", kinds=("addendum",)),
    Fact("currency", "code", code_list="currencies"),
    Fact("valid", "when"),
    Fact("indirect_limit", "number"),
    Fact("reserve_limit", "number"),
    Fact("shift_limit", "number"),
)
register("budget", *BUDGET)
