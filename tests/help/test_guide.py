"""The guide: one source, nothing in it that does not exist, the same in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal import create_app
from portal.config import Settings
from portal.help.chapters import CHAPTERS, STATEMENT
from portal.kernel import codes
from tests.guards.messages import translated
from tests.guards.tree import ROOT
from tests.help import rendering
from tests.help.rendering import GUIDE, LANGUAGES, PICTURES, source

EVERY = (*CHAPTERS, STATEMENT)


@pytest.fixture(scope="module")
def bare_app(tmp_path_factory):
    """The application without a database: what is made of the chapters asks for none."""
    return create_app(Settings(data=tmp_path_factory.mktemp("help"), secret_key="k" * 32))


def test_what_is_committed_is_what_the_sources_make(bare_app) -> None:
    made = rendering.everything(bare_app)
    assert len(made) == 2 * len(EVERY) + 6
    old = [
        str(path.relative_to(ROOT))
        for path, text in made.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert old == [], "run `make docs`"


def test_every_chapter_is_in_both_languages_and_there_is_no_other_file() -> None:
    for lang in LANGUAGES:
        assert {path.stem for path in (GUIDE / lang).iterdir()} == {*EVERY, "glossary"}
        assert {path.stem for path in (rendering.PAGES / lang).iterdir()} == set(EVERY)


def test_pictures_are_all_used_few_and_small() -> None:
    used = [name for lang in LANGUAGES for c in CHAPTERS for name in re.findall(r"pictures/(\S+)\)", source(lang, c))]
    there = sorted(path.name for path in PICTURES.iterdir())
    assert sorted(used) == there
    assert len(there) == 30
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_700_000


def shape(lang: str, name: str) -> list[str]:
    """What stands in a chapter, in its order: headings, points, pictures, addresses, links to chapters."""
    marks = r"^#+ |^- |^\d\. |^\| |pictures/\w+|`/[^`]*`|\]\(\w+\.md"
    return [mark.strip() for mark in re.findall(marks, source(lang, name), re.M)]


@pytest.mark.parametrize("name", EVERY)
def test_the_two_languages_say_the_same_in_the_same_order(name: str) -> None:
    assert shape("cs", name) == shape("en", name)
    assert len(shape("cs", name)) > 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_in_bold_is_a_word_the_portal_says(lang: str) -> None:
    said = {
        label for name in codes.names() for code in codes.code_list(name).codes.values() for label in (code.cs, code.en)
    }
    said |= {label[:1].upper() + label[1:] for label in said}  # as a code begins a line
    for _file, message in translated():
        forms = message.string if lang == "cs" else message.id
        said |= {forms} if isinstance(forms, str) else set(forms)
    bold = [(c, word) for c in CHAPTERS for word in re.findall(r"\*\*(.+?)\*\*", source(lang, c))]
    assert len(bold) > 100
    assert [(c, word) for c, word in bold if word not in said] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("See [money](monkey.md).", "no chapter monkey.md"),
        ("![A dog](../pictures/dog.en.webp)", "dog.en.webp is missing"),
        ("![Work](../pictures/work.cs.webp)", "no picture of the guide"),
        ("Open `/nowhere`.", "no page /nowhere"),
        ("Write {{ secret }}.", "{{ secret }}"),
    ],
)
def test_a_chapter_that_names_what_is_not_there_is_not_made(bare_app, monkeypatch, text: str, says: str) -> None:
    monkeypatch.setattr(rendering, "source", lambda lang, name: f"# Title\n\nOne sentence.\n\n## Head\n\n{text}\n")
    with pytest.raises(rendering.Unfit, match=re.escape(says)):
        rendering.page(bare_app, "en", "start")


def test_raw_html_in_a_chapter_is_shown_not_taken(bare_app, monkeypatch) -> None:
    text = "# Title\n\nOne sentence.\n\n## Head\n\n<script>x</script>\n"
    monkeypatch.setattr(rendering, "source", lambda lang, name: text)
    assert "&lt;script&gt;" in rendering.page(bare_app, "en", "start")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chapter_opens_with_its_title_and_all_it_links_to_is_there(read_as, lang: str) -> None:
    browser = read_as("administrator", lang)
    pages = {f"/help/{name}": browser.get(f"/help/{name}") for name in (*EVERY, "glossary")}
    pages["/help"] = browser.get("/help")
    for name in EVERY:
        page = pages[f"/help/{name}"]
        assert page.h1 == source(lang, name).splitlines()[0].removeprefix("# ")
        for href in (a["href"] for a in page.soup.main.find_all("a", href=True)):
            parts = urlsplit(href)
            if parts.path in pages and parts.fragment:
                assert pages[parts.path].soup.find(id=parts.fragment), f"{name}: {href}"
            elif parts.path.startswith("/") and parts.path not in pages:
                browser.get(parts.path)
        for picture in page.soup.main.find_all("img"):
            answer = browser.browser.get(picture["src"])
            assert (answer.status_code, answer.mimetype) == (200, "image/webp")
            assert len(picture["alt"]) > 30


def test_an_address_is_a_link_only_for_whoever_may_open_it(read_as) -> None:
    for role, linked in (("viewer", False), ("administrator", True)):
        main = read_as(role, "en").get("/help/people").soup.main
        assert main.find("code", string="/people") is not None
        assert (main.find("a", href="/people") is not None) is linked


def test_one_walks_through_all_chapters_by_next_and_back_by_previous(read_as) -> None:
    browser = read_as("viewer", "en")
    page, seen = browser.get("/help/start"), ["start"]
    while turn := page.soup.select("nav.turn p:last-child a[href^='/help/']"):
        seen.append(turn[0]["href"].removeprefix("/help/"))
        page = browser.get(turn[0]["href"])
    assert tuple(seen) == CHAPTERS
    assert page.soup.select_one("nav.turn p:first-child a")["href"] == f"/help/{CHAPTERS[-2]}"


def test_there_is_no_chapter_of_another_name(read_as) -> None:
    read_as("viewer").get("/help/monkeys", status=404)


def test_the_contents_lead_to_every_chapter_with_its_first_sentence(read_as) -> None:
    page = read_as("viewer", "cs").get("/help")
    assert [a["href"] for a in page.soup.select("ol.chapters a")] == [f"/help/{name}" for name in CHAPTERS]
    assert "Jak během chvíle zapsat, co je s projektem nebo rámcem nového." in page.text.replace("\u00a0", " ")


def test_the_sizes_of_pictures_are_read_from_their_heads(tmp_path: Path) -> None:
    assert rendering.size(PICTURES / "work.cs.webp") == (1240, 720)
    (tmp_path / "x.webp").write_bytes(json.dumps("no picture at all, only words").encode())
    with pytest.raises(rendering.Unfit, match="no picture"):
        rendering.size(tmp_path / "x.webp")
