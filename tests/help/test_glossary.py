"""The glossary: one definition in each language, wherever it is read; hints of fields lead to it."""

from __future__ import annotations

import re

import pytest

from portal.help import glossary
from portal.kernel import codes
from portal.web.forms import Form
from portal.web.forms.kept import _declared
from tests.guards.tree import ROOT


def test_readme_says_what_the_page_says(read_as) -> None:
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", (ROOT / "README.md").read_text(), re.M)
    told = {(cs, en): means for cs, en, means in rows}
    page = read_as("viewer", "en").get("/help/glossary").text.replace("\u00a0", " ")
    for term in glossary.terms("en"):
        assert told[term.cs, term.en] == term.means_en.rstrip(".")
        assert term.means_en in page
    assert len(glossary.terms("en")) > 50


def test_every_term_is_whole_in_both_languages_and_stands_once() -> None:
    terms = glossary.terms("cs")
    for lang in ("cs", "en"):
        assert all(term.name(lang) and term.means(lang).endswith(".") for term in terms)
        assert len({term.name(lang) for term in terms}) == len(terms)
    assert all(re.fullmatch(r"[a-z-]+", term.key) for term in terms)


def test_terms_are_in_czech_order_and_name_the_codes_of_their_lists(read_as) -> None:
    page = read_as("viewer", "cs").get("/help/glossary")
    names = [dt.contents[0].strip() for dt in page.soup.select("dl.terms dt")]
    assert names.index("citace") < names.index("další\u00a0rámce".replace("\u00a0", " ")) < names.index("země")
    certainty = page.soup.find(id="certainty").get_text(" ").replace("\u00a0", " ")
    assert "; ".join(code.cs for code in codes.code_list("certainties").codes.values()) in certainty


def test_every_term_that_a_field_leads_to_is_in_the_glossary(read_as) -> None:
    known = {term.key for term in glossary.terms("en")}
    with read_as("viewer").app.test_request_context("/"):
        forms = [
            one(formdata=None, meta={"csrf": False}) for one in _declared(Form) if one.__module__.startswith("portal.")
        ]
        asked = {field.more for form in forms for field in form.own_fields() if getattr(field, "more", "")}
    assert asked >= {
        "certainty", "precision", "amount-precision", "included", "umbrella", "further-frameworks", "placeholder", "leading",
        "role", "flow-type", "light", "date", "confidential",
    }  # fmt: skip
    assert asked <= known


@pytest.mark.parametrize(
    ("path", "field", "term", "words"),
    [
        ("/flows/add", "amount_mark", "amount-precision", "nepřesná částka má před sebou ≈"),
        ("/flows/add", "included_in", "included", "nikdy se k ní nepřičte"),
        ("/flows/add", "confidential", "confidential", "Pro ostatní takový záznam není"),
        ("/projects/add", "umbrella", "umbrella", "Část přebírá rámec od celku"),
        ("/projects/add", "source_sure", "certainty", "určuje jistotu údaje"),
        ("/records/{record}/status", "light", "light", "Váš vlastní úsudek"),
        ("/records/{record}/roles/add", "role", "role", "slova zdroje se píší vedle"),
    ],
)
def test_a_hint_is_tied_to_its_field_and_leads_to_its_term(seeded_as, path, field, term, words) -> None:
    browser = seeded_as("administrator", lang="cs")
    record = browser.get("/work?scope=all").soup.select_one("ul.list a[href*='/status']")["href"].split("/")[2]
    soup = browser.get(path.format(record=record)).soup
    hint = soup.find(id=f"{field}-hint")
    assert words in hint.get_text(" ").replace("\u00a0", " ")
    assert soup.find(attrs={"aria-describedby": re.compile(rf"\b{field}-hint\b")}).name in (
        "input",
        "select",
        "fieldset",
    )
    link = hint.find("a")
    assert (link["href"], link["target"]) == (f"/help/glossary#{term}", "_blank")
    assert "na nové kartě" in link.get_text()
