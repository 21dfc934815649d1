"""The page around a lesson: where the reader is, what they press, how much it weighs, and what is left of it on paper."""

import gzip
import pathlib
import urllib.parse
import urllib.request

from browser import DESK, PHONE, on, published

SHIFT = """
() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => sum += entry.value)).observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 300);
})
"""

# Boxes whose content goes on beyond their edge.
SCROLLING = """
() => [...document.querySelectorAll('.scroll, pre')].filter(box => box.clientWidth > 0 && box.scrollWidth > box.clientWidth + 1)
"""


def weight(address):
    """Of a page, its style and its scripts, as a web server sends them; and how many files they are."""
    html = pathlib.Path(urllib.request.url2pathname(urllib.parse.urlparse(address).path))
    names = [name for name in ("style.css", "exhibits.js", "site.js") if f'"{name}"' in html.read_text()]
    files = [html] + [html.parent / name for name in names]
    return sum(len(gzip.compress(file.read_bytes())) for file in files), len(files)


@on()
def test_a_page_is_four_requests_and_its_font(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.reload()
    # Pictures are the lesson's own.
    asked = [name for name in asked if not name.endswith((".woff2", ".svg"))]
    assert len(asked) <= 4, asked
    assert not [name for name in asked if not page.url.endswith(name) and name not in
                ("style.css", "exhibits.js", "site.js", "math.woff2")], asked


@on("index")
def test_a_published_page_weighs_at_most_100_kilobytes(page):
    for address in published():
        size, files = weight(address)
        assert size <= 100_000, f"{address}: {size} bytes in {files} files"


@on()
def test_nothing_moves_while_a_page_opens_on_a_desk(page):
    assert page.evaluate(SHIFT) < 0.01, page.evaluate(SHIFT)


@on(width=PHONE)
def test_nothing_moves_while_a_page_opens_on_a_phone(page):
    assert page.evaluate(SHIFT) < 0.01, page.evaluate(SHIFT)


# MARK: Where the reader is


@on()
def test_every_page_lists_the_course_and_says_which_page_is_open(page):
    links = page.locator("nav.course > ol > li > a")
    assert links.count() >= 7
    current = page.locator("nav.course > ol > li > a[aria-current=page]")
    assert current.count() == 1 and page.url.endswith(current.get_attribute("href"))
    assert links.first.is_visible()


@on("reading", width=PHONE)
def test_on_a_phone_the_course_opens_by_a_button_and_leads_on(page):
    assert not page.locator("nav.course").is_visible()
    page.locator(".open-course").click()
    assert page.locator("nav.course").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("nav.course").is_visible()
    page.locator(".open-course").click()
    page.locator("nav.course a", has_text="Gates of awkward traces").click()
    assert page.url.endswith("gates.html")


@on("reading", width=PHONE)
def test_the_course_opens_without_a_script_too(page):
    context = page.context.browser.new_context(viewport={"width": PHONE, "height": 800}, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(page.url)
    assert not plain.locator(".open-search").is_visible()
    plain.locator(".open-course").click()
    assert plain.locator("nav.course a").first.is_visible()
    context.close()


@on("reading")
def test_contents_follow_the_scroll(page):
    marked = page.locator("nav.course [aria-current=location]")
    assert marked.count() == 0
    page.locator("h2", has_text="A table that is wide").evaluate("heading => heading.scrollIntoView()")
    page.wait_for_function("() => document.querySelector('nav.course [aria-current=location]')?.textContent.includes('A table that is wide')")
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    page.wait_for_function("() => document.querySelector('nav.course [aria-current=location]')?.textContent.includes('Questions')")
    assert marked.count() == 1


@on("reading", width=PHONE)
def test_on_a_phone_contents_stand_behind_the_title(page):
    contents = page.locator("nav.contents")
    assert contents.bounding_box()["y"] > page.locator("h1").bounding_box()["y"]
    assert not contents.locator("a").first.is_visible()
    contents.locator("summary").click()
    contents.locator("a", has_text="Questions").click()
    assert page.url.endswith("#questions")


@on("reading")
def test_a_heading_that_is_linked_to_is_not_hidden_under_the_bar(page):
    page.goto(page.url + "#questions")
    bar = page.locator("header.site").bounding_box()
    page.wait_for_function("() => Math.abs(document.getElementById('questions').getBoundingClientRect().top) < innerHeight")
    assert page.locator("#questions").bounding_box()["y"] >= bar["y"] + bar["height"]


# MARK: What the reader presses


def paper(page):
    return page.evaluate("() => getComputedStyle(document.body).backgroundColor")


@on("reading")
def test_the_switch_changes_the_colours_and_they_are_kept(page):
    light = paper(page)
    page.locator(".change-theme").click()
    dark = paper(page)
    assert light != dark and page.locator(".change-theme").get_attribute("aria-pressed") == "true"
    page.reload()
    assert paper(page) == dark and page.locator(".change-theme").get_attribute("aria-pressed") == "true"
    page.keyboard.press("t")
    assert paper(page) == light
    # Pressed back to what the system has, the page follows it again.
    page.emulate_media(color_scheme="dark")
    assert paper(page) == dark


@on("reading", scheme="dark")
def test_the_colours_are_the_systems_until_the_switch_is_pressed(page):
    assert page.locator(".change-theme").get_attribute("aria-pressed") == "true"
    page.emulate_media(color_scheme="light")
    page.wait_for_function("() => document.querySelector('.change-theme').ariaPressed === 'false'")


@on("reading")
def test_a_button_copies_the_code_alone(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    code = page.locator(".code-box").first
    code.hover()
    code.locator(".copy").click()
    assert page.evaluate("() => navigator.clipboard.readText()") == code.locator("code").text_content()
    assert page.locator(".announcement").text_content() == "Copied"
    console = page.locator(".code-box", has=page.locator(".language-console"))
    console.locator(".copy").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('.code-box:has(.language-console) .copy').textContent === 'Copied'")
    assert page.evaluate("() => navigator.clipboard.readText()") == "make\nmake test"


@on("reading")
def test_keys_go_to_the_neighbours_and_open_the_list_of_keys(page):
    page.keyboard.press("?")
    assert page.locator("dialog.keys").is_visible() and page.locator("dialog.keys kbd").count() > 6
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/chinese.html")
    page.keyboard.press("p")
    page.wait_for_url("**/reading.html")


@on("reading")
def test_keys_are_not_taken_from_whoever_types_and_can_be_switched_off(page):
    page.keyboard.press("/")
    page.keyboard.type("nt?")
    assert page.locator("dialog.search input").input_value() == "nt?" and page.url.endswith("reading.html")
    page.keyboard.press("Escape")
    page.locator(".open-keys").click()
    page.locator("dialog.keys input").uncheck()
    page.locator("dialog.keys .close").click()
    for _ in range(2):
        page.keyboard.press("/")
        assert not page.locator("dialog.search").is_visible()
        page.reload()


@on("gates")
def test_a_button_pressed_to_its_end_keeps_the_focus(page):
    forward = page.locator(".stepper .moves button").nth(1)
    forward.focus()
    for _ in range(8):
        page.keyboard.press("Enter")
    assert forward.get_attribute("aria-disabled") == "true"
    assert forward.evaluate("button => button === document.activeElement")


# MARK: On a phone and on paper


@on(width=PHONE)
def test_what_goes_on_beyond_an_edge_has_a_shadow_there(page):
    bare = page.evaluate("""
        boxes => boxes().filter(box => !getComputedStyle(box).backgroundAttachment.includes('local')).map(box => box.outerHTML.slice(0, 80))
    """.replace("boxes =>", "() => { const boxes =" + SCROLLING + "; return ").rstrip() + "}")
    assert not bare, bare[:5]


@on("reading", width=PHONE)
def test_a_long_equation_is_broken_at_its_relations(page):
    for equation in page.locator(".equation .scroll").all():
        assert equation.evaluate("box => box.scrollWidth - box.clientWidth") <= 1
    pieces = page.locator("#eq-long .lines > .lines > mrow").all()
    tops = [piece.bounding_box()["y"] for piece in pieces]
    assert len(pieces) == 7 and len(set(round(top) for top in tops)) > 2, tops


@on("reading", width=DESK)
def test_where_there_is_room_an_equation_is_not_broken(page):
    pieces = page.locator("#eq-long .lines > .lines > mrow").all()
    middles = [box["y"] + box["height"] for box in (piece.bounding_box() for piece in pieces[:3])]
    assert max(middles) - min(middles) < 20, middles


@on("reading", width=PHONE)
def test_the_first_column_of_a_wide_table_stays(page):
    box = page.locator("#tbl-cells .scroll")
    cell = box.locator("tbody tr").nth(1).locator("td").first
    before = cell.bounding_box()["x"]
    box.evaluate("box => box.scrollLeft = 200")
    assert box.evaluate("box => box.scrollLeft") == 200
    assert abs(cell.bounding_box()["x"] - before) < 2


@on("reading")
def test_on_paper_what_is_folded_is_open_and_nothing_is_there_to_press(page):
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".solution p", has_text="sailors").is_visible()
    assert page.locator("details.fold pre").is_visible()
    for pressed in ("header.site", "nav.course", "nav.contents", ".copy >> nth=0", "nav.steps"):
        assert not page.locator(pressed).is_visible(), pressed
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert not page.locator(".solution p", has_text="sailors").is_visible()


@on("gates", scheme="dark")
def test_tints_are_printed_on_white(page):
    page.evaluate("() => document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    assert paper(page) == "rgb(255, 255, 255)"
    tint = "() => getComputedStyle(document.querySelector('[class*=heat-]'))"
    assert page.evaluate(f"({tint})().printColorAdjust") == "exact"
