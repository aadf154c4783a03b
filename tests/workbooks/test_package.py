"""The file as a package: equal bytes for equal data, properties, no trace of the clock."""

from __future__ import annotations

import io
import time
from zipfile import ZipFile

import pytest

from portal.web.i18n import speaking
from portal.workbooks.writer import Book
from tests.workbooks import toy


def test_the_same_data_and_moment_give_the_same_bytes():
    first, _table = toy.written(toy.ROWS)
    time.sleep(2.1)  # a zip keeps times to two seconds
    second, _table = toy.written(toy.ROWS)
    assert first == second


def test_other_data_give_other_bytes():
    changed = [*toy.ROWS[:-1], toy.row(6, name="jiná")]
    assert toy.written(toy.ROWS)[0] != toy.written(changed)[0]


def test_no_entry_carries_a_time_or_rights():
    with ZipFile(io.BytesIO(toy.written(toy.ROWS)[0])) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in package.infolist()} == {0o600}
        assert package.testzip() is None


def test_properties_say_what_it_is_and_when():
    about = toy.read(toy.written(toy.ROWS)[0]).properties
    assert (about.title, about.subject, about.creator, about.language) == ("Hračky", "zkouška", "Portál", "cs")
    assert about.created == about.modified == toy.AT.replace(tzinfo=None)


def test_the_change_it_stands_after_is_kept_for_the_way_back():
    kept = toy.read(toy.written(toy.ROWS)[0]).custom_doc_props
    assert kept["portal_change"].value == 7


def test_a_workbook_without_sheets_is_refused():
    with speaking("cs"), pytest.raises(ValueError, match="at least one sheet"):
        Book("x", "cs", toy.AT).save()
