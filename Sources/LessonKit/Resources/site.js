// What a reader does with a page: looks for words, changes its colours, copies its code, goes by keys, sees where they are.
// Without this script all of it can be read, and every page reached, all the same. `make` is exhibits.js's.
"use strict";

// What the reader chose, where the browser keeps it.
const settings = {
  get(name) { try { return localStorage.getItem(name) ?? ""; } catch { return ""; } },
  set(name, value) { try { localStorage.setItem(name, value); } catch { /* It holds for this page. */ } },
};

// MARK: Colours

// The page follows the system until the reader wants it otherwise.
class Theme {
  constructor(button) {
    this.button = button;
    this.system = matchMedia("(prefers-color-scheme: dark)");
    this.system.addEventListener("change", () => this.show());
    button.addEventListener("click", () => this.change());
    this.show();
  }

  get ofSystem() { return this.system.matches ? "dark" : "light"; }
  get current() { return document.documentElement.dataset.theme || this.ofSystem; }

  change() {
    const theme = this.current === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme === this.ofSystem ? "" : theme;
    settings.set("theme", document.documentElement.dataset.theme);
    this.show();
  }

  show() { this.button.setAttribute("aria-pressed", String(this.current === "dark")); }
}

// MARK: Code

// A button on each piece of code that copies it: of a terminal's text the commands alone.
class CopyButton {
  constructor(code, button, announcement) {
    this.code = code;
    this.button = button;
    this.announcement = announcement;
    this.word = button.textContent;
    const box = make("div", { className: "code-box" });
    code.replaceWith(box);
    box.append(code, button);
    button.addEventListener("click", () => this.copy());
  }

  get text() {
    const commands = [...this.code.querySelectorAll(".tok-command")].map((command) => command.textContent.replace(/^\$ /, ""));
    return commands.length > 0 ? commands.join("\n") : this.code.textContent;
  }

  async copy() {
    try {
      await navigator.clipboard.writeText(this.text);
    } catch {
      this.copyBySelection();
    }
    this.button.textContent = this.announcement.textContent = this.button.dataset.done;
    setTimeout(() => {
      this.button.textContent = this.word;
      this.announcement.textContent = "";
    }, 2000);
  }

  // For browsers that lend the clipboard only to pages of the web.
  copyBySelection() {
    const field = make("textarea", { value: this.text });
    this.code.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    this.button.focus();
  }
}

// MARK: Boxes that scroll

// Only a box that scrolls is a stop of the Tab key, and of those that Enter goes into code, pictures and the first of an
// exhibit: arrows lead on to the others.
class TabStops {
  constructor() {
    this.boxes = [...document.querySelectorAll(".scroll, pre[tabindex]")];
    const sizes = new ResizeObserver(() => this.update());
    for (const box of this.boxes) {
      sizes.observe(box);
      box.addEventListener("scroll", () => box.classList.toggle("is-scrolled", box.scrollLeft > 0), { passive: true });
    }
  }

  update() {
    const entered = new Set();
    // All are measured before any is changed, which would make the browser lay out the page for each.
    const stops = this.boxes.map((box) => this.scrolls(box) || this.isEntrance(box, entered));
    this.boxes.forEach((box, index) => {
      if (stops[index]) box.tabIndex = 0;
      else if (box !== document.activeElement) box.removeAttribute("tabindex");
    });
  }

  scrolls(box) {
    const isHigh = box.scrollHeight > box.clientHeight + 1 && getComputedStyle(box).overflowY !== "hidden";
    return box.scrollWidth > box.clientWidth + 1 || isHigh;
  }

  isEntrance(box, entered) {
    const exhibit = box.closest(".exhibit") ?? box;
    if (box.clientWidth === 0 || !box.querySelector("data, [data-value], [data-quantity], .name")) return false;
    const isFirst = !entered.has(exhibit);
    entered.add(exhibit);
    return isFirst || Boolean(box.querySelector("svg"));
  }
}

// MARK: Contents

// Marks in the contents the section that is being read.
class Contents {
  constructor(links) {
    this.links = links;
    this.headings = [...new Set(links.map((link) => link.hash))].map((hash) => document.getElementById(decodeURIComponent(hash.slice(1))))
      .filter(Boolean);
    if (this.headings.length === 0) return;
    let isAsked = false;
    const follow = () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => { isAsked = false; this.follow(); });
    };
    for (const type of ["scroll", "resize"]) addEventListener(type, follow, { passive: true });
    follow();
  }

  get current() {
    const page = document.documentElement;
    const isAtEnd = page.scrollTop > 0 && page.scrollTop + page.clientHeight >= page.scrollHeight - 2;
    if (isAtEnd) return this.headings.at(-1);
    return this.headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 4);
  }

  follow() {
    const current = this.current;
    if (current === this.marked) return;
    this.marked = current;
    for (const link of this.links) {
      if (current && decodeURIComponent(link.hash.slice(1)) === current.id) {
        link.setAttribute("aria-current", "location");
        this.reveal(link);
      } else {
        link.removeAttribute("aria-current");
      }
    }
  }

  // Only the column's own box is scrolled, never the page.
  reveal(link) {
    const column = link.closest(".course");
    if (!column) return;
    const [box, place] = [column.getBoundingClientRect(), link.getBoundingClientRect()];
    if (place.top < box.top || place.bottom > box.bottom) column.scrollTop += place.top - box.top - box.height / 2;
  }
}

