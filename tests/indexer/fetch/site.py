"""A web server on this machine that does as it is told, also what no server should do."""

from __future__ import annotations

import contextlib
import gzip
import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from socket import socket

Answer = bytes | Callable[[socket], None]
"""Bytes to send, or what to do with the connection."""


def answer(body: bytes | str = b"", *headers: tuple[str, str], status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A whole HTTP response."""
    raw = body.encode() if isinstance(body, str) else body
    given = {name.lower() for name, _ in headers}
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [] if given & {"content-length", "transfer-encoding"} else [f"Content-Length: {len(raw)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + raw


def page(title: str, text: str = "Ủy ban nhân dân xã họp bàn việc tu sửa đường liên thôn trước mùa mưa.") -> bytes:
    """A page with an article on it."""
    paragraphs = "".join(f"<p>{text} Đoạn {number} của bài {title}.</p>" for number in range(3))
    return answer(f'<html lang="vi"><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>')


def redirect(location: str, status: str = "302 Found") -> bytes:
    return answer(b"", ("Location", location), status=status)


def packed(body: bytes | str) -> bytes:
    """A response in gzip."""
    raw = gzip.compress(body.encode() if isinstance(body, str) else body)
    return answer(raw, ("Content-Encoding", "gzip"))


def rss(*links: tuple[str, str]) -> bytes:
    """A feed of (address, date in RFC 2822 or nothing)."""
    items = "".join(
        f"<item><title>Tin</title><link>{link}</link>{f'<pubDate>{day}</pubDate>' if day else ''}</item>" for link, day in links
    )
    return answer(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tin xã</title>{items}</channel></rss>', kind="application/rss+xml"
    )


def sitemap(*links: tuple[str, str]) -> bytes:
    """A sitemap of (address, lastmod or nothing)."""
    items = "".join(f"<url><loc>{link}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for link, day in links)
    return answer(
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>', kind="application/xml"
    )


def sitemap_index(*links: str) -> bytes:
    items = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return answer(
        f'<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</sitemapindex>',
        kind="application/xml",
    )


@dataclass
class Site:
    """Answers by path; one given as a list is used up from its front, the last one stays."""

    port: int
    routes: dict[str, Answer | list[Answer]] = field(default_factory=lambda: {"/robots.txt": answer(b"", status="404 Not Found")})
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    name: str = "127.0.0.1"

    def url(self, path: str) -> str:
        return f"http://{self.name}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """Paths asked for, without robots.txt."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def headers(self, path: str) -> dict[str, str]:
        """Headers of the last request for `path`, names in lower case."""
        return next(headers for one, headers in reversed(self.requests) if one == path)

    def answer(self, path: str) -> Answer:
        found = self.routes.get(path, answer("không có", status="404 Not Found"))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port of 127.0.0.1."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            line = self.rfile.readline().decode("latin-1").split(" ")
            headers = {}
            while (raw := self.rfile.readline().decode("latin-1").strip()) != "":
                name, _, value = raw.partition(":")
                headers[name.lower()] = value.strip()
            if len(line) < 2:
                return
            site.requests.append((line[1], headers))
            found = site.answer(line[1])
            with contextlib.suppress(OSError):
                self.connection.sendall(found) if isinstance(found, bytes) else found(self.connection)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """Clients that hang up are what these tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
