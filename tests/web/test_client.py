"""The client that insists on good pages finds what is wrong with one."""

from __future__ import annotations

import pytest

from tests.client import problems

GOOD = '<!doctype html><html lang="cs"><head><title>Projekty</title></head><body><main><h1>Projekty</h1>{}</main></body></html>'


def test_a_good_page_has_no_problem() -> None:
    assert problems(GOOD.format('<p id="a"><a href="#a">Sem</a> <label>Název <input name="name"></label></p>')) == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ('<p id="a"></p><p id="a"></p>', "id 'a' stands 2 times"),
        ('<input aria-label="Název" aria-describedby="x">', "<input aria-describedby='x'> points nowhere"),
        ('<a href="#x">Tam</a>', "link to '#x' points nowhere"),
        ('<a href="#">Tam</a>', "link 'Tam' leads nowhere"),
        ('<p style="color: red">a</p>', "style attribute on <p>"),
        ("<style>p { color: red }</style>", "inline style sheet"),
        ("<script>run()</script>", "inline script"),
        ('<p onclick="run()">a</p>', "onclick on <p>"),
        ('<input name="name">', "<input name='name'> has no label"),
        ('<label for="n"></label><input id="n" name="name">', "<input name='name'> has no label"),
        ('<a href="/x"></a>', '<a> without a name: <a href="/x"></a>'),
        ('<button><b><a href="/x">Tam</a></b></button>', "<a> inside a link or button"),
        ('<img src="x.png">', "<img src='x.png'> without alt"),
        ("<table><tbody><tr><td>1</td></tr></tbody></table>", "table without caption"),
        ("<fieldset><p>a</p></fieldset>", "fieldset without legend"),
        ("<h2> </h2>", "empty <h2>"),
        ("<h3>Pod ničím</h3>", "h3 follows h1"),
        ("<h1>Podruhé</h1>", "2 h1 instead of one"),
    ],
)
def test_what_is_wrong_is_named(planted, found) -> None:
    assert problems(GOOD.format(planted)) == [found]


def test_what_a_page_must_have_is_missed() -> None:
    assert problems("<!doctype html><html><head><title> </title></head><body></b></body></html>") == [
        "line 1: unexpected-end-tag {'name': 'b'} ".rstrip(),
        "html has no language",
        "no title",
        "0 h1 instead of one",
    ]
