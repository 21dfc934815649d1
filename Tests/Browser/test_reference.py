"""Names in code tell what they are, by pointer, touch and keyboard, and lead to the reference."""

from browser import PHONE, on

# Where it is called, it is the initializer.
TENSOR = '.code a.name:text-is("Tensor")'


def tip(page):
    return page.locator("#tip").inner_text() if page.locator("#tip").is_visible() else None


@on("gates")
def test_a_name_of_the_library_tells_its_declaration_and_what_it_is(page):
    page.locator(TENSOR).first.hover()
    assert "init(_ parts: [[[Double]]])" in tip(page) and "Three axes" in tip(page), tip(page)
    page.mouse.move(2, 2)
    assert tip(page) is None


@on("gates")
def test_a_variable_tells_its_type_and_lights_up_where_it_stands_again(page):
    variable = page.locator(".code span.name").first
    variable.hover()
    assert tip(page).startswith(variable.inner_text() + ": "), tip(page)
    lit = page.locator(".name.is-linked").all_inner_texts()
    assert len(lit) > 1 and set(lit) == {variable.inner_text()}, lit


@on("gates")
def test_a_click_on_a_name_leads_to_its_place_in_the_reference(page):
    link = page.locator(TENSOR).first
    place = link.get_attribute("href").split("#")[1]
    link.click()
    page.wait_for_url("**/reference-*.html*")
    # The browser may still be on its way there.
    page.wait_for_function("""
        place => { const top = document.getElementById(decodeURIComponent(place))?.getBoundingClientRect().top; return top >= 0 && top < innerHeight; }
    """, arg=place)


@on("gates")
def test_names_are_reached_by_the_keyboard_told_followed_and_left(page):
    block = page.locator("pre.code:has(.name)").first
    block.focus()
    page.keyboard.press("Enter")
    first = page.evaluate("() => document.activeElement.textContent")
    assert tip(page) and first in tip(page), (first, tip(page))
    page.keyboard.press("ArrowRight")
    second = page.evaluate("() => document.activeElement.matches('.name') && document.activeElement.textContent")
    assert second and second in tip(page), (second, tip(page))
    page.keyboard.press("Escape")
    assert tip(page) is None and block.evaluate("block => block === document.activeElement")
    stops = page.evaluate("() => [...document.querySelectorAll('.code .name')].filter(name => name.tabIndex >= 0).length")
    assert stops == 0, stops


@on("gates")
def test_the_first_touch_tells_and_the_second_follows(page):
    context = page.context.browser.new_context(viewport={"width": PHONE, "height": 800}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(page.url)
    name = phone.locator(TENSOR).first
    name.tap()
    assert "init(" in phone.locator("#tip").inner_text() and phone.url == page.url
    name.tap()
    phone.wait_for_url("**/reference-*.html*")
    context.close()


@on("reference", "reference-tensor", "reference-layers", "reference-pytorch", width=PHONE)
def test_the_reference_fits_a_phone(page):
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert wide <= PHONE, wide
    cut = page.evaluate("() => [...document.querySelectorAll('.declaration')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.id)")
    assert cut == [], cut


@on("reference-tensor")
def test_every_type_of_a_declaration_that_is_a_link_leads_to_it(page):
    dead = page.evaluate("""
        () => [...document.querySelectorAll('.declaration a:not(.anchor)')].map(a => a.getAttribute('href')).filter(href => {
            const [file, place] = href.split('#');
            return file === 'reference-tensor.html' && !document.getElementById(decodeURIComponent(place));
        })
    """)
    assert dead == [], dead
