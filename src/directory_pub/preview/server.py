"""The server of the preview: a table of routes, and nothing that a request names is ever a path."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from directory_pub.design.page_faces import PAGE_FACES, read_face
from directory_pub.findings import Place, printable
from directory_pub.preview.editor import Editor
from directory_pub.preview.html import BROWSER_MODULES, own_file, preview_html
from directory_pub.preview.places import Passage
from directory_pub.preview.shown import Known, Shown

__all__ = ["Answer", "Desk", "Server"]

_SECONDS_BETWEEN_SIGNS = 15.0  # of life, on a stream without news
_MOST_WIDE_PX = 8_000
_OPENED = (".md", ".yaml", ".yml", ".csv", ".css", ".j2", ".html", ".svg", ".txt")
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_FOR_EVER = "private, max-age=31536000, immutable"


class Answer(NamedTuple):
    """What is sent back; what is ``kept`` never changes under its address."""

    content: bytes
    kind: str = "application/json"
    status: HTTPStatus = HTTPStatus.OK
    kept: bool = False


class Desk:
    """What the server answers from: what is shown, the book's files, and the editor that opens them."""

    def __init__(self, shown: Shown, root: Path, folders: tuple[Path, ...], editor: Editor | None) -> None:
        self.shown = shown
        self._root, self._folders, self._editor = root, folders, editor
        self._gets: dict[str, Callable[..., Answer]] = {
            r"/": self._page,
            rf"/(house\.css|preview\.css|icon\.svg|browser/(?:{'|'.join(BROWSER_MODULES)})\.js)": self._own,
            r"/face/(\d+)": self._face,
            r"/page/(email|press|PROOF)/([0-9a-f]+)/(\d+)": self._drawn,
            r"/at/(email|press|PROOF)/(\d+)/([\d.]+)/([\d.]+)": self._at,
            r"/passages/(email|press|PROOF)/(\d+)": self._passages,
            r"/mark/(\d+)": self._mark,
        }

    def get(self, path: str) -> Answer:
        """The answer to a request that changes nothing."""
        for pattern, answer in self._gets.items():
            if match := re.fullmatch(pattern, path, re.ASCII):
                return answer(*match.groups())
        return _nothing()

    def post(self, path: str) -> Answer:
        """Open a place that the page was told of in the user's editor: nothing else is ever done."""
        match = re.fullmatch(r"/open/(\d{1,9})", path, re.ASCII)
        place = self.shown.place(int(match[1])) if match else None
        if place is None or self._editor is None:
            return _nothing()
        file = self._file_of(place)
        fault = self._editor.open(file, place.line) if file else f"{place.file} is not opened in an editor."
        return _json({"fault": fault})

    def _file_of(self, place: Place) -> Path | None:
        """The file of a place if it is a text of the book."""
        file = (self._root / place.file).resolve()
        own = any(file.is_relative_to(folder) for folder in self._folders)
        return file if own and file.is_file() and file.suffix.lower() in _OPENED else None

    # ---------------------------------------------------------------- routes
    def _page(self) -> Answer:
        return Answer(preview_html(has_editor=self._editor is not None).encode(), "text/html; charset=utf-8")

    def _own(self, name: str) -> Answer:
        return Answer(own_file(name), _KINDS[name.rpartition(".")[2]])

    def _face(self, weight: str) -> Answer:
        if int(weight) not in PAGE_FACES:
            return _nothing()
        return Answer(read_face(int(weight)), "font/ttf")

    def _drawn(self, name: str, print_: str, width_px: str) -> Answer:
        drawn = self.shown.draw(name, print_, max(min(int(width_px[:6]), _MOST_WIDE_PX), 1))
        return Answer(drawn, "image/jpeg", kept=True) if drawn else _nothing()

    def _at(self, name: str, number: str, x_mm: str, y_mm: str) -> Answer:
        try:
            passage = self.shown.at(name, int(number[:9]), float(x_mm), float(y_mm))
        except ValueError:
            return _nothing()
        return _json(self._told(passage) if passage else {})

    def _passages(self, name: str, number: str) -> Answer:
        return _json([self._told(passage) for passage in self.shown.passages(name, int(number[:9]))])

    def _mark(self, number: str) -> Answer:
        found = self.shown.mark(int(number[:9]))
        if found is None:
            return _nothing()
        finding, mark = found
        folio = mark.page_index + 1 if mark else finding.folio
        return _json({"folio": folio, "boxes": mark.boxes if mark else ()})

    def _told(self, passage: Passage) -> Mapping[str, Any]:
        place = passage.place
        return {
            "place": self.shown.number_of(place),
            "where": printable(str(place)),
            "field": printable(place.field or ""),
            "text": passage.text,
            "boxes": passage.boxes,
            "opens": self._editor is not None and self._file_of(place) is not None,
        }


def _json(told: Any) -> Answer:
    return Answer(json.dumps(told, ensure_ascii=False).encode(errors="backslashreplace"))


def _nothing() -> Answer:
    return Answer(b"Nothing here.\n", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)


class Server(ThreadingHTTPServer):
    """Serves one desk on a socket that listens already; a thread for each connection."""

    daemon_threads = True

    def __init__(self, listening: socket.socket, desk: Desk) -> None:
        address = listening.getsockname()
        super().__init__(address, _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket, self.desk = listening, desk
        self.server_address = address
        # A page of elsewhere may call this machine by a name of its own; its requests say that name.
        self.hosts = frozenset(f"{name}:{address[1]}" for name in ("127.0.0.1", "localhost"))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is no news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_version, sys_version = "directory-pub", ""

    def log_message(self, format: str, *args: Any) -> None:
        """The terminal is for the build."""

    def do_GET(self) -> None:
        """Answer, or stream what is new."""
        if not self._is_ours():
            self._send(_refused())
        elif self.path == "/events":
            self._stream()
        else:
            self._send(self.server.desk.get(self.path))

    def do_POST(self) -> None:
        """Only the page itself may ask for something to be done: a browser says where a request is from."""
        origin = self.headers.get("Origin", "")
        asked = self._is_ours() and origin.removeprefix("http://") == self.headers.get("Host") and origin != ""
        self.close_connection = True  # what was sent along is not read
        self._send(self.server.desk.post(self.path) if asked else _refused())

    def _is_ours(self) -> bool:
        """Whether the browser was asked for this address, and not by the page of another one."""
        host, origin = self.headers.get("Host", ""), self.headers.get("Origin")
        own = origin is None or origin.removeprefix("http://") == host
        site = self.headers.get("Sec-Fetch-Site", "none")
        return host in self.server.hosts and own and site in ("none", "same-origin")

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self._send_headers(answer.kind, "no-store" if not answer.kept else _FOR_EVER)
        self.send_header("Content-Length", str(len(answer.content)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.content)

    def _send_headers(self, kind: str, caching: str) -> None:
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", caching)
        for name, value in _HEADERS.items():
            self.send_header(name, value)

    def _stream(self) -> None:
        """Server-sent events: what is new, whenever something is."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._send_headers("text/event-stream", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        known = Known()
        while True:
            news, known = self.server.desk.shown.news(known, _SECONDS_BETWEEN_SIGNS)
            self.wfile.write(b"data: %b\n\n" % json.dumps(news).encode() if news else b": still here\n\n")


def _refused() -> Answer:
    return Answer(
        b"This is served to the page of this very address alone.\n",
        "text/plain; charset=utf-8",
        HTTPStatus.FORBIDDEN,
    )
