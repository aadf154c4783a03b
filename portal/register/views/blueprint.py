"""The blueprint of the register."""

from flask import Blueprint

bp = Blueprint("register", __name__)
