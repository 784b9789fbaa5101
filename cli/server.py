"""The web server: waitress in front of the Flask application."""

from __future__ import annotations

import errno

import click
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from cli.settings import Settings, SettingsError
from engine.search import Searcher
from engine.warm import warm
from search_app import create_app


def serve_forever(searcher: Searcher, settings: Settings) -> None:
    """Serve until interrupted. Raises SettingsError when the port is taken."""
    hosts = tuple(host.strip() for host in settings.trusted_hosts.split(",") if host.strip())
    app = create_app(searcher, page_size=settings.page_size, site_name=settings.site_name, trusted_hosts=hosts)
    try:
        server = create_server(app, host=settings.host, port=settings.port, threads=settings.threads, ident=None)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
            raise
        raise SettingsError(
            f"Cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
            "Choose another: timtin serve --port 8001 (or TIMTIN_PORT=8001)."
        ) from error
    except ValueError as error:  # what the server says to a host that has no address
        raise SettingsError(
            f"Cannot listen on {settings.host}:{settings.port} ({error}). Name an address of this machine with --host."
        ) from error
    warm(searcher)  # whoever connects meanwhile waits for it
    click.echo(f"timtin: http://{settings.host}:{_port(server)}/  (Ctrl-C stops)", err=True)
    try:
        server.run()
    finally:
        server.close()


def _port(server: BaseWSGIServer | MultiSocketServer) -> int:
    """The port listened on, also where the system chose it or the host has several addresses."""
    if isinstance(server, MultiSocketServer):
        return int(server.effective_listen[0][1])
    return int(getattr(server, "effective_port"))  # noqa: B009  # on the base class only at run time
