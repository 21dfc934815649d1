"""A derivation: its walk from the last step to the first, and each arrow's equation."""

from browser import on

SHOWN = """
() => {
    const parts = document.querySelector('.flow-parts');
    const visible = [...parts.querySelectorAll('.arrival')].filter(arrival => arrival.getClientRects().length > 0);
    const lit = [...parts.querySelectorAll('.flow-road.is-current')];
    return {
        steps: [...new Set(visible.map(arrival => arrival.dataset.t))], equations: visible.flatMap(a => [...a.querySelectorAll('.road')]).map(r => r.id),
        arrows: lit.map(road => road.getAttribute('href').slice(1)), shown: parts.querySelector('output').textContent,
        chosen: [...parts.querySelectorAll('.road.is-chosen')].map(road => road.id), address: location.hash,
    };
}
"""


@on("derivation")
def test_the_walk_goes_from_the_last_step_to_the_first_with_the_arrows_and_equations_of_each(page):
    on_ = page.get_by_label("One step to the left, as the loss comes back").first
    for t in ("3", "2", "1", "1"):
        shown = page.evaluate(SHOWN)
        assert shown["steps"] == [t] and shown["shown"] == f"t = {t}", shown
        assert sorted(shown["arrows"]) == sorted(shown["equations"]) and len(shown["arrows"]) == (1 if t == "3" else 2), shown
        on_.press("Enter")


@on("derivation")
def test_the_slider_stands_as_the_graph_does_and_goes_left_with_the_loss(page):
    places = """
        () => {
            const parts = document.querySelector('.flow-parts'), slider = parts.querySelector('input');
            const node = parts.querySelector('.flow-node.is-current').getBoundingClientRect();
            return [Number(slider.value) / Number(slider.max), slider.getAttribute('aria-valuetext'), node.left];
        }
    """
    slider = page.locator(".flow-parts .stepper input").first
    end = page.evaluate(places)
    slider.press("ArrowLeft")
    middle = page.evaluate(places)
    slider.press("Home")
    start = page.evaluate(places)
    assert [place[:2] for place in (end, middle, start)] == [[1, "t = 3"], [0.5, "t = 2"], [0, "t = 1"]], (end, middle, start)
    assert start[2] < middle[2] < end[2], (start, middle, end)
    assert "right to left" in page.locator(".flow-parts .stepper label").first.text_content()


@on("derivation")
def test_a_press_on_an_arrow_shows_its_equation_without_leaving_the_place(page):
    arrow = page.locator('.flow-road[data-t="1"].state').first
    arrow.locator("text").click()
    shown = page.evaluate(SHOWN)
    assert shown["steps"] == ["1"] and shown["chosen"] == [arrow.get_attribute("href")[1:]] and shown["address"] == "", shown


@on("derivation")
def test_an_arrow_is_reached_and_followed_by_the_keyboard(page):
    arrow = page.locator('.flow-road[data-t="2"].loss').first
    arrow.focus()
    page.keyboard.press("Enter")
    shown = page.evaluate(SHOWN)
    assert shown["chosen"] == [arrow.get_attribute("href")[1:]], shown


@on("derivation")
def test_without_the_script_an_arrow_leads_to_its_equation_which_opens(page):
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page.url)
    arrow = plain.locator('.flow-road[data-t="2"].loss').first
    target = plain.locator(f'[id="{arrow.get_attribute("href")[1:]}"]')
    assert target.count() == 1 and not target.is_visible()
    arrow.locator("text").click()
    assert target.is_visible()
    plain.context.close()


@on("derivation")
def test_the_long_form_is_folded_and_whole(page):
    long = page.locator(".long-form").first
    assert long.locator("math").count() > 10 and not long.locator("math").first.is_visible()
    long.locator("summary").click()
    assert long.locator("math").first.is_visible()


@on("derivation")
def test_a_map_opens_into_its_numbers(page):
    contribution = page.locator(".contribution").first
    assert contribution.locator(".map").count() == 4 and not contribution.locator("table").is_visible()
    contribution.locator("summary").click()
    assert contribution.locator("table").is_visible()


@on("derivation", width=794)
def test_on_paper_the_long_form_is_parted_between_its_rows_and_its_summary_looks_open(page):
    page.emulate_media(media="print")
    shown = page.evaluate("""
        () => {
            const style = selector => getComputedStyle(document.querySelector(selector));
            return [style('.long-form semantics > mtable').display, style('.long-form semantics > mtable > mtr').breakInside,
                style('.long-form:not([open]) > summary').listStyleType];
        }
    """)
    assert shown == ["table", "avoid", "disclosure-open"], shown


@on("derivation", width=794)
def test_paper_has_every_step_s_equations_and_no_picture_wider_than_it_is(page):
    page.emulate_media(media="print")
    shown = page.evaluate(SHOWN)
    assert shown["steps"] == ["3", "2", "1"], shown
    wide = page.evaluate("() => Math.max(...[...document.querySelectorAll('svg')].map(svg => svg.getBoundingClientRect().right)) - innerWidth")
    assert wide <= 0, wide
