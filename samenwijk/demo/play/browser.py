"""A small browser without JavaScript: pages, cookies with their paths, redirects and forms, over one connection."""

from __future__ import annotations

import http.client
import http.cookiejar
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

PATIENCE = 40.0
REDIRECTS = {301, 302, 303, 307, 308}
HOPS = 6
MARKS = {"data-ticket", "data-seq", "data-refresh-on", "data-refresh-not"}


@dataclass
class Field:
    """One control of a form. `options` are the values that can be picked (radio, checkbox, select)."""

    name: str
    kind: str
    value: str = ""
    checked: bool = False
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """`most` is how many boxes may be ticked, where the page says so."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)
    most: int | None = None

    def values(self) -> list[tuple[str, str]]:
        """What a browser would send when nothing is changed."""
        sent = []
        for one in self.fields:
            if one.kind in {"checkbox", "radio"} and not one.checked:
                continue
            if one.kind != "submit":
                sent.append((one.name, one.value))
        return sent

    def has(self, name: str) -> bool:
        return any(one.name == name for one in self.fields)

    def value(self, name: str) -> str:
        return next((one.value for one in self.fields if one.name == name), "")

    def choices(self, name: str) -> list[str]:
        """The values that may be picked for a name, in the order of the page."""
        picked: list[str] = []
        for one in self.fields:
            if one.name == name:
                picked += one.options if one.kind == "select" else [one.value]
        return [value for value in picked if value]

    def filled(self, **changes: str | list[str] | None) -> list[tuple[str, str]]:
        """The values with these in place of the form's own; None leaves a field out."""
        kept = [(name, value) for name, value in self.values() if name not in changes]
        for name, value in changes.items():
            several = value if isinstance(value, list) else [] if value is None else [value]
            kept += [(name, one) for one in several]
        return kept


@dataclass
class Page:
    """What came back: the address where it ended, the status, the text and its forms."""

    url: str
    status: int
    text: str
    forms: list[Form]
    marks: dict[str, str]

    def form(self, ending: str) -> Form | None:
        """The form whose address ends like this."""
        return next((form for form in self.forms if urlsplit(form.action).path.endswith(ending)), None)

    def all_forms(self, ending: str) -> list[Form]:
        return [form for form in self.forms if urlsplit(form.action).path.endswith(ending)]

    def follows(self, kind: str) -> bool:
        """Whether a phone fetches this page again after a frame: ideas of other tables are not on it (live.js)."""

        def among(mark: str) -> bool:
            return any(kind == word or kind.startswith(f"{word}.") for word in self.marks.get(mark, "").split())

        return among("data-refresh-on") or not among("data-refresh-not")


class Offline(Exception):
    """The server could not be reached, or did not answer in time."""


class Browser:
    """Keeps cookies as browsers do, one connection at a time. Not for use by two threads at once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self._connection: http.client.HTTPConnection | None = None
        self.taken_unheard = False
        """Whether the server took the last form, and its answer was lost on the way."""

    def get(self, address: str) -> Page:
        return self._page("GET", urljoin(self.base, address), None)

    def submit(self, form: Form, values: list[tuple[str, str]] | None = None) -> Page:
        content = urlencode(form.values() if values is None else values)
        if form.method == "get":
            return self.get(f"{form.action}?{content}")
        return self._page("POST", form.action, content)

    def raw(self, address: str) -> tuple[int, bytes]:
        """A file, as it is."""
        url = urljoin(self.base, address)
        response, body = self._send("GET", url, None)
        return response.status, body

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _page(self, method: str, url: str, content: str | None) -> Page:
        for _hop in range(HOPS):
            response, body = self._send(method, url, content)
            if response.status not in REDIRECTS:
                break
            method, content = "GET", None
            url = urljoin(url, response.headers.get("Location", url))
        reader = _Reader(url)
        text = body.decode("utf-8", "replace")
        reader.feed(text)
        return Page(url, response.status, text, reader.forms, reader.marks)

    def _send(self, method: str, url: str, content: str | None) -> tuple[http.client.HTTPResponse, bytes]:
        """Sends, and keeps the cookies of the answer."""
        response, body = self._unheard(method, url, content)
        self.cookies.extract_cookies(response, _request(method, url))
        return response, body

    def _unheard(self, method: str, url: str, content: str | None) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer as it left the server; the browser has not seen anything of it yet."""
        request = _request(method, url)
        self.cookies.add_cookie_header(request)
        headers = {"Referer": url, **dict(request.unredirected_hdrs)}
        if content is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        return self._ask(parts.netloc, method, target, content, headers)

    def _ask(
        self, host: str, method: str, target: str, content: str | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Asks over the open connection; one that the server closed meanwhile is opened again, once."""
        for again in (True, False):
            try:
                if self._connection is None:
                    self._connection = http.client.HTTPConnection(host, timeout=PATIENCE)
                self._connection.request(method, target, content, headers)
                response = self._connection.getresponse()
                return response, response.read()
            except (OSError, http.client.HTTPException) as error:
                fresh = self._connection is None
                self.close()
                if fresh or not again:
                    raise Offline(str(error)) from error
        raise Offline("no answer")


def _request(method: str, url: str) -> urllib.request.Request:
    return urllib.request.Request(url, method=method)  # noqa: S310 - the address of our own server


class _Reader(HTMLParser):
    """Collects the forms of a page, and what it says about its live line."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self.marks: dict[str, str] = {}
        self._form: Form | None = None
        self._area: Field | None = None
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.marks |= {name: value for name, value in given.items() if name in MARKS}
        if tag == "form":
            self._form = Form(urljoin(self.url, given.get("action") or self.url), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            if given.get("data-max", "").isdigit():
                self._form.most = int(given["data-max"])
            self._control(tag, given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self._form is not None
        name = given.get("name", "")
        if tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            value = given.get("value", "on" if kind == "checkbox" else "")
            self._form.fields.append(Field(name, kind, value, "checked" in given))
        elif tag == "textarea" and name:
            self._area = Field(name, "textarea")
            self._form.fields.append(self._area)
        elif tag == "select" and name:
            self._select = Field(name, "select")
            self._form.fields.append(self._select)
        elif tag == "option" and self._select is not None:
            value = given.get("value", "")
            self._select.options.append(value)
            if "selected" in given:
                self._select.value = value

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._area is not None:
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None
