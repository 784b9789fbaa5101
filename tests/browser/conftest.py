"""The archive of the web tests, served to the system's Chromium."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from waitress.server import BaseWSGIServer, create_server

from analyzers.article import ArticleAnalyzer
from search_app import create_app
from tests.search_app import archive

PATIENCE_MS = 60_000
"""What a page may take to become what is expected of it: machines that run tests are busy."""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Iterator[str]:
    """Address of the running site, on the server that `timtin serve` runs."""
    app = create_app(archive.build(tmp_path_factory.mktemp("browser") / "index", analyzer), page_size=10)
    running = create_server(app, host="127.0.0.1", port=0, threads=4)
    assert isinstance(running, BaseWSGIServer)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.socket.getsockname()[1]}"
    # Its sockets belong to its own thread, which leaves the loop once the last of them is closed.
    running.trigger.pull_trigger(lambda: [channel.close() for channel in [*running._map.values()]])
    thread.join()
    running.task_dispatcher.shutdown()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no system Chromium: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_QUIET), timeout=2 * PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a page must not do: complain on the console, fail, or ask another host."""

    base: str
    complaints: list[str] = field(default_factory=list)
    abroad: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(self.base) else self.abroad.append(request.url))


Opener = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, server: str) -> Iterator[Opener]:
    """Open an address in a fresh profile; at the end nothing may have complained or left the site."""
    contexts: list[BrowserContext] = []
    watch = Watch(server)

    def opener(address: str, *, scripts: bool = True, phone: bool = False, dark: bool = False) -> Page:
        context = chromium.new_context(
            base_url=server,
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]  # playwright wants its own kind of dict
            has_touch=phone,
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        watch.over(page)
        page.goto(address)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert watch.complaints == []
    assert watch.abroad == []
