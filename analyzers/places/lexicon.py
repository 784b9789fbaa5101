"""What the tagger knows about Vietnamese: type words, and the words around a name that say what the name stands for.

All entries are marked keys (lower case, older tone placement), syllables joined by blanks; phrases are separated by ``|``.
"""

from __future__ import annotations

from analyzers.places.unit import Level


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


# --- type words ---

TYPE_PHRASES: dict[str, tuple[str, ...]] = {
    **{word: (word,) for word in ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "xã", "phường", "thị trấn", "đặc khu")},
    **{f"{stem} ủy": (word,) for stem, word in (("tỉnh", "tỉnh"), ("huyện", "huyện"), ("quận", "quận"), ("thị", "thị xã"))},
    **{f"{stem} đoàn": (word,) for stem, word in (("tỉnh", "tỉnh"), ("huyện", "huyện"), ("quận", "quận"), ("thị", "thị xã"))},
    **dict.fromkeys(("tp", "t p", "thành", "thủ đô", "cố đô", "thành ủy", "thành đoàn"), ("thành phố",)),
    "q": ("quận",),
    "h": ("huyện",),
    "tx": ("thị xã",),
    "t x": ("thị xã",),
    "x": ("xã",),
    "p": ("phường",),
    "f": ("phường",),
    "tt": ("thị trấn",),
    "t t": ("thị trấn",),
}
"""Type phrase -> official types it stands for."""
AUTHORITY_TYPES = frozenset(phrase for phrase in TYPE_PHRASES if phrase.endswith((" ủy", " đoàn")))
DOTTED_TYPES = frozenset({"q", "h", "x", "p", "f", "t p", "t x", "t t"})
"""Abbreviations that are only types when a full stop follows: ``Q.1``, ``H. Đắk Song``."""
ABBREVIATIONS = DOTTED_TYPES | {"tp", "tx", "tt"}
"""Type phrases a full stop may follow."""
UPPER_TYPES = ABBREVIATIONS | {"thành"}
"""Type phrases that must be written with a capital; ``thành`` alone is everyday language."""
NAMED_ONLY = DOTTED_TYPES | {"thành", "tt", "tx"}
"""Type phrases too short to call what follows a unit nobody knows."""
NUMBERED_TYPES = frozenset({"quận", "phường"})
NOT_BEFORE_XA = _words("bà ông tác làng")
"""*bà xã* is a wife, *hợp tác xã* a cooperative."""
JOINED_TYPES = {"tphcm": "hồ chí minh", "tphn": "hà nội", "tphp": "hải phòng", "tpđn": "đà nẵng", "tpct": "cần thơ"}
"""Type and name in one syllable."""
LEVELS_OF_TYPE: dict[str, frozenset[Level]] = {
    "tỉnh": frozenset({"province"}),
    "thành phố": frozenset({"province", "district"}),
    **dict.fromkeys(("quận", "huyện", "thị xã"), frozenset[Level]({"district"})),
    **dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu"), frozenset[Level]({"commune"})),
}
MODIFIERS = _words(
    """miền núi vùng cao biên giới đảo ven biển nghèo ngoại thành nội anh hùng trẻ cảng nguyên hoa tiền tiêu rẻo xa cửa khẩu
    du lịch mới"""
)
"""Words between type and name: ``huyện miền núi Hướng Hóa``, ``thành phố biển Nha Trang``."""
PLURALS = _words("các những hai ba bốn năm sáu bảy tám nhiều và 2 3 4 5 6 7 8 9 10 11 12 02 03 04 05 06 07 08 09")
"""Words before a type that announce a list: ``các xã``, ``2 huyện``."""

# --- people and their homes ---

BIRTH_CUES = _words("quê quán sinh gốc")
HOME_CUES = _words("trú ngụ hktt đktt đkhktt sống tuổi sn") | BIRTH_CUES
"""Syllables that open a person's address: *tạm trú, cư ngụ, quê ở, sinh tại, sống tại, 30 tuổi ở*."""
HOME_ONLY_BEFORE = {"sinh": _words("ngày năm ra tại ở sống quán"), "sống": _words("tại ở trong cùng trên")}
"""Cues that count only in front of these words: *sinh tại*, not *nữ sinh*; *sống ở*, not *cuộc sống*."""
HOME_ONLY_AFTER = {"quán": _words("quê sinh nguyên trú")}
HOME_NOT_AFTER = {"quê": _words("làng miền đồng vùng thôn hương nhà"), "trú": _words("lưu")}
TITLES = _words("ông bà anh chị em cô chú cháu thầy bé cụ vđv nsnd nsưt vua")
PERSONS = TITLES | _words("niên xế thủ gái trai gã")
"""Last syllables of nouns for people whose home may follow: *tài xế ở …*, *nam thanh niên ở …*."""
PEOPLE = _words(
    """nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh trương lâm mai trịnh đào đoàn vương tô tạ hà
    lương lưu thái châu cao nghiêm từ tôn quách kiều triệu phùng thân chu đàm ninh văn doãn lại giang thạch sầm nông vi lò quàng cù
    mạc khuất viên hứa trà khổng tăng y điểu"""
)
"""Family names, to tell a person behind or around a unit's name."""
TEAMS = frozenset({"Hồ Chí Minh"})
"""Names of provinces whose teams bear the type word too: *TP HCM*."""
NAMESAKES = frozenset({"hồ chí minh"})
"""Provinces named after a person: without a type word the name is the person's, unless an address holds it."""

