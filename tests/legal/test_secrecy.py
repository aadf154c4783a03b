"""A confidential document is absent everywhere; what it is tied to shows nothing of it; nobody clears what they do not see."""

from __future__ import annotations

import pytest

from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.record import Record
from portal.kernel.transaction import change
from portal.kernel.veil import drape
from portal.legal.actions import edit_legal_instrument
from portal.legal.models import LegalInstrument
from portal.partners.actions import link
from tests.factories import changing, frameworks, funding, legal


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """An open document tied in every way to secret ones, and what they ground."""
    with transaction.unit(engine) as s, changing(s):
        secret = legal.legal_instrument(s, "Tajná dohoda", confidential=True)
        body = funding.organisation(s, "Tajný výbor", confidential=True)
        one = legal.legal_instrument(s, "Zákon", laid_down_in=secret.id, adopted_by=body.id)
        framework, project = frameworks.framework(s, "Pražský proces"), funding.project(s, "ERIS")
        instrument = funding.instrument(s, "AMIF")
        for record in (framework, project, instrument, one):
            link(s, SYSTEM, record, "based_on", secret)
        link(s, SYSTEM, secret, "grounds", funding.organisation(s, "IOM"))
        link(s, SYSTEM, one, "grounds", funding.project(s, "Tajný projekt", confidential=True))
        made = {
            "secret": secret,
            "body": body,
            "one": one,
            "framework": framework,
            "project": project,
            "instrument": instrument,
        }
        return {name: record.id for name, record in made.items()}


def test_no_page_search_or_file_tells_of_it(scene, client_as) -> None:
    for role in ("viewer", "administrator"):
        client = client_as(role, lang="cs")
        pages = [
            "/legal", f"/legal/{scene['one']}", f"/frameworks/{scene['framework']}", f"/projects/{scene['project']}",
            f"/instruments/{scene['instrument']}", "/search?q=tajná", f"/records/{scene['one']}/history", "/changes",
        ]  # fmt: skip
        for path in pages:
            assert "Tajn" not in client.get(path).text, path
        for path in ("", "/edit"):
            client.get(f"/legal/{scene['secret']}{path}", 404 if role == "administrator" or not path else 403)
        assert "Tajn" not in client.browser.get("/exports/legal.csv").get_data(as_text=True)
        assert "1 dokument" in client.get("/legal").text


def test_who_does_not_see_what_a_document_refers_to_does_not_clear_it(scene, client_as, engine) -> None:
    editor = client_as("editor", everywhere=True)
    form = editor.get(f"/legal/{scene['one']}/edit")
    assert "Tajn" not in form.html and (form.value("adopted_by"), form.value("laid_down_in")) == ("", "")
    chosen = [form.soup.select_one(f"#{field} option[selected]")["value"] for field in ("adopted_by", "laid_down_in")]
    assert chosen == ["", ""]  # as where nothing is stated
    editor.submit(form, celex="32004L0081")
    with transaction.unit(engine) as s:
        one = s.get_one(LegalInstrument, scene["one"])
        assert (one.celex, one.laid_down_in_id, one.adopted_by_id) == ("32004L0081", scene["secret"], scene["body"])
    editor.submit(editor.get(f"/legal/{scene['one']}/edit"), 422, laid_down_in=str(scene["secret"]))
    form = editor.get(f"/records/{scene['one']}/links/add")
    assert "Tajn" not in form.html
    editor.submit(form, 422, relation="amends", target=str(scene["secret"]))


def test_history_tells_nothing_of_a_body_that_was_replaced_and_is_hidden_since(engine, client_as) -> None:
    with transaction.unit(engine) as s, changing(s):
        body, open_body = funding.organisation(s, "Tajný výbor"), funding.organisation(s, "Rada")
        one = legal.legal_instrument(s, "Zákon", adopted_by=body.id).id
        ids = body.id, open_body.id
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
        edit_legal_instrument(s, SYSTEM, s.get_one(LegalInstrument, one), {"adopted_by": ids[1]})
    with transaction.unit(engine) as s, change(s, None, "form", actor_name="Referent"):
        hidden = s.get_one(Record, ids[0])
        hidden.confidential = True
        s.flush()
        drape(s, [hidden])
    viewer = client_as("viewer", lang="cs")
    for path in (
        f"/legal/{one}",
        f"/records/{one}/history",
        f"/records/{one}/facts/adopted_by",
        "/changes",
        "/changes/1",
    ):
        assert "Tajn" not in viewer.get(path).text, path
    assert "Rada" in viewer.get(f"/legal/{one}").text
