"""A file is made for an actor from whom exactly the hidden records are hidden: that hides what rights hide, and no more."""

from __future__ import annotations

from sqlalchemy import select

from portal.kernel import transaction
from portal.kernel.db import db
from portal.kernel.permission import Actor, open_to, unseen_by
from portal.kernel.record import Record
from portal.register.making import seen_by
from tests.factories import changing, frameworks, funding
from tests.register.sending import words
from tests.register.test_recipients import PATH, contract_of, scene  # noqa: F401


def test_a_secret_elsewhere_takes_nothing_out_of_a_file(engine, scene, client_as) -> None:  # noqa: F811
    with transaction.unit(engine) as s, changing(s):
        funding.project(s, "Tajný", framework=frameworks.framework(s, "Jinde"), confidential=True)
    told = words(client_as("reporting_officer", lang="cs").get(PATH.format(**scene)).soup.main)
    assert "2 z 6 řádků" in told, "two payments, of which nobody said who paid them"


def test_hidden_by_name_is_what_is_hidden_by_rights_for_every_reference(s) -> None:
    contract_of(s, 2014)
    funding.project(s, "Tajný", framework=frameworks.framework(s, "Jinde"), confidential=True)
    s.flush()
    viewer = Actor(0, "x", "viewer")
    named = seen_by(viewer, unseen_by(s, viewer))
    assert named.unseen
    references = [
        column
        for table in db.metadata.sorted_tables
        for column in table.c
        if column.references(Record.__table__.c.id) and not table.name.endswith("_history")
    ]  # fmt: skip
    assert len(references) > 60
    empty = 0
    for column in references:
        rows = [
            s.execute(select(column).where(open_to(actor, column)).order_by(column)).all() for actor in (viewer, named)
        ]
        assert rows[0] == rows[1], column
        empty += any(one is None for (one,) in rows[0])
    assert empty > 3, "some references name nothing"
