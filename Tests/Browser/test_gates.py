"""A trace: stepping, its long tables, and what is left of it without the script and on paper."""

from browser import PHONE, on

# What the drawing tells, what the table tells at the current column, and where the ribbon's frame stands.
STATE = """
() => {
    const parts = document.querySelector('.track-parts'), table = parts.querySelector('table');
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex(head => head.classList.contains('is-current'));
    const unit = parts.querySelector('select').value;
    const value = (symbol, column) => table.querySelector(`tbody[data-quantity="${symbol}"] tr[data-unit="${unit}"]`).cells[column].textContent.trim();
    const told = name => [...parts.querySelectorAll('.track-cell .value')].filter(v => v.dataset.quantity === name).map(v => v.textContent);
    const frame = parts.querySelector('.frame');
    return {
        step: heads[column].dataset.step, shown: parts.querySelector('output').textContent, note: parts.querySelector('.track-cell p').textContent,
        drawn: ['f', 'c', 'h', 'f_t ⊙ c_{t-1}'].map(name => told(name)[0]), table: ['f', 'c', 'h', 'f_t ⊙ c_{t-1}'].map(name => value(name, column)),
        before: [told('previous-c')[0], value('c', column - 1)],
        frame: (frame.getAttribute('x') - frame.dataset.start) / frame.dataset.size,
        focus: document.activeElement.getAttribute('aria-label'),
    };
}
"""


def check(state, step):
    assert state["step"] == str(step) and state["shown"].startswith(str(step)), state
    assert state["drawn"] == state["table"], state
    assert state["before"][0] == state["before"][1], state
    assert abs(state["frame"] - step) < 1e-6, state


@on("gates")
def test_buttons_move_the_cell_the_ribbon_and_the_table_together_and_keep_the_focus_at_both_ends(page):
    back, on_ = page.get_by_label("Step back").first, page.get_by_label("Step on").first
    for _ in range(6):
        back.press("Enter")
    check(page.evaluate(STATE), 0)
    assert page.evaluate(STATE)["focus"] == "Step back"
    for step in (1, 2, 3, 3, 3):
        on_.press("Enter")
        check(page.evaluate(STATE), step)
    assert page.evaluate(STATE)["focus"] == "Step on"


@on("gates")
def test_the_slider_goes_by_arrow_keys_and_a_press_on_the_ribbon_or_a_column_goes_there(page):
    page.locator(".stepper input").first.press("Home")
    page.locator(".stepper input").first.press("ArrowRight")
    check(page.evaluate(STATE), 1)
    frame = page.locator(".ribbon .frame").first.bounding_box()
    page.mouse.click(frame["x"] + 1.5 * frame["width"], frame["y"] + 30)
    check(page.evaluate(STATE), 2)
    page.locator('th[data-step="0"]').first.click()
    check(page.evaluate(STATE), 0)


@on("gates")
def test_a_trace_begins_at_the_step_and_unit_that_its_sentence_names(page):
    told = page.locator(".way-in").first.text_content()
    note = page.evaluate(STATE)["note"]
    step, unit = told.split(" at step ")[1].split(" ")[0], told.split(" of unit ")[1].split(":")[0]
    assert note == f"Step {step} (t\u00a0=\u00a0{int(step) + 1}), unit {unit}", (told, note)


@on("gates", width=PHONE)
def test_the_head_and_the_names_of_a_long_table_stay_where_they_are_while_it_is_scrolled(page):
    page.locator(".track-numbers summary").nth(1).click()
    places = page.evaluate("""
        () => {
            const box = document.querySelectorAll('.track-numbers')[1].querySelector('.scroll'), table = box.querySelector('table');
            box.scrollTo(1500, 1500);
            const outer = box.getBoundingClientRect(), row = [...table.querySelectorAll('tr[data-unit] th')].find(
                th => th.getBoundingClientRect().top > outer.top + 60);
            return [table.tHead.rows[0].cells[5].getBoundingClientRect().top - outer.top, row.getBoundingClientRect().left - outer.left,
                box.scrollLeft, box.scrollTop, table.querySelectorAll('data').length];
        }
    """)
    assert abs(places[0]) < 2 and abs(places[1]) < 2 and places[2] > 1000 and places[3] > 1000, places
    # 6 quantities and 3 products of 64 units, with the states before the first; and 3 features.
    assert places[4] == 60 * (64 * 9 + 3) + 2 * 64, places


