"""Hard cases of locality, each a sentence of ours: homonyms, eras, lists, datelines, and what only looks like a place."""

from __future__ import annotations

from datetime import date

import pytest

from analyzers.places import PlaceFinder
from analyzers.text import nfc
from tests.analyzers.test_places_tagger import analyzed

Y17, Y20, Y23 = date(2017, 6, 1), date(2020, 3, 3), date(2023, 6, 1)
Y24, Y25, Y26 = date(2024, 9, 9), date(2025, 9, 9), date(2026, 3, 1)

ABOUT: list[tuple[date, str, str, list[str]]] = [
    (
        Y24,
        "Thị xã Hồng Ngự cũ lên thành phố",
        "UBND TP Hồng Ngự, tỉnh Đồng Tháp sơ kết ba năm lên thành phố.",
        ["dong-thap/thanh-pho-hong-ngu"],
    ),
    (Y24, "Huyện Hồng Ngự diễn tập chống lụt", "Huyện Hồng Ngự (Đồng Tháp) diễn tập ở bờ sông Tiền.", ["dong-thap/huyen-hong-ngu"]),
    (Y24, "Thị xã Cai Lậy mở chợ đêm", "Sáng 3/9, thị xã Cai Lậy (Tiền Giang) khai trương chợ đêm.", ["tien-giang/thi-xa-cai-lay"]),
    (
        Y23,
        "Xã Tân Thành được công nhận nông thôn mới",
        "Ngày 3/5, xã Tân Thành, huyện Hàm Thuận Nam (Bình Thuận) đón bằng công nhận.",
        ["binh-thuan/ham-thuan-nam/tan-thanh"],
    ),
    (Y26, "Phường An Khê khám sức khỏe cho người cao tuổi", "Trạm y tế phường An Khê, tỉnh Gia Lai khám cho 200 cụ.", ["gia-lai/an-khe"]),
    (Y26, "Nhớ chợ phiên huyện Bắc Hà", "Chợ phiên huyện Bắc Hà (tỉnh Lào Cai cũ) từng họp sáng chủ nhật.", ["lao-cai/bac-ha"]),
    (Y26, "Người Bình Định cũ làm du lịch biển", "Ở Bình Định trước đây, nay thuộc tỉnh Gia Lai, khách đông dần.", ["binh-dinh"]),
    (
        Y26,
        "Phường Thủ Dầu Một đào hồ điều hòa",
        "UBND phường Thủ Dầu Một, TP.HCM khởi công hồ điều hòa sáng 2/3.",
        ["ho-chi-minh/thu-dau-mot"],
    ),
    (Y26, "Đặc khu Phú Quốc đón tàu du lịch", "Sáng 1/3, đặc khu Phú Quốc, tỉnh An Giang đón tàu chở 2.000 khách.", ["an-giang/phu-quoc"]),
    (Y23, "Giá cà phê lên cao", "ĐẮK LẮK - Giá cà phê tại các huyện Cư M'gar và Krông Pắc tăng mạnh.", ["dak-lak"]),
    (
        Y23,
        "Cháy kho vải trong đêm",
        "(Nam Định) - Rạng sáng 30/5, kho vải của một công ty ở phường Cửa Bắc, thành phố Nam Định bốc cháy.",
        ["nam-dinh/nam-dinh/cua-bac"],
    ),
    (
        Y23,
        "Tài xế xe tải gây tai nạn bỏ chạy",
        "Khoảng 5h ngày 29/5, tại xã Gia Kiệm, huyện Thống Nhất, xe tải của Lê Văn T. (quê Nghệ An) đâm bà H. (trú huyện Định Quán).",
        ["dong-nai/thong-nhat/gia-kiem"],
    ),
    (
        Y23,
        "Trường THPT Lê Quý Đôn ở Tam Kỳ đón học sinh",
        "Trường THPT Lê Quý Đôn, thành phố Tam Kỳ, tỉnh Quảng Nam khai giảng.",
        ["quang-nam/tam-ky"],
    ),
    (Y23, "Ghép gan cứu bé gái", "Bệnh viện Chợ Rẫy phẫu thuật cho một bé ở huyện Tân Châu, tỉnh Tây Ninh.", ["tay-ninh/tan-chau"]),
    (
        Y23,
        "Nam Định thắng Hải Phòng trên sân nhà",
        "Trong trận đấu vòng 8 V-League, đội bóng thành Nam ghi bàn phút 80, tiền đạo lập cú đúp.",
        [],
    ),
    (Y23, "Vé số đài Vĩnh Long trúng độc đắc", "Một đại lý vé số trúng số 28 tỷ đồng, người trúng giải chưa lộ diện.", []),
    (Y23, "Động đất tại tỉnh Cam Túc, Trung Quốc", "Động đất làm nhiều nhà ở Cam Túc sập.", []),
    (Y23, "Ngập tại thành phố Trùng Khánh (Trung Quốc)", "Mưa lớn làm Trùng Khánh ngập sâu, 10.000 người sơ tán.", []),
    (
        Y23,
        "Kết nghĩa hai bên biên giới",
        "Huyện Nậm Pồ (Điện Biên) kết nghĩa với huyện Nhot U, tỉnh Phongsaly (Lào).",
        ["dien-bien/nam-po"],
    ),
    (Y23, "Nắng nóng diện rộng ở miền Trung", "Thanh Hóa, Nghệ An, Hà Tĩnh, Quảng Bình, Quảng Trị và Đà Nẵng có nơi trên 39 độ.", []),
    (
        Y23,
        "Mưa đá ở Mường La, Bắc Yên",
        "Chiều 31/5, mưa đá ở các huyện Mường La, Bắc Yên, tỉnh Sơn La làm hỏng nhiều mái nhà.",
        ["son-la/muong-la", "son-la/bac-yen"],
    ),
    (
        Y23,
        "Xã Hòa Bắc và xã Hòa Ninh thử nghiệm du lịch cộng đồng",
        "Hai xã của huyện Hòa Vang, thành phố Đà Nẵng mở 12 nhà nghỉ.",
        ["da-nang/hoa-vang/hoa-bac", "da-nang/hoa-vang/hoa-ninh"],
    ),
    (
        Y23,
        "Thị trấn Trà Xuân huyện Trà Bồng làm đường",
        "Thị trấn Trà Xuân, huyện Trà Bồng (Quảng Ngãi) bê tông hóa 3 km đường hẻm.",
        ["quang-ngai/tra-bong/tra-xuan"],
    ),
    (Y23, "Thị trấn Sông Mã lắp camera", "UBND thị trấn Sông Mã (huyện Sông Mã, Sơn La) lắp 40 camera.", ["son-la/song-ma/song-ma"]),
    (Y23, "Phường 5 thành phố Cà Mau xóa ngõ tối", "Phường 5, thành phố Cà Mau lắp 60 bóng đèn.", ["ca-mau/ca-mau/5"]),
    (Y23, "Quận 8 thông hẻm cụt", "UBND quận 8 (TP.HCM) vận động dân hiến đất ở phường 16.", ["ho-chi-minh/8"]),
    (Y23, "TP Thủ Đức trồng cây ven rạch", "TP Thủ Đức (TP.HCM) trồng 2.000 cây.", ["ho-chi-minh/thu-duc"]),
    (Y23, "Khát vọng hòa bình của tuổi trẻ", "Các bạn trẻ vẽ tranh về hòa bình và thống nhất đất nước.", []),
    (Y23, "Hòa Bình xả lũ một cửa đáy", "Thủy điện ở thành phố Hòa Bình, tỉnh Hòa Bình xả lũ lúc 9h.", ["hoa-binh/hoa-binh"]),
    (Y23, "Ùn tắc trên đường Nguyễn Trãi", "Đường Nguyễn Trãi qua quận Thanh Xuân, Hà Nội ùn tắc sáng 1/6.", ["ha-noi/thanh-xuan"]),
    (Y23, "Bà Lê Thanh Hải nhận giải", "Bà Lê Thanh Hải và ông Trần Đức Hòa cùng nhận giải thưởng.", []),
    (Y23, "Hội Phụ nữ xã Phú Sơn ra mắt mô hình mới", "Hội Phụ nữ xã Phú Sơn ra mắt mô hình nuôi gà thả vườn.", []),
    (
        Y20,
        "Tặng nhà cho hộ nghèo",
        "Sáng 2/3, tại xã Ea Sô, huyện Ea Kar, Tỉnh đoàn Đắk Lắk trao nhà tình thương.",
        ["dak-lak/ea-kar/ea-so"],
    ),
    (Y20, "Huyện Krông Nô làm thủy lợi", "Ở xã Nâm N’Đir, huyện Krông Nô (Đắk Nông), kênh dài 2 km sắp xong.", ["dak-nong/krong-no"]),
    (Y24, "Bà Rịa - Vũng Tàu thả rùa về biển", "Sáng 8/9, Vườn quốc gia Côn Đảo thả 120 rùa con.", ["ba-ria-vung-tau"]),
    (Y24, "Vinh mở phố đi bộ", "TP Vinh (Nghệ An) mở phố đi bộ tối thứ bảy.", ["nghe-an/vinh"]),
    (Y25, "Huế sửa cầu ngói Thanh Toàn", "Ngày 8/9, UBND thành phố Huế phê duyệt dự án ở phường Thanh Thủy.", ["hue/thanh-thuy"]),
    (Y17, "Bắt nhóm trộm chó", "Công an H.Long Thành (Đồng Nai) bắt 3 người tại X.Lộc An.", ["dong-nai/long-thanh/loc-an"]),
    (Y23, "Thành ủy Sa Đéc giao ban", "Thành ủy Sa Đéc họp giao ban tháng 5 với bí thư 9 xã, phường.", ["dong-thap/sa-dec"]),
    (
        Y23,
        "Xe khách lao xuống vực",
        "Xe chạy tuyến Đắk Lắk - Hà Nội gặp nạn khoảng 2h ngày 30/5 tại xã Đắk Man, huyện Đắk Glei, tỉnh Kon Tum.",
        ["kon-tum/dak-glei/dak-man"],
    ),
    (
        Y23,
        "Chỉ số cải cách hành chính của Lạng Sơn tăng",
        "Lạng Sơn đứng trên Cao Bằng, Bắc Kạn và dưới Quảng Ninh, Hải Phòng.",
        ["lang-son"],
    ),
    (
        Y23,
        "Đoàn công tác tỉnh Hậu Giang thăm Cần Đước",
        "Ngày 30/5, đoàn công tác tỉnh Hậu Giang đến tìm hiểu mô hình ở huyện Cần Đước, tỉnh Long An. Huyện Cần Đước có 15 xã.",
        ["long-an/can-duoc"],
    ),
    (Y23, "HUYỆN ĐỒNG VĂN TẬP HUẤN HƯỚNG DẪN VIÊN", "Huyện Đồng Văn, tỉnh Hà Giang tập huấn cho 60 người.", ["ha-giang/dong-van"]),
    (
        Y23,
        "Cúp nước ở ba phường",
        "Từ 22h ngày 1/6, các phường Hiệp Bình Chánh, Linh Đông, Tam Phú (TP Thủ Đức, TP.HCM) bị cúp nước.",
        ["ho-chi-minh/thu-duc"],
    ),
    (date(2007, 5, 5), "Hà Tây mở rộng làng nghề", "Tỉnh Hà Tây quy hoạch lại làng nghề ở huyện Hoài Đức.", ["ha-tay/hoai-duc"]),
    (date(2010, 5, 5), "Huyện Hoài Đức trồng nho", "Huyện Hoài Đức (Hà Nội) trồng thử 2 ha nho.", ["ha-noi/hoai-duc"]),
    (Y25, "Xã Kim Liên đón khách", "Xã Kim Liên, tỉnh Nghệ An đón 5.000 khách dịp 2/9.", ["nghe-an/kim-lien"]),
    (Y25, "Phường Pleiku sắp xếp chợ", "Sáng 8/9, phường Pleiku (Gia Lai) sắp xếp chợ đêm.", ["gia-lai/pleiku"]),
    (Y23, "Đồng chí Bình Thuận được khen", "Đồng chí Bình Thuận, tổ trưởng tổ dân phố, được khen.", []),
    (Y23, "Công ty Xi măng Bỉm Sơn báo lãi", "Công ty cổ phần Xi măng Bỉm Sơn báo lãi quý I.", []),
    (Y23, "Sân bay Cát Bi tạm đóng", "Sân bay Cát Bi tạm đóng cửa lúc 15h vì bão.", []),
    (Y23, "Cách chọn nước mắm Phú Quốc ngon", "Nước mắm Phú Quốc có màu cánh gián.", []),
    (
        Y23,
        "Cửa khẩu Móng Cái thông quan 300 xe",
        "Ngày 31/5, cửa khẩu quốc tế Móng Cái (Quảng Ninh) thông quan 300 xe.",
        ["quang-ninh/mong-cai"],
    ),
    (Y23, "Kỷ niệm chiến thắng Điện Biên Phủ", "Chiến dịch Điện Biên Phủ được ôn lại trong buổi sinh hoạt của trường.", []),
    (Y23, "Sông Thái Bình dâng nhanh", "Mực nước sông Thái Bình dâng nhanh.", []),
    (Y23, "Thái Bình gieo cấy đúng lịch", "Tỉnh Thái Bình gieo cấy xong 75.000 ha.", ["thai-binh"]),
    (
        Y23,
        "Phường Thống Nhất dọn rác",
        "Phường Thống Nhất, thành phố Biên Hòa (Đồng Nai) dọn rác ven sông.",
        ["dong-nai/bien-hoa/thong-nhat"],
    ),
    (Y23, "Trung thu ở Tân Phú", "Trẻ em quận Tân Phú, TP.HCM rước đèn.", ["ho-chi-minh/tan-phu"]),
    (Y23, "Dạy nghề ở huyện Tân Phú", "Huyện Tân Phú, Đồng Nai dạy nghề mộc.", ["dong-nai/tan-phu"]),
    (Y23, "Châu Thành bán trái cây sớm", "Nông dân Châu Thành hái chôm chôm sớm nửa tháng.", []),
    (Y23, "Châu Thành bán trái cây sớm", "Nông dân huyện Châu Thành, tỉnh Bến Tre hái chôm chôm sớm.", ["ben-tre/chau-thanh"]),
    (Y23, "Xã An Phú nuôi ong", "Xã An Phú nuôi ong lấy mật.", []),
    (
        Y23,
        "Ba tỉnh họp bàn nguồn nước",
        "Các tỉnh: Ninh Thuận, Bình Thuận, Lâm Đồng họp bàn chia nước hồ.",
        ["ninh-thuan", "binh-thuan", "lam-dong"],
    ),
    (
        Y17,
        "Nghĩa Đàn: Tặng áo ấm cho học sinh",
        "Hội Chữ thập đỏ huyện Nghĩa Đàn tặng áo ấm, trao tận nhà một em ở thị trấn Nghĩa Đàn.",
        ["nghe-an/nghia-dan"],
    ),
    (
        Y17,
        "Đào giếng gặp chum tiền cổ",
        "Nhà ông Điền (Yên Thành, Nghệ An) đào giếng. Ông (60 tuổi, trú thị trấn Yên Thành) vui.",
        ["nghe-an/yen-thanh"],
    ),
    (Y17, "Đội tuyển gặp khách trên sân Thống Nhất", "Trận đấu tối 7-2 ở TP HCM là dịp để tiền đạo trẻ ghi bàn.", []),
]
"""Day, title, lead, and the paths of what the article is about, finest first named."""

