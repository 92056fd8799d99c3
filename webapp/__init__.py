"""What people see and type: the Flask application and the command line."""

from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from graph import Knowledge
from webapp.accounts.current import init_current
from webapp.addresses import init_addresses
from webapp.blueprints import init_blueprints
from webapp.errors import init_errors
from webapp.kinds import init_kinds
from webapp.languages import init_languages, lang
from webapp.limits import init_limits
from webapp.links import Links
from webapp.own import init_own
from webapp.secret import key_for
from webapp.security import init_security
from webapp.services import Services, init_services
from webapp.settings import Settings

__all__ = ["Services", "Settings", "create_app"]


def create_app(settings: Settings | None = None, *, knowledge: Knowledge | None = None) -> Flask:
    """Make the web application.

    Args:
        settings: what the operator set; read from the environment if not given.
        knowledge: an open knowledge to serve; if not given, the one in the data folder.
    """
    settings = settings or Settings.read()
    folder = None if knowledge else settings.folder
    knowledge = knowledge or Knowledge.open(folder, base=settings.base_iri or None)
    app = Flask(__name__)
    encrypted = settings.public_url.startswith("https:")
    app.config.update(
        MAX_CONTENT_LENGTH=settings.max_upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=settings.max_upload_mb * 1024 * 1024,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=encrypted,
        # Browsers take a cookie of this name from nobody else, not from a neighbouring host either.
        SESSION_COOKIE_NAME="__Host-session" if encrypted else "session",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.session_days),
    )
    if trusted := settings.trusted_proxies:
        # What further proxies say, or visitors themselves, does not count.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted)  # type: ignore[method-assign]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    made = Services(settings, knowledge, folder)
    init_services(app, made)
    # Opened now, so that tables are brought up to date, or a newer version is told, at the start.
    app.extensions["accounts"] = made.accounts
    app.extensions["links"] = Links(made.secret)
    app.secret_key = key_for("cookies", made.secret)
    init_languages(app)
    init_addresses(app)
    init_kinds(app)
    init_errors(app)
    init_security(app)
    init_current(app)
    init_limits(app, settings)
    init_own(app)
    init_blueprints(app)

    @app.context_processor
    def _globals() -> dict[str, object]:
        return {"lang": lang(), "site_name": settings.site_name}

    return app
