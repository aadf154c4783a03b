"""The blueprint of donors' workbooks."""

from flask import Blueprint

bp = Blueprint("donor_workbooks", __name__)
