"""The forms of an open question: asking and wording it, and settling it by a source."""

from __future__ import annotations

from wtforms.validators import ValidationError

from portal.kernel.permission import Actor
from portal.questions.models import Question
from portal.sources.forms import FactsForm, PlainForm, say
from portal.web.forms import AreaField, pair
from portal.web.i18n import _
from portal.web.i18n import lazy_gettext as _l

say(
    {
        "question_missing": _l("Write what is open."),
        "answer_missing": _l("Write the answer, or leave the question open."),
        "on_its_own_page": _l("A question is settled, and opened again, on its own page."),
        "answer_without_source": _l("Name the source of the answer: a question is settled only by a source."),
    }
)


class QuestionForm(PlainForm):
    """Asking a question about a record, and wording one better."""

    name_cs, name_en = pair(_l("What is open"), AreaField, rows=3, limit=1000, required=True)
    advice_cs, advice_en = pair(_l("What to mind until it is settled"), AreaField, rows=2)

    def offer(self, s, actor: Actor, question: Question | None = None) -> None:
        """Colleagues and sources. A question is hidden with what it is about, and is no thing a source counts."""
        self.offer_people(s, actor, question, may_hide=False)
        del self.placeholder
        self.offer_sources(s, actor)


class SettleForm(FactsForm):
    """Answering a question. The source is required."""

    cites_unchanged = True
    answer_cs, answer_en = pair(_l("Answer"), AreaField, required=True)

    def validate_source(self, field) -> None:
        super().validate_source(field)
        if not self.names_source and not field.errors and not field.text:
            raise ValidationError(_("Name the source of the answer: a question is settled only by a source."))
