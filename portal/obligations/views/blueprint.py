"""The blueprint of obligations and due reports."""

from flask import Blueprint

bp = Blueprint("obligations", __name__)
