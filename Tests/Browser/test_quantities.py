"""A quantity is one colour everywhere; what is pointed at, touched or focused is told, and lit up in its other places."""

from browser import on

LIT = "() => [...document.querySelectorAll('.is-linked')].map(e => e.tagName.toLowerCase() + '.' + (e.closest('.track-parts, .equation, p, .code') ? e.closest('.track-parts, .equation, p, .code').className || 'p' : 'else'))"


def tip(page):
    return page.locator("#tip").inner_text() if page.locator("#tip").is_visible() else None


@on("gates")
def test_a_symbol_of_an_equation_is_lit_in_equations_text_wires_ribbon_and_table(page):
    page.locator('.equation math [data-quantity="f"]').first.hover()
    lit = page.evaluate(LIT)
    for place in ("msub.equation", "msub.p", "path.track-parts", "g.track-parts", "tbody.track-parts"):
        assert any(found.startswith(place) for found in lit), (place, lit)
    told = tip(page)
    assert "forgetGate" in told and "(1, 3)" in told and "(1)" in told, told
    others = page.evaluate("() => [...document.querySelectorAll('.is-linked')].filter(e => (e.dataset.quantity ?? 'f').replace('previous-', '') !== 'f').length")
    assert others == 0


@on("gates")
def test_a_number_tells_its_place_and_all_its_digits_and_is_lit_where_it_stands_again(page):
    inline = page.locator("p > data").first
    value = inline.get_attribute("value")
    cell = page.locator(f'.track-numbers data[value="{value}"]').first
    cell.hover()
    told = tip(page)
    assert value in told and "f[0], step 1" in told, told
    assert inline.evaluate("e => e.classList.contains('is-linked')")
    page.mouse.move(2, 2)
    assert tip(page) is None and page.evaluate(LIT) == []


@on("gates")
def test_a_number_of_a_worked_equation_tells_all_its_digits_and_its_place_and_is_lit_in_the_table(page):
    value = page.locator("p > data").first.get_attribute("value")
    number = page.locator(f'.worked math [data-value="{value}"]').first
    number.scroll_into_view_if_needed()
    number.hover()
    told = tip(page)
    assert value in told and "f[0], step 1" in told, told
    lit = page.evaluate("() => [...document.querySelectorAll('.is-linked')].map(e => (e.closest('.worked, .track-numbers') ?? e.parentElement).className || e.parentElement.tagName)")
    for place in ("exhibit worked", "track-numbers", "P"):
        assert place in lit, (place, lit)


@on("derivation")
def test_a_number_of_a_derivation_tells_all_its_digits_by_pointer_and_by_keyboard(page):
    box = page.locator(".arrivals .arrival:not([hidden]) .scroll").first
    number = box.locator("[data-value]").first
    number.hover()
    assert number.get_attribute("data-value").replace("-", "\u2212") == tip(page), tip(page)
    page.mouse.move(2, 2)
    page.locator('.derivation [tabindex="0"]').first.focus()
    page.keyboard.press("Enter")
    for _ in range(80):
        if page.evaluate("() => document.activeElement.dataset.value"):
            break
        page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.dataset.value").replace("-", "\u2212") == tip(page)


@on("gates")
def test_numbers_are_reached_by_the_keyboard_told_and_left(page):
    box = page.locator(".track-numbers .scroll").first
    box.focus()
    page.keyboard.press("Enter")
    first = page.evaluate("() => document.activeElement.getAttribute('value')")
    assert first is not None and tip(page) is not None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    place = page.evaluate("""
        () => { const d = document.activeElement, c = d.closest('td'); return [d.tagName, c.closest('tbody').dataset.quantity, c.parentElement.dataset.unit, c.cellIndex]; }
    """)
    assert place == ["DATA", "i", "0", 3], place
    assert page.evaluate("() => document.activeElement.getAttribute('value')") in tip(page)
    assert page.evaluate("() => document.activeElement.getAttribute('aria-describedby')") == "tip"
    page.keyboard.press("Escape")
    assert tip(page) is None and box.evaluate("box => box === document.activeElement")


