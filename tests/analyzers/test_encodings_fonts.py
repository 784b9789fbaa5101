"""Text whose font says how it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.encodings import encode_as
from analyzers.encodings.fonts import Font, font_of, read_in_fonts

TIME, CAPITALS, VNI = font_of(".VnTime"), font_of(".VnTimeH"), font_of("VNI-Times")
LINES = ("Sáng 14/9, xã Hòa Tiến khánh thành cầu treo dài 84 m.", "Hộ bà Hoa có số tiền lớn.", "Nước sạch về làng Đung")


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", "tcvn3", False), (".VnTimeH", "tcvn3", True), (".vnarial", "tcvn3", False), (".VnArial NarrowH", "tcvn3", True),
        ("VNI-Times", "vni", False), ("VNI Helve", "vni", False), ("vni-times", "vni", False),
    ],
)  # fmt: skip
def test_old_fonts_are_known_by_their_names(name: str, encoding: str, capitals: bool) -> None:
    found = font_of(name)
    assert found is not None
    assert (found.encoding.name, found.capitals) == (encoding, capitals)


@pytest.mark.parametrize("name", ["", "Times New Roman", "Vnitime New", "UTM Avo", "Vivaldi", ".VN"])
def test_other_fonts_show_unicode(name: str) -> None:
    assert font_of(name) is None


@pytest.mark.parametrize("font", [TIME, VNI])
def test_text_is_read_as_its_font_shows_it(font: Font) -> None:
    """Also where the text alone tells nothing: *hé* is a word, and TCVN3 for *hộ*."""
    name = font.encoding.name
    lines = [*LINES, "hộ", "bộ"]
    found, undone = read_in_fonts([(encode_as(line, name), font) for line in lines])
    assert found == lines
    assert undone == (name,)


def test_small_letters_of_a_font_of_capitals_are_capitals() -> None:
    assert CAPITALS is not None
    found, _ = read_in_fonts([(encode_as("ubnd tỉnh họp", "tcvn3"), CAPITALS), ("quy 3", CAPITALS)])
    assert found == ["UBND TỈNH HỌP", "QUY 3"]


@pytest.mark.parametrize("font", [TIME, VNI])
def test_text_in_unicode_stays_whatever_its_font(font: Font) -> None:
    """The writer's program shows it in another font."""
    lines = [*LINES, "và các bà", "hoa", "Bà Hoa: “có”"]
    found, undone = read_in_fonts([(line, font) for line in lines])
    assert (found, undone) == (lines, ())


def test_a_document_may_be_mixed() -> None:
    """A new paragraph in Unicode keeps the old font's name."""
    assert TIME is not None
    found, undone = read_in_fonts([(encode_as(LINES[0], "tcvn3"), TIME), (LINES[1], TIME), (encode_as(LINES[2], "tcvn3"), TIME)])
    assert found == list(LINES)
    assert undone == ("tcvn3",)


def test_text_of_a_vietnamese_machine_is_read_too() -> None:
    """Bytes that were taken for windows-1258: ă, đ, ơ and combining tones where windows-1252 has other letters."""
    assert TIME is not None
    typed = encode_as("Nỡ nào quên thị trấn", "tcvn3").encode("cp1252").decode("cp1258")
    assert read_in_fonts([(typed, TIME)])[0] == ["Nỡ nào quên thị trấn"]


def test_letters_addressed_as_symbols_are_letters() -> None:
    assert TIME is not None
    typed = "".join(chr(0xF000 + ord(letter)) if ord(letter) > 0x20 else letter for letter in encode_as("xã họp", "tcvn3"))
    assert read_in_fonts([(typed, TIME)])[0] == ["xã họp"]


@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from([TIME, CAPITALS, VNI])), max_size=5))
def test_any_text_gives_as_many(texts: list[tuple[str, Font]]) -> None:
    """Property: nothing is raised, and each text has its reading."""
    found, undone = read_in_fonts(texts)
    assert len(found) == len(texts)
    assert set(undone) <= {"tcvn3", "vni"}
