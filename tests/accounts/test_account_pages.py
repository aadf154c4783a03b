"""One's own account, and J7: the administrator adds a colleague with rights on two frameworks and later disables them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.accounts import actions, queries
from portal.accounts.models import Person
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from tests.client import Client
from tests.factories import accounts, frameworks


@pytest.fixture
def tree(engine) -> dict[str, int]:
    """Ids of a small tree of frameworks by name."""
    with transaction.unit(engine) as s:
        top = frameworks.framework(s, "Pražský proces", name_en="Prague Process")
        made = [top, frameworks.framework(s, "Akční plán", parent=top), frameworks.framework(s, "Budapešťský proces")]
        return {one.name_cs: one.id for one in made}


def stored(engine, login: str) -> Person:
    with transaction.unit(engine) as s:
        person = queries.person_by_login(s, login)
        assert person.frameworks is not None
        s.expunge_all()
        return person


def test_an_administrator_adds_a_colleague_with_two_frameworks_and_later_disables_them(
    client_as, app, engine, tree
) -> None:
    boss = client_as("administrator")
    page = boss.get(boss.get("/people").link("Přidat uživatele"))
    two = [tree["Akční plán"], tree["Budapešťský proces"]]
    shown = boss.follow(
        boss.submit(page, name="Jana Nová", login="Jana.Nova", role="editor", frameworks=[str(i) for i in two])
    )
    assert shown.h1 == "Heslo: Jana Nová"
    password = shown.soup.find_all("code")[1].get_text()
    assert len(password) == 19
    assert password not in boss.get(shown.path).text  # once

    jana = Client(app)
    jana.submit(jana.get("/sign-in"), login="jana.nova", password=password)
    mine = jana.get("/account")
    assert "Akční plán" in mine.text and "Budapešťský proces" in mine.text and "Pražský proces" not in mine.text
    row = boss.get("/people").soup.find("a", string="Jana Nová").find_parent("tr")
    assert [" ".join(td.get_text(" ").split()) for td in row.find_all("td")][:3] == [
        "Editor",
        "2 rámce",
        "může se přihlásit",
    ]

    person = boss.get(boss.get("/people").link("Jana Nová"))
    sure = boss.get(person.link("Zablokovat účet"))
    assert sure.h1 == "Zablokovat účet: Jana Nová?"
    listed = boss.follow(boss.submit(sure))
    assert "účet je zablokován" in listed.text
    jana.get("/account", 303)
    assert jana.submit(jana.get("/sign-in"), 422, login="jana.nova", password=password).errors()


def test_the_tree_is_drawn_as_nested_choices_with_what_was_given_ticked(client_as, engine, tree) -> None:
    with transaction.unit(engine) as s:
        someone = accounts.person(s, "editor", login="jana", frameworks=[tree["Akční plán"]])
        address = f"/people/{someone.id}"
    soup = client_as("administrator").get(address).soup
    child = soup.find("input", {"name": "frameworks", "value": str(tree["Akční plán"])})
    parent = soup.find("input", {"name": "frameworks", "value": str(tree["Pražský proces"])})
    assert child.has_attr("checked") and not parent.has_attr("checked")
    assert child.find_parent("ul").find_parent("li") is parent.find_parent("li")


def test_rights_are_changed_and_the_security_log_tells_it(client_as, engine, tree) -> None:
    with transaction.unit(engine) as s:
        accounts.person(s, "viewer", login="jana", name="Jana Nová")
    boss = client_as("administrator", name="Hlavní správce")
    page = boss.get(boss.get("/people").link("Jana Nová"))
    boss.submit(page, role="reporting_officer", everywhere="1")
    jana = stored(engine, "jana")
    assert (jana.role, jana.everywhere) == ("reporting_officer", True)
    told = boss.get(page.path).text
    assert (
        "Hlavní správce práva změněna role: Čtenář → Referent pro zprávy; ve všech rámcích: ne → ano"
        in told.replace("\xa0", " ")
    )


def test_an_editor_needs_a_framework_or_all_of_them(client_as, engine, tree) -> None:
    boss = client_as("administrator")
    page = boss.submit(boss.get("/people/add"), 422, name="Jana", login="jana", role="editor")
    assert "Vyberte aspoň jeden rámec" in page.errors()[0]
    assert page.value("name") == "Jana"
    boss.submit(page, everywhere="1")
    assert stored(engine, "jana").everywhere


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"login": "jana nová"}, "bez diakritiky"),
        ({"login": "x" * 10_000}, "120"),
        ({"login": "jana\x07"}, "znak"),
        ({"login": ""}, ""),
        ({"name": "x" * 10_000}, "200"),
        ({"name": "\x00Jana"}, "znak"),
        ({"role": "king"}, "seznamu"),
        ({"role": ""}, ""),
        ({"frameworks": "999999"}, "seznamu"),
        ({"frameworks": "1 OR 1=1"}, "seznamu"),
        ({"lang": "pl"}, "seznamu"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_nothing_is_written(
    client_as, engine, tree, typed: dict, says: str
) -> None:
    boss = client_as("administrator")
    good = {"name": "Jana", "login": "jana", "role": "editor", "frameworks": str(tree["Akční plán"])}
    page = boss.submit(boss.get("/people/add"), 422, **{**good, **typed})
    field = next(iter(typed))
    assert len(page.errors()) == 1 and says in page.errors()[0]
    assert page.soup.find(id=f"{field}-error") is not None
    with transaction.unit(engine) as s:
        assert len(s.scalars(select(Person)).all()) == 1


def test_all_frameworks_and_single_ones_together_are_asked_about(client_as, engine, tree) -> None:
    boss = client_as("administrator")
    both = {"name": "Jana", "login": "jana", "role": "editor", "everywhere": "y", "frameworks": str(tree["Akční plán"])}
    page = boss.submit(boss.get("/people/add"), 422, **both)
    assert "Určete, co platí" in page.soup.find(id="frameworks-error").get_text()
    with transaction.unit(engine) as s:
        assert len(s.scalars(select(Person)).all()) == 1


def test_a_login_that_is_taken_is_refused_at_the_field(client_as, engine, tree) -> None:
    with transaction.unit(engine) as s:
        accounts.person(s, login="jana")
    boss = client_as("administrator")
    page = boss.submit(boss.get("/people/add"), 422, name="Jana", login=" JANA", role="viewer")
    assert page.errors() == ["Přihlašovací jméno : Toto přihlašovací jméno už někdo má. Zvolte jiné."]


def test_the_last_administrator_is_kept_with_a_word_why(client_as, engine, tree) -> None:
    boss = client_as("administrator", login="spravce")
    me = stored(engine, "spravce").id
    page = boss.submit(boss.get(f"/people/{me}/disable"), 422)
    assert "poslední správce" in page.errors()[0]
    page = boss.submit(boss.get(f"/people/{me}"), 422, role="viewer")
    assert "poslední správce" in page.errors()[0]
    assert (stored(engine, "spravce").role, stored(engine, "spravce").active) == ("administrator", True)


def test_disabling_the_only_reader_of_a_confidential_record_is_warned_of(client_as, engine) -> None:
    with transaction.unit(engine) as s:
        secret, jana = frameworks.framework(s, "Tajný", confidential=True), accounts.person(s)
        actions.name_reader(s, SYSTEM, secret, jana)
        address = f"/people/{jana.id}/disable"
    text = client_as("administrator").get(address).text.replace("\xa0", " ")
    assert "1 důvěrný záznam pak nebude moci číst nikdo." in text
    assert "Tajný" not in text


def test_a_disabled_account_is_enabled_again(client_as, engine) -> None:
    with transaction.unit(engine) as s:
        jana = accounts.person(s, login="jana", name="Jana")
        actions.disable_person(s, SYSTEM, jana)
        address = f"/people/{jana.id}"
    boss = client_as("administrator")
    page = boss.get(address)
    boss.submit(page, action="/enable")
    assert stored(engine, "jana").active


def test_a_new_password_is_shown_once_and_ends_the_sessions(client_as, app, engine) -> None:
    with transaction.unit(engine) as s:
        jana = accounts.person(s, login="jana", name="Jana")
        token, address = accounts.session_of(s, jana), f"/people/{jana.id}/password"
    boss = client_as("administrator")
    shown = boss.follow(boss.submit(boss.get(address)))
    password = shown.soup.find_all("code")[1].get_text()
    accounts.browser(app, token).get("/account", 303)
    assert actions.matches(stored(engine, "jana").password_hash, password)
    assert password not in boss.get(f"{address}/shown-once").text


def test_ones_own_password_is_changed_with_the_present_one(client_as, app, engine) -> None:
    jana = client_as("editor", login="jana")
    other = Client(app)
    other.submit(other.get("/sign-in"), login="jana", password=accounts.PASSWORD)
    page = jana.get("/account")
    sent = {"present": accounts.PASSWORD, "password": "docela nové heslo", "again": "docela nové heslo"}
    for wrong, field in (({"present": "něco jiného"}, "present"), ({"again": "jiné"}, "again"),
                         ({"password": "krátké", "again": "krátké"}, "password")):  # fmt: skip
        refused = jana.submit(page, 422, action="/account/password", **{**sent, **wrong})
        assert refused.soup.find(id=f"{field}-error") is not None
        assert actions.matches(stored(engine, "jana").password_hash, accounts.PASSWORD)
    done = jana.submit(page, action="/account/password", **sent)
    assert "Heslo je změněno." in jana.follow(done).text
    assert actions.matches(stored(engine, "jana").password_hash, "docela nové heslo")
    other.get("/account", 303)


def test_guessing_the_present_password_is_throttled_like_signing_in(client_as) -> None:
    jana = client_as("editor", login="jana")
    page = jana.get("/account")
    sent = {"present": "špatné heslo 123", "password": "docela nové heslo", "again": "docela nové heslo"}
    for _ in range(5):
        jana.submit(page, 422, action="/account/password", **sent)
    assert jana.submit(page, 429, action="/account/password", **sent).response.headers["Retry-After"]


def test_the_chosen_language_is_spoken_at_once_and_at_the_next_sign_in(client_as, app, engine) -> None:
    jana = client_as("viewer", login="jana")
    done = jana.submit(jana.get("/account"), action="/account/language", lang="en")
    assert jana.follow(jana.follow(done, 303)).h1 == "My account"
    elsewhere = Client(app)
    elsewhere.submit(elsewhere.get("/sign-in"), login="jana", password=accounts.PASSWORD)
    assert elsewhere.get("/account").h1 == "My account"


def test_accounts_are_shown_as_they_are_today_also_from_a_page_of_the_past(client_as, engine, tree) -> None:
    assert client_as("administrator").get("/k/1/people", 302).location == "/people"


def test_people_pages_stand_in_both_languages(client_as, engine, tree) -> None:
    with transaction.unit(engine) as s:
        other = accounts.person(s, "editor", frameworks=[tree["Akční plán"]])
        actions.disable_person(s, SYSTEM, accounts.person(s, "viewer"))
        address = f"/people/{other.id}"
    boss = client_as("administrator")
    for lang, heading in (("cs", "Uživatelé a práva"), ("en", "People and rights")):
        boss.speak(lang)
        assert boss.get("/people").h1 == heading
        for path in (
            "/people/add",
            address,
            f"{address}/disable",
            f"{address}/password",
            f"{address}/password/shown-once",
        ):
            page = boss.get(path)
            assert page.soup.html["lang"] == lang
    assert "Prague Process" in boss.get(address).text


def test_the_administration_stands_in_the_account_menu_of_administrators_only(client_as) -> None:
    assert "/people" in client_as("administrator").get("/account").links()
    assert "/people" not in client_as("reporting_officer", everywhere=True).get("/account").links()


def test_the_list_of_people_asks_the_database_as_often_for_twenty_as_for_two(client_as, engine) -> None:
    from sqlalchemy import event

    from portal.kernel.db import db

    boss = client_as("administrator")
    boss.get("/people")
    asked: list[int] = []
    for n in (1, 18):
        with transaction.unit(engine) as s:
            for _ in range(n):
                accounts.person(s)
        statements: list[str] = []
        with boss.app.app_context():
            live = db.engine
        event.listen(live, "before_cursor_execute", lambda *call, kept=statements: kept.append(call[2]))
        boss.get("/people")
        asked.append(len(statements))
    assert asked[0] == asked[1] - len([s for s in statements if "sqlite_temp" in s])
