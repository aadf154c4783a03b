"""Every page is valid HTML by a checker that knows what may stand in what: html-validate, its standard rules."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests import machine
from tests.machine import where
from tests.states import awkward_states, empty_states

pytestmark = pytest.mark.needs("html")
RULES = Path(__file__).parent / "html-validate.json"


def faults(folder: Path) -> list[str]:
    """What the checker finds in the files of a folder."""
    ran = subprocess.run(
        [where("html"), "--config", RULES, "--formatter", "json", folder], capture_output=True, text=True, check=False
    )
    assert ran.stdout, ran.stderr
    return [
        f"{Path(file['filePath']).stem} line {one['line']}: {one['ruleId']}: {one['message']}"
        for file in json.loads(ran.stdout)
        for one in file["messages"]
    ]


@pytest.mark.parametrize("lang", ["cs", "en"] if machine.prove() else ["cs"])  # the templates are the same in both
@pytest.mark.one_engine("postgresql")  # browser tests ask them on SQLite
def test_every_answer_to_a_form_and_every_awkward_page_is_valid_html(
    seeded_app, seeded_engine, app, engine, tmp_path, lang
) -> None:
    states = [*awkward_states(seeded_app, seeded_engine, lang), *empty_states(app, engine, lang)]
    for n, state in enumerate(states):
        (tmp_path / f"{n}_.html").write_bytes(state.html)
    found = [f"{states[int(fault.split('_')[0])].name} {fault}" for fault in faults(tmp_path)]
    assert len(states) > 70
    assert not found, "\n".join(found)


def test_error_pages_are_valid_html(seeded_as, tmp_path) -> None:
    browser = seeded_as("viewer")
    for status, path in ((404, "/projects/999999"), (403, "/people"), (422, "/as-of?day=kdysi")):
        answer = browser.browser.get(path)
        assert answer.status_code == status
        (tmp_path / f"{status}.html").write_bytes(answer.data)
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p>a<div>b</div></p>", "close-order"),
        ('<form action=""><button type="submit">x</button></form>', "attribute-allowed-values"),
        ('<input id="a"><input id="a">', "no-dup-id"),
        ("<ul><p>x</p></ul>", "element-permitted-content"),
        ('<div align="left">x</div>', "no-deprecated-attr"),
    ],
)
def test_the_checker_finds_what_is_wrong(tmp_path, body, rule) -> None:
    page = f'<!doctype html><html lang="cs"><head><title>x</title></head><body>{body}</body></html>'
    (tmp_path / "planted.html").write_text(page)
    assert any(f": {rule}:" in fault for fault in faults(tmp_path))
