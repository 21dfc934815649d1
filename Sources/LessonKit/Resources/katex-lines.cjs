// Reads one formula a line, `{"tex": …, "isDisplay": …}`, and answers each with one line,
// `{"mathML": ["math", ["display", "block"], child, …]}` or `{"message": …, "offset": …}`. Ends with status 3 where KaTeX is not installed.
"use strict";

const places = ["/usr/share/javascript/katex/katex.js", "/usr/share/nodejs/katex", "katex"];

function load() {
  for (const place of places) {
    try {
      return require(place);
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  process.exit(3);
}

const katex = load();

// Browsers' MathML knows no `mathvariant` but "normal": letters of another alphabet are characters of
// their own. Each alphabet begins at a code point for A, a and 0, with holes that older characters fill.
const alphabets = {
  "bold": { A: 0x1d400, a: 0x1d41a, 0: 0x1d7ce },
  "italic": { A: 0x1d434, a: 0x1d44e, holes: { h: "ℎ" } },
  "bold-italic": { A: 0x1d468, a: 0x1d482 },
  "double-struck": {
    A: 0x1d538, a: 0x1d552, 0: 0x1d7d8,
    holes: { C: "ℂ", H: "ℍ", N: "ℕ", P: "ℙ", Q: "ℚ", R: "ℝ", Z: "ℤ" },
  },
  "script": {
    A: 0x1d49c, a: 0x1d4b6,
    holes: { B: "ℬ", E: "ℰ", F: "ℱ", H: "ℋ", I: "ℐ", L: "ℒ", M: "ℳ", R: "ℛ", e: "ℯ", g: "ℊ", o: "ℴ" },
  },
  "fraktur": {
    A: 0x1d504, a: 0x1d51e,
    holes: { C: "ℭ", H: "ℌ", I: "ℑ", R: "ℜ", Z: "ℨ" },
  },
  "sans-serif": { A: 0x1d5a0, a: 0x1d5ba, 0: 0x1d7e2 },
  "monospace": { A: 0x1d670, a: 0x1d68a, 0: 0x1d7f6 },
};

function letter(character, alphabet) {
  if (alphabet.holes && alphabet.holes[character]) return alphabet.holes[character];
  for (const [first, last] of [["A", "Z"], ["a", "z"], ["0", "9"]]) {
    if (character >= first && character <= last && alphabet[first]) {
      return String.fromCodePoint(alphabet[first] + character.charCodeAt(0) - first.charCodeAt(0));
    }
  }
  return character;
}

function useCharacters(node) {
  const alphabet = node.attributes && alphabets[node.attributes.mathvariant];
  if (alphabet) {
    delete node.attributes.mathvariant;
    for (const child of node.children) {
      if (typeof child.text === "string") child.text = Array.from(child.text, (c) => letter(c, alphabet)).join("");
    }
  }
  for (const child of node.children || []) useCharacters(child);
}

const deepest = 200;

// What \char names need be no character that HTML can hold, or none at all.
function clean(text) {
  return text.toWellFormed().replace(/[^\P{Cc}\t\n]|\p{Noncharacter_Code_Point}/gu, "\ufffd");
}

// Whose children mean something by their places.
const takesPlaces = new Set(["mfrac", "mroot", "msub", "msup", "msubsup", "munder", "mover", "munderover"]);

function textOf(node) {
  return typeof node.text === "string" ? node.text : (node.children || []).map(textOf).join("");
}

// \lVert and its like: browsers would set them as the relations that are the same characters.
function isFence(node) {
  return node.attributes.stretchy === "false" && ["∣", "∥"].includes(node.children[0]?.text);
}

// An element is its name, its attributes one after the other, and its children; text is a string.
function written(node, depth) {
  if (depth > deepest) throw new Error(`more than ${deepest} parts of the formula stand in one another`);
  if (typeof node.text === "string") return [clean(node.text)];
  // A space is a node without a type.
  if (node.character) return [["mtext", [], node.character]];
  if (node.width !== undefined) return [["mspace", ["width", `${Math.round(node.width * 1e4) / 1e4}em`]]];
  if (node.type === "mo" && isFence(node)) Object.assign(node.attributes, { lspace: "0em", rspace: "0em" });
  const attributes = Object.entries(node.attributes ?? {}).flatMap(([name, value]) => [name, clean(String(value))]);
  // An operator is text alone, also where it is a word such as mod.
  if (node.type === "mo") return [["mo", attributes, clean(textOf(node))]];
  const parts = node.children.map((child) => written(child, depth + 1));
  // A function's name and the sign that applies it are one base, one index.
  const children = parts.flatMap((part) => takesPlaces.has(node.type) && part.length > 1 ? [["mrow", [], ...part]] : part);
  // So are several in one.
  if (!node.type) return children;
  return [[node.type, attributes, ...children]];
}

// The tree's root is a `span` around the `math`.
function formula(tree) {
  return tree.type === "math" ? tree : formula(tree.children[0]);
}

function answer({ tex, isDisplay }) {
  try {
    const tree = katex.__renderToDomTree(tex, {
      displayMode: isDisplay,
      output: "mathml",
      throwOnError: true,
      strict: "error",
      maxExpand: 1000,
      trust: ({ command }) => { throw new katex.ParseError(`${command} is not allowed`); },
    });
    useCharacters(tree);
    return { mathML: written(formula(tree), 0)[0] };
  } catch (error) {
    // KaTeX's message repeats the position and an excerpt, which the problem's own place replaces.
    const message = error.message.replace(/^KaTeX parse error: /, "").replace(/ at (position \d+|end of input): [^]*$/, "")
      // It speaks of the first half of a character beyond U+FFFF.
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])" \(\d+\)/, () => `${String.fromCodePoint(tex.codePointAt(error.position))}"`);
    // It counts UTF-16 units; the answer counts characters as Swift's strings do.
    const characters = new Intl.Segmenter("en", { granularity: "grapheme" });
    const offset = error.position === undefined ? undefined
      : Array.from(characters.segment(tex.slice(0, error.position))).length;
    return { message: message.toWellFormed(), offset };
  }
}

const input = require("fs").readFileSync(0, "utf8");
const lines = input.split("\n").filter((line) => line !== "");
process.stdout.write(lines.map((line) => JSON.stringify(answer(JSON.parse(line))) + "\n").join(""));
