"""A donor's workbook is kept, mapped, and its next file carried over only as a person confirmed; all of it stays in history."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from portal.accounts.actions.secrecy import set_secrecy
from portal.donor_workbooks import actions, queries
from portal.donor_workbooks.models import DonorCell
from portal.donor_workbooks.rules.drift import Cell
from portal.kernel.errors import Forbidden, InvalidInput, Refused
from portal.kernel.history import twin
from portal.kernel.permission import SYSTEM, Actor
from portal.kernel.settling import settle
from portal.merging.actions import Choices, merge
from portal.workbooks.filling.looking import look
from portal.workbooks.reading import Place
from tests.factories import changing, donor_workbooks, funding, obligations
from tests.factories.donor_workbooks import cell
from tests.workbooks import donors


def test_a_file_is_kept_byte_for_byte_and_an_older_one_stays(s):
    first = donor_workbooks.file(s)
    again = donor_workbooks.file(s, first.workbook, {}, donors.budget(), date(2015, 1, 1), None, "c:\\x\\next.xlsm")
    assert queries.data_of(s, first) == donor_workbooks.form()
    assert [(one.number, one.file_name, one.ending) for one in first.workbook.files] == [
        (2, "next.xlsm", "xlsm"), (1, "report 2014.xlsx", "xlsx"),
    ]  # fmt: skip
    assert again.cells == [] and queries.before(again) is first
    with pytest.raises(InvalidInput) as refused, changing(s):
        actions.add_file(
            s, SYSTEM, first.workbook, donor_workbooks.form(), "x.xlsx", look(donors.report()), date(2016, 1, 1), None
        )
    assert (list(refused.value.errors), refused.value.params) == (["file"], {"number": 1})
    with pytest.raises(InvalidInput) as refused, changing(s):
        actions.edit_file(s, SYSTEM, again, again.version, date(2015, 1, 1), date(2014, 1, 1))
    assert list(refused.value.errors) == ["valid_to"]


@pytest.mark.parametrize(
    ("given", "unit"),
    [
        (cell("Information!B12", "contract.number"), "place"), (cell("Information!C4", "contract.number"), "place"),
        (cell("Information!A3", "contract.number"), "place"), (cell("Nowhere!A1", "contract.number"), "place"),
        (cell("Information!B3", "contract.number"), "place"), (cell("Payments!B7", "payments.date"), "place"),
        (cell("Payments!D4", "payments.purpose", last=None), "last"), (cell("Payments!D4", "payments.purpose", last=3), "last"),
        (cell("Payments!D4", "payments.purpose", last=12), None), (cell("Payments!C9", "payments.amount", last=11), "place"),
        (cell("Information!B8", "contract.currency", last=9), "last"), (cell("Information!B8", "no.such"), "key"),
        (cell("Information!B8", "contract.currency", text_limit=0), "text_limit"),
        (cell("Information!B8", "contract.currency", counting="x", language="de"), "counting"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_filled_is_not_mapped(s, given, unit):
    file = donor_workbooks.file(s)
    before = [(c.id, c.key) for c in file.cells]
    if unit is None:
        with changing(s):
            actions.map_cells(s, SYSTEM, file, [given])
        assert len(file.cells) == len(before) + 1
        return
    with pytest.raises(InvalidInput) as refused, changing(s):
        actions.map_cells(s, SYSTEM, file, [cell("Information!B10", "update.happened"), given])
    assert unit in refused.value.errors
    assert [(c.id, c.key) for c in file.cells] == before


def test_a_mapping_tells_its_label_is_changed_with_its_version_and_stays_in_history(s):
    file = donor_workbooks.file(s)
    one = file.cells[0]
    assert (one.sheet, one.row, one.label) == ("Information", 3, "Contract number:")
    assert file.cells[-1].label == "Amounts / Amount (EUR)"
    seen = one.version
    with changing(s):
        actions.edit_cell(s, SYSTEM, one, seen, cell("Information!B3", "contract.title", text_limit=200))
    with pytest.raises(Refused), changing(s):
        actions.edit_cell(s, SYSTEM, one, seen, cell("Information!B3", "contract.number"))
    with changing(s):
        actions.unmap_cell(s, SYSTEM, one)
    then = twin(DonorCell.__table__).c
    kept = s.execute(select(then.key, then.change_to).where(then.id == one.id).order_by(then.change_from)).all()
    assert [row.key for row in kept] == ["contract.number", "contract.title"]
    assert all(row.change_to for row in kept) and len(file.cells) == len(donor_workbooks.MAPPED) - 1


def test_a_newer_file_carries_only_what_was_confirmed(s):
    old = donor_workbooks.file(s)
    new = donor_workbooks.file(s, old.workbook, {}, donors.budget(), date(2015, 1, 1), date(2015, 12, 31))
    with changing(s):
        actions.edit_cell(
            s, SYSTEM, old.cells[0], 1, cell("Information!B3", "contract.number", text_limit=40, otherwise="say")
        )
    with changing(s):
        made = actions.carry_cells(s, SYSTEM, new, [(old.cells[0], Cell(Place("1. Budget", 12, 1)))])
    assert [(c.key, c.row, c.text_limit, c.otherwise) for c in made] == [("contract.number", 12, 40, "say")]
    assert [c.id for c in new.cells] == [made[0].id] and len(old.cells) == len(donor_workbooks.MAPPED)
    with pytest.raises(Refused), changing(s):
        actions.carry_cells(s, SYSTEM, new, [(made[0], Cell(Place("1. Budget", 13, 1)))])
    other = donor_workbooks.file(s, None, {}, donors.shared())
    with pytest.raises(Refused), changing(s):
        actions.carry_cells(s, SYSTEM, other, [(old.cells[0], Cell(Place("List1", 3, 1)))])


def test_a_workbook_serves_its_recipient_kind_and_period(s):
    commission, other = funding.organisation(s), funding.organisation(s, "UNHCR")
    report = obligations.due_report(s, funding.project(s, "ERIS"), recipient=commission.id)
    fitting = donor_workbooks.file(s, donor_workbooks.workbook(s, recipient=commission.id, kinds=["interim_financial"]))
    late = donor_workbooks.file(s, donor_workbooks.workbook(s), first=date(2015, 1, 1), last=None)
    donor_workbooks.file(s, donor_workbooks.workbook(s, recipient=other.id))
    donor_workbooks.file(s, donor_workbooks.workbook(s, kinds=["scoreboard"]))
    gone = donor_workbooks.file(s).workbook
    with pytest.raises(InvalidInput), changing(s):
        actions.withdraw_workbook(s, SYSTEM, gone, gone.version, " ")
    with changing(s):
        actions.withdraw_workbook(s, SYSTEM, gone, gone.version, "Komise ji už nepoužívá.")
    assert queries.for_report(s, SYSTEM, report) == [(fitting.workbook, fitting), (late.workbook, None)]
    newer = donor_workbooks.file(s, fitting.workbook, {}, donors.budget())
    assert queries.for_report(s, SYSTEM, report)[0] == (fitting.workbook, newer)


def test_whose_recipient_is_hidden_is_hidden_and_only_officers_keep_workbooks(s):
    secret = funding.organisation(s, "Utajený úřad")
    file = donor_workbooks.file(s, donor_workbooks.workbook(s, recipient=secret.id))
    with changing(s):
        set_secrecy(s, SYSTEM, secret, {"confidential": True, "readers": []})
        settle(s, [secret])
    reader, editor = Actor(None, "x", "viewer"), Actor(None, "y", "editor", everywhere=True)
    assert queries.listed(s, reader, "cs") == [] and queries.workbook(s, reader, file.workbook_id) is None
    assert queries.file(s, reader, file.id) is None and queries.cell(s, reader, file.cells[0].id) is None
    with pytest.raises(Forbidden):
        actions.add_workbook(s, editor, {})
    with pytest.raises(Forbidden):
        actions.unmap_cell(s, editor, file.cells[0])
    with pytest.raises(InvalidInput) as refused, changing(s):
        donor_workbooks.workbook(s, name_cs=" ", kinds=["nonsense"], recipient=file.id + 10_000)
    assert set(refused.value.errors) == {"name_cs", "kinds", "recipient"}


def test_a_merge_of_recipients_takes_their_workbooks_along(s):
    kept, twice = funding.organisation(s, "Evropská komise"), funding.organisation(s, "EK")
    one = donor_workbooks.workbook(s, recipient=twice.id)
    with changing(s):
        merge(s, SYSTEM, kept, twice, Choices(), "Zapsáno dvakrát.")
    s.refresh(one)
    assert (one.recipient_id, one.version) == (kept.id, 2)
