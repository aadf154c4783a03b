"""The fact fields of reporting obligations, in the order their pages show them. What is due follows from them, it is no fact."""

from portal.sources.facts import Fact, register

PLACES = ("contract", "framework", "project")
OBLIGATION = (
    Fact("name", "name"),
    Fact("of", "record", kinds=PLACES),
    Fact("kind_code", "code", code_list="report_kinds"),
    Fact("recipient", "record", kinds=("organisation",)),
    Fact("language", "code", code_list="languages"),
    Fact("starts", "when"),
    Fact("ends", "when"),
    Fact("every", "count"),
    Fact("due_days", "count"),
    Fact("due_months", "count"),
    Fact("due_rule", "text"),
)
RULE = ("starts", "ends", "every", "due_days", "due_months")
"""The facts from which the reports follow."""
register("obligation", *OBLIGATION)
