"""The gazetteer answers as of a day: counts, names that moved, kinship, paths, labels, damaged files."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from analyzers.places import DataFileError, Gazetteer, Unit, UnknownUnitError, load, store
from analyzers.places import gazetteer as module
from analyzers.places.build import main as build
from analyzers.places.store import parse
from analyzers.places.table import read_table, write_table

D2017, D2023, EVE, REFORM, D2026 = date(2017, 6, 1), date(2023, 6, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 11, 21)
DATA = Path(store.__file__).parent / "data"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def labels(units: tuple[Unit, ...]) -> set[str]:
    return {unit.label for unit in units}


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"),
    [
        (date(2019, 6, 1), 63, 713, 11160),
        (D2023, 63, 705, 10598),
        (EVE, 63, 696, 10035),
        (REFORM, 34, 0, 3321),
        (D2026, 34, 0, 3321),
    ],
)
def test_units_in_force_on_a_day_are_counted_as_the_lists_say(
    gazetteer: Gazetteer, on: date, provinces: int, districts: int, communes: int
) -> None:
    counts = Counter(unit.level for unit in gazetteer.at(on))
    assert (counts["province"], counts["district"], counts["commune"]) == (provinces, districts, communes)


@pytest.mark.parametrize(
    ("on", "level", "kinds"),
    [
        (D2023, "district", {"huyện": 524, "quận": 46, "thành phố": 83, "thị xã": 52}),
        (D2023, "commune", {"xã": 8207, "phường": 1771, "thị trấn": 620}),
        (REFORM, "commune", {"xã": 2621, "phường": 687, "đặc khu": 13}),
        (D2026, "commune", {"xã": 2611, "phường": 697, "đặc khu": 13}),
        (REFORM, "province", {"tỉnh": 28, "thành phố": 6}),
        (D2026, "province", {"tỉnh": 27, "thành phố": 7}),
    ],
)
def test_types_are_counted_as_the_lists_say(gazetteer: Gazetteer, on: date, level: str, kinds: dict[str, int]) -> None:
    assert Counter(unit.type for unit in gazetteer.at(on) if unit.level == level) == kinds


def test_a_bare_code_means_different_units_before_and_after_the_reform(gazetteer: Gazetteer) -> None:
    assert gazetteer.unit("c00004:o").label == "phường Trúc Bạch"
    assert gazetteer.unit("c00004:n").label == "phường Ba Đình"


def test_gia_lai_of_today_is_not_gia_lai_of_2023(gazetteer: Gazetteer) -> None:
    then, now = gazetteer.at_path("gia-lai", D2023), gazetteer.at_path("gia-lai", D2026)
    assert then.unit != now.unit
    assert labels(gazetteer.predecessors(now.unit)) == {"tỉnh Gia Lai", "tỉnh Bình Định"}
    assert gazetteer.today(then) == (now,)


def test_a_town_becomes_three_communes_one_of_which_keeps_its_name(gazetteer: Gazetteer) -> None:
    town = gazetteer.at_path("gia-lai/an-khe", D2023)
    assert town.label == "thị xã An Khê"
    assert labels(gazetteer.today(town)) == {"phường An Khê", "phường An Bình", "xã Cửu An"}
    assert labels(gazetteer.namesakes(town)) == {"phường An Khê"}
    assert gazetteer.at_path("gia-lai/an-khe", D2026).label == "phường An Khê"
    assert [unit.label for unit in gazetteer.bearers("gia-lai/an-khe")] == ["thị xã An Khê", "phường An Khê"]


@pytest.mark.parametrize("name", ["Vinh", "Huế", "Đà Lạt"])
def test_old_cities_without_a_namesake_commune_stay_findable(gazetteer: Gazetteer, name: str) -> None:
    cities = gazetteer.named(name, date(2024, 6, 1), "district")
    assert len(cities) == 1
    assert gazetteer.namesakes(cities[0]) == ()
    assert gazetteer.today(cities[0])


def test_changes_after_the_reform_are_data(gazetteer: Gazetteer) -> None:
    assert gazetteer.unit("p75:n", date(2026, 4, 29)).label == "tỉnh Đồng Nai"
    assert gazetteer.unit("p75:n", date(2026, 4, 30)).label == "thành phố Đồng Nai"


def test_no_commune_of_today_spans_two_former_provinces(gazetteer: Gazetteer) -> None:
    for commune in gazetteer.at(REFORM, "commune"):
        old = {
            gazetteer.parents(unit, EVE)[0].unit
            for unit in gazetteer.predecessors(commune.unit)
            if unit.level == "commune" and unit.until == REFORM
        }
        assert len(old) <= 1, commune


@pytest.mark.parametrize("on", [date(2007, 1, 1), D2017, D2026])
def test_which_of_the_63_provinces_held_a_unit_is_known_for_all(gazetteer: Gazetteer, on: date) -> None:
    """One for everything but the merged provinces themselves, and each of the 63 for something."""
    held = {unit.unit: gazetteer.provinces_on(unit, EVE) for unit in gazetteer.at(on)}
    assert {gazetteer.unit(unit, on).level for unit, provinces in held.items() if len(provinces) != 1} <= {"province"}
    assert all(held.values())
    assert {path for provinces in held.values() for path in provinces} == {gazetteer.path(unit) for unit in gazetteer.at(EVE, "province")}


@pytest.mark.parametrize(
    ("path", "on", "old"),
    [
        ("ha-tay/hoai-duc", date(2007, 1, 1), ("ha-noi",)),
        ("gia-lai", D2026, ("binh-dinh", "gia-lai")),
        ("tay-ninh/kien-tuong", D2026, ("long-an",)),
        ("thua-thien-hue/hue", D2023, ("hue",)),
    ],
)
def test_territory_counts_for_the_last_of_the_63_that_held_it(gazetteer: Gazetteer, path: str, on: date, old: tuple[str, ...]) -> None:
    assert gazetteer.provinces_on(gazetteer.at_path(path, on), EVE) == old


@pytest.mark.parametrize("on", [date(2005, 1, 1), D2017, D2023, EVE, REFORM, D2026])
def test_every_unit_has_a_path_of_its_own_that_leads_back_to_it(gazetteer: Gazetteer, on: date) -> None:
    """Property: path and at_path are inverse on every day."""
    units = gazetteer.at(on)
    paths = [gazetteer.path(unit, on) for unit in units]
    assert len(set(paths)) == len(units)
    assert all(gazetteer.at_path(path, on) is unit for path, unit in zip(paths, units, strict=True))


def test_siblings_with_one_slug_get_type_and_then_code(gazetteer: Gazetteer) -> None:
    assert gazetteer.path(gazetteer.unit("c04516:o", D2017), D2017).endswith("/xa-minh-quan-04516")
    assert gazetteer.path(gazetteer.unit("c04567:o", D2017), D2017).endswith("/xa-minh-quan-04567")


def test_full_labels_tell_homonyms_apart(gazetteer: Gazetteer) -> None:
    found = {gazetteer.full_label(unit, D2023) for unit in gazetteer.named("Tân Thành", D2023)}
    assert "Tân Thành (Bắc Quang, Hà Giang)" in found
    assert len(found) == len(gazetteer.named("Tân Thành", D2023))


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Dak Lak", "Đắk Lắk"),
        ("Đăk Lăk", "Đắk Lắk"),
        ("ĐăkNông", "Đắk Nông"),
        ("Kontum", "Kon Tum"),
        ("Thừa Thiên-Huế", "Thừa Thiên Huế"),
        ("Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("TPHCM", "Hồ Chí Minh"),
        ("Sài Gòn", "Hồ Chí Minh"),
        ("ha noi", "Hà Nội"),
        ("THÀNH PHỐ HUẾ".removeprefix("THÀNH PHỐ "), "Huế"),
    ],
)
def test_provinces_are_found_by_every_spelling(gazetteer: Gazetteer, spelling: str, name: str) -> None:
    assert name in {unit.name for unit in gazetteer.named(spelling) if unit.level == "province"}


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("Quí Quân", "Quý Quân"),
        ("Can Hồ", "Kan Hồ"),
        ("Nâm N’Jang", "Nâm N'Jang"),
        ("Đăk R’lấp", "Đắk R'Lấp"),
        ("mỹ tho", "Mỹ Tho"),
        ("mi tho", "Mỹ Tho"),
    ],
)
def test_spelling_variants_meet(gazetteer: Gazetteer, spelling: str, unit: str) -> None:
    assert gazetteer.named(spelling)
    assert {found.unit for found in gazetteer.named(unit)} <= {found.unit for found in gazetteer.named(spelling)}


def test_marks_that_were_typed_count(gazetteer: Gazetteer) -> None:
    assert not {unit.name for unit in gazetteer.named("Hà Tĩnh")} & {"Hà Tinh"}
    assert {"Tam Đàn", "Tam Dân"} <= {unit.name for unit in gazetteer.named("tam dan", D2017)}
    assert {unit.name for unit in gazetteer.named("Tam Dân", D2017)} == {"Tam Dân"}


def test_an_unknown_unit_says_so_and_suggests_names(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownUnitError, match="no administrative unit 'gia-lai/an-ke'"):
        gazetteer.at_path("gia-lai/an-ke", D2023)
    with pytest.raises(UnknownUnitError, match="d999"):
        gazetteer.unit("d999:o")
    assert "An Khê" in gazetteer.nearest("an khee")
    assert gazetteer.nearest("gia-lay")[0] == gazetteer.nearest("gia lay")[0] == "Gia Lai"  # of names as near, of the largest unit


def test_the_package_data_is_small() -> None:
    assert sum(file.stat().st_size for file in DATA.iterdir()) <= 1_500_000


def test_a_damaged_file_names_itself_and_the_command_that_rebuilds_it() -> None:
    text = (DATA / store.UNITS).read_text(encoding="utf-8")
    for broken in (text[:-100], text.replace("An Khê", "An Kê", 1), "", "<html>"):
        with pytest.raises(DataFileError, match=r"units\.tsv is damaged: .*python -m analyzers\.places\.build"):
            parse(broken)


def test_a_bad_line_of_a_hand_kept_file_is_named() -> None:
    units = write_table([])
    with pytest.raises(DataFileError, match=r"changes\.tsv is damaged: line 2 cannot be read"):
        parse(units, changes="# comment\nc1:n\tnonsense\n")
    with pytest.raises(DataFileError, match=r"spellings\.tsv is damaged: line 1"):
        parse(units, spellings="one column\n")


def test_the_table_round_trips() -> None:
    text = (DATA / store.UNITS).read_text(encoding="utf-8")
    assert write_table(read_table(text, "units.tsv")) == text


def test_building_again_gives_the_same_bytes(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analyzers.places.build.DATA", tmp_path)
    assert build([str(shared / "gazetteer" / "units.jsonl")]) == 0
    for name in (store.UNITS, store.COMMON):
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes()


def test_todays_units_are_those_the_source_states(shared: Path, gazetteer: Gazetteer) -> None:
    with (shared / "gazetteer" / "units.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if "current_ids" in row:
                since = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
                version = next(unit for unit in gazetteer.versions(row["unit"]) if unit.since == since)
                assert sorted(unit.unit for unit in gazetteer.today(version)) == sorted(row["current_ids"])


def test_what_is_remembered_of_days_is_bounded(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive of many years asks about each unit on thousands of days."""
    most = 500
    monkeypatch.setattr(module, "REMEMBERED", most)
    known = load.__wrapped__()
    units = [unit for unit in known.at(EVE) if unit.parent][:40]
    for unit in units:
        for days in range(60):
            day = EVE - timedelta(days)
            assert known.parents(unit, day) == gazetteer.parents(unit, day)
            assert known.provinces_on(unit, day) == gazetteer.provinces_on(unit, day)
    assert 0 < len(known._lines) <= most
    assert 0 < len(known._provinces) <= most
