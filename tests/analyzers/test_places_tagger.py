"""The tagger: typed and bare names, lists, spellings, and what is not a place."""

from __future__ import annotations

from datetime import date

import pytest

from analyzers.analyzer import AnalyzedText
from analyzers.keys import folded_key, marked_key
from analyzers.places import Mention, PlaceAnalysis, PlaceFinder
from analyzers.syllables import spans
from analyzers.text import nfc

D2017, D2023, D2026 = date(2017, 6, 1), date(2023, 6, 1), date(2026, 3, 1)


def analyzed(text: str) -> AnalyzedText:
    """Syllables and keys without compounds: all that places need."""
    text = nfc(text)
    found = spans(text)
    surfaces = [text[start:end] for start, end in found]
    keys = [marked_key(surface) for surface in surfaces], [folded_key(surface) for surface in surfaces]
    return AnalyzedText(text, [start for start, _ in found], [end for _, end in found], *keys, [])


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder()


def find(finder: PlaceFinder, text: str, on: date | None = D2023, home: str | None = None) -> PlaceAnalysis:
    return finder.find([analyzed(""), analyzed(""), analyzed(text)], on, home=home)


def named(finder: PlaceFinder, text: str, on: date | None = D2023) -> dict[str, str]:
    """Chosen units of a body by the surface that names them: full labels."""
    gazetteer = finder.gazetteer
    return {
        nfc(text)[mention.start : mention.end]: gazetteer.full_label(gazetteer.unit(mention.unit, on), on)
        for mention in find(finder, text, on).mentions
        if mention.unit
    }


def mention(finder: PlaceFinder, text: str, surface: str, on: date | None = D2023) -> Mention:
    return next(found for found in find(finder, text, on).mentions if nfc(text)[found.start : found.end] == surface)


@pytest.mark.parametrize(
    ("text", "surface", "label"),
    [
        ("Cháy chợ ở TX An Khê.", "TX An Khê", "An Khê (Gia Lai)"),
        ("Họp tại TX. An Khê.", "TX. An Khê", "An Khê (Gia Lai)"),
        ("Họp tại H. Đắk Song.", "H. Đắk Song", "Đắk Song (Đắk Nông)"),
        ("Họp tại H.Đăk Song.", "H.Đăk Song", "Đắk Song (Đắk Nông)"),
        ("Cháy ở Q.1, TP.HCM.", "Q.1", "1 (Hồ Chí Minh)"),
        ("Cháy ở quận 12, TP HCM.", "quận 12", "12 (Hồ Chí Minh)"),
        ("Ngập ở TPHCM.", "TPHCM", "Hồ Chí Minh"),
        ("Ngập ở Tp. Hồ Chí Minh.", "Tp. Hồ Chí Minh", "Hồ Chí Minh"),
        ("Đảng bộ huyện miền núi Hướng Hóa họp.", "huyện miền núi Hướng Hóa", "Hướng Hóa (Quảng Trị)"),
        ("UBND HUYỆN ĐAK SONG TỔ CHỨC LỄ PHÁT ĐỘNG", "HUYỆN ĐAK SONG", "Đắk Song (Đắk Nông)"),
        ("Bí thư Huyện ủy Đắk Song phát biểu.", "Huyện ủy Đắk Song", "Đắk Song (Đắk Nông)"),
        ("Lãnh đạo Thị uỷ An Khê.", "Thị uỷ An Khê", "An Khê (Gia Lai)"),
        ("Lũ ở tỉnh Thừa Thiên - Huế.", "tỉnh Thừa Thiên - Huế", "Thừa Thiên Huế"),
        ("Họp ở tỉnh Bà Rịa – Vũng Tàu.", "tỉnh Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Khởi công ở huyện Đắk R’lấp.", "huyện Đắk R’lấp", "Đắk R'Lấp (Đắk Nông)"),
        ("Du lịch ĐăkNông mùa này.", "ĐăkNông", "Đắk Nông"),
    ],
)
def test_typed_names_and_spellings(finder: PlaceFinder, text: str, surface: str, label: str) -> None:
    assert named(finder, text)[surface] == label


