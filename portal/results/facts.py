"""The fact fields of results, in the order their pages show them.

A target passes: a revised one does not contradict the one before, which stays among the statements.
"""

from portal.sources.facts import Fact, register

OF_PROJECT = ("project",)
OF_EITHER = ("project", "framework")

MILESTONE = (
    Fact("name", "name"),
    Fact("of", "record", kinds=OF_PROJECT),
    Fact("due", "when"),
    Fact("reached", "when"),
)
ACTIVITY = (
    Fact("name", "name"),
    Fact("of", "record", kinds=OF_PROJECT),
    Fact("start", "when"),
    Fact("end", "when"),
    Fact("state", "code", code_list="activity_states", passing=True),
)
INDICATOR = (
    Fact("name", "name"),
    Fact("of", "record", kinds=OF_EITHER),
    Fact("unit", "text"),
    Fact("direction", "code", code_list="indicator_directions"),
    Fact("baseline", "number"),
    Fact("baseline_on", "when"),
    Fact("target", "number", passing=True),
    Fact("target_on", "when", passing=True),
)
INDICATOR_VALUE = (
    Fact("indicator", "record", kinds=("indicator",)),
    Fact("period", "when"),
    Fact("value", "number"),
)
RISK = (
    Fact("name", "name"),
    Fact("of", "record", kinds=OF_EITHER),
    Fact("likelihood", "code", code_list="risk_likelihoods", passing=True),
    Fact("impact", "code", code_list="risk_impacts", passing=True),
    Fact("measures", "text"),
    Fact("state", "code", code_list="risk_states", passing=True),
)
DECLARED = {
    "milestone": MILESTONE, "activity": ACTIVITY, "indicator": INDICATOR, "indicator_value": INDICATOR_VALUE, "risk": RISK,
}  # fmt: skip
for _kind, _facts in DECLARED.items():
    register(_kind, *_facts)
