"""Serve a built site as GitHub Pages does: under its path, with its own page for what is missing."""

import contextlib
import functools
import gzip
import io
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import SITE_URL

PREFIX = urlsplit(SITE_URL).path
COMPRESSED = {".html", ".css", ".js", ".json", ".xml", ".svg", ".txt"}


def packed(data):
    """Return bytes as they are sent."""
    return gzip.compress(data, compresslevel=6, mtime=0)


@functools.cache
def packed_file(path, changed):
    return packed(path.read_bytes())


class Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept open, as browsers expect
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript", ".woff2": "font/woff2"}

    def translate_path(self, path):
        path = urlsplit(path).path
        outside = not path.startswith(PREFIX)
        return super().translate_path("/no/such/file" if outside else "/" + path.removeprefix(PREFIX))

    def send_head(self):
        if body := self.server.planted.get(self.path.removeprefix(PREFIX)):
            return self.send_packed(body, "text/html; charset=utf-8")
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if self.path.endswith("/") else path
        if path.suffix not in COMPRESSED or not path.is_file():
            return super().send_head()
        return self.send_compressed(path)

    def send_compressed(self, path, code=200):
        return self.send_packed(packed_file(path, path.stat().st_mtime_ns), self.guess_type(path), code)

    def send_packed(self, body, kind, code=200):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def copyfile(self, source, outputfile):
        """Send a file; if the address ends with `?slowly`, in pieces, so that the browser draws one after the other."""
        if not self.path.endswith("?slowly"):
            return super().copyfile(source, outputfile)
        while piece := source.read(5_000):
            outputfile.write(piece)
            time.sleep(0.1)

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def send_error(self, code, message=None, explain=None):
        page = self.send_compressed(Path(self.directory, "404.html"), code)
        if self.command != "HEAD":
            self.wfile.write(page.read())

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.planted = {}

    def plant(self, page, html):
        """Serve a page that is in no folder; return its address, relative to the site's."""
        address = f"{page}?planted={len(self.planted)}"
        self.planted[address] = packed(html.encode())
        return address

    def handle_error(self, request, client_address):
        pass  # a browser that leaves a page drops its connections


@contextlib.contextmanager
def serve(site):
    """Serve a site's folder at a free port; yield the server."""
    handler = functools.partial(Handler, directory=str(site))
    with Server(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
