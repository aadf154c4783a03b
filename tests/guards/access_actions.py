"""Every action asks for its permission before it does anything: read from the source, so that none is forgotten."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

OPEN = {
    "accounts.sessions.admit": "strangers sign in",
    "accounts.sessions.refuse": "strangers sign in",
    "accounts.sessions.forgive": "follows a right password",
    "accounts.sessions.sign_in": "follows a right password",
    "accounts.sessions.sign_out": "whoever holds the token may end it",
    "accounts.sessions.touch_session": "whoever holds the token uses it",
    "accounts.founding.found_accounts": "only where nobody has an account; the actor is the system",
}
"""Actions that ask nobody, with the reason."""

INNER = {
    "accounts.log.write": "beside what it tells of",
    "accounts.readers.keep_confidential": "ends the action that made the record confidential",
    "accounts.sessions.end_sessions": "part of disabling and of new passwords",
    "desk.erasing.erase_talk": "part of deleting the data of a contact",
    "desk.notices.notify": "part of commenting",
    "desk.notices.notify_no_more": "part of keeping a contact for longer",
    "desk.notices.tell_of_change": "follows the commit of a change, in a transaction of its own",
    "funding.marks.remark": "part of booking and of editing",
    "sources.erasing.erase_statements": "part of deleting the data of a contact",
    "sources.deciding.check_values": "writes nothing: asks the rules beside it",
    "sources.upholding.uphold": "writes nothing: asks the rules, for an undo that has asked",
    "obligations.planning.plan": "part of laying down an obligation and of changing it",
    "progress.reporting.take_effect": "part of approving",
    "progress.telling.tell_approvers": "part of submitting",
    "funding.superseding.problem_of_superseding": "writes nothing: a rule of the actions beside it",
    "merging.moving.return_followers": "part of separating",
    "merging.promising.promised": "keeps nothing: asks what the action it is given, which asks, would come to",
    "questions.check": "writes nothing: a rule of the actions beside it",
    "sources.references.misplaced": "writes nothing: a rule of the actions beside it",
    "sources.statements.quote": "part of citing and of deciding",
    "sources.statements.take_lead": "part of stating and of deciding",
    "sources.statements.unseen": "writes nothing: asks what its actor may see",
}
"""Parts of actions, which have asked; no page may call them."""


def files(root: Path = ROOT) -> list[Path]:
    """Every module of actions."""
    found = [*root.glob("portal/*/actions.py"), *root.glob("portal/*/actions/*.py")]
    return sorted(p for p in found if p.name not in ("__init__.py", "passwords.py"))


def unguarded(path: Path, source: str | None = None) -> Iterator[str]:
    """Public functions that take a Session and write, and neither call `need` nor something of this file that does."""
    tree = ast.parse(source or path.read_text())
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    calls = {name: {_called(c) for c in ast.walk(node) if isinstance(c, ast.Call)} for name, node in functions.items()}
    asks = {name for name, called in calls.items() if "need" in called}
    while more := {name for name, called in calls.items() if called & asks} - asks:
        asks |= more
    feature = path.parent.parent.name + "." + path.stem if path.parent.name == "actions" else path.parent.name
    for name, node in functions.items():
        takes_session = bool(node.args.args) and node.args.args[0].arg == "s"
        if name.startswith("_") or not takes_session or name in asks or f"{feature}.{name}" in {*OPEN, *INNER}:
            continue
        if len(node.args.args) > 1 and node.args.args[1].arg == "actor":
            yield f"{feature}.{name} never asks need(actor, …)"
        elif _writes(node):
            yield f"{feature}.{name} writes and knows no actor"


def called_by_pages(root: Path = ROOT) -> Iterator[str]:
    """Pages that call a part of an action past the action."""
    parts = {name.rpartition(".")[2] for name in INNER}
    for path in sorted([*root.glob("portal/*/views.py"), *root.glob("portal/*/views/*.py")]):
        for call in (c for c in ast.walk(ast.parse(path.read_text())) if isinstance(c, ast.Call)):
            of = call.func.value if isinstance(call.func, ast.Attribute) else None
            if _called(call) in parts and (of is None or (isinstance(of, ast.Name) and of.id == "actions")):
                yield f"{path.relative_to(root)} calls {_called(call)}, which asks for no permission"


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _writes(node: ast.FunctionDef) -> bool:
    """Whether the session is told to add, delete or flush anything, or executes an INSERT, UPDATE or DELETE."""
    for call in (c for c in ast.walk(node) if isinstance(c, ast.Call)):
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "s":
            if call.func.attr in ("add", "add_all", "delete", "flush", "merge"):
                return True
        if _called(call) in ("insert", "update", "delete") and isinstance(call.func, ast.Name):
            return True
    return False
