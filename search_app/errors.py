"""Error pages in the product's look, and one JSON shape for data. Nothing of the inside is shown."""

from __future__ import annotations

import logging
from typing import NamedTuple, TypedDict

from flask import Flask, Response, render_template
from flask import request as http
from werkzeug.exceptions import HTTPException

from engine.errors import EngineError

from .api import json_response, wants_page
from .fresh import passing
from .present import query_form
from .strict import OPENAPI, BadParametersError

LOGGER = logging.getLogger("timtin.web")


DATA_ENDINGS = (".json", ".csv", ".atom")
"""Of addresses that programs ask."""
COMPLETIONS = "/goi-y"
"""Asked by the address bars of browsers, and as a page by people."""
LONGEST_PATH = 200
"""Characters of a path that an error repeats."""


class Error(TypedDict):
    """What went wrong, and what to do, in Vietnamese; `code` is for programs."""

    code: str
    message: str
    hint: str


class ErrorAnswer(TypedDict):
    """What every error is answered with."""

    error: Error


class ErrorWords(NamedTuple):
    """What a reader is told: what happened, and what to do."""

    code: str
    message: str
    hint: str


WORDS = {
    400: ErrorWords("bad-request", "Yêu cầu này không hợp lệ.", "Kiểm tra lại địa chỉ, hoặc bắt đầu từ trang chủ."),
    404: ErrorWords("not-found", "Không có trang này.", "Bài có thể đã bị gỡ khỏi kho, hoặc địa chỉ bị gõ nhầm. Hãy thử tìm lại."),
    405: ErrorWords("method-not-allowed", "Trang này chỉ để đọc.", "Tìm kiếm dùng phương thức GET."),
    413: ErrorWords("too-large", "Yêu cầu quá lớn.", "Tìm kiếm không cần gửi kèm dữ liệu."),
    500: ErrorWords("internal", "Máy chủ gặp lỗi.", "Lỗi đã được ghi lại. Hãy thử lại sau ít phút."),
    503: ErrorWords("unavailable", "Chưa đọc được kho bài.", "Chỉ mục đang được dựng lại hoặc bị hỏng. Hãy thử lại sau ít phút."),
}
_OTHER = ErrorWords("error", "Không thực hiện được yêu cầu này.", "Hãy bắt đầu lại từ trang chủ.")


def handle_errors(app: Flask) -> None:
    """Answer every error of `app`."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(BadParametersError, _bad_parameters)
    app.register_error_handler(EngineError, _engine)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]  # of werkzeug, whose methods are all that is used
    answer = error_response(error.code)
    for name, value in error.get_headers():
        if name == "Allow":
            answer.headers[name] = value
    return answer


def _bad_parameters(error: BadParametersError) -> Response:
    return data_error(ErrorWords(error.code, error.message, error.hint), 400)


def _engine(error: EngineError) -> Response:
    LOGGER.error("index cannot be read at %r", http.path, exc_info=error)
    return error_response(503)


def _unexpected(error: Exception) -> Response:
    LOGGER.error("unexpected error at %r", http.path, exc_info=error)
    return error_response(500)


def error_response(status: int) -> Response:
    """The answer for a status: JSON where data was asked for, else a page."""
    words = WORDS.get(status, _OTHER)
    if _for_a_program():
        return data_error(_named(words) if status == 404 else words, status)
    text = render_template("error.html", status=status, words=words, form=query_form())
    return passing(Response(text, status=status, mimetype="text/html"))


def _for_a_program() -> bool:
    """Whether data was asked for."""
    asked = http.url_rule.rule if http.url_rule is not None else http.path  # an article's id may end like data: its page is none
    if asked == COMPLETIONS:
        return not wants_page()
    return asked.endswith(DATA_ENDINGS) or f"{asked}/".startswith("/api/")


def _named(words: ErrorWords) -> ErrorWords:
    """What was not found by its address: a program's reader does not see what it asked."""
    return words._replace(message=f"Không có gì ở “{http.path[:LONGEST_PATH]}”.", hint=f"{words.hint} Các địa chỉ: {OPENAPI}")


def data_error(words: ErrorWords, status: int) -> Response:
    """The answer to a program."""
    value: ErrorAnswer = {"error": {"code": words.code, "message": words.message, "hint": words.hint}}
    return passing(json_response(value, status))
