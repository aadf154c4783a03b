"""The money of made-up projects: contracts with their addenda, and flows that tell of the same money more than once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from portal.funding.models import RATE_REGIMES, ROUNDING_RULES, Addendum, Contract, Flow
from portal.kernel import money
from portal.kernel.record import Record
from portal.kernel.when import When
from portal.ops.generating import names
from portal.ops.generating.chance import CERTAINTIES, CURRENCIES, DAY, MARKS, REASONS, Chance
from portal.ops.generating.surroundings import Surroundings
from portal.ops.generating.writing import Rest
from portal.projects.models import Project
from portal.sources import facts

STORIES = {"grant": 50, "single": 20, "chain": 10, "internal": 12, "unknown": 8}
HOW_MANY = {0: 14, 1: 30, 2: 36, 3: 20}
FRAMEWORKS_WITH_MONEY = 12
"""One project in so many passes a story on to its framework: that is where the money is booked."""
DEPTH = 4
OWN_SOURCE = ("instrument", "contract", "included_in")
"""Facts that may be stated by another source than the amount."""


@dataclass
class Told:
    """A flow that is told of, the one it is included in, the one it supersedes, and what its statements rest on."""

    flow: Flow
    rest: Rest
    within: Told | None = None
    older: Told | None = None

    def part(self, chance: Chance) -> money.Money:
        """An amount within this one."""
        assert self.flow.amount is not None, "of what is unknown there is no part"
        return chance.part_of(self.flow.amount)

    @property
    def depth(self) -> int:
        return max((one.depth + 1 for one in (self.within, self.older) if one), default=0)


class Money:
    """The contracts and flows of some projects."""

    def __init__(
        self, around: Surroundings, projects: list[Project], rests: dict[int, Rest], starts: dict[int, date]
    ) -> None:
        self.around, self.projects, self.rests, self.starts = around, projects, rests, starts
        self.chance, self.writer = around.chance, around.writer
        self.by_id: dict[int, Record] = {r.id: r for r in (*around.parties, *around.frameworks, *projects)}

    def write(self) -> None:
        contracts = self._contracts()
        told = [one for project in self.projects for one in self._told_of(project, contracts.get(project.id))]
        for depth in range(DEPTH):
            level = [one for one in told if one.depth == depth]
            for one in level:
                one.flow.included_in_id = one.within.flow.id if one.within else None
                one.flow.supersedes_id = one.older.flow.id if one.older else None
                one.flow.included_certainty = (
                    one.rest.sure.get("included_in", one.rest.certainty) if one.within else None
                )
            self.writer.add([one.flow for one in level], [one.rest for one in level])
            self.around.remember([one.flow for one in level])
        amount = facts.fact("flow", "amount")
        for one in told:
            if one.flow.amount is None:
                self.writer.state(one.flow, amount, None, one.rest)
            elif self.chance.percent(8):
                other = self.chance.amount(one.flow.amount.currency, "rounded")
                self.writer.state(
                    one.flow, amount, other, self.around.rest(), position=2, leading=False, precision="rounded"
                )

    def _contracts(self) -> dict[int, tuple[Contract, list[Addendum]]]:
        made, rests = [], []
        for project in self.projects:
            if self.chance.percent(45):
                rest = self.rests[project.id]
                authority, coordinator = self.chance.two(self.around.organisations)
                one = Contract(
                    for_id=project.id, authority_id=authority.id, coordinator_id=coordinator.id, certainty=rest.certainty,
                    number=f"MV-{project.id}/OAMP-{self.chance.randint(2008, 2026)}", confidential=self.chance.one_in(100),
                    instrument_id=self.chance.choice(self.around.instruments).id if self.chance.percent(80) else None,
                )  # fmt: skip
                self._terms(one)
                one.rename(f"Smlouva {one.number}", f"Contract {one.number}")
                signed = self._signed(project.id)
                one.signed = When(signed.isoformat())
                one.start = self.chance.when(signed)
                made.append(one)
                rests.append(rest)
        self.writer.add(made, rests)
        addenda = []
        for one in made:
            for n in range(self.chance.choice((0, 0, 1, 1, 2))):
                cs, en = names.ADDENDA[n % 2]
                addendum = Addendum(
                    contract_id=one.id, kind_code="top_up" if n % 2 else "addendum", number=str(n + 1), subject_cs=cs,
                    subject_en=en,
                )  # fmt: skip
                addendum.rename(
                    f"Dodatek č. {n + 1} ke smlouvě {one.number}", f"Addendum {n + 1} to contract {one.number}"
                )
                addendum.signed = When((self._signed(one.for_id) + timedelta(days=200 * (n + 1))).isoformat())
                addenda.append(addendum)
        self.writer.add(addenda)
        return {one.for_id or 0: (one, [a for a in addenda if a.contract_id == one.id]) for one in made}

    def _terms(self, contract: Contract) -> None:
        """What is agreed on money: the share of the Union, the currency and by which rate it becomes euros."""
        if self.chance.one_in(3):
            contract.eu_share, contract.currency = (
                Decimal(self.chance.choice((75, 80, 90, 100))),
                self.chance.weighted(CURRENCIES),
            )
            contract.rate_regime = self.chance.choice(RATE_REGIMES)
            contract.rounding = self.chance.choice(ROUNDING_RULES)
            if contract.rate_regime == "fixed":
                contract.fixed_rate, contract.fixed_currency = Decimal("25.30"), "CZK"

    def _signed(self, project_id: int | None) -> date:
        return self.starts.get(project_id or 0, date(2012, 3, 1))

    def _told_of(self, project: Project, contract: tuple[Contract, list[Addendum]] | None) -> Iterator[Told]:
        for _ in range(self.chance.weighted(HOW_MANY)):
            story = self.chance.weighted(STORIES)
            place: Record = project
            if story != "internal" and project.framework_id and self.chance.one_in(FRAMEWORKS_WITH_MONEY):
                place = self.by_id[project.framework_id]
            on_it = contract if place is project and self.chance.percent(70) else None
            yield from getattr(self, f"_{story}")(place, on_it)

    def _grant(self, place: Record, contract: tuple[Contract, list[Addendum]] | None) -> Iterator[Told]:
        """A commitment, perhaps pledged before and topped up later; its payments, what was spent, what came back."""
        provider, receiver = self.chance.two(self.around.parties)
        currency, mark = self.chance.weighted(CURRENCIES), self.chance.weighted(MARKS)
        outgoing = self.chance.one_in(2)
        whole = self._flow(
            place, "2" if outgoing else "11", provider, receiver, self.chance.amount(currency, mark), mark, contract
        )
        if self.chance.percent(20):
            pledged = self.chance.amount(currency, "rounded")
            yield self._flow(place, "12" if outgoing else "13", provider, receiver, pledged, "rounded")
        yield whole
        if contract and contract[1] and self.chance.percent(60):
            addendum = self.chance.choice(contract[1])
            top_up = self._flow(place, "2", provider, receiver, whole.part(self.chance), "exact", contract)
            top_up.flow.addendum_id = addendum.id
            yield self._within(top_up, whole) if self.chance.percent(60) else top_up
            if self.chance.percent(40):
                anew = self.chance.amount(currency, "exact")
                renewed = self._flow(place, whole.flow.type_code, provider, receiver, anew, "exact", contract)
                renewed.flow.addendum_id = contract[1][-1].id
                renewed.older = whole
                yield renewed
                if self.chance.one_in(3):
                    again = self._flow(
                        place, whole.flow.type_code, provider, receiver, renewed.part(self.chance), "exact", contract
                    )
                    again.older = renewed
                    yield again
        named = provider if self.chance.percent(85) else None
        for _ in range(self.chance.randrange(5)):
            paid = whole.part(self.chance)
            yield self._flow(place, "3" if outgoing else "1", named, receiver, paid, "exact", contract)
        for _ in range(self.chance.randrange(3)):
            spent = whole.part(self.chance)
            yield self._flow(place, "4", receiver, self.chance.choice(self.around.organisations), spent, "exact")
        if self.chance.percent(8):
            yield self._flow(place, "7", receiver, provider, whole.part(self.chance), "exact")

    def _single(self, place: Record, contract: tuple[Contract, list[Addendum]] | None) -> Iterator[Told]:
        provider = self.chance.choice(self.around.parties) if self.chance.percent(75) else None
        currency, mark = self.chance.weighted(CURRENCIES), self.chance.weighted(MARKS)
        kind = self.chance.choice((None, "2", "11", "3", "12"))
        yield self._flow(place, kind, provider, None, self.chance.amount(currency, mark), mark, contract)

    def _chain(self, place: Record, contract: tuple[Contract, list[Addendum]] | None) -> Iterator[Told]:
        """A rounded sum, an amount included in it, and perhaps one included in that; the first may be booked elsewhere."""
        provider, receiver = self.chance.two(self.around.parties)
        currency = self.chance.weighted(CURRENCIES)
        booked = self.chance.choice(self.projects) if self.chance.one_in(4) else place
        whole = self._flow(booked, "11", provider, None, self.chance.amount(currency, "rounded"), "rounded")
        yield whole
        part = self._within(
            self._flow(place, "2", provider, receiver, whole.part(self.chance), "exact", contract), whole
        )
        yield part
        if self.chance.one_in(2):
            smaller = part.part(self.chance)
            yield self._within(self._flow(place, None, None, receiver, smaller, "exact"), part)

    def _internal(self, place: Record, contract: tuple[Contract, list[Addendum]] | None) -> Iterator[Told]:
        """Money passed on within the portfolio: from an umbrella to its part, from a framework, or to another project."""
        above = next((self.by_id[i] for i in sorted(place.covers(), reverse=True) if i in self.by_id), None)
        provider = above if above is not None and self.chance.percent(70) else self.chance.choice(self.projects)
        currency = self.chance.weighted(CURRENCIES)
        if provider is not place:
            receiver = self.chance.choice(self.around.organisations)
            yield self._flow(
                place,
                self.chance.choice(("2", "3")),
                provider,
                receiver,
                self.chance.amount(currency, "exact"),
                "exact",
            )

    def _unknown(self, place: Record, contract: tuple[Contract, list[Addendum]] | None) -> Iterator[Told]:
        provider = self.chance.choice(self.around.parties)
        yield self._flow(place, self.chance.choice(("2", "11", None)), provider, None, None, None, contract)

    def _within(self, part: Told, whole: Told) -> Told:
        part.within = whole
        return part

    def _flow(
        self, place: Record, kind: str | None, provider: Record | None, receiver: Record | None, amount: money.Money | None,
        mark: str | None, contract: tuple[Contract, list[Addendum]] | None = None,
    ) -> Told:  # fmt: skip
        rest = self.around.rest()
        sure = {f: self.chance.weighted(CERTAINTIES) for f in OWN_SOURCE if rest.source and self.chance.percent(15)}
        made = Flow(
            booked_id=place.id, type_code=kind, provider_id=provider.id if provider else None, certainty=rest.certainty,
            receiver_id=receiver.id if receiver else None, contract_id=contract[0].id if contract else None,
            confidential=self.chance.one_in(150),
        )  # fmt: skip
        made.amount, made.amount_mark = amount, mark
        if amount is None:
            made.unknown_reason = self.chance.weighted(REASONS)
        if contract is None and self.chance.percent(60):
            made.instrument_id = self.chance.choice(self.around.instruments).id
        if self.chance.percent(85):
            first = self.starts.get(place.id, date(2010, 1, 1))
            made.valued = self.chance.when(self.chance.day(first, min(first + timedelta(days=1500), DAY)))
        if self.chance.one_in(12):
            made.purpose_cs, made.purpose_en = self.chance.choice(names.PURPOSES)
        parties = [one for one in (provider, receiver or place) if one is not None]
        made.rename(*(" → ".join(one.name(lang) for one in parties) for lang in ("cs", "en")))
        return Told(made, replace(rest, sure=sure))
