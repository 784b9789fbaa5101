"""Legacy encodings: what is undone, what is left alone, and that nothing is lost on the way."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.encodings import FORMS, encode_as, is_syllable, repair, representable
from analyzers.encodings.capitals import raise_capitals
from analyzers.encodings.syllable import BARE, allows, with_tone
from tests.cost import seconds

ARTICLE = """Xã Đồng Văn đón bằng công nhận đạt chuẩn nông thôn mới
(BHG) - Sáng 11.12, Ủy ban nhân dân huyện tổ chức lễ công bố quyết định và trao bằng cho xã; dự lễ có hơn 300 cán bộ, nhân dân.
“Chúng tôi mất bảy năm để đi hết 19 tiêu chí”, ông Nguyễn Hữu Thưởng, Chủ tịch xã, nói: Thuế ư? Ai cũng đóng đủ!
Tổng vốn 52,15 tỷ đồng, trong đó người dân góp 8.340 ngày công và hiến 10.040 m² đất; thủy lợi, đường sá, y tế đều vượt chỉ tiêu.
Theo kế hoạch, quý I sang năm xã sẽ khởi công tuyến đường quanh hồ, dài 7 km, nối với QL4C."""

SIGHTINGS = [
    ("B¸o c¸o tµi chÝnh", "Báo cáo tài chính", "tcvn3"),
    ("céng hßa x· héi chñ nghÜa viÖt nam", "cộng hòa xã hội chủ nghĩa việt nam", "tcvn3"),
    ("Coäng hoøa xaõ hoäi", "Cộng hòa xã hội", "vni"),
    ("COÂNG TY SAÛN PHAÅM MAÙY TÍNH FUJITSU VIEÄT NAM", "CÔNG TY SẢN PHẨM MÁY TÍNH FUJITSU VIỆT NAM", "vni"),
    ("Vie^.t Nam", "Việt Nam", "viqr"),
    ("To^i ye^u tie^'ng nu+o+'c to^i tu+` khi mo+'i ra ddo+`i\\.", "Tôi yêu tiếng nước tôi từ khi mới ra đời.", "viqr"),
    ("Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "windows-1258"),
    ("nhân dân cả nước", "nhân dân cả nước", None),
    ("nha\u0300 nươ\u0301c", "nhà nước", None),
    ("Viá»‡t Nam", "Việt Nam", "utf-8-as-windows-1252"),
    ("H&agrave; N&ocirc;&#803;i", "Hà Nội", "entities"),
    ("&#272;&#7841;i h&#7897;i", "Đại hội", "entities"),
]


@pytest.mark.parametrize(("seen", "meant", "encoding"), SIGHTINGS)
def test_what_is_seen_in_the_wild_comes_out_as_it_was_meant(seen: str, meant: str, encoding: str | None) -> None:
    found = repair(seen)
    assert (found.text, found.encoding) == (meant, encoding), found.evidence


@pytest.mark.parametrize("name", FORMS)
def test_an_article_in_any_form_comes_back(name: str) -> None:
    found = repair(encode_as(ARTICLE, name))
    assert found.text == representable(ARTICLE, name), found.evidence
    assert (found.encoding is None) == (name in {"nfd", "windows-1258"})


@pytest.mark.parametrize("name", [name for name in FORMS if name != "tcvn3"])
def test_only_tcvn3_loses_anything_of_vietnamese(name: str) -> None:
    assert representable(ARTICLE, name) == ARTICLE


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("odd", [0, 1])
def test_a_document_mixed_by_line_comes_back(name: str, odd: int) -> None:
    """Old paragraphs are repaired, the ones beside them stay."""
    lines = ARTICLE.split("\n")
    mixed = "\n".join(encode_as(line, name) if at % 2 == odd else line for at, line in enumerate(lines))
    wanted = "\n".join(representable(line, name) if at % 2 == odd else line for at, line in enumerate(lines))
    assert repair(mixed).text == wanted


def test_two_encodings_in_one_document_are_both_undone_and_named() -> None:
    first, *rest = ARTICLE.split("\n", 2)
    found = repair("\n".join([encode_as(first, "vni"), encode_as(rest[0], "utf-8-as-latin-1"), rest[1]]))
    assert found.text == ARTICLE
    assert set(str(found.encoding).split("+")) == {"vni", "utf-8-as-windows-1252"}


@pytest.mark.parametrize("outer", ["entities", "utf-8-as-windows-1252", "utf-8-as-latin-1"])
@pytest.mark.parametrize("inner", ["tcvn3", "vni", "windows-1258-as-1252"])
def test_layers_are_peeled(outer: str, inner: str) -> None:
    """TCVN3 characters written as references, or saved as UTF-8 and misread."""
    assert repair(encode_as(encode_as(ARTICLE, inner), outer)).text == representable(ARTICLE, inner)


def test_correct_text_beside_mojibake_in_one_line_stays() -> None:
    broken = encode_as("huyện vùng cao", "utf-8-as-latin-1")
    assert repair(f"Đồng Văn: {broken} của Hà Giang").text == "Đồng Văn: huyện vùng cao của Hà Giang"


OTHER_LANGUAGES = [
    "The naïve café owner's résumé — 25 °C, ±2 µm, 10×20 cm, ½ price; R&D at ~$5^2 costs a+b, e.g. O'Neill's go? No. So a.m. is I'm.",
    "for (i = 0; i < n; i++) { a[i] ^= ~b[i] & 0xff; } `to` and `no` in ~/me, x^2 + y^2 = z^2, o^2, foo(a(b)), u+v, &nbsp;&lt;b&gt;&quot;",
    "Où ça ? L'été dernier, à Noël, le garçon naïf a goûté le maïs sur la côte de l'île : « c'était déjà très bon », août, dîner, œuvre.",
    "Die Königin fährt über die Straße nach Österreich; Müller, Köln, Fuß, schön, Mädchen, größer, Öl, für, hör, Tür, Höhe, müde Bäume.",
    "El niño español comió jamón en Málaga; ¿dónde está el año que pasó? ¡Ójala! Avión, razón, corazón, había, también, según, pingüino.",
    "Não há coração são em São João; a irmã põe o pão à mão, três avós, você é português, amanhã às cinco, ônibus, ação, lições.",
    "Più città, perché è così; può, però, già, lunedì, virtù, caffè, sarà, università, né, là, giù, cioè, metà, libertà.",
    "På bordet står æbler og øl; å gå på ski nå er gøy, så må de få både blåbær og rødgrød med fløde på en ø i Århus.",
    "Hän on tyttö, joka syö työpöydällä; tämä päivä, yö, mökki, että, myös, äiti, isä, pää, hämärä, kesäyö, sähköpöytä, Åbo.",
    "Það er gott að vera á Íslandi; þú ert góður maður, við förum til Reykjavíkur, ég á ný föt, þetta var æði, Þór og Óðinn.",
    "Wǒ shì Zhōngguó rén; táo, hàn, mén, lì, yú, bái, hóng, pàn, zhè, lǎo, nà, dé, tí, sì, jù, wèi, xué, qù, lái.",
    "Ibrahimović, Kovačić, Gökçek, Çalhanoğlu, François Fillon, Höness, Özil, Citroën, Valérien Ismaël, Nîmes, Højgaard, Jens Åge, Peña.",
]


@pytest.mark.parametrize("text", OTHER_LANGUAGES, ids=lambda text: text[:12])
def test_other_languages_are_left_alone(text: str) -> None:
    """Also many times over, by the word, and inside a Vietnamese article."""
    for sample in (text, " ".join([text] * 20), f"{ARTICLE}\n{text}\n{ARTICLE}", text.replace(" ", "\n")):
        found = repair(sample)
        assert (found.text, found.encoding) == (unicodedata.normalize("NFC", sample), None), found.evidence


def test_clean_text_is_untouched_and_said_to_be() -> None:
    assert repair(ARTICLE.replace("²", "")) == (ARTICLE.replace("²", ""), None, 1.0, "no sign of a legacy encoding")


def test_too_little_evidence_is_left_alone_with_the_reason() -> None:
    """One word that could be TCVN3, or a German name."""
    found = repair("ViÖt")
    assert (found.text, found.encoding, found.confidence) == ("ViÖt", None, 0.5)
    assert found.evidence == "unsure, left alone: tcvn3 would make 1 of 1 words Vietnamese"


def test_look_alike_letters_alone_are_no_encoding() -> None:
    """Ð for Đ, from old keyboards, is a matter of keys."""
    text = "Suối Ðá, Ðông Nam bộ, Ðó chính là huyện Tân Châu, tỉnh Tây Ninh"
    assert repair(text)[:2] == (text, None)


@given(st.text(max_size=60) | st.text(alphabet="aăâeêioôơuưyđcthngm ¸µ·Öö×^`~'.?+(&#;123\u00a0\u0301\u0323ÃÂ©áº»¿", max_size=60))
@settings(max_examples=300, deadline=None)
def test_anything_goes_in_and_nfc_comes_out(text: str) -> None:
    """Never raises; the result is NFC; untouched means NFC of what came in; once more changes nothing of the untouched."""
    found = repair(text)
    assert unicodedata.is_normalized("NFC", found.text)
    assert 0 <= found.confidence <= 1
    if found.encoding is None:
        assert found.text == unicodedata.normalize("NFC", text)
        assert repair(found.text) == found


SYLLABLES = sorted(with_tone(bare, tone) for bare in BARE for tone in range(6) if allows(bare, tone) and "k" not in bare)


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_vietnamese_syllables_are_clean(syllables: list[str]) -> None:
    text = " ".join(syllables)
    assert repair(text)[:2] == (text, None)


@given(st.lists(st.sampled_from([s for s in SYLLABLES if not s.isascii()]), min_size=12, max_size=40), st.sampled_from(sorted(FORMS)))
@settings(max_examples=300, deadline=None)
def test_no_form_changes_what_it_restores(syllables: list[str], name: str) -> None:
    """Random syllables, much of them no words: all come back, or the text is left as it was."""
    text = " ".join(syllables).capitalize() + " ta."
    written = encode_as(text, name)
    found = repair(written)
    assert found.text in {representable(text, name), unicodedata.normalize("NFC", written)}


def test_the_repaired_text_is_clean() -> None:
    for name in FORMS:
        again = repair(repair(encode_as(ARTICLE, name)).text)
        assert (again.text, again.encoding) == (representable(ARTICLE, name), None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("HUYÖN ë Hµ NéI", "HUYỆN Ở HÀ NỘI"),
        ("TØNH §¾K L¾K", "TỈNH ĐẮK LẮK"),
        ("Héi nghÞ t¹i x·. ñy ban huyÖn chñ tr×.", "Hội nghị tại xã. Ủy ban huyện chủ trì."),
        ("bé tr­ëng Ên §é th¨m n­íc ta", "bộ trưởng ấn Độ thăm nước ta"),
        ("ch¬ng tr×nh ph¸t triÓn cña níc, ®îc b¸o c¸o", "chương trình phát triển của nước, được báo cáo"),
        ("Bo hiÓm x• héi ViÖt Nam", "Bo hiểm xã hội Việt Nam"),
    ],
)
def test_what_tcvn3_lost_is_restored_where_the_rest_decides(written: str, meant: str) -> None:
    """Capitals in capitals and at sentence starts, a dropped soft hyphen in ươ, a bullet for ã; a name in mid-sentence stays small."""
    assert repair(written).text == meant


@pytest.mark.parametrize("text", ["Bà Y và ông Ấn ở xã.", "xã hội ở UBND và TP.HCM", "Ở HÀ NỘI", "à ơi"])
def test_raising_capitals_leaves_right_case_alone(text: str) -> None:
    assert raise_capitals(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ho ve^` nha. To^i dda(.t ca^u ho?i sao? Anh kho^ng bie^'t.", "Ho về nha. Tôi đặt câu hỏi sao? Anh không biết."),
        ("Tha^`y gia'o Nguye^~n Thi. Hoa o+? ta.i Qua?ng Nam?", "Thầy giáo Nguyễn Thị Hoa ở tại Quảng Nam?"),
        ("Ba` no'i. DDu+o+`ng na`o? Ne^n ddi to+'i ddo' va`o nga`y mai.", "Bà nói. Đường nào? Nên đi tới đó vào ngày mai."),
    ],
)
def test_viqr_without_backslashes_keeps_its_full_stops(written: str, meant: str) -> None:
    assert repair(written).text == meant


def test_what_cleaners_took_from_mojibake_is_put_back() -> None:
    """U+00A0 turned into a space, U+00AD and controls dropped."""
    text = "Gia Lai là tỉnh có bản làng đẹp, hoài niệm chính là đây; Đảng bộ nhận xét về ý chí và dân trí cao"
    damaged = encode_as(text, "utf-8-as-windows-1252").replace("\u00a0", " ").replace("\u00ad", "").replace("\u0090", "")
    assert repair(damaged).text == text


def test_windows_1258_agrees_with_the_code_page() -> None:
    """Python's own table is the oracle for reading 1258 bytes as 1252."""
    for syllable in SYLLABLES:
        for text in (syllable, syllable.upper()):
            assert encode_as(text, "windows-1258").encode("cp1258").decode("cp1252") == encode_as(text, "windows-1258-as-1252")


