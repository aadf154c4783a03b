"""One request, one transaction: what commits, what is rolled back, what is refused."""

from __future__ import annotations

import sqlalchemy as sa

from portal.kernel.db import db
from portal.kernel.record import Record
from portal.kernel.transaction import Change
from tests.client import Client

T = Record.__table__


def stored(app, thing_id=1):
    with app.app_context():
        row = db.session.execute(sa.select(T).where(T.c.id == thing_id)).one()
        last = db.session.execute(sa.select(Change).order_by(Change.id.desc()).limit(1)).scalar_one()
        db.session.expunge_all()
        return row, last


def test_a_good_form_commits_one_change_that_says_who_why_and_by_what_request(app, client):
    page = client.get("/things/1/edit")
    there = client.submit(page, fields={"name_cs": "Česká republika", "status": "2"})
    row, last = stored(app)
    assert (row.name_cs, row.note_cs, row.version) == ("Česká republika", "nová", 3)
    assert (last.actor_id, last.actor_name, last.door, last.reason) == (2, "Eva Nová", "form", "zkouška")
    assert last.request_id == there.response.headers["X-Request-ID"]
    assert client.follow(there).text.count("Uloženo.") == 1
    assert "Uloženo." not in client.get("/things/1").text


def test_a_failed_form_writes_nothing_and_answers_422(app, client):
    before, change = stored(app)
    client.submit(client.get("/things/1/edit"), 422, {"name_cs": "", "name_en": "", "status": "2"})
    after, last = stored(app)
    assert after == before and last.id == change.id


def test_a_view_that_writes_without_a_checked_form_is_rolled_back(app, client):
    before, _change = stored(app)
    page = client.post("/unchecked", status=400)
    assert page.h1 == "Požadavku nerozumíme"
    assert stored(app)[0] == before


def test_a_get_that_leaves_unsaved_work_fails_the_tests(client):
    try:
        client.get("/dirty", status=500)
    except RuntimeError as error:
        assert "a GET left unsaved work" in str(error)
    else:
        raise AssertionError("nothing happened")


def test_an_error_after_writing_leaves_nothing_behind(app):
    from portal.web import page
    from portal.web.access import needs

    @needs("toy.write")
    def breaks():
        with page.writing():
            page.session().execute(sa.update(T).values(note_cs="půl práce"))
        raise ZeroDivisionError

    app.add_url_rule("/breaks", "breaks", breaks, methods=["POST"])
    before, _change = stored(app)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page_ = Client(app).post("/breaks", status=500)
    assert page_.h1 == "Na naší straně došlo k chybě"
    assert stored(app)[0] == before
