"""Marked letters and excerpts, safe to put into a page."""

from collections.abc import Sequence

from markupsafe import Markup, escape

Span = tuple[int, int]


def marked(text: str, spans: Sequence[Span]) -> Markup:
    """A text with the letters that answer a question in ``<mark>``.

    >>> marked("R&D-Optik", [(4, 9)])
    Markup('R&amp;D-<mark>Optik</mark>')
    """
    parts: list[Markup] = []
    done = 0
    for start, end in spans:
        parts += [escape(text[done:start]), Markup("<mark>"), escape(text[start:end])]
        parts.append(Markup("</mark>"))
        done = end
    parts.append(escape(text[done:]))
    return Markup().join(parts)


def excerpt(text: str, spans: Sequence[Span], letters: int = 180) -> Markup:
    """The part of a long text around its first marked letters, cut at words.

    >>> excerpt("Ein Verbund, der sich lange schon mit Optik befasst", [(38, 43)], 20)
    Markup('… mit <mark>Optik</mark> befasst')
    """
    if len(text) <= letters:
        return marked(text, spans)
    first = spans[0][0] if spans else 0
    start = _word_start(text, max(0, min(first - letters // 3, len(text) - letters)), first)
    end = start + letters
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else 0)
    inside = [(a - start, b - start) for a, b in spans if start <= a and b <= end]
    before = Markup("… ") if start else Markup()
    after = Markup(" …") if end < len(text) else Markup()
    return before + marked(text[start:end].rstrip(), inside) + after


def _word_start(text: str, at: int, latest: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at, latest)
    return at if space < 0 else space + 1
