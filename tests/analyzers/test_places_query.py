"""Places in a search query, sources' homes, and what the room lets out."""

from __future__ import annotations

from datetime import date

import pytest

from analyzers.places import Homes, PlaceFinder, home_from, home_of_host, load


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder()


@pytest.mark.parametrize(
    ("query", "surface", "first", "typed"),
    [
        ("thu ngan sach an khe 2023", "an khe", "An Khê (Gia Lai)", False),
        ("thu ngân sách An Khê 2023", "An Khê", "An Khê (Gia Lai)", False),
        ("THỊ XÃ AN KHÊ", "THỊ XÃ AN KHÊ", "An Khê (Gia Lai)", True),
        ("thi xa an khe", "thi xa an khe", "An Khê (Gia Lai)", True),
        ("tai nan giao thong da nang", "da nang", "Đà Nẵng", False),
        ("kẹt xe tphcm", "tphcm", "Hồ Chí Minh", False),
        ("kẹt xe TP.HCM", "TP.HCM", "Hồ Chí Minh", True),
        ("huyen dak song", "huyen dak song", "Đắk Song (Đắk Nông)", True),
        ("lũ quét hòa bình", "hòa bình", "Hòa Bình", False),
        ("ngap quan 12", "quan 12", "12 (Hồ Chí Minh)", True),
        ("my tho", "my tho", "Mỹ Tho (Tiền Giang)", False),
    ],
)
def test_places_are_recognised_with_or_without_marks_and_case(
    finder: PlaceFinder, query: str, surface: str, first: str, typed: bool
) -> None:
    label = finder.gazetteer.full_label
    found = {(query[place.start : place.end], label(place.units[0]), place.typed) for place in finder.in_query(query)}
    assert (surface, first, typed) in found


@pytest.mark.parametrize(
    ("query", "surface", "name"),
    [
        ("K'Bang giữ rừng", "K'Bang", "KBang"),
        ("huyện K’Bang", "huyện K’Bang", "KBang"),
        ("cà phê EaKar", "EaKar", "Ea Kar"),
        ("plei cu", "plei cu", "Pleiku"),
        ("chợ eah'leo", "eah'leo", "Ea H'leo"),
        ("A Yun Pa", "A Yun Pa", "Ayun Pa"),
        ("Krông Păc", "Krông Păc", "Krông Pắc"),
    ],
)
def test_names_of_the_highlands_are_recognised_by_their_letters(finder: PlaceFinder, query: str, surface: str, name: str) -> None:
    (place,) = finder.in_query(query)
    assert (query[place.start : place.end], place.units[0].name) == (surface, name)


@pytest.mark.parametrize("query", ["bệnh viện K bằng xe", "k bang", "K'bằng", "vitamin k bang hoi"])
def test_words_that_happen_to_have_the_letters_of_a_name_are_none(finder: PlaceFinder, query: str) -> None:
    assert finder.in_query(query) == []


@pytest.mark.parametrize(
    "query",
    ["thống nhất đất nước", "thanh cong", "đoàn kết", "giá vàng hôm nay", "vinh", "tu", "", "   ", "😀", "quan ly", "xa hoi"],
)
def test_dictionary_words_are_left_alone(finder: PlaceFinder, query: str) -> None:
    assert finder.in_query(query) == []


def test_an_ambiguous_name_offers_its_candidates(finder: PlaceFinder) -> None:
    (found,) = finder.in_query("phuong tay son")
    assert {finder.gazetteer.full_label(unit) for unit in found.units} >= {"Tây Sơn (Pleiku, Gia Lai)", "Tây Sơn (Tam Điệp, Ninh Bình)"}


def test_marks_in_a_query_narrow_it(finder: PlaceFinder) -> None:
    (plain,) = finder.in_query("xã tam dan")
    (marked,) = finder.in_query("xã tam dân")
    assert {unit.name for unit in plain.units} > {unit.name for unit in marked.units} == {"Tam Dân"}


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("daksong.daknong.gov.vn", "dak-nong/dak-song"),
        ("bacgiang.gov.vn", "bac-giang"),
        ("www.baogialai.com.vn", "gia-lai"),
        ("vnexpress.net", None),
        ("", None),
    ],
)
def test_a_host_named_after_a_unit_is_at_home_there(host: str, path: str | None) -> None:
    assert home_of_host(load(), host) == path


def test_a_home_is_learnt_from_what_a_source_mostly_reports_on() -> None:
    counts = {"dak-nong": 9, "dak-nong/dak-song": 7, "dak-nong/dak-song/thuan-ha": 7, "ha-noi": 1}
    learnt = home_from(counts, 10)
    assert learnt == ("dak-nong/dak-song", "learnt", 0.7, 10)
    assert home_from(counts, 9) is None
    assert home_from({"ha-noi": 20, "hue": 20}, 40) is None


def test_a_home_that_is_set_comes_before_the_hosts_name_and_covers_subdomains() -> None:
    homes = Homes({"baomoi.example.vn": "gia-lai/an-khe", "bản tin duyên hải": "tra-vinh"})
    assert homes.of(load(), None, "tin.baomoi.example.vn") == ("gia-lai/an-khe", "setting", 0.0, 0)
    assert homes.of(load(), "Bản tin Duyên Hải", "daksong.daknong.gov.vn") == ("tra-vinh", "setting", 0.0, 0)
    assert homes.of(load(), "Báo khác", "daksong.daknong.gov.vn") == ("dak-nong/dak-song", "host", 0.0, 0)
    assert homes.of(load(), "Báo khác", None) is None


def test_a_home_may_be_a_unit_or_a_path_of_any_day(finder: PlaceFinder) -> None:
    assert finder.home("d665:o").label == "huyện Đắk Song"
    assert finder.home("dak-nong/dak-song", date(2026, 1, 1)).label == "huyện Đắk Song"
