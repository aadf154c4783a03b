"""The blueprint of budgets and expenditure."""

from flask import Blueprint

bp = Blueprint("budgets", __name__)
