"""A later change is an edit of data: two lines in changes.tsv, no code."""

from __future__ import annotations

from datetime import date

from analyzers.places import PlaceFinder, store
from analyzers.places.store import _read, parse
from tests.analyzers.test_places_tagger import analyzed

DECREE = (
    "c23617:n\t2025-07-01\t2027-01-01\tn\tp\tAn Khê\tp52:n\tc23617:n\t\t13.993\t108.672\t\n"
    "c23617:n\t2027-01-01\t\t\tp\tTây Sơn Thượng Đạo\tp52:n\t\t\t13.993\t108.672\t\n"
)
"""An imagined decree: phường An Khê (Gia Lai) is renamed on 1 January 2027."""


def test_a_renamed_ward_is_known_by_either_name_on_its_day() -> None:
    gazetteer = parse(_read(store.UNITS), changes=DECREE)
    assert gazetteer.at_path("gia-lai/an-khe", date(2026, 12, 31)).label == "phường An Khê"
    assert gazetteer.at_path("gia-lai/tay-son-thuong-dao", date(2027, 1, 1)).label == "phường Tây Sơn Thượng Đạo"


def test_older_units_reach_the_new_name_by_themselves() -> None:
    gazetteer = parse(_read(store.UNITS), changes=DECREE)
    town = gazetteer.at_path("gia-lai/an-khe", date(2023, 6, 1))
    assert {unit.name for unit in gazetteer.today(town)} == {"Tây Sơn Thượng Đạo", "An Bình", "Cửu An"}


def test_the_tagger_knows_the_new_name() -> None:
    finder = PlaceFinder(parse(_read(store.UNITS), changes=DECREE))
    texts = [analyzed("Khánh thành trường học ở phường Tây Sơn Thượng Đạo"), analyzed(""), analyzed("")]
    assert [place.path for place in finder.find(texts, date(2027, 3, 1)).about] == ["gia-lai/tay-son-thuong-dao"]