def test_a_type_word_is_inherited_along_a_list(finder: PlaceFinder) -> None:
    text = "Quy hoạch các xã: Xuân An, Song An, Cửu An, Thành An, Tú An của thị xã An Khê."
    found = named(finder, text)
    assert [found[name] for name in ("xã: Xuân An", "Song An", "Cửu An", "Thành An", "Tú An")] == [
        f"{name} (An Khê, Gia Lai)" for name in ("Xuân An", "Song An", "Cửu An", "Thành An", "Tú An")
    ]


def test_a_singular_list_takes_siblings_and_leaves_parents(finder: PlaceFinder) -> None:
    assert named(finder, "Khảo sát tại xã Bình Chánh, Tân Nhựt (TP.HCM).", D2026) == {
        "xã Bình Chánh": "Bình Chánh (Hồ Chí Minh)",
        "Tân Nhựt": "Tân Nhựt (Hồ Chí Minh)",
        "TP.HCM": "Hồ Chí Minh",
    }
    assert named(finder, "Trộm ở xã Tam Dân, Phú Ninh, Quảng Nam.", D2017)["Phú Ninh"] == "Phú Ninh (Quảng Nam)"


def test_an_address_settles_names_that_many_units_bear(finder: PlaceFinder) -> None:
    text = "Lễ hội ở xã Đại Đồng, huyện Tràng Định, tỉnh Lạng Sơn và xã Đại Đồng (Vĩnh Tường, Vĩnh Phúc)."
    labels = [
        finder.gazetteer.full_label(finder.gazetteer.unit(found.unit, D2017), D2017)
        for found in find(finder, text, D2017).mentions
        if found.unit and found.rule == "address"
    ]
    assert labels[0] == "Đại Đồng (Tràng Định, Lạng Sơn)"
    assert "Đại Đồng (Vĩnh Tường, Vĩnh Phúc)" in labels


def test_a_province_that_begins_like_a_country_is_not_abroad(finder: PlaceFinder) -> None:
    assert len(named(finder, "Mưa ở Sơn La, Lai Châu, Lào Cai, Điện Biên.")) == 4


def test_what_stays_ambiguous_shows_its_candidates(finder: PlaceFinder) -> None:
    found = mention(finder, "Đảng ủy phường Tây Sơn họp.", "phường Tây Sơn")
    assert (found.unit, found.rule) == (None, "ambiguous")
    assert {finder.gazetteer.full_label(finder.gazetteer.unit(unit)) for unit in found.candidates} == {
        "Tây Sơn (An Khê, Gia Lai)",
        "Tây Sơn (Pleiku, Gia Lai)",
        "Tây Sơn (Tam Điệp, Ninh Bình)",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Đoàn kết, thống nhất, hòa bình và thành công là mục tiêu.",
        "Hòa bình cho mọi người.",
        "Nhân dân đoàn kết một lòng vì hạnh phúc.",
        "Ông Nguyễn Thanh Bình và bà Trần Thị Thái Bình đến dự.",
        "Ca sĩ Đàm Vĩnh Hưng hát.",
        "Tàu đi qua Thái Bình Dương.",
        "Xe đỗ ở đường Trần Hưng Đạo, gần cầu Bình Thuận.",
        "Học sinh Trường THPT Lê Lợi.",
        "Bệnh nhân vào Bệnh viện Thanh Nhàn.",
        "Tấm gương đạo đức Hồ Chí Minh.",
        "Chủ tịch Hồ Chí Minh sinh năm 1890.",
        "Bà xã Antonella cùng ông đi nghỉ.",
        "Chủ tịch UBND tỉnh Nguyễn Văn Minh phát biểu.",
        "Thị ủy 6 tháng đầu năm đã họp.",
        "Sự việc tại P.V.M. đang được làm rõ.",
        "hợp tác xã Tân Tiến bán rau sạch",
    ],
)
def test_words_people_streets_and_institutions_are_not_places(finder: PlaceFinder, text: str) -> None:
    assert named(finder, text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Vụ nổ tại tỉnh Quảng Đông, Trung Quốc. Quảng Đông có nhiều nhà máy.",
        "Tai nạn ở huyện Phong Đô, Trùng Khánh, Trung Quốc.",
        "Giao lưu với nhân dân huyện Kongpongro - Vương quốc Campuchia.",
        "Máy bay rơi ở thành phố Lan Khê, tỉnh Chiết Giang, Trung Quốc.",
    ],
)
def test_foreign_units_make_no_place(finder: PlaceFinder, text: str) -> None:
    assert find(finder, text, D2017).about == ()


