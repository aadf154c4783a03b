"""The list of open questions."""

from __future__ import annotations

from sqlalchemy import exists
from sqlalchemy.orm import aliased

from portal.kernel.record import Record
from portal.kernel.search import matching
from portal.portfolio import choices
from portal.projects.queries import country_choices, of_country, of_framework
from portal.questions.models import Question
from portal.questions.queries import questions, told
from portal.sources.queries import certainty, names_where, responsible
from portal.web.i18n import lazy_gettext as _l
from portal.web.listing import Choice, Listing, Search, Sort
from portal.web.listing.values import archived, coded

About = aliased(Record, name="asked_about")


def _asked_about(v) -> list[tuple[object, str]]:
    return names_where(v, Record, exists().where(Question.about_id == Record.id, told(v.actor)))


QUESTIONS = Listing(
    filters=(
        Search("q", _l("Search questions"), lambda text, v: matching(v.s, v.actor, text, Question.id)),
        Choice("state", _l("State"), coded("question_states"), lambda c, v: Question.state == c),
        Choice("framework", _l("Framework"), choices.frameworks, lambda i, v: of_framework(v.actor, Question.about_id, int(i))),
        Choice("about", _l("About"), _asked_about, lambda i, v: Question.about_id == int(i)),
        Choice("country", _l("For the country"), country_choices, lambda i, v: of_country(v.actor, Question.about_id, int(i))),
        certainty(Question),
        responsible(Question),
        archived(Question),
    ),
    sorts=(
        Sort("asked", _l("Question"), lambda v: [Question.id]),
        Sort("about", _l("About"), lambda v: [About.order_cs if v.lang == "cs" else About.order_en]),
    ),
    key=Question.id,
)  # fmt: skip


def select_questions(actor):
    """Visible questions joined to what they are about, to be ordered by its name."""
    return questions(actor).join(About, About.id == Question.about_id)