// MARK: Search

const isHan = /^\p{Script=Han}+$/u;
const scripts = document.currentScript.src;

// As long as the text itself, so that a place in one is a place in the other: without case and accents.
function folded(text) {
  const plain = (character) => character.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return text.replace(/[^\x00-\x7f]/gu, (character) => plain(character).length === character.length ? plain(character) : character)
    .toLowerCase();
}

// Chinese has no spaces: what is written in it is one term by itself.
function terms(query) {
  return folded(query).match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? [];
}

// A section of a page, and how well it answers a query.
class Section {
  constructor(page, [id, heading, text, names]) {
    this.page = page;
    this.href = new URL(page.href + (id ? "#" + encodeURIComponent(id) : ""), scripts).href;
    this.heading = heading || page.title;
    this.text = text;
    this.fields = [
      { text: folded(this.heading), weight: 8 },
      { text: folded(names), weight: 5 },
      { text: folded(text), weight: 2 },
      { text: folded(page.title), weight: 1 },
    ];
  }

  // 0 where a term is nowhere in it. What a lesson teaches comes before what the reference lists.
  score(terms) {
    const scores = terms.map((term) => this.weigh(term) || this.weighPairs(term));
    const sum = scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0);
    return this.page.kind === "reference" ? sum / 2 : sum;
  }

  // A whole word counts more than the beginning of one, and that more than its middle.
  weigh(term) {
    const isLetter = (character) => /[\p{L}\p{N}]/u.test(character ?? "") && !isHan.test(character);
    return this.fields.reduce((sum, { text, weight }) => {
      let best = 0, count = 0;
      for (let place = text.indexOf(term); place >= 0 && count < 5; place = text.indexOf(term, place + term.length)) {
        const begins = !isLetter(text[place - 1]), ends = !isLetter(text[place + term.length]);
        best = Math.max(best, begins && ends ? 1 : begins ? 0.7 : 0.4);
        count += 1;
      }
      return sum + weight * best * (1 + count / 20);
    }, 0);
  }

  // Chinese words that do not stand beside each other: most of each two characters must be somewhere.
  weighPairs(term) {
    if (!isHan.test(term) || [...term].length < 3) return 0;
    const characters = [...term];
    const scores = characters.slice(1).map((character, index) => this.weigh(characters[index] + character));
    const found = scores.filter((score) => score > 0).length;
    return found * 2 <= scores.length ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length / 2;
  }

  // Whether it is in the language of the page that is open; others' come behind those.
  get isOwn() {
    const language = (tag) => (tag ?? "").split("-")[0].toLowerCase();
    return this.page.kind !== "lesson" || !this.page.language || language(this.page.language) === language(document.documentElement.lang);
  }

  // The text around the first place where a term stands, the terms marked.
  snippet(terms) {
    const text = this.fields[2].text;
    const pairs = (term) => [...term].slice(1).map((character, index) => [...term][index] + character);
    const parts = terms.flatMap((term) => text.includes(term) || !isHan.test(term) ? [term] : pairs(term));
    const first = Math.min(...parts.map((part) => text.indexOf(part)).filter((place) => place >= 0), text.length);
    const start = first === text.length || first < 50 ? 0 : text.indexOf(" ", first - 50) + 1 || first - 20;
    const from = start > first ? first : start, end = Math.min(text.length, from + 160);
    const nodes = from > 0 ? ["… "] : [];
    for (let place = from; place < end;) {
      const [next, length] = parts.map((part) => [text.indexOf(part, place), part.length]).filter(([found]) => found >= 0 && found < end)
        .sort(([a, long], [b, longer]) => a - b || longer - long)[0] ?? [end, 0];
      nodes.push(this.text.slice(place, next));
      if (length > 0) nodes.push(make("mark", {}, this.text.slice(next, next + length)));
      place = Math.max(next + length, place + 1);
    }
    return end < text.length ? [...nodes, " …"] : nodes;
  }
}

