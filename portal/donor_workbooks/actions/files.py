"""Adding the recipient's file, and saying for which periods it is."""

from __future__ import annotations

import hashlib
from datetime import date

from sqlalchemy.orm import Session

from portal.donor_workbooks.actions.workbooks import unchanged
from portal.donor_workbooks.models import DonorFile, DonorFileBytes, DonorWorkbook
from portal.donor_workbooks.queries import kept
from portal.kernel.errors import N_, InvalidInput
from portal.kernel.permission import Actor, need
from portal.kernel.text import clean
from portal.kernel.transaction import open_change
from portal.workbooks.filling.looking import Look

ENDS = N_("The last day lies before the first one.")
SAME = N_("This very file is file no. %(number)s of the workbook.")
SIGNED = N_("The workbook is signed. Writing into it would break the signature; use a copy without one.")


def add_file(
    s: Session, actor: Actor, workbook: DonorWorkbook, data: bytes, name: str, look: Look,
    valid_from: date, valid_to: date | None,
) -> DonorFile:  # fmt: skip
    """Keep a file of the workbook for reports on periods from `valid_from` to `valid_to`. `look` is what stands in it, made
    before by `filling.process.look_apart`. It begins without a mapping. Raises InvalidInput {file, valid_to}."""
    need(actor, "donor_workbook.edit", workbook)
    digest = hashlib.sha256(data).hexdigest()
    _refuse(valid_from, valid_to)
    same = next((one for one in workbook.files if one.digest == digest), None)
    if same is not None:
        raise InvalidInput({"file": SAME}, number=same.number)
    if look.signed:
        raise InvalidInput({"file": SIGNED})
    held = kept(s, digest)
    if held is None:
        held = DonorFileBytes(digest=digest, data=data, look=look.kept)
        s.add(held)
        s.flush()
    opened = open_change(s)
    assert opened is not None, "files are added within a change"
    made = DonorFile(
        number=max((one.number for one in workbook.files), default=0) + 1, file_name=_named(name), digest=digest,
        valid_from=valid_from, valid_to=valid_to, change_id=opened.id,
    )  # fmt: skip
    made.workbook = workbook
    s.add(made)
    s.flush()
    s.expire(workbook, ["files"])
    return made


def edit_file(
    s: Session, actor: Actor, held: DonorFile, version: int, valid_from: date, valid_to: date | None
) -> DonorFile:
    """Say anew for which periods a file is."""
    need(actor, "donor_workbook.edit", held.workbook)
    unchanged(held, version)
    _refuse(valid_from, valid_to)
    held.valid_from, held.valid_to = valid_from, valid_to
    s.flush()
    return held


def _named(name: str) -> str:
    """The file's own name without a path, as long as it is kept; its ending stays."""
    name = clean(name.replace("\\", "/").rpartition("/")[2]) or "file.xlsx"
    stem, dot, ending = name.rpartition(".")
    return f"{stem[: 199 - len(ending)]}{dot}{ending}"[-200:]


def _refuse(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise InvalidInput({"valid_to": ENDS})
