"""A visitor of the pages without a browser: the application's test client, following forms as they stand."""

import html
import re
import shutil
from dataclasses import dataclass

import pytest

from web.app import create_app
from web.settings import Settings


@dataclass
class Page:
    """A response as a visitor sees it."""

    status: int
    html: str
    address: str
    headers: dict

    @property
    def text(self):
        """What can be read: without tags, entities resolved."""
        body = re.sub(r"<(script|template|svg)\b.*?</\1>", "", self.html, flags=re.DOTALL)
        return html.unescape(re.sub(r"<[^>]*>", "", body))

    def attributes(self, name):
        """Every value of an attribute, in order."""
        return [html.unescape(value) for value in re.findall(rf'\s{name}="([^"]*)"', self.html)]

    def links(self, pattern):
        """Addresses of links that match ``pattern``."""
        return [link for link in self.attributes("href") if re.search(pattern, link)]


class Visitor:
    """Somebody with cookies and no JavaScript."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path, **headers):
        """The page at ``path``."""
        return self._page(self.client.get(path, headers=headers, follow_redirects=True))

    def send(self, path, **fields):
        """The page after a form was sent to ``path``, with the token that the start page gives out."""
        return self._page(
            self.client.post(path, data={**fields, "csrf_token": self.token()}, follow_redirects=True)
        )

    def ask(self, message, **fields):
        """The conversation after a question."""
        return self.send("/ask", message=message, **fields)

    def token(self):
        """A form token for this visitor."""
        return re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/").text)[1]

    def _page(self, response):
        return Page(
            response.status_code,
            response.text,
            response.request.full_path.rstrip("?"),
            dict(response.headers),
        )


@pytest.fixture(scope="module")
def app(initialised_home, tmp_path_factory):
    """The application for the tests of one module, without a rate limit."""
    home = shutil.copytree(initialised_home, tmp_path_factory.mktemp("portal") / "var")
    made = create_app(Settings(home=home, rate_per_minute=0, log_level="error"))
    yield made
    made.extensions["guanwen"].engine.dispose()


@pytest.fixture
def visitor(app):
    """A visitor of ``app``."""
    return Visitor(app)
