"""The connection to an OpenSearch: where it is, who we are there, and errors that say what to do."""

from __future__ import annotations

import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opensearchpy import OpenSearch
from opensearchpy.exceptions import AuthenticationException, AuthorizationException, NotFoundError, SSLError, TransportError
from opensearchpy.exceptions import ConnectionError as NoConnection

from engine.errors import EngineError, EngineUnavailableError, IndexDamagedError, IndexMissingError
from engine.index import REMOTE_FILE
from engine.options import EngineOptions

REQUEST_SECONDS = 60
_RETRIES = 5
logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # it would warn of every answer that is raised here as an error, too


class Remote:
    """An open connection and the alias the index answers to."""

    def __init__(self, urls: tuple[str, ...], alias: str, options: EngineOptions) -> None:
        self.urls, self.alias, self.options = urls, alias, options
        if options.opensearch_ca_file and not Path(options.opensearch_ca_file).is_file():
            raise EngineError(f"There is no file {options.opensearch_ca_file}. Set opensearch_ca_file to the certificates to trust.")
        credentials = b64encode(f"{options.opensearch_user}:{options.opensearch_password}".encode()).decode("ascii")
        self.client = OpenSearch(
            hosts=list(urls),
            # Not `http_auth`, which takes letters of Latin-1 only.
            headers={"authorization": f"Basic {credentials}"} if options.opensearch_user else {},
            ca_certs=options.opensearch_ca_file or None,
            verify_certs=True,
            http_compress=True,
            timeout=REQUEST_SECONDS,
            max_retries=_RETRIES,
            retry_on_timeout=True,
            retry_on_status=(502, 503, 504),
        )

    @contextmanager
    def talking(self) -> Iterator[None]:
        """Turn the client's exceptions into this room's, naming the server and the next step."""
        where = ", ".join(self.urls)
        try:
            yield
        except SSLError as error:
            raise EngineUnavailableError(
                f"OpenSearch at {where} shows a certificate that is not trusted ({error.error}). "
                "Set opensearch_ca_file to the certificate of the authority that signed it."
            ) from error
        except NoConnection as error:
            raise EngineUnavailableError(
                f"OpenSearch at {where} cannot be reached ({error.error}). Is it running? Set opensearch_urls to where it is."
            ) from error
        except (AuthenticationException, AuthorizationException) as error:
            raise EngineUnavailableError(
                f"OpenSearch at {where} refused the user {self.options.opensearch_user or '(none)'} ({error.status_code}). "
                "Set opensearch_user, and TIMTIN_OPENSEARCH_PASSWORD."
            ) from error
        except NotFoundError as error:
            raise IndexMissingError(
                f"OpenSearch at {where} has no index behind the alias {self.alias!r} ({error.error}). Make it: timtin index --rebuild PATH…"
            ) from error
        except TransportError as error:
            raise EngineError(f"OpenSearch at {where} answered {error.status_code} ({error.error}): {reason(error)}") from error


def write(directory: Path, urls: tuple[str, ...], alias: str) -> None:
    """Remember beside the index where its engine is. Secrets are not kept: they come from the settings each time."""
    (directory / REMOTE_FILE).write_text(json.dumps({"urls": urls, "alias": alias}, indent=1), encoding="utf-8")


def read(directory: Path, options: EngineOptions) -> Remote:
    """Open the connection of an index; addresses set now win over the remembered ones. Raises IndexDamagedError."""
    path = directory / REMOTE_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        urls, alias = tuple(str(url) for url in record["urls"]), str(record["alias"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"{path} cannot be read ({error}). Rebuild the index: timtin index --rebuild PATH…") from error
    return Remote(options.opensearch_urls or urls, alias, options)


def reason(error: TransportError) -> str:
    """What the server says is the cause."""
    info = error.info
    if isinstance(info, dict):
        cause = info.get("error")
        if isinstance(cause, dict):
            causes = cause.get("root_cause") or [cause]
            return str(causes[0].get("reason", cause))[:500]
    return str(info)[:500]
