"""timtin related: the articles related to one, in every form."""

from __future__ import annotations

import csv
import io
import json

from tests.cli.conftest import Command


def test_related_articles_are_printed_in_every_form(run: Command) -> None:
    doc_id = json.loads(run("search", "thu ngân sách an khê", "--ndjson", "--limit", "1").stdout)["doc_id"]
    answer = json.loads(run("related", doc_id, "--json").stdout)
    ids = [row["doc_id"] for row in answer["related"]]
    assert answer["doc_id"] == doc_id
    assert 1 <= len(ids) <= 6
    assert doc_id not in ids
    assert [json.loads(line)["doc_id"] for line in run("related", doc_id, "--ndjson").stdout.splitlines()] == ids
    assert [row["doc_id"] for row in csv.DictReader(io.StringIO(run("related", doc_id, "--csv").stdout))] == ids
    text = run("related", doc_id, "--limit", "1")
    assert text.exit_code == 0
    assert ids[0] in text.stdout
    assert ids[1] not in text.stdout


def test_an_unknown_article_is_1_and_says_where_ids_are(run: Command) -> None:
    result = run("related", "no-such-article")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no article 'no-such-article'" in result.stderr
    assert "--ndjson" in result.stderr