@pytest.mark.parametrize("name", FORMS)
def test_every_syllable_survives_every_form(name: str) -> None:
    """Decoding undoes encoding, letter by letter, in small letters and in capitals."""
    for syllable in SYLLABLES:
        assert is_syllable(syllable)
        for text in (syllable, syllable.upper()):
            kept = text.lower() if name == "tcvn3" else text
            again = representable(text, name)
            assert (again.lower() if name == "tcvn3" else again) == kept


def test_tcvn3_and_vni_hold_each_letter_once() -> None:
    letters = {letter for syllable in SYLLABLES for letter in syllable if not letter.isascii()} | set("ăâđêôơư".upper())
    for name in ("tcvn3", "vni"):
        assert len({encode_as(letter, name) for letter in letters}) == len(letters)


def test_an_unknown_form_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown form 'vps'; known: tcvn3, vni, viqr"):
        encode_as("á", "vps")


HOSTILE = ["Ö", "a^", "a^.", "&#1", "&#7841;", "Ã¡", "Ãƒ", "x· ", "B¸o ", "ýõì", "à\u0323", "(", "Hµ NéI ", "\u0301", "ÃÂ", "Hµ ", "Ö\n"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_work_grows_with_the_length(unit: str) -> None:
    """Four times the hostile input may take ten times as long; quadratic work would take sixteen times."""
    text = unit * (40_000 // len(unit))
    once = seconds(lambda: repair(text), times=3)
    assert seconds(lambda: repair(text * 4), times=2) < 10 * max(once, 2e-3)
