"""Writes at random, for the test that what is kept of figures is what they are."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.accounts.models import Person
from portal.desk.models import Task
from portal.events.models import Event, FollowUp
from portal.frameworks.models import Framework
from portal.funding.actions import edit_flow
from portal.funding.models import Flow
from portal.history.actions.undoing import undo_change
from portal.kernel import clock, transaction
from portal.kernel.errors import PortalError
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.merging.actions import Choices, merge, separate
from portal.partners.models import Organisation, Participation
from portal.projects.actions import edit_project
from portal.projects.models import Project
from portal.standing.actions import set_standing
from tests.factories import desk, events, partners, progress
from tests.factories import funding as factories
from tests.factories.funding import eur


class Writing:
    """Writes at random, as people do: some of it is refused, as it would be to them."""

    def __init__(self, engine: Engine, chance: random.Random, reader: int) -> None:
        self.engine, self.chance, self.reader, self.days = engine, chance, reader, 0
        self.done: dict[str, int] = {}
        self.ways: dict[str, Callable[[Session], None]] = {
            "book": self.book, "reckon": self.reckon, "rebook": self.rebook, "include": self.include, "move": self.move,
            "report": self.report, "stand": self.stand, "hide": self.hide, "undo": self.undo, "merge": self.merge,
            "separate": self.separate, "repair": self.repair, "tell": self.tell, "meet": self.meet, "assign": self.assign,
            "take part": self.take_part, "launch": self.launch, "wait": self.wait,
        }  # fmt: skip

    def step(self, way: str) -> None:
        try:
            with transaction.unit(self.engine) as s, transaction.change(s, None, "form", actor_name=way):
                self.ways[way](s)
            self.done[way] = self.done.get(way, 0) + 1
        except (PortalError, IndexError):  # refused, or nothing of that kind is left
            pass

    def any(self, s: Session, kind: type, *where):
        """A record of a kind, any one; of the first hundred, so that they meet."""
        return s.get_one(
            kind, self.chance.choice(s.scalars(select(kind.id).where(*where).order_by(kind.id).limit(99)).all())
        )

    def book(self, s: Session) -> None:
        place = self.any(s, self.chance.choice((Project, Project, Record)), Record.kind.in_(("project", "framework")))
        amount = self.chance.choice(
            (None, eur(self.chance.randrange(1, 10**6)), Money(self.chance.randrange(10**6), "CZK"))
        )
        kind = self.chance.choice((None, "1", "2", "3", "4", "11"))
        factories.flow(s, place, amount, type=kind, certainty=self.chance.choice(("document", "public", "uncited")))

    def reckon(self, s: Session) -> None:
        edit_flow(
            s,
            SYSTEM,
            self.any(s, Flow),
            {"amount": eur(self.chance.randrange(1, 10**6))},
            factories.support(s, "public"),
        )

    def rebook(self, s: Session) -> None:
        place = self.any(s, Record, Record.kind.in_(("project", "framework")))
        edit_flow(s, SYSTEM, self.any(s, Flow), {"booked": place.id}, factories.support(s))

    def include(self, s: Session) -> None:
        whole, which = self.any(s, Flow), self.chance.choice(("included_in", "supersedes"))
        edit_flow(s, SYSTEM, self.any(s, Flow), {which: self.chance.choice((whole.id, None))}, factories.support(s))

    def move(self, s: Session) -> None:
        above = self.any(s, Project, Project.umbrella_id.is_(None)).id
        values = {"umbrella": self.chance.choice((above, None))}
        edit_project(s, SYSTEM, self.any(s, Project), values, factories.support(s))

    def report(self, s: Session) -> None:
        support = factories.support(s, self.chance.choice(("document", "public")))
        edit_project(s, SYSTEM, self.any(s, Project), {"status": self.chance.choice(("2", "4", "5"))}, support)

    def stand(self, s: Session) -> None:
        kinds = self.chance.choice((("project",), ("flow",), ("contract",), ("organisation", "instrument", "addendum")))
        record = self.any(s, Record, Record.kind.in_(kinds))
        wanted = self.chance.choice(("withdrawn", "withdrawn", "archived", None))
        set_standing(s, SYSTEM, record, wanted, "Zapsáno dvakrát.")

    def hide(self, s: Session) -> None:
        kinds = self.chance.choice((("project", "framework"), ("flow",), ("contract", "instrument"), ("organisation",)))
        record = self.any(s, Record, Record.kind.in_(kinds))
        readers = {self.reader} if self.chance.random() < 0.6 else set()
        set_secrecy(s, SYSTEM, record, {"confidential": not record.confidential, "readers": readers})
        settle(s, [record])

    def undo(self, s: Session) -> None:
        changes = s.scalars(select(Change.id).where(Change.actor_name != "").order_by(Change.id.desc()).limit(12)).all()
        undo_change(s, SYSTEM, s.get_one(Change, self.chance.choice(changes[1:])))

    def merge(self, s: Session) -> None:
        kind = self.chance.choice(("project", "organisation"))
        one, other = (self.any(s, Record, Record.kind == kind, Record.standing.is_(None)) for _ in range(2))
        merge(s, SYSTEM, one, other, Choices(), "Totéž.")

    def separate(self, s: Session) -> None:
        separate(s, SYSTEM, self.any(s, Record, Record.standing == "merged"), "Přece ne.")

    def tell(self, s: Session) -> None:
        place = self.any(s, Record, Record.kind.in_(("project", "framework")))
        update = progress.update(s, place, "2026-03-01", light=self.chance.choice(("ok", "bad")))
        update.written_on = clock.today() - timedelta(days=self.chance.randrange(300))
        if self.chance.random() < 0.3:
            update.approval = "draft"
            settle(s, [update])

    def meet(self, s: Session) -> None:
        """An event, now and then of what lies ahead, with a follow-up; or another one is called off or moved."""
        day = clock.today() + timedelta(days=self.chance.randrange(-200, 60))
        if self.chance.random() < 0.5:
            place = self.any(s, Record, Record.kind.in_(("project", "framework")))
            one = events.event(s, "Jednání", under=place, held=self.chance.choice((day.isoformat(), None)))
            events.follow_up(s, one, "Poslat zápis", due=self.chance.choice((day.isoformat(), None)))
        else:
            one = self.any(s, Event)
            one.change = self.chance.choice((None, "cancelled"))
            one.held = When(day.isoformat())
            self.any(s, FollowUp).state = self.chance.choice(("open", "done"))

    def assign(self, s: Session) -> None:
        maker = s.get_one(Person, self.reader)
        of = self.chance.choice((None, self.any(s, Record, Record.kind.in_(("project", "contract", "flow")))))
        due = self.chance.choice((None, clock.today() + timedelta(days=self.chance.randrange(-30, 30))))
        desk.task(s, of, maker, due=due)
        self.chance.choice(s.scalars(select(Task).order_by(Task.id)).all()).state = self.chance.choice(("open", "done"))

    def take_part(self, s: Session) -> None:
        if self.chance.random() < 0.5:
            partners.role(s, self.any(s, Project), self.any(s, Organisation))
        else:
            s.delete(self.any(s, Participation))

    def launch(self, s: Session) -> None:
        """A framework ends or begins, or stands below another one; a project stands in another one."""
        one, other = self.any(s, Framework), self.any(s, Framework, Framework.parent_id.is_(None))
        one.status = self.chance.choice((None, "active", "ended"))
        if one.id != other.id and s.scalar(select(Framework.id).where(Framework.parent_id == one.id).limit(1)) is None:
            one.parent_id = other.id
        self.any(s, Project).framework_id = other.id
        settle(s, [one])

    def wait(self, s: Session) -> None:
        """Days go by: nothing is written, and what lay ahead comes to pass."""
        self.days += self.chance.randrange(1, 20)

    def repair(self, s: Session) -> None:
        """What no action does: many rows at once, by SQL."""
        place = self.any(s, Project)
        s.execute(text("UPDATE flow SET amount_minor = amount_minor + 1 WHERE booked_id = :id"), {"id": place.id})
        s.execute(text("UPDATE record SET responsible_id = :who WHERE id = :id"), {"id": place.id, "who": self.reader})
        s.execute(text("UPDATE project SET umbrella_id = NULL WHERE umbrella_id = :id"), {"id": place.id})
