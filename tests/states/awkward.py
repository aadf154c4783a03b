"""What the seed portfolio has none of: serious lights, names as long as a name may be, a confidential record."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.actions import name_reader
from portal.accounts.models import Person
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.when import When
from portal.merging.actions import Choices, merge
from portal.obligations.queries import reports_of
from portal.obligations.rules import PREPARED
from portal.sources.facts import Pair
from tests.factories import (
    accounts,
    budgets,
    contacts,
    desk,
    donor_workbooks,
    events,
    frameworks,
    funding,
    legal,
    obligations,
    partners,
    progress,
    questions,
    report_texts,
    results,
    saved,
    sources,
)

ONE_WORD = ("nejneobhospodařovávatelnějšími" * 10)[:300]
"""300 characters that no browser can break."""
WORDS = ("Podpora nejneobhospodařovávatelnějších zemí při readmisi osob, " * 5)[:300].rstrip(", ")
"""300 characters of words."""
LIGHTS = {
    "ppti-pp3-migration-development": "warn", "georgia-reintegration-iom": "bad", "eris": "bad", "prague-process": "warn",
}  # fmt: skip

Places = dict[str, int]


def enter(s: Session, reader: Person) -> Places:
    """Write the awkward records inside an open change. Ids by what they are: `word project`, `words flow`, `secret`, …"""
    for key, light in LIGHTS.items():
        record = s.scalars(select(Record).where(Record.key == key)).one()
        text = f"Partner odložil podpis. {ONE_WORD}" if light == "bad" else "Čeká se na překlad dohody."
        progress.update(s, record, "2026-11-20", light=light, happened=text, next_steps=text)
    made = _long(s, "word", ONE_WORD) | _long(s, "words", WORDS)
    merge(s, SYSTEM, made["word organisation"], partners.organisation(s, WORDS), Choices(), f"{ONE_WORD} {WORDS}")
    secret = _secret(s, reader)
    said = {"task": desk.task(s, made["word project"], reader, title=ONE_WORD, text=WORDS)}
    asking = frameworks.framework(s, "Schvaluje se", asks_approval=True)
    said |= {"approval": progress.update(s, asking, "2026-11-21", happened=ONE_WORD, next_steps=WORDS)}
    said["view"] = saved.view(s, reader, ONE_WORD[:80], start=True)
    said |= {"comment": desk.comment(s, made["word project"], reader, f"{ONE_WORD}\n@{reader.login} {WORDS}")}
    accounts.person(s, "editor", login="dlouhe.jmeno", name=ONE_WORD[:200], everywhere=True)
    return {what: record.id for what, record in (made | secret | said).items()}


def _long(s: Session, what: str, name: str) -> dict[str, Record]:
    """One record of each kind that has a name, all called `name`, tied to each other."""
    framework = frameworks.framework(s, name, name_en=name, description=Pair(name, name), cz_role=Pair(name, ""))
    below = frameworks.framework(s, name, parent=framework)
    document = funding.document(s, name)
    organisation = partners.organisation(s, name, abbreviation=name[:40], seat=name)
    backed = funding.Support("document", (funding.Quotation(document.id, name, name, "cs", False),), reason=name)
    project = funding.project(
        s, name, framework=below, status="2", description=Pair(name, name), full_title=Pair(name, ""), backed=backed
    )
    for said, day in ((name, "2013"), ("Smlouva", "2015-02")):
        other = funding.Support("document", (funding.Quotation(document.id, name, said),))
        sources.statement(s, project, "actual_end", When(day), other, lead=day == "2013")
    part = funding.project(s, name, framework=below, umbrella=project, status="2")
    partners.role(s, project, organisation, "lead", Pair(name, ""))
    partners.role(s, framework, organisation, "participant", Pair(name, ""))
    partners.link(s, project, part, "follows")
    instrument = funding.instrument(s, name, legal_basis=name, owner=organisation.id)
    agreement = legal.legal_instrument(
        s, name, number=Pair(name[:80], ""), full_title=Pair(name, ""), aim=Pair(name, ""), repealed_by=Pair(name, ""),
        adopted_by=organisation.id, adopted_by_words=Pair(name, ""), oj=name[:200], eli=f"https://example.org/{name}",
    )  # fmt: skip
    partners.link(s, project, agreement, "based_on")
    partners.link(s, instrument, agreement, "legal_base")
    partners.link(s, agreement, framework, "grounds")
    contract = funding.contract(s, project, name[:80], instrument=instrument.id, authority=organisation.id)
    addendum = funding.addendum(s, contract, number=name[:60], subject=Pair(name, ""))
    flow = funding.flow(
        s, project, 1_234_567_890, instrument=instrument, provider=organisation.id, purpose=Pair(name, "")
    )
    agreed = budgets.budget(s, contract, lines=[("2.1", "12.5", "1850.40", name)], name=Pair(name, name))
    more = {"kind_code": "addendum", "copied": agreed, "agreed": False, "name": Pair(name, name)}
    budget = budgets.budget(s, contract, lines=[("5.8", "1", "1247.66", name)], **more)
    obligation = obligations.obligation(s, contract, name, recipient=organisation.id, due_rule=Pair(name, name))
    due_report = reports_of(s, SYSTEM, obligation.id)[0]
    due_report.state = PREPARED
    budgets.item(s, due_report, "2.1", "123456789.01", document=name[:120], payee=name, explanation=name)
    budgets.say(s, due_report, "2.1", explanation=name)
    report_texts.text(s, due_report, "summary", name, name)
    form = donor_workbooks.workbook(s, name_cs=name, name_en=name, recipient=organisation.id, note=name)
    donor_workbooks.file(s, form, {"Information!B3": "contract.number"}, name=f"{name[:190]}.xlsx")
    progress.update(s, project, "2026-11-21", light="warn", happened=name, next_steps=name)
    event = events.event(
        s, name, under=project, held="2026-12-01", change="postponed", place=Pair(name, ""), host=Pair(name, ""),
        topics=Pair(name, name), outcome=Pair("", name), attendance=1_000_000,
    )  # fmt: skip
    phase = frameworks.phase(s, framework, name, aim=Pair(name, ""), decision=Pair(name, name), position=99)
    question = questions.question(s, project, name, advice=Pair(name, name))
    follow_up = events.follow_up(s, event, name, due="2026-11-01", owner=organisation.id)
    milestone = results.milestone(s, project, name, due="2013-05-01")
    results.milestone(s, project, "Zahájení", due="2013-01", reached="2013-02-01")
    activity = results.activity(s, project, name, start="2013", end="2015", state="running")
    indicator = results.indicator(
        s, project, name, baseline="0.125", target="123456789012345.5", unit=name[:60], direction="more"
    )
    results.measured(s, indicator, "2013-01/2013-06", "999999.999", note=Pair(name, ""))
    results.revise(s, indicator, "123456.5", name)
    risk = results.risk(s, project, name, "5", "4", measures=Pair(name, name))
    results.risk(s, framework, name)
    contact = contacts.contact(
        s, organisation, name[:200], concerns=project.id, email=f"{'dlouha' * 10}@example.org", phone="+420 974 811 111 linka 12",
        function=Pair(name[:300], ""), purpose=Pair(name, name), language="ka", note=Pair(name, ""),
    )  # fmt: skip
    holder = events.role_holder(s, name, office=Pair(name, ""), organisation=organisation.id)
    partners.role(s, event, holder, "participant", Pair(name, ""))
    made = {
        "framework": framework, "document": document, "organisation": organisation, "project": project,
        "legal_instrument": agreement, "instrument": instrument, "contract": contract, "addendum": addendum, "flow": flow,
        "obligation": obligation, "due_report": due_report,
        "budget": budget,
        "event": event, "follow_up": follow_up, "role_holder": holder, "phase": phase, "question": question,
        "milestone": milestone, "activity": activity, "indicator": indicator, "risk": risk,
        "contact": contact,
    }  # fmt: skip
    return {f"{what} {kind}": record for kind, record in made.items()}


def _secret(s: Session, reader: Person) -> dict[str, Record]:
    """Records that only `reader` knows of: a project and a framework."""
    framework = frameworks.framework(s, "Neveřejné jednání")
    project = funding.project(s, "Neveřejný projekt", framework=framework, status="2")
    for record in (framework, project):
        name_reader(s, SYSTEM, record, reader)
        record.confidential = True
    settle(s, [framework, project])
    return {"secret framework": framework, "secret project": project}
