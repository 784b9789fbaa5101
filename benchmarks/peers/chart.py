"""The chart of the README: small panels of the same rows, drawn as SVG for light and dark pages and for narrow ones.

Two panels a row keep the picture 440 units wide: on a phone its letters are still about 11 px high. Speeds stand on logarithmic
axes as points, because bars would have to start at nought.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from benchmarks.peers.figures import EngineFigures, SegmenterFigures
from benchmarks.peers.model import OURS

WIDTH, MARGIN, NAMES, GAP = 440, 10, 106, 14
ROW, HEAD, FOOT = 21, 46, 18
PANEL = (WIDTH - 2 * MARGIN - NAMES - GAP) // 2
LABEL, LABELS = 54, 86
"""Room to the right of a panel's points for one figure, or for two."""
STYLE = """
svg { --page: #ffffff; --text: #1f2328; --quiet: #59636e; --line: #d1d9e0; --ours: #0a5cc2; --peer: #818b98 }
@media (prefers-color-scheme: dark) {
  svg { --page: #0d1117; --text: #f0f6fc; --quiet: #9198a1; --line: #3d444d; --ours: #58a6ff; --peer: #8b949e }
}
svg { max-width: 100%; height: auto }
text { font: 13px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; fill: var(--text) }
.title { font-weight: 600; font-size: 13.5px } .quiet { fill: var(--quiet); font-size: 12px }
.ours { font-weight: 700; fill: var(--ours) }
.page { fill: var(--page) } .line { stroke: var(--line) }
circle { fill: var(--peer) } circle.ours { fill: var(--ours) }
.open { fill: var(--page); stroke: var(--peer); stroke-width: 1.5 } .open.ours { fill: var(--page); stroke: var(--ours) }
"""


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure of every row; None where a row has none. `others` are drawn as open points beside `values`, and written after them."""

    title: str
    note: str
    values: list[float | None]
    form: Callable[[float], str]
    log: bool = True
    others: list[float | None] | None = None


def svg(engines: Sequence[EngineFigures], segmenters: Sequence[SegmenterFigures], source: str) -> str:
    """The document; valid on its own."""
    page = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "viewBox": f"0 0 {WIDTH} 0", "width": str(WIDTH)})
    SubElement(page, "title").text = "timtin beside other engines"
    SubElement(page, "desc").text = alternative(engines, segmenters)
    SubElement(page, "style").text = STYLE
    sheet = SubElement(page, "rect", {"class": "page", "width": str(WIDTH), "rx": "6"})
    top = MARGIN
    names = [one.name for one in engines]
    for pair in _engine_panels(engines):
        top = _block(page, top, names, pair)
    if segmenters:
        top = _block(page, top, [one.name for one in segmenters], _segmenter_panels(segmenters))
    _text(page, MARGIN, top + 6, f"{source}; CPU time", "quiet")
    height = top + FOOT
    page.set("viewBox", f"0 0 {WIDTH} {height}")
    page.set("height", str(height))
    sheet.set("height", str(height))
    indent(page)
    return tostring(page, encoding="unicode") + "\n"


def alternative(engines: Sequence[EngineFigures], segmenters: Sequence[SegmenterFigures]) -> str:
    """The chart in words."""
    parts = [
        f"{one.name}: "
        + (f"nDCG@10 {_ndcg(one, 0):.2f} with and {_ndcg(one, 1):.2f} without marks, " if one.ndcg else "")
        + f"{_short(one.search_ms)} ms a search, {one.rate:,.0f} articles indexed a second"
        for one in engines
    ]
    parts += [f"segmenter {one.name}: {one.rate:,.0f} sentences a second" for one in segmenters]
    return "; ".join(parts) + "."


def _engine_panels(engines: Sequence[EngineFigures]) -> list[tuple[Panel, Panel]]:
    marked, bare = ([_ndcg(one, at) if one.ndcg else None for one in engines] for at in (0, 1))
    quality = Panel("Quality, nDCG@10", "● unmarked | ○ marked", bare, _hundredths, log=False, others=marked)
    searching = Panel("Search, CPU ms", "← faster", [one.search_ms for one in engines], _short)
    indexing = Panel("Articles indexed / s", "faster →", [one.rate for one in engines], _whole)
    size = Panel("Index / text, bytes", "← smaller", [one.index_per_text for one in engines], _short)
    return [(quality, searching), (indexing, size)]


def _segmenter_panels(segmenters: Sequence[SegmenterFigures]) -> tuple[Panel, Panel]:
    rate = Panel("Sentences / s", "segmenters, faster →", [one.rate for one in segmenters], _whole)
    agreement = Panel("F1 with pyvi", "same words", [one.agreement for one in segmenters], _hundredths, log=False)
    return rate, agreement


def _ndcg(one: EngineFigures, at: int) -> float:
    """The mean of the judged collections."""
    return sum(values[at] for values in one.ndcg.values()) / len(one.ndcg)


def _block(page: Element, top: int, names: Sequence[str], panels: Sequence[Panel]) -> int:
    """Names to the left, panels beside each other; returns where the next block starts."""
    for row, name in enumerate(names):
        _text(page, MARGIN, _line(top, row) + 4.5, name, "ours" if name == OURS else "")
    for number, panel in enumerate(panels):
        left = MARGIN + NAMES + number * (PANEL + GAP)
        _text(page, left, top + 14, panel.title, "title")
        _text(page, left, top + 31, panel.note, "quiet")
        _points(page, left, top, names, panel)
    return _line(top, len(names)) + 4


def _points(page: Element, left: int, top: int, names: Sequence[str], panel: Panel) -> None:
    room = PANEL - (LABELS if panel.others else LABEL)
    place = _scale([value for value in (*panel.values, *(panel.others or ())) if value is not None], panel.log, room)
    for row, (name, value) in enumerate(zip(names, panel.values, strict=True)):
        y = _line(top, row)
        own = " ours" if name == OURS else ""
        if value is None:
            _text(page, left, y + 4.5, "–", "quiet")
            continue
        points, label = [(value, "point" + own)], panel.form(value)
        if panel.others and (other := panel.others[row]) is not None:
            points.insert(0, (other, "open" + own))
            label += f" | {panel.form(other)}"
        furthest = max(place(each) for each, _ in points)
        SubElement(page, "line", {"class": "line", "x1": str(left), "x2": f"{left + furthest:.1f}", "y1": str(y), "y2": str(y)})
        for each, kind in points:
            SubElement(page, "circle", {"class": kind, "cx": f"{left + place(each):.1f}", "cy": str(y), "r": "4.5"})
        _text(page, left + furthest + 8, y + 4.5, label, own.strip())


def _scale(values: Sequence[float], log: bool, room: int) -> Callable[[float], float]:
    """From a value to units right of the panel's edge; the least of a logarithmic one stands a little way in."""
    if not log:
        return lambda value: room * value / max(values)
    low, high = math.log(min(values) / 1.5), math.log(max(values))
    return lambda value: room * (math.log(value) - low) / (high - low)


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 20 else f"{value:.0f}"


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _hundredths(value: float) -> str:
    return f"{value:.2f}"


def _line(top: int, row: int) -> int:
    return top + HEAD + row * ROW


def _text(page: Element, x: float, y: float, text: str, kind: str) -> None:
    SubElement(page, "text", {"x": f"{x:g}", "y": f"{y:.1f}", **({"class": kind} if kind else {})}).text = text
