"""Composition root: puts the rooms together from the settings."""

from __future__ import annotations

import os
from pathlib import Path

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import Homes, PlaceFinder, UnknownUnitError
from analyzers.text import nfc
from cli.settings import AUTO, Settings, SettingsError
from engine.index import Index, remove
from engine.options import EngineOptions
from engine.places import place_slug
from engine.search import Searcher
from indexer.manifest import raise_if_busy


def analyzer(settings: Settings) -> ArticleAnalyzer:
    """The analyzer the settings ask for. Raises UnknownSegmenterError, SettingsError."""
    finder = PlaceFinder()
    return ArticleAnalyzer(Analyzer(settings.segmenter), finder, homes(settings, finder))


def homes(settings: Settings, finder: PlaceFinder) -> Homes:
    """Where sources report from, as set. Raises SettingsError for a place that is none."""
    found: dict[str, str] = {}
    for part in filter(str.strip, settings.homes.split(";")):
        name, _, place = part.rpartition("=")
        path = place_slug(place.strip())
        try:
            finder.home(path)
        except UnknownUnitError as error:
            near = f" Nearest: {', '.join(error.nearest)}." if error.nearest else ""
            raise SettingsError(f"homes: {name.strip()!r} is at home in {place.strip()!r}, which is no place.{near}") from error
        found[nfc(name.strip()).casefold().removeprefix("www.")] = path
    return Homes(found)


def options(settings: Settings) -> EngineOptions:
    """What engines are told of the settings."""
    return EngineOptions(
        opensearch_urls=tuple(url.strip() for url in settings.opensearch_urls.split(",") if url.strip()),
        opensearch_alias=settings.opensearch_alias,
        opensearch_user=settings.opensearch_user,
        opensearch_password=settings.opensearch_password,
        opensearch_ca_file=settings.opensearch_ca_file,
        opensearch_shards=settings.opensearch_shards,
        opensearch_replicas=settings.opensearch_replicas,
        search_budget_ms=settings.search_budget_ms,
    )


def open_index(settings: Settings) -> Index:
    """The index to read. An engine that was asked for must be the one it was built with."""
    engine = settings.engine if "engine" in settings.chosen else None
    return Index.open(Path(settings.index), analyzer(settings), engine, options(settings))


def open_or_create_index(settings: Settings) -> Index:
    """The index to write to, made when it is not there yet."""
    engine = settings.engine if "engine" in settings.chosen else None
    return Index.open_or_create(Path(settings.index), analyzer(settings), engine, options(settings))


def workers(settings: Settings) -> int:
    """Worker processes of an indexing run."""
    if settings.workers != AUTO:
        return int(settings.workers)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def remove_index(settings: Settings) -> None:
    """Delete the index, unless somebody is writing to it."""
    raise_if_busy(Path(settings.index))
    remove(Path(settings.index), options(settings))


def searcher(settings: Settings) -> Searcher:
    """A searcher over the index."""
    return Searcher(open_index(settings))
