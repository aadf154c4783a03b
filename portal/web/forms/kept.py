"""What somebody typed into a form that could not be taken, told by the labels of that form.

The page the form was sent from is not asked: a browser sends names, and what they mean is known here. The form is found
among the forms of the feature whose address was asked: the one that holds most of the names sent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from portal.web.forms.base import Form
from portal.web.forms.records import RecordField, RecordsField
from portal.web.forms.texts import SecretField, printable

Told = tuple[str, str]  # label, what was typed or chosen


def sendable(sent: MultiDict) -> list[tuple[str, str]]:
    """Names and values that a page may carry on, to be sent again: all but tokens and secrets of any form."""
    secret = {field.short_name for form in _forms(None) for field in form if isinstance(field, SecretField)}
    left_out = secret | {"csrf_token"}
    return [
        (name, value)
        for name, values in sent.lists()
        for value in values
        if name not in left_out and "password" not in name
    ]


def told(sent: MultiDict, feature: str | None) -> list[Told]:
    """Label and text of everything typed or chosen, in the order of the form; empty where no form knows the names.

    Records chosen from a list are left out: their names are for those who may see them.
    """
    names = {name for name, value in sendable(sent) if value}
    form = _meant(names, feature)
    if form is None:
        return []
    fields = [(f, [text for text in sent.getlist(f.name) if text]) for f in form.own_fields() if f.name in names]
    pairs = [(str(f.label.text), _words(f, texts, sent)) for f, texts in fields]
    pairs += [(str(label), _amount(name, [sent[name]], sent)) for name, label in form.later.items() if name in names]
    return [(label, words) for label, words in pairs if words]


def _meant(names: set[str], feature: str | None) -> Form | None:
    """The form that holds most of the names; of those that hold as many, the shortest."""

    def fit(form: Form) -> tuple[int, int]:
        return len(names & {*form._fields, *form.later}), -len(form._fields)

    for among in (feature, None):
        best = max(_forms(among), key=fit, default=None)
        if best is not None and fit(best)[0]:
            return best
    return None


def _forms(feature: str | None) -> Iterator[Form]:
    """An empty form of each class a feature declares (None: of all)."""
    for declared in sorted(_declared(Form), key=lambda one: (one.__module__, one.__name__)):
        if feature is None or feature in declared.__module__.split("."):
            yield declared(formdata=None, meta={"csrf": False})


def _declared(form: type[Form]) -> set[type[Form]]:
    """The forms that stand in modules; those made for a single answer are not declared anywhere."""
    found = set()
    for below in form.__subclasses__():
        if getattr(sys.modules.get(below.__module__), below.__name__, None) is below:
            found.add(below)
        found |= _declared(below)
    return found


def _words(field, texts: list[str], sent: MultiDict) -> str:
    """What the field would show of the texts."""
    if field.layout == "check":
        return "✓"
    if isinstance(field, (RecordField, RecordsField)):
        texts = [text for text in texts if not text.isdigit()]  # what was typed to find a record, not its id
    elif hasattr(field, "options"):
        labels = {code: label for code, label, _chosen in field.options()}
        texts = [str(labels[text]) for text in texts if text in labels]
    return _amount(field.name, texts, sent)


def _amount(name: str, texts: list[str], sent: MultiDict) -> str:
    """The texts of a field, the currency behind an amount."""
    return " ".join(filter(None, map(printable, (", ".join(texts), sent.get(f"{name}-currency", "")))))
