"""A reader's way through the pages, with scripts and without, on a desk and on a phone."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener

BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


def state(page: Page) -> list[tuple[str, str]]:
    """The parameters of the current address."""
    return parse_qsl(urlsplit(page.url).query)


def total(page: Page) -> str:
    return page.locator(".total strong").inner_text()


def box(page: Page, label: str) -> Locator:
    """The checkbox of the facet value whose label begins so."""
    return page.get_by_role("checkbox", name=re.compile(f"^{re.escape(label)}"))


@BOTH
def test_searching_from_the_start_page(opened: Opener, scripts: bool) -> None:
    page = opened("/", scripts=scripts)
    page.get_by_label("Tìm trong kho tin").fill("thu ngân sách")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=*")
    expect(page.locator(".list h2").first).to_have_text("Thị xã An Khê thu ngân sách vượt dự toán")
    assert state(page) == [("q", "thu ngân sách")]
    assert page.locator(".list mark").count() > 3
    assert page.title() == "Tìm “thu ngân sách”: 3 bài – timtin"


def test_ticking_a_box_applies_at_once_with_scripts(opened: Opener) -> None:
    page = opened("/tim?q=n%C3%B4ng+th%C3%B4n+m%E1%BB%9Bi")
    before = total(page)
    box(page, "tỉnh Gia Lai").check()
    page.wait_for_url("**/tim?q=*noi=gia-lai")
    assert total(page) != before
    expect(box(page, "tỉnh Gia Lai")).to_be_checked()
    expect(box(page, "tỉnh Gia Lai")).to_be_focused()


def test_ticking_boxes_and_applying_without_scripts(opened: Opener) -> None:
    page = opened("/tim?q=n%C3%B4ng+th%C3%B4n+m%E1%BB%9Bi", scripts=False)
    box(page, "tỉnh Gia Lai").check()
    box(page, "năm 2023").check()
    assert len(state(page)) == 1, "nothing happens before the button is pressed"
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_url(re.compile("ngay=2023"))
    assert state(page) == [("q", "nông thôn mới"), ("noi", "gia-lai"), ("ngay", "2023")], "no empty parameters, canonical order"
    expect(box(page, "tỉnh Gia Lai")).to_be_checked()


def test_a_narrower_value_replaces_the_wider_one_with_scripts(opened: Opener) -> None:
    page = opened("/tim?noi=gia-lai")
    box(page, "thị xã An Khê").check()
    page.wait_for_url(re.compile("an-khe"))
    assert state(page) == [("noi", "gia-lai/an-khe"), ("sap", "moi")]


@BOTH
def test_chips_are_taken_out(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=n%C3%B4ng+th%C3%B4n&noi=gia-lai&ngay=2023-06", scripts=scripts)
    page.get_by_role("link", name="Bỏ điều kiện: ở tỉnh Gia Lai").click()
    page.wait_for_url(re.compile(r"/tim\?q=[^&]*&ngay=2023-06$"))
    assert state(page) == [("q", "nông thôn"), ("ngay", "2023-06")]
    page.get_by_role("link", name="Bỏ điều kiện: đăng tháng 6/2023").click()
    page.wait_for_url(re.compile(r"/tim\?q=[^&]*$"))
    page.go_back()
    assert ("ngay", "2023-06") in state(page), "back always works"


@BOTH
def test_bars_of_the_time_line_filter(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban&trang=2", scripts=scripts)
    bar = page.locator("svg a.bar[aria-label^='tháng 6/2023']")
    count = (bar.get_attribute("aria-label") or "").split(": ")[1]
    bar.click()
    page.wait_for_url("**ngay=2023-06")
    assert state(page) == [("q", "giao ban"), ("ngay", "2023-06")]
    assert total(page) == count
    page.locator("svg a.bar.on").click()
    page.wait_for_url(re.compile(r"/tim\?q=giao\+ban$"))


@BOTH
def test_the_table_twin_unfolds(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban", scripts=scripts)
    row = page.get_by_role("link", name="tháng 6/2023", exact=True)
    expect(row).to_be_hidden()
    page.get_by_text("Bảng số liệu", exact=True).click()
    expect(row).to_be_visible()


@BOTH
def test_paging_and_sorting(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban", scripts=scripts)
    first = page.locator(".list h2").all_inner_texts()
    page.get_by_role("link", name="Sau ›").click()
    page.wait_for_url("**trang=2")
    assert not set(first) & set(page.locator(".list h2").all_inner_texts())
    page.get_by_role("link", name="Cũ nhất").click()
    page.wait_for_url("**sap=cu")
    assert state(page) == [("q", "giao ban"), ("sap", "cu")]
    assert page.locator(".list time").first.get_attribute("datetime") == "2023-01-07"


@BOTH
def test_an_article_and_back(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban&trang=2", scripts=scripts)
    page.locator(".list h2 a").first.click()
    page.wait_for_url("**/bai/**")
    expect(page.locator(".story mark").first).to_be_visible()
    expect(page.locator(".steps a")).to_have_count(2)
    page.get_by_role("link", name="Bài sau ›").click()
    page.wait_for_url("**thu=12")
    page.get_by_role("link", name="Về kết quả tìm").click()
    page.wait_for_url("**/tim?q=giao+ban&trang=2")


def test_jumping_between_marked_words(opened: Opener) -> None:
    page = opened("/bai/an-khe-ngan-sach?q=thu+ng%C3%A2n+s%C3%A1ch&thu=1")
    page.get_by_role("button", name="Chỗ khớp sau").click()
    page.get_by_role("button", name="Chỗ khớp sau").click()
    expect(page.locator("mark.now")).to_have_id("k2")
    expect(page).to_have_url(re.compile("#k2$"))
    page.get_by_role("button", name="Chỗ khớp trước").click()
    expect(page).to_have_url(re.compile("#k1$"))


@BOTH
def test_the_drawer_on_a_phone(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=n%C3%B4ng+th%C3%B4n&noi=gia-lai", scripts=scripts, phone=True)
    drawer = page.locator("#bo-loc")
    expect(drawer).to_be_hidden()
    button = page.locator(".open-filters")
    expect(button).to_contain_text("1")
    button.click()
    expect(drawer).to_be_visible()
    box(page, "tỉnh Bắc Kạn").check()
    assert len(state(page)) == 2, "in the drawer nothing is applied before the button is pressed"
    page.get_by_role("button", name="Áp dụng").click()
    page.wait_for_url(re.compile("noi=bac-kan"))
    assert sorted(value for name, value in state(page) if name == "noi") == ["bac-kan", "gia-lai"]
    expect(drawer).to_be_hidden()


@BOTH
def test_the_drawer_closes_without_applying(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban#bo-loc", scripts=scripts, phone=True)
    expect(page.locator("#bo-loc")).to_be_visible()
    page.get_by_role("link", name="Đóng").click()
    expect(page.locator("#bo-loc")).to_be_hidden()
    assert state(page) == [("q", "giao ban")]


def test_keys(opened: Opener) -> None:
    page = opened("/tim?q=giao+ban#bo-loc", phone=True)
    page.keyboard.press("Escape")
    expect(page.locator("#bo-loc")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("/")
    assert "/" in page.locator("#q").input_value(), "a slash can still be typed"


def test_the_first_tab_stop_skips_to_the_content(opened: Opener) -> None:
    page = opened("/tim?q=giao+ban")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Tới nội dung chính")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@BOTH
def test_offers_when_nothing_is_found(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=giao+ban&noi=gia-lai/an-khe", scripts=scripts)
    offer = page.locator(".offers a").first
    count = offer.locator(".offer-count").inner_text()
    offer.click()
    expect(page.locator(".total strong")).to_have_text(count)


ADDRESSES = (
    "/",
    "/tim",
    "/tim?q=h%E1%BB%99i+ngh%E1%BB%8B",
    "/tim?q=zzzz&noi=gia-lai",
    "/bai/rat-dai/muc%20con%2F%2F1",
    "/bai/an-khe-ngan-sach?q=thu&thu=1",
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_page_is_wider_than_its_screen(opened: Opener, address: str, width: int) -> None:
    """Long titles and words wrap; nothing scrolls sideways, down to 320 pixels."""
    page = opened(address)
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/tim?q=giao+ban&noi=bac-kan",
        "/tim?q=ngan+sach+an+khe",
        "/tim?noi=thai-nguyen&cach=tien-than&bando=34",
        "/tim?q=zzzz",
        "/bai/an-khe-ngan-sach?q=thu&thu=1",
        "/noi",
        "/noi/gia-lai/an-khe",
        "/ban-do",
    ],
)
def test_letters_stand_out_from_their_ground(opened: Opener, address: str, dark: bool) -> None:
    """Every text has a contrast of at least 4.5 : 1 with what lies behind it (WCAG 2.2 AA)."""
    page = opened(address, dark=dark)
    assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
  const parse = (text) => { const c = text.match(/[\\d.]+/g).map(Number); return c.length < 4 ? [...c, 1] : c; };
  const lum = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = (el) => {
    for (; el; el = el.parentElement) { const c = parse(getComputedStyle(el).backgroundColor); if (c[3] > .99) return c; }
    return [255, 255, 255, 1];
  };
  const low = [];
  for (const el of document.querySelectorAll("body *")) {
    const own = [...el.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || el.closest("svg, .sr, .skip, [hidden]") || !el.checkVisibility()) continue;
    const [a, b] = [lum(parse(getComputedStyle(el).color)), lum(ground(el))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) low.push(`${el.tagName}.${el.className} ${el.textContent.trim().slice(0, 30)} ${ratio.toFixed(2)}`);
  }
  return low;
}"""


