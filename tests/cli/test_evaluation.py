"""`timtin eval`: files in, measures out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli.evaluation.measures import measure, trec_lines
from cli.evaluation.run import unmarked
from cli.evaluation.slips import KINDS, _allows, _changed, slipped
from cli.main import timtin
from cli.options import BASELINES

DOCUMENTS = (
    {"id": "cau", "title": "Xây cầu mới qua suối", "text": "Xã vùng cao vừa khởi công một cây cầu bê tông qua suối Đá."},
    {"id": "lua", "title": "Vụ lúa hè thu được mùa", "text": "Nông dân huyện gặt xong vụ lúa hè thu sớm hơn mọi năm."},
    {"id": "truong", "title": "Trường học đón năm học mới", "text": "Thầy trò nhà trường dọn lớp, đón năm học mới."},
    {"id": "trung", "title": "Xây cầu mới qua suối", "text": "Xã vùng cao vừa khởi công một cây cầu bê tông qua suối Đá."},
)
QUERIES = (
    {"id": "q1", "text": "khởi công cầu qua suối"},
    {"id": "q2", "text": "vụ lúa hè thu"},
    {"id": "q3", "text": "không ai chấm câu này"},
)
QRELS = "q1\t0\tcau\t1\nq1\t0\ttrung\t1\nq2\t0\tlua\t2\nq2\t0\ttruong\t0\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    paths = {name: tmp_path / name for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv")}
    paths["corpus.jsonl"].write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in DOCUMENTS), encoding="utf-8")
    paths["queries.jsonl"].write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in QUERIES), encoding="utf-8")
    paths["qrels.tsv"].write_text(QRELS, encoding="utf-8")
    return paths


def run(files: dict[str, Path], *flags: str) -> Result:
    given = {"--corpus": "corpus.jsonl", "--queries": "queries.jsonl", "--qrels": "qrels.tsv"}
    named = [part for flag, name in given.items() for part in (flag, str(files[name]))]
    return CliRunner().invoke(timtin, ["eval", *named, *flags])


def figures(files: dict[str, Path], *flags: str) -> dict[str, Any]:
    done = run(files, "--json", *flags)
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
@pytest.mark.parametrize("flags", [(), ("--strip-marks",)])
def test_each_engine_is_measured_and_repeated_texts_count(files: dict[str, Path], engine: str, flags: tuple[str, ...]) -> None:
    found = figures(files, "--engine", engine, *flags)
    assert found == {"engine": engine, "queries": 2, "ndcg@10": 1.0, "mrr@10": 1.0, "recall@10": 1.0, "recall@100": 1.0}


@pytest.mark.parametrize("name", BASELINES)
def test_each_baseline_is_measured(files: dict[str, Path], name: str) -> None:
    found = figures(files, "--baseline", name)
    assert found["engine"] == name
    assert found["ndcg@10"] > 0.9


def test_folding_answers_unmarked_queries_and_whitespace_does_not(files: dict[str, Path]) -> None:
    files["queries.jsonl"].write_text('{"id": "q2", "text": "nông dân huyện gặt"}\n', encoding="utf-8")
    assert figures(files, "--baseline", "whitespace", "--strip-marks")["ndcg@10"] == 0
    assert figures(files, "--baseline", "folding", "--strip-marks")["ndcg@10"] == 1


def test_an_index_is_kept_where_named_and_only_for_the_same_files(files: dict[str, Path], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = figures(files, "--index", str(kept))
    made = (kept / "timtin.json").stat().st_mtime_ns
    assert figures(files, "--index", str(kept)) == first
    assert (kept / "timtin.json").stat().st_mtime_ns == made
    with files["corpus.jsonl"].open("a", encoding="utf-8") as handle:
        handle.write('{"id": "z", "title": "Thêm", "text": "Thêm một bài."}\n')
    done = run(files, "--index", str(kept))
    assert done.exit_code == 2
    assert "holds no whole index of these files" in done.stderr


def test_the_index_of_the_settings_is_left_alone(files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMTIN_INDEX", str(tmp_path / "mine"))
    figures(files)
    assert not (tmp_path / "mine").exists()


def test_distractors_are_searched_too(files: dict[str, Path], tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"id": "x", "title": "Vụ lúa hè thu", "text": "Vụ lúa hè thu."}\n', encoding="utf-8")
    run_file = tmp_path / "run.trec"
    figures(files, "--distractors", str(more), "--run", str(run_file))
    rows = [line.split() for line in run_file.read_text(encoding="utf-8").splitlines()]
    assert {row[2] for row in rows if row[0] == "q2"} >= {"x", "lua"}
    assert all(row[1] == "Q0" and row[5] == "timtin-tantivy" for row in rows)


def test_scores_of_a_run_fall_with_the_rank() -> None:
    lines = [line.split() for line in trec_lines({"q": [("a", 2.0), ("b", 2.0), ("c", 1.0)]}, "t")]
    assert [line[3] for line in lines] == ["1", "2", "3"]
    assert float(lines[0][4]) > float(lines[1][4]) > float(lines[2][4])


def test_measures_are_those_of_trec() -> None:
    found = measure({"q": ["x", "a"], "r": []}, {"q": {"a": 1, "b": 1}, "r": {"c": 1}})
    assert found["mrr@10"] == pytest.approx(0.25)
    assert found["recall@10"] == pytest.approx(0.25)
    assert found["ndcg@10"] == pytest.approx(0.5 * (1 / 1.5849625) / (1 + 1 / 1.5849625))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("qrels.tsv", "q1 cau\n", "qrels.tsv#1"),
        ("qrels.tsv", "", "no judgement"),
        ("qrels.tsv", "other\t0\tcau\t1\n", "none of the 3 queries is judged"),
        ("queries.jsonl", '{"id": "q1"}\n', "queries.jsonl#1: text is None"),
        ("queries.jsonl", '{"id": "q1", "text": "a"}\n{"id": "q1", "text": "b"}\n', "queries.jsonl#2: a second query"),
        ("queries.jsonl", "not json\n", "queries.jsonl#1: not JSON"),
        ("corpus.jsonl", '{"title": "Không có id"}\n', "corpus.jsonl#1: id is None"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_line(files: dict[str, Path], name: str, content: str, said: str) -> None:
    files[name].write_text(content, encoding="utf-8")
    done = run(files)
    assert done.exit_code == 2
    assert said in done.stderr


def test_marks_are_stripped_but_letters_stay() -> None:
    assert unmarked("Đường ở Thừa Thiên – Huế, NĐ 15") == "Duong o Thua Thien – Hue, ND 15"


def test_a_slip_is_one_and_the_same_for_its_seed() -> None:
    query = "thu ngân sách thị xã"
    made = {slipped(query, f"q{i}", 1) for i in range(60)}
    assert len(made) > 20
    assert slipped(query, "q1", 5) == slipped(query, "q1", 5)
    assert any(slipped(query, f"q{i}", 1) != slipped(query, f"q{i}", 2) for i in range(5))
    assert query not in made
    assert slipped("7 8 9", "q", 1) == "7 8 9"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_slip_changes_the_syllable_a_little(kind: str) -> None:
    import random
    import re

    query = "đường thuế"
    for found in re.finditer(r"\w+", query):
        if kind != "join" and _allows(kind, query, found):
            changed = _changed(found.group(), kind, random.Random(3))
            assert changed != found.group()
            assert abs(len(changed) - len(found.group())) <= 1
