"""A reader's thumb and eyes: what stands on the first screen of a phone, how large what is pressed is, letters twice as large."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Opener
from tests.browser.test_pages import BOTH

FIRST_SCREEN = 0.75 * PHONE["height"]
"""The bars of the browser and of the system take the rest."""
LEAST_PX = 44
"""Height and width that a thumb hits (WCAG 2.2, success criterion 2.5.5)."""
ADDRESSES = (
    "/",
    "/tim?q=thu+ng%C3%A2n+s%C3%A1ch+an+kh%C3%AA&noi=gia-lai&ngay=2023-06",
    "/tim?q=thu+ngna+sach",
    "/tim?q=zzzz",
    "/tim?q=giao+ban#bo-loc",
    "/tim?q=giao+ban&gan_day=co",
    "/bai/an-khe-ngan-sach?q=thu&thu=1",
    "/goi-y?q=an",
    "/noi",
    "/noi/gia-lai/an-khe",
    "/ban-do",
)


@BOTH
@pytest.mark.parametrize(
    "q",
    [
        "nông thôn mới",
        "thu ngan sach an khe",
        "thu ngna sach",
        "thu ngân sách của thị xã An Khê vượt dự toán sáu tháng",
        "an khê tháng 6/2023",
    ],
)
def test_the_first_article_is_seen_without_scrolling(opened: Opener, q: str, scripts: bool) -> None:
    """Whatever has to be said of the query, the title of the first article stands on the first screen."""
    page = opened(f"/tim?q={quote_plus(q)}", phone=True, scripts=scripts)
    title = page.locator(".result-title").first.bounding_box()
    assert title
    assert title["y"] + title["height"] <= FIRST_SCREEN


@BOTH
def test_the_time_line_is_folded_on_a_phone(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban", phone=True, scripts=scripts)
    bar = page.locator("svg a.bar").first
    expect(bar).to_be_hidden()
    page.get_by_text("Biểu đồ theo tháng", exact=True).click()
    expect(bar).to_be_visible()


@BOTH
def test_the_time_line_stands_open_on_a_desk_and_on_paper(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban", scripts=scripts)
    expect(page.locator("svg a.bar").first).to_be_visible()
    expect(page.get_by_text("Biểu đồ theo tháng", exact=True)).to_be_hidden()
    page.set_viewport_size({"width": 700, "height": 900})
    expect(page.locator("svg a.bar").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("svg a.bar").first).to_be_visible()
    expect(page.locator(".chips")).to_be_visible()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_pressed_is_as_large_as_a_thumb(opened: Opener, address: str) -> None:
    """Links and controls take presses over 44 pixels; a word within a text may be narrower, never lower."""
    page = opened(address, phone=True)
    assert page.evaluate(SMALL, LEAST_PX) == []


SMALL = """(least) => {
  const small = [];
  for (const one of document.querySelectorAll("a[href], button, summary, label, input:not([type=hidden])")) {
    if (one.closest("svg, .sr, .skip") || one.matches("label input, label.sr") || !one.checkVisibility()) continue;
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const box = one.getBoundingClientRect();
    if (!box.width || box.right < 0) continue;
    const reach = parseFloat(getComputedStyle(one, "::after").height) || 0;
    const wordInText = getComputedStyle(one).display === "inline";
    if (Math.max(box.height, reach) < least - .5 || (!wordInText && box.width < least - .5))
      small.push(`${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)} ${box.width} x ${box.height}`);
  }
  return small;
}"""


@pytest.mark.parametrize("address", [*ADDRESSES, "/bai/rat-dai/muc%20con%2F%2F1"])
def test_letters_twice_as_large_leave_no_page_wider_than_its_screen(opened: Opener, address: str) -> None:
    page = opened(address, phone=True)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@BOTH
def test_help_with_writing_queries_is_a_press_away(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban", phone=True, scripts=scripts)
    page.get_by_role("link", name="Cách viết câu tìm").click()
    page.wait_for_url("**/#cach-viet")
    expect(page.get_by_text("tiếng bắt đầu bằng")).to_be_visible()
    expect(page.get_by_text("tiếng bắt đầu bằng")).to_be_in_viewport()


@BOTH
def test_keys_stay_in_the_open_drawer(opened: Opener, scripts: bool) -> None:
    """Nothing that the drawer covers takes the focus, and what has it lies between its bars."""
    page = opened("/tim?q=giao+ban&noi=bac-kan#bo-loc", phone=True, scripts=scripts)
    top, bottom = (page.locator(bar).bounding_box() for bar in (".filters-top", ".apply"))
    assert top
    assert bottom
    reached = 0
    for _ in range(page.locator("#bo-loc :is(a, input, summary, button)").count() + 3):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if not focused.count():  # the browser's own controls
            break
        assert focused.evaluate("one => one.closest('#bo-loc') !== null")
        box = focused.bounding_box()
        if box and not focused.evaluate("one => one.closest('.filters-top, .apply') !== null"):
            assert top["y"] + top["height"] <= box["y"] + 1
            assert box["y"] + box["height"] <= bottom["y"] + 1
            reached += 1
    assert reached > 5
    page.keyboard.press("Shift+Tab")
    page.get_by_role("link", name="Đóng").click()
    expect(page.locator(".found")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("address", ["/", "/tim?q=giao+ban", "/noi/gia-lai/an-khe"])
def test_fields_bars_and_hints_stand_out(opened: Opener, address: str, dark: bool) -> None:
    """Edges of fields and bars of the time line have 3 : 1 with their ground, hints in fields 4.5 : 1 (WCAG 2.2 AA)."""
    assert opened(address, dark=dark).evaluate(FAINT) == []


FAINT = """() => {
  const parse = (text) => { const c = text.match(/[\\d.]+/g).map(Number); return c.length < 4 ? [...c, 1] : c; };
  const lum = (c) => parse(c).slice(0, 3).map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const paper = getComputedStyle(document.body).backgroundColor;
  const faint = [];
  const check = (what, got, least) => { if (got < least) faint.push(`${what} ${got.toFixed(2)}`); };
  for (const field of document.querySelectorAll("input:is([type=search], .range input)")) {
    const style = getComputedStyle(field), hint = getComputedStyle(field, "::placeholder");
    if (field !== document.activeElement) check(`edge of ${field.name}`, ratio(style.borderTopColor, paper), 3);
    check(`hint of ${field.name}`, hint.opacity === "1" ? ratio(hint.color, style.backgroundColor) : 0, 4.5);
  }
  for (const bar of document.querySelectorAll(".bars .fill")) check("bar", ratio(getComputedStyle(bar).fill, paper), 3);
  return faint;
}"""
