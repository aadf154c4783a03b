"""Sign-in and sign-out as a browser meets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import func, select

from portal.accounts import actions, queries
from portal.accounts.models import SecurityEntry, SignIn, SignInAttempt
from portal.kernel import clock, transaction
from portal.kernel.permission import SYSTEM
from tests.client import Client
from tests.factories import accounts

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def jana(engine) -> str:
    """The login of somebody who can sign in."""
    with transaction.unit(engine) as s:
        accounts.person(s, "editor", login="jana", name="Jana Nová")
    return "jana"


def cookie_of(page) -> SimpleCookie:
    sent = [line for line in page.response.headers.getlist("Set-Cookie") if line.startswith("portal=")]
    assert len(sent) == 1
    return SimpleCookie(sent[0])


def cookie_value(client: Client) -> str:
    return client.browser.get_cookie("portal").value


def sign_in(client: Client, login: str, password: str = accounts.PASSWORD, status: int = 303, at: str = "/sign-in"):
    return client.submit(client.get(at), status, login=login, password=password)


def test_a_stranger_is_led_to_sign_in_and_then_where_they_wanted(client: Client, jana: str) -> None:
    first = client.get("/account?x=1", 303)
    assert first.location == "/sign-in?next=/account?x%3D1"
    page = client.follow(first)
    assert page.h1 == "Přihlášení"
    done = client.submit(page, login=" Jana", password=accounts.PASSWORD)
    assert done.location == "/account?x=1"
    assert "Jana Nová" in client.follow(done).text


def test_password_managers_and_keyboards_find_their_way(client: Client) -> None:
    soup = client.get("/sign-in").soup
    login, password = soup.find("input", {"name": "login"}), soup.find("input", {"name": "password"})
    assert (login["autocomplete"], login.has_attr("autofocus")) == ("username", True)
    assert (password["type"], password["autocomplete"]) == ("password", "current-password")


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_sign_in_never_leads_out_of_the_portal(client: Client, jana: str, address: str) -> None:
    page = client.get("/sign-in", query_string={"next": address})
    done = client.submit(page, login=jana, password=accounts.PASSWORD)
    assert done.response.headers["Location"] in ("/", "/account")


def test_a_wrong_password_an_unknown_login_and_a_disabled_account_get_the_same_answer(
    client: Client, jana, engine
) -> None:
    with transaction.unit(engine) as s:
        actions.disable_person(s, SYSTEM, accounts.person(s, login="petr"))
    answers = []
    for login, password in ((jana, "špatné heslo 123"), ("nikdo", accounts.PASSWORD), ("petr", accounts.PASSWORD)):
        page = sign_in(client, login, password, 422)
        answers.append(page.errors())
        assert page.value("login") == login
        assert page.value("password") == ""
    assert answers[0] == answers[1] == answers[2]
    assert "nesouhlasí" in answers[0][0]
    with transaction.unit(engine) as s:
        reasons = s.scalars(select(SecurityEntry.detail).where(SecurityEntry.what == "sign_in_failed")).all()
    assert [r.split('"reason": ')[1] for r in reasons] == ['"wrong_password"}', '"unknown_login"}', '"disabled"}']


def test_an_empty_form_is_refused_at_its_fields_and_counts_as_no_attempt(client: Client, engine) -> None:
    page = client.submit(client.get("/sign-in"), 422)
    assert [line.split(":")[0].strip() for line in page.errors()] == ["Přihlašovací jméno", "Heslo"]
    with transaction.unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(SignInAttempt)) == 0


def test_too_many_failures_get_429_with_the_time_to_wait_and_even_the_right_password_waits(
    client: Client, jana: str
) -> None:
    with clock.stopped_at(NOON):
        for _ in range(5):
            sign_in(client, jana, "špatné heslo 123", 422)
    with clock.stopped_at(NOON + timedelta(minutes=5)):
        page = sign_in(client, jana, status=429)
        assert page.response.headers["Retry-After"] == "601"
        assert page.h1 == "Příliš mnoho pokusů"
    with clock.stopped_at(NOON + timedelta(minutes=15)):
        sign_in(client, jana)


def test_the_cookie_is_out_of_reach_of_scripts_and_foreign_sites(make_app, jana: str) -> None:
    for https in (False, True):
        client = Client(make_app(https=https))
        base = {"base_url": "https://localhost"} if https else {}
        page = client.get("/sign-in", **base)
        token = page.values()["csrf_token"]
        data = {"login": jana, "password": accounts.PASSWORD, "csrf_token": token, "next": ""}
        cookie = cookie_of(client.post("/sign-in", data, **base))["portal"]
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert bool(cookie["secure"]) is https
        assert cookie["expires"] == ""  # gone with the browser


def test_signing_in_gives_a_new_cookie_and_the_form_tokens_of_before_are_dead(client: Client, jana: str) -> None:
    page = client.get("/sign-in")
    before, form_token = cookie_value(client), page.values()["csrf_token"]
    client.submit(page, login=jana, password=accounts.PASSWORD)
    assert cookie_value(client) != before
    client.post("/account/language", {"lang": "en", "csrf_token": form_token}, 400)
    client.browser.set_cookie("portal", before)  # a cookie planted before sign-in has not become somebody
    assert client.get("/account", 303).location.startswith("/sign-in")


def test_a_copied_cookie_is_dead_after_sign_out(client: Client, app, jana: str) -> None:
    sign_in(client, jana)
    thief = Client(app)
    thief.browser.set_cookie("portal", cookie_value(client))
    page = thief.get("/account")
    assert "Jana Nová" in page.text
    out = client.post("/sign-out", {"csrf_token": client.get("/account").values()["csrf_token"]})
    assert out.location == "/sign-in"
    assert "Odhlásili jste se." in client.follow(out).text
    assert thief.get("/account", 303).location.startswith("/sign-in")
    thief.post("/account/language", {"lang": "en", "csrf_token": page.values()["csrf_token"]}, 401)


def test_sign_out_without_its_token_signs_nobody_out(client_as) -> None:
    client = client_as("viewer")
    page = client.post("/sign-out", {}, 400)
    assert page.h1 == "Odhlášení"
    client.get("/account")
    client.get("/sign-out", 405)
    client.submit(page)
    client.get("/account", 303)


def test_somebody_whose_session_ran_out_can_still_sign_out(client_as) -> None:
    client = client_as("viewer")
    token = client.get("/account").values()["csrf_token"]
    with clock.stopped_at(clock.now() + timedelta(hours=3)):
        client.submit(client.post("/sign-out", {"csrf_token": token}, 400))


def test_disabling_a_person_ends_the_open_sessions_at_the_next_click(app, engine) -> None:
    with transaction.unit(engine) as s:
        petr = accounts.person(s, "editor", everywhere=True, login="petr")
        token = accounts.session_of(s, petr)
    client = accounts.browser(app, token)
    form = client.get("/account")
    with transaction.unit(engine) as s:
        actions.disable_person(s, SYSTEM, queries.person_by_login(s, "petr"))
    client.post("/account/language", {"lang": "en", "csrf_token": form.values()["csrf_token"]}, 401)
    client.get("/account", 303)
    sign_in(client, "petr", status=422)


def test_signing_in_again_ends_the_session_the_browser_had(client: Client, jana: str, engine) -> None:
    sign_in(client, jana)
    # The form of a second tab, opened before; whoever is signed in is not offered it any more.
    data = {"login": jana, "password": accounts.PASSWORD, "csrf_token": client.get("/account").values()["csrf_token"]}
    client.post("/sign-in", data)
    with transaction.unit(engine) as s:
        ended = s.scalars(select(SignIn.ended_at).order_by(SignIn.started_at)).all()
    assert [e is None for e in ended] == [False, True]


def test_somebody_signed_in_is_not_asked_again(client_as) -> None:
    assert client_as("viewer").get("/sign-in?next=/account", 303).location == "/account"


def test_a_session_used_a_minute_later_is_touched_though_a_page_writes_nothing(app, engine) -> None:
    with clock.stopped_at(NOON), transaction.unit(engine) as s:
        token = accounts.session_of(s, accounts.person(s))
    client = accounts.browser(app, token)

    def seen() -> datetime:
        with transaction.unit(engine) as s:
            return s.scalars(select(SignIn.seen_at)).one()

    with clock.stopped_at(NOON + timedelta(seconds=59)):
        client.get("/account")
    assert seen() == NOON
    with clock.stopped_at(NOON + timedelta(seconds=60)):
        client.get("/account")
    assert seen() == NOON + timedelta(seconds=60)


def test_a_page_never_waits_for_a_writer_to_touch_the_session(app, engine) -> None:
    with clock.stopped_at(NOON), transaction.unit(engine) as s:
        token = accounts.session_of(s, accounts.person(s))
    client = accounts.browser(app, token)
    with transaction.unit(engine) as s:
        s.execute(SignIn.__table__.update().values(started_at=NOON))  # holds the lock, as a long import does
        began = datetime.now(UTC)
        with clock.stopped_at(NOON + timedelta(minutes=5)):
            client.get("/account")
        assert datetime.now(UTC) - began < timedelta(seconds=2)


def test_a_session_runs_out_as_the_settings_say(make_app, engine) -> None:
    app = make_app(session_idle_minutes=10, session_hours=1)
    with clock.stopped_at(NOON), transaction.unit(engine) as s:
        token = accounts.session_of(s, accounts.person(s))
    client = accounts.browser(app, token)
    for minute in range(9, 60, 9):
        with clock.stopped_at(NOON + timedelta(minutes=minute)):
            client.get("/account")
    with clock.stopped_at(NOON + timedelta(minutes=60)):
        client.get("/account", 303)


def test_no_password_is_heard_while_the_write_lock_is_held(client: Client, jana, engine, monkeypatch) -> None:
    """Somebody else can write while a password is being checked or hashed."""
    free: list[bool] = []
    verify = actions.matches

    def watched(kept, password):
        with transaction.unit(engine, wait=0):
            free.append(True)
        return verify(kept, password)

    monkeypatch.setattr(actions, "matches", watched)
    sign_in(client, jana)
    sign_in(Client(client.app), jana, "špatné heslo 123", 422)
    client.submit(
        client.get("/account"), 422, action="/account/password",
        present="špatné heslo 123", password="nové dlouhé heslo", again="nové dlouhé heslo",
    )  # fmt: skip
    assert free == [True, True, True]
