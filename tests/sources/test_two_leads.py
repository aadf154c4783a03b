"""Two people decide at once which statement leads: the second sees what led, what leads now and why, and chooses."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from portal.accounts.actions.secrecy import set_secrecy
from portal.frameworks.models import Framework
from portal.kernel import transaction
from portal.kernel.permission import SYSTEM
from portal.kernel.settling import settle
from portal.kernel.transaction import Change
from portal.kernel.when import When
from portal.projects.models import Project
from portal.sources.models import Statement
from portal.sources.queries import facts_of
from tests.factories import accounts, changing, frameworks, projects, sources


@pytest.fixture
def scene(engine) -> dict[str, int]:
    """A project whose end three sources state differently; ids by name."""
    with transaction.unit(engine) as s, changing(s):
        project = projects.project(s, "ERIS", framework=frameworks.framework(s, "Pražský proces"))
        made = {"project": project.id}
        for name, origin, value in (("a", "ministry", "2016-01"), ("b", "public", "2017-06"), ("c", "public", "2018")):
            backed = sources.support(s, origin, reason="dokument ministerstva" if name == "a" else "")
            made[name] = sources.statement(s, project, "actual_end", When(value), backed, lead=name == "a").id
        return made


@pytest.fixture
def two(client_as):
    """Two colleagues' browsers."""
    return client_as("editor", everywhere=True, name="Jana Malá"), client_as(
        "editor", everywhere=True, name="Petr Velký"
    )


def fact(scene) -> str:
    return f"/records/{scene['project']}/facts/actual_end"


def cells(page) -> list[str]:
    """As opened, theirs, mine."""
    cells = page.soup.select("table.merge tbody td")
    texts = [cell.find(class_="pre") or cell.find("label") for cell in cells]
    return [" ".join(text.get_text(" ").split()).split(": ", 1)[-1] if text.name == "label" else
            " ".join(text.get_text(" ").split()) for text in texts]  # fmt: skip


def held(engine, scene) -> tuple:
    """The end the project repeats, and of the leading statement its id and reason."""
    with transaction.unit(engine) as s:
        lead = s.scalars(select(Statement).where(Statement.field == "actual_end", Statement.leading)).one()
        return s.get(Project, scene["project"]).actual_end, lead.id, lead.reason


def changes(engine) -> int:
    with transaction.unit(engine) as s:
        return s.scalar(select(func.count()).select_from(Change))


def choose(client, scene, page, name: str, reason: str, status: int = 303):
    return client.submit(page, status, leading=str(scene[name]), reason=reason)


def test_the_second_choice_is_asked_with_what_led_what_leads_now_and_why(scene, two, engine) -> None:
    first, second = two
    mine = second.get(fact(scene))
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    before = changes(engine)
    clash = choose(second, scene, mine, "c", "Zpráva je novější.", 409)
    assert clash.h1 == "Dvě změny najednou"
    assert "Jana Malá: změna záznamu" in clash.text.replace("\xa0", " ")
    led, leads, chosen = cells(clash)
    assert led.startswith("leden 2016") and led.endswith("Proč: dokument ministerstva")
    assert "červen 2017" in leads and leads.endswith("Proč: Stránka popisuje uzavření.")
    assert "2018" in chosen and chosen.endswith("Proč: Zpráva je novější.")
    assert held(engine, scene) == (When("2017-06"), scene["b"], "Stránka popisuje uzavření.")
    assert changes(engine) == before

    unsaid = second.submit(clash, 409)
    assert (unsaid.value("leading"), unsaid.value("reason")) == (str(scene["c"]), "Zpráva je novější.")
    done = second.follow(second.submit(unsaid, **{"choose-led": "mine"}))
    assert "2018" in done.soup.select_one(".claim--lead b").get_text()
    assert held(engine, scene) == (When("2018"), scene["c"], "Zpráva je novější.")
    assert changes(engine) == before + 1


def test_leaving_theirs_writes_nothing(scene, two, engine) -> None:
    first, second = two
    mine = second.get(fact(scene))
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    clash = choose(second, scene, mine, "c", "Zpráva je novější.", 409)
    before = changes(engine)
    done = second.follow(second.submit(clash, **{"choose-led": "theirs"}))
    assert "Vedoucí údaj zůstává beze změny." in done.text
    assert held(engine, scene) == (When("2017-06"), scene["b"], "Stránka popisuje uzavření.")
    assert changes(engine) == before


