"""Which of two languages is older, and what is amiss with a text."""

from __future__ import annotations

import json
import subprocess

import pytest

from portal.config import ROOT
from portal.donor_workbooks.rules.limits import COUNTINGS, count
from portal.kernel.pairs import older
from portal.report_texts.rules import amiss, languages_of


@pytest.mark.parametrize(
    ("states", "told"),
    [
        ([(1, "a", "", False)], None),
        ([(1, "a", "", False), (2, "a", "b", False)], None),
        ([(1, "a", "", False), (2, "a", "b", False), (3, "aa", "b", False)], "en"),
        ([(1, "a", "b", False), (2, "a", "bb", False)], "cs"),
        ([(1, "a", "b", False), (2, "aa", "b", False), (3, "aa", "b", True)], None),
        ([(1, "a", "b", False), (2, "aa", "b", True), (3, "aaa", "b", False)], "en"),
        ([(1, "a", "b", False), (2, "aa", "", False)], None),
        ([(1, "a", "b", False), (2, "aa", "", True), (3, "aa", "b", False)], None),
    ],
)
def test_the_language_changed_before_the_other_is_older_unless_somebody_said_both_say_the_same(states, told) -> None:
    assert older(states) == told


def test_a_text_asked_for_is_missing_in_each_language_it_is_needed_in() -> None:
    both, czech = languages_of("en"), languages_of("cs")
    assert languages_of(None) == both == ("cs", "en") and czech == ("cs",)
    assert amiss({"cs": "", "en": ""}, True, both, None, set()) == [("missing", "cs"), ("missing", "en")]
    assert amiss({"cs": "", "en": ""}, False, both, None, set()) == []
    assert amiss({"cs": "a", "en": ""}, False, both, None, {"cs"}) == [("missing", "en"), ("over", "cs")]
    assert amiss({"cs": "a", "en": "b"}, True, both, "en", set()) == [("behind", "en")]
    assert amiss({"cs": "a", "en": "b"}, True, czech, "en", set()) == []


@pytest.mark.needs("node")
def test_the_page_counts_as_the_server_does(tmp_path) -> None:
    texts = ["", "Příliš žluťoučký kůň", "jeden\ndva\n\ntři", "🙂 a é", "  mezery  uvnitř "]
    source = (ROOT / "portal/web/static/counts.js").read_text(encoding="utf-8")
    script = tmp_path / "count.mjs"
    script.write_text(
        f"{source[: source.index('const language')]}\n"
        f"console.log(JSON.stringify({json.dumps(texts)}.map((one) => Object.values(ways).map((way) => way(clean(one))))));\n"
        "console.error(Object.keys(ways).join(' '));\n"
    )
    ran = subprocess.run(["node", str(script)], capture_output=True, text=True, check=True)
    assert ran.stderr.split() == list(COUNTINGS)
    assert json.loads(ran.stdout) == [[count(one.strip(), way) for way in COUNTINGS] for one in texts]
