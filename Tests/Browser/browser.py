"""Runs the tests: every function `test_…` of the files test_*.py, each with the page and the width that it asks for.

A test is a function of an open page. `@on("charts", width=390)` says which page and how wide the window is; without a page it
is run on each, `@on(PUBLISHED)` on each page of the course. It fails with what its assertions say. As many processes as there
are cores share the tests.
"""

import importlib.util
import multiprocessing
import os
import pathlib
import shutil
import sys
import time
import traceback

from playwright.sync_api import sync_playwright

HERE = pathlib.Path(__file__).parent
# Where `run` has put the gallery and the course.
PAGES = pathlib.Path(sys.argv[1])
PHONE, DESK = 390, 1280
PUBLISHED = "the published pages"


def on(*names, width=DESK, scheme="light"):
    """Says on which pages of the gallery a test is run, all if none is named, in a window of this width."""

    def mark(test):
        test.pages, test.width, test.scheme = names, width, scheme
        return test

    return mark


def published():
    """The addresses of the published pages."""
    return [path.as_uri() for path in sorted((PAGES / "course").glob("*.html"))]


def tests(files):
    for file in files:
        specification = importlib.util.spec_from_file_location(file.stem, file)
        module = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(module)
        for name, test in vars(module).items():
            if name.startswith("test_") and hasattr(test, "pages"):
                yield f"{file.stem}.{name}", test


def addresses(test):
    """Of the pages that a test is run on."""
    if test.pages == (PUBLISHED,):
        return published()
    gallery = PAGES / "gallery"
    # Of what every site has its reference's first page alone; the others are looked at among the published pages.
    every = sorted(path.stem for path in gallery.glob("*.html") if not path.stem.startswith(("reference-", "404")))
    return [(gallery / f"{name}.html").as_uri() for name in test.pages or every]


def run(names, part, parts):
    """Runs every test of which it is this part's turn; how many passed, and how many did not."""
    # A test's file says `from browser import on`, which must be this very module.
    sys.modules["browser"] = sys.modules["__main__"]
    files = [HERE / name for name in names if name] or sorted(HERE.glob("test_*.py"))
    tasks = [(name, test, address) for name, test in tests(files) for address in addresses(test)]
    passed, failed = 0, 0
    with sync_playwright() as playwright:
        # Without its sandbox, for that does not work for root.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, test, address in tasks[part::parts]:
            context = browser.new_context(viewport={"width": test.width, "height": 900}, color_scheme=test.scheme)
            page = context.new_page()
            faults = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda message: message.type == "error" and faults.append(message.text))
            page.on("requestfailed", lambda request: faults.append(f"{request.url} was not found"))
            try:
                page.goto(address)
                test(page)
                assert not faults, f"the page failed: {faults}"
                passed += 1
            except Exception as fault:
                failed += 1
                place = traceback.extract_tb(fault.__traceback__)[-1]
                told = str(fault)[:600] or place.line
                print(f"✘ {name} on {address.rsplit('/', 1)[1]}, {test.width} px: {told}", file=sys.stderr)
            context.close()
        browser.close()
    return passed, failed


def main(names):
    start = time.monotonic()
    parts = os.cpu_count()
    with multiprocessing.get_context("fork").Pool(parts) as pool:
        results = pool.starmap(run, [(names, part, parts) for part in range(parts)], chunksize=1)
    passed, failed = (sum(counts) for counts in zip(*results))
    print(f"{'✔' if not failed else '✘'} {passed + failed} browser tests, {failed} failed, {time.monotonic() - start:.1f} s")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[2:]))
