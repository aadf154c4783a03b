"""How the status of a project is known, and for when, follows the statement somebody lets lead."""

from __future__ import annotations

from sqlalchemy.orm import Session

from portal.kernel.permission import SYSTEM
from portal.kernel.when import When
from portal.sources.actions import Quotation, Support, choose_leading, state_fact
from tests.factories import changing, projects, sources


def backed(s: Session, dated: str | None, origin: str = "ministry", **how) -> Support:
    document = sources.document(s, origin=origin, dated=When(dated) if dated else None)
    return Support("public", (Quotation(document.id, "s. 1"),), **how)


def test_choosing_another_status_takes_its_basis_and_the_day_of_its_source(s: Session) -> None:
    project = projects.project(
        s, status="2", status_basis="stated", status_on=When("2014-08-27"), backed=backed(s, "2014-08-27")
    )
    closed = sources.statement(s, project, "status", "4", backed(s, "2017-06", precision="derived"), lead=False)
    unclear = sources.statement(s, project, "status", "3", backed(s, None, precision="ambiguous"), lead=False)
    assert (project.status_basis, project.status_on) == ("stated", When("2014-08-27"))
    with changing(s):
        choose_leading(s, SYSTEM, closed, "novější zdroj")
    assert (project.status, project.status_basis, project.status_on) == ("4", "derived", When("2017-06"))
    with changing(s):
        choose_leading(s, SYSTEM, unclear, "nejasné")
    assert (project.status, project.status_basis, project.status_on) == ("3", "ambiguous", None)


def test_a_source_that_does_not_say_leaves_neither_basis_nor_day_of_the_old_one(s: Session) -> None:
    project = projects.project(
        s, status="2", status_basis="stated", status_on=When("2014-08-27"), backed=backed(s, "2014-08-27")
    )
    with changing(s):
        how = backed(s, "2018", reason="zdroj stav neuvádí")
        state_fact(s, SYSTEM, project, "status", None, how, lead=True)
    assert (project.status, project.status_basis, project.status_on) == (None, None, When("2018"))


def test_choosing_the_statement_that_leads_again_changes_nothing(s: Session) -> None:
    project = projects.project(s, status="2", status_basis="stated", status_on=When("2015"))
    leading = sources.statement(s, project, "status", "2", backed(s, "2014"))
    with changing(s):
        choose_leading(s, SYSTEM, leading, "stejný")
    assert project.status_on == When("2015")
