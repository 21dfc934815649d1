"""What the text of a lesson can hold: footnotes and sources, tasks, passages in other languages, widths."""

from browser import PHONE, on


@on("text")
def test_a_footnote_is_reached_by_the_keyboard_and_leads_back_to_where_it_was_read(page):
    page.locator("#note\\.word\\.2").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#note.word"
    # The link goes on from the place that it led to.
    page.keyboard.press("Tab")
    note = page.locator("#note\\.word")
    assert note.evaluate("note => note.contains(document.activeElement)")
    note.locator("a[aria-label='Back to the text (2)']").press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "note.word.2"


@on("text")
def test_the_numbers_of_notes_and_sources_have_names_and_lead_to_what_bears_the_number(page):
    for role in ["doc-noteref", "doc-biblioref"]:
        links = page.locator(f"[role={role}]")
        assert links.count() > 1
        for link in links.all():
            number = link.inner_text()
            assert link.get_attribute("aria-label").endswith(f" {number}")
            place = link.evaluate(
                "link => { const item = document.getElementById(link.hash.slice(1)); return [...item.parentElement.children].indexOf(item) + 1 }")
            assert str(place) == number


@on("text")
def test_a_box_of_a_task_stands_where_a_bullet_would_and_says_whether_it_is_done(page):
    boxes = page.locator("li.task input")
    assert [box.get_attribute("aria-label") for box in boxes.all()] == ["To do", "Done"]
    for box in boxes.all():
        left = box.bounding_box()["x"]
        text = box.evaluate("box => { const range = document.createRange(); range.selectNode(box.nextSibling); return range.getBoundingClientRect().x }")
        item = box.evaluate("box => box.closest('li').getBoundingClientRect().x")
        assert left < item and abs(text - item) < 4, (left, item, text)


@on("text", width=PHONE)
def test_a_width_is_a_part_of_the_text_s(page):
    share = page.evaluate("() => document.querySelector('#fig-square img').clientWidth / document.querySelector('main').clientWidth")
    assert abs(share - 0.5) < 0.01, share
