"""Read a form off a page as a browser would send it."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self, marker: str) -> None:
        super().__init__()
        self.marker = marker
        self.fields: dict[str, str] = {}
        self._inside = False
        self._hidden = 0
        self._select = ""
        self._chosen = False
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = self.marker in (given.get("class", ""), given.get("action", ""))
        if tag == "template":
            self._hidden += 1
        if not self._inside or self._hidden:
            return
        name = given.get("name", "")
        if tag == "select":
            self._select, self._chosen = name, False
        elif tag == "option" and self._select:
            if not self._chosen and ("selected" in given or self.fields.get(self._select) is None):
                self.fields[self._select] = given["value"]
                self._chosen = "selected" in given
        elif tag == "textarea":
            self._text, self.fields[name] = name, ""
        elif tag == "input" and name:
            ticks = given.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in given:
                self.fields[name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._hidden -= 1
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""
        elif tag == "form":
            self._inside = False


def form_on(page: str, marker: str = "profile-form") -> dict[str, str]:
    """The fields of the form with a class or an action, as they would be sent untouched."""
    reader = _Forms(marker)
    reader.feed(page)
    assert reader.fields, f"no form {marker}"
    return reader.fields
