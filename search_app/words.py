"""Vietnamese words for counts, places, dates and the rules that found them."""

from __future__ import annotations

from analyzers.dates import PartialDate
from engine.conditions import value_words as value_words  # other words of this room beside it
from engine.labels import number_label
from engine.labels import place_words as place_words
from engine.model import SearchResponse
from engine.places import PlaceNames

EXACT_UP_TO = 10_000
"""Larger totals of a search are shown as a bound: nobody counts that far."""

FACET_LEGENDS = {
    "place": "Nơi chốn",
    "place_now": "Nơi chốn",
    "place_old": "Tỉnh cũ",
    "date": "Thời gian",
    "period": "Kỳ báo cáo",
    "tenure": "Nhiệm kỳ",
    "term": "Từ khóa",
    "source": "Nguồn",
}
PLACE_NAMES: dict[PlaceNames, tuple[str, str, str]] = {
    "then": ("khi-do", "tên khi đó", "Xếp theo tên đơn vị vào ngày đăng bài."),
    "now": ("hien-nay", "hiện nay", "Bài cũ xếp vào đơn vị hiện nay giữ địa bàn ấy. ≈: có địa bàn cũ nay chia cho nhiều nơi."),
    "lineage": ("tien-than", "gồm tiền thân", "Chọn một nơi là lấy cả các đơn vị đã nhập vào đó; số ở mỗi dòng chỉ tính bài mang tên ấy."),
}
"""Value of the parameter, label and explanation of each choice of names."""
ROLES = {"primary": "địa bàn chính", "secondary": "cũng nói đến", "mentioned": "được nhắc tên"}
PLACE_RULES = {
    "title": "có trong tiêu đề",
    "lead": "có trong đoạn mở đầu",
    "early": "có ở phần đầu bài",
    "body": "có trong thân bài",
    "mentioned": "chỉ được nhắc tên",
    "home": "tên có ở nhiều nơi; chọn nơi nguồn này thường đưa tin",
    "source": "bài không nêu tên; đó là địa bàn của nguồn tin",
}
DATE_RULES = {
    "title": "ngày nêu trong tiêu đề",
    "relative": "từ chỉ thời gian (sáng nay, tối qua) trong đoạn mở đầu",
    "text": "ngày nêu trong thân bài",
    "json-ld": "dữ liệu có cấu trúc (JSON-LD) trong mã nguồn của trang",
    "meta": "thẻ meta trong mã nguồn của trang",
    "microdata": "dữ liệu microdata trong mã nguồn của trang",
    "time": "thẻ thời gian trong mã nguồn của trang",
    "field": "trường ngày đi kèm bài",
    "front-matter": "phần khai báo ở đầu tệp",
    "header": "ngày ghi ở đầu tệp",
    "visible-date": "dòng ngày giờ hiện trên trang",
    "url": "ngày nằm trong địa chỉ của bài",
    "url-month": "tháng nằm trong địa chỉ của bài",
    "header-month": "tháng ghi ở đầu tệp",
    "header-month+dateline": "tháng ghi ở đầu tệp và ngày trong câu mở đầu",
    "dateline+url-month": "ngày trong câu mở đầu và tháng trong địa chỉ của bài",
    "dateline": "ngày ghi trong câu mở đầu",
    "dateline+period": "ngày trong câu mở đầu, năm suy từ thời kỳ mà bài nói đến",
    "dateline+crawled": "ngày trong câu mở đầu, lần gần nhất trước hôm trang được tải về",
    "document-properties": "ngày tạo và lưu tệp, ghi trong thuộc tính của tài liệu",
}
PRECISIONS = {"day": "biết chính xác đến ngày", "month": "chỉ biết đến tháng", "year": "chỉ biết đến năm"}

BEHIND = {"marks": "khi bỏ dấu", "words": "có phần lớn các từ", "apart": "có các tiếng đứng rời nhau"}
"""What is said of the articles behind the divider, by what they lack."""


def count_words(total: int) -> str:
    """``12 bài``; beyond EXACT_UP_TO the bound ``hơn 10.000 bài``."""
    if total > EXACT_UP_TO:
        return f"hơn {number_label(EXACT_UP_TO)} bài"
    return f"{number_label(total)} bài"


def found_words(response: SearchResponse) -> tuple[str, str]:
    """What a search found: the number that deserves large letters, and what has to be said beside it."""
    whole = response.whole_total
    if whole is None:
        behind = f"{count_words(response.folded_total)} {BEHIND[response.folded_without or 'marks']}" if response.folded_total else ""
        return count_words(response.total), behind
    others = f"{count_words(response.total - whole)} có phần lớn" if response.total > whole else ""
    return f"{count_words(whole)} có đủ các từ" if whole else "Không bài nào có đủ các từ", others


def date_rule_words(published: PartialDate) -> str:
    """How a date was found, in words; a rule without words is named."""
    return DATE_RULES.get(published.rule, f"quy tắc “{published.rule}”")
