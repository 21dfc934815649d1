"""Charts of awkward data: nothing lies upon anything, and nothing is cut off."""

from browser import PHONE, on

# Pairs of texts of one chart whose boxes overlap by more than a font's leading, which is empty.
OVERLAPPING_TEXTS = """
() => [...document.querySelectorAll('.chart')].flatMap(chart => {
    const texts = [...chart.querySelectorAll('text')].filter(text => text.textContent.trim());
    const boxes = texts.map(text => text.getBoundingClientRect());
    return texts.flatMap((text, i) => texts.slice(i + 1).flatMap((other, k) => {
        const [a, b] = [boxes[i], boxes[i + 1 + k]];
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        return wide > 1 && high > 4 ? [text.textContent + ' / ' + other.textContent] : [];
    }));
})
"""

CUT_OFF_TEXTS = """
() => [...document.querySelectorAll('.chart')].flatMap(chart => {
    const frame = chart.getBoundingClientRect();
    return [...chart.querySelectorAll('text')].filter(text => text.textContent.trim()).filter(text => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
    }).map(text => text.textContent);
})
"""

# Text of a picture that reaches into the sentence or the title above it.
UPON_TITLES = """
() => [...document.querySelectorAll('.way-in, .chart-title, .picture-label')].flatMap(title => {
    const above = title.getBoundingClientRect();
    return [...title.closest('.exhibit').querySelectorAll('svg *')].filter(shape => {
        const box = shape.getBoundingClientRect();
        return (box.width > 0 || box.height > 0) && box.top < above.bottom - 1 && box.bottom > above.top + 1;
    }).map(shape => title.textContent + ' / ' + shape.tagName + ' ' + shape.textContent);
})
"""

# Shapes of data that leave the field of the axes, by more than half a marker.
BEYOND_AXES = """
() => [...document.querySelectorAll('.lines .chart, .scatter .chart')].flatMap(chart => {
    const axis = [...chart.querySelectorAll('line.axis')].map(line => line.getBoundingClientRect());
    const rules = [...chart.querySelectorAll('line.grid')].map(line => line.getBoundingClientRect());
    const [left, right] = [Math.min(...axis.map(a => a.left)), Math.max(...axis.map(a => a.right))];
    const room = 8, [top, bottom] = [Math.min(...rules.map(r => r.top)) - 40, Math.max(...axis.map(a => a.top))];
    return [...chart.querySelectorAll('.series, .band, .point')].map(shape => shape.getBoundingClientRect())
        .filter(box => box.width + box.height > 0)
        .filter(box => box.left < left - room || box.right > right + room || box.top < top - room || box.bottom > bottom + room)
        .map(box => chart.getAttribute('aria-label'));
})
"""


def nothing(page, script):
    found = page.evaluate(script)
    assert not found, found[:8]


@on("charts", width=PHONE)
def test_no_text_lies_upon_another_on_a_phone(page):
    nothing(page, OVERLAPPING_TEXTS)


@on("charts")
def test_no_text_lies_upon_another_on_a_desk(page):
    nothing(page, OVERLAPPING_TEXTS)


@on("charts", width=PHONE)
def test_no_text_is_cut_off_on_a_phone(page):
    nothing(page, CUT_OFF_TEXTS)


@on("charts", width=PHONE)
def test_nothing_lies_upon_a_title_on_a_phone(page):
    nothing(page, UPON_TITLES)


@on("charts")
def test_nothing_lies_upon_a_title_on_a_desk(page):
    nothing(page, UPON_TITLES)


@on("charts")
def test_what_leads_out_of_a_chart_is_cut_at_its_edge(page):
    nothing(page, BEYOND_AXES)


@on("charts")
def test_every_chart_opens_with_its_sentence(page):
    charts = page.locator(".exhibit:has(> .chart), .exhibit:has(> .scroll > .chart)")
    assert charts.count() > 30
    assert charts.count() == page.locator(".exhibit:has(.chart) > .way-in:first-child").count()


@on("charts")
def test_a_long_table_scrolls_below_its_head(page):
    box = page.locator(".columns > .scroll", has=page.locator("tr:nth-child(400)"))
    head = box.locator("thead th").first
    before = head.bounding_box()["y"] - box.bounding_box()["y"]
    box.evaluate("box => box.scrollTop = 5000")
    assert box.evaluate("box => box.scrollTop") > 1000
    assert abs(head.bounding_box()["y"] - box.bounding_box()["y"]) <= max(2, before)
