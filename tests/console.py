"""Staff without a browser: signed in through the form, following forms as they stand."""

import re

from tests.app_fixtures import Visitor
from tests.staff import PASSWORD


class Staff(Visitor):
    """A member of staff at the console."""

    def __init__(self, app, name, password=PASSWORD):
        super().__init__(app)
        self.entered = self.send("/console/sign-in", name=name, password=password)

    def token(self):
        """A form token; the sign-in form gives one out to anybody, and so does every page afterwards."""
        page = self.client.get("/console/password", follow_redirects=True).text
        return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]

    def version(self, number):
        """The version that the ticket's forms carry."""
        page = self.client.get(f"/console/tickets/{number}").text
        return re.search(r'name="version" value="(\d+)"', page)[1]

    def act(self, number, act, **fields):
        """The page after an act."""
        version = fields.pop("version", None) or self.version(number)
        return self.send(f"/console/tickets/{number}/act", act=act, version=version, **fields)

    def reply(self, number, do, **fields):
        """The page after the reply form was sent."""
        version = fields.pop("version", None) or self.version(number)
        return self.send(f"/console/tickets/{number}/reply", do=do, version=version, **fields)