# --- addresses and journeys ---

ADDRESS_WORDS = _words(
    """số nhà thôn ấp khu tổ đường phố bản buôn làng xóm khóm khối ngõ ngách hẻm kiệt đội chung cư phận phía bàn tập thể dân địa vực hiện
    trường đều cùng đang lâu dài hộ khẩu thường năm ngày tạm nguyên đền chùa đình cầu chợ hồ sông quán ngã ba tư gần trước trụ sở nhánh km
    quốc lộ tỉnh đoạn tuyến qua giao bờ bãi cánh đồng trong tiểu xã huyện"""
)
"""Syllables an address may hold between its opening word and the unit's name."""
DETAIL_WORDS = _words("thôn ấp tổ đường phố bản buôn làng xóm khóm khối ngõ ngách hẻm kiệt km lộ ngã số")
"""Parts of an address below the commune: whoever gives them tells where something is."""
SCENE_CUES = _words("tại ở thuộc trên xuống đến tới qua")
"""Prepositions of place."""
OPENERS = SCENE_CUES | _words(
    """từ về theo còn riêng cùng với trong ngoài sau trước khi như nhưng và hay hoặc giữa gần cách quanh rời thăm cả toàn do vì cho của
    người dân khách trai gái nếu dù bởi khắp mỗi nay hiện rồi mà là có"""
)
"""Words that begin a sentence, with a capital, and leave the name behind them whole: *Tại Hà Nội*, *Người Bình Định*."""
ROUTE_WORDS = _words("từ tuyến hướng đi giáp cách chiều")
ONWARD = _words("đi đến ra vào về tới sang lên xuống")
"""*từ X đi Y*: both are ends of a journey."""

# --- offices, things, institutions ---

AUTHORITY_WORDS = _words("ubnd hđnd tand vksnd vks sở cục mttq csgt csđt catp đbqh cađt ubmttq cqđt ủy ban phòng lãnh chi hạt tòa")
AUTHORITY_PHRASES = _phrases(
    """công an|chủ tịch|bí thư|đảng bộ|đảng ủy|bộ chqs|biên phòng|tòa án|viện kiểm|ủy ban|hội đồng|cơ quan|kiểm lâm|chính quyền|
    lãnh đạo|thanh tra|quân sự|tỉnh đội|cảnh sát|thuế|hải quan|điện lực|mặt trận|liên đoàn|hội phụ|hội nông|hội cựu|đoàn thanh"""
)
"""Offices: named with a unit, they speak for it."""
SCENE_NOUNS = _words(
    """đường phố cầu chợ sông hồ suối ga cảng chùa đền đình miếu phủ tháp hầm đập ngõ hẻm cống phà vườn thác kênh rạch
    lăng bến gò mũi trạm mỏ làng thôn ấp bản buôn xóm tư lộ đèo dốc vịnh"""
)
"""Last syllables of nouns for things that lie somewhere (``đường Quang Trung``, ``ngã tư An Sương``): a name right behind is their own,
an address after it is a scene."""
BODY_NOUNS = _words("trường viện clb fc báo đài thpt thcs ptth ty cty bv đh cđ kcn kđt kcx bia sữa flc shb slna hagl")
"""Last syllables of nouns for institutions, firms and brands; a name right behind one is part of theirs."""
SCHOOL_NOUNS = _words("thpt thcs ptth clb bv đh cđ cty tnhh")
"""Abbreviations of such nouns that govern a name from further left: ``THPT Nguyễn Tất Thành, Hà Nội``."""
NOT_THINGS = _phrases(
    """yêu cầu|nhu cầu|điểm cầu|toàn cầu|thành phố|đường phố|cửa ngõ|gia đình|chính phủ|văn bản|cơ bản|nhật bản|xuất bản|bài bản|
    thị trường|môi trường|hiện trường|lập trường|đầu tư|vật tư|thứ tư|tháng tư|thông báo|cảnh báo|dự báo|họp báo|nhà báo|tiến lộ"""
)
"""Words whose last syllable only looks like such a noun."""
BODY_PHRASES = _phrases(
    """bệnh viện|học viện|công ty|ngân hàng|khách sạn|sân bay|bến xe|nghĩa trang|nhà máy|đại học|cao đẳng|tiểu học|trung học|mầm non|
    mẫu giáo|xổ số|vé số|cao tốc|quốc lộ|tỉnh lộ|đại lộ|tòa nhà|chung cư|khu công|khu đô|khu du|khu bảo|khu di|khu kinh|khu sinh|
    khu nghỉ|khu tưởng|cụm công|siêu thị|nhà hàng|cửa hàng|câu lạc|đội bóng|nhà hát|bảo tàng|thủy điện|nhiệt điện|nhà thờ|giáo xứ|
    giáo phận|bưu điện|phòng khám|vườn quốc|tập đoàn|doanh nghiệp|hợp tác|tiệm vàng|nhà xe|thương hiệu|trại giam|nhà tù|truyền hình|
    tổng công|nước mắm|sân vận|nhà thi|chi nhánh|cấp cao|cao cấp|xe khách|biển số|trung tâm|quỹ tín|tuyến đường|đường sắt|đường dây|
    lãnh sự|trường thpt|trường thcs|trường tiểu|trạm csgt|đồn biên|trạm kiểm|trạm cảnh|đồn công|trạm thu|trạm y|clb bóng|trên sân|
    sân nhà|biển kiểm|nút giao|dịch vụ|pt th|phát thanh|bún bò|nem chua|cao lầu"""
)
"""First two syllables of nouns whose name may end in a unit's: ``Bệnh viện đa khoa tỉnh Tuyên Quang``."""
LEFT_STOPS = _words(
    """ở tại thuộc trên đến từ với của cho do và là có về trong bị được đã ra vào theo giữa khi mà rằng nơi cùng gồm như qua gần cách
    phía xuống lên sang trú ngụ quê vừa sẽ đang tỉnh huyện xã phường quận"""
)
"""Words at which the search for such a noun to the left ends."""

