"""Style sheet, script and icon: each address carries a digest of its file, so a browser may keep it for good."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request

FOLDER = Path(__file__).parent / "static"
KEEP = "public, max-age=31536000, immutable"
REVALIDATE = "public, max-age=300"


class Assets:
    """Addresses of the files in `static/`, read once when the application is made."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._digests = {path.name: blake2b(path.read_bytes(), digest_size=6).hexdigest() for path in folder.iterdir() if path.is_file()}

    def href(self, name: str) -> str:
        """Address of a file. Raises KeyError when there is none."""
        return f"/static/{name}?v={self._digests[name]}"

    def keep(self, app: Flask) -> None:
        """Let browsers keep the files of `app` that are asked for by digest."""
        app.after_request(self._cache)

    def _cache(self, response: Response) -> Response:
        name = (request.view_args or {}).get("filename") if request.endpoint == "static" else None
        if name is not None and response.status_code in (200, 304):
            known = request.args.get("v") == self._digests.get(name)
            response.headers["Cache-Control"] = KEEP if known else REVALIDATE
        return response
