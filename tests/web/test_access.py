"""Every address says who may open it, and that holds."""

from __future__ import annotations

import pytest

from portal.web import access
from tests.client import Client


def test_an_address_without_a_rule_stops_the_start(app):
    app.view_functions["forgotten"] = lambda: "x"
    with pytest.raises(RuntimeError, match="forgotten: says not who may open it"):
        access.check_every_route(app)


def test_a_permission_nobody_declared_stops_the_start(app):
    app.view_functions["odd"] = access.needs("toy.unheard")(lambda: "x")
    with pytest.raises(RuntimeError, match="odd: permission 'toy.unheard' is not declared"):
        access.check_every_route(app)


def test_an_address_cannot_ask_two_things():
    with pytest.raises(RuntimeError):
        access.needs("toy.read")(access.needs("toy.write")(lambda: None))


def test_a_stranger_is_led_to_sign_in_and_back(app):
    app.config["WHO"] = None
    there = Client(app).get("/things?q=rok&sort=name", status=303)
    assert there.location == "/?next=/things?q%3Drok%26sort%3Dname"


def test_a_form_of_somebody_signed_out_meanwhile_is_kept(app):
    client = Client(app)
    app.config["WHO"] = None
    page = client.post("/things/1/edit", {"name_cs": "Napsané „dlouze“", "password": "tajné"}, status=401)
    assert page.h1 == "Už nejste přihlášeni"
    assert page.value("name_cs") == "Napsané „dlouze“" and page.value("password") is None
    app.config["WHO"] = "editor"
    again = client.post("/things/1/edit", page.values(), status=400)
    assert again.value("name_cs") == "Napsané „dlouze“"


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("editor", 403), ("administrator", 200)])
def test_a_permission_holds_for_roles(app, who, status):
    app.config["WHO"] = who
    page = Client(app).get("/rule", status=status)
    assert page.h1 == ("Správa" if status == 200 else "Sem nemáte přístup")


def test_a_viewer_writes_nothing(app):
    app.config["WHO"] = "viewer"
    Client(app).post("/things/1/edit", {"name_cs": "x"}, status=403)


def test_public_pages_know_who_asks(app):
    assert Client(app).get("/").soup.select("details.account")
