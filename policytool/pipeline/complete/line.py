"""A line of a shell as far as it is typed -> its words, the last of which is "" where none is begun."""

from __future__ import annotations


def words_of(line: str, escape: str = "\\") -> list[str]:
    """The words behind the command's own name, out of their quotes, at least one; a quote may still be open.

    `escape` is the sign behind which any other stands for itself.
    """
    words: list[str] = []
    word: list[str] | None = None
    quote = ""
    signs = iter(line)
    for sign in signs:
        if quote:
            word = word or []
            if sign == quote:
                quote = ""
            else:
                word.append(next(signs, "") if sign == escape and quote == '"' else sign)
        elif sign.isspace():
            words += ["".join(word)] if word is not None else []
            word = None
        else:
            word = word or []
            if sign in "'\"":
                quote = sign
            else:
                word.append(next(signs, "") if sign == escape else sign)
    return [*words[1:], "".join(word or [])] if words else [""]
