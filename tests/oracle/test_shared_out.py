"""A proof that was stopped goes on where it was; what another program or a broken line says is compared again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.oracle import shared_out
from tests.oracle.shared_out import ROOT, _edition, agreed_before, compare

pytestmark = pytest.mark.one_engine
FILTERS = [(frozenset({"country"}), n) for n in range(6)]


class Judge:
    """Stands for `Compared`: disagrees on the filters given."""

    def __init__(self, *wrong: int) -> None:
        self.wrong, self.seen = wrong, []
        self.engine = SimpleNamespace(dispose=lambda: None)
        self.asked, self.met, self.disagreed = Counter(), Counter(), []

    def count(self, used, asked) -> None:
        self.asked[used] += 1
        self.met[used] += 1

    def compare(self, number, used, asked) -> None:
        self.count(used, asked)
        if number in self.wrong:
            self.disagreed.append(f"{number} differs")


def test_a_second_run_compares_only_what_did_not_agree_and_counts_all(tmp_path: Path) -> None:
    told = tmp_path / "var" / "compared.txt"
    first = Judge(4)
    assert compare(first, FILTERS, 2, told) == 0
    assert first.disagreed == ["4 differs"] and sum(first.asked.values()) == sum(first.met.values()) == 6
    second = Judge()
    assert compare(second, FILTERS, 2, told) == 5
    assert not second.disagreed and sum(second.asked.values()) == 6
    assert agreed_before(told, _edition(ROOT)) == set(range(6))


def test_what_another_program_found_or_a_line_cut_short_says_is_not_believed(tmp_path: Path) -> None:
    told = tmp_path / "compared.txt"
    assert agreed_before(told, "one") == set()
    told.write_text("one\n0 agreed\n1 differs\n12 agreed\n3 agr", "utf-8")
    assert agreed_before(told, "one") == {0, 12}
    assert agreed_before(told, "other") == set()


def test_a_fork_that_dies_is_told_with_the_way_it_ended(tmp_path: Path, monkeypatch) -> None:
    judge = Judge()
    monkeypatch.setattr(shared_out, "_share", lambda *given: (_ for _ in ()).throw(SystemExit(7)))
    with pytest.raises(RuntimeError, match="ended with 7"):
        compare(judge, FILTERS, 1, tmp_path / "compared.txt")