def test_the_same_choice_for_another_reason_is_asked_and_for_the_same_reason_is_not(scene, two, engine) -> None:
    first, second = two
    opened = [second.get(fact(scene)), second.get(fact(scene))]
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    before = changes(engine)
    choose(second, scene, opened[0], "b", "Stránka popisuje uzavření.")
    assert changes(engine) == before
    clash = choose(second, scene, opened[1], "b", "Je to novější.", 409)
    second.submit(clash, **{"choose-led": "mine"})
    assert held(engine, scene) == (When("2017-06"), scene["b"], "Je to novější.")


def test_a_third_choice_meanwhile_is_asked_about_too(scene, two, engine) -> None:
    first, second = two
    mine = second.get(fact(scene))
    choose(first, scene, first.get(fact(scene)), "b", "První.")
    clash = choose(second, scene, mine, "c", "Moje.", 409)
    choose(first, scene, first.get(fact(scene)), "b", "Druhý důvod.")
    again = second.submit(clash, 409, **{"choose-led": "mine"})
    assert cells(again)[1].endswith("Proč: Druhý důvod.")
    second.submit(again, **{"choose-led": "mine"})
    assert held(engine, scene) == (When("2018"), scene["c"], "Moje.")


def test_a_reason_left_out_does_not_hide_that_somebody_chose_meanwhile(scene, two, engine) -> None:
    first, second = two
    mine = second.get(fact(scene))
    refused = choose(second, scene, mine, "c", "", 422)
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    clash = second.submit(choose(second, scene, refused, "c", "", 422), 409, reason="Moje.")
    assert "leden 2016" in cells(clash)[0] and "červen 2017" in cells(clash)[1]
    assert held(engine, scene)[1] == scene["b"]


def test_the_rules_run_again_after_mine_is_confirmed(scene, two, engine) -> None:
    first, second = two
    mine = second.get(fact(scene))
    edit = f"/projects/{scene['project']}/edit"
    choose(first, scene, first.get(fact(scene)), "c", "Novější.")
    first.submit(first.get(edit), actual_start="2018")
    clash = choose(second, scene, mine, "b", "Moje.", 409)
    refused = second.submit(clash, 422, **{"choose-led": "mine"})
    assert "Konec je dříve než začátek" in refused.errors()[0]
    assert (refused.value("leading"), refused.value("reason")) == (str(scene["b"]), "Moje.")
    assert held(engine, scene) == (When("2018"), scene["c"], "Novější.")
    first.submit(first.get(edit), fields={"actual_start": ""})
    second.submit(refused)
    assert held(engine, scene) == (When("2017-06"), scene["b"], "Moje.")


@pytest.mark.parametrize("led", ["999999.1", "x", "1", "-1.2", "{b}.1", "9" * 40 + ".1"])
def test_what_never_led_is_refused_and_what_was_typed_stays(scene, two, engine, led: str) -> None:
    page = two[0].get(fact(scene))
    refused = two[0].submit(page, 422 if led != "999999.1" else 409, led=led.format(**scene), reason="Moje.",
                            leading=str(scene["b"]))  # fmt: skip
    assert refused.value("reason") == "Moje."
    assert held(engine, scene)[1] == scene["a"]


def test_stating_what_leads_is_asked_where_the_lead_moved(scene, two, engine) -> None:
    first, second = two
    mine = second.get(f"{fact(scene)}/state")
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    typed = {
        "value": "červenec 2019", "lead": "1", "source_title": "Závěrečná zpráva", "source_address": "https://mv.cz/z",
        "source_quotation": "ukončeno v červenci", "source_reason": "Zpráva to říká výslovně.",
    }  # fmt: skip
    clash = second.submit(mine, 409, typed)
    assert "Vaše tvrzení se zapíše v každém případě" in clash.text.replace("\xa0", " ")
    led, leads, chosen = cells(clash)
    assert "leden 2016" in led and "červen 2017" in leads
    assert "červenec 2019" in chosen and "Závěrečná zpráva" in chosen and chosen.endswith("Zpráva to říká výslovně.")
    assert {name: clash.value(name) for name in typed} == typed
    with transaction.unit(engine) as s:
        assert s.scalar(select(func.count()).select_from(Statement).where(Statement.field == "actual_end")) == 3

    second.submit(second.submit(clash, 409), **{"choose-led": "mine"})
    end, _id, reason = held(engine, scene)
    assert (end, reason) == (When("2019-07"), "Zpráva to říká výslovně.")
    with transaction.unit(engine) as s:
        lead = facts_of(s, SYSTEM, s.get(Project, scene["project"]))[scene["project"]]["actual_end"].lead
        assert lead.cited[0].citation.quotation == "ukončeno v červenci"


