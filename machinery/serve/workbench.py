"""Let `mkdocs serve` survive errors: a broken page shows its problem, and the rest of the site is built.

A page that stops the build is built again from its last good state, see `last_good_pages`. After an error that belongs to no page,
such as a syntax error in a snippet, the whole site stays unchanged.
"""

import contextlib
import logging
import shutil
import threading
import time
from pathlib import Path

from mkdocs.commands import serve
from mkdocs.commands.build import build as build_once
from mkdocs.exceptions import Abort, MkDocsException

from machinery.serve import kept_runs, last_good_pages, problems, problems_above_page
from machinery.serve.problems import EVERYWHERE, Problem
from machinery.warnings_of_mkdocs import recorded

log = logging.getLogger("mkdocs.serve")

cause = None  # the original error of a failed build; MkDocs raises another one instead
build_again = None  # reads mkdocs.yml, and builds


def start():
    """Poll for changes every 0.1 s instead of 0.5 s, and survive errors."""
    make_server = serve.LiveReloadServer

    def make(builder, **options):
        global build_again
        build_again = builder
        server = make_server(builder=build_after_edit, polling_interval=0.1, **options)
        server.set_app(problems_above_page.over(server.get_app()))
        bind(server)
        return server

    serve.LiveReloadServer, serve.build = make, build
    # MkDocs prints each error of a build just once, but an author may make it twice.
    logger = logging.getLogger("mkdocs.commands.build")
    for once in logger.filters[:]:
        logger.removeFilter(once)


def bind(server):
    """Take the address before the first build, which takes half a minute, and not after it."""
    host, port = server.server_address
    try:
        server.server_bind()
    except OSError as error:
        raise Abort(f"http://{host}:{port}/ can't be served: {error.strerror}. Choose another address: mkdocs serve -a 127.0.0.1:{port + 1}") from None
    server.server_bind = lambda: None


def build_after_edit():
    last_good_pages.used.clear()
    problems.errors.clear()
    try:
        with recorded() as records:
            build_again()
    except Exception as error:  # in mkdocs.yml
        texts = [record.getMessage() for record in records] + [str(error)]
        log.error(texts[-1])
        problems.errors.append(Problem(EVERYWHERE, "\n".join(texts)))


def build(config, **options):
    """Build as MkDocs does. If pages stop the build, build again with substitutes for them; after any other error, leave the site unchanged.

    This ends, because `last_good_pages.use` offers two substitutes for each page, its last good state and a placeholder, and each only once.
    """
    kept_runs.served.clear()
    try:
        broken = broken_pages(config, **options)
        if EVERYWHERE not in broken and last_good_pages.use(broken):
            build_again()
    finally:
        kept_runs.served.set()


def broken_pages(config, **options):
    """Build once, and return the set of pages that stopped the build, which is empty if it succeeded."""
    global cause
    cause = None
    problems.begin()
    problems.failed_runs.clear()
    problems.running.clear()
    config.strict = False  # warnings are shown on their pages instead
    try:
        with recorded() as records, kept_if_it_fails(Path(config.site_dir)):
            build_once(config, **options)
    except Exception as error:
        cause = cause or error
        found = problems.of_error(cause)
        if not isinstance(cause, MkDocsException):  # MkDocs has already printed those
            traceback = None if isinstance(cause, (SyntaxError, ImportError)) else cause  # whose messages name the place
            log.error("\n".join(problem.text for problem in found), exc_info=traceback)
        problems.errors += [problem for problem in found if problem.page not in last_good_pages.used]
        return {problem.page for problem in found}
    problems.warnings[:] = [problem for problem in problems.of_warnings(records) if problem.page not in last_good_pages.used]
    last_good_pages.keep()
    return set()


@contextlib.contextmanager
def kept_if_it_fails(site):
    """Put the site back if it can't be built. If it can, delete the one before, without letting the author wait for that."""
    good = site.with_name(f"{site.name}-{time.monotonic_ns()}")
    site.rename(good)
    try:
        yield
    except BaseException:
        shutil.rmtree(site, ignore_errors=True)
        good.rename(site)
        raise
    threading.Thread(target=shutil.rmtree, args=[good]).start()
