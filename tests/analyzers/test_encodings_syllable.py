"""The validator that all evidence rests on."""

from __future__ import annotations

import unicodedata

import pytest

from analyzers.encodings.syllable import BARE, TONES, allows, is_syllable, split_tone, with_tone

SYLLABLES = "Việt NGHIÊNG khuỷu quốc giếng gì thuở ngoạm xoong yêu ương Đắk Kạn kỹ quýt giặt oanh nguyễn ủy PHƯỢNG a y"
EITHER_PLACE = "hoà hòa thuỷ thủy quý qúy khoẻ khỏe"
OTHERS = "facebook café cac̣ kiên1 nghà ngi ghà câ ă ơng vìệt việ̣t các̀ bạ́ hàc tập̀ sìch w der über niño đ HĐND 10ì20"
PLACED = "hòa thủy quý giếng già gìn khuỷu ngoáo hoài của thuở moóc quốc được tiến mía khuya oán ỷ"


@pytest.mark.parametrize("word", SYLLABLES.split())
def test_syllables_are_recognised(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", EITHER_PLACE.split())
def test_the_place_of_the_tone_is_free(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", [*OTHERS.split(), "", " "])
def test_other_words_are_not(word: str) -> None:
    assert not is_syllable(unicodedata.normalize("NFC", word))


def test_every_syllable_of_the_inventory_is_one_with_every_tone_its_coda_allows() -> None:
    for bare in BARE:
        for tone in range(len(TONES)):
            if allows(bare, tone):
                word = with_tone(bare, tone)
                assert is_syllable(word)
                assert split_tone(word.upper()) == (bare, tone)


@pytest.mark.parametrize("word", PLACED.split())
def test_tones_are_put_where_raw_news_has_them(word: str) -> None:
    bare, tone = split_tone(word)
    assert tone is not None
    assert with_tone(bare, tone) == word


def test_two_tones_are_no_tone() -> None:
    assert split_tone("hòá") == ("hòá", None)
