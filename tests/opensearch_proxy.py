"""A server in front of OpenSearch that does what servers and networks do on a bad day; it can also ask for a password and speak TLS."""

from __future__ import annotations

import base64
import gzip
import http.client
import shutil
import ssl
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest


@dataclass
class Exchange:
    """One request and, once it was passed on, the answer of the server behind. `number` counts from 1."""

    number: int
    method: str
    path: str
    body: bytes
    status: int = 0
    answer: bytes = b""

    @property
    def is_bulk(self) -> bool:
        return self.path.startswith("/_bulk")


class Cut(Exception):  # noqa: N818  # what the network does, not an error of ours
    """Raised by a fault: the connection ends without an answer."""


Fault = Callable[[Exchange], tuple[int, bytes] | None]
"""Looks at a request: what to answer in the server's place, or None to pass it on."""


def no_fault(exchange: Exchange) -> None:
    """Pass everything on."""


class Proxy:
    """Passes requests on to `target`. `before` may answer in its place, `after` may change what it answered."""

    def __init__(
        self,
        target: str,
        before: Fault = no_fault,
        after: Fault = no_fault,
        *,
        certificate: tuple[Path, Path] | None = None,
        user: str = "",
        password: str = "",
    ) -> None:
        self.exchanges: list[Exchange] = []
        self.before, self.after = before, after
        self._target = urlsplit(target)
        self._wanted = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode() if user else ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def bulks(self) -> list[Exchange]:
        """The requests that wrote."""
        return [one for one in self.exchanges if one.is_bulk]

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Status and body for a request."""
        if self._wanted and headers.get("authorization") != self._wanted:
            return 401, b'{"error":"Unauthorized"}'
        if headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        exchange = Exchange(len(self.exchanges) + 1, method, path, body)
        self.exchanges.append(exchange)
        if (answer := self.before(exchange)) is not None:
            return answer
        exchange.status, exchange.answer = self._passed_on(exchange, headers)
        return self.after(exchange) or (exchange.status, exchange.answer)

    def _passed_on(self, exchange: Exchange, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(self._target.netloc, timeout=60)
        try:
            kind = headers.get("content-type", "application/json")
            connection.request(exchange.method, exchange.path, exchange.body, {"content-type": kind})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                try:
                    status, answer = proxy.answer(self.command, self.path, headers, body)
                except Cut:
                    self.close_connection = True
                    return
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                with suppress(ConnectionError):
                    self.wfile.write(answer if self.command != "HEAD" else b"")

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _any  # noqa: N815  # names of the standard library

            def log_message(self, *_: Any) -> None:
                """Tests are quiet."""

        return Handler


def make_certificates(folder: Path) -> tuple[Path, tuple[Path, Path]]:
    """A certificate authority, and (certificate, key) of 127.0.0.1 that it signed."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    authority, key, request, certificate = (folder / name for name in ("ca.pem", "server.key", "server.csr", "server.pem"))
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
    for command in (
        f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=timtin-test-ca -keyout {folder}/ca.key -out {authority}",
        f"req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout {key} -out {request}",
        (
            f"x509 -req -in {request} -CA {authority} -CAkey {folder}/ca.key -CAcreateserial"
            f" -days 2 -extfile {folder}/names -out {certificate}"
        ),
    ):
        subprocess.run([openssl, *command.split(" ")], check=True, capture_output=True)
    return authority, (certificate, key)
