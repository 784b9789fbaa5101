"""Imitated portal pages: every frame with every part drawn at random but fixed, traps one by one, and pages that are no article."""

from __future__ import annotations

import pytest

from indexer.extract import extract
from indexer.model import Article, Page, Rejected
from tests.indexer.portal.forms import FORMS
from tests.indexer.portal.others import OTHER_PAGES
from tests.indexer.portal.shells import SHELLS, page
from tests.indexer.portal.traps import TRAPS, Trap

PAGES = 6 * len(SHELLS)


@pytest.mark.parametrize("number", range(PAGES))
def test_an_imitated_page_gives_its_article_and_nothing_else(number: int) -> None:
    """Every paragraph, no line of the page around it, the title, the day and the author."""
    made = page(number)
    found = extract(Page(f"{number}.html", made.html.encode()))
    assert isinstance(found, Article), (made.name, found)
    text = "\n".join((found.lead, *found.body))
    assert [line for line in (made.story.lead, *made.story.body) if line not in text] == [], made.name
    assert [line for line in made.exclude if line in text] == [], made.name
    assert found.title == made.story.title
    assert found.published is not None, made.name
    assert found.published.date == made.story.day.isoformat()
    assert found.author == made.author


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(1, len(SHELLS), 2))
def test_the_same_page_written_otherwise_gives_the_same_article(number: int, form: str) -> None:
    """Other tags, other bytes, careless markup: title, text, day and author stay."""
    made = page(number)
    found = extract(Page(f"{number}.html", FORMS[form](made)))
    assert isinstance(found, Article), (made.name, found)
    text = "\n".join((found.lead, *found.body))
    assert [line for line in (made.story.lead, *made.story.body) if line not in text] == [], made.name
    assert [line for line in made.exclude if line in text] == [], made.name
    assert (found.title, found.author) == (made.story.title, made.author)
    assert found.published is not None
    assert found.published.date == made.story.day.isoformat()


@pytest.mark.parametrize("trap", TRAPS, ids=[trap.name for trap in TRAPS])
def test_a_trap_is_not_stepped_into(trap: Trap) -> None:
    found = extract(Page(f"{trap.name}.html", trap.html.encode()))
    assert isinstance(found, Article), found
    text = "\n".join((found.lead, *found.body))
    assert [line for line in trap.keep if line not in text] == []
    assert [line for line in trap.drop if line in text] == []
    assert found.title == trap.title
    assert (found.published.date if found.published else None) == trap.day
    assert trap.author in (None, found.author)


@pytest.mark.parametrize(("name", "outcomes", "html", "url"), OTHER_PAGES, ids=[name for name, *_ in OTHER_PAGES])
def test_what_is_no_article_is_recognised(name: str, outcomes: tuple[str, ...], html: str, url: str | None) -> None:
    found = extract(Page(f"{name}.html", html.encode(), url))
    assert isinstance(found, Rejected), found
    assert found.outcome in outcomes
    assert found.reason
