"""Search: a key opens it, what is typed is answered at once and by rank, and the keyboard leads on."""

from browser import PHONE, on, published


def search(page, words):
    page.keyboard.press("/")
    page.wait_for_function("() => typeof searchIndex !== 'undefined'")
    page.keyboard.type(words)
    return page.locator("dialog.search li a")


@on("index")
def test_a_word_of_the_text_is_found_with_its_section_and_marked(page):
    found = search(page, "sailors")
    assert found.count() == 1
    assert found.locator(".result-title").text_content() == "5.4 Questions"
    assert found.locator(".result-page").text_content() == "A page to read"
    assert found.locator("mark").all_text_contents() == ["sailors"]
    assert found.get_attribute("href").endswith("reading.html#questions")
    assert page.locator("dialog.search [role=status]").text_content() == "1 place"


@on("index")
def test_a_heading_comes_before_text(page):
    found = search(page, "equations")
    assert found.count() > 2
    assert found.first.locator(".result-title").text_content() == "5.2 Equations that are long"


@on("index")
def test_all_words_must_be_there_and_their_case_does_not_matter(page):
    assert search(page, "SEMAPHORE nothing").count() == 1
    page.keyboard.type(" heptadecagon")
    assert page.locator("dialog.search li").count() == 0
    assert page.locator("dialog.search [role=status]").text_content() == "Nothing found"


@on("index")
def test_names_in_code_are_found(page):
    found = search(page, "bidirectional")
    assert "5.1 Code that is wide" in found.locator(".result-title").all_text_contents()


@on("index")
def test_chinese_is_found_by_its_characters(page):
    found = search(page, "细胞状态")
    assert found.first.get_attribute("href").endswith("chinese.html#%E9%81%97%E5%BF%98%E9%97%A8%E7%9A%84%E4%BD%9C%E7%94%A8")
    assert page.locator("dialog.search li").first.get_attribute("lang") == "zh"
    # Words that do not stand beside each other there.
    page.locator("dialog.search input").fill("梯度消失")
    assert found.locator(".result-title").all_text_contents() == ["6.2 梯度为什么消失"]
    page.locator("dialog.search input").fill("注意力机制")
    assert found.count() == 0


@on("chinese")
def test_a_page_in_chinese_searches_in_chinese(page):
    search(page, "sailors")
    assert page.locator("dialog.search [role=status]").text_content() == "找到 1 处"


@on("index")
def test_arrows_go_through_what_is_found_and_enter_opens_it(page):
    found = search(page, "equations")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert found.nth(1).evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("() => document.activeElement.name") == "query"
    page.keyboard.press("Enter")
    page.wait_for_url("**/reading.html#equations-that-are-long")


@on("reading")
def test_a_place_on_this_page_closes_search_and_is_gone_to(page):
    search(page, "sailors")
    page.keyboard.press("Enter")
    assert not page.locator("dialog.search").is_visible()
    page.wait_for_function("() => document.getElementById('questions').getBoundingClientRect().top < innerHeight - 100")


@on("reading", width=PHONE)
def test_escape_closes_search_and_the_button_has_the_focus_again(page):
    button = page.locator(".open-search")
    button.click()
    page.keyboard.type("gate")
    page.wait_for_function("() => document.querySelectorAll('dialog.search li').length > 0")
    page.keyboard.press("Escape")
    assert button.evaluate("button => button === document.activeElement")


# MARK: In two languages


def course_page(name):
    return next(address for address in published() if address.endswith("/" + name))


@on("index")
def test_a_page_leads_to_its_translation_and_back(page):
    page.goto(course_page("lstm-gates.html"))
    page.locator(".to-edition").click()
    page.wait_for_url("**/lstm-gates.zh.html")
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.locator("nav.course a[aria-current]").inner_text().startswith("8")
    page.keyboard.press("n")
    page.wait_for_url("**/why-the-lstm-remembers.zh.html")
    page.locator(".to-edition").click()
    page.wait_for_url("**/why-the-lstm-remembers.html")


@on("index")
def test_search_tells_what_is_in_the_page_s_language_first(page):
    for name, first, second in [("index.zh.html", "zh", "en"), ("index.html", "en", "zh")]:
        page.goto(course_page(name))
        page.keyboard.press("/")
        page.wait_for_function("() => typeof searchIndex !== 'undefined'")
        page.keyboard.type("perplexity")
        page.wait_for_function("() => document.querySelectorAll('dialog.search li').length > 0")
        languages = page.locator("dialog.search li.lesson").evaluate_all("items => items.map(item => item.lang)")
        assert languages == sorted(languages, key=lambda tag: tag != first) and first in languages, languages
        assert second in languages, languages
