"""Settings: file, then environment, then flags; what cannot be used is an error that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli import house
from cli.settings import SETTINGS, Setting, SettingsError, load

pytestmark = pytest.mark.usefixtures("elsewhere")


def test_without_anything_given_all_are_at_their_defaults() -> None:
    settings = load({}, {})
    assert {one.name: getattr(settings, one.name) for one in SETTINGS} == {one.name: one.default for one in SETTINGS}
    assert settings.chosen == frozenset()


def test_the_later_source_wins(elsewhere: Path) -> None:
    (elsewhere / "timtin.toml").write_text('port = 1\nhost = "file"\nsite_name = "file"')
    settings = load({"port": "3"}, {"TIMTIN_PORT": "2", "TIMTIN_HOST": "environment"})
    assert (settings.port, settings.host, settings.site_name) == (3, "environment", "file")
    assert settings.chosen == {"port", "host", "site_name"}


def test_the_file_may_lie_elsewhere(elsewhere: Path) -> None:
    (elsewhere / "timtin.toml").write_text("port = 1")
    (elsewhere / "other.toml").write_text("threads = 2")
    settings = load({}, {"TIMTIN_CONFIG": str(elsewhere / "other.toml")})
    assert (settings.port, settings.threads) == (8000, 2)


def test_an_empty_variable_is_as_good_as_none() -> None:
    assert load({}, {"TIMTIN_PORT": "", "TIMTIN_INDEX": "", "TIMTIN_CONFIG": ""}) == load({}, {})


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_each_can_be_set_by_file_and_environment(elsewhere: Path, setting: Setting) -> None:
    name = setting.name
    value = {"engine": "whoosh", "homes": "a.vn = hue"}.get(name, "7")
    assert str(getattr(load({}, {f"TIMTIN_{name.upper()}": value}), name)) == value
    (elsewhere / "timtin.toml").write_text(f'{name} = "{value}"')
    assert str(getattr(load({}, {}), name)) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("prot = 1", r"timtin.toml: unknown setting prot. Settings: index, engine, .*port"),
        ("a = 1\nb = 2\nport = 3", "unknown setting a, b"),
        ("port = 'x'", "configuration file: port = 'x' cannot be used: it must be a whole number from 0 to 65535"),
        ("port = true", "port = True cannot be used: it must be a text or a whole number"),
        ("index = ['a']", r"index = \['a'\] cannot be used"),
        ("threads = 1.5", "threads = 1.5 cannot be used"),
        ("port = ", "timtin.toml cannot be read"),
        ("port = 1\nport = 2", "timtin.toml cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(elsewhere: Path, text: str, message: str) -> None:
    (elsewhere / "timtin.toml").write_text(text)
    with pytest.raises(SettingsError, match=message):
        load({}, {})


def test_a_file_that_is_no_text_is_named(elsewhere: Path) -> None:
    (elsewhere / "timtin.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"timtin\.toml cannot be read"):
        load({}, {})


def test_a_file_that_was_named_must_be_there() -> None:
    with pytest.raises(SettingsError, match=r"TIMTIN_CONFIG: there is no file 'khong-co\.toml'"):
        load({}, {"TIMTIN_CONFIG": "khong-co.toml"})


@pytest.mark.parametrize(
    ("flags", "environment", "message"),
    [
        ({"port": "abc"}, {}, "--port: port = 'abc' cannot be used"),
        ({"port": "65536"}, {}, "--port: port = '65536' cannot be used: it must be from 0 to 65535"),
        ({"port": "-1"}, {}, "it must be from 0 to 65535"),
        ({}, {"TIMTIN_PORT": "80 80"}, "TIMTIN_PORT: port = '80 80' cannot be used"),
        ({}, {"TIMTIN_THREADS": "0"}, "TIMTIN_THREADS: threads = '0' cannot be used: it must be from 1 to"),
        ({}, {"TIMTIN_PAGE_SIZE": "nhiều"}, "TIMTIN_PAGE_SIZE: page_size = 'nhiều' cannot be used"),
        ({"engine": "lucene"}, {}, "--engine: engine = 'lucene' cannot be used: engines are tantivy, whoosh, opensearch, memory"),
        ({}, {"TIMTIN_HOMES": "a.vn"}, "TIMTIN_HOMES: homes = 'a.vn' cannot be used: 'a.vn' is not NAME = PLACE"),
        ({"index": ""}, {}, "--index: index = '' cannot be used: it must not be empty"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_source_and_what_is_allowed(
    flags: dict[str, str], environment: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        load(flags, environment)


@pytest.mark.parametrize(
    "text", ['[homes]\n"a.vn" = "gia-lai/an-khe"\n"Báo B" = "Huế"\n', '[homes]\na.vn = "gia-lai/an-khe"\n"Báo B" = "Huế"\n']
)
def test_homes_may_be_a_table(elsewhere: Path, text: str) -> None:
    (elsewhere / "timtin.toml").write_text(text)
    assert house.analyzer(load({}, {})).homes.given == {"a.vn": "gia-lai/an-khe", "báo b": "hue"}


def test_a_home_that_is_no_place_is_named_with_the_nearest() -> None:
    with pytest.raises(SettingsError, match=r"homes: 'a\.vn' is at home in 'gia-lia', which is no place\. Nearest: .*Gia L"):
        house.analyzer(load({}, {"TIMTIN_HOMES": "a.vn = gia-lia"}))
