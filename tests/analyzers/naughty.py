"""Strings that break text code, with a Vietnamese part: every property of text must hold on each of them."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

SENTENCE = "Thị xã An Khê tổng kết năm 2023, UBND tỉnh Gia Lai chỉ đạo xây dựng nông thôn mới."

EMPTY = [
    "", " ", "   ", "\n", "\n\n\n", "\t", "\r\n", "\u00a0", "\u3000", "\u2003\u2002", "\x0b\x0c\x1c\x1d\x1e\x1f\x85",
    "\u2028\u2029",
]  # fmt: skip

SPACES = [
    " a", "a ", " a b ", "a  b", "a\tb", "a\nb", "a \n b", "\na\n", "a\r\nb", "a\u00a0b", "a\u3000b", "a\u200bb",
    "a\u2028b", "Thị  xã   An Khê", "Thị\nxã\nAn\nKhê", "\n\nThị xã\n\n", "thị\u00a0xã an\u00a0khê", " học sinh",
    "học sinh \n",
]  # fmt: skip

CONTROL = [
    "\0", "a\0", "\0a", "a\0b", "a \0 b", "http://a\0b c", "là\0", "\x01\x7f", "\ufeffhọc sinh", "học\ufeff sinh",
    "a\ufffeb", "\uffff",
]  # fmt: skip

INVISIBLE = [
    "học\u200bsinh", "học \u200bsinh", "học\u00adsinh", "\u202ahọc sinh\u202c", "\u2066Hà Nội\u2069",
    "\u200eHà\u200f Nội", "học\u200d sinh", "Hà\u2060 Nội", "\u061cHà Nội",
]  # fmt: skip

NOT_NFC = [
    unicodedata.normalize("NFD", SENTENCE), unicodedata.normalize("NFD", "Đường phố Hà Nội ước mơ"),
    "hoa\u0300 bi\u0300nh", "a\u0323\u0302", "a\u0302\u0323", "e\u0302\u0301 o\u031b\u0301", "\u0301học sinh",
    "\u0344", "q\u0307\u0323", "a" + "\u0301\u0323" * 40, "\u1100\u1161\u11a8", "\u2126 \u212b", "ﬁ ﬂ", "\u0958",
    "\u2000học\u2001sinh",
]  # fmt: skip

VIETNAMESE = [
    SENTENCE, SENTENCE.upper(), SENTENCE.lower(), SENTENCE.title(), "hoà bình", "hòa bình", "Hoà Bình", "HÒA BÌNH",
    "thuỷ lợi", "thủy lợi", "Đà Nẵng", "Ðà Nẵng", "đường sá", "ðường sá", "Đắk R'Lấp", "Nâm N’Jang", "Krông Pắc",
    "TP.HCM", "TP. HCM", "Tp.HCM", "tp.hcm", "TX. An Khê", "Q.1, P.5", "ThS. Nguyễn Văn A.", "PGS.TS. Trần",
    "Mr. A, Mrs. B, Ms. C và Dr. D", "Ths.", "GS.TSKH", "15/2024/QĐ-UBND", "05-CT/TW", "37/NQ-HĐND", "1.234,5",
    "10.040 tỷ", "52,15 tỷ", "30-6", "2/9/1945", "1_000", "1.2.3.4", "1,", "1.", ",1", "1.a", "12.5%", "0977.123.456",
    "A/H5N1", "5G", "Covid-19", "20h30", "3m²", "½ kg", "x²+y²", "١٢٣٫٤", "Ⅳ", "http://baogialai.com.vn/tin?x=1,2.",
    "https://a.vn học sinh", "www.a.vn", "ftp://x", "a://", "://b", "toa.soan@bao.vn", "a@b", "a@b.c@d.e", "đa@b.c",
    "a.b+c_d-e@x-y.z.vn.", "Tp.a@b.c@d.e", "...@b.c@d.e", "a@.b.c", "a@b..c", "@@", "->", "==>", "=>", "a->b==>c>>d",
    "....", "..", "…", "“Quê hương”", "'học sinh'", "(học sinh)", "học_sinh", "_", "__a__", "1_1a_1", "học - sinh",
    "học-sinh", "Học Sinh học Sinh", "công an TP HCM", "U23 Việt Nam", "AI", "I", "i", "ĐỒNG", "đ", "Đ", "đ.", "Đ.",
    "ĐĐ.A", "ABC.DEF.GH", "điện thoại Internet", "ban giám hiệu nhà trường đại học bách khoa hà nội",
]  # fmt: skip

LEGACY = [
    "Céng hßa x· héi chñ nghÜa ViÖt Nam",  # TCVN3 bytes read as Latin-1
    "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",  # VNI-Windows bytes read as Latin-1
    "Cá»™ng hÃ²a xÃ£ há»™i",  # UTF-8 read as Latin-1
    "Co^.ng ho`a xa~ ho^.i",  # VIQR
    "ddoongf bawfng dd9o6ng",  # Telex and VNI typing
]

OTHER_SCRIPTS = [
    "😀", "học 😀 sinh", "👨‍👩‍👧‍👦 gia đình", "🇻🇳 Việt Nam", "𝐇à 𝐍ội", "Ａｎ　Ｋｈê", "日本語テキスト",
    "한국어", "العربية", "עברית", "ΑΣ ΣΑΣ", "İstanbul", "ǅ ǆ", "ß ẞ", "ŉ", "\U0001f600\U00010020x", "\U000e0041",
    "नमस्ते", "ไทย",
]  # fmt: skip

LONG = [
    "a" * 5000, "ỹ" * 3000, "A" * 3000 + ".", "1." * 1500, "a-" * 1500, "\n" * 2000, "học " * 1500, "!" * 3000,
    "=" * 3000, "a@" * 1000,
]  # fmt: skip

NAUGHTY = [*EMPTY, *SPACES, *CONTROL, *INVISIBLE, *NOT_NFC, *VIETNAMESE, *LEGACY, *OTHER_SCRIPTS, *LONG]

SURROGATES = ["\ufffd \ud800 \ufffd", "\ud800", "học \udfff sinh", "\ud83d\ude00", "a\udc00b"]
"""Lone surrogates: what Python makes of undecodable bytes. pyvi itself fails on them."""

ARTICLE = """\
Gia Lai: Đắk Đoa đẩy mạnh giải ngân vốn đầu tư công
(GLO)- Sáng 30-6, ông Nguyễn Văn Bình - Phó Chủ tịch UBND huyện - cho biết, đến nay toàn huyện đã giải ngân được 52,15/104,3 tỷ \
đồng (đạt 50%), cao hơn cùng kỳ năm trước 3,2 điểm phần trăm; riêng vốn chương trình mục tiêu quốc gia đạt 1.234,5 triệu đồng.
Theo Quyết định số 15/2024/QĐ-UBND và Nghị quyết 37/NQ-HĐND, các xã Hà Bầu, Kon Gang, Nam Yang phải hoàn thành GPMB trước ngày 15/9.

