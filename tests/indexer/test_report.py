"""The report: every input counted once."""

from __future__ import annotations

import pytest

from indexer import report
from indexer.model import Rejected, Skipped
from indexer.report import IndexReport


def test_inputs_are_the_sum_of_all_outcomes_and_removals_are_no_inputs() -> None:
    made = IndexReport(added=1, updated=2, unchanged=4, duplicates=[("a#1", "x")], removed=9)
    made.reject(Rejected("b", "why"))
    made.skip(Skipped("c", "teasers", 3))
    assert made.inputs == 12
    assert made.as_dict() == {
        "inputs": 12, "added": 1, "updated": 2, "unchanged": 4, "duplicate": 1, "rejected": 1, "removed": 9, "seconds": 0.0,
        "skipped": 3, "skips": [{"path": "c", "reason": "teasers", "count": 3}],
        "unread_dates": [], "duplicates": [{"path": "a#1", "of": "x"}],
        "rejections": [{"path": "b", "outcome": "rejected", "reason": "why"}],
    }  # fmt: skip


def test_rejections_beyond_the_limit_are_counted_and_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MAX_LISTED", 3)
    made = IndexReport()
    for number in range(5):
        made.reject(Rejected(f"f#{number}", "broken"))
    assert (made.rejected, made.inputs) == (5, 5)
    assert [one.path for one in made.rejections] == ["f#0", "f#1", "f#2"]


@pytest.mark.parametrize("now_added", [True, False])
def test_a_record_that_counts_as_something_else_now_is_still_counted_once(now_added: bool) -> None:
    made = IndexReport(unchanged=3, duplicates=[("a#1", "x"), ("a#2", "x")])
    made.recount("b#1", was_unchanged=True, now_added=now_added)
    made.recount("a#2", was_unchanged=False, now_added=now_added)
    made.recount("c#1", was_unchanged=False, now_added=now_added)  # was no duplicate: counted before as what it is
    assert (made.inputs, made.unchanged, made.duplicates) == (5, 2, [("a#1", "x")])
    assert (made.added, made.updated) == ((2, 0) if now_added else (0, 2))
