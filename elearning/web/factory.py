"""Builds the application from its settings; the only place where everything meets."""

from __future__ import annotations

from flask import Flask
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from elearning.clock import Clock, SystemClock
from elearning.config import Settings
from elearning.content.library import Library, load_library
from elearning.content.markdown import Addresses
from elearning.content.sources import ContentRoot, content_root
from elearning.integrations.signing_keys import KeyFolder
from elearning.services.publish_content import known_proofs
from elearning.storage.engine import attach_rules, build_engine, engine_options, make_folder
from elearning.web import (
    access,
    assets,
    errors,
    i18n,
    logs,
    security,
    sessions,
    transaction,
    uploads,
)
from elearning.web.account import display_views, password_views
from elearning.web.account import views as account
from elearning.web.adviser import views as adviser
from elearning.web.audit import views as audit
from elearning.web.author import views as author
from elearning.web.badge import views as badge
from elearning.web.certificate import badge_views, study_load_views
from elearning.web.certificate import views as certificate
from elearning.web.extensions import csrf, db
from elearning.web.frame import frame
from elearning.web.guide import views as guide
from elearning.web.health import views as health
from elearning.web.hr import (
    access_views,
    assignment_views,
    board_views,
    exemption_views,
    file_views,
    give_views,
    list_views,
    people_list_views,
    prior_views,
    quality_views,
    reminder_views,
    roster_views,
    rule_end_views,
    structure_views,
    timely_views,
    unit_add_views,
)
from elearning.web.hr import views as hr
from elearning.web.hr.day_notes import hr_notes
from elearning.web.hr.menu import hr_menu
from elearning.web.later import views as later
from elearning.web.learner import home_views, module_views, play_views
from elearning.web.news import views as news
from elearning.web.own_data import views as own_data
from elearning.web.policy import views as policy
from elearning.web.prior import views as prior
from elearning.web.privacy_report import views as privacy_report
from elearning.web.report import figure_views, late_views
from elearning.web.report import views as report
from elearning.web.state import KEY, State
from elearning.web.styleguide import views as styleguide
from elearning.web.support import views as support
from elearning.web.verify import views as verify
from elearning.web.well_known import views as well_known
from elearning.web.withdrawal import views as withdrawal

# Content links to these; they are the routes of web/learner and web/support.
ADDRESSES = Addresses(page="/onderdeel/{module}/{page}", source="/bronnen#{source}")
BLUEPRINTS = (
    access_views.blueprint,
    account.blueprint,
    password_views.blueprint,
    adviser.blueprint,
    assignment_views.blueprint,
    audit.blueprint,
    author.blueprint,
    badge.blueprint,
    badge_views.blueprint,
    board_views.blueprint,
    certificate.blueprint,
    display_views.blueprint,
    exemption_views.blueprint,
    file_views.blueprint,
    give_views.blueprint,
    figure_views.blueprint,
    guide.blueprint,
    health.blueprint,
    hr.blueprint,
    list_views.blueprint,
    reminder_views.blueprint,
    people_list_views.blueprint,
    roster_views.blueprint,
    rule_end_views.blueprint,
    structure_views.blueprint,
    unit_add_views.blueprint,
    home_views.blueprint,
    later.blueprint,
    module_views.blueprint,
    news.blueprint,
    own_data.blueprint,
    report.blueprint,
    late_views.blueprint,
    play_views.blueprint,
    quality_views.blueprint,
    privacy_report.blueprint,
    study_load_views.blueprint,
    styleguide.blueprint,
    support.blueprint,
    timely_views.blueprint,
    verify.blueprint,
    well_known.blueprint,
    withdrawal.blueprint,
    policy.blueprint,
    prior.blueprint,
    prior_views.blueprint,
)


def create_app(
    settings: Settings, *, clock: Clock | None = None, library: Library | None = None
) -> Flask:
    """Return the application; raises when content, overlay or a route is not fit to serve."""
    root = content_root(settings.content)
    app = Flask(__name__, static_url_path="/static")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions[KEY] = State(
        settings=settings,
        clock=clock or SystemClock(),
        library=library or _library(settings, root),
    )
    KeyFolder(settings.keys).active()  # without a key no certificate could be issued
    _bind(app, settings)
    i18n.init_app(app, root.path / "translations")
    security.init_app(app, settings, app.extensions[KEY].library.institution.exit_url)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt(verify.blueprint)
    access.public(app.view_functions["static"])
    access.refuse_routes_without_rule(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign] # Flask documents this
    return app


def _library(settings: Settings, root: ContentRoot) -> Library:
    """Return all content, fit to serve; what was proved before is not proved again."""
    engine = build_engine(settings.database_url)
    try:
        with Session(engine) as session:
            known = known_proofs(session)
    except DatabaseError:
        known = {}  # no tables yet, or none to be had now: then everything is proved here
    finally:
        engine.dispose()
    return load_library(root, settings.overlay, ADDRESSES, known=known)


def _bind(app: Flask, settings: Settings) -> None:
    make_folder(settings.database_url)
    db.init_app(app)
    with app.app_context():
        attach_rules(db.engine)
    uploads.init_app(app)
    csrf.init_app(app)
    sessions.init_app(app, settings)
    errors.init_app(app)
    logs.init_app(app)
    assets.init_app(app)
    transaction.init_app(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(frame=None, hr_menu=hr_menu, hr_notes=hr_notes)
    app.context_processor(lambda: {"frame": frame()})
