"""Source marks, and the styles they and all templates stand on."""

from __future__ import annotations

import re

import pytest

from portal.web.i18n import speaking
from portal.web.marks import Marks
from tests.machine import ROOT

HOOKS = {"chart-key", "no-inline-styles", "plain", "results", "sources", "srcs-entry", "two--pair"}
"""Classes that only name a thing: for scripts, for tests, or for rules of a descendant."""


def test_marks_number_from_one_in_the_order_they_appear():
    marks = Marks()
    first = marks.note("a", title="A", certainty="document")
    second = marks.note("b", title="B", certainty="public")
    assert (first.number, second.number, marks.note("a", title="A", certainty="document").number) == (1, 2, 1)
    assert [mark.title for mark in marks.entries] == ["A", "B"]
    with speaking("cs"):
        assert second.spoken == "Zdroj 2, veřejný zdroj"


def test_a_fact_without_a_source_has_no_mark():
    marks = Marks()
    assert marks.note("a", title="A", certainty="uncited") is None and marks.entries == []


def test_a_mark_nobody_can_draw_is_refused():
    with pytest.raises(ValueError):
        Marks().note("a", kind="hearsay", title="A", certainty="public")


def test_every_class_of_a_template_has_a_style():
    styled = set(HOOKS)
    for path in (ROOT / "portal/web/static").glob("*.css"):
        styled |= set(re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)))
    bare = []
    for path, text in templates():
        for words in re.findall(r'\bclass="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"', text):
            names = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", " ¤ ", words).split()
            whole = [n for n in names if re.fullmatch(r"[a-z][\w-]*[a-z0-9]", n) and not n.startswith("field--")]
            bare += [f"{path}: {name}" for name in whole if name not in styled]
    assert not bare, "\n".join(bare)


def test_no_template_writes_a_style_or_a_script_of_its_own():
    inline = re.compile(r"""\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\s(?:src=|type="application/json"))""")
    found = [f"{path}: {one}" for path, text in templates() for one in inline.findall(text)]
    assert not found, "\n".join(found)


def templates():
    """(path, text without comments) of every template."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield path.relative_to(ROOT), re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
