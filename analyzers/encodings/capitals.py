"""Capitals with a tone mark that an encoding could not write, restored where their surroundings decide.

Three rules, each on whole words:

* a word with two or more capitals and, apart from toned letters, no small one is in capitals: ``TỉNH`` -> ``TỈNH``, ``NộI`` -> ``NỘI``;
* words that could be either, one capital with toned letters or only those, are in capitals when such words, or the ends of the line, are on
  both sides: ``HUYỆN ở Hà NỘI`` -> ``HUYỆN Ở HÀ NỘI``;
* a sentence begins with a capital: ``… xã. ủy ban`` -> ``… xã. Ủy ban``.

A name inside a sentence (``ấn Độ`` for Ấn Độ, ``úc`` for Úc) looks like a small word and stays small.
"""

from __future__ import annotations

import re

_LETTERS = "A-Za-zÀ-ÖØ-öø-ỹ"
_TONED = "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
_CAPITALS = "A-ZĂÂĐÊÔƠƯ"
_NOT_WITHIN = rf"(?<![{_LETTERS}])", rf"(?![{_LETTERS}])"
_CAPITAL = re.compile(f"[{_CAPITALS}]")
_MIXED = re.compile(f"{_NOT_WITHIN[0]}(?=[{_CAPITALS}]*[{_TONED}])[{_CAPITALS}{_TONED}]+{_NOT_WITHIN[1]}")
_EITHER = re.compile(f"[{_CAPITALS}]?[{_TONED}]+")
_WORD = re.compile(rf"[{_LETTERS}]+")
_LINE = re.compile(rf"^.*{_NOT_WITHIN[0]}[{_CAPITALS}]?[{_TONED}]+{_NOT_WITHIN[1]}.*$", re.MULTILINE)
_OPENING = "[\"“'(\\-– ]{0,3}"
_FULL_STOP = rf"(?<=[a-zđăâêôơư{_TONED}]{{2}})[.!?…][\"”')]{{0,2}} "
_SENTENCE = re.compile(rf"(?:^|{_FULL_STOP}){_OPENING}[{_TONED}]", re.MULTILINE)


def raise_capitals(text: str) -> str:
    """Apply the three rules."""
    if not _CAPITAL.search(text):
        return text
    text = _MIXED.sub(lambda word: word[0].upper() if len(_CAPITAL.findall(word[0])) > 1 else word[0], text)
    text = _LINE.sub(lambda line: _raise_between(line[0]) if _has_loud(line[0]) else line[0], text)
    return _SENTENCE.sub(lambda found: found[0][:-1] + found[0][-1].upper(), text)


def _loud(word: str) -> bool:
    """In capitals, and a word rather than an abbreviation: it has a Vietnamese letter."""
    return len(word) > 1 and word.isupper() and not word.isascii()


def _has_loud(line: str) -> bool:
    return any(_loud(word) for word in _WORD.findall(line))


def _raise_between(line: str) -> str:
    """The second rule on one line."""
    words = list(_WORD.finditer(line))
    raised = list(line)
    at = 0
    while at < len(words):
        first = at
        while at < len(words) and _EITHER.fullmatch(words[at][0]):
            at += 1
        if at > first:
            sides = [words[side][0] for side in (first - 1, at) if 0 <= side < len(words)]
            if sides and all(map(str.isupper, sides)) and any(map(_loud, sides)):
                start, end = words[first].start(), words[at - 1].end()
                raised[start:end] = line[start:end].upper()
        at += 1
    return "".join(raised)
