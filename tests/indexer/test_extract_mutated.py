"""The fuzz target on a few hundred pages; ``python -m benchmarks.fuzz_extraction`` runs 20,000."""

from __future__ import annotations

from benchmarks.fuzz_extraction import fault, mutated, pages, run
from indexer.model import Page


def test_mutated_pages_give_an_article_or_a_reason() -> None:
    """No exception, no unsound text, none over the limit."""
    assert [(number, wrong) for number, wrong, _ in run(200, seed=7) if wrong] == []


def test_the_same_number_is_the_same_page() -> None:
    raws = pages()
    assert mutated(raws, 1, 5) == mutated(raws, 1, 5) != mutated(raws, 1, 6)


def test_a_fault_is_seen() -> None:
    """A page that is no page at all makes extraction raise, and the target says so."""
    wrong, _ = fault(Page("a.html", None))  # type: ignore[arg-type]  # what is tested
    assert wrong.startswith("AttributeError")


def test_what_was_found_stays_mended() -> None:
    """Bytes that an old encoding turns into a character no tree takes."""
    raws = pages()
    assert [fault(mutated(raws, 3, number))[0] for number in (2314, 3037, 5784, 9110)] == [""] * 4
