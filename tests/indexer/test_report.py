"""The report: every input counted once."""

from __future__ import annotations

import pytest

from indexer import report
from indexer.model import Rejected, Skipped, Unread
from indexer.report import IndexReport


def test_inputs_are_the_sum_of_all_outcomes_and_removals_are_no_inputs() -> None:
    made = IndexReport(added=1, updated=2, unchanged=4, removed=9)
    made.repeat("a#1", "x")
    made.replace("k#2", "y", "k")
    made.reject(Rejected("b", "why"))
    made.reject(Rejected("c.html", "12 linked headlines", "list"))
    made.skip(Skipped("d.warc", "requests", 3))
    for path, kind in (("g.jpg", ".jpg"), ("h", ""), ("i.jpg", ".jpg")):
        made.leave(Unread(path, kind))
    made.note_read("e", 0.5, "json-ld", "", "")
    made.note_read("f", 2.0, "", "'hôm nào'", "ended the worker process")
    made.finish(4.0)
    assert made.speed == (16 - 3) / 4  # what is only passed by takes no time
    assert made.inputs == 16 == sum(made.counts().values())
    assert made.as_dict() == {
        "format": 1, "inputs": 16, "added": 1, "updated": 2, "unchanged": 4, "duplicate": 1, "list": 1, "skipped": 3, "unread": 3,
        "rejected": 1,
        "removed": 9, "pruned": False, "seconds": 4.0, "inputs_per_second": 3.2, "workers": 0, "dated": {"json-ld": 1, "none": 1},
        "unread_dates": [{"path": "f", "date": "'hôm nào'"}], "plain": [{"path": "f", "reason": "ended the worker process"}],
        "slowest": [{"path": "f", "seconds": 2.0}, {"path": "e", "seconds": 0.5}], "duplicates": [{"path": "a#1", "of": "x", "file": ""}],
        "replaced": 1, "replacements": [{"path": "k#2", "of": "y", "file": "k"}],
        "skips": [{"path": "d.warc", "reason": "requests", "count": 3}],
        "unread_kinds": {".jpg": 2, "": 1}, "unread_files": ["g.jpg", "h", "i.jpg"],
        "not_articles": [{"path": "c.html", "outcome": "list", "reason": "12 linked headlines"}],
        "rejections": [{"path": "b", "outcome": "rejected", "reason": "why"}], "gone": [],
    }  # fmt: skip


def test_what_is_beyond_the_limit_is_counted_and_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MAX_LISTED", 3)
    made = IndexReport()
    for number in range(5):
        made.reject(Rejected(f"f#{number}", "broken"))
        made.repeat(f"g#{number}", "x")
    assert (made.rejected, made.duplicate, made.inputs) == (5, 5, 10)
    assert [one.path for one in made.rejections] == ["f#0", "f#1", "f#2"]
    made.recount("g#4", was_unchanged=False, now_added=True)  # one that is not listed
    assert (made.duplicate, made.added) == (4, 1)
    assert [path for path, _, _ in made.duplicates] == ["g#0", "g#1", "g#2"]


def test_the_slowest_are_the_slowest_of_all() -> None:
    made = IndexReport()
    for number in range(100):
        made.note_read(str(number), float(number * 37 % 100), "", "", "")
    made.finish(1.0)
    assert [seconds for seconds, _ in made.slowest] == [*range(99, 89, -1)]


@pytest.mark.parametrize("now_added", [True, False])
def test_a_record_that_counts_as_something_else_now_is_still_counted_once(now_added: bool) -> None:
    made = IndexReport(unchanged=3)
    made.repeat("a#1", "x")
    made.repeat("a#2", "x")
    made.recount("b#1", was_unchanged=True, now_added=now_added)
    made.recount("a#2", was_unchanged=False, now_added=now_added)
    made.recount("c#1", was_unchanged=False, now_added=now_added)  # was no duplicate: counted before as what it is
    assert (made.inputs, made.unchanged, made.duplicates) == (5, 2, [("a#1", "x", "")])
    assert (made.added, made.updated) == ((2, 0) if now_added else (0, 2))
