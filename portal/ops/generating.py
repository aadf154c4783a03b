"""A made-up portfolio for measuring: as many projects as asked for, with what usually hangs on them.

Rows are written in batches, not through the actions, which would take a tenth of a second for each project; statements,
mirrored columns, veils and words are kept as the actions keep them, and `portal check` finds nothing wrong. Names say
that they are made up. The same size and seed give the same portfolio.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.frameworks import actions as _frameworks  # noqa: F401  registers facts and what is searched
from portal.frameworks.models import Framework
from portal.funding import actions as _funding  # noqa: F401
from portal.funding.models import Flow, Instrument
from portal.kernel import clock, codes
from portal.kernel.errors import Refused
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.settling import settle, settled_together
from portal.kernel.transaction import change
from portal.kernel.when import When
from portal.partners import actions as _partners  # noqa: F401
from portal.partners.models import Country, Organisation, Participation
from portal.progress.models import StatusUpdate
from portal.projects import actions as _projects  # noqa: F401
from portal.projects.models import STATUSES, Project, ProjectCountry
from portal.sources import facts
from portal.sources.models import Statement

AIMS = (
    ("Podpora návratů", "Support of returns"),
    ("Posílení správy hranic", "Strengthening of border management"),
    ("Vzdělávání úředníků", "Training of officials"),
    ("Reintegrace navrátilců", "Reintegration of returnees"),
    ("Boj proti padělání dokladů", "Fight against forged documents"),
    ("Informační kampaň o migraci", "Information campaign on migration"),
    ("Rozvoj azylového systému", "Development of the asylum system"),
    ("Pomoc uprchlíkům v regionu", "Help for refugees in the region"),
)
ROLES = ("lead", "partner", "implementing", "beneficiary", "donor")
LIGHTS = ("ok", "ok", "ok", "warn", "bad", None)
BATCH = 500
UMBRELLA_EACH = 20
PARTS = 4


def generate(s: Session, size: int, seed: int, say: Callable[[str], None] = lambda _: None) -> None:
    """Add `size` made-up projects in one change, with a framework to 25 and an organisation to 5 of them.

    Of every 20 projects one is an umbrella of the 4 that follow it. 3 in 5 have a flow, a quarter of those of unknown
    amount; status updates are 0 to 2. Raises Refused when this seed has been used in this database.
    """
    if s.scalar(select(Record.id).where(Record.key.startswith(f"made-up-{seed}-")).limit(1)):
        raise Refused(f"the made-up portfolio of seed {seed} is in this database already")
    with change(s, None, "command", actor_name=SYSTEM.name, reason=f"made-up portfolio, seed {seed}"):
        made = _Portfolio(s, size, seed)
        for start in range(0, size, BATCH):
            with settled_together(s):
                made.add_projects(range(start, min(start + BATCH, size)))
            s.expire_all()  # lets go of what is written and not needed again
            say(f"{min(start + BATCH, size)} of {size} projects")


class _Portfolio:
    """What there is to choose from, and the source of chance."""

    umbrella: Project

    def __init__(self, s: Session, size: int, seed: int) -> None:
        self.s, self.seed = s, seed
        self.chance = Random(seed)
        self.today = clock.today()
        self.countries = list(s.scalars(select(Country.id).order_by(Country.id))) or self._add_countries()
        self.organisations = self._add([self._organisation(n) for n in range(size // 5 + 3)])
        tops = self._add([self._framework(n, None) for n in range(size // 100 + 2)])
        below = [self._framework(n, self.chance.choice(tops)) for n in range(len(tops), size // 25 + 2)]
        self.frameworks = tops + self._add(below)
        self.instruments = self._add([self._instrument(n) for n in range(size // 200 + 2)])

    def _add(self, records: Sequence[Record], stated: bool = True) -> list[int]:
        """Write records, and the statements of their facts. Returns their ids."""
        self.s.add_all(records)
        self.s.flush()
        self.s.add_all(
            self._stated(record, f, held)
            for record in (records if stated else ())
            for f in facts.facts_of_kind(record.kind).values()
            if f.type not in ("name", facts.SET) and (held := facts.read(record, f)) is not None
        )
        settle(self.s, records, renamed=False)
        return [record.id for record in records]

    def _stated(self, record: Record, f: facts.Fact, held: object) -> Statement:
        value, cs, en = facts.encode(f, held)
        return Statement(
            record_id=record.id, field=f.field, value=value, value_cs=cs, value_en=en, leading=True, position=1,
            precision=getattr(held, "precision", "exact"), certainty="uncited",
        )  # fmt: skip

    def _key(self, kind: str, n: int) -> str:
        return f"made-up-{self.seed}-{kind}-{n}"

    def _add_countries(self) -> list[int]:
        made = []
        for one in codes.code_list("countries").codes.values():
            country = Country(key=f"country-{one.code}", iso2=one.code)
            country.rename(one.cs, one.en)
            made.append(country)
        return self._add(made)

    def _organisation(self, n: int) -> Organisation:
        made = Organisation(key=self._key("organisation", n), country_id=self.chance.choice(self.countries))
        made.rename(f"Vymyšlená organizace {n}", f"Made-up organisation {n}")
        return made

    def _framework(self, n: int, parent: int | None) -> Framework:
        made = Framework(key=self._key("framework", n), parent_id=parent, status="active")
        made.rename(f"Vymyšlený rámec {n}", f"Made-up framework {n}")
        made.launched = When(str(2005 + n % 20))
        return made

    def _instrument(self, n: int) -> Instrument:
        made = Instrument(key=self._key("instrument", n))
        made.rename(f"Vymyšlený nástroj {n}", f"Made-up instrument {n}")
        return made

    def add_projects(self, numbers: range) -> None:
        """Write the projects of these numbers with what hangs on them."""
        projects = [self._project(n) for n in numbers]
        self.s.add_all(projects)
        for n, project in zip(numbers, projects, strict=True):
            if n % UMBRELLA_EACH == 0:
                self.umbrella = project
            elif n % UMBRELLA_EACH <= PARTS:  # the first of all projects is an umbrella, so there is one
                project.umbrella, project.framework_id = self.umbrella, self.umbrella.framework_id
        updates = [update for project in projects for update in self._updates(project)]
        self.s.flush()
        for project in projects:
            countries = self.chance.sample(self.countries, self.chance.randint(1, 2))
            self.s.add_all(ProjectCountry(project_id=project.id, country_id=country) for country in countries)
            self.s.add(self._stated(project, facts.fact("project", "countries"), countries))
        self._add(projects)
        self._add([one for project in projects for one in self._participations(project)])
        self._add([self._flow(project) for project in projects if self.chance.random() < 0.6])
        for update in updates:
            update.of_id = update.of.id
        self._add(updates, stated=False)

    def _project(self, n: int) -> Project:
        chance = self.chance
        cs, en = chance.choice(AIMS)
        year, month = chance.randint(2008, 2026), chance.randint(1, 12)
        made = Project(
            key=self._key("project", n),
            framework_id=chance.choice(self.frameworks),
            status=chance.choice(STATUSES),
            status_basis="stated",
        )
        made.rename(f"{cs} {n} (vymyšlený)", f"{en} {n} (made up)")
        made.planned_start = When(chance.choice([f"{year}", f"{year}-{month:02}", f"{year}-{month:02}-15"]))
        made.planned_end = When(str(year + chance.randint(1, 4)))
        return made

    def _participations(self, project: Project) -> list[Participation]:
        organisations = self.chance.sample(self.organisations, 2)
        return [
            Participation(within_id=project.id, participant_id=organisation, role=role)
            for organisation, role in zip(organisations, self.chance.sample(ROLES, 2), strict=True)
        ]

    def _flow(self, project: Project) -> Flow:
        chance = self.chance
        provider, receiver = chance.sample(self.organisations, 2)
        made = Flow(
            booked_id=project.id,
            type_code=chance.choice(("2", "11")),
            provider_id=provider,
            receiver_id=receiver,
            instrument_id=chance.choice(self.instruments),
        )
        known = chance.random() < 0.75
        made.amount = Money(chance.randrange(1, 300) * 500_000, "EUR") if known else None
        made.amount_mark = "exact" if known else None
        made.rename(*(f"{provider} → {receiver}" for _ in "ce"))
        return made

    def _updates(self, project: Project) -> list[StatusUpdate]:
        """Up to two status updates; the project repeats the latest."""
        made = []
        for ago in sorted(self.chance.sample(range(700), self.chance.randrange(3)), reverse=True):
            day = self.today - timedelta(days=ago)
            light = self.chance.choice(LIGHTS)
            update = StatusUpdate(of=project, written_on=day, light=light, lang="cs", happened="Vymyšlená zpráva.")
            update.held_on = When(day.isoformat())
            made.append(update)
            project.light, project.light_on, project.reported_on = light, day if light else None, day
        return made
