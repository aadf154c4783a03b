"""A file or page of the past names nobody who is confidential now, whichever record of then refers to them."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from portal.accounts.actions.secrecy import set_secrecy
from portal.accounts.queries import actor_of
from portal.funding.actions import edit_contract
from portal.funding.models import Flow
from portal.kernel import asof, transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.layouts.places import Made
from portal.register.views import asking
from tests.factories import budgets, changing, frameworks, funding, obligations
from tests.register.sending import FILE, scene, taken, words

SECRET = "Tajná organizace"


def hide(s, record: Record, reader=None) -> None:
    with changing(s):
        set_secrecy(s, actor_of(s, reader) if reader else SYSTEM, record, {"confidential": True})
        settle(s, [record])


def text_of(data: bytes) -> str:
    book = load_workbook(io.BytesIO(data))
    return " ".join(str(cell) for ws in book for row in ws.iter_rows(values_only=True) for cell in row)


def test_a_coordinator_replaced_and_then_hidden_is_not_named_by_a_report_of_then(engine, client_as) -> None:
    with transaction.unit(engine) as s:
        project = funding.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        first, second = funding.organisation(s, SECRET), funding.organisation(s, "Ministerstvo vnitra")
        contract = funding.contract(
            s, project, "MIGR/2012/284", currency="EUR", rate_regime="B", coordinator=first.id, start=When("2014-01-01"),
            end=When("2015-12-31"),
        )  # fmt: skip
        budgets.budget(s, contract)
        report = obligations.due_report(s, contract)
        with changing(s):
            report.state = "in_preparation"
        budgets.item(s, report, "2.1", "100.00")
        old = asof.last_moment(s).id
        with changing(s):
            edit_contract(s, SYSTEM, contract, {"coordinator": second.id})
        ids = {"report": report.id, "obligation": report.obligation_id, "contract": contract.id, "secret": first.id}
    viewer = client_as("viewer", lang="cs")
    report, path = f"/reports/{ids['report']}", FILE.format(ids["report"]) + ".xlsx?layout=financial"
    assert SECRET in text_of(taken(viewer, f"{path}&at={old}")), "as long as it is open, it stands where it stood"
    with transaction.unit(engine) as s:
        hide(s, s.get_one(Record, ids["secret"]))
    of_then = (f"/contracts/{ids['contract']}", report, f"{report}/money", f"{report}/texts", f"{report}/file", path)
    for one in (*of_then, f"/obligations/{ids['obligation']}"):
        viewer.get(f"/k/{old}{one}", 404)
    viewer.get(f"{path}&at={old}", 404)
    assert not viewer.get(f"/k/{old}/reports").soup.select("tbody tr")
    assert SECRET not in text_of(taken(viewer, path)) and SECRET not in viewer.get(report).text


def test_a_file_that_holds_something_hidden_is_not_given(engine, client_as, monkeypatch) -> None:
    ids = scene(engine)
    with transaction.unit(engine) as s:
        other = funding.organisation(s, SECRET)
        hide(s, other)
        secret = other.id
    made = Made(b"", [], (ids["report"], secret))
    monkeypatch.setattr(asking.making, "make", lambda *args: made)
    for lang, told in (("cs", "nesmíte vidět"), ("en", "may not see")):
        refused = client_as("viewer", lang=lang).get(FILE.format(ids["report"]) + ".xlsx?layout=portfolio", 403)
        assert told in words(refused.soup.main) and SECRET not in refused.text


def test_a_flow_within_a_hidden_one_keeps_nobody_from_the_file(engine, client_as) -> None:
    ids = scene(engine)
    with transaction.unit(engine) as s:
        with changing(s):
            other = funding.project(s, "Jinde", framework=frameworks.framework(s, "Tajný rámec"), confidential=True)
            whole = funding.flow(s, other, "900000")
            s.get_one(Flow, ids["flow"]).included_in_id = whole.id
    taken(client_as("viewer", lang="cs"), FILE.format(ids["report"]) + ".xlsx?layout=portfolio")
