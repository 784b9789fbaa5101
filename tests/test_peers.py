"""The benchmark of peers: each real engine finds what it indexed, ratios are those of rounds, and the chart is sound XML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks.peers import chart, child, figures, run, sources, table, task
from benchmarks.peers import model as peers
from benchmarks.peers.figures import EngineFigures, SegmenterFigures

INSTALLED = ("timtin", "tantivy", "tantivy, folded", "Whoosh", "pyvi + Whoosh", "SQLite FTS5", "rank-bm25")
"""Peers that the development environment has; the others come with ``make bench``."""
FOLDING = {"timtin", "tantivy, folded", "Whoosh", "SQLite FTS5"}
RECORDS = (
    {"id": "ca", "title": "Giá cá tra tăng trở lại", "text": "Người nuôi cá tra ở huyện Hồng Ngự bán được giá hơn."},
    {"id": "cau", "title": "Thông cầu Rạch Miễu 2", "text": "Xe máy đi qua cầu mới từ sáng nay.", "date": "2025-08-19"},
    {"id": "lua", "title": "Lúa hè thu sắp gặt", "lead": "Nông dân chờ thương lái.", "body": ["Ruộng chín sớm.", "Trời ít mưa."]},
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def tiny() -> task.Task:
    articles = [task.article(record) for record in RECORDS]
    return task.Task("three articles", articles, ["cầu rạch miễu", "ca tra"], ["Ruộng chín sớm."])


@pytest.mark.parametrize("name", INSTALLED)
def test_an_engine_finds_what_it_indexed(name: str, tmp_path: Path, tiny: task.Task) -> None:
    peer: peers.Peer = peers.load(name)
    try:
        peer.index(tiny.articles, tmp_path)
        assert peer.search("Rạch Miễu").ids[0] == "cau"
        if name in FOLDING:
            assert peer.search("thong cau rach mieu").ids[0] == "cau"
        total = peer.search("gặt").total
        assert total == (None if name == "rank-bm25" else 1)
        assert (peer.size(tmp_path) is None) == (name == "rank-bm25")
    finally:
        peer.close()


@pytest.mark.parametrize("name", INSTALLED)
@pytest.mark.parametrize("query", ['giá "cá', "cầu AND (OR", "?!", "title:x^2 ~ *", "ở"])
def test_no_query_is_too_odd_for_an_engine(name: str, query: str, tmp_path: Path, tiny: task.Task) -> None:
    peer: peers.Peer = peers.load(name)
    peer.index(tiny.articles, tmp_path)
    assert set(peer.search(query).ids) <= {"ca", "cau", "lua"}
    peer.close()


def test_the_process_of_a_peer_measures_speed_and_quality(tmp_path: Path, tiny: task.Task) -> None:
    """Through real processes, on the task as it lies on disk."""
    judged = {"fish": task.Collection(tiny.articles, [task.Question("cá tra", "ca tra", {"ca": 1})])}
    task.write(tmp_path, tiny, judged)
    heard: list[str] = []
    (found,) = run.engines(["tantivy, folded"], tmp_path, 2, heard.append)
    assert not found.not_run
    assert found.rankings == {"fish": [[["ca"]], [["ca"]]]}
    assert figures.engine_figures([found], judged)[0].ndcg == {"fish": [1.0, 1.0]}
    assert len(found.rounds) == 2
    assert all(row["articles_per_second"] > 0 and row["peak_mb"] > 1 and row["totals"] for row in found.rounds)
    assert heard == ["round 1 of 2: tantivy, folded", "round 2 of 2: tantivy, folded", "quality: tantivy, folded"]


def test_a_peer_that_cannot_be_run_is_named_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tiny: task.Task) -> None:
    monkeypatch.setitem(peers.PEERS, "nobody", "no_such_module:Nobody")
    task.write(tmp_path, tiny, {})
    said = child.measured("speed", "nobody", tmp_path)
    assert "no_such_module" in said["not_run"]
    (crashed,) = run.engines(["unknown name"], tmp_path, 2, lambda _line: None)
    assert crashed.not_run.startswith("KeyError")
    assert "unknown name: not run: KeyError" in table.notes("", [crashed])
    assert figures.engine_figures([crashed], {}) == []


def test_queries_are_runs_of_titles_and_the_same_each_time(tiny: task.Task) -> None:
    queries = sources.title_queries(tiny.articles, 40)
    assert queries == sources.title_queries(tiny.articles, 40)
    titles = [" ".join(peers.words(article.title)) for article in tiny.articles]
    assert all(any(query in title for title in titles) for query in queries[::2])
    assert all(query.isascii() for query in queries[1::2])


def test_the_text_of_an_article_holds_every_part_of_its_record(tiny: task.Task) -> None:
    assert tiny.articles[2].text == "Nông dân chờ thương lái.\nRuộng chín sớm.\nTrời ít mưa."


def test_collections_hold_the_own_judged_set_and_no_missing_one(tmp_path: Path) -> None:
    (name, own), *others = sources.collections(tmp_path, 1).items()
    assert (name, others) == ("seeds", [])
    assert {doc_id for question in own.questions for doc_id in question.grades} <= {article.doc_id for article in own.articles}


def test_a_ratio_is_the_median_of_ratios_within_rounds() -> None:
    """A machine that gets slower changes figures of both sides of a round, not their ratio."""

    def rows(rates: list[float]) -> list[dict[str, object]]:
        same = {"index_per_text": None, "peak_mb": 1, "search_ms": [1.0], "totals": True}
        return [{**same, "articles_per_second": rate, "search_cpu_ms": 1 / rate} for rate in rates]

    ours, other = run.Outcome("timtin", rounds=rows([100, 50, 10])), run.Outcome("other", rounds=rows([200, 100, 20]))
    first, second = figures.engine_figures([ours, other], {})
    assert (first.rate_ratio, second.rate_ratio, second.search_ratio) == (1.0, 2.0, 0.5)
    (alone,) = figures.engine_figures([other], {})
    assert alone.rate_ratio is None


@pytest.mark.parametrize(
    ("ours", "theirs", "f1"),
    [("a_b c", "a_b c", 1.0), ("a b c", "a_b c", 2 / 5), ("a_b_c", "a b c", 0.0), ("a,_b", "a , b", 0.0), ("a b ,", "a b,", 2 / 5)],
)
def test_words_agree_when_they_cover_the_same_characters(ours: str, theirs: str, f1: float) -> None:
    assert figures.agreement([ours], [theirs]) == pytest.approx(f1)


def engine(name: str, rate: float, **others: Any) -> EngineFigures:
    values: dict[str, Any] = {
        "rate_ratio": 2.0,
        "index_per_text": 1.5,
        "peak_mb": 90.0,
        "search_ms": 3.25,
        "search_ratio": 0.5,
        "p50": 3.0,
        "p99": 9.0,
    }
    return EngineFigures(**{"name": name, "rate": rate, "totals": True, "ndcg": {"seeds": [0.9, 0.5]}, **values, **others})


ENGINES = [engine("timtin", 900.0), engine("x & <y>", 12_345.0, index_per_text=None, rate_ratio=None, ndcg={})]
SEGMENTERS = [SegmenterFigures("timtin", 9000.0, 8.5, 1.0), SegmenterFigures("pyvi", 1000.0, 1.0, 1.0)]


def test_the_table_lines_up_and_says_what_is_unknown() -> None:
    lines = table.engine_table(ENGINES).splitlines()
    assert len({len(line) for line in lines}) == 1
    first = ["timtin", "900", "× 2.0", "1.50", "90", "3.25", "× 0.50", "3.00", "9.00", "yes", "0.900 / 0.500"]
    assert re.split(r"  +", lines[1].strip()) == first
    assert re.split(r"  +", lines[2].strip())[1:4] == ["12,345", "–", "–"]
    assert "× 8.5" in table.segmenter_table(SEGMENTERS)


def test_the_chart_is_xml_with_every_figure_inside_its_frame() -> None:
    root = ElementTree.fromstring(chart.svg(ENGINES, SEGMENTERS, "3 articles <made>"))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert {"x & <y>", "12,345", "3.2", "0.50 | 0.90", "–", "9,000"} <= set(texts)
    for each in root.iter(f"{SVG}text"):
        # Seven units a character is more than any letter of the sans-serif fonts at this size takes on average.
        assert float(each.attrib["x"]) + 7 * len("".join(each.itertext())) <= width + 20
        assert 0 < float(each.attrib["y"]) < height
    assert len([*root.iter(f"{SVG}circle")]) == 2 + 2 + 2 + 1 + 2 + 2, "marks and none of one, then what both have but one index"
    assert "prefers-color-scheme: dark" in "".join(root.find(f"{SVG}style").itertext())  # type: ignore[union-attr]  # it is there


def test_one_engine_alone_can_be_drawn() -> None:
    """A logarithmic axis over a single value still has a length."""
    assert ElementTree.fromstring(chart.svg(ENGINES[:1], [], "one")).tag == f"{SVG}svg"


def test_the_chart_of_the_readme_is_one_of_these() -> None:
    root = ElementTree.parse(Path(__file__).parent.parent / "docs" / "images" / "peers.svg").getroot()
    texts = {"".join(each.itertext()) for each in root.iter(f"{SVG}text")}
    assert set(peers.PEERS) <= texts, "python -m benchmarks.peers --svg docs/images/peers.svg draws it anew"
