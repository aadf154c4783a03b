"""Comments: the card on a record's page, the page of all of them, editing and withdrawing one's own."""

from __future__ import annotations

import re
from types import SimpleNamespace

from flask import Response, g, url_for
from markupsafe import Markup, escape

from portal.desk import actions, queries
from portal.desk.forms import CommentForm, EditCommentForm, save
from portal.desk.rules import MENTION
from portal.desk.views.blueprint import bp, colleagues, record_of
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, NotFound, Refused
from portal.kernel.permission import need
from portal.kernel.record import Record
from portal.web import formats, page
from portal.web.access import may_write, needs
from portal.web.forms import ButtonForm
from portal.web.i18n import _
from portal.web.links import record_url

LATEST = 5
"""How many comments the page of a record shows."""


@bp.route("/records/<int:record_id>/comments", methods=["GET", "POST"])
@needs("comment.add", tells=True)
def comments(record_id: int) -> Response:
    s, who, record = page.session(), page.actor(), record_of(record_id)
    form = CommentForm()
    form.offer(colleagues(record_id), who.person_id)
    if form.validate_on_submit():
        try:
            with page.writing():
                made = actions.add_comment(s, who, record, form.units()["comment"])
        except (InvalidInput, Refused) as error:
            form.refuse(error)
        else:
            page.flash(_("The comment is added."))
            return page.redirect_back(_place(record, made.id))
    found, number = queries.comments_of(s, who, record_id)
    return page.render(
        "desk/comments.html", form=form, record=record, profile=record_url(record), comments=found, number=number
    )


@bp.route("/comments/<int:comment_id>/edit", methods=["GET", "POST"])
@needs("comment.edit")
def edit_comment(comment_id: int) -> Response:
    s, who = page.session(), page.actor()
    comment = _comment(comment_id)
    record = record_of(comment.record_id)
    form = EditCommentForm(data={"comment": comment.text, "version": comment.version})
    form.offer(colleagues(record.id), who.person_id)
    place = _place(record, comment.id)
    if form.validate_on_submit():
        saved = save(
            form, comment, lambda: {"comment": comment.text}, lambda version: queries.comment_then(s, comment, version),
            lambda values: actions.edit_comment(s, who, comment, values["comment"]),
            title=_("Edit a comment"), cancel=place,
        )  # fmt: skip
        if saved is True:
            page.flash(_("The comment is changed; it is marked as edited."))
            return page.redirect_back(place)
        if saved:
            return saved
    return page.render("desk/edit_comment.html", form=form, record=record, comment=comment, place=place)


@bp.route("/comments/<int:comment_id>/withdraw", methods=["GET", "POST"])
@needs("comment.edit")
def withdraw_comment(comment_id: int) -> Response:
    comment, form = _comment(comment_id), ButtonForm()
    record = record_of(comment.record_id)
    if form.validate_on_submit():
        with page.writing():
            actions.withdraw_comment(page.session(), page.actor(), comment)
        page.flash(_("The comment is withdrawn."))
        return page.redirect_back(_place(record, comment.id))
    return page.render(
        "desk/withdraw_comment.html", form=form, record=record, comment=comment, place=_place(record, comment.id)
    )


def _comment(comment_id: int):
    found = queries.comment(page.session(), page.actor(), comment_id)
    if found is None:
        raise NotFound("comment", id=comment_id)
    need(page.actor(), "comment.edit", found)
    return found


def _place(record: Record, comment_id: int) -> str:
    """Where a comment stands: on the page of all comments of its record."""
    return url_for("desk.comments", record_id=record.id, _anchor=f"comment-{comment_id}")


def desk_of(record: Record) -> SimpleNamespace:
    """What the page of a record shows of the desk (template global): its latest comments, the form of a new one, its open
    tasks. Asked once a request."""
    known = g.setdefault("desk", {})
    if record.id not in known:
        s, who = page.session(), page.actor()
        found, number = queries.comments_of(s, who, record.id, LATEST)
        form = None
        if may_write("comment.add", record):
            form = CommentForm(formdata=None)
            form.offer(colleagues(record.id), who.person_id)
        tasks = queries.tasks_of(s, who, record.id)
        known[record.id] = SimpleNamespace(comments=found, number=number, form=form, tasks=tasks, today=clock.today())
    return known[record.id]


def mentions(text: str, record_id: int) -> Markup:
    """A text with its line ends kept and the colleagues it mentions marked by their names (template global)."""
    names = {one.login: one.name for one in colleagues(record_id)}

    def one(found: re.Match[str]) -> Markup | str:
        name = names.get(found[1].lower())
        return Markup('<b class="mention">@{}</b>').format(name) if name else escape(found[0])

    made = []
    for line in text.split("\n"):
        parts, at = [], 0
        for found in MENTION.finditer(line):
            parts += [escape(formats.nbsp(line[at : found.start()])), one(found)]
            at = found.end()
        made.append(Markup("").join([*parts, escape(formats.nbsp(line[at:]))]))
    return Markup("<br>").join(made)