def test_a_statement_that_leaves_the_lead_to_theirs_is_written_beside_it(scene, two, engine) -> None:
    first, second = two
    mine = second.get(f"{fact(scene)}/state")
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    clash = second.submit(mine, 409, value="červenec 2019", lead="1")
    second.submit(clash, **{"choose-led": "theirs"})
    assert held(engine, scene) == (When("2017-06"), scene["b"], "Stránka popisuje uzavření.")
    with transaction.unit(engine) as s:
        view = facts_of(s, SYSTEM, s.get(Project, scene["project"]))[scene["project"]]["actual_end"]
        assert When("2019-07") in [claim.value for claim in view.others]


def test_taking_the_lead_still_needs_a_reason_after_it_is_confirmed(scene, two, engine) -> None:
    first, second = two
    mine = second.get(f"{fact(scene)}/state")
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    clash = second.submit(mine, 409, value="červenec 2019", lead="1")
    refused = second.submit(clash, 422, **{"choose-led": "mine"})
    assert refused.value("value") == "červenec 2019"
    second.submit(refused, source_reason="Víme to.")
    assert held(engine, scene)[0] == When("2019-07")


def test_a_statement_that_is_not_to_lead_is_asked_nothing(scene, two, engine) -> None:
    first, second = two
    mine = second.get(f"{fact(scene)}/state")
    choose(first, scene, first.get(fact(scene)), "b", "Stránka popisuje uzavření.")
    second.submit(mine, value="červenec 2019")
    assert held(engine, scene)[1] == scene["b"]


def test_the_first_statement_of_a_fact_is_not_overtaken_unseen(scene, two, engine) -> None:
    first, second = two
    path = f"/records/{scene['project']}/facts/planned_end/state"
    mine = second.get(path)
    assert mine.value("lead") == "1"
    first.submit(first.get(path), value="2014")
    clash = second.submit(mine, 409, value="2015")
    assert ["neuvedeno" in cells(clash)[0], "2014" in cells(clash)[1], "2015" in cells(clash)[2]] == [True] * 3
    second.submit(clash, **{"choose-led": "mine"})
    with transaction.unit(engine) as s:
        assert s.get(Project, scene["project"]).planned_end == When("2015")


def test_one_more_source_for_what_leads_is_no_move(scene, two, engine) -> None:
    first, second = two
    path = f"/records/{scene['project']}/facts/planned_end"
    first.submit(first.get(f"{path}/state"), value="2014")
    mine = second.get(f"{path}/state")
    with transaction.unit(engine) as s:
        only = s.scalars(select(Statement).where(Statement.field == "planned_end")).one().id
    first.submit(first.get(f"/statements/{only}/cite"), source_title="Zpráva", source_address="https://mv.cz/z")
    second.submit(mine, value="2015", lead="1", source_reason="Víme to.")
    with transaction.unit(engine) as s:
        assert s.get(Project, scene["project"]).planned_end == When("2015")


def test_the_page_of_choices_leaves_out_what_became_hidden(two, engine) -> None:
    first, second = two
    with transaction.unit(engine) as s, changing(s):
        known, secret = frameworks.framework(s, "Známý"), frameworks.framework(s, "Utajený")
        project = projects.project(s, "ERIS", framework=secret, backed=sources.support(s, reason="Patří pod Utajený."))
        mine, theirs = [
            sources.statement(s, project, "framework", known.id, sources.support(s, origin), lead=False).id
            for origin in ("ministry", "public")
        ]
        path, secret_id = f"/records/{project.id}/facts/framework", secret.id
    opened = second.get(path)
    assert "Utajený" in opened.text
    first.submit(first.get(path), leading=str(theirs), reason="Patří jinam.")
    with transaction.unit(engine) as s, changing(s):
        chief = accounts.administrator(s)
        hidden = s.get_one(Framework, secret_id)
        set_secrecy(s, chief, hidden, {"confidential": True, "readers": [chief.person_id]})
        settle(s, [hidden])
    clash = second.submit(opened, 409, leading=str(mine), reason="Moje.")
    assert "Utajený" not in clash.text
    assert cells(clash)[0] == "neuvedeno"
    assert cells(clash)[1].startswith("Známý") and cells(clash)[1].endswith("Patří jinam.")


def test_of_two_choices_sent_at_the_same_moment_one_is_written_and_one_is_asked(scene, two, engine) -> None:
    opened = [client.get(fact(scene)).values() for client in two]
    sent = [data | {"leading": str(scene[name]), "reason": name} for data, name in zip(opened, ("b", "c"), strict=True)]
    start, answers = threading.Barrier(2), []

    def send(client, data) -> None:
        start.wait()
        answers.append(client.browser.post(fact(scene), data=data).status_code)

    before = changes(engine)
    threads = [threading.Thread(target=send, args=pair) for pair in zip(two, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(answers) == [303, 409]
    assert held(engine, scene)[2] in ("b", "c") and changes(engine) == before + 1
