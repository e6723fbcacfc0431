"""A real Chromium on a real server, watched: a console error or a breach of the policy fails the test."""

import os
import shutil
from contextlib import contextmanager
from importlib.util import find_spec

import pytest

if find_spec("playwright"):
    from playwright.sync_api import expect, sync_playwright
else:
    expect = sync_playwright = None

__all__ = ["DESK", "PHONE", "ask", "chromium", "expect", "open_page", "scrolls_sideways", "watched_pages"]

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 360, "height": 780}
DESK = {"width": 1280, "height": 900}
_PATIENCE = 10_000


@pytest.fixture(scope="module")
def chromium():
    """A running Chromium, or a skip that says how to get one; where CI is set, its absence is a failure."""
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        _do_without("no Chromium here: apt-get install chromium fonts-noto-cjk")
    if sync_playwright is None:
        _do_without("no Playwright here: make setup installs it with the development packages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, server):
    """A function that opens a page of ``server`` in a fresh profile; options as Playwright's."""
    with watched_pages(chromium, server.url) as opening:
        yield opening


@contextmanager
def watched_pages(chromium, url):
    """Opens pages under ``url`` and, at the end, holds against them what their consoles said."""
    contexts, complaints = [], []

    def opening(path="/", *, errors_expected=False, **options):
        context = chromium.new_context(
            **{"base_url": url, "locale": "zh-CN", "viewport": DESK, "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()
        if not errors_expected:
            page.on(
                "console",
                lambda message: message.type in ("error", "warning") and complaints.append(message.text),
            )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opening
    for context in contexts:
        context.close()
    assert not complaints, complaints


def scrolls_sideways(page):
    """Whether anything on the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def ask(page, message):
    """Type a question, send it with Enter, and wait until its answer stands finished."""
    before = page.locator(FINISHED).count()
    page.locator("#message").fill(message)
    page.keyboard.press("Enter")
    page.locator(FINISHED).nth(before).wait_for()
    return page.locator(".exchange").last


FINISHED = ".exchange article.answer"


def _do_without(reason):
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
