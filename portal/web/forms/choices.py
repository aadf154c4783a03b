"""Fields of choice: one code, several codes, yes or no, the traffic light."""

from __future__ import annotations

from wtforms.validators import ValidationError

from portal.kernel import codes
from portal.web.formats import upper_first
from portal.web.forms.texts import Base
from portal.web.i18n import _, lang
from portal.web.i18n import lazy_gettext as _l

AUTOMATIC = object()
NOT_STATED, CHOOSE, NOT_RATED = _l("not stated"), _l("Choose…"), _l("Not rated")


def lights() -> list[tuple[str, str]]:
    """The traffic lights by their code list."""
    return [(code, upper_first(label)) for code, label in codes.choices("lights", lang())]


class ChoiceField(Base):
    """One code of a list. `choices`: [(code, label)] or a callable without arguments; `offer()` sets them in a view.

    The first line is empty: "not stated", or "Choose…" where a value is required; `blank` gives other words, and
    `blank=None` none (the first choice is then preselected). Data is the code or None. `layout` is "select" or "radio".
    """

    layout = "select"

    def __init__(self, label=None, validators=None, *, choices=(), blank=AUTOMATIC, layout=None, **kwargs):
        super().__init__(label, validators, **kwargs)
        self._choices = choices
        self.blank = (CHOOSE if self.required else NOT_STATED) if blank is AUTOMATIC else blank
        self.layout = layout or self.layout
        self.raw = None
        self.groups: dict[str, str] = {}

    def offer(self, choices) -> None:
        self._choices = list(choices)

    def offer_groups(self, groups) -> None:
        """Offer long lists in groups, [(what they are about, [(code, label), …])]; they can be narrowed by typing."""
        listed = [(about, list(choices)) for about, choices in groups]
        self.offer(choice for _about, choices in listed for choice in choices)
        self.groups = {str(code): str(about) for about, choices in listed for code, _label in choices}

    def option_groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """`options` in their groups; those of none by themselves."""
        found: dict[str, list[tuple[str, str, bool]]] = {}
        for row in self.options():
            found.setdefault(self.groups.get(row[0], ""), []).append(row)
        return list(found.items())

    @property
    def choices(self) -> list[tuple[str, str]]:
        made = self._choices() if callable(self._choices) else self._choices
        return [(str(code), str(label)) for code, label in made]

    def options(self) -> list[tuple[str, str, bool]]:
        """(code, label, chosen), the blank one first."""
        chosen = self.raw if self.raw is not None else ("" if self.data is None else str(self.data))
        rows = [] if not self.blank else [("", str(self.blank), chosen == "")]
        return rows + [(code, label, code == chosen) for code, label in self.choices]

    def process_data(self, value) -> None:
        self.data = None if value in (None, "") else str(value)

    def process_formdata(self, valuelist) -> None:
        if valuelist:
            self.raw = valuelist[0]
            self.data = valuelist[0] or None

    def pre_validate(self, form) -> None:
        super().pre_validate(form)
        if self.data is not None and self.data not in dict(self.choices):
            raise ValidationError(_("Choose one of the values of the list."))

    def _value(self) -> str:
        return self.data or ""


class LightField(ChoiceField):
    """The traffic light: a person's judgement. Codes `ok`, `warn`, `bad`; None is "not rated"."""

    layout = "lights"

    def __init__(self, label=None, validators=None, **kwargs):
        kwargs.setdefault("choices", lights)
        kwargs.setdefault("blank", NOT_RATED)
        super().__init__(label, validators, **kwargs)

    def options(self) -> list[tuple[str, str, bool]]:
        """ "Not rated" stands last: it is no judgement."""
        rows = super().options()
        return [*rows[1:], rows[0]] if self.blank else rows


class ChoicesField(Base):
    """Several codes of a list, as checkboxes. Data is a list of codes in the order of the list."""

    layout = "checks"

    def __init__(self, label=None, validators=None, *, choices=(), **kwargs):
        super().__init__(label, validators, **kwargs)
        self._choices = choices

    offer = ChoiceField.offer
    choices = ChoiceField.choices

    def options(self) -> list[tuple[str, str, bool]]:
        return [(code, label, code in (self.data or [])) for code, label in self.choices]

    def process_data(self, value) -> None:
        self.data = [str(one) for one in value or ()]

    def process_formdata(self, valuelist) -> None:
        self.data = list(dict.fromkeys(one for one in valuelist if one))

    def pre_validate(self, form) -> None:
        super().pre_validate(form)
        known = [code for code, _label in self.choices]
        if any(code not in known for code in self.data):
            raise ValidationError(_("Choose only values of the list."))
        self.data = [code for code in known if code in self.data]

    def _value(self) -> str:
        return ""


class CheckField(Base):
    """Yes or no."""

    layout = "check"

    def process_data(self, value) -> None:
        self.data = bool(value)

    def process_formdata(self, valuelist) -> None:
        self.data = bool(valuelist and valuelist[0] not in ("", "0"))

    @property
    def empty(self) -> bool:
        return not self.data

    def _value(self) -> str:
        return "1"
