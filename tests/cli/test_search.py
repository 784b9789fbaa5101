"""`timtin search`, `count`, `facets`, `show` and `stats`: results on stdout, the rest on stderr, and the exit status."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

import pytest

from analyzers.keys import bare
from engine.model import AnalyzedDocument
from engine.parameters import MAX_VALUES, ORDER
from engine.rerank.stage import FORMULA
from engine.search import Searcher
from search_app import create_app
from tests.cli.conftest import Command


def hits(run: Command, *arguments: object) -> list[dict[str, Any]]:
    result = run("search", "--limit", 200, "--ndjson", *arguments)
    assert result.exit_code in (0, 1), result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def ids(run: Command, *arguments: object) -> set[str]:
    return {hit["doc_id"] for hit in hits(run, *arguments)}


def published(seeds: Iterable[AnalyzedDocument]) -> dict[str, str]:
    return {item.document.doc_id: item.document.published.date for item in seeds if item.document.published}


# --- exit status and streams ---


@pytest.mark.parametrize("command", ["search", "count", "facets"])
def test_something_found_is_0_and_nothing_is_1(run: Command, command: str) -> None:
    assert run(command, "thu ngân sách").exit_code == 0
    assert run(command, "khongcotunaynhuthe").exit_code == 1


@pytest.mark.parametrize("command", ["search", "count", "facets"])
@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (("--tu", "hôm nào"), "hôm nào"),
        (("--den", "2023-13"), "2023-13"),
        (("--ngay", "6/23"), "6/23"),
        (("--noi", "Xứ Ngàn Hoa"), "Xứ Ngàn Hoa"),
        (("--noi", "-gia-lai/khong-co"), "gia-lai/khong-co"),
        (("--cach", "mai-sau"), "mai-sau"),
        (("--gan_day", "nhieu"), "nhieu"),
        (("--tu", "2024", "--den", "2023"), "2024"),
        (
            tuple(word for number in range(MAX_VALUES + 1) for word in ("--nguon", f"Báo {number}")),
            f"“nguon” có {MAX_VALUES + 1} giá trị, nhiều nhất là {MAX_VALUES}.\n",
        ),
    ],
)
def test_a_filter_that_cannot_be_understood_is_2_and_named(run: Command, command: str, flags: tuple[str, ...], named: str) -> None:
    """Unlike on a page, where it is left out and said: a script must not go on with more than it asked for."""
    result = run(command, "năm", *flags)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr
    assert result.stderr.startswith("timtin: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--sort", "ngẫu nhiên"), "ngẫu nhiên"),
        (("--limit", "nhiều"), "nhiều"),
        (("--limit", "-1"), "-1"),
        (("--limit", "1001"), "1001"),
        (("--offset", "-5"), "-5"),
        (("--khong-co",), "--khong-co"),
        (("-limit", "5"), "-l"),
    ],
)
def test_a_flag_that_cannot_be_used_is_2_and_named(run: Command, arguments: tuple[str, ...], named: str) -> None:
    result = run("search", "năm", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr


@pytest.mark.parametrize("form", ["--json", "--ndjson", "--csv"])
def test_stdout_holds_nothing_but_results(run: Command, form: str) -> None:
    """Also when there is something to say: it is said on stderr."""
    result = run("search", "HOẶC năm -Bắc Kạn", "--noi", "An Khê", form)
    assert "“An Khê” là tên của" in result.stderr
    assert "là tên của" not in result.stdout if form != "--json" else json.loads(result.stdout)["notices"]


# --- forms ---


def test_json_has_the_documented_shape(run: Command) -> None:
    answer = json.loads(run("search", '"thu ngân sách" "an khê"', "--json").stdout)
    assert list(answer) == [
        "format", "query", "understood", "total", "whole_total", "folded_total", "folded_from_rank", "folded_without", "took_ms",
        "timed_out", "hits", "facets", "notices", "offers", "date_offers",
    ]  # fmt: skip
    assert (answer["format"], answer["query"]) == (1, '"thu ngân sách" "an khê"')
    assert answer["total"] == len(answer["hits"]) > 1
    hit = answer["hits"][0]
    assert list(hit) == [
        "doc_id", "rank", "score", "folded", "similar", "cluster", "title", "title_ranges", "url", "source", "published", "event_date",
        "periods", "terms_of_office", "places", "terms", "snippets",
    ]  # fmt: skip
    assert list(hit["published"]) == ["date", "precision", "rule", "evidence"]
    assert set(hit["places"][0]) >= {"province", "district", "commune", "unit", "role", "path", "label"}
    assert set(hit["terms"][0]) == {"value", "label", "score"}
    assert set(hit["snippets"][0]) == {"text", "ranges"}
    assert list(answer["facets"]) == ["place", "date", "period", "tenure", "term", "source"]
    for facet in answer["facets"].values():
        assert set(facet) == {"counts", "truncated"}
        assert {frozenset(count) for count in facet["counts"]} <= {frozenset(("value", "label", "count", "selected"))}
    assert answer["facets"]["place"]["counts"]
    assert answer["facets"]["period"]["counts"]


def test_json_without_a_result_has_the_same_shape(run: Command) -> None:
    answer = json.loads(run("search", "khongcotunaynhuthe", "--json").stdout)
    assert (answer["total"], answer["hits"]) == (0, [])
    assert list(answer["facets"]) == ["place", "date", "period", "tenure", "term", "source"]


@pytest.mark.parametrize("q", ["thu ngân sách an khê", "thu ngan sach an khe", "bao hiem y te"])
def test_ranges_are_code_points_of_the_text_beside_them(run: Command, q: str) -> None:
    """Each marked stretch is words of the query, marks or not."""
    wanted = {bare(word) for word in q.split()}
    marked = 0
    for hit in json.loads(run("search", q, "--json").stdout)["hits"]:
        for text, ranges in ((hit["title"], hit["title_ranges"]), *((one["text"], one["ranges"]) for one in hit["snippets"])):
            for start, end in ranges:
                assert {bare(word) for word in text[start:end].split()} <= wanted
                marked += 1
    assert marked > 5


def test_json_is_the_object_of_the_web_page(run: Command, archive: Searcher) -> None:
    parameters = {"q": "hội nghị -Bắc Kạn", "noi": "An Khê", "tu": "2023", "sap": "moi"}
    web = create_app(archive).test_client().get("/tim.json", query_string=parameters).get_json()
    shell = json.loads(run("search", "hội nghị -Bắc Kạn", "--noi", "An Khê", "--tu", "2023", "--sort", "moi", "--json").stdout)
    assert {**web, "took_ms": 0} == {**shell, "took_ms": 0}
    assert shell["total"] > 0
    assert [notice["code"] for notice in shell["notices"]] == ["ambiguous-place", "negated-word", "words-apart"]


def test_ndjson_is_one_hit_a_line_in_rank_order(run: Command) -> None:
    found = hits(run, "ngân sách")
    assert [hit["rank"] for hit in found] == list(range(1, len(found) + 1))
    assert len(found) == json.loads(run("search", "ngân sách", "--json").stdout)["total"]


def test_csv_has_a_header_and_a_row_a_hit(run: Command) -> None:
    rows = list(csv.reader(io.StringIO(run("search", "ngân sách", "--csv", "--limit", 3).stdout)))
    assert rows[0] == ["rank", "doc_id", "score", "title", "date", "precision", "source", "places", "terms", "url", "snippet"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]


def test_text_shows_title_facts_and_passages_and_counts_on_stderr(run: Command) -> None:
    result = run("search", "thu ngân sách An Khê", "--limit", 2)
    lines = result.stdout.splitlines()
    assert lines[0].startswith("  1. ")
    assert "thị xã An Khê" in lines[1]
    assert "ngân sách" in result.stdout
    assert "\ntimtin: 1–2 / " in f"\n{result.stderr}"


def test_explain_shows_how_scores_come_about(run: Command) -> None:
    hit = json.loads(run("search", "ngân sách", "--json", "--explain", "--limit", 1).stdout)["hits"][0]
    assert hit["explanation"]["value"] == pytest.approx(hit["score"], rel=1e-3)


def test_an_explanation_is_read_line_by_line(run: Command) -> None:
    """The sum comes first, its parts are indented, and the numbers of a formula stand behind it."""
    text = run("search", "ngân sách", "--explain", "--limit", 1).stdout
    (first,) = (line for line in text.splitlines() if FORMULA in line)
    hit = json.loads(run("search", "ngân sách", "--json", "--explain", "--limit", 1).stdout)["hits"][0]
    assert float(first.split()[0]) == pytest.approx(hit["score"], abs=1e-3)
    assert "\n         " in text
    assert "{" not in text
    assert "number of docs" not in text
    assert "n = " in text


def test_other_searches_are_named_without_the_explanation(run: Command) -> None:
    said = run("search", "zwzwzw ngân", "--explain").stderr
    assert "bài)" in said
    assert "explain" not in said


# --- pages ---


def test_limit_0_gives_the_total_alone(run: Command) -> None:
    result = run("search", "năm", "--limit", 0)
    assert (result.exit_code, result.stdout) == (0, "")
    answer = json.loads(run("search", "năm", "--limit", 0, "--json").stdout)
    assert answer["hits"] == []
    assert answer["total"] == int(run("count", "năm").stdout)


def test_offset_goes_on_where_a_page_ended(run: Command) -> None:
    whole = [hit["doc_id"] for hit in hits(run, "năm")]
    parts = []
    for offset in range(0, 12, 4):
        lines = run("search", "năm", "--limit", 4, "--offset", offset, "--ndjson").stdout.splitlines()
        parts += [(hit["rank"], hit["doc_id"]) for hit in map(json.loads, lines)]
    assert parts == list(enumerate(whole[:12], start=1))


def test_an_offset_beyond_the_last_hit_shows_nothing_and_found_something(run: Command) -> None:
    result = run("search", "năm", "--offset", 500, "--ndjson")
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_page_size_is_a_setting(run: Command) -> None:
    assert len(run("search", "năm", "--ndjson", TIMTIN_PAGE_SIZE="3").stdout.splitlines()) == 3
    assert len(run("search", "năm", "--ndjson").stdout.splitlines()) == 20


def test_depth_is_limited_and_said(run: Command) -> None:
    result = run("search", "năm", "--offset", 999, "--limit", 20)
    assert "1000" in result.stderr


# --- filters ---


@pytest.mark.parametrize("noi", ["gia-lai", "Gia Lai", "gia lai", "tỉnh Gia Lai"])
def test_a_place_by_path_or_name_with_or_without_marks(run: Command, noi: str) -> None:
    found = hits(run, "--noi", noi)
    assert found
    assert all(any(place["path"].split("/")[0] == "gia-lai" and place["role"] != "mentioned" for place in hit["places"]) for hit in found)


@pytest.mark.parametrize("noi", ["gia-lai/an-khe", "Gia Lai/An Khê", "thị xã An Khê"])
def test_a_place_below_another(run: Command, noi: str) -> None:
    found = hits(run, "--noi", noi)
    assert found
    assert all(any(place["path"].startswith("gia-lai/an-khe") for place in hit["places"]) for hit in found)


def test_places_add_up_and_leave_out(run: Command) -> None:
    gia_lai, bac_kan, both, neither = (
        ids(run, *(flag for one in places for flag in ("--noi", one)))
        for places in (("gia-lai",), ("bac-kan",), ("gia-lai", "bac-kan"), ("-gia-lai", "-bac-kan"))
    )
    assert gia_lai
    assert bac_kan
    assert both == gia_lai | bac_kan
    assert neither == ids(run) - both


def test_a_name_of_several_places_means_all_and_says_so(run: Command) -> None:
    result = run("count", "--noi", "An Khê")
    assert "“An Khê” là tên của" in result.stderr
    assert int(result.stdout) >= int(run("count", "--noi", "gia-lai/an-khe").stdout) > 0


def test_todays_names_find_what_was_called_otherwise(run: Command) -> None:
    """Bắc Kạn of 2023 lies in Thái Nguyên today."""
    assert ids(run, "hội nghị", "--noi", "bac-kan") <= ids(run, "hội nghị", "--noi", "thai-nguyen", "--cach", "hien-nay")
    assert not ids(run, "--noi", "bac-kan") <= ids(run, "--noi", "thai-nguyen")


@pytest.mark.parametrize(
    ("flags", "first", "last"),
    [
        (("--tu", "2023", "--den", "2023"), "2023-01-01", "2023-12-31"),
        (("--tu", "2023-06", "--den", "2023-06"), "2023-06-01", "2023-06-30"),
        (("--tu", "2023-06-22", "--den", "2023-06-26"), "2023-06-22", "2023-06-26"),
        (("--tu", "22/6/2023", "--den", "26/6/2023"), "2023-06-22", "2023-06-26"),
        (
            (
                "--tu",
                "2025",
            ),
            "2025-01-01",
            "9999",
        ),
        (
            (
                "--den",
                "2021",
            ),
            "0",
            "2021-12-31",
        ),
    ],
)
def test_dates_are_inclusive_at_both_ends(
    run: Command, seeds: tuple[AnalyzedDocument, ...], flags: tuple[str, ...], first: str, last: str
) -> None:
    wanted = {doc_id for doc_id, date in published(seeds).items() if len(date) == 10 and first <= date <= last}
    found = {hit["doc_id"] for hit in hits(run, *flags) if hit["published"]["precision"] == "day"}
    assert wanted
    assert found == wanted


def test_a_year_or_a_month_as_a_value(run: Command, seeds: tuple[AnalyzedDocument, ...]) -> None:
    dates = published(seeds)
    assert ids(run, "--ngay", "2024") == {doc_id for doc_id, date in dates.items() if date.startswith("2024")}
    assert ids(run, "--ngay", "2024-02", "--ngay", "2023-06") == {
        doc_id for doc_id, date in dates.items() if date.startswith(("2024-02", "2023-06"))
    }
    assert ids(run, "--ngay", "-2024") == ids(run) - ids(run, "--ngay", "2024")


def test_sources_and_terms(run: Command, seeds: tuple[AnalyzedDocument, ...]) -> None:
    source = "Bản tin Duyên Hải"
    assert ids(run, "--nguon", source) == {item.document.doc_id for item in seeds if item.document.source == source}
    assert ids(run, "--nguon", f"-{source}") == ids(run) - ids(run, "--nguon", source)
    term = next(term.value for item in seeds for term in item.terms)
    assert ids(run, "--term", term) == {item.document.doc_id for item in seeds if term in {one.value for one in item.terms}}
    assert run("count", "--nguon", "Báo Không Có").exit_code == 1


def test_filters_of_different_kinds_narrow_each_other(run: Command) -> None:
    narrow = ids(run, "ngân sách", "--noi", "gia-lai", "--tu", "2023", "--den", "2023")
    assert narrow
    assert narrow <= ids(run, "ngân sách") & ids(run, "--noi", "gia-lai") & ids(run, "--tu", "2023", "--den", "2023")


def test_order_by_date(run: Command) -> None:
    """A month counts as its last day when the newest come first, as its first when the oldest do."""
    down, up = ([hit["published"]["date"] for hit in hits(run, "năm", "--sort", one)] for one in ("moi", "cu"))
    assert down == sorted(down, key=lambda date: f"{date}-99-99"[:10], reverse=True)
    assert up == sorted(up, key=lambda date: f"{date}-00-00"[:10])


@pytest.mark.parametrize(
    ("names", "order"), [(("newest", "moi"), "moi"), (("oldest", "cu"), "cu"), (("relevance", "lien-quan"), "lien-quan")]
)
def test_an_order_has_a_vietnamese_and_an_english_name(run: Command, names: tuple[str, ...], order: str) -> None:
    ranking = [hit["doc_id"] for hit in hits(run, "năm", "--sap", order)]
    assert all([hit["doc_id"] for hit in hits(run, "năm", "--sort", name)] == ranking for name in names)


def test_every_parameter_of_an_address_is_a_flag(run: Command) -> None:
    text = run("search", "--help").stdout
    assert [name for name in ORDER if name not in ("q", "trang", "so") and f"--{name}" not in text] == []


# --- the query as it is typed ---


def test_words_of_the_query_need_no_quotes(run: Command) -> None:
    assert ids(run, "thu", "ngân", "sách") == ids(run, "thu ngân sách")


def test_a_word_to_leave_out_may_begin_with_its_dash(run: Command) -> None:
    """Also where it looks like an option, alone, before an option, and as the value of one."""
    assert ids(run, "hội nghị", "-Bắc Kạn") == ids(run, "hội nghị -Bắc Kạn") < ids(run, "hội nghị")
    assert ids(run, "-hội") == ids(run, "--", "-hội") == ids(run) - ids(run, "hội")
    assert ids(run, "hội nghị", "-thị", "--noi", "-gia-lai") == ids(run, "hội nghị -thị") - ids(run, "--noi", "gia-lai")


def test_a_query_of_any_text_is_no_error(run: Command) -> None:
    for q in ("(", '"', "-", "- ", "~5", "*", "a" * 5000, "AND OR HOẶC", "ngày:", "\udcff năm", "năm\x1b[2J", "=1+1", "ở:"):
        assert run("search", q, "--json").exit_code in (0, 1), q


def test_what_was_changed_in_a_query_is_said_by_each_command(run: Command) -> None:
    for command in ("search", "count", "facets"):
        assert "Loại các bài có cụm “Bắc Kạn”" in run(command, "hội nghị -Bắc Kạn").stderr


# --- count, facets, show, stats ---


def test_the_syllables_of_a_word_apart_are_told_from_the_word(run: Command) -> None:
    counted, found = run("count", "bản đồ"), run("search", "bản đồ")
    assert "more hold the syllables of a word apart ----" in found.stdout
    assert f" / {counted.stdout.strip()} bài + " in found.stderr.splitlines()[-1]
    assert " có các tiếng đứng rời nhau, " in found.stderr.splitlines()[-1]


def test_most_of_the_words_are_not_said_to_be_all(run: Command) -> None:
    """`count` prints what `search` lists, and how many of those hold every word goes to stderr."""
    counted, found = run("count", "ngân sách quazzel"), run("search", "ngân sách quazzel")
    assert int(counted.stdout) > 0
    assert "Không bài nào có đủ các từ" in counted.stderr
    assert f" / {counted.stdout.strip()} bài có phần lớn các từ (0 có đủ), " in found.stderr.splitlines()[-1]


def test_count_prints_a_number(run: Command) -> None:
    assert run("count").stdout == "70\n"
    assert run("count", "khongcotunaynhuthe").stdout == "0\n"


def test_facets_as_json(run: Command) -> None:
    answer = json.loads(run("facets", "ngân sách", "--json").stdout)
    whole = json.loads(run("search", "ngân sách", "--json").stdout)
    assert answer["total"] == whole["total"]
    assert {name: facet["counts"][:5] for name, facet in answer["facets"].items()} == {
        name: facet["counts"][:5] for name, facet in whole["facets"].items()
    }


def test_facets_one_kind_and_few_values(run: Command) -> None:
    lines = [json.loads(line) for line in run("facets", "--facet", "source", "--limit", 2, "--ndjson").stdout.splitlines()]
    assert [set(line) for line in lines] == [{"facet", "value", "label", "count"}] * 2
    rows = list(csv.reader(io.StringIO(run("facets", "--facet", "source", "--limit", 2, "--csv").stdout)))
    assert rows == [
        ["facet", "value", "label", "count"],
        *([line["facet"], line["value"], line["label"], str(line["count"])] for line in lines),
    ]
    text = run("facets", "--facet", "source", "--limit", 2).stdout
    assert text.startswith("source (more exist)\n")
    assert lines[0]["label"] in text
    assert run("facets", "--facet", "mau-sac").exit_code == 2


def test_show_prints_one_article(run: Command) -> None:
    hit = hits(run, "thu ngân sách An Khê")[0]
    text = run("show", hit["doc_id"]).stdout
    assert text.startswith(hit["title"] + "\n")
    assert "30/06/2023" in text
    answer = json.loads(run("show", hit["doc_id"], "--json").stdout)
    assert list(answer) == [
        "format", "doc_id", "title", "lead", "body", "url", "source", "author", "category", "published", "event_date", "periods",
        "terms_of_office", "places", "home", "terms", "encoding", "rules",
    ]  # fmt: skip
    assert answer["title"] == hit["title"]
    assert isinstance(answer["body"], list)


def test_show_of_an_unknown_id_is_1_and_says_where_ids_are_found(run: Command) -> None:
    result = run("show", "khong\x1bco")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "timtin: no article 'khongco'. Ids are shown by: timtin search … --ndjson\n"


def test_stats_tell_what_the_index_holds(run: Command, seeds: tuple[AnalyzedDocument, ...]) -> None:
    answer = json.loads(run("stats", "--json").stdout)
    assert set(answer) >= {"documents", "engine", "bytes", "first", "last", "sources"}
    assert (answer["documents"], answer["engine"]) == (len(seeds), "tantivy")
    dates = sorted(published(seeds).values())
    assert (answer["first"], answer["last"]) == (dates[0], dates[-1])
    assert answer["bytes"] > 10_000
    assert answer["sources"]["Bản tin Duyên Hải"] == len(
        {item.document.doc_id for item in seeds if item.document.source == "Bản tin Duyên Hải"}
    )
    assert answer["distinct"] == answer["documents"]
    assert sum(answer["sources"].values()) + answer["without_source"] == answer["documents"]
    text = run("stats").stdout
    assert "documents:  70" in text
    assert "Bản tin Duyên Hải" in text


def test_months_are_listed_below_their_years(run: Command) -> None:
    """An article is counted in both; the sum of one level is not more than all."""
    lines = run("facets", "--facet", "date", "--limit", 200).stdout.splitlines()[1:]
    years = [line.split()[-1] for line in lines if len(line.split()[-1]) == 4]
    assert len(years) > 1
    year = ""
    for line in lines:
        value = line.split()[-1]
        if len(value) == 7:
            assert value.startswith(f"{year}-")
            assert line.startswith("    ")
        else:
            year = value
    counted = sum(int(line.split()[0]) for line in lines if len(line.split()[-1]) != 7)
    assert counted == int(run("count", "").stdout)


def test_a_source_that_is_none_is_said_with_those_that_may_be_meant(run: Command) -> None:
    """A filter is exact, unlike ``nguồn:`` in a query; one that is left out may be none either."""
    for command in ("search", "count", "facets", "export"):
        done = run(command, "--nguon", "tay nguyen")
        assert done.exit_code == 1
        assert "timtin: Không có nguồn nào tên đúng là “tay nguyen”. Có thể là: “Bản tin Tây Nguyên”.\n" in done.stderr
    assert run("count", "--nguon", "Bản tin Tây Nguyên").stderr == ""
    assert run("count", "--nguon", "?").stderr == ""
    assert "“Bản tin Tây Nguyen”. Có thể là: “Bản tin Tây Nguyên”" in run("count", "--nguon", "-Bản tin Tây Nguyen").stderr
    many = [word for number in range(9) for word in ("--nguon", f"Qwzx {number}")]
    assert "Cả 6 nguồn khác trong bộ lọc cũng không có.\n" in run("count", *many).stderr