NAMED: list[tuple[date, str, dict[str, str]]] = [
    (Y23, "Tại Hà Nội, sáng nay mưa lớn.", {"Hà Nội": "ha-noi"}),
    (Y23, "Theo Quảng Nam, lũ đã rút. Người Phú Yên quen với nắng.", {"Quảng Nam": "quang-nam", "Phú Yên": "phu-yen"}),
    (Y23, "Thăm Hội An mùa lũ. Tỉnh Quảng Nam giúp dân dọn bùn.", {"Hội An": "quang-nam/hoi-an", "Tỉnh Quảng Nam": "quang-nam"}),
    (
        Y23,
        "Các phường 1, 2, 3 và 5 của quận Gò Vấp.",
        {"phường 1": "ho-chi-minh/go-vap/1", "3": "ho-chi-minh/go-vap/3", "5": "ho-chi-minh/go-vap/5", "quận Gò Vấp": "ho-chi-minh/go-vap"},
    ),
    (
        Y23,
        "Xã Ia Dom, H.Đức Cơ, Gia Lai; P.Hoa Lư (TP.Pleiku).",
        {
            "Xã Ia Dom": "gia-lai/duc-co/ia-dom",
            "H.Đức Cơ": "gia-lai/duc-co",
            "Gia Lai": "gia-lai",
            "P.Hoa Lư": "gia-lai/pleiku/hoa-lu",
            "TP.Pleiku": "gia-lai/pleiku",
        },
    ),
    (
        Y23,
        "phường Hội Thương, Hội Phú, Diên Hồng (thành phố Pleiku).",
        {
            "phường Hội Thương": "gia-lai/pleiku/hoi-thuong",
            "Hội Phú": "gia-lai/pleiku/hoi-phu",
            "Diên Hồng": "gia-lai/pleiku/dien-hong",
            "thành phố Pleiku": "gia-lai/pleiku",
        },
    ),
    (
        Y23,
        "Xã Hòa Bình, huyện Hòa Bình, tỉnh Bạc Liêu.",
        {"Xã Hòa Bình": "bac-lieu/hoa-binh/hoa-binh", "huyện Hòa Bình": "bac-lieu/hoa-binh", "tỉnh Bạc Liêu": "bac-lieu"},
    ),
    (
        Y23,
        "TT.Phú Túc (H.Krông Pa) và TX.Ayun Pa.",
        {"TT.Phú Túc": "gia-lai/krong-pa/phu-tuc", "H.Krông Pa": "gia-lai/krong-pa", "TX.Ayun Pa": "gia-lai/ayun-pa"},
    ),
    (
        Y23,
        "Thôn 2, xã Đắk R'Tíh, huyện Tuy Đức, Đắk Nông.",
        {"xã Đắk R'Tíh": "dak-nong/tuy-duc/dak-r-tih", "huyện Tuy Đức": "dak-nong/tuy-duc", "Đắk Nông": "dak-nong"},
    ),
    (
        Y23,
        "P.Bến Nghé, Q.1, TP.HCM; P.12, Q.Bình Thạnh.",
        {
            "P.Bến Nghé": "ho-chi-minh/1/ben-nghe",
            "Q.1": "ho-chi-minh/1",
            "TP.HCM": "ho-chi-minh",
            "P.12": "ho-chi-minh/binh-thanh/12",
            "Q.Bình Thạnh": "ho-chi-minh/binh-thanh",
        },
    ),
    (Y23, "UBND phường Võ Thị Sáu, quận 3 mở lớp học.", {"phường Võ Thị Sáu": "ho-chi-minh/3/vo-thi-sau", "quận 3": "ho-chi-minh/3"}),
    (Y23, "Ruộng bậc thang Mù Cang Chải vào mùa nước đổ.", {"Mù Cang Chải": "yen-bai/mu-cang-chai"}),
    (
        Y26,
        "Các phường Hải Châu, Sơn Trà, An Hải (TP Đà Nẵng).",
        {"phường Hải Châu": "da-nang/hai-chau", "Sơn Trà": "da-nang/son-tra", "An Hải": "da-nang/an-hai", "TP Đà Nẵng": "da-nang"},
    ),
    (
        Y26,
        "Huyện Chương Mỹ trước kia, phường Chương Mỹ hôm nay.",
        {"Huyện Chương Mỹ": "ha-noi/chuong-my", "phường Chương Mỹ": "ha-noi/chuong-my"},
    ),
    (Y24, "Huế mưa suốt tuần.", {"Huế": "thua-thien-hue/hue"}),
    (Y25, "Huế mưa suốt tuần.", {"Huế": "hue"}),
]
"""Day, sentence, and every name in it that is settled, with the path of its unit."""

