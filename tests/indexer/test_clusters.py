"""Near-duplicates: told by what they share, numbered alike, never lost."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasketch import MinHash

from analyzers.article import ArticleAnalyzer
from engine.check import check
from engine.codes import encode, letters
from engine.index import Index
from engine.options import EngineOptions
from indexer.analysis import analyze_document
from indexer.clusters import IN_MEMORY, Clusters, replace_file
from indexer.errors import ManifestError
from indexer.near import BANDS, MIN_SHINGLES, SHINGLE, VALUES, minima, shingles, similarity, sketch, sketches
from indexer.run import index_paths
from tests.support import make


def text(seed: int, length: int = 400) -> list[str]:
    """Syllables of a made text."""
    chance = random.Random(seed)
    return [f"tieng{chance.randrange(3000)}" for _ in range(length)]


def changed(keys: list[str], share: float, seed: int = 1) -> list[str]:
    """The same with a share of the syllables replaced."""
    chance = random.Random(seed)
    return [f"khac{chance.randrange(3000)}" if chance.random() < share else key for key in keys]


def jaccard(one: list[str], other: list[str]) -> float:
    """The true similarity of the two texts' shingles."""
    sets = [{tuple(keys[at : at + SHINGLE]) for at in range(len(keys) - SHINGLE + 1)} for keys in (one, other)]
    return len(sets[0] & sets[1]) / len(sets[0] | sets[1])


@pytest.mark.parametrize("share", [0.0, 0.01, 0.03, 0.1, 0.5])
def test_sketches_estimate_how_much_is_shared(share: float) -> None:
    errors = []
    for seed in range(8):
        one = text(seed)
        other = changed(one, share, seed)
        errors.append(similarity(sketch(one), sketch(other)) - jaccard(one, other))
    assert abs(sum(errors) / len(errors)) < 0.08
    assert max(map(abs, errors)) < 0.25


def test_a_batch_is_sketched_as_datasketch_does_one_by_one() -> None:
    texts = [letters(encode(((), text(seed, length)))) for seed, length in enumerate((34, 400, 39, 9000))]
    for found, syllables in zip(minima(texts), texts, strict=True):
        oracle = MinHash(num_perm=VALUES, seed=1, scheme="affine32", hashfunc=int)
        oracle.update_batch(shingles(syllables).tolist())
        assert found.tolist() == oracle.hashvalues.tolist()


def test_a_text_has_the_same_sketch_in_any_batch() -> None:
    texts = [letters(encode(((), text(seed, length)))) for seed, length in enumerate((10, 400, 0, 34, 33, 700))]
    assert sketches(texts) == [sketches([one])[0] for one in texts]
    assert sketches([]) == []


def test_a_text_too_short_to_tell_has_no_sketch_and_no_cluster() -> None:
    assert sketch(text(1, MIN_SHINGLES + SHINGLE - 2)) == b""
    assert len(sketch(text(1, MIN_SHINGLES + SHINGLE - 1))) > VALUES
    with Clusters(IN_MEMORY) as clusters:
        assert clusters.of(b"", "d") == (0, True)


def test_copies_with_a_few_words_changed_share_a_cluster_and_others_do_not() -> None:
    with Clusters(IN_MEMORY) as clusters:
        for seed in range(30):
            founder = number(clusters, text(seed))
            assert founder > 0
            assert number(clusters, changed(text(seed), 0.01)) == founder
            assert number(clusters, ["Tin", "anh", *text(seed), "het"]) == founder
        assert len({number(clusters, text(seed)) for seed in range(30)}) == 30
        assert number(clusters, changed(text(3), 0.5)) not in {number(clusters, text(seed)) for seed in range(30)}


def test_what_was_committed_is_known_later_and_the_rest_comes_out_the_same(tmp_path: Path) -> None:
    with Clusters(tmp_path / "c") as clusters:
        first = number(clusters, text(1))
        clusters.commit()
        lost = number(clusters, text(2))
    with Clusters(tmp_path / "c") as clusters:
        assert number(clusters, changed(text(1), 0.01)) == first
        assert number(clusters, text(2)) == lost


