"""Everything a person does with frameworks and with the phases of a programme."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from portal.accounts.actions.secrecy import set_secrecy
from portal.frameworks import facts, policy, texts  # noqa: F401  policy declares the permissions, texts registers what is searched
from portal.frameworks.models import Framework, Phase
from portal.frameworks.queries import descendant_ids
from portal.frameworks.rules import problems, problems_of_phase
from portal.kernel.errors import InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.settling import settle
from portal.sources.actions import UNSUPPORTED, Support, checked, misplaced, set_plain, state_all, state_new

PLAIN = ("note", "responsible", "reference", "file_mark", "placeholder", "certainty")
FRAMEWORK_PLAIN = (*PLAIN, "asks_approval")


def add_framework(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Framework:
    """Add a framework. `values` maps units (fact fields, `FRAMEWORK_PLAIN`, confidential, readers) to values of their types.

    Raises InvalidInput {unit: code} where a rule is broken, Forbidden outside the actor's frameworks.
    """
    _check(s, actor, None, values)
    framework = Framework(key=key, parent_id=values.get("parent"))
    need(actor, "framework.add", framework)
    if values.get("asks_approval"):
        need(actor, "framework.ask_approval", framework)
    framework.rename(values["name"].cs, values["name"].en)
    set_plain(framework, FRAMEWORK_PLAIN, values)
    s.add(framework)
    s.flush()
    state_new(s, actor, framework, facts.FRAMEWORK, values, support)
    set_secrecy(s, actor, framework, values)
    settle(s, [framework])
    return framework


def edit_framework(
    s: Session, actor: Actor, framework: Framework, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Framework:
    """Change units of a framework; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "framework.edit", framework)
    check(s, actor, framework, values)
    set_plain(framework, FRAMEWORK_PLAIN, values)
    state_all(s, actor, framework, {f.field: values[f.field] for f in facts.FRAMEWORK if f.field in values}, support)
    set_secrecy(s, actor, framework, values)
    settle(s, [framework])
    return framework


def check(s: Session, actor: Actor, framework: Framework, values: Mapping[str, object]) -> None:
    """What `edit_framework` asks of values before it writes them: the rules, the right to place it elsewhere, and that to
    let its reports be approved or not."""
    _check(s, actor, framework, values)
    if values.get("asks_approval", framework.asks_approval) != framework.asks_approval:
        need(actor, "framework.ask_approval", framework)
    if "parent" in values and values["parent"] != framework.parent_id:
        need(actor, "framework.add", Framework(parent_id=values["parent"]))


def add_phase(
    s: Session, actor: Actor, values: Mapping[str, object], support: Support = UNSUPPORTED, *, key: str | None = None
) -> Phase:
    """Add a phase to the programme `framework`. Raises InvalidInput {unit: code}, Forbidden outside the actor's frameworks."""
    _check_phase(s, actor, None, {"framework": None, **values})
    framework = s.get_one(Framework, values["framework"])
    phase = Phase(key=key, framework_id=framework.id, framework=framework)
    need(actor, "phase.add", phase)
    phase.rename(values["name"].cs, values["name"].en)
    set_plain(phase, PLAIN, values)
    s.add(phase)
    s.flush()
    state_new(s, actor, phase, facts.PHASE, values, support)
    set_secrecy(s, actor, phase, values)
    settle(s, [phase])
    return phase


def edit_phase(
    s: Session, actor: Actor, phase: Phase, values: Mapping[str, object], support: Support = UNSUPPORTED
) -> Phase:
    """Change units of a phase; each changed fact becomes a leading statement resting on `support`."""
    need(actor, "phase.edit", phase)
    check_phase(s, actor, phase, values)
    set_plain(phase, PLAIN, values)
    state_all(s, actor, phase, {f.field: values[f.field] for f in facts.PHASE if f.field in values}, support)
    set_secrecy(s, actor, phase, values)
    settle(s, [phase])
    return phase


def check_phase(s: Session, actor: Actor, phase: Phase, values: Mapping[str, object]) -> None:
    """What `edit_phase` asks of values before it writes them: the rules, and the right to put it under another programme."""
    _check_phase(s, actor, phase, values)
    if values.get("framework", phase.framework_id) != phase.framework_id:
        need(actor, "phase.add", Phase(framework=s.get_one(Framework, values["framework"])))


checked("framework", check)
checked("phase", check_phase)


def _check_phase(s: Session, actor: Actor, phase: Phase | None, values: Mapping[str, object]) -> None:
    found = problems_of_phase(values) | misplaced(s, actor, facts.PHASE, values)
    if found:
        raise InvalidInput(found)


def _check(s: Session, actor: Actor, framework: Framework | None, values: Mapping[str, object]) -> None:
    whole = dict(values)
    if framework is not None:
        whole["id"] = framework.id
        for unit in ("launched", "signed", "ended"):
            whole.setdefault(unit, getattr(framework, unit))
    found = problems(whole) | misplaced(s, actor, facts.FRAMEWORK, values)
    if framework is not None and values.get("parent") in descendant_ids(s, framework.id):
        found["parent"] = "part_of_itself"
    if found:
        raise InvalidInput(found)
