"""Everything a person does with open questions: ask one, word it better, settle it by a source, open it again."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.kernel.errors import InvalidInput, NotFound
from portal.kernel.permission import Actor, need, sees
from portal.kernel.record import Record
from portal.kernel.settling import settle
from portal.questions import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.questions.models import Question
from portal.questions.rules import OPEN, SETTLED, problems
from portal.sources.actions import UNSUPPORTED, Support, checked, set_plain, state_all, state_new
from portal.sources.facts import NOTHING, Pair

PLAIN = ("note", "responsible", "reference", "file_mark", "certainty")


def ask_question(
    s: Session, actor: Actor, about: Record, values: Mapping[str, object], support: Support = UNSUPPORTED, *,
    key: str | None = None,
) -> Question:  # fmt: skip
    """Ask what the sources leave open of a record. Units: name (the question), advice and `PLAIN`.

    Raises InvalidInput {unit: code}, Forbidden where the actor may not write in the frameworks of the record.
    """
    if not sees(s, actor, about.id):
        raise NotFound("record")
    question = Question(key=key, about_id=about.id, about=about, state=OPEN)
    need(actor, "question.add", question)
    _check({"name": NOTHING, **values})
    question.rename(values["name"].cs, values["name"].en)
    set_plain(question, PLAIN, values)
    s.add(question)
    s.flush()
    state_new(s, actor, question, facts.QUESTION, values, support)
    settle(s, [question])
    return question


def edit_question(
    s: Session, actor: Actor, question: Question, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Question:
    """Word a question or its advice better, give it to somebody else."""
    need(actor, "question.edit", question)
    check(s, actor, question, values)
    set_plain(question, PLAIN, values)
    state_all(s, actor, question, {f.field: values[f.field] for f in facts.QUESTION if f.field in values}, support)
    settle(s, [question])
    return question


def settle_question(s: Session, actor: Actor, question: Question, answer: Pair, support: Support) -> Question:
    """Answer a question. The answer cites a source: InvalidInput {"source": "answer_without_source"} where `support` has none."""
    need(actor, "question.edit", question)
    found = problems({"state": SETTLED, "answer": answer or None})
    if not support.quotations:
        found["source"] = "answer_without_source"
    if found:
        raise InvalidInput(found)
    state_all(s, actor, question, {"answer": answer, "state": SETTLED}, support)
    settle(s, [question])
    return question


def reopen_question(s: Session, actor: Actor, question: Question, support: Support = UNSUPPORTED) -> Question:
    """Open a question again; the answer given stays among its statements and leads no more."""
    need(actor, "question.edit", question)
    state_all(s, actor, question, {"answer": None, "state": OPEN}, support)
    settle(s, [question])
    return question


def check(s: Session, actor: Actor, question: Question, values: Mapping[str, object]) -> None:
    """What is asked of values before they are written: the rules; and that a question is settled, and opened again, by the
    actions made for it, because an answer needs its source."""
    elsewhere = {unit: "on_its_own_page" for unit in ("state", "answer") if unit in values}
    if elsewhere:
        raise InvalidInput(elsewhere)
    _check(values)


checked("question", check)


def _check(values: Mapping[str, object]) -> None:
    if found := problems(values):
        raise InvalidInput(found)