@on("gates")
def test_symbols_of_equations_and_pictures_are_reached_by_the_keyboard(page):
    for box in (page.locator(".equation .scroll").first, page.locator(".track-cell .scroll").first):
        box.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.dataset.quantity") and tip(page), box
        page.keyboard.press("Escape")
        assert tip(page) is None


@on("gates")
def test_a_value_in_a_sentence_is_a_stop_of_the_tab_key(page):
    inline = page.locator("p > data").first
    inline.focus()
    assert inline.get_attribute("value") in tip(page)


@on("gates")
def test_a_touch_tells_too(page):
    context = page.context.browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    phone = context.new_page()
    phone.goto(page.url)
    cell = phone.locator('tbody[data-quantity="f"] data').nth(2)
    cell.tap()
    assert cell.get_attribute("value") in phone.locator("#tip").inner_text()
    box = phone.locator("#tip").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390, box
    context.close()


COLOURS = """
symbol => {
    const colour = (selector, property) => {
        const element = document.querySelector(selector);
        return element && getComputedStyle(element)[property];
    };
    return [
        colour(`.equation math [data-quantity="${symbol}"] > mi`, 'color'), colour(`.gates .scroll math [data-quantity="${symbol}"] > mi`, 'color'),
        colour(`.track-cell path[data-quantity="${symbol}"]`, 'stroke'), colour(`.ribbon [data-quantity="${symbol}"] .bars`, 'fill'),
        colour(`tbody[data-quantity="${symbol}"] .group math`, 'color'), colour(`.track-cell .letter[data-quantity="${symbol}"]`, 'fill'),
    ].filter(Boolean);
}
"""


@on("gates")
def test_a_quantity_has_one_colour_wherever_it_stands_and_another_than_others(page):
    colours = {symbol: page.evaluate(COLOURS, symbol) for symbol in "ifgoch"}
    for symbol, found in colours.items():
        assert len(found) >= 5 and len(set(found)) == 1, (symbol, found)
    assert len({found[0] for found in colours.values()}) == 6, colours


CONTRASTS = """
() => {
    // `rgb(…)` counts to 255, `color(srgb …)` to 1.
    const channels = colour => colour.match(/[\\d.]+/g).map(Number).map((v, i) => colour.startsWith('color') && i < 3 ? v * 255 : v);
    const light = c => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
        const v = c[i] / 255;
        return sum + weight * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    }, 0);
    const over = (c, paper) => c.slice(0, 3).map((v, i) => v * (c[3] ?? 1) + paper[i] * (1 - (c[3] ?? 1)));
    const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((x, y) => y - x); return (x + 0.05) / (y + 0.05); };
    const paper = channels(getComputedStyle(document.body).backgroundColor);
    const made = level => {
        const cell = document.createElement('td');
        cell.className = level;
        cell.textContent = '1';
        document.querySelector('.track-numbers table').rows[2].append(cell);
        const style = getComputedStyle(cell), tint = over(channels(style.backgroundColor), paper);
        const result = { tint, text: ratio(channels(style.color), tint), paper: ratio(tint, paper) };
        cell.remove();
        return result;
    };
    const tints = {};
    for (const sign of 'pn') for (let level = 1; level <= 8; level++) tints[sign + level] = made(`heat-${sign}${level}`);
    return { tints, signs: ratio(tints.p8.tint, tints.n8.tint) };
}
"""


def contrasts(page):
    found = page.evaluate(CONTRASTS)
    tints = found["tints"]
    assert min(tint["text"] for tint in tints.values()) >= 4.4, {name: round(tint["text"], 2) for name, tint in tints.items()}
    assert tints["p8"]["paper"] >= 3 and tints["n8"]["paper"] >= 3, tints
    assert found["signs"] >= 1.5, found["signs"]
    for sign in "pn":
        sizes = [tints[f"{sign}{level}"]["paper"] for level in range(1, 9)]
        assert sizes == sorted(sizes) and sizes[0] > 1.08, sizes


@on("gates")
def test_tints_tell_strong_from_weak_and_plus_from_minus_in_grey_and_numbers_upon_them_can_be_read(page):
    contrasts(page)


@on("gates", scheme="dark")
def test_so_they_do_in_the_dark(page):
    contrasts(page)
