"""Settings, each declared once: name with its unit, default and help.

They are read from ``timtin.toml`` (or the file named by ``TIMTIN_CONFIG``), then from the environment
(``TIMTIN_<NAME>``), then from command-line flags; the later wins.
An empty variable counts as not set. ``docs/configuration.md`` is checked
against this table by a test.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.index import ENGINES

CONFIG_FILE = "timtin.toml"
CONFIG_VARIABLE = "TIMTIN_CONFIG"
AUTO = "auto"


class SettingsError(Exception):
    """A setting that cannot be used; the message names it, its source and what is allowed."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `parse` turns text into the value and raises ValueError."""

    name: str
    default: Any
    help: str
    parse: Callable[[str], Any] = str

    @property
    def variable(self) -> str:
        return f"TIMTIN_{self.name.upper()}"


def _port(text: str) -> int:
    return _number(text, 0, 65535)


def _positive(text: str) -> int:
    return _number(text, 1, 1_000_000)


def _count(text: str) -> int:
    return _number(text, 0, 100)


def _workers(text: str) -> str:
    if text != AUTO:
        try:
            _number(text, 0, 256)
        except ValueError as error:
            raise ValueError(f"{error}, or {AUTO}") from error
    return text


def _number(text: str, least: int, most: int) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise ValueError(f"it must be a whole number from {least} to {most}") from error
    if not least <= value <= most:
        raise ValueError(f"it must be from {least} to {most}")
    return value


def _seconds(text: str) -> int:
    return _number(text, 0, 3600)


def _contact(text: str) -> str:
    if not (text.isascii() and text.isprintable() and len(text) <= 200):
        raise ValueError("it must be at most 200 characters of ASCII")
    return text.strip()


def _name(text: str) -> str:
    if not text.strip():
        raise ValueError("it must not be empty")
    return text


def _pairs(text: str) -> str:
    """``a.vn = gia-lai; Báo B = hue``, each part with both sides."""
    for part in filter(str.strip, text.split(";")):
        name, _, value = part.rpartition("=")
        if not name.strip() or not value.strip():
            raise ValueError(f"{part.strip()!r} is not NAME = PLACE")
    return text


def _engine(text: str) -> str:
    if text not in ENGINES:
        raise ValueError(f"engines are {', '.join(ENGINES)}")
    return text


SETTINGS = (
    Setting("index", "var/index", "Directory of the index.", _name),
    Setting("engine", "tantivy", "Engine a new index is made with: tantivy, whoosh, opensearch or memory.", _engine),
    Setting("opensearch_urls", "", "Addresses of OpenSearch, separated by commas; empty: those the index was made with."),
    Setting("opensearch_alias", "timtin", "Alias of the index in OpenSearch.", _name),
    Setting("opensearch_user", "", "User of OpenSearch; empty: none is sent."),
    Setting("opensearch_password", "", "Password of that user. Better in the environment than in a file or on a command line."),
    Setting("opensearch_ca_file", "", "File of the certificate authority that signed OpenSearch's certificate; empty: the system's."),
    Setting("opensearch_shards", 1, "Shards of a new index in OpenSearch: about one for each 30 GB.", _positive),
    Setting("opensearch_replicas", 1, "Copies of each shard beside the first: as many nodes may fail.", _count),
    Setting("search_budget_ms", 2000, "Milliseconds after which a search in OpenSearch answers with what it has found.", _positive),
    Setting("segmenter", "tables", "Word segmenter: tables (pyvi's model as tables, fast) or pyvi (the package itself)."),
    Setting(
        "workers", AUTO, "Processes that take articles apart when indexing; auto: one a processor core, 0: none but the main one.", _workers
    ),
    Setting("homes", "", "Where sources report from: HOST = PLACE or NAME = PLACE, separated by semicolons; or a table [homes].", _pairs),
    Setting("host", "127.0.0.1", "Address the web server listens on."),
    Setting("port", 8000, "Port the web server listens on; 0 lets the system choose.", _port),
    Setting("threads", 4, "Threads that answer web requests.", _positive),
    Setting("page_size", 20, "Results a page, and the default of --limit.", _positive),
    Setting("site_name", "timtin", "Name shown on the pages."),
    Setting("fetch_folder", "var/fetch", "Folder of fetched pages (WARC) and of what is remembered about them.", _name),
    Setting("fetch_delay", 2, "Seconds between two requests of a fetch to one host; robots.txt may ask for more.", _seconds),
    Setting("fetch_contact", "", "Web or mail address sent with every request, for owners of sites to write to.", _contact),
    Setting("trusted_hosts", "", "Host names the server answers to, separated by commas; empty: any."),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their values."""

    index: str
    engine: str
    opensearch_urls: str
    opensearch_alias: str
    opensearch_user: str
    opensearch_password: str
    opensearch_ca_file: str
    opensearch_shards: int
    opensearch_replicas: int
    search_budget_ms: int
    segmenter: str
    workers: str
    homes: str
    host: str
    port: int
    threads: int
    page_size: int
    site_name: str
    fetch_folder: str
    fetch_delay: int
    fetch_contact: str
    trusted_hosts: str
    chosen: frozenset[str] = frozenset()
    """Names that were set somewhere, not left at their default."""


def load(flags: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Read all settings. `flags` holds values given on the command line (None: not given). Raises SettingsError."""
    environment = os.environ if environment is None else environment
    written = _file(environment)
    values: dict[str, Any] = {}
    chosen = set()
    for setting in SETTINGS:
        values[setting.name] = setting.default
        for source, text in (
            ("the configuration file", written.get(setting.name)),
            (setting.variable, environment.get(setting.variable) or None),
            (f"--{setting.name.replace('_', '-')}", flags.get(setting.name)),
        ):
            if text is not None:
                values[setting.name] = _parsed(setting, str(text), source)
                chosen.add(setting.name)
    return Settings(**values, chosen=frozenset(chosen))


def _parsed(setting: Setting, text: str, source: str) -> Any:
    try:
        return setting.parse(text)
    except ValueError as error:
        raise SettingsError(f"{source}: {setting.name} = {text!r} cannot be used: {error}. {setting.help}") from error


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Pairs of a table; a host written without quotes is a table in a table: ``a.vn`` is ``vn`` in ``a``."""
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _file(environment: Mapping[str, str]) -> dict[str, Any]:
    named = environment.get(CONFIG_VARIABLE)
    path = Path(named or CONFIG_FILE)
    if not path.exists():
        if named:
            raise SettingsError(f"{CONFIG_VARIABLE}: there is no file {named!r}.")
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be read: {error}") from error
    unknown = sorted(set(values) - {setting.name for setting in SETTINGS})
    if unknown:
        known = ", ".join(setting.name for setting in SETTINGS)
        raise SettingsError(f"{path}: unknown setting {', '.join(unknown)}. Settings: {known}.")
    if isinstance(values.get("homes"), dict):
        values["homes"] = "; ".join(f"{name} = {place}" for name, place in _flat(values["homes"]))
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise SettingsError(f"{path}: {name} = {value!r} cannot be used: it must be a text or a whole number.")
    return values
