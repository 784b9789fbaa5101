"""What an article is about, on the examples every version must get right and on the traps of locality."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from analyzers.places import PlaceAnalysis, PlaceFinder
from benchmarks.places import FLOORS, HOMES, SETS, answer, gold_articles, rows
from tests.analyzers.test_places_tagger import analyzed

D2017, D2023, D2026 = date(2017, 6, 1), date(2023, 7, 1), date(2026, 3, 1)


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder()


def read(finder: PlaceFinder, title: str, lead: str = "", body: str = "", on: date | None = D2017) -> PlaceAnalysis:
    return finder.find([analyzed(title), analyzed(lead), analyzed(body)], on)


def paths(analysis: PlaceAnalysis, role: str = "primary") -> list[str]:
    return [place.path for place in analysis.places if place.role == role]


@pytest.mark.parametrize(
    ("title", "lead", "on", "primary"),
    [
        ("Tây Ninh: Làm rõ nguyên nhân vụ cháy", "Công an tỉnh Tây Ninh xác định không có dấu hiệu tội phạm.", D2026, ["tay-ninh"]),
        (
            "Khảo sát tại xã Bình Chánh, Tân Nhựt",
            "Đoàn công tác TP.HCM khảo sát tại xã Bình Chánh và xã Tân Nhựt.",
            D2026,
            ["ho-chi-minh/binh-chanh", "ho-chi-minh/tan-nhut"],
        ),
        ("Cháy nhà xưởng tại phường Thuận Giao, TP.HCM", "", D2026, ["ho-chi-minh/thuan-giao"]),
        ("Đồng Nai tổng vệ sinh phường Bình Phước", "Người dân phường Bình Phước, Đồng Nai tham gia.", D2026, ["dong-nai/binh-phuoc"]),
        ("Xổ số miền Nam: Người trúng số đài Bình Thuận", "Người trúng 16 tờ vé số đài Bình Thuận xuất hiện.", D2026, []),
        ("Lý Hoàng Nam vào top 500 thế giới", "Tay vợt số một Việt Nam lên vị trí 475.", D2017, []),
        ("Hà Nội khởi công cầu Trần Hưng Đạo bắc qua sông Hồng", "UBND TP Hà Nội đã khởi công chiều 9-10.", D2026, ["ha-noi"]),
        ("Đèo Prenn cửa ngõ Đà Lạt thông trở lại", "Xe lưu thông từ 13h ngày 25/11.", D2026, ["lam-dong/da-lat"]),
        ("Chùa không sư ở đảo Lý Sơn", "Chùa nằm trên đảo Lý Sơn.", D2026, ["quang-ngai/ly-son"]),
    ],
)
def test_headlines(finder: PlaceFinder, title: str, lead: str, on: date, primary: list[str]) -> None:
    assert paths(read(finder, title, lead, on=on)) == primary


def test_a_suspects_home_is_mentioned_and_the_scene_is_the_place(finder: PlaceFinder) -> None:
    body = (
        "Ngày 21/5, Công an tỉnh Thái Nguyên tạm giữ Nguyễn Trung K (28 tuổi, trú tại xã Tây Kỳ, huyện Tứ Kỳ, tỉnh Hải Dương). "
        "Trước đó, khoảng 4h ngày 20/5, tại tổ 16, phường Thịnh Đán, TP Thái Nguyên, tổ công tác đã dừng xe."
    )
    analysis = read(finder, "Lái xe xuyên đêm đi bán", "", body)
    assert paths(analysis) == ["thai-nguyen/thai-nguyen/thinh-dan"]
    assert "hai-duong/tu-ky/tay-ky" in paths(analysis, "mentioned")


def test_without_a_scene_the_victims_home_is_the_place(finder: PlaceFinder) -> None:
    body = "Công an tìm thấy thi thể bà A (SN 1963, ngụ khu vực 5, phường Thủy Xuân, TP Huế). Nghi phạm quê tỉnh Quảng Bình."
    assert paths(read(finder, "Nghi phạm quay lại hiện trường", "", body)) == ["thua-thien-hue/hue/thuy-xuan"]


def test_a_bare_name_is_the_district_not_the_town_inside_it(finder: PlaceFinder) -> None:
    assert paths(read(finder, "Xe tông người ở Đoan Hùng, Phú Thọ", "Tai nạn xảy ra trên địa bàn Đoan Hùng.")) == ["phu-tho/doan-hung"]


def test_many_districts_of_one_province_are_instances(finder: PlaceFinder) -> None:
    body = "Giá ở huyện Trảng Bom, huyện Long Thành và TP Biên Hòa đều giảm."
    analysis = read(finder, "Đồng Nai: Giá heo giảm", "Giá heo ở Đồng Nai giảm mạnh.", body)
    assert paths(analysis) == ["dong-nai"]
    assert set(paths(analysis, "secondary")) == {"dong-nai/trang-bom", "dong-nai/long-thanh", "dong-nai/bien-hoa"}


def test_a_national_list_of_provinces_is_about_none(finder: PlaceFinder) -> None:
    body = "Đổi mã vùng ở Sơn La, Lai Châu, Lào Cai, Điện Biên, Yên Bái, Quảng Bình, Quảng Trị, Nghệ An và Hà Tĩnh."
    assert paths(read(finder, "Đổi mã vùng điện thoại", "", body)) == []


def test_an_undated_article_is_read_on_the_map_it_shows(finder: PlaceFinder) -> None:
    old = read(finder, "Họp ở huyện Chư Sê, tỉnh Gia Lai", on=None)
    assert [place.unit for place in old.places if place.role == "primary"] == ["d633:o"]
    both = read(finder, "Gia Lai đón khách", on=None)
    assert [place.unit for place in both.places] == ["p52:n"]
    fine = read(finder, "Cháy ở xã Bình Chánh, TP.HCM", on=None)
    assert paths(fine) == ["ho-chi-minh"]
    assert any(mention.rule == "era" and len(mention.candidates) > 1 for mention in fine.mentions)


SEEDS = {
    "000": (["gia-lai/an-khe"], {"An Khê", "An Bình", "Cửu An"}),
    "001": (["gia-lai/an-khe"], {"An Khê", "An Bình", "Cửu An"}),
    "002": ([], set()),
    "003": (["bac-kan/bac-kan"], {"Đức Xuân", "Bắc Kạn", "Phong Quang"}),
    "004": (["long-an/kien-tuong"], {"Kiến Tường", "Bình Hiệp", "Tuyên Thạnh"}),
}


@pytest.fixture(scope="module")
def seed_analyses(shared: Path, finder: PlaceFinder) -> dict[str, PlaceAnalysis]:
    """The five seed articles, as they lie there: no date, no lead."""
    found = {}
    for file in sorted((shared / "seeds").glob("*.txt")):
        title, _, body = file.read_text(encoding="utf-8").strip().partition("\n")
        found[file.name[:3]] = read(finder, title, "", body, on=None)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_seed_articles_then_and_today(seed_analyses: dict[str, PlaceAnalysis], finder: PlaceFinder, seed: str) -> None:
    primary, today = SEEDS[seed]
    analysis = seed_analyses[seed]
    assert paths(analysis) == primary
    units = [finder.gazetteer.unit(place.unit, D2023) for place in analysis.places if place.role == "primary"]
    assert {heir.name for unit in units for heir in finder.gazetteer.today(unit)} == today


def test_seed_001_names_its_wards_as_further_places(seed_analyses: dict[str, PlaceAnalysis]) -> None:
    wards = {place.commune for place in seed_analyses["001"].places if place.role == "secondary"}
    assert {"Tây Sơn", "An Phú", "An Tân", "An Bình", "Ngô Mây", "An Phước"} <= wards
    assert {place.province for place in seed_analyses["001"].places} == {"Gia Lai"}


def test_seed_002_is_honestly_ambiguous(seed_analyses: dict[str, PlaceAnalysis], finder: PlaceFinder) -> None:
    """A city's committee, no city named: Pleiku or Tam Điệp, not An Khê (a town)."""
    analysis = seed_analyses["002"]
    assert analysis.places == ()
    (mention,) = analysis.mentions
    labels = {finder.gazetteer.full_label(finder.gazetteer.unit(unit)) for unit in mention.candidates}
    assert (mention.unit, labels) == (None, {"Tây Sơn (Pleiku, Gia Lai)", "Tây Sơn (Tam Điệp, Ninh Bình)"})


def test_seed_004_takes_nothing_from_cambodia(seed_analyses: dict[str, PlaceAnalysis]) -> None:
    assert {place.path for place in seed_analyses["004"].places} == {"long-an/kien-tuong"}


def test_the_floors_of_the_gold_sets_hold(shared: Path, finder: PlaceFinder) -> None:
    answers = []
    for name in SETS:
        gold = list(rows(shared / "gold" / f"{name}.jsonl"))
        for key, article in gold_articles(shared, name, gold).items():
            found = finder.find([analyzed(text) for text in article.texts], article.on, home=HOMES.get(name))
            answers.append(json.dumps(answer(key, found.places)))
    golds = [str(shared / "gold" / f"{name}.jsonl") for name in SETS]
    command = [sys.executable, str(shared / "tools" / "score-places"), *golds]
    result = subprocess.run(command, input="\n".join(answers), capture_output=True, text=True, check=True)
    figures = json.loads(result.stdout.splitlines()[-1])["non_ambiguous"]
    assert all(figures[key] >= floor for key, floor in FLOORS.items()), figures
    assert int(figures["false_in_negatives"].split("/")[0]) <= 1