@pytest.mark.parametrize("drawer", ["", "#bo-loc"])
def test_printing_leaves_out_the_controls(opened: Opener, drawer: str) -> None:
    page = opened(f"/tim?q=giao+ban{drawer}")
    page.set_viewport_size({"width": 718, "height": 1000})  # of A4
    page.emulate_media(media="print")
    for control in (".search", ".filters", ".sorts", ".paging"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator(".list h2").first).to_be_visible()


def test_suggestions_with_the_keyboard(opened: Opener) -> None:
    page = opened("/")
    field = page.get_by_role("combobox", name="Tìm trong kho tin")
    field.focus()
    page.keyboard.type("an kh")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("thị xã An Khê")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("an kh")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?noi=gia-lai/an-khe*")


def test_a_list_that_is_chosen_from_is_not_replaced(opened: Opener) -> None:
    """Not even by that for the last letter typed, which comes when the list before it is in use already."""
    page = opened("/")
    page.get_by_role("combobox", name="Tìm trong kho tin").focus()
    with page.expect_response("**/goi-y.json?q=an%20k"):
        page.keyboard.type("an k")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("thị xã An Khê")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(CHOOSE_AT_ONCE)
    expect(first).to_have_attribute("aria-selected", "true")
    page.evaluate("new Promise((done) => setTimeout(done, 200))")  # twice as long as the page waits before it asks
    expect(first).to_have_attribute("aria-selected", "true")
    assert asked == []


CHOOSE_AT_ONCE = """() => {
  const box = document.getElementById("q");
  box.value += "h";
  box.dispatchEvent(new InputEvent("input"));
  box.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true }));
}"""


def test_enter_searches_for_what_was_typed_when_nothing_is_chosen(opened: Opener) -> None:
    page = opened("/", phone=True)
    page.get_by_label("Tìm trong kho tin").click()
    page.keyboard.type("an kh")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=an+kh*")


def test_a_suggestion_can_be_clicked(opened: Opener) -> None:
    page = opened("/")
    page.get_by_label("Tìm trong kho tin").click()
    page.keyboard.type("thu ngan s")
    page.get_by_role("option").filter(has_text="Thị xã An Khê thu ngân sách vượt dự toán").click()
    page.wait_for_url("**/bai/an-khe-ngan-sach")


@BOTH
def test_a_mistyped_query_leads_back_to_what_was_typed(opened: Opener, scripts: bool) -> None:
    page = opened("/tim?q=thu+ngna+sach", scripts=scripts)
    assert total(page) != "0 bài"
    page.get_by_role("link", name="Tìm đúng như đã gõ").click()
    page.wait_for_url("**/tim?q=thu+ngna+sach&sua=khong")
    assert total(page) == "0 bài"
