"""Figures of a past moment, and what asking costs."""

from __future__ import annotations

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.figures import FIGURES, Coverage, Scope
from portal.funding.actions import edit_flow
from portal.kernel.asof import as_of
from portal.kernel.permission import SYSTEM
from portal.kernel.transaction import change, unit
from tests.factories import accounts, changing, funding
from tests.factories.funding import eur
from tests.figures.scene import targeted_initiative

PUBLIC = Scope(certainty="public")


def test_figures_are_those_recorded_at_the_moment(engine: Engine) -> None:
    with unit(engine) as s, change(s, None, "seed") as first:
        scene = targeted_initiative(s)
        top_up = scene.top_up
    with unit(engine) as s, change(s, None, "form") as second:
        top_up = s.merge(top_up, load=True)
        edit_flow(s, SYSTEM, top_up, {"amount": eur(650000), "included_in": None}, funding.support(s))
    total, by_instrument = FIGURES["known_funding"], FIGURES["known_funding_by_instrument"]
    found = {}
    for moment in (first.id, second.id):
        with as_of(engine, moment) as s:
            value = total.value(s, SYSTEM, PUBLIC)
            assert by_instrument.value(s, SYSTEM, PUBLIC).whole == value
            assert len(total.records(s, SYSTEM, PUBLIC)) == 4
            found[moment] = (value.sums["EUR"].total, total.coverage(s, SYSTEM, PUBLIC))
    covered = Coverage(known=2, within=7, unknown=3)
    assert found == {first.id: (eur(6600000), covered), second.id: (eur(7250000), covered)}


def statements(s: Session, ask) -> int:
    """How many statements `ask()` sends."""
    sent = []
    connection = s.connection()

    def note(*args) -> None:
        sent.append(args[2])

    event.listen(connection, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return len(sent)


def test_asking_costs_the_same_number_of_statements_however_much_there_is(s: Session) -> None:
    scene = targeted_initiative(s)
    viewer = accounts.actor(s, "viewer")

    def costs() -> dict[str, tuple[int, int, int]]:
        s.flush()  # else the first figure would send what is pending
        s.expire_all()
        return {
            key: (
                statements(s, lambda f=figure: f.value(s, viewer, PUBLIC)),
                statements(s, lambda f=figure: f.records(s, viewer, PUBLIC)),
                statements(s, lambda f=figure: f.coverage(s, viewer, PUBLIC)),
            )
            for key, figure in FIGURES.items()
        }

    few = costs()
    with changing(s):
        for n in range(20):
            place = funding.project(s, f"Další {n}", framework=scene.prague)
            funding.flow(s, place, 100 + n, instrument=funding.instrument(s, f"Fond {n}"), provider=scene.commission.id)
    assert costs() == few
    assert max(n for costs in few.values() for n in costs) <= 5
