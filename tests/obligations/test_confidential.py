"""A report is confidential by whatever it lies with; the tag and the exported column ask the veils."""

from __future__ import annotations

import pytest

from portal.accounts.actions.secrecy import set_secrecy
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.obligations import sheet
from portal.obligations.queries import report_lines
from tests.factories import changing, frameworks, funding, obligations


@pytest.mark.parametrize("by", ["project", "coordinator", "recipient", "contract"])
def test_what_lies_with_something_confidential_is_said_to_be_so(s, by) -> None:
    project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
    coordinator, recipient = funding.organisation(s, "Ministerstvo"), funding.organisation(s, "Komise")
    contract = funding.contract(s, project, "C/1", coordinator=coordinator.id)
    report = obligations.due_report(s, contract, recipient=recipient.id)
    other = obligations.due_report(s, funding.contract(s, funding.project(s, "Jiný"), "C/2"))
    column = next(one for one in sheet.DUE_REPORTS.columns if one.key == "confidential")

    def told() -> list[object]:
        return [column.value(line, "cs") for line in report_lines(s, SYSTEM, [report, other])]

    assert told() == [False, False]
    held = {"project": project, "coordinator": coordinator, "recipient": recipient, "contract": contract}[by]
    with changing(s):
        set_secrecy(s, SYSTEM, held, {"confidential": True})
        settle(s, [held])
    assert told() == [True, False]
