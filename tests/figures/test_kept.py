"""Figures from kept summaries equal the full computation, to the cent, whatever is written and whoever asks."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from portal.accounts import queries as people
from portal.accounts.actions.secrecy import set_secrecy
from portal.accounts.models import Person
from portal.figures import FIGURES, Scope, coverage, funding, kept, kept_signs, parts, projects, tending
from portal.figures.affected import PLACES
from portal.figures.counts import COUNTS
from portal.figures.keeping import OPEN, keep
from portal.figures.measures import KNOWN_FUNDING
from portal.figures.models import FigureMark, FigurePart, FigureSign
from portal.figures.parts import CERTAINTIES, KINDS, MEASURES, PROJECTS, SECTIONS, TENDING
from portal.figures.scope import EVERYTHING
from portal.figures.silence import is_silent, last_signs, silent_from
from portal.figures.tallies import TALLIES
from portal.frameworks.models import Framework
from portal.funding.models import Flow
from portal.kernel import clock, transaction
from portal.kernel.asof import as_of
from portal.kernel.money import Money
from portal.kernel.permission import SYSTEM, Actor, visible_to
from portal.kernel.record import Record, RecordOut
from portal.kernel.settling import settle
from portal.kernel.standing import out_of_force_sql, supposing
from portal.ops.generating import generate
from portal.projects.models import Project
from tests import machine
from tests.factories import accounts
from tests.factories import funding as factories
from tests.factories.funding import eur
from tests.figures.writing import Writing

PROJECTS_MADE, STEPS = (200, 1800) if machine.prove() else (12, 18)


def full(s: Session, actor: Actor, certainty: str) -> dict:
    """Everything that is kept, computed from the records themselves."""
    scope = Scope(certainty=certainty)
    found: dict = {key: funding.total(s, actor, scope, m) for key, m in MEASURES.items()}
    found |= {f"{key} coverage": coverage.coverage(s, actor, scope, m) for key, m in MEASURES.items()}
    counted = select(Record.kind, func.count()).where(Record.kind.in_(PLACES), visible_to(actor)).group_by(Record.kind)
    some = set(s.scalars(select(Project.id).order_by(Project.id).limit(9)))
    found["by place"] = funding.folded(s, actor, scope, KNOWN_FUNDING, "project", only=some)
    if certainty == "all":
        found |= {key: COUNTS[key].value(s, actor, EVERYTHING) for key in TALLIES}
        found |= {f"{key} coverage": COUNTS[key].coverage(s, actor, EVERYTHING) for key in TALLIES}
        signs = last_signs(actor, clock.today())
        found["last signs"] = {root: day for root, day in s.execute(select(signs.c.root, signs.c.day)) if day}
        quiet = select(Framework.id).where(is_silent(actor, clock.today(), silent_from()), visible_to(actor, Framework))
        found["silent"] = set(s.scalars(quiet))
    return found | {
        "gaps": coverage.gaps(s, actor, scope, 5),
        "lights": tending.lights(s, actor),
        "lacking": tending.lacking(s, actor),
        "projects": projects.count(s, actor, scope),
        "by status": projects.by_status(s, actor, scope),
        "kinds": dict(s.execute(counted).all()),
    }


def summed(s: Session, actor: Actor, certainty: str) -> dict:
    """The same from what is kept and what is added to it live."""
    scope = Scope(certainty=certainty)
    held = {section: kept.whole(s, actor, scope, section) for section in SECTIONS[certainty]}
    assert None not in held.values() and kept.places_of_signs(s, actor) is not None
    found: dict = {key: parts.funding(held[key], key) for key in MEASURES}
    found |= {f"{key} coverage": parts.coverage(held[key], key) for key in MEASURES}
    some = s.scalars(select(Project.id).order_by(Project.id).limit(9)).all()
    found["by place"] = funding.by_place(s, actor, scope, some)
    if certainty == "all":
        found |= {key: FIGURES[key].value(s, actor, EVERYTHING) for key in TALLIES}
        found |= {f"{key} coverage": FIGURES[key].coverage(s, actor, EVERYTHING) for key in TALLIES}
        found["last signs"] = kept_signs.last_days(s, actor, clock.today())
        found["silent"] = set(s.scalars(kept_signs.silent(s, actor, silent_from())))
    return found | {
        "gaps": kept.gaps(s, actor, scope, 5),
        "lights": parts.lights(held[TENDING]),
        "lacking": parts.lacking(held[TENDING]),
        "projects": parts.count(held[PROJECTS]),
        "by status": parts.by_status(held[PROJECTS]),
        "kinds": parts.kinds(held[KINDS]),
    }


@pytest.mark.parametrize("seed", range(8) if machine.prove() else [3])
def test_whatever_is_written_what_is_kept_and_added_live_is_the_whole(engine, seed: int) -> None:
    chance = random.Random(seed)
    with transaction.unit(engine) as s:
        generate(s, PROJECTS_MADE, seed)
        reader = accounts.person(s, "viewer").id
        other = accounts.person(s, "editor", everywhere=True).id
        with transaction.change(s, None, "form"):
            secret = s.scalars(
                select(Project).where(Project.id.in_(select(Flow.booked_id))).order_by(Project.id).limit(3)
            ).all()
            for project in secret:
                set_secrecy(s, SYSTEM, project, {"confidential": True, "readers": {reader}})
            settle(s, secret)
    keep(engine)
    writing, met, beyond = Writing(engine, chance, reader), 0, 0
    ways = [way for way in writing.ways for _ in range(STEPS // len(writing.ways))]
    chance.shuffle(ways)
    now = clock.present()
    for way in ways:
        with clock.stopped_at(now + timedelta(days=writing.days)):
            writing.step(way)
        with clock.stopped_at(now + timedelta(days=writing.days)):
            if chance.random() < 0.25:
                keep(engine)
            with Session(engine) as s:
                reading, stranger = (people.actor_of(s, s.get_one(Person, i)) for i in (reader, other))
                certainty = chance.choice(CERTAINTIES)
                beside = chance.choice((OPEN, OPEN, stranger))
                whole = [full(s, actor, certainty) for actor in (reading, beside)]
                for actor, expected in zip((reading, beside), whole, strict=True):
                    assert summed(s, actor, certainty) == expected, (way, actor.role, certainty)
                met += s.scalar(select(func.count()).select_from(FigureMark)) > 0
                beyond += whole[0] != whole[1]
                out = set(s.execute(text(out_of_force_sql())).scalars())
                assert out == set(s.scalars(select(RecordOut.record_id)))
    with clock.stopped_at(now + timedelta(days=writing.days)):
        keep(engine)
        with Session(engine) as s:
            assert s.scalar(select(func.count()).select_from(FigureMark)) == 0
            assert s.scalar(select(func.count()).select_from(FigureSign)) > 0
            for certainty in CERTAINTIES:
                assert summed(s, OPEN, certainty) == full(s, OPEN, certainty)
    assert met > STEPS // 3 and beyond > STEPS // 3
    assert len(writing.done) >= 10, writing.done


@pytest.fixture
def grown(engine) -> dict[str, int]:
    """EUR 100 that everybody sees and EUR 7 of a confidential project, kept; what was recorded since is not."""
    ids = {}
    with transaction.unit(engine) as s, transaction.change(s, None, "form") as first:
        project, secret = factories.project(s, "Návraty"), factories.project(s, "Utajený")
        ids |= {"project": project.id, "flow": factories.flow(s, project, 100).id, "first": first.id}
        factories.flow(s, secret, 7)
        ids["reader"] = accounts.person(s, "viewer").id
        set_secrecy(s, SYSTEM, secret, {"confidential": True, "readers": {ids["reader"]}})
        settle(s, [secret])
    keep(engine)
    with transaction.unit(engine) as s, transaction.change(s, None, "form"):
        factories.flow(s, s.get_one(Project, ids["project"]), 20)
    return ids


def euros(s: Session, actor: Actor, scope: Scope | None = None) -> Money:
    return FIGURES["known_funding"].value(s, actor, scope or Scope()).sums["EUR"].total


def test_what_was_recorded_since_and_what_only_readers_see_is_added_at_once(engine, grown) -> None:
    with Session(engine) as s:
        reader = people.actor_of(s, s.get_one(Person, grown["reader"]))
        assert kept.whole(s, reader, Scope(), PROJECTS) and kept.whole(s, OPEN, Scope(), "known_funding")
        assert (euros(s, OPEN), euros(s, reader)) == (eur(120), eur(127))
        assert FIGURES["projects"].value(s, OPEN, Scope()).number == 1
        assert (kept.kinds(s, OPEN)["project"], kept.kinds(s, reader)["project"]) == (1, 2)
        open_part = s.scalars(select(FigurePart.part).where(FigurePart.place_id <= 0)).all()
        assert len(open_part) == sum(map(len, SECTIONS.values())) and not any("700" in text for text in open_part), (
            "what is kept is open to everybody"
        )


def test_the_places_to_compute_are_looked_for_once_and_anew_whenever_something_was_touched(
    engine, grown, monkeypatch
) -> None:
    asked: list[frozenset[int]] = []
    found = kept.places_touched
    monkeypatch.setattr(
        kept, "places_touched", lambda s, touched: asked.append(frozenset(touched)) or found(s, touched)
    )
    with transaction.unit(engine) as s:
        for _again in range(2):
            assert (euros(s, OPEN), FIGURES["projects"].value(s, OPEN, Scope()).number) == (eur(120), 1)
        assert len(asked) == 1
        with transaction.change(s, None, "command", actor_name="test"):
            flow = s.get_one(Flow, grown["flow"])
            with s.begin_nested() as inner:
                flow.amount = eur(200)
                s.flush()
                assert euros(s, OPEN) == eur(220), "marked anew, and within a part of the transaction"
                inner.rollback()
            assert euros(s, OPEN) == eur(120), "taken back"
            flow.amount = eur(1)
            s.flush()
            assert euros(s, OPEN) == eur(21)


def test_kept_is_never_read_for_the_past_a_selection_a_supposition_or_the_command_line(engine, grown) -> None:
    keep(engine)
    with Session(engine) as s:
        assert kept.whole(s, OPEN, Scope(), "known_funding") is not None
        assert kept.whole(s, SYSTEM, Scope(), "known_funding") is None
        assert kept.whole(s, OPEN, Scope(currency="EUR"), "known_funding") is None
        assert kept.whole(s, OPEN, Scope(certainty="public"), "known_funding") is None
        with supposing(grown["flow"], True):
            assert kept.whole(s, OPEN, Scope(), "known_funding") is None
            assert euros(s, OPEN) == eur(20)
        assert euros(s, OPEN) == eur(120)
    with as_of(engine, grown["first"]) as past:
        assert kept.whole(past, OPEN, Scope(), "known_funding") is None
        assert euros(past, OPEN) == eur(100)


def test_where_too_much_was_touched_or_parts_are_of_another_edition_all_is_computed(engine, grown, monkeypatch) -> None:
    with Session(engine) as s:
        monkeypatch.setattr(kept, "MOST", 0)
        assert kept.whole(s, OPEN, Scope(), "known_funding") is None and euros(s, OPEN) == eur(120)
        monkeypatch.undo()
        assert kept.whole(s, OPEN, Scope(), "known_funding") is not None
    with transaction.unit(engine) as s:
        s.execute(update(FigurePart).values(edition=0, part="[]"))
    with Session(engine) as s:
        assert kept.whole(s, OPEN, Scope(), "known_funding") is None and euros(s, OPEN) == eur(120)
    keep(engine)
    with Session(engine) as s:
        assert kept.whole(s, OPEN, Scope(), "known_funding") is not None and euros(s, OPEN) == eur(120)


def test_no_migration_has_lost_a_trigger(engine) -> None:
    tables = {"flow", "project", "record", "statement", "record_veil", "record_cover", "record_out"}
    later = {"framework", "status_update", "event", "follow_up", "task", "participation"}
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            wanted = {f"kept_{table}_{event}" for table in tables for event in ("insert", "update", "delete")}
            wanted |= {f"kept_{table}_{event}" for table in later for event in ("insert", "update")}
        else:
            asked, wanted = "SELECT tgname FROM pg_trigger", {f"kept_{table}" for table in (*tables, *later)}
        wanted |= {f"turn_record_veil_{event}" for event in ("insert", "update", "delete")}
        assert wanted <= set(connection.exec_driver_sql(asked).scalars())