"Chúng tôi xác định đây là nhiệm vụ trọng tâm…", ông Bình nhấn mạnh. Hiện còn 12 hộ dân ở làng Ó (xã Đak Krong) chưa nhận tiền đền bù!
Bạn đọc phản ánh qua số điện thoại 0269.3824.123 hoặc email toasoan@baogialai.vn, website https://baogialai.com.vn/xa-hoi?id=5.
TP.HCM hỗ trợ đồng bào dân tộc thiểu số Ba Na, Gia Rai học tiếng Việt, chăm sóc sức khỏe sinh sản và vay vốn Ngân hàng Chính sách xã hội.
"""
"""Written for these tests: what provincial news is full of."""

SYLLABLES = st.sampled_from(
    sorted({*ARTICLE.split(), *ARTICLE.lower().split(), *SENTENCE.upper().split(), "đại", "học", "công", "an", "\n"})
)
VIETNAMESE_TEXT = st.lists(SYLLABLES, max_size=30).map(" ".join)
UNICODE = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TRICKY = st.text("aAĐđTpMrsDhS.>-=1_,@:/\n \tá²١+é\u0301\u0323\0😀", max_size=30)
ANY_TEXT = st.one_of(VIETNAMESE_TEXT, UNICODE, TRICKY, st.tuples(VIETNAMESE_TEXT, TRICKY, VIETNAMESE_TEXT).map("".join))
