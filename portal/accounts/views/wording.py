"""The security log in words."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from portal.accounts import queries
from portal.accounts.forms import ROLE_NAMES
from portal.kernel.permission import Actor
from portal.web.i18n import _, lang, ngettext
from portal.web.i18n import lazy_gettext as _l

WHAT = {
    "person_added": _l("account made"),
    "person_edited": _l("rights changed"),
    "person_disabled": _l("account disabled"),
    "person_enabled": _l("account enabled"),
    "password_set": _l("new password given"),
    "password_changed": _l("own password changed"),
    "signed_in": _l("signed in"),
    "sign_in_failed": _l("sign-in failed"),
    "sign_in_blocked": _l("sign-in blocked for a quarter of an hour"),
    "signed_out": _l("signed out"),
    "reader_named": _l("named for a confidential record"),
    "reader_unnamed": _l("no longer named for a confidential record"),
}


def story(s: Session, actor: Actor, entries: Sequence) -> list[dict]:
    """Entries for the macro `hist`: at, who, what, why. Names of records the actor may not see are left out."""
    names = queries.names(s, [e.actor_id for e in entries])
    frameworks = {i: name for i, name, _depth in queries.framework_tree(s, actor, lang())}
    return [
        {
            "at": entry.at,
            "who": names.get(entry.actor_id)
            or (entry.login if entry.actor_id is None and _own(entry) else _("system")),
            "what": str(WHAT[entry.what]),
            "why": "; ".join(_details(json.loads(entry.detail or "{}"), frameworks)),
        }
        for entry in entries
    ]


def _own(entry) -> bool:
    return entry.what in ("signed_in", "signed_out", "sign_in_failed", "sign_in_blocked")


def _details(detail: dict, frameworks: dict[int, str]) -> list[str]:
    said = []
    if "role" in detail:
        said.append(_("role: %(change)s", change=_arrow(detail["role"], lambda r: str(ROLE_NAMES.get(r, r)))))
    if "everywhere" in detail:
        said.append(_("in all frameworks: %(change)s", change=_arrow(detail["everywhere"], _yes)))
    if detail.get("frameworks"):
        given = detail["frameworks"]
        change = given if isinstance(given[0], list) else [[], given]
        said.append(_("frameworks: %(change)s", change=_arrow(change, lambda ids: _names(ids, frameworks))))
    if detail.get("sessions_ended"):
        n = detail["sessions_ended"]
        said.append(ngettext("%(num)s session ended", "%(num)s sessions ended", n))
    if detail.get("address"):
        said.append(_("from the address %(address)s", address=detail["address"]))
    return said


def _arrow(change, words) -> str:
    return f"{words(change[0])} → {words(change[1])}" if isinstance(change, list) else words(change)


def _yes(value: bool) -> str:
    return _("yes") if value else _("no")


def _names(ids: list[int], frameworks: dict[int, str]) -> str:
    if not ids:
        return _("no framework")
    known = [frameworks[i] for i in ids if i in frameworks]
    hidden = len(ids) - len(known)
    if hidden:
        known.append(ngettext("%(num)s confidential", "%(num)s confidential", hidden))
    return ", ".join(known)
