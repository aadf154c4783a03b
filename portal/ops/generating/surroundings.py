"""What made-up projects stand among: countries, documents, organisations, frameworks, instruments, themes, accounts."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.frameworks.models import KINDS, STATUSES, Framework
from portal.funding.models import Flow, Instrument
from portal.kernel import codes
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.ops.generating import names
from portal.ops.generating.chance import CERTAINTIES, CURRENCIES, DAY, Chance
from portal.ops.generating.writing import UNCITED, Rest, Writer
from portal.partners.models import Country, Organisation, Participation
from portal.projects.models import Theme
from portal.sources.models import Document

ACCOUNTS = 3
"""Accounts that nobody can sign in with, for tasks to be somebody's."""


class Surroundings:
    """What there is to choose from, kept in the session; and the source of chance."""

    def __init__(self, s: Session, size: int, seed: int) -> None:
        self.s, self.seed, self.size = s, seed, size
        self.chance = Chance(seed)
        self.writer = Writer(s)
        self.projects: list[int] = []
        self.flows: list[int] = []
        self.accounts = self._accounts()
        self.countries = self._countries()
        self.documents = self._documents(size // 20 + 6)
        self.themes = self._themes()
        self.organisations = self._organisations(size // 5 + 8)
        self.frameworks = self._frameworks(size)
        self.instruments = self._instruments(size // 200 + 4)
        self._partners_of_frameworks()
        self.writer.settle(keep=True)
        self.parties: list[Record] = [*self.organisations, *self.organisations, *self.countries]

    def key(self, kind: str, n: int) -> str:
        return f"made-up-{self.seed}-{kind}-{n}"

    def rest(self) -> Rest:
        """How certain a record is, and the document that makes it so."""
        certainty = self.chance.weighted(CERTAINTIES)
        if certainty == "uncited":
            return UNCITED
        return Rest(certainty, self.chance.choice(self.documents["ministry" if certainty == "document" else "public"]))

    def _accounts(self) -> list[int]:
        made = [
            Person(
                login=self.key("account", n), name=f"Vymyšlený účet {n + 1}", role="editor", active=False,
                created_at=datetime.combine(DAY, time(8), UTC),
            )
            for n in range(ACCOUNTS)
        ]  # fmt: skip
        self.s.add_all(made)
        self.s.flush()
        return [one.id for one in made]

    def _countries(self) -> list[Record]:
        here = {c.iso2: c for c in self.s.scalars(select(Country).where(Country.iso2.in_(names.COUNTRIES)))}
        known = codes.code_list("countries").codes
        made = []
        for iso2 in (iso2 for iso2 in names.COUNTRIES if iso2 not in here):
            country = Country(key=f"made-up-{self.seed}-country-{iso2}", iso2=iso2)
            country.rename(known[iso2].cs, known[iso2].en)
            made.append(country)
        self.writer.add(made)
        found = here | {c.iso2: c for c in made}
        return [found[iso2] for iso2 in names.COUNTRIES]

    def _documents(self, number: int) -> dict[str, list[int]]:
        made = []
        for n in range(number):
            day = self.chance.day(date(2008, 1, 1), DAY)
            origin = "public" if n % 3 == 2 else "ministry"
            certainty = "public" if origin == "public" else "document"
            document = Document(key=self.key("document", n), origin=origin, certainty=certainty, language="cs")
            document.rename(f"Vymyšlená zpráva o spolupráci {n + 1}", f"Made-up report on cooperation {n + 1}")
            document.dated = When(day.isoformat())
            made.append(document)
        ids = self.writer.add(made, stated=False)
        return {o: [i for i, d in zip(ids, made, strict=True) if d.origin == o] for o in ("ministry", "public")}

    def _themes(self) -> list[Record]:
        made = []
        for n, (cs, en) in enumerate(names.THEMES):
            theme = Theme(key=self.key("theme", n))
            theme.rename(cs, en)
            made.append(theme)
        self.writer.add(made)
        return list(made)

    def _organisations(self, number: int) -> list[Organisation]:
        made, rests = [], []
        for n in range(number):
            rest = self.rest()
            one = Organisation(
                key=self.key("organisation", n), kind_code=self.chance.weighted(names.BODIES), certainty=rest.certainty,
                country_id=self.chance.choice(self.countries).id, confidential=n > 6 and self.chance.one_in(120),
            )  # fmt: skip
            one.rename(*names.organisation(self.chance, n + 1))
            made.append(one)
            rests.append(rest)
        self.writer.add(made, rests)
        return made

    def _frameworks(self, size: int) -> list[Framework]:
        """A forest of three levels: a quarter at the top, the others below one that is there already."""
        made: list[Framework] = []
        number = size // 25 + 4
        for first, last in ((0, number // 4 + 1), (number // 4 + 1, number // 2 + 1), (number // 2 + 1, number)):
            above, level, rests = list(made), [], []
            for n in range(first, last):
                rest = self.rest()
                country = self.chance.choice(self.countries)
                one = Framework(
                    key=self.key("framework", n), status=self.chance.choice(STATUSES), certainty=rest.certainty,
                    kind_code=self.chance.choice(KINDS), parent_id=self.chance.choice(above).id if above else None,
                    confidential=n > 8 and self.chance.one_in(150),
                )  # fmt: skip
                one.rename(*names.framework(self.chance, (country.name_cs, country.name_en), n + 1))
                one.launched = self.chance.when(self.chance.day(date(2005, 1, 1), date(2024, 1, 1)))
                level.append(one)
                rests.append(rest)
            self.writer.add(level, rests)
            made += level
        return made

    def _partners_of_frameworks(self) -> None:
        made = [
            Participation(within_id=one.id, participant_id=country.id, role="partner_country")
            for one in self.frameworks
            for country in self.chance.sample(self.countries, self.chance.randint(0, 2))
        ]
        made += [
            Participation(
                within_id=one.id, participant_id=self.chance.choice(self.organisations).id, role="participant"
            )
            for one in self.frameworks
            if self.chance.one_in(2)
        ]
        self.writer.add(made)

    def _instruments(self, number: int) -> list[Instrument]:
        made, rests = [], []
        for n in range(number):
            rest = self.rest()
            fund = names.FUNDS[n % len(names.FUNDS)]
            one = Instrument(
                key=self.key("instrument", n), kind_code=self.chance.choice(("eu_fund", "national_programme", "other_donor")),
                owner_id=self.chance.choice(self.organisations[:7]).id, certainty=rest.certainty,
                legal_basis=f"nařízení č. {100 + n}/2014" if self.chance.one_in(2) else "",
            )  # fmt: skip
            one.rename(*names.numbered(fund, n + 1))
            first = 2007 + 7 * self.chance.randrange(3)
            one.period = When(f"{first}/{first + 6}")
            one.envelope = self.chance.amount(self.chance.weighted(CURRENCIES), "rounded")
            one.envelope_mark = "rounded"
            made.append(one)
            rests.append(rest)
        self.writer.add(made, rests)
        return made

    def remember(self, flows: list[Flow]) -> None:
        self.flows += [flow.id for flow in flows]
