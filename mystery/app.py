"""The application factory: wiring only; it never migrates, prompts, sleeps or fetches."""

from __future__ import annotations

import os

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from mystery.access.guards import current_reach
from mystery.accounts.security import init_security
from mystery.accounts.views import blueprint as accounts
from mystery.archives.packing import PACKING, sweep_archives
from mystery.archives.views import blueprint as archives
from mystery.authoring.views import blueprint as authoring
from mystery.branding.sweeping import sweep_tried_logos
from mystery.branding.views import blueprint as branding
from mystery.calibration.views import blueprint as calibration
from mystery.capture.notes_views import blueprint as notes
from mystery.capture.phone.shell_views import blueprint as shell
from mystery.capture.phone.views import blueprint as phone
from mystery.capture.views import blueprint as capture
from mystery.comparisons.views import blueprint as comparisons
from mystery.database import db
from mystery.directory.views import blueprint as directory
from mystery.errors import init_errors
from mystery.extensions import babel, bootstrap, csrf, migrate
from mystery.home.views import blueprint as home
from mystery.jobs.handlers import init_jobs
from mystery.lenses.views import blueprint as lenses
from mystery.logs import init_logs
from mystery.period_reports.views import blueprint as period_reports
from mystery.planning.views import blueprint as planning
from mystery.printouts.ordered_prints import PRINTING_ORDERS, sweep_ordered_prints
from mystery.printouts.period_prints import sweep_period_prints
from mystery.printouts.printing import init_press
from mystery.printouts.printing_ahead import PRINTING_AHEAD, sweep_stale_printing
from mystery.printouts.signing import init_signing
from mystery.quality_pay.views import blueprint as quality_pay
from mystery.review.views import blueprint as review
from mystery.settings import Settings, read_settings
from mystery.storage import init_storage
from mystery.trainings.views import blueprint as trainings
from mystery.verification.views import blueprint as verification
from mystery.visits.views import blueprint as visits
from mystery.web.assets import init_assets
from mystery.web.filter_faults import init_filter_faults
from mystery.web.formats import init_formats
from mystery.web.headers import init_headers
from mystery.web.locale import LANGUAGES, choose_language, choose_time_zone, current_language
from mystery.web.navigation import count_waiting, list_menu
from mystery.web.packing import init_packing

BLUEPRINTS = (
    home,
    accounts,
    archives,
    authoring,
    branding,
    calibration,
    capture,
    comparisons,
    directory,
    lenses,
    notes,
    period_reports,
    phone,
    planning,
    quality_pay,
    review,
    shell,
    trainings,
    verification,
    visits,
)
HANDLERS = (PRINTING_AHEAD, PACKING, PRINTING_ORDERS)
SWEEPS = (sweep_archives, sweep_ordered_prints, sweep_period_prints, sweep_stale_printing, sweep_tried_logos)
MOST_UPLOADED_BYTES = 12 * 1024 * 1024
MOST_FORM_BYTES = 2 * 1024 * 1024
MOST_FORM_PARTS = 2000


def create_app(settings: Settings | None = None) -> Flask:
    """An application with ``settings``, read from the environment unless given."""
    init_logs()
    app = Flask(__name__)
    configure(app, settings or read_settings(os.environ))
    # What comes first changes an answer last: packing sees it as it will be sent.
    init_packing(app)
    # Headers come before all checks, so that a refusal by any of them carries them too.
    init_headers(app)
    init_storage(app)
    db.init_app(app)
    init_jobs(app, HANDLERS, SWEEPS)
    init_press(app)
    init_signing(app)
    migrate.init_app(app, db, directory=os.path.join(app.root_path, "migrations"), render_as_batch=True)
    babel.init_app(app, locale_selector=choose_language, timezone_selector=choose_time_zone)
    bootstrap.init_app(app)
    csrf.init_app(app)
    init_security(app)
    init_filter_faults(app)
    init_formats(app)
    init_assets(app)
    init_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(offer_page_context)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Turn our settings into those of Flask and its extensions."""
    app.config.update(
        MYSTERY=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_NAME="__Host-mystery" if settings.https else "mystery",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=MOST_UPLOADED_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        BABEL_DEFAULT_LOCALE="ru",
        BABEL_DEFAULT_TIMEZONE="Europe/Moscow",
        BOOTSTRAP_SERVE_LOCAL=True,
        # The token of a back-office form lives as long as the session, so a page left open stays good.
        WTF_CSRF_TIME_LIMIT=None,
        # Flask-WTF checks each form; the check on all views would also hit token-less capture pages.
        WTF_CSRF_CHECK_DEFAULT=False,
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # As Werkzeug's documentation has it.


def offer_page_context() -> dict[str, object]:
    """What every template may use."""
    return {
        "languages": LANGUAGES,
        "current_language": current_language,
        "current_reach": current_reach,
        "count_waiting": count_waiting,
        "list_menu": list_menu,
    }
