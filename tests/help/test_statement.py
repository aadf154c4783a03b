"""The accessibility statement is there for everybody, and says where to report."""

from __future__ import annotations

import pytest

from portal import create_app
from tests.client import Client
from tests.fixtures import settings_for


@pytest.fixture
def stranger(engine, tmp_path):
    """`stranger(contact=…)`: somebody without an account, at a portal whose operator gives this contact."""

    def opens(**chosen) -> Client:
        return Client(create_app(settings_for(engine, tmp_path, **chosen)))

    return opens


@pytest.mark.parametrize(
    ("contact", "href"),
    [
        ("pristupnost@example.org", "mailto:pristupnost@example.org"),
        ("+420 974 000 000", "tel:+420974000000"),
        ("Oddělení provozu, dveře 12", None),
        ("<b>x</b>", None),
    ],
)
def test_a_stranger_reads_the_statement_and_whom_to_tell(stranger, contact, href) -> None:
    page = stranger(contact=contact).get("/help/accessibility")
    assert page.h1 == "Prohlášení o přístupnosti"
    report = page.soup.find(id="report")
    assert contact in report.get_text()
    assert [a["href"] for a in report.find_all("a")] == ([href] if href else [])


def test_without_a_contact_the_statement_names_the_administrator_and_how(stranger) -> None:
    report = stranger().get("/help/accessibility").soup.find(id="report").get_text().replace("\u00a0", " ")
    assert "Obraťte se na správce portálu" in report
    assert "osobně, telefonem nebo služební poštou" in report


def test_a_stranger_is_offered_the_statement_and_nothing_else_of_help(stranger) -> None:
    page = stranger().get("/sign-in")
    foot = [a.get_text() for a in page.soup.footer.find_all("a")]
    assert foot == ["Přístupnost"]
    assert page.link("Přístupnost") == "/help/accessibility"


def test_whoever_is_signed_in_finds_help_in_the_head_the_menu_and_the_foot(read_as) -> None:
    page = read_as("viewer", "cs").get("/projects")
    assert page.soup.select_one(".top a.help")["href"] == "/help"
    assert page.soup.select_one(".account .drop a")["href"] == "/help"
    foot = [a.get_text() for a in page.soup.footer.find_all("a")]
    assert foot == ["Poslední změny", "Nápověda", "Přístupnost"]
