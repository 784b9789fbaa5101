"""What the tagger knows about Vietnamese: type words, and the words around a name that say what the name stands for.

All entries are marked keys (lower case, older tone placement), one syllable a word, phrases joined by blanks.
"""

from __future__ import annotations

from analyzers.places.unit import Level

PROVINCE: Level = "province"
DISTRICT: Level = "district"
COMMUNE: Level = "commune"

TYPE_PHRASES: dict[str, tuple[str, ...]] = {
    "tỉnh": ("tỉnh",),
    "thành phố": ("thành phố",),
    "thành": ("thành phố",),
    "tp": ("thành phố",),
    "t p": ("thành phố",),
    "thủ đô": ("thành phố",),
    "cố đô": ("thành phố",),
    "quận": ("quận",),
    "q": ("quận",),
    "huyện": ("huyện",),
    "h": ("huyện",),
    "thị xã": ("thị xã",),
    "tx": ("thị xã",),
    "t x": ("thị xã",),
    "xã": ("xã",),
    "x": ("xã",),
    "phường": ("phường",),
    "p": ("phường",),
    "f": ("phường",),
    "thị trấn": ("thị trấn",),
    "tt": ("thị trấn",),
    "t t": ("thị trấn",),
    "đặc khu": ("đặc khu",),
    "tỉnh ủy": ("tỉnh",),
    "thành ủy": ("thành phố",),
    "thị ủy": ("thị xã",),
    "huyện ủy": ("huyện",),
    "quận ủy": ("quận",),
    "tỉnh đoàn": ("tỉnh",),
    "thành đoàn": ("thành phố",),
    "thị đoàn": ("thị xã",),
    "huyện đoàn": ("huyện",),
    "quận đoàn": ("quận",),
}
"""Type phrase -> official types it stands for."""
AUTHORITY_TYPES = frozenset(phrase for phrase in TYPE_PHRASES if phrase.endswith(("ủy", "đoàn")))
DOTTED_TYPES = frozenset({"q", "h", "x", "p", "f", "t p", "t x", "t t"})
"""Abbreviations that are only types when a full stop follows: ``Q.1``, ``H. Đắk Song``."""
UPPER_TYPES = frozenset({"tp", "tx", "tt", "thành"}) | DOTTED_TYPES
"""Type phrases that must be written with a capital; ``thành`` alone is everyday language."""

LEVELS_OF_TYPE: dict[str, frozenset[Level]] = {
    "tỉnh": frozenset({PROVINCE}),
    "thành phố": frozenset({PROVINCE, DISTRICT}),
    "quận": frozenset({DISTRICT}),
    "huyện": frozenset({DISTRICT}),
    "thị xã": frozenset({DISTRICT}),
    "xã": frozenset({COMMUNE}),
    "phường": frozenset({COMMUNE}),
    "thị trấn": frozenset({COMMUNE}),
    "đặc khu": frozenset({COMMUNE}),
}
MODIFIERS = frozenset(
    "miền núi vùng cao biên giới đảo ven biển nghèo ngoại thành nội anh hùng trẻ cảng cao nguyên hoa tiền tiêu rẻo xa cửa khẩu du lịch mới".split()
)
"""Words between type and name: ``huyện miền núi Hướng Hóa``, ``thành phố biển Nha Trang``."""
PLURALS = frozenset("các những hai ba bốn năm sáu bảy tám nhiều và 2 3 4 5 6 7 8 9 10 11 12 02 03 04 05 06 07 08 09".split())
"""Words before a type that announce a list: ``các xã``, ``2 huyện``."""

