"""What stops an indexing run. A damaged input never does: it is rejected and counted."""

from __future__ import annotations


class IndexerError(Exception):
    """Base of this room's errors."""


class NoSuchInputError(IndexerError):
    """A path given by the user does not exist."""


class ManifestError(IndexerError):
    """The record of what was indexed cannot be read."""


class FetchError(IndexerError):
    """A fetch cannot begin: its folder is in use, or what is remembered of earlier fetches cannot be read."""


class ProfileError(IndexerError):
    """How inputs are to be read cannot be understood; the message names what is wrong, where, and what is allowed."""


class WorkersError(IndexerError):
    """Worker processes cannot be started."""
