"""A reader's way through places: choosing names, following offers, pages of places and maps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_pages import BOTH, box, state, total


def test_choosing_todays_names_applies_at_once_with_scripts(opened: Opener) -> None:
    page = opened("/tim?noi=bac-kan")
    page.get_by_role("radio", name="hiện nay").check(force=True)
    page.wait_for_url("**cach=hien-nay*")
    expect(page.locator(".notices")).to_contain_text("tỉnh Bắc Kạn chỉ có đến 30/6/2025; lọc theo đơn vị hiện nay: tỉnh Thái Nguyên")
    expect(box(page, "tỉnh Thái Nguyên")).to_be_checked()
    expect(page.get_by_role("radio", name="hiện nay")).to_be_checked()


def test_choosing_todays_names_without_scripts(opened: Opener) -> None:
    page = opened("/tim?noi=gia-lai", scripts=False)
    page.get_by_role("radio", name="hiện nay").check(force=True)
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_url("**cach=hien-nay*")
    assert state(page) == [("noi", "gia-lai"), ("cach", "hien-nay"), ("sap", "moi")]
    expect(box(page, "tỉnh Gia Lai")).to_be_checked()


def test_predecessors_go_along_and_are_not_sent(opened: Opener) -> None:
    page = opened("/tim?noi=thai-nguyen&cach=tien-than&sap=moi")
    expect(box(page, "tỉnh Bắc Kạn")).to_be_disabled()
    expect(box(page, "tỉnh Bắc Kạn")).to_be_checked()
    box(page, "năm 2023").check()
    page.wait_for_url("**ngay=2023*")
    assert [value for name, value in state(page) if name == "noi"] == ["thai-nguyen"]


@BOTH
def test_the_place_of_a_query_is_one_click_away(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=ngan+sach+an+khe", scripts=scripts)
    offer = page.locator(".named a", has_text="Chỉ bài về")
    expect(offer).to_have_count(1)
    count = page.locator(".named .soft").first.inner_text()
    offer.click()
    page.wait_for_url("**noi=gia-lai/an-khe")
    assert total(page) in count
    expect(page.locator(".named")).to_have_count(0)


@BOTH
def test_from_a_result_to_its_place_and_back_to_its_articles(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=thu+ng%C3%A2n+s%C3%A1ch", scripts=scripts)
    page.get_by_role("link", name="Trang về thị xã An Khê, Gia Lai").first.click()
    page.wait_for_url("**/noi/gia-lai/an-khe")
    expect(page.get_by_role("heading", level=1)).to_have_text("phường An Khê")
    page.get_by_label("Tìm trong bài về phường An Khê").fill("nông thôn")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?*noi=*")
    assert ("noi", "gia-lai/an-khe") in state(page)
    assert ("q", "nông thôn") in state(page)


@BOTH
def test_a_province_of_the_map_filters(opened: Opener, scripts: bool) -> None:
    page = opened("/ban-do?bando=63", scripts=scripts)
    page.get_by_role("link", name=re.compile("^tỉnh Gia Lai: ")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?tinhcu=gia-lai*bando=63")
    expect(page.locator("details.map-fold")).to_have_attribute("open", "")
    assert page.locator(".map a.on").count() == 1


@BOTH
def test_the_map_of_the_results_is_folded_and_unfolds(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban", scripts=scripts)
    map_ = page.locator("svg.map")
    expect(map_).to_be_hidden()
    page.get_by_text("Bản đồ", exact=True).first.click()
    expect(map_).to_be_visible()
    assert (map_.bounding_box() or {"height": 0})["height"] > 200


@pytest.mark.parametrize("address", ["/ban-do", "/tim?q=giao+ban&bando=34", "/noi/gia-lai", "/noi/gia-lai/an-khe"])
def test_the_archipelagos_are_in_the_picture(opened: Opener, address: str) -> None:
    """Their names lie wholly inside the drawing, on a desk and on a phone."""
    for phone in (False, True):
        page = opened(f"{address}#bo-loc" if address.startswith("/tim") else address, phone=phone)
        frame = page.locator("svg.map:has(.islands)").bounding_box()
        assert frame
        for name in ("Hoàng Sa", "Trường Sa"):
            label = page.locator("svg.map text", has_text=name).bounding_box()
            assert label
            assert frame["x"] <= label["x"] <= label["x"] + label["width"] <= frame["x"] + frame["width"]
            assert frame["y"] <= label["y"] <= label["y"] + label["height"] <= frame["y"] + frame["height"]
            assert label["height"] >= 8


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize(
    "address",
    ["/noi", "/noi/gia-lai/an-khe", "/noi/khanh-hoa", "/ban-do", "/tim?noi=thai-nguyen&cach=tien-than&bando=34", "/tim?cach=hien-nay"],
)
def test_no_page_of_a_place_is_wider_than_its_screen(opened: Opener, address: str, width: int) -> None:
    page = opened(address)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_unknown_place_offers_near_names(opened: Opener) -> None:
    page = opened("/tim?noi=Gia+Lia")
    expect(page.locator(".notices")).to_contain_text("Gia Lai")
