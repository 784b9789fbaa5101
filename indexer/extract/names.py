"""Who wrote it, and who it was taken from: labels, signatures, and what a person's name looks like."""

from __future__ import annotations

import re
from functools import lru_cache

UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_TOKEN = rf"(?:[{UPPER}][\w’'.À-ỹ]*|[{UPPER}]{{1,3}}\.?|và|&|-|–|,|/|\+|\(|\)|H['’][\w]+)"
_NAME = re.compile(rf"{_TOKEN}(?:\s*[,&/+–-]\s*{_TOKEN}|\s+{_TOKEN}){{0,9}}")
_ORGANISATION = re.compile(
    r"^\W*(?:(?:ban|báo|đài|sở|ubnd|hđnd|ubmttq|phòng|cổng|bộ|cục|chi\s+cục|huyện|tỉnh|xã|phường|hội|tổ|nhóm|khối|liên\s+đoàn|liên\s+hiệp|mặt\s+trận|trường|tòa|toà|viện|nhà\s+xuất\s+bản)\s"
    r"|(?:uỷ|ủy)\s+ban|hội\s+đồng|trung\s+tâm|trang\s+(?:thông|tin|web|ttđt|tttđt)|văn\s+(?:phòng|hóa)|tạp\s+chí|thông\s+tấn|công\s+an|công\s+ty|công\s+đoàn|bệnh\s+viện|hợp\s+tác|thành\s+(?:phố|ủy|đoàn)|thị\s+(?:xã|trấn|ủy)"
    r"|huyện|tỉnh|đoàn\s+(?:thanh|tncs|xã|phường|trường|huyện|tỉnh|đại)|bộ\s+(?:đội|chỉ)|quang\s+cảnh|toàn\s+cảnh|nguồn|theo\s|ảnh|video|clip|tác\s+giả)"
    r"|\b(?:admin\w*|administrator|editor|webmaster|portal|website|online|news|biên\s+tập|quản\s+trị|thông\s+tin|btv|bbt|tttđt|ttđt|ttxvn|vgp|vov|vtv|tv|pv|văn\s+hóa|truyền\s+(?:hình|thanh|thông))\b|\.vn\b|\.com\b|@|https?:",
    re.IGNORECASE,
)
_AUTHOR_LABEL = re.compile(
    r"^\W*(?:(?:(?:tác\s+giả(?:\s+bài\s+viết)?|nội\s+dung(?!\s+và)|người\s+(?:viết|thực\s+hiện|đăng)|đăng\s+bởi|viết\s+bởi|bài\s+viết\s*của|thực\s+hiện|biên\s+tập|t/h|th|bt|bbt|pv|ctv|btv|cộng\s+tác\s+viên|phóng\s+viên|nhóm\s+(?:pv|phóng\s+viên)|posted\s+by|by|author|bút\s+danh)"
    r"|(?:(?:ảnh|hình|video)(?:\s*[,&/+–-]\s*|\s+và\s+))?(?:tin|bài)(?:\s+viết)?(?:(?:\s*,\s*|\s+và\s+|\s*[-–&/+]\s*|\s+)(?:tin|bài|ảnh|video|clip|hình|đồ\s+họa))*)\s*:\s*"
    r"|(?:tin|bài)(?:(?:\s*,\s*|\s+và\s+|\s*[-–&/+]\s*)(?:bài|ảnh|video|clip|hình))+\s*:?\s+)(?P<name>.+)$",
    re.IGNORECASE,
)
_PHOTO_LABEL = re.compile(
    r"^\W*(?:ảnh|hình(?:\s+ảnh)?|video|clip|đồ\s+họa|thiết\s+kế|trình\s+bày|infographic)(?:\s*[,&-]\s*(?:ảnh|video|clip|đồ\s+họa))*\s*:\s*(?P<name>.{2,60})$",
    re.IGNORECASE,
)
_SOURCE_LABEL = re.compile(r"^\W*(?:nguồn(?:\s+tin)?(?:\s+bài)?|source|theo\s+nguồn|xuất\s+xứ)\s*:\s*(?P<name>.{2,90})$", re.IGNORECASE)
_SOURCE_THEO = re.compile(r"^\W*theo\s*:?\s+(?P<name>[^,;!?]{2,60}?)\)?\.?$", re.IGNORECASE)
_MEDIUM = re.compile(r"\s*\(([^()]{3,60})\)?$")
"""Who a named author writes for: ``Theo Mỹ Duyên (Báo …)``."""
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+){1,3}$")
_LABELS = re.compile(r"(?:\s*[-–,/]\s*|\s+)(?=(?:tác giả|nguồn|ảnh|hình|video|clip|bài|tin)\b[^:]{0,14}:)", re.IGNORECASE)
_OFFICES = "xã|phường|huyện|tỉnh|trung tâm|phòng|trường|hội|đài|báo"
_ROLE = re.compile(
    r"\s*\((?:tổng hợp|ctv|th|t/h|st|sưu tầm|lược ghi|ghi|thực hiện|biên tập|dịch|theo .{2,40}"
    rf"|.{{0,30}}(?:{_OFFICES}).{{0,40}})\)$",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\s*[(<\[]?[\w.+-]{1,64}@[\w.-]{3,80}[)>\]]?\s*$", re.ASCII)
_VERB = re.compile(
    r"\b(?:cho biết|phát biểu|tổ chức|được|đã|đang|sẽ|là|của|tại|các|những|trong|với|cho|và các|đến|trên|về)\b", re.IGNORECASE
)


@lru_cache(maxsize=2048)
def credit_line(line: str) -> tuple[str | None, str | None] | None:
    """(author, source) that a credit line states, either None; None when the line is no credit line."""
    if len(line) > 160:
        return None
    author = source = None
    for part in _parts(line[1:-1] if line.startswith("(") and line.endswith(")") else line):
        label = _AUTHOR_LABEL.match(part)
        if label and is_name(label["name"], labelled=True):
            author = author or clean_name(label["name"])
            continue
        named = _source(part)
        if named:
            source = source or named
            continue
        if not (_PHOTO_LABEL.match(part) and is_name(part.split(":", 1)[1], labelled=True)):
            return None
    return author, source


def _parts(line: str) -> list[str]:
    """A credit line at its labels: ``Nguồn: Báo A; Tác giả: B``, ``Bài: A - Ảnh: B``."""
    parts = []
    for piece in re.split(r"\s*[;|]\s*", line):
        while (colon := piece.find(":")) >= 0 and (label := _LABELS.search(piece, colon)):
            parts.append(piece[: label.start()])
            piece = piece[label.end() :]
        parts.append(piece)
    return [part for part in parts if part]


def _source(part: str) -> str | None:
    """The source a part of a credit line names: after a label anything short, after "Theo" only a medium or an office."""
    label = _SOURCE_LABEL.match(part)
    if (
        label
        and len(label["name"].split()) <= 14
        and not _VERB.search(label["name"])
        and not (part.endswith(".") and len(part.split()) > 6)
    ):
        return label["name"].strip(" .)(")
    label = _SOURCE_THEO.match(part)
    if label is None or not (part[0].isupper() or part[0] in "(["):
        return None
    name = label["name"].strip(" .)(")
    medium = _MEDIUM.search(name)
    if medium and is_organisation(medium[1]) and is_name(name[: medium.start()]):
        return medium[1]
    known = _DOMAIN.match(name) or (name.isupper() and len(name) <= 12) or (is_organisation(name) and name[:1].isupper())
    return (
        name
        if known and len(name.split()) <= 9 and not _VERB.search(name) and not name.lower().startswith(("thông tin", "nguồn tin"))
        else None
    )


def is_name(text: str, labelled: bool = False) -> bool:
    """Whether `text` can be a person's name, several names, a pen name or initials. `labelled` allows more words."""
    name = clean_name(text)
    if not 2 <= len(name) <= (80 if labelled else 40) or any(char.isdigit() for char in name) or not _NAME.fullmatch(name):
        return False
    words = [word for word in re.split(r"[\s,&/–-]+", name) if word not in ("và", "")]
    if not labelled and not 1 <= len(words) <= 5:
        return False
    return not _ORGANISATION.search(name)


def is_organisation(text: str) -> bool:
    """Whether a stated author is an office, a newspaper or an account and not a person."""
    text = _MAIL.sub("", text)
    return bool(_ORGANISATION.search(text)) or not any(char.isalpha() for char in text)


def clean_name(text: str) -> str:
    """The name without brackets, ending stops and roles: ``(VĂN PHIN)`` → ``VĂN PHIN``; initials keep their dots."""
    name = _ROLE.sub("", _MAIL.sub("", text).strip(" \t*_:;,|/–-")).strip(" \t()[]{}*_:;,|/–-")
    office = re.search(r"\s+[-–]\s+", name)
    if office and is_organisation(name[office.end() :]):
        name = name[: office.start()]
    if name.endswith(".") and not re.search(rf"(?:^|[\s.])[{UPPER}]\.$", name):
        name = name.rstrip(". ")
    return re.sub(r"^(?:PV|CTV|BTV)\s*[:.]?\s+", "", name).strip()


def signature(line: str, right: bool, strong: bool) -> str | None:
    """The author's name when a line at the end of an article is nothing else; `right` and `strong` are how it was set."""
    text = line.strip()
    bare = re.sub(r"^\W*(?:T/h|TH|BT|Tin|Bài)\s*[:.]?\s+(?=[A-ZĐ])", "", text) if right or strong else text
    if len(bare) > 45 or bare.endswith(("!", "?", ":", ";", "…")) or not is_name(bare):
        return None
    words = clean_name(bare).split()
    if len(words) == 1 and not (right or strong or bare.isupper() or bare.startswith("(")):
        return None
    return clean_name(bare)
