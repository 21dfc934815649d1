"""What holds on every page, whatever it shows."""

from browser import PHONE, on

# The size of a text on the screen: its font's, times what its picture is scaled by.
SMALL_TEXTS = """
() => [...document.querySelectorAll('svg text, svg tspan')].filter(text => text.textContent.trim()).map(text => ({
    text: text.textContent,
    size: parseFloat(getComputedStyle(text).fontSize) * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b),
})).filter(({ size }) => size < 11)
"""

# Boxes that cross the window's right edge without a box around them that scrolls.
OVERFLOWING = """
() => [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0 || box.right <= document.documentElement.clientWidth + 0.5) return false;
    for (let around = element.parentElement; around; around = around.parentElement)
        if (around !== document.documentElement && getComputedStyle(around).overflowX !== 'visible') return false;
    return true;
}).map(element => element.tagName + '.' + element.getAttribute('class') + ' ' + element.textContent.trim().slice(0, 40))
"""


@on(width=PHONE)
def test_no_text_in_a_picture_is_smaller_than_11_pixels_on_a_phone(page):
    small = page.evaluate(SMALL_TEXTS)
    assert not small, small[:8]


@on(width=PHONE)
def test_a_phone_never_scrolls_sideways(page):
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide: {page.evaluate(OVERFLOWING)[:5]}"


@on(width=360)
def test_nor_does_a_narrow_one(page):
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{wide} px too wide: {page.evaluate(OVERFLOWING)[:5]}"


@on()
def test_every_picture_has_a_name_and_every_box_that_scrolls_can_be_reached_by_the_keyboard(page):
    nameless = page.evaluate("() => [...document.querySelectorAll('svg:not([aria-label]):not([aria-hidden])')].length")
    assert nameless == 0, f"{nameless} pictures without a name"
    unreachable = page.evaluate("() => [...document.querySelectorAll('.scroll:not([tabindex])')].filter(box => box.scrollWidth > box.clientWidth + 1).length")
    assert unreachable == 0, f"{unreachable} boxes without a tabindex"
