"""Real files for the tests of reading, made on the spot: PDFs by reportlab, a DOCX by python-docx, pages, feeds, and a web server with faults."""

from __future__ import annotations

import gzip
import http.server
import io
import socketserver
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import docx
import pytest

STORY = (
    "The two delegations agreed in Pyongyang to settle their trade in roubles and to raise it to a billion dollars by 2020. "
    "Officials said that the railway to the port had been opened and that the ministers would meet again in the summer. "
)
MakePdf = Callable[[Sequence[str]], bytes]


@pytest.fixture(scope="session")
def story() -> str:
    """Two sentences of plain English without a day of publication."""
    return STORY


@pytest.fixture(scope="session")
def page() -> Callable[..., str]:
    """A news page with furniture; `head` goes into its head, `top` and `foot` before and after the article."""

    def make(*, head: str = "", top: str = "", foot: str = "") -> str:
        paragraphs = "".join(f"<p>{STORY}This was item {number}.</p>" for number in ("one", "two", "three"))
        return (
            f"<!doctype html><html><head><title>Trade in roubles</title>{head}</head><body>"
            "<nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Subscribe now</a></li></ul></nav>"
            f"<article><h1>Trade in roubles</h1>{top}{paragraphs}</article>{foot}"
            "<footer>Copyright 2020 Northern Wire. All rights reserved.</footer></body></html>"
        )

    return make


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """A PDF with one page for each text; a text without letters makes a page without a text layer."""

    def make(*pages: str, head: str | None = None, password: str | None = None) -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            from reportlab.pdfgen import canvas
        stream = io.BytesIO()
        sheet = canvas.Canvas(stream, encrypt=password)
        for number, text in enumerate(pages, start=1):
            lines = ([head, f"Page {number} of {len(pages)}"] if head else []) + text.split("\n")
            for at, line in enumerate(lines):
                sheet.drawString(72, 780 - 14 * at, line)
            sheet.showPage()
        sheet.save()
        return stream.getvalue()

    return make


@pytest.fixture(scope="session")
def word() -> Callable[..., bytes]:
    """A DOCX of paragraphs, with a table of rows after them."""

    def make(*paragraphs: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
        document = docx.Document()
        for paragraph in paragraphs:
            document.add_paragraph(paragraph)
        if rows:
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture(scope="session")
def rss() -> Callable[..., bytes]:
    """An RSS feed; each entry is (title, pubDate, description)."""

    def make(*entries: tuple[str, str, str]) -> bytes:
        items = "".join(
            f"<item><title>{title}</title><link>http://example.org/{at}</link><guid>entry-{at}</guid>"
            f"<pubDate>{day}</pubDate><description>{text}</description></item>"
            for at, (title, day, text) in enumerate(entries)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Northern Wire</title>{items}</channel></rss>'.encode()

    return make


class _Answers(http.server.BaseHTTPRequestHandler):
    """One path for each fault of a server."""

    page_bytes = b""
    asked: list[str] = []  # noqa: RUF012 - the list that the fixture reads

    def do_GET(self) -> None:
        self.asked.append(self.path)
        getattr(self, f"_{self.path.strip('/').partition('/')[0].replace('-', '_') or 'page'}", self._missing)()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        sent = {"Content-Length": str(len(body)), **{name.replace("_", "-"): value for name, value in headers.items()}}
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _page(self) -> None:
        self._send(200, self.page_bytes, Content_Type="text/html; charset=utf-8")

    def _wrong_type(self) -> None:
        self._send(200, self.page_bytes, Content_Type="application/pdf")

    def _missing(self) -> None:
        self._send(404)

    def _busy(self) -> None:
        self._send(503)

    def _loop(self) -> None:
        self._send(302, Location="/loop")

    def _moved(self) -> None:
        self._send(301, Location="/page")

    def _to_file(self) -> None:
        self._send(302, Location="file:///etc/passwd")

    def _to_metadata(self) -> None:
        self._send(302, Location="http://169.254.169.254/latest")

    def _cut(self) -> None:
        self._send(200, self.page_bytes[:100], Content_Length="100000", Content_Type="text/html")

    def _stalled(self) -> None:
        time.sleep(2)

    def _trickle(self) -> None:
        self._send(200, Content_Length="100000", Content_Type="text/html")
        for _ in range(20):
            self.wfile.write(b"<")
            self.wfile.flush()
            time.sleep(0.1)

    def _large(self) -> None:
        self._send(200, b"x" * 300_000, Content_Type="text/plain")

    def _bomb(self) -> None:
        self._send(200, gzip.compress(b"x" * 5_000_000), Content_Type="text/plain", Content_Encoding="gzip")

    def _garbage(self) -> None:
        self.wfile.write(b"\x00\x01this is no HTTP\r\n\r\n")


class _Quiet(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Clients that hang up are what is tested."""


@pytest.fixture
def server(page: Callable[..., str]) -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine: its address, and the list of the paths it was asked for."""
    asked: list[str] = []
    dated = page(head='<meta property="article:published_time" content="2014-05-08">').encode()
    handler = type("Answers", (_Answers,), {"page_bytes": dated, "asked": asked})
    with _Quiet(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}", asked
        running.shutdown()
