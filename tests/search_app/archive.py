"""A small archive for tests of the web pages: invented articles that show each case a page must cope with.

Held in memory: some thirty articles over two provinces and six months, one known only to its month, one only to its year, one
without a date, one without source, one with a very long title and word, one about three levels of places.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from analyzers.article import ArticleAnalyzer
from analyzers.dates import PartialDate
from engine.index import Index
from engine.model import AnalyzedDocument, Document, Term
from engine.search import Searcher
from indexer.analysis import analyze_document

LONG_WORD = "Nghiêngngảnghiêng" * 12
AN_KHE = "gia-lai/an-khe"
WEEKLY = 20


def documents() -> list[Document]:
    """The archive's articles."""
    return [
        Document(
            "an-khe-ngan-sach",
            "Thị xã An Khê thu ngân sách vượt dự toán",
            "Thu ngân sách sáu tháng của thị xã An Khê (tỉnh Gia Lai) đạt 52% dự toán.",
            "Sáng 30-6, Ban Chấp hành Đảng bộ thị xã An Khê họp.\nThu ngân sách đạt 52,15 tỷ đồng.\n"
            "Nông thôn mới được các xã giữ vững.\nHội nghị bàn thu ngân sách sáu tháng cuối năm.",
            "https://taynguyen.example/an-khe/ngan-sach",
            "Bản tin Tây Nguyên",
            "Kim Loan",
            "Kinh tế",
            PartialDate("2023-06-30", "header-month+dateline", "date 2023-06 … Sáng 30-6"),
        ),
        Document(
            "an-khe-nhin-lai",
            "Nhìn lại một năm của thị xã An Khê",
            "",
            "Năm qua, thu ngân sách của thị xã An Khê (tỉnh Gia Lai) tăng.\nNông thôn mới nâng cao ở các xã.",
            None,
            "Bản tin Tây Nguyên",
            published=PartialDate("2023-10", "header-month", "date 2023-10"),
        ),
        Document(
            "nam-2022",
            "Niên giám năm 2022 của tỉnh Gia Lai",
            "",
            "Tỉnh Gia Lai công bố niên giám, có bảng thu ngân sách.",
            None,
            "Cục Thống kê",
            published=PartialDate("2022", "field", "2022"),
        ),
        Document("khong-ngay", "Chuyện một cây cầu", "", "Cây cầu nối hai bờ, không ai nhớ năm xây.", None, "Bản tin Tây Nguyên"),
        Document(
            "khong-nguon",
            "Thành phố Bắc Kạn họp bàn giải phóng mặt bằng",
            "",
            "Thành phố Bắc Kạn (tỉnh Bắc Kạn) họp bàn đền bù ở phường Đức Xuân và phường Phùng Chí Kiên.",
            published=PartialDate("2023-06-26", "dateline", "ngày 26/6/2023"),
        ),
        Document(
            "ba-cap",
            "Phường Tây Sơn, thị xã An Khê khánh thành nhà văn hóa",
            "",
            "Phường Tây Sơn (thị xã An Khê, tỉnh Gia Lai) khánh thành nhà văn hóa.",
            "http://tayson.example/nha-van-hoa",
            "Cổng phường",
            published=PartialDate("2023-05-12", "json-ld", "2023-05-12T08:00:00+07:00"),
        ),
        Document(
            "rat-dai/muc con//1",
            f"Một tít rất dài về công tác chuẩn bị cho hội nghị sơ kết sáu tháng đầu năm {LONG_WORD} của tỉnh Bắc Kạn",
            "",
            "Tỉnh Bắc Kạn chuẩn bị hội nghị.",
            "https://vietbac.example/rat-dai",
            "Bản tin Việt Bắc",
            published=PartialDate("2023-07-01", "url", "2023/07/01"),
        ),
        *(_weekly(number) for number in range(1, WEEKLY + 1)),
        Document("/dau/gach", "Bài có id bắt đầu bằng gạch chéo", "", "Bài này chỉ để thử địa chỉ.", None, "Bản tin Việt Bắc"),
        Document("loi.json", "Bài có id kết thúc bằng json", "", "Bài này chỉ để thử địa chỉ.", None, "Bản tin Việt Bắc"),
    ]


def _weekly(number: int) -> Document:
    """One of twenty like articles, so that there is more than one page of them."""
    month, day = 1 + number % 6, 1 + number
    return Document(
        f"giao-ban-{number:02}",
        f"Tỉnh Bắc Kạn giao ban tuần thứ {number}",
        "",
        f"Tỉnh Bắc Kạn giao ban tuần thứ {number}, nghe báo cáo về nông thôn mới.",
        f"https://vietbac.example/giao-ban/{number}",
        "Bản tin Việt Bắc",
        published=PartialDate(f"2023-{month:02}-{day:02}", "visible-date", f"{day}/{month}/2023"),
    )


def build(directory: Path, analyzer: ArticleAnalyzer, extra: tuple[AnalyzedDocument, ...] = ()) -> Searcher:
    """A searcher over the archive in memory."""
    index = Index.create(directory, analyzer, "memory")
    with index.writer() as writer:
        for document in documents():
            writer.add(analyze_document(analyzer, document))
        for analyzed in extra:
            writer.add(analyzed)
    return Searcher(index)


def hostile(analyzer: ArticleAnalyzer, number: int, text: str) -> AnalyzedDocument:
    """An article with `text` everywhere a text can stand, found by the word ``maso<number>``."""
    document = Document(
        f"mau-{number}",
        f"maso{number} {text}",
        f"Mở đầu maso{number} {text}",
        f"Thân bài maso{number} {text}\n{text}",
        text,
        text,
        text,
        text,
        PartialDate("2023-03-03", text or "rule", text),
    )
    analyzed = analyze_document(analyzer, replace(document))
    term = Term(text, text, 1.0)
    facets = {**analyzed.facets, "place": ("?",), "term": (text,), "source": (text,)}
    return replace(analyzed, facets=facets, places=(), terms=(term,))
