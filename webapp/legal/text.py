"""A text of the operator as HTML: Markdown, or paragraphs of plain text. HTML in it stays text."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

MARKDOWN_ENDINGS: Final = (".md", ".markdown")


@dataclass(frozen=True)
class LegalText:
    """A text to show.

    Attributes:
        title: its own first heading, or empty.
        body: the rest as safe HTML.
    """

    title: str
    body: Markup


def read_text(path: Path) -> LegalText:
    """Read a file of Markdown (by its ending) or plain text.

    Raises:
        OSError: it cannot be read.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    return of_markdown(text) if path.suffix.lower() in MARKDOWN_ENDINGS else of_plain(text)


def of_plain(text: str) -> LegalText:
    """Paragraphs as they were typed.

    >>> of_plain("Ada & Co.\\nRoad 1\\n\\nTown").body
    Markup('<p>Ada &amp; Co.<br>Road 1</p>\\n<p>Town</p>')
    """
    parts = [part.strip("\n") for part in text.replace("\r\n", "\n").split("\n\n")]
    body = Markup("\n").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n")))
        for part in parts
        if part.strip()
    )
    return LegalText("", body)


def of_markdown(text: str) -> LegalText:
    """CommonMark with tables; a first heading of the first level is the title.

    >>> of_markdown("# About\\n\\n## Who\\n\\n<b>Ada</b>")
    LegalText(title='About', body=Markup('<h2>Who</h2>\\n<p>&lt;b&gt;Ada&lt;/b&gt;</p>\\n'))
    """
    # "js-default" renders no HTML of the text and no links that run scripts.
    markdown = MarkdownIt("js-default", {"linkify": False})
    tokens = markdown.parse(text)
    title = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = tokens[1].content
        tokens = tokens[3:]
    for token in tokens:
        # The page has its one heading of the first level already.
        if token.tag == "h1":
            token.tag = "h2"
    # Safe: the renderer escapes whatever is no Markdown.
    body = markdown.renderer.render(tokens, markdown.options, {})
    return LegalText(title, Markup(body))
