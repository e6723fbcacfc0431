"""What lies outside: a mail server and a webhook receiver, both real, both in this process."""

import json
import logging
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller

from tests.served import free_port

logging.getLogger("mail.log").propagate = False  # it goes on talking after the test that captures has ended


@dataclass
class Mailbox:
    """A mail server and what has come in. ``refuse`` answers every recipient with this line."""

    url: str = ""
    letters: list = field(default_factory=list)
    refuse: str = ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        """Take the recipient, or refuse."""
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Keep the letter."""
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos[0], letter))
        return "250 OK"

    def to(self, address):
        """The letters for an address."""
        return [letter for receiver, letter in self.letters if receiver == address]


@contextmanager
def mailbox():
    """A running mail server."""
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.url = f"smtp://127.0.0.1:{port}"
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Receiver:
    """An HTTP server and what was posted to it: (headers, body as bytes). ``statuses`` are given in turn."""

    url: str = ""
    posts: list = field(default_factory=list)
    statuses: list = field(default_factory=list)

    def of(self, kind):
        """The bodies of one type."""
        return [body for _, raw in self.posts if (body := json.loads(raw))["type"] == kind]


@contextmanager
def receiver():
    """A running webhook receiver."""
    got = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.posts.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(got.statuses.pop(0) if got.statuses else 204)
            self.end_headers()

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    got.url = f"http://127.0.0.1:{server.server_address[1]}/hook"
    try:
        yield got
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
