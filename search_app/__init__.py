"""The web pages of timtin: a room that reads an index through `engine` and writes HTML, JSON, CSV and Atom.

The walk of a request: `app` routes it to `views` (pages), `api` (data) or `about` (files for browsers and robots);
`engine.parameters` reads the address; the engine answers; `present` and `article` turn the answer into view values
with the help of `chips`, `facets`, `timeline`, `offers`, `paging`; a template prints them. `addresses` and `state` make every link,
`markup` every piece of HTML that holds somebody else's text, `security` the headers of every answer.
"""

from .app import create_app

__all__ = ["create_app"]