@on("gates")
def test_of_many_units_all_are_seen_at_once_and_a_press_goes_to_a_step_in_every_picture(page):
    parts = page.locator(".track-parts").nth(1)
    # 60 steps of 64 units: what moves most and what is remembered.
    assert parts.locator(".overview-map").count() == 2 and parts.locator(".overview-map path").count() > 5
    map_ = parts.locator(".overview-map .strip").last
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    page.mouse.click(box["x"] + box["width"] * 30.5 / 60, box["y"] + box["height"] / 2)
    steps = parts.evaluate("""
        parts => [...parts.querySelectorAll('.frame')].map(frame => Math.round((frame.getAttribute('x') - frame.dataset.start) / frame.dataset.size))
    """)
    assert steps == [30, 30], steps
    assert parts.locator(".track-cell p").text_content().startswith("Step 30 (t")


@on("gates", width=PHONE)
def test_a_long_table_is_scrolled_to_where_a_column_begins(page):
    page.locator(".track-numbers summary").nth(1).click()
    page.locator(".track-parts").nth(1).get_by_label("Step on").press("Enter")
    page.wait_for_timeout(100)
    place, starts = page.evaluate("""
        () => {
            const box = document.querySelectorAll('.track-numbers')[1].querySelector('.scroll'), heads = [...box.querySelector('thead tr').cells];
            return [box.scrollLeft, heads.slice(1).map(head => head.offsetLeft - heads[0].offsetWidth)];
        }
    """)
    assert place > 100 and min(abs(place - start) for start in starts) < 1, (place, starts[:8])


@on("gates", width=PHONE)
def test_a_worked_sum_that_has_no_room_goes_on_below_with_its_sign_first(page):
    wide, lines = page.evaluate("""
        () => {
            const worked = document.querySelector('.worked');
            const wide = [...worked.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1).length;
            const starts = [...worked.querySelectorAll('.lines')].flatMap(line => {
                const pieces = [...line.children], top = pieces[0].getBoundingClientRect().bottom;
                return pieces.filter(piece => piece.getBoundingClientRect().top >= top - 2).map(piece => piece.textContent.trim()[0]);
            });
            return [wide, starts];
        }
    """)
    assert wide == 0 and len(lines) > 2 and set(lines) <= {"+", "="}, (wide, lines)


@on("gates")
def test_as_a_heat_map_a_table_shows_tints_in_place_of_digits_and_tells_them_all_the_same(page):
    before = page.locator(".track-numbers table").first.bounding_box()["width"]
    page.locator(".heat-switch input").first.check()
    cell = page.locator('tbody[data-quantity="f"] td data').first
    assert cell.evaluate("cell => getComputedStyle(cell).fontSize") == "0px"
    wide = page.locator(".track-numbers table").first.bounding_box()["width"]
    assert wide < before * 0.8, (wide, before)
    page.locator('tbody[data-quantity="f"] td').nth(1).hover()
    assert page.locator("#tip").is_visible()


@on("gates")
def test_without_the_script_every_step_is_there(page):
    plain = page.context.browser.new_context(java_script_enabled=False).new_page()
    plain.goto(page.url)
    assert plain.locator(".stepper").count() == 0
    assert plain.locator("table").first.locator('tbody[data-quantity="f"] data').count() == 12
    assert plain.locator("table").first.is_visible() and plain.locator(".ribbon").first.is_visible()
    plain.context.close()


@on("gates")
def test_paper_has_the_step_that_the_note_names_and_all_steps_of_a_short_trace(page):
    page.emulate_media(media="print")
    assert not page.locator(".stepper").first.is_visible()
    state = page.evaluate(STATE)
    assert state["drawn"] == state["table"] and f"Step {state['step']} (" in state["note"]
    hidden = page.evaluate("""
        () => { const box = document.querySelector('.track-numbers .scroll'); return box.scrollHeight - box.clientHeight; }
    """)
    assert hidden <= 0, hidden
    # As wide as the text on a sheet of A4.
    page.set_viewport_size({"width": 720, "height": 900})
    cut = page.evaluate("""
        () => [...document.querySelectorAll('.track-numbers:not(.long) .scroll')].filter(box => box.scrollWidth > box.clientWidth + 1)
            .map(box => box.querySelectorAll('thead th').length)
    """)
    assert not cut, cut
    assert page.locator(".track-numbers.long").count() > 0 and not page.locator(".track-numbers.long").first.is_visible()