# --- kinds of articles ---

CRIME_WORDS = _phrases(
    """công an|khởi tố|bị can|bị cáo|đối tượng|tai nạn|bắt giữ|nạn nhân|tử vong|hung thủ|nghi phạm|nghi can|tòa án|điều tra|thi thể|
    cảnh sát"""
)
"""Police news: there a person's address is not where it happened."""
SPORT_WORDS = _phrases(
    """cầu thủ|trận đấu|bóng đá|huấn luyện|vòng loại|world cup|sea games|đội bóng|v-league|tiền đạo|tiền vệ|hậu vệ|thủ môn|bàn thắng|
    huy chương|ghi bàn|trọng tài|đội tuyển|vòng đấu|quần vợt|tay vợt|võ sĩ|lượt trận|sân cỏ|cúp quốc|bảng xếp|xổ số|vé số|jackpot|
    trúng số"""
)
"""Sport and lottery news: a name without type word there is a team or a station."""
SHOW_WORDS = _phrases(
    """người đẹp|diễn viên|showbiz|nữ ca sĩ|nam ca sĩ|danh hài|hoa hậu|siêu mẫu|người mẫu|á hậu|gameshow|người hâm mộ|sao việt|album|
    bộ phim|trang cá nhân|thời trang|đạo diễn|nghệ sĩ|khán giả|liveshow|ca khúc|hôn nhân"""
)
"""News of celebrities: there a city is where a show happened to be."""

# --- names that are none ---

COUNTRIES = _phrases(
    """trung quốc|campuchia|lào|thái lan|mỹ|hoa kỳ|nhật bản|nhật|hàn quốc|triều tiên|anh|pháp|đức|nga|đài loan|hồng kông|hong kong|
    malaysia|indonesia|philippines|ấn độ|úc|australia|canada|singapore|myanmar|italia|ý|tây ban nha|bồ đào nha|hà lan|bỉ|thụy điển|
    thụy sĩ|brazil|ukraine|iran|iraq|syria|israel|pakistan|bangladesh|chlb đức|chdcnd lào|vương quốc campuchia|cuba|mexico|
    argentina|ai cập|thổ nhĩ kỳ|nepal"""
)
BLOCKED = _phrases(
    """thái bình dương|điện biên phủ|sài gòn giải phóng|hà nội mới|bình dương becamex|xô viết nghệ tĩnh|sài gòn tiếp thị|
    sài gòn times|bia sài gòn|hải phòng không|an dương vương"""
)
"""Longer names that begin or end like a unit's: taken whole, and not a place."""
