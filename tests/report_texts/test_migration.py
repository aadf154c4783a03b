"""Migrations 0027 and 0028 there and back with data: what was written of a line before is its Czech master."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import select, text

from portal.budgets.models import ReportLine
from portal.config import ROOT
from portal.kernel import transaction
from portal.kernel.pairs import older_of
from portal.ops import checks
from portal.register.models import SentContent
from portal.sources.facts import Pair
from tests.factories import budgets, changing, obligations, register, report_texts
from tests.register.test_recipients import contract_of


def moved(engine, way, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["engine"] = engine
    way(config, revision)


def test_explanations_of_before_are_the_czech_master_and_files_sent_stay(engine) -> None:
    with transaction.unit(engine) as s, changing(s):
        _project, contract, _flows = contract_of(s, 2014)
        budgets.budget(s, contract)
        report = obligations.due_report(s, contract)
        report.state = "in_preparation"
        budgets.say(s, report, "2.1", explanation=Pair("Zasedání v Tbilisi.", "A meeting in Tbilisi."))
        budgets.say(s, report, "2.2", explanation=Pair("", "Trains were dearer."))
        report_texts.text(s, report, "summary", "Výbor zasedal.", "The board met.")
        kept = register.sent(s, obligations.due_report(s, contract))
        number, kept_id = report.id, kept.id
    moved(engine, command.downgrade, "0026")
    with engine.connect() as connection:
        told = text("SELECT code, explanation FROM report_line ORDER BY code")
        assert connection.execute(told).all() == [("2.1", "Zasedání v Tbilisi."), ("2.2", "Trains were dearer.")]
    moved(engine, command.upgrade, "head")
    with transaction.unit(engine) as s:
        rows = {one.code: one for one in s.scalars(select(ReportLine).where(ReportLine.due_report_id == number))}
        assert [(one.explanation_cs, one.explanation_en) for one in rows.values()] == [
            ("Zasedání v Tbilisi.", ""), ("Trains were dearer.", ""),
        ]  # fmt: skip
        assert set(older_of(s, list(rows.values()), "explanation").values()) == {None}
        assert s.get_one(SentContent, kept_id).told == "{}"
    assert not [troubles for _name, troubles in checks.run(engine) if troubles]
