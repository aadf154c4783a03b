"""The access matrix can fail: holes planted in a toy feature and in the portal itself are caught, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.accounts import queries
from portal.accounts.views import visitor
from portal.kernel import permission, transaction
from portal.kernel.permission import any_of, signed_in
from portal.web import access, page
from portal.web.forms import origin
from tests.guards import access_actions, access_holes, access_matrix, access_probes, access_world
from tests.guards.access_holes import Toy, everything
from tests.guards.access_matrix import Matrix
from tests.guards.access_table import opened_up
from tests.guards.test_access_matrix import contents, open_world  # noqa: F401  (fixture)

CASES = ("anonymous", "disabled", "viewer_named", "viewer", "editor_own", "editor_everywhere", "administrator")


def found(open_world, toy: Toy | None = None, only: set[str] | None = None) -> list[str]:  # noqa: F811
    """Everything the matrix and its probes find wrong at the addresses in `only`, those of a planted toy included."""
    app, world, engine = open_world()
    planted = access_holes.plant(app, toy) if toy else set()
    matrix = Matrix(app, world, only or planted)
    wrong = opened_up(app) + access_matrix.walk(matrix, CASES)
    wrong += access_probes.tell_apart(matrix) + access_probes.forge(matrix)
    before = contents(engine)
    access_probes.read_all(matrix, "administrator_named")
    if contents(engine) != before:
        wrong.append("reading writes")
    return wrong


def compared(open_world, toy: Toy, at: str | None = None) -> list[str]:  # noqa: F811
    """What differs from the world without secrets."""
    pair = []
    for secrets in (True, False):
        app, world, _engine = open_world(secrets)
        planted = access_holes.plant(app, toy)
        pair.append(Matrix(app, world, {f"toy.{at}"} if at else planted))
    return access_probes.differences(*pair)


def test_a_sound_feature_is_found_sound(open_world) -> None:  # noqa: F811
    assert found(open_world, Toy()) == []
    assert compared(open_world, Toy()) == []


@pytest.mark.parametrize(
    ("hole", "at", "caught"),
    [
        ({"listed": everything}, "index", "GET /toy (toy.index): shows a confidential record"),
        ({"exported": everything}, "table", "GET /toy.csv (toy.table): shows a confidential record"),
        ({"packed": everything}, "package", "GET /toy.xlsx (toy.package): shows a confidential record"),
        ({"opened": everything}, "profile", "(toy.profile, secret): 200 allowed, not absent"),
        ({"missing": access_holes.gone}, "profile", "(toy.profile, secret): 403 refused, not absent"),
        ({"in_the_past": everything}, "index", "GET /k/5/toy (toy.index): shows a confidential record"),
        ({"checks_object": False}, "edit", "(toy.edit, elsewhere): 200 allowed, not refused"),
        ({"checks_form": False}, "edit", "(toy.edit) without a token answers 200, not 400"),
        ({"past_writes": True}, "edit", "(toy.edit, own): 200 allowed, not past is not written"),
        ({"remembers": True}, "index", "viewer GET /toy (toy.index): shows a confidential record"),
        ({"reads": "public"}, "index", "toy.index is open to strangers"),
        ({"writes": "project.read"}, "edit", "toy.edit lets everybody signed in write"),
    ],
    ids=[
        "list",
        "csv",
        "xlsx",
        "page",
        "told-apart",
        "past",
        "object",
        "form",
        "past-writing",
        "cache",
        "public",
        "writing",
    ],
)
def test_a_hole_in_a_feature_is_caught(open_world, hole: dict, at: str, caught: str) -> None:  # noqa: F811
    wrong = found(open_world, Toy(**hole), {f"toy.{at}"})
    assert any(caught in line for line in wrong), wrong


def test_a_count_that_counts_hidden_records_is_caught(open_world) -> None:  # noqa: F811
    wrong = compared(open_world, Toy(counted=everything), "count")
    assert "administrator /toy/count: …[13], without secrets [8]" in wrong


def test_an_address_without_a_need_or_with_an_unknown_one_stops_the_start(open_world) -> None:  # noqa: F811
    app, _world, _engine = open_world()
    app.add_url_rule("/open", "open", lambda: "")
    app.add_url_rule("/unknown", "unknown", access.needs("project.eat")(lambda: ""))
    with pytest.raises(RuntimeError, match=r"open: says not who(.|\n)*unknown: permission 'project.eat'"):
        access.check_every_route(app)


def test_a_permission_that_grew_is_caught(open_world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setitem(permission._TABLE, "people.manage", any_of(signed_in))
    wrong = found(open_world, only={"accounts.people", "accounts.edit_person"})
    assert any("viewer GET /people (accounts.people, own): 200 allowed, not refused" in line for line in wrong), wrong


def test_the_session_of_a_disabled_person_is_caught(open_world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def forgets(s, token, idle, longest):
        from portal.accounts.models import SignIn
        from portal.accounts.rules import token_hash

        return s.get(SignIn, token_hash(token))

    monkeypatch.setattr(queries, "visit", forgets)
    wrong = found(
        open_world, only={f"portfolio.{name}" for name in ("projects", "events", "frameworks", "countries", "risks")}
    )
    assert any(line.startswith("disabled GET /") and "not sign in first" in line for line in wrong), wrong


def test_a_loader_that_makes_everybody_an_administrator_is_caught(open_world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def generous():
        from dataclasses import replace

        who = visitor.load_actor()
        return who and replace(who, role="administrator")

    app, world, _engine = open_world()
    page.frame(app).load_actor = generous
    wrong = access_matrix.walk(Matrix(app, world, {"accounts.people"}), CASES)
    assert any(line.startswith("viewer GET /people") for line in wrong), wrong


def test_tokens_of_other_people_that_pass_are_caught(open_world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr(origin.Token, "validate_csrf_token", lambda self, form, field: None)
    wrong = found(open_world, only={"accounts.set_password"})
    assert any("with another person's token answers 303, not 400" in line for line in wrong), wrong


def test_reading_that_writes_is_caught(open_world, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    from portal.accounts.actions import log

    def noisy(token_lang):
        def load():
            with transaction.unit(page.engine()) as s:
                log.write(s, "signed_in")
            return visitor.load_actor()

        return load

    app, world, engine = open_world()
    page.frame(app).load_actor = noisy(None)
    before = contents(engine)
    access_probes.read_all(Matrix(app, world, {"portfolio.projects"}), "viewer")
    assert contents(engine) != before


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ("def pay(s, actor, flow):\n    flow.paid = True\n", "funding.actions.pay never asks need(actor, …)"),
        ("def pay(s, flow):\n    s.add(flow)\n", "funding.actions.pay writes and knows no actor"),
        ("def pay(s, flow):\n    s.execute(update(flow))\n", "funding.actions.pay writes and knows no actor"),
    ],
)
def test_an_action_that_asks_nobody_is_caught(source: str, caught: str) -> None:
    path = Path("portal/funding/actions/actions.py")
    assert list(access_actions.unguarded(path, source)) == [caught]


def test_an_action_that_asks_through_another_is_sound() -> None:
    source = "def pay(s, actor, flow):\n    _check(actor)\n\ndef _check(actor):\n    need(actor, 'flow.edit')\n"
    assert list(access_actions.unguarded(Path("portal/funding/actions/actions.py"), source)) == []


def test_a_name_in_an_address_that_nobody_explained_stops_the_matrix(open_world) -> None:  # noqa: F811
    app, world, _engine = open_world()
    app.add_url_rule("/moon/<int:crater_id>", "moon", access.needs("project.read")(lambda crater_id: ""))
    with pytest.raises(ValueError, match="what <crater_id> stands for"):
        access_matrix.walk(Matrix(app, world, {"moon"}), CASES)


def test_the_world_holds_every_kind_of_record() -> None:
    """A new kind of record enters the world, or is covered by one of these."""
    from portal import load_models

    load_models()
    kinds = {mapper.polymorphic_identity for mapper in access_world.Record.__mapper__.polymorphic_map.values()} - {None}
    made = {"country", "theme", "framework", "organisation", "document", "project", "legal_instrument", "instrument", "contract",
            "addendum", "flow", "participation", "link", "status_update", "event", "follow_up", "role_holder",
            "phase", "question", "milestone", "activity", "indicator", "indicator_value", "risk", "contact",
            "obligation", "due_report", "budget"}  # fmt: skip
    assert kinds - made == set()