class Search {
  constructor(dialog) {
    this.dialog = dialog;
    this.field = dialog.querySelector("input");
    this.list = dialog.querySelector("ol");
    this.status = dialog.querySelector("[role=status]");
    this.field.addEventListener("input", () => this.answer());
    dialog.addEventListener("keydown", (event) => this.press(event));
    dialog.addEventListener("click", (event) => {
      // What lies outside of the dialog's content is its backdrop.
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
  }

  async open() {
    this.dialog.showModal();
    this.field.select();
    this.sections ??= await this.load();
    this.answer();
  }

  // The index is a script, for pages that are opened as files may read nothing else.
  async load() {
    const index = make("script", { src: new URL("search.js", scripts).href });
    document.head.append(index);
    await new Promise((done) => { index.onload = index.onerror = done; });
    return (window.searchIndex ?? []).flatMap(([page, ...sections]) => sections.map((section) => new Section(page, section)));
  }

  answer() {
    const asked = terms(this.field.value);
    const found = asked.length === 0 || !this.sections ? []
      : this.sections.map((section) => ({ section, score: section.score(asked) })).filter(({ score }) => score > 0)
        .sort((a, b) => b.section.isOwn - a.section.isOwn || b.score - a.score).slice(0, 40);
    this.list.replaceChildren(...found.map(({ section }) => this.item(section, asked)));
    const { none, one, some } = this.status.dataset;
    this.status.textContent = asked.length === 0 || !this.sections ? ""
      : found.length === 0 ? none : found.length === 1 ? one : some.replace("#", found.length);
  }

  item(section, asked) {
    const title = section.heading === section.page.title ? [] : [make("span", { className: "result-page" }, section.page.title)];
    const item = make("li", { lang: section.page.language, className: section.page.kind },
      make("a", { href: section.href }, make("span", { className: "result-title" }, section.heading), " ", ...title,
        make("span", { className: "snippet" }, ...section.snippet(asked))));
    return item;
  }

  // Arrows go from one to the next, Enter takes the first or the one that has the focus, Escape closes; whoever types goes on typing.
  press(event) {
    const links = [...this.list.querySelectorAll("a")], place = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = place + (event.key === "ArrowDown" ? 1 : -1);
      (links[Math.min(next, links.length - 1)] ?? this.field).focus();
    } else if (event.key === "Escape" && !event.isComposing) {
      // By itself it would empty the field first.
      event.preventDefault();
      this.dialog.close();
    } else if (event.key === "Enter" && event.target === this.field && !event.isComposing) {
      event.preventDefault();
      links[0]?.click();
    } else if (place >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.field.focus();
    }
  }
}

// MARK: The map of lessons

// Pointing at a lesson, or going to it by keyboard, shows the way to it: all that it builds on, directly or not.
class CourseMap {
  constructor(map) {
    this.map = map;
    this.stops = new Map([...map.querySelectorAll("[data-lesson]")].map((stop) => [stop.dataset.lesson, stop]));
    for (const type of ["pointerover", "focusin"]) map.addEventListener(type, (event) => this.show(event.target.closest("[data-lesson]")));
    for (const type of ["pointerleave", "focusout"]) map.addEventListener(type, () => this.show(null));
  }

  show(current) {
    const way = new Set();
    const walk = (stop) => {
      for (const name of stop.dataset.buildsOn.split(" ").filter((name) => this.stops.has(name) && !way.has(name))) {
        way.add(name);
        walk(this.stops.get(name));
      }
    };
    if (current) walk(current);
    this.map.classList.toggle("has-current", Boolean(current));
    for (const [name, stop] of this.stops) stop.classList.toggle("is-related", way.has(name));
  }
}

// MARK: Keys

// Keys of one letter or sign, which the reader can switch off.
class Keys {
  constructor(dialog, actions) {
    this.dialog = dialog;
    this.actions = { ...actions, "?": () => this.open() };
    this.isOn = dialog.querySelector("[type=checkbox]");
    this.isOn.checked = settings.get("keys") !== "off";
    this.isOn.addEventListener("change", () => settings.set("keys", this.isOn.checked ? "on" : "off"));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.addEventListener("keydown", (event) => this.press(event));
  }

  open() { this.dialog.showModal(); }

  press(event) {
    const isTyping = event.target.closest?.("input:not([type=range], [type=checkbox]), textarea, select, [contenteditable]");
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping || !this.isOn.checked) return;
    if (document.querySelector("dialog[open]") || !Object.hasOwn(this.actions, event.key)) return;
    event.preventDefault();
    this.actions[event.key]();
  }
}

// MARK: The page

const theme = new Theme(document.querySelector(".change-theme"));
const search = new Search(document.getElementById("site.search"));
const keys = new Keys(document.getElementById("site.keys"), {
  "/": () => search.open(),
  t: () => theme.change(),
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
});
for (const button of document.querySelectorAll("dialog .close")) button.addEventListener("click", () => button.closest("dialog").close());
document.querySelector(".open-search").addEventListener("click", () => search.open());
document.querySelector(".open-keys").addEventListener("click", () => keys.open());
for (const code of document.querySelectorAll("pre.code")) {
  const button = document.getElementById("site.copy").content.firstElementChild.cloneNode(true);
  new CopyButton(code, button, document.querySelector(".announcement"));
}
new TabStops();
for (const map of document.querySelectorAll(".course-map")) new CourseMap(map);
new Contents([...document.querySelectorAll(".course ol ol a, .contents a")]);

// Paper does not unfold: what is folded is opened for it, and folded again.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details:not([open])")];
  for (const part of unfolded) part.open = true;
});
addEventListener("afterprint", () => { for (const part of unfolded) part.open = false; });