NO_PLACE = [
    "Đền thờ An Dương Vương mở hội.",
    "Ca sĩ Hồ Quang Hiếu hát mừng vua Quang Trung ra trận.",
    "Học sinh Trường Tiểu học Kim Đồng và Trường THCS Lý Tự Trọng dự thi.",
    "Cầu Bình Lợi, cầu Rạch Miễu, hầm Hải Vân và đèo Cả đều kẹt xe.",
    "Xe leo qua đèo An Khê lúc nửa đêm.",
    "Ông Phan Thiết và bà Ngọc Hồi cùng anh Nguyễn Sơn Tây đến từ sớm.",
    "Đồng chí Thái Bình phát biểu.",
    "Thành phố trực thuộc tỉnh; phường xã; thị trấn, quận huyện.",
    "Quán bún bò Huế ở phố Hàng Bồ.",
    "Tỉnh Vân Nam, tỉnh Quảng Tây và thành phố Nam Ninh của Trung Quốc.",
    "Mẹ chọn hòa bình, con chọn đoàn kết.",
    "Đọc báo Sài Gòn Giải Phóng mỗi sáng.",
    "Hai tổ tự quản Tân Tiến, Tân Thành thi nấu ăn.",
]


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder()


@pytest.mark.parametrize(("on", "title", "lead", "primary"), ABOUT)
def test_what_an_article_is_about(finder: PlaceFinder, on: date, title: str, lead: str, primary: list[str]) -> None:
    found = finder.find([analyzed(title), analyzed(lead), analyzed("")], on)
    assert [place.path for place in found.places if place.role == "primary"] == primary


