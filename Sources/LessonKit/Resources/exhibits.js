// Moves the table, the heat map and the drawing of a recurrent layer from step to step together.
// Without this script the page has every step in its tables and heat maps.
"use strict";

function make(tag, properties, ...content) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...content);
  return element;
}

class Track {
  constructor(parts) {
    this.parts = parts;
    this.groups = [...parts.querySelectorAll("tbody[data-step]")];
    this.frames = [...parts.querySelectorAll(".frame")];
    this.drawing = parts.querySelector(".track-cell");
    this.symbols = [...parts.querySelectorAll("th[data-quantity]")].map((heading) => heading.dataset.quantity);
    if (this.groups.length === 0) return;
    this.place = Math.max(0, this.groups.findIndex((group) => group.dataset.step === this.drawing?.dataset.step));
    this.addControl();
    parts.classList.add("stepped");
    for (const [place, group] of this.groups.entries()) group.addEventListener("click", () => this.moveTo(place));
    this.update();
  }

  addControl() {
    const words = this.parts.dataset;
    this.back = make("button", { type: "button", textContent: "◀", onclick: () => this.moveTo(this.place - 1) });
    this.on = make("button", { type: "button", textContent: "▶", onclick: () => this.moveTo(this.place + 1) });
    this.back.setAttribute("aria-label", words.backWord);
    this.on.setAttribute("aria-label", words.onWord);
    this.slider = make("input", {
      type: "range", min: "0", max: String(this.groups.length - 1), step: "1",
      oninput: () => this.moveTo(Number(this.slider.value)),
    });
    this.shown = make("output", {});
    const units = [...this.groups[0].querySelectorAll("tr[data-unit]")].map((row) => row.dataset.unit);
    this.unit = make("select", { onchange: () => this.update() }, ...units.map((unit) => make("option", { value: unit }, unit)));
    const control = make("div", { className: "stepper" },
      make("label", {}, words.stepWord + " ", this.slider), this.shown,
      make("span", { className: "moves" }, this.back, this.on));
    if (units.length > 1) control.append(make("label", {}, words.unitWord + " ", this.unit));
    this.parts.prepend(control);
  }

  moveTo(place) {
    this.place = Math.min(Math.max(place, 0), this.groups.length - 1);
    this.update();
  }

  update() {
    const group = this.groups[this.place];
    const step = group.dataset.step;
    this.slider.value = String(this.place);
    this.slider.setAttribute("aria-valuetext", step);
    this.shown.textContent = step;
    this.back.disabled = this.place === 0;
    this.on.disabled = this.place === this.groups.length - 1;
    for (const other of this.groups) other.classList.toggle("is-current", other === group);
    for (const frame of this.frames) frame.classList.toggle("is-current", frame.dataset.step === step);
    this.scrollTo(group);
    this.draw(group, step);
  }

  // Only the table's own box is scrolled, never the page.
  scrollTo(group) {
    const box = group.closest(".scroll");
    const [inner, outer] = [group.getBoundingClientRect(), box.getBoundingClientRect()];
    if (this.place === 0) box.scrollTop = 0;
    else if (inner.top < outer.top || inner.height > outer.height) box.scrollTop += inner.top - outer.top;
    else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
  }

  draw(group, step) {
    const row = group.querySelector(`tr[data-unit="${this.unit.value}"]`);
    if (!this.drawing || !row) return;
    const cells = row.querySelectorAll("td");
    const values = new Map(this.symbols.map((symbol, column) => [symbol, cells[column].textContent]));
    for (const attribute of row.attributes) {
      if (attribute.name.startsWith("data-previous-")) values.set(attribute.name.slice(5), attribute.value);
    }
    const told = [];
    for (const place of this.drawing.querySelectorAll(".value[data-quantity]")) {
      const value = values.get(place.dataset.quantity);
      if (value === undefined) continue;
      place.textContent = value;
      told.push(`${place.dataset.quantity} ${value}`);
    }
    const { stepWord, unitWord } = this.parts.dataset;
    this.drawing.querySelector("p").textContent = `${stepWord} ${step}, ${unitWord} ${this.unit.value}`;
    const description = this.drawing.querySelector("desc");
    if (description) description.textContent = told.join(", ");
  }
}

for (const parts of document.querySelectorAll(".track-parts")) new Track(parts);
