"""Error pages in the product's look, and one JSON shape for data. Nothing of the inside is shown."""

from __future__ import annotations

import logging
from typing import NamedTuple

from flask import Flask, Response, render_template
from flask import request as http
from werkzeug.exceptions import HTTPException

from engine.errors import EngineError

from .api import json_response
from .present import query_form

LOGGER = logging.getLogger("timtin.web")


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


def _engine(error: EngineError) -> Response:
    LOGGER.error("index cannot be read at %r", http.path, exc_info=error)
    return error_response(503)


def _unexpected(error: Exception) -> Response:
    LOGGER.error("unexpected error at %r", http.path, exc_info=error)
    return error_response(500)


def error_response(status: int) -> Response:
    """The answer for a status: JSON where data was asked for, else a page."""
    words = WORDS.get(status, _OTHER)
    if http.path.endswith(".json"):
        answer = json_response({"error": {"code": words.code, "message": words.message, "hint": words.hint}}, status)
    else:
        answer = Response(render_template("error.html", status=status, words=words, form=query_form()), status=status, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer
