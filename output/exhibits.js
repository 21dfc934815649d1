// Moves a trace from step to step, tells what a number or a symbol is, and lights up where else it stands.
// Without this script the page has every step, every number and every equation all the same.
"use strict";

function make(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

// A slider with two buttons that walks over places; `labels` says what each is called.
class Stepper {
  constructor(words, labels, start, move) {
    this.labels = labels;
    this.move = move;
    this.back = make("button", { type: "button", textContent: "◀", onclick: () => this.moveTo(this.place - 1) });
    this.on = make("button", { type: "button", textContent: "▶", onclick: () => this.moveTo(this.place + 1) });
    this.back.setAttribute("aria-label", words.backWord);
    this.on.setAttribute("aria-label", words.onWord);
    this.slider = make("input", {
      type: "range", min: "0", max: String(labels.length - 1), step: "1",
      oninput: () => this.moveTo(Number(this.slider.value)),
    });
    this.shown = make("output", {});
    this.element = make("div", { className: "stepper" },
      make("label", {}, words.stepWord + " ", this.slider), this.shown,
      make("span", { className: "moves" }, this.back, this.on));
    this.place = start;
  }

  moveTo(place) {
    this.place = Math.min(Math.max(place, 0), this.labels.length - 1);
    this.slider.value = String(this.place);
    this.slider.setAttribute("aria-valuetext", this.labels[this.place]);
    this.shown.textContent = this.labels[this.place];
    // A button that is switched off would lose the focus.
    this.back.setAttribute("aria-disabled", String(this.place === 0));
    this.on.setAttribute("aria-disabled", String(this.place === this.labels.length - 1));
    this.move(this.place);
  }
}

// MARK: Traces

class Track {
  constructor(parts) {
    this.parts = parts;
    this.table = parts.querySelector(".track-numbers table");
    this.drawing = parts.querySelector(".track-cell");
    this.frames = [...parts.querySelectorAll(".track-ribbon .frame")];
    this.heads = [...this.table.tHead.rows[0].cells];
    const shown = this.heads.filter((head) => (head.dataset.step ?? "start") !== "start");
    this.steps = shown.map((head) => Number(head.dataset.step));
    const labels = shown.map((head) => [head.dataset.step, head.querySelector(".step-name")?.textContent ?? ""].join(" ").trim());
    const start = Math.max(0, this.steps.indexOf(Number(this.drawing?.dataset.step ?? 0)));
    this.stepper = new Stepper(parts.dataset, labels, start, () => this.update());
    this.addUnits();
    parts.querySelector(".track-ribbon").before(this.stepper.element);
    parts.classList.add("stepped");
    this.table.addEventListener("click", (event) => this.moveToColumn(event.target.closest("th, td")));
    for (const frame of this.frames) frame.ownerSVGElement.addEventListener("click", (event) => this.moveToPoint(event, frame));
    this.stepper.moveTo(start);
  }

  addUnits() {
    const units = [...new Set([...this.table.querySelectorAll("tr[data-unit]")].map((row) => row.dataset.unit))];
    this.unit = make("select", { onchange: () => this.update() }, ...units.map((unit) => make("option", { value: unit }, unit)));
    if (units.includes(this.drawing?.dataset.unit)) this.unit.value = this.drawing.dataset.unit;
    if (units.length > 1) this.stepper.element.append(make("label", {}, this.parts.dataset.unitWord + " ", this.unit));
  }

  moveToColumn(cell) {
    const place = this.steps.indexOf(Number(this.heads[cell?.cellIndex]?.dataset.step));
    if (place >= 0 && cell.parentElement.cells.length === this.heads.length) this.stepper.moveTo(place);
  }

  moveToPoint(event, frame) {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(frame.ownerSVGElement.getScreenCTM().inverse());
    const step = Math.floor((point.x - Number(frame.dataset.start)) / Number(frame.dataset.size));
    const place = this.steps.indexOf(step);
    if (place >= 0) this.stepper.moveTo(place);
  }

  update() {
    const step = this.steps[this.stepper.place];
    const head = this.heads.find((head) => head.dataset.step === String(step));
    for (const frame of this.frames) {
      frame.setAttribute("x", Number(frame.dataset.start) + step * Number(frame.dataset.size));
      frame.classList.add("is-current");
    }
    for (const cell of this.table.querySelectorAll(".is-current")) cell.classList.remove("is-current");
    for (const row of this.table.rows) {
      if (row.cells.length === this.heads.length) row.cells[head.cellIndex].classList.add("is-current");
    }
    // Where things lie is asked when all traces of the page are drawn: each question makes the browser lay it out anew.
    requestAnimationFrame(() => this.scrollTo(head));
    this.draw(step, head);
  }

  // Only the table's own box is scrolled, never the page, no farther than needed, and to where a column begins.
  scrollTo(head) {
    const box = this.table.closest(".scroll");
    const room = box.clientWidth - this.heads[0].offsetWidth;
    if (head.offsetWidth === 0) return;
    const start = head.offsetLeft - this.heads[0].offsetWidth;
    if (start >= box.scrollLeft && start + head.offsetWidth <= box.scrollLeft + room) return;
    const places = this.heads.slice(1).map((other) => other.offsetLeft - this.heads[0].offsetWidth);
    const place = start < box.scrollLeft ? start : places.find((place) => place >= start + head.offsetWidth - room) ?? start;
    // At its end the box goes on until that column can stand at its left.
    const missing = place + box.clientWidth - this.table.offsetWidth;
    if (missing > 0) this.table.style.marginRight = `${missing}px`;
    box.scrollLeft = place;
  }

  // What the cell's wires carry stands in the table: at this step, and for the states before it one column further.
  draw(step, head) {
    if (!this.drawing) return;
    const unit = this.unit.value;
    const isBackward = this.heads[this.heads.length - 1].dataset.step === "start";
    const before = this.heads[head.cellIndex + (isBackward ? 1 : -1)];
    const text = (symbol, column) => {
      const group = this.table.querySelector(`tbody[data-quantity="${CSS.escape(symbol)}"]`);
      return group?.querySelector(`tr[data-unit="${unit}"]`)?.cells[column?.cellIndex ?? -1]?.textContent.trim();
    };
    const told = [];
    for (const place of this.drawing.querySelectorAll(".value[data-quantity]")) {
      const symbol = place.dataset.quantity;
      const value = symbol === "x" ? head.dataset.input
        : symbol.startsWith("previous-") ? text(symbol.slice(9), before) : text(symbol, head);
      if (value === undefined) continue;
      place.textContent = value;
      told.push(`${symbol} ${value}`);
    }
    this.drawing.querySelector("p").textContent = this.parts.dataset.place
      .replace("{step}", step).replace("{t}", step + 1).replace("{unit}", unit);
    const description = this.drawing.querySelector("desc");
    if (description) description.textContent = told.join(", ");
  }
}

for (const parts of document.querySelectorAll(".track-parts")) new Track(parts);

// MARK: Derivations

// Walks over the graph's steps, at first the last, where the loss comes in: lights up the arrows that come to a step, and shows
// their equations alone. Time runs to the right as in the graph, so the loss is followed to the left.
class Walk {
  constructor(parts) {
    this.parts = parts;
    this.graph = parts.querySelector(".flow-graph");
    this.list = parts.querySelector(".arrivals");
    this.steps = [...new Set([...this.list.querySelectorAll(".arrival")].map((arrival) => arrival.dataset.t))]
      .sort((one, other) => one - other);
    const labels = this.steps.map((t) => `${parts.dataset.letter} = ${t}`);
    this.stepper = new Stepper(parts.dataset, labels, labels.length - 1, (place) => this.show(this.steps[place]));
    this.list.before(this.stepper.element);
    parts.classList.add("stepped");
    this.list.open = true;
    this.graph.addEventListener("click", (event) => this.follow(event));
    this.stepper.moveTo(labels.length - 1);
  }

  show(t) {
    for (const part of this.graph.querySelectorAll("[data-t]")) part.classList.toggle("is-current", part.dataset.t === t);
    for (const arrival of this.list.querySelectorAll(".arrival")) arrival.hidden = arrival.dataset.t !== t;
    for (const road of this.parts.querySelectorAll(".is-chosen")) road.classList.remove("is-chosen");
    requestAnimationFrame(() => this.scrollToCurrent());
  }

  scrollToCurrent() {
    const box = this.graph.closest(".scroll");
    const node = this.graph.querySelector(".flow-node.is-current");
    if (box && node) box.scrollLeft += node.getBoundingClientRect().left - box.getBoundingClientRect().left - box.clientWidth / 2;
  }

  // An arrow's equation is shown where the reader is, instead of the page moving to it.
  follow(event) {
    const arrow = event.target.closest(".flow-road");
    const node = event.target.closest("[data-t]");
    if (!node) return;
    this.stepper.moveTo(this.steps.indexOf(node.dataset.t));
    if (!arrow) return;
    event.preventDefault();
    const road = document.getElementById(arrow.getAttribute("href").slice(1));
    this.list.open = true;
    arrow.classList.add("is-chosen");
    road.classList.add("is-chosen");
    road.scrollIntoView({ block: "nearest" });
  }
}

for (const parts of document.querySelectorAll(".flow-parts")) new Walk(parts);

// MARK: Quantities

// Tells what the number, symbol or name in code is that is pointed at, touched or focused, and lights up its other places on the
// page.
class Guide {
  constructor() {
    this.words = document.documentElement.lang.startsWith("zh")
      ? { shape: "形状", step: "步", definedIn: "定义见", below: "见此处的式" }
      : { shape: "shape", step: "step", definedIn: "defined in", below: "its equation here" };
    this.tip = make("div", { id: "tip", hidden: true });
    this.tip.setAttribute("role", "tooltip");
    document.body.append(this.tip);
    this.names = new Map([...document.querySelectorAll("tbody[data-name]")].map((group) => [group.dataset.name, group.dataset.quantity]));
    this.markCode();
    for (const value of document.querySelectorAll(":is(p, li) > data[title]")) value.tabIndex = 0;
    for (const picture of document.querySelectorAll("svg:not(.scroll svg)")) if (this.items(picture).length > 0) picture.tabIndex = 0;
    // By keyboard they are reached as numbers in tables are, for most pages have hundreds of them.
    for (const link of document.querySelectorAll("pre[tabindex] a")) link.tabIndex = -1;
    document.addEventListener("pointerdown", (event) => this.touch(event), true);
    for (const type of ["pointerover", "focusin", "click"]) document.addEventListener(type, (event) => this.look(event.target));
    document.addEventListener("focusout", () => this.leave());
    // What has the focus is scrolled to where it can be seen; its tooltip goes with it.
    document.addEventListener("scroll", () => this.current && this.place(this.current), { capture: true, passive: true });
    document.addEventListener("keydown", (event) => this.walk(event));
  }

  // `trace.steps[1].forgetGate` in a cell's code is the quantity f.
  markCode() {
    if (this.names.size === 0) return;
    const member = new RegExp(`(?<=\\.)(?:${[...this.names.keys()].map(RegExp.escape ?? String).join("|")})\\b`);
    for (const code of document.querySelectorAll(".language-swift")) {
      const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      for (let text = walker.nextNode(); text; text = walker.nextNode()) {
        const found = member.exec(text.data);
        if (!found || text.parentElement.dataset.quantity) continue;
        const name = text.splitText(found.index);
        name.splitText(found[0].length);
        const mark = make("span", {});
        mark.dataset.quantity = this.names.get(found[0]);
        name.replaceWith(mark);
        mark.append(name);
      }
    }
  }

  // What can be told: a number, or a symbol; of a group of rows its heading alone.
  item(target) {
    // All of a cell is its number, which in a heat map has no digits to point at.
    const item = target.closest?.("td")?.querySelector("data") ?? target.closest?.(".name")
      ?? target.closest?.("data, [data-value], [data-quantity]");
    if (!item || (item.tagName === "TBODY" && !target.closest(".group"))) return null;
    return item;
  }

  // A finger that touches a link in code is told what it is; one more touch follows it.
  touch(event) {
    const name = event.target.closest?.("a.name");
    if (!name || event.pointerType !== "touch" || name === this.touched) return;
    this.touched = name;
    name.addEventListener("click", (click) => click.preventDefault(), { once: true });
  }

  look(target) {
    const item = this.item(target);
    if (item === this.current) return;
    this.leave();
    if (!item) return;
    this.current = item;
    // The browser's own tooltip would lie over this one.
    item.removeAttribute("title");
    this.tip.replaceChildren(...this.tell(item));
    this.place(item);
    item.setAttribute("aria-describedby", "tip");
    for (const other of this.places(item)) other.classList.add("is-linked");
  }

  tell(item) {
    if (this.value(item)) return this.tellNumber(item);
    const { type, about } = item.dataset;
    const told = this.symbol(item) ? this.tellSymbol(item) : [];
    if (about) told.unshift(make("span", {}, about));
    if (type) told.unshift(make("code", { className: "declared" }, type));
    return told;
  }

  leave() {
    if (!this.current) return;
    this.current.removeAttribute("aria-describedby");
    this.current = undefined;
    this.tip.hidden = true;
    for (const other of document.querySelectorAll(".is-linked")) other.classList.remove("is-linked");
  }

  places(item) {
    const all = (tag, name, value) => [...document.querySelectorAll(`${tag}[${name}="${CSS.escape(value)}"]`)];
    const value = this.value(item);
    const same = value ? [...all("data", "value", value), ...all("", "data-value", value)]
      : item.dataset.type ? all(".name", "data-type", item.dataset.type) : [];
    const symbol = this.symbol(item);
    if (!symbol) return same;
    const names = [symbol, "previous-" + symbol].map(CSS.escape);
    const places = names.map((name) => `[data-quantity="${name}"], [data-quantities~="${name}"]`).join(", ");
    return [...same, ...document.querySelectorAll(places)];
  }

  // A number's digits, all of them; of an equation's numbers too.
  value(item) {
    return item.tagName === "DATA" ? item.getAttribute("value") : item.dataset.value;
  }

  symbol(item) {
    return (item.closest("[data-quantity]") ?? item.querySelector(".name > [data-quantity]"))?.dataset.quantity.replace(/^previous-/, "");
  }

  tellNumber(item) {
    const full = this.value(item).replace("-", "\u2212");
    // A number of an equation is told by its place in a trace's table, where it stands there alone.
    const places = document.querySelectorAll(`.track-numbers data[value="${CSS.escape(this.value(item))}"]`);
    const cell = (item.tagName !== "DATA" && places.length === 1 ? places[0] : item).closest("td");
    if (!cell) return [make("strong", {}, full)];
    const group = cell.closest("tbody"), row = cell.parentElement, head = cell.closest("table").tHead?.rows[0].cells[cell.cellIndex];
    const place = group.dataset.quantity && row.dataset.unit !== undefined
      ? `${group.dataset.quantity}[${row.dataset.unit}], ${this.words.step} ${head?.dataset.step}`
      : [row.querySelector("th")?.textContent, head?.textContent].filter((text) => text?.trim()).join(", ");
    return [make("span", {}, place), make("strong", {}, full)];
  }

  tellSymbol(item) {
    const symbol = this.symbol(item);
    const group = document.querySelector(`tbody[data-quantity="${CSS.escape(symbol)}"][data-name]`);
    const told = [make("strong", {}, symbol)];
    if (group && group.dataset.name !== symbol) told.push(make("span", {}, group.dataset.name));
    if (group) told.push(make("span", {}, `${this.words.shape} ${group.dataset.shape}`));
    const definition = this.definition(symbol);
    if (definition) told.push(make("span", {}, `${this.words.definedIn} ${definition}`));
    return told;
  }

  // The first equation whose left side is this symbol.
  definition(symbol) {
    for (const mark of document.querySelectorAll(`math [data-quantity="${CSS.escape(symbol)}"]`)) {
      let end = mark;
      while (!end.nextElementSibling && end.tagName !== "math") end = end.parentElement;
      if (!end.nextElementSibling?.textContent.trim().startsWith("=")) continue;
      const equation = mark.closest(".equation")?.querySelector(".equation-number")?.textContent;
      return equation ?? (mark.closest(".exhibit") ? this.words.below : undefined);
    }
    return undefined;
  }

  place(item) {
    this.tip.hidden = false;
    const [target, tip] = [item.getBoundingClientRect(), this.tip.getBoundingClientRect()];
    const left = Math.min(Math.max(target.left + target.width / 2 - tip.width / 2, 8), innerWidth - tip.width - 8);
    const top = target.top - tip.height - 8;
    this.tip.style.left = `${Math.max(8, left)}px`;
    this.tip.style.top = `${top < 8 ? target.bottom + 8 : top}px`;
  }

  // MARK: By keyboard: Enter goes into what has the focus, arrows from one to the next, Escape back out.

  box(element) {
    return element.closest?.(".scroll, svg[tabindex], pre[tabindex]");
  }

  items(box) {
    const seen = new Set();
    return [...box.querySelectorAll("data, [data-value], [data-quantity], .name")].filter((item) => {
      if (item.parentElement.closest(".name")) return false;
      if (item.tagName === "TBODY" || item.tagName === "path") return false;
      // Of a picture's parts each quantity is told once.
      if (!item.closest("svg")) return true;
      return !seen.has(item.dataset.quantity) && seen.add(item.dataset.quantity);
    });
  }

  walk(event) {
    const focused = document.activeElement;
    const box = focused && this.box(focused);
    if (event.key === "Escape") {
      this.leave();
      if (box && focused !== box) this.entrance(box)?.focus();
    } else if (box && event.key === "Enter" && focused === box) {
      this.focus(this.items(box)[0], event);
    } else if (box && focused !== box && event.key.startsWith("Arrow") && this.item(focused) === focused) {
      this.focus(this.neighbour(focused, this.items(box), event.key) ?? this.beyond(box, event.key), event);
    }
  }

  boxes(exhibit) {
    return [...exhibit?.querySelectorAll(".scroll, svg[tabindex]") ?? []].filter((box) => box.clientWidth > 0 && this.items(box).length > 0);
  }

  // Of an exhibit only some boxes are stops of the Tab key: arrows go from each to the next.
  beyond(box, key) {
    const boxes = this.boxes(box.closest(".exhibit"));
    const isOnward = key === "ArrowRight" || key === "ArrowDown";
    const next = boxes[boxes.indexOf(box) + (isOnward ? 1 : -1)];
    return next && this.items(next).at(isOnward ? 0 : -1);
  }

  entrance(box) {
    return box.tabIndex === 0 ? box : this.boxes(box.closest(".exhibit")).find((other) => other.tabIndex === 0);
  }

  neighbour(item, items, key) {
    const step = key === "ArrowRight" || key === "ArrowDown" ? 1 : -1;
    const cell = item.closest("td");
    if (!cell || key === "ArrowLeft" || key === "ArrowRight") return items[items.indexOf(item) + step];
    const rows = [...cell.closest("table").rows];
    for (let place = rows.indexOf(cell.parentElement) + step; place in rows; place += step) {
      const found = rows[place].cells[cell.cellIndex]?.querySelector("data");
      if (found) return found;
    }
    return undefined;
  }

  focus(item, event) {
    if (!item) return;
    event.preventDefault();
    item.setAttribute("tabindex", "-1");
    item.focus();
  }
}

new Guide();
