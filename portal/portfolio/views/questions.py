"""The list of open questions and the page of one."""

from __future__ import annotations

from flask import request

from portal.kernel.errors import NotFound
from portal.portfolio.listings.questions import QUESTIONS, select_questions
from portal.portfolio.queries.profiles import of_question
from portal.portfolio.views.blueprint import bp
from portal.questions import queries
from portal.web import page
from portal.web.access import needs
from portal.web.marks import Marks


@bp.get("/questions")
@needs("question.read")
def questions():
    s, actor = page.session(), page.actor()
    v = QUESTIONS.open(s, actor, request.args, page.lang())
    rows = queries.lines(s, actor, v.rows(select_questions(actor)))
    return page.render("portfolio/questions.html", v=v, rows=rows)


@bp.get("/questions/<int:question_id>")
@needs("question.read")
def question(question_id: int):
    s, actor = page.session(), page.actor()
    found = queries.question(s, actor, question_id)
    if found is None:
        raise NotFound("question", id=question_id)
    return page.render("portfolio/question.html", marks=Marks(), **of_question(s, actor, found))
