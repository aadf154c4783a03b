"""Some made-up projects with what hangs on them: who takes part, how they go, events, tasks, and their money."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from portal.desk.models import Task
from portal.events.models import Event, FollowUp
from portal.kernel.text import fold
from portal.kernel.when import When
from portal.ops.generating import names
from portal.ops.generating.chance import DAY
from portal.ops.generating.money import Money
from portal.ops.generating.surroundings import Surroundings
from portal.ops.generating.writing import Rest
from portal.partners.models import Link, Participation
from portal.progress.models import StatusUpdate
from portal.projects.models import STATUSES, Project, ProjectCountry, ProjectFramework, ProjectSector, ProjectTheme
from portal.sources import facts

UMBRELLA_EACH, PARTS = 20, 4
ROLES = ("lead", "partner", "implementing", "beneficiary", "donor", "coordinator")
SECTORS = ("15190", "15130", "72010", "13010", "15160")
LIGHTS = ("ok", "ok", "ok", "warn", "bad", None)
BEGAN = date(2008, 1, 1)


class Batch:
    """The projects of some numbers. Of every 20 projects one is an umbrella of the 4 that follow it."""

    def __init__(self, around: Surroundings, numbers: range) -> None:
        self.around, self.numbers = around, numbers
        self.chance, self.writer, self.s = around.chance, around.writer, around.s
        self.projects: list[Project] = []
        self.rests: dict[int, Rest] = {}
        self.starts: dict[int, date] = {}

    def write(self) -> None:
        """Write all of it; nothing of it stays in the session."""
        whole = [n for n in self.numbers if not 0 < n % UMBRELLA_EACH <= PARTS]
        umbrellas = dict(zip(whole, self._add(whole), strict=True))
        parts = [n for n in self.numbers if n not in umbrellas]
        self._add(parts, umbrellas)
        self._sets()
        self._participations()
        Money(self.around, self.projects, self.rests, self.starts).write()
        self._events()
        self._same()
        self._tasks()
        self.around.projects += [project.id for project in self.projects]
        self.writer.settle()

    def _add(self, numbers: list[int], umbrellas: dict[int, Project] | None = None) -> list[Project]:
        made, rests, updates = [], [], []
        for n in numbers:
            rest = self.around.rest()
            project = self._project(n, rest)
            if umbrellas is not None:
                project.umbrella_id = umbrellas[n - n % UMBRELLA_EACH].id
                project.framework_id = None if n % 2 else umbrellas[n - n % UMBRELLA_EACH].framework_id
            updates += self._updates(project)
            made.append(project)
            rests.append(rest)
        self.writer.add(made, rests)
        for project, rest in zip(made, rests, strict=True):
            self.rests[project.id] = rest
            if project.status is not None and self.chance.percent(8):
                other = next(code for code in STATUSES if code != project.status)
                field = facts.fact("project", "status")
                self.writer.state(project, field, other, self.around.rest(), position=2, leading=False)
        for project, update in updates:
            update.of_id = project.id
        self.writer.add([update for _project, update in updates], stated=False)
        self.projects += made
        self.starts |= {p.id: p.planned_start.earliest or BEGAN for p in made if p.planned_start}
        return made

    def _project(self, n: int, rest: Rest) -> Project:
        chance = self.chance
        country = chance.choice(self.around.countries)
        made = Project(
            key=self.around.key("project", n), certainty=rest.certainty, note_cs="Vymyšlený projekt.",
            note_en="A made-up project.", confidential=n > 12 and chance.one_in(60), placeholder=chance.one_in(40),
            framework_id=None if chance.percent(6) else chance.choice(self.around.frameworks).id,
        )  # fmt: skip
        made.rename(*names.project(chance, (country.name_cs, country.name_en), n + 1))
        if chance.percent(88):
            made.status = chance.choice(STATUSES)
            made.status_basis = "derived" if rest.certainty == "unsure" else "stated"
        start = chance.day(BEGAN, DAY)
        made.planned_start = chance.when(start) if chance.percent(90) else None
        made.planned_end = (
            chance.when(start + timedelta(days=chance.randint(200, 1800))) if chance.percent(80) else None
        )
        if made.status in ("2", "3", "4"):
            made.actual_start = chance.when(start + timedelta(days=chance.randint(0, 90)))
        if made.status == "4" and chance.percent(70):
            made.actual_end = chance.when(min(start + timedelta(days=chance.randint(300, 1500)), DAY))
        return made

    def _updates(self, project: Project) -> list[tuple[Project, StatusUpdate]]:
        """Up to four status updates; the project repeats the latest."""
        made = []
        for ago in sorted(self.chance.sample(range(1, 900), self.chance.choice((0, 0, 1, 1, 2, 3, 4))), reverse=True):
            day, light = DAY - timedelta(days=ago), self.chance.choice(LIGHTS)
            update = StatusUpdate(
                written_on=day, light=light, lang="cs", happened=self.chance.choice(names.HAPPENED),
                next_steps=self.chance.choice(names.NEXT),
            )  # fmt: skip
            update.held_on = When(day.isoformat())
            made.append((project, update))
            project.light, project.light_on, project.reported_on = light, day if light else None, day
        return made

    def _sets(self) -> None:
        chance, around = self.chance, self.around

        def some(of: list, most: int) -> list[int]:
            return [one.id for one in chance.sample(of, chance.randint(0, most))]

        for project in self.projects:
            sets: dict[str, tuple[type, str, list]] = {
                "countries": (ProjectCountry, "country_id", some(around.countries, 2)),
                "themes": (ProjectTheme, "theme_id", some(around.themes, 2)),
                "sectors": (ProjectSector, "sector_code", chance.sample(SECTORS, chance.randint(0, 1))),
                "further_frameworks": (
                    ProjectFramework, "framework_id",
                    [f.id for f in chance.sample(around.frameworks, 1) if chance.percent(12) and f.id != project.framework_id],
                ),
            }  # fmt: skip
            for field, (model, column, members) in sets.items():
                if members:
                    self.s.add_all(model(project_id=project.id, **{column: member}) for member in members)
                    self.writer.state(project, facts.fact("project", field), members, self.rests[project.id])
        self.s.flush()

    def _participations(self) -> None:
        made: list[Participation] = []
        for project in self.projects:
            organisations = self.chance.sample(self.around.organisations, self.chance.randint(1, 3))
            roles = self.chance.sample(ROLES, len(organisations))
            made += [
                Participation(within_id=project.id, participant_id=one.id, role=role, position=place)
                for place, (one, role) in enumerate(zip(organisations, roles, strict=True))
            ]
        self.writer.add(made, [self.rests[one.within_id] for one in made])

    def _events(self) -> None:
        events, after = [], []
        for project in self.projects:
            if self.chance.one_in(6):
                cs, en = self.chance.choice(names.MEETINGS)
                one = Event(
                    under_id=project.id, kind_code=self.chance.choice(("meeting", "workshop", "visit", "signature"))
                )
                one.rename(f"{cs} {project.id}", f"{en} {project.id}")
                one.held = self.chance.when(self.chance.day(self.starts.get(project.id, BEGAN), DAY))
                events.append(one)
        self.writer.add(events)
        for one in events:
            for cs, en in names.FOLLOW_UPS[: self.chance.randrange(3)]:
                done = self.chance.one_in(2)
                follow_up = FollowUp(
                    event_id=one.id, owner_id=self.chance.choice(self.around.organisations[:7]).id,
                    state="done" if done else "open",
                )  # fmt: skip
                follow_up.rename(cs, en)
                follow_up.due = When((DAY + timedelta(days=self.chance.randint(-400, 200))).isoformat())
                after.append(follow_up)
        self.writer.add(after)

    def _same(self) -> None:
        """One pair in fifty projects may be one and the same."""
        made = []
        for _ in range(max(len(self.projects) // 50, 1 if len(self.projects) > 1 else 0)):
            one, other = self.chance.two(self.projects)
            made.append(Link(from_id=one.id, to_id=other.id, relation="possibly_same"))
        self.writer.add(made, [self.around.rest() for _ in made])

    def _tasks(self) -> None:
        at = datetime.combine(DAY, time(9), UTC)
        for project in self.projects:
            if self.chance.one_in(10):
                title, state = self.chance.choice(names.TASKS), self.chance.choice(("open", "open", "done"))
                maker, assignee = self.chance.choice(self.around.accounts), self.chance.choice(self.around.accounts)
                self.s.add(
                    Task(
                        record_id=project.id, title=title, sought=fold(f"{title}\n"), maker_id=maker, assignee_id=assignee,
                        due=DAY + timedelta(days=self.chance.randint(-200, 200)), state=state, made_at=at,
                        closed_at=at if state == "done" else None, closed_by_id=assignee if state == "done" else None,
                    )
                )  # fmt: skip
        self.s.flush()
