"""How dates and numbers are written for a Vietnamese reader."""

from __future__ import annotations

from analyzers.dates import PartialDate
from analyzers.places import Place


def date_label(published: PartialDate | None) -> str:
    """``30/06/2023``, ``tháng 2/2024``, ``năm 2023`` or ``không rõ ngày``."""
    if published is None:
        return "không rõ ngày"
    day = published.first_day
    if published.precision == "day":
        return f"{day:%d/%m/%Y}"
    return f"tháng {day.month}/{day.year}" if published.precision == "month" else f"năm {day.year}"


def number_label(value: int) -> str:
    """Thousands parted by dots: ``35.425``."""
    return f"{value:,}".replace(",", ".")


def place_words(place: Place) -> str:
    """A place of an article with what it belongs to: ``phường Tây Sơn, An Khê, Gia Lai``."""
    above = (place.district if place.commune else None, place.province if "/" in place.path else None)
    return ", ".join([place.label, *dict.fromkeys(name for name in above if name)])