BIRTH_CUES = frozenset("quê quán sinh gốc".split())
HOME_CUES = frozenset("trú ngụ hktt đktt đkhktt sống tuổi sn".split()) | BIRTH_CUES
"""Syllables that open a person's address: *tạm trú, cư ngụ, quê ở, sinh tại, hiện sống tại, 30 tuổi ở*."""
ADDRESS_WORDS = frozenset(
    """số nhà thôn ấp khu tổ đường phố bản buôn làng xóm khóm khối ngõ ngách hẻm kiệt đội chung cư phận phía bàn tập thể dân địa bàn vực hiện trường
    đều cùng đang lâu dài hộ khẩu thường năm ngày tạm cư nguyên đền chùa đình cầu chợ hồ sông quán ngã ba tư gần trước trụ sở nhánh km
    quốc lộ tỉnh đoạn tuyến qua giao bờ bãi cánh đồng trên trong tiểu xã huyện""".split()
)
"""Syllables an address may hold between its opening word and the unit's name."""
DETAIL_WORDS = frozenset("thôn ấp tổ đường phố bản buôn làng xóm khóm khối ngõ ngách hẻm kiệt km lộ ngã số".split())
"""Parts of an address below the commune: whoever gives them tells where something is."""
CRIME_WORDS = frozenset(
    """công an|khởi tố|bị can|bị cáo|đối tượng|tai nạn|bắt giữ|nạn nhân|tử vong|hung thủ|nghi phạm|nghi can|tòa án|điều tra|thi thể|cảnh sát""".split(
        "|"
    )
)
"""Police news: there a person's address is not where it happened."""
SCENE_CUES = frozenset("tại ở thuộc trên xuống đến tới".split())
"""Prepositions of place."""
ROUTE_WORDS = frozenset("từ tuyến hướng đi về giáp qua đến cách chiều".split())
AUTHORITY_WORDS = frozenset(
    """ubnd hđnd tand vksnd vks sở cục mttq csgt csđt catp đbqh cađt ubmttq cqđt ủy ban phòng lãnh chi hạt tòa""".split()
)
AUTHORITY_PHRASES = frozenset(
    """công an|chủ tịch|bí thư|đảng bộ|đảng ủy|bộ chqs|biên phòng|tòa án|viện kiểm|ủy ban|hội đồng|cơ quan|kiểm lâm|chính quyền|
    lãnh đạo|thanh tra|quân sự|tỉnh đội|cảnh sát|thuế|hải quan|điện lực|mặt trận|liên đoàn|hội phụ|hội nông|hội cựu|đoàn thanh|phòng gd""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
"""Offices: named with a unit, they speak for it."""

SCENE_NOUNS = frozenset(
    """đường phố cầu chợ sông hồ suối ga cảng chùa đền đình miếu phủ tháp hầm đập ngõ hẻm cống phà vườn thác kênh rạch
    lăng lộ bến gò mũi tư ba trạm mỏ làng thôn ấp bản buôn xóm""".split()
)
"""Last syllables of nouns for things that lie somewhere (``đường Quang Trung``, ``ngã tư An Sương``): a name right behind is their own,
an address after it is a scene."""
BODY_NOUNS = frozenset(
    """trường viện clb fc sạn trang báo đài thpt thcs học non xe hàng máy nghiệp ty cty bv đh cđ số vàng đội hiệu kcn kđt kcx thương bay
    bia sữa hãng giải cúp tập đoàn giáo giá thắng""".split()
)
"""Last syllables of nouns for institutions, firms and brands; a name right behind one is part of theirs."""
BODY_PHRASES = frozenset(
    """bệnh viện|học viện|công ty|ngân hàng|khách sạn|sân bay|bến xe|nghĩa trang|nhà máy|đại học|cao đẳng|tiểu học|trung học|mầm non|
    mẫu giáo|xổ số|vé số|cao tốc|quốc lộ|tỉnh lộ|đại lộ|tòa nhà|chung cư|khu công|khu đô|khu du|khu bảo|khu di|khu kinh|khu sinh|khu nghỉ|khu tưởng|cụm công|siêu thị|nhà hàng|cửa hàng|
    câu lạc|đội bóng|nhà hát|bảo tàng|thủy điện|nhiệt điện|nhà thờ|giáo xứ|giáo phận|bưu điện|phòng khám|vườn quốc|tập đoàn|doanh nghiệp|
    hợp tác|tiệm vàng|nhà xe|thương hiệu|trại giam|nhà tù|truyền hình|tổng công|nước mắm|sân vận|nhà thi|chi nhánh|cấp cao|cao cấp|
    xe khách|biển số|trạm csgt|đồn biên|trạm kiểm|trạm cảnh|đồn công|trạm thu|trạm y|trung tâm|quỹ tín|công trình|dự án|tuyến đường|đường sắt|đường dây|lãnh sự|trường thpt|trường thcs|trường tiểu""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
"""First two syllables of nouns whose name may end in a unit's: ``Bệnh viện đa khoa tỉnh Tuyên Quang``."""
LEFT_STOPS = frozenset(
    """ở tại thuộc trên đến từ với của cho do và là có về trong bị được đã ra vào theo giữa khi mà rằng nơi cùng gồm như qua gần cách
    phía xuống lên sang trú ngụ quê vừa sẽ đang tỉnh huyện xã phường quận""".split()
)
"""Words at which the search for a facility noun to the left ends."""

PEOPLE = frozenset(
    """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương lâm mai trịnh đào đoàn vương tô tạ hà
    lương lưu thái châu cao nghiêm từ tôn quách kiều triệu phùng thân chu đàm ninh văn doãn lại giang thạch sầm nông vi lò quàng cù
    mạc khuất viên hứa trà khổng tăng y điểu k'""".split()
)
"""Family names, to tell a person behind or around a unit's name."""
TITLES = frozenset("ông bà anh chị em cô chú cháu thầy bé cụ vđv nsnd nsưt vua".split())

COUNTRIES = frozenset(
    """trung quốc|campuchia|lào|thái lan|mỹ|hoa kỳ|nhật bản|nhật|hàn quốc|triều tiên|anh|pháp|đức|nga|đài loan|hồng kông|hong kong|malaysia|
    indonesia|philippines|ấn độ|úc|australia|canada|singapore|myanmar|italia|ý|tây ban nha|bồ đào nha|hà lan|bỉ|thụy điển|thụy sĩ|brazil|
    ukraine|iran|iraq|syria|israel|pakistan|bangladesh|chlb đức|chdcnd lào|vương quốc campuchia|cuba|mexico|argentina|ai cập|thổ nhĩ kỳ|nepal""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split("|")
)
BLOCKED = frozenset(
    """thái bình dương|điện biên phủ|sài gòn giải phóng|hà nội mới|quảng nam quảng ngãi|bình dương becamex|becamex bình dương|hòa bình thế giới|
    hải phòng không|an ninh|thanh hóa học|xô viết nghệ tĩnh|nam định hướng|sài gòn tiếp thị|sài gòn times|bia sài gòn|vàng bạc""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""Longer names that begin or end like a unit's: taken whole, and not a place."""
CLUBS = frozenset("fc clb becamex hagl shb sông xskt qnk than sanna viettel topenland".split())
