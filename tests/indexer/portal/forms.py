"""The same page written otherwise: other tags for its paragraphs, other bytes for its letters, markup as careless as it comes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from tests.indexer.portal.shells import Made

Form = Callable[[Made], bytes]


def _paragraphs(opening: str, closing: str) -> Form:
    def written(made: Made) -> bytes:
        html = made.html
        for text in made.story.body:
            html = html.replace(f"<p>{text}</p>", opening + text + closing)
        return html.encode()

    return written


def _bytes(change: Callable[[str], str | bytes]) -> Form:
    def written(made: Made) -> bytes:
        changed = change(made.html)
        return changed if isinstance(changed, bytes) else changed.encode()

    return written


def _declared_latin(html: str) -> str:
    return re.sub(r"charset=(['\"]?)utf-8", r"charset=\1iso-8859-1", html, flags=re.IGNORECASE)


FORMS: dict[str, Form] = {
    "h2": _paragraphs("<h2>", "</h2>"),
    "div": _paragraphs("<div>", "</div>"),
    "span": _paragraphs("<span>", "</span><br>"),
    "font": _paragraphs("<p><span><font face=Arial>", "</font></span></p><p>&nbsp;</p>"),
    "upper-tags": _bytes(lambda html: re.sub(r"</?[a-z0-9]+", lambda match: match[0].upper(), html)),
    "no-title": _bytes(lambda html: re.sub(r"<title>.*?</title>", "", html, flags=re.DOTALL)),
    "in-a-table": _bytes(lambda html: html.replace("<body>", "<body><table><tr><td>", 1).replace("</body>", "</td></tr></table></body>")),
    "in-a-form": _bytes(lambda html: html.replace("<body>", "<body><form>", 1).replace("</body>", "</form></body>")),
    "minified": _bytes(lambda html: re.sub(r">\s+<", "><", html)),
    "unclosed": _bytes(lambda html: html.replace("</p>", "")),
    "crlf": _bytes(lambda html: html.replace(">", ">\r\n")),
    "decomposed": _bytes(lambda html: unicodedata.normalize("NFD", html)),
    "utf-16": _bytes(lambda html: html.encode("utf-16")),
    "declared-latin": _bytes(_declared_latin),
    "twice": _bytes(lambda html: html.encode().decode("latin-1")),
    "references": _bytes(lambda html: "".join(char if char.isascii() else f"&#{ord(char)};" for char in html)),
    "windows-1258": _bytes(lambda html: html.encode("cp1258", "xmlcharrefreplace")),
}
