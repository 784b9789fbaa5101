"""What is done with a batch of inputs, wherever it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from time import perf_counter
from typing import NamedTuple

from analyzers.abbreviations.errors import AbbreviationsError
from analyzers.article import ArticleAnalyzer
from analyzers.places.errors import PlacesError
from analyzers.segmentation.errors import SegmentationError
from analyzers.terms.errors import TermsError
from engine.codec import packed
from engine.model import AnalyzedDocument, Document
from indexer.analysis import analyze_document, analyze_documents
from indexer.documents import MAX_TEXT_CHARS, characters, digest, document, text_digest
from indexer.extract import extract, record
from indexer.extract.decode import decode
from indexer.extract.dispatch import OFFICE, kind_of, load_readers
from indexer.extract.guard import strip_silent
from indexer.extract.plain import extract_plain_html
from indexer.model import UNREADABLE, Article, Page, Rejected
from indexer.multipart import joined
from indexer.recurring import Recurring
from indexer.report import UNREAD_DATE
from indexer.sources import Line, Record, named, read_line

PREPARE_SECONDS = 1.5
"""Processor time of one item until it is a document. The slowest real page seen takes 0.4 s on a busy core."""
OFFICE_SECONDS = 8.0
"""The same of a document of a word processor, which is not read otherwise when it takes longer: one of as much XML as is read takes 4 s."""
ANALYSE_SECONDS, ANALYSE_SECONDS_PER_CHAR = 5.0, 40e-6
"""Processor time of an analysis: ten times what it takes."""
PLAIN_CHARS = 1_000_000
"""Code points that are read of a page as plain text."""
SETUP_ERRORS = (AbbreviationsError, PlacesError, SegmentationError, TermsError)
"""What would fail for every article, as when tables are missing: no fault of the inputs, so it ends the run."""

Item = Page | Record | Line
Watch = Callable[[int, float], None]
"""Told which item of a batch is taken in hand, -1 for all at once, and the seconds of processor time it may take; 0 when it is done."""


class Made(NamedTuple):
    """A document before anything is decided: all but its text, which stays where it was made.

    `content` and `text` are the digests of `indexer.documents`. `dated`: rule that dated it. `unread`: what its date field says
    when that could not be read. `plain`: why it could only be read as plain text. Mostly these three are empty.
    """

    path: str
    doc_id: str
    content: bytes
    text: bytes
    dated: str = ""
    unread: str = ""
    plain: str = ""
    seconds: float = 0.0


def unwatched(index: int, seconds: float) -> None:
    """Nobody looks."""


class Hand:
    """Prepares batches, keeps their documents, analyses the wanted ones. Batches are numbered by the caller.

    `replaceable`: analysing raises MemoryError, since this process will be given up for a new one, where there is room; else what
    it comes to is rejected.
    """

    def __init__(self, analyzer: ArticleAnalyzer, watch: Watch = unwatched, *, replaceable: bool = False) -> None:
        self._analyzer = analyzer
        self._watch = watch
        self._raised = (MemoryError, *SETUP_ERRORS) if replaceable else SETUP_ERRORS
        self._documents: dict[int, list[Document | None]] = {}

    def prepare(
        self, number: int, items: Sequence[Item], plain: Mapping[int, str] | None = None, refused: Mapping[int, str] | None = None
    ) -> list[Made | Rejected]:
        """Make the documents of a batch. Items of `plain` are read as plain text, those of `refused` not at all: index -> reason."""
        plain, refused = plain or {}, refused or {}
        found: list[Made | Rejected] = []
        kept: list[Document | None] = []
        if any(isinstance(item, Page) for item in items):
            load_readers()
        for index, item in enumerate(items):
            started = perf_counter()
            if index in refused:
                made: Made | Rejected = Rejected(item.path, refused[index], UNREADABLE)
                kept.append(None)
            else:
                self._watch(index, OFFICE_SECONDS if isinstance(item, Page) and kind_of(item) == OFFICE else PREPARE_SECONDS)
                made, whole = _made(item, plain.get(index, ""))
                kept.append(whole)
            found.append(made if isinstance(made, Rejected) else made._replace(seconds=perf_counter() - started))
        self._watch(-1, 0)
        self._documents[number] = kept
        return found

    def analyse(self, number: int, wanted: Iterable[int], *, alone: bool = False) -> list[AnalyzedDocument | Rejected]:
        """Analyse these documents of a batch, whose others are forgotten; `alone`: one by one, so that a fatal one is known."""
        kept = self._documents.pop(number)
        chosen = [(index, item) for index in wanted if (item := kept[index]) is not None]
        if not alone:
            self._watch(-1, _allowed(item for _, item in chosen))
            try:
                return [*map(packed, analyze_documents(self._analyzer, [item for _, item in chosen]))]
            except self._raised:
                raise
            except Exception:  # noqa: BLE001, S110  # one of them is at fault: each on its own shows which
                pass
            finally:
                self._watch(-1, 0)
        return [self._alone(index, item) for index, item in chosen]

    def _alone(self, index: int, item: Document) -> AnalyzedDocument | Rejected:
        self._watch(index, _allowed([item]))
        made: AnalyzedDocument | Rejected
        try:
            made = packed(analyze_document(self._analyzer, item))
        except self._raised:
            raise  # while the item is still told to be in hand: it may be what ends this process
        except Exception as error:  # noqa: BLE001  # one document of a million must not end the run
            made = Rejected("", f"cannot be analysed: {_told(error)}", UNREADABLE)
        self._watch(-1, 0)
        return made


def _allowed(items: Iterable[Document]) -> float:
    return ANALYSE_SECONDS + ANALYSE_SECONDS_PER_CHAR * sum(map(characters, items))


def _made(item: Item, plain: str) -> tuple[Made | Rejected, Document | None]:
    """The document of an item; a page that is refused memory is read as plain text."""
    if isinstance(item, Line):
        taken_apart = named(read_line(item.raw, item.path))
        return (taken_apart, None) if isinstance(taken_apart, Rejected) else _made(taken_apart, plain)
    try:
        article = _plainly(item, plain) if plain and isinstance(item, Page) else _read(item)
    except MemoryError:
        if plain or not isinstance(item, Page):
            return Rejected(item.path, "needs more memory than a page may take", UNREADABLE), None
        return _made(item, "needs more memory than a page may take")
    except Exception as error:  # noqa: BLE001  # one page of a million must not end the run
        return Rejected(item.path, f"cannot be taken apart: {_told(error)}", UNREADABLE), None
    if isinstance(article, Rejected):
        return article, None
    given = item.fields.get("id") if isinstance(item, Record) else None
    whole = document(article, item.path, None if given is None else str(given))
    if not whole.title:
        return Rejected(item.path, "no title"), None
    if characters(whole) > MAX_TEXT_CHARS:
        return Rejected(item.path, f"{characters(whole):,} characters of text; an article may have {MAX_TEXT_CHARS:,}"), None
    dated = article.published.rule if article.published else ""
    return Made(item.path, whole.doc_id, digest(whole), text_digest(whole), dated, _unread(article), plain), whole


def _read(item: Page | Record) -> Article | Rejected:
    if not isinstance(item, Page):
        return record(item.fields, item.path)
    article = extract(item)
    return joined(item, _RECURRING.strip(item, article)[0]) if isinstance(article, Article) else article


_RECURRING = Recurring()
"""What this process has learnt of folders; the same files teach every process the same."""


def _plainly(page: Page, why: str) -> Article | Rejected:
    """The text of a page that extraction failed on; marked ``worker:`` and why. Of a document there is none outside of its parts."""
    if kind_of(page) == OFFICE:
        return Rejected(page.path, f"{why}: split it into its articles, or save it as .txt", UNREADABLE)
    decoded = decode(page.raw, page.charset)
    text = strip_silent(decoded.text)[0][:PLAIN_CHARS]
    return extract_plain_html(page, text, decoded.encoding, (*decoded.rules, f"worker:{why}"), page.crawled)


def _unread(article: Article) -> str:
    return next((rule.removeprefix(UNREAD_DATE) for rule in article.rules if rule.startswith(UNREAD_DATE)), "")


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