@pytest.mark.parametrize("damaged", [False, True])
def test_what_a_killed_run_left_is_not_undone_into_the_file_that_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bool
) -> None:
    """SQLite undoes a change that was cut off from the journal beside the file, by name alone."""
    monkeypatch.setattr("indexer.clusters._CACHE_KIB", 8)  # so that changes are written before they are committed
    monkeypatch.setattr("indexer.clusters.MOST_HELD", BANDS)
    old, new = tmp_path / "killed" / "c", tmp_path / "killed" / "c.new"
    old.parent.mkdir()
    with Clusters(tmp_path / "c") as clusters:
        for seed in range(40):
            number(clusters, text(seed))
        clusters.commit()
        for seed in range(40, 80):
            number(clusters, text(seed))
        for name in ("c", "c-journal"):  # as they are on disk when the process dies
            shutil.copy(tmp_path / name, old.parent / name)
    if damaged:
        old.write_bytes(b"no database" * 1_000)
    with Clusters(new) as clusters:
        found = {seed: number(clusters, text(seed)) for seed in range(100, 105)}
        clusters.commit()
    replace_file(old, new)
    with Clusters(old) as clusters:
        assert {seed: number(clusters, changed(text(seed), 0.01)) for seed in found} == found
    with closing(sqlite3.connect(old)) as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("select count(*) from founders").fetchone() == (5,)
    assert [path.name for path in old.parent.iterdir()] == ["c"]


def test_bands_that_wait_and_those_that_were_moved_are_found_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.clusters.MOST_NEW", 4 * BANDS)
    found: dict[int, int] = {}
    for run in range(4):
        with Clusters(tmp_path / "c") as clusters:
            for seed in range(3 * run, 3 * run + 3):
                found[seed] = number(clusters, text(seed))
                clusters.commit()
            assert {seed: number(clusters, changed(text(seed), 0.01)) for seed in found} == found
    with closing(sqlite3.connect(tmp_path / "c")) as database:
        moved, waiting = (database.execute(f"select count(*) from {table}").fetchone()[0] for table in ("bands", "new_bands"))
    assert moved + waiting == 12 * BANDS
    assert min(moved, waiting) > 0
    assert waiting == 2 * BANDS


@pytest.mark.parametrize("most", [0, 5 * BANDS, 1_000])
def test_what_is_held_and_what_is_written_are_found_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("indexer.clusters.MOST_HELD", most)
    with Clusters(tmp_path / "c") as clusters:
        found = [number(clusters, changed(text(seed % 12), 0.004 * (seed // 12))) for seed in range(36)]
        clusters.commit()
    assert found == found[:12] * 3
    with closing(sqlite3.connect(tmp_path / "c")) as database:
        assert [row[0] for row in database.execute("select cluster from founders order by id")] == found[:12]
        assert database.execute("select count(*), count(distinct founder), max(founder) from new_bands").fetchone() == (12 * BANDS, 12, 12)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "c").write_bytes(b"no database" * 100)
    with pytest.raises(ManifestError, match="timtin index --rebuild"):
        Clusters(tmp_path / "c")


def test_a_documents_sketch_is_of_its_lead_and_body(analyzer: ArticleAnalyzer) -> None:
    body = " ".join(f"Xã thứ {i} họp bàn việc làm đường liên thôn số {i * 7}." for i in range(12))
    one, other = (analyze_document(analyzer, make("d", title, body)).sketch for title in ("Tin một", "Đầu đề khác hẳn"))
    assert one == other != b""


def test_indexing_in_any_number_of_runs_comes_to_the_same_clusters(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    bodies = [(f"{seed}{copy}", " ".join(changed(text(seed), 0.005 * copy))) for seed in range(4) for copy in range(3)]
    lines = [json.dumps({"id": name, "title": f"Tin {name}", "body": body}) for name, body in bodies]
    whole, pieces = tmp_path / "whole", tmp_path / "pieces"
    (tmp_path / "all.ndjson").write_text("\n".join(lines), encoding="utf-8")
    first, second = Index.create(whole, analyzer), Index.create(pieces, analyzer)
    index_paths(first, [str(tmp_path / "all.ndjson")])
    for number, line in enumerate(lines):
        (tmp_path / f"{number}.ndjson").write_text(line, encoding="utf-8")
        index_paths(second, [str(tmp_path / f"{number}.ndjson")])
    assert cluster_file(whole) == cluster_file(pieces)
    assert len(cluster_file(whole)) == 4
    found = check(whole, analyzer, EngineOptions())
    assert (found.problems, found.documents) == ([], len(bodies)), "near-duplicates are no damage"


def number(clusters: Clusters, keys: list[str]) -> int:
    """The cluster of a text."""
    return clusters.of(sketch(keys), "d")[0]


def cluster_file(directory: Path) -> list[int]:
    """Numbers of all clusters of an index."""
    with closing(sqlite3.connect(directory / "clusters.sqlite")) as database:
        return [row[0] for row in database.execute("select cluster from founders order by cluster")]