@pytest.mark.parametrize(("on", "sentence", "named"), NAMED)
def test_which_unit_a_name_means(finder: PlaceFinder, on: date, sentence: str, named: dict[str, str]) -> None:
    found = finder.find([analyzed(""), analyzed(""), analyzed(sentence)], on)
    gazetteer = finder.gazetteer
    settled = {nfc(sentence)[one.start : one.end]: gazetteer.path(gazetteer.unit(one.unit, on), on) for one in found.mentions if one.unit}
    assert settled == named


@pytest.mark.parametrize("sentence", NO_PLACE)
def test_what_only_looks_like_a_place(finder: PlaceFinder, sentence: str) -> None:
    found = finder.find([analyzed(""), analyzed(""), analyzed(sentence)], Y23)
    assert [one.unit for one in found.mentions if one.unit] == []


def test_an_address_that_names_another_province_leaves_its_unit_open(finder: PlaceFinder) -> None:
    """The only xã Nam Đông of 2026 lies in Huế: either word of the address may be the wrong one."""
    found = finder.find([analyzed(""), analyzed(""), analyzed("Xã Nam Đông, tỉnh Lâm Đồng họp dân.")], Y26)
    assert [(one.unit, one.rule) for one in found.mentions] == [(None, "contradicted"), ("p68:n", "typed")]


def test_candidates_are_units_once_each(finder: PlaceFinder) -> None:
    found = finder.find([analyzed(""), analyzed(""), analyzed("Bí thư Thành ủy TPHCM phát biểu.")], Y17)
    assert [(one.unit, len(one.candidates) == len(set(one.candidates))) for one in found.mentions] == [("p79:o", True)]
