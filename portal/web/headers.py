"""What every answer says to the browser, and which requests are heard at all.

Nothing inline, nothing from elsewhere: a page may load only its own files. The few addresses a page may need (a data:
picture drawn by a chart) are named here and nowhere else.
"""

from __future__ import annotations

from flask import Flask, Response, abort, g, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

from portal.web.frame import frame

POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip

FEATURES = "accelerometer=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

MAX_BODY = 8 * 1024 * 1024
MAX_FORM = 1024 * 1024
MAX_PARTS = 2000


def add_headers(response: Response) -> Response:
    head = response.headers
    head.setdefault("Content-Security-Policy", POLICY)
    head.setdefault("X-Content-Type-Options", "nosniff")
    head.setdefault("Referrer-Policy", "same-origin")
    head.setdefault("Permissions-Policy", FEATURES)
    head.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    head.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    if "Cache-Control" not in head:
        head["Cache-Control"] = "no-store"
    if request.is_secure or frame().setting("secure_cookies", False):
        head.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def only_trusted_hosts():
    """400 for a Host header the portal does not answer to (`settings.hosts`; None: any)."""
    trusted = frame().setting("hosts")
    if trusted and not host_is_trusted(request.headers.get("Host"), trusted):
        g.bare = True
        abort(400)
    return None


def install(app: Flask) -> None:
    settings = frame(app)
    app.config["MAX_CONTENT_LENGTH"] = app.config.get("MAX_CONTENT_LENGTH") or MAX_BODY
    app.config["TRUSTED_HOSTS"] = None  # checked by `only_trusted_hosts`, which answers with a page
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_FORM
    app.config["MAX_FORM_PARTS"] = MAX_PARTS
    app.config["SESSION_COOKIE_HTTPONLY"] = True
    app.config["SESSION_COOKIE_SAMESITE"] = "Lax"
    app.config["SESSION_COOKIE_SECURE"] = bool(settings.setting("secure_cookies", False))
    proxies = int(settings.setting("proxies", 0))
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
    app.before_request(only_trusted_hosts)
    app.after_request(add_headers)