@pytest.mark.parametrize(
    ("text", "surface", "context"),
    [
        ("Bắt Nguyễn Văn A (30 tuổi, ngụ xã Tân Hà, huyện Lâm Hà).", "xã Tân Hà", "home"),
        ("Anh B quê ở Nghệ An vào làm thuê.", "Nghệ An", "home"),
        ("Công an huyện Lâm Hà cho biết.", "huyện Lâm Hà", "authority"),
        ("Tai nạn tại xã Tân Hà, huyện Lâm Hà.", "xã Tân Hà", "about"),
        ("Xe chạy từ Lai Châu vào Đà Nẵng.", "Lai Châu", "route"),
        ("Xe chạy từ Lai Châu vào Đà Nẵng.", "Đà Nẵng", "route"),
        ("Bệnh viện đa khoa tỉnh Tuyên Quang tiếp nhận bệnh nhân.", "tỉnh Tuyên Quang", "facility"),
        ("Nữ sinh Hà Nội đạt giải.", "Hà Nội", "about"),
        ("Thủ tướng yêu cầu Hà Nội báo cáo.", "Hà Nội", "about"),
        ("Tay đấm tập ở CLB Phú Thọ.", "Phú Thọ", "facility"),
        ("Người trúng số đài Bình Thuận.", "Bình Thuận", "facility"),
    ],
)
def test_what_a_name_does_is_read_from_the_words_before_it(finder: PlaceFinder, text: str, surface: str, context: str) -> None:
    assert mention(finder, text, surface, D2017).context == context


@pytest.mark.parametrize(
    ("text", "on", "surface", "label"),
    [
        ("Gia Lai đón khách.", D2023, "Gia Lai", "Gia Lai"),
        ("Họp ở phường Bình Phước (Đồng Nai).", D2026, "phường Bình Phước", "Bình Phước (Đồng Nai)"),
        ("UBND phường Sài Gòn (TP.HCM) họp.", D2026, "phường Sài Gòn", "Sài Gòn (Hồ Chí Minh)"),
        ("Ngập ở Sài Gòn.", D2017, "Sài Gòn", "Hồ Chí Minh"),
        ("Khách lên Đà Lạt dịp lễ.", D2026, "Đà Lạt", "Đà Lạt (Lâm Đồng)"),
        ("Cháy rừng ở huyện Sóc Sơn cũ.", D2026, "huyện Sóc Sơn", "Sóc Sơn (Hà Nội)"),
        ("Chính phủ hỗ trợ TP Huế.", D2026, "TP Huế", "Huế"),
        ("Chính phủ hỗ trợ TP Huế.", D2017, "TP Huế", "Huế (Thừa Thiên Huế)"),
        ("Tiệm vàng ở xã Nhân Đạo, huyện Lý Nhân.", D2017, "xã Nhân Đạo", "Nhân Đạo (Lý Nhân, Hà Nam)"),
    ],
)
def test_names_are_read_on_the_map_of_their_day(finder: PlaceFinder, text: str, on: date, surface: str, label: str) -> None:
    assert named(finder, text, on)[surface] == label


def test_a_source_settles_only_what_the_article_leaves_open(finder: PlaceFinder) -> None:
    home = "dak-nong/dak-song"
    commune = find(finder, "Tại xã Thuận Hạnh, ngày 5/3.", date(2019, 3, 6), home)
    assert [place.path for place in commune.about] == ["dak-nong/dak-song/thuan-hanh"]
    assert [place.path for place in find(finder, "Ngày 26/2, tỉnh Lạng Sơn tổ chức hội nghị.", D2017, home).about] == ["lang-son"]
    only_huyen = find(finder, "UBND huyện tổ chức tập huấn cho cán bộ xã.", date(2018, 6, 23), home).places
    assert [(place.path, place.rule) for place in only_huyen] == [("dak-nong/dak-song", "source")]
    assert find(finder, "Hôm nay trời nắng.", D2017, home).places == ()
