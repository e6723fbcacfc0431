"""The web application, put together."""

from importlib.metadata import version

from apiflask import APIFlask
from flask_bootstrap import Bootstrap5
from werkzeug.middleware.proxy_fix import ProxyFix

from web import logs
from web.api.endpoints import api
from web.api.service.health import health
from web.api.service.measuring import measuring
from web.api.service.openapi import TAGS, complete
from web.api.service.reference import reference
from web.console import console
from web.portal import portal
from web.request import problem_documents, request_ids, security, visit
from web.settings import Settings
from web.state.front_desk import FrontDesk, open_front_desk
from web.state.metrics import Metrics


def create_app(settings: Settings) -> APIFlask:
    """The application for these settings: API, pages and health checks over one front desk.

    Raises what ``open_front_desk`` raises.
    """
    logs.configure(settings)
    desk = open_front_desk(settings)
    app = _bare_app(settings)
    _install(app, settings, desk)
    metrics = Metrics()
    app.extensions[visit.METRICS] = metrics
    for semantics in (desk.desk.semantics, desk.desk.reply_semantics):
        if semantics:
            semantics.on_failure = metrics.fell_back
    for blueprint in (api, health, measuring, reference, portal, console):
        app.register_blueprint(blueprint)
    app.spec_processor(complete(settings))
    return app


def _bare_app(settings: Settings) -> APIFlask:
    """APIFlask writes the description; its own docs page loads from a CDN and stays off."""
    app = APIFlask(
        __name__,
        title="关问 Guanwen",
        version=version("guanwen"),
        spec_path="/api/v1/openapi.json",
        docs_path=None,
        json_errors=False,
    )
    # One address for all: taken from a request it would be whatever Host header came first.
    app.tags = TAGS
    app.servers = [{"url": settings.base_url or "/"}]
    app.config.update(
        OPENAPI_VERSION="3.1.0",
        AUTO_404_RESPONSE=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    return app


def _install(app: APIFlask, settings: Settings, desk: FrontDesk) -> None:
    """Order matters: a request gets its name first, and its transaction ends before headers are set."""
    request_ids.install(app)
    security.install(app, settings, desk.home.secrets, exempt=api)
    visit.install(app, desk)
    problem_documents.install(app)
    Bootstrap5(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
