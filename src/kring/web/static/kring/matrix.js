// The lists about a class: one item for all pupils, one pupil for all items, or everything at once. One key per answer.
// Words, items, pupils and answers so far come with the page (json_script); answering/outbox.js brings each answer to the server.
import { deliverWaiting, openLine } from "./answering/outbox.js";

const root = document.querySelector("[data-lists]");
const sheet = JSON.parse(document.getElementById("lists-sheet").textContent);
const { items, words } = sheet;
const part = (name) => root.querySelector(`[data-${name}]`);
const NEWS_EVERY = 20_000;

let { cells, states, people } = sheet;
let pupils = openOnes();
let view = "item";
let at = { item: 0, pupil: 0 };
let over = false;
let given = 0; // how often something was answered here
const conflicts = new Map();
const notes = new Set();

const line = openLine({ ticket: sheet.ticket, key: sheet.key, onState: told, onReply: replied });

// ---- what is known

function openOnes() {
  return sheet.pupils.filter((pupil) => states[pupil.key] === "open");
}

function cellOf(pupil, item) {
  return cells[pupil.key]?.[item.key] ?? [null, "0", ""];
}

function isAnswered(pupil, item) {
  return cellOf(pupil, item)[0] !== null;
}

function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}

function labelOf(item, value) {
  if (value === null) return words.empty;
  if (typeof value === "object") return value.text;
  return item.options.find(([code]) => code === value)?.[1] ?? words[value] ?? String(value);
}

function choicesOf(item) {
  const reasons = sheet.reasons.map(([reason, key]) => [reason, words[reason], key]);
  return [...item.options, ...reasons];
}

function nameOf(by) {
  return people[by] ?? words.somebody;
}

// ---- answering

function put(pupil, item, value, seen = cellOf(pupil, item)[1]) {
  if (over) return;
  (cells[pupil.key] ??= {})[item.key] = [value, cellOf(pupil, item)[1], sheet.me];
  line.put(item.key, value, [pupil.key, seen]);
  given += 1;
  conflicts.delete(`${pupil.key}/${item.key}`);
  freshen(pupil, item);
  count();
  part("said").textContent = filled(words.said, { pupil: pupil.name, answer: labelOf(item, value) });
}

function choose(value) {
  const [pupil, item] = here();
  if (!pupil) return;
  put(pupil, item, value);
  onward();
}

function takeBack() {
  let [pupil, item] = here();
  if (!pupil) return;
  if (!isAnswered(pupil, item)) {
    move(-1);
    [pupil, item] = here();
  }
  if (isAnswered(pupil, item)) put(pupil, item, null);
}

// ---- where one is

function here() {
  return [pupils[at.pupil], items[at.item]];
}

// The order in which one goes on: down the pupils of an item, or along the items of a pupil.
function inner() {
  return view === "item" ? ["pupil", "item"] : ["item", "pupil"];
}

function size(side) {
  return side === "pupil" ? pupils.length : items.length;
}

function move(step) {
  const [along, across] = inner();
  let next = at[along] + step;
  let other = at[across];
  if (next < 0 || next >= size(along)) {
    if (other + step < 0 || other + step >= size(across)) return false;
    other += step;
    next = step > 0 ? 0 : size(along) - 1;
  }
  go({ [along]: next, [across]: other });
  return true;
}

// To the next one that is still open; when there is none, to handing in.
function onward() {
  const [along, across] = inner();
  const total = size(along) * size(across);
  const from = at[across] * size(along) + at[along];
  for (let step = 1; step < total; step += 1) {
    const place = (from + step) % total;
    const found = { [along]: place % size(along), [across]: Math.floor(place / size(along)) };
    if (!isAnswered(pupils[found.pupil], items[found.item])) return go(found);
  }
  if (total && !isAnswered(...here())) return;
  part("end").textContent = words.all;
  part("hand-in").focus();
}

function skip() {
  if (!move(1)) part("hand-in").focus();
}

function go(to) {
  const [, across] = inner();
  const turned = view !== "grid" && to[across] !== undefined && to[across] !== at[across];
  at = { ...at, ...to };
  if (turned) draw();
  point();
}

// ---- drawing

function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...inside);
  return element;
}

function draw() {
  const [pupil, item] = here();
  root.dataset.view = view;
  part("bar").hidden = view !== "grid" || !pupil;
  part("sheet").replaceChildren(...(pupil ? [view === "grid" ? grid() : column(pupil, item)] : []));
  steps();
}

function column(pupil, item) {
  const rows = view === "item" ? pupils.map((one) => [one, item]) : items.map((one) => [pupil, one]);
  const number = view === "item" ? at.item : at.pupil;
  const title = made("p", { class: "muted" }, filled(words[view], { number: number + 1, all: size(view) }));
  const heading = made("h2", { id: "lists-heading" }, view === "item" ? item.text : pupil.name);
  const list = made("ol", { class: "lists__rows" }, ...rows.map(([one, asked]) => row(one, asked)));
  return made("div", { class: "lists__column" }, title, heading, list);
}

function row(pupil, item) {
  const name = view === "item" ? pupil.name : item.text;
  const label = made("span", { class: "lists__name" }, name);
  if (pupil.absent && view === "item") label.append(made("span", { class: "muted" }, ` (${words.absent})`));
  const group = made("div", { class: "lists__choices", role: "group", "aria-label": name }, ...controls(pupil, item));
  const note = made("span", { class: "lists__by muted" }, byLine(pupil, item));
  return made("li", { class: "lists__row", id: cellId(pupil, item) }, label, group, note);
}

function cellId(pupil, item) {
  return `cell-${pupil.key}-${item.key}`;
}

function byLine(pupil, item) {
  const [value, , by] = cellOf(pupil, item);
  return value !== null && by && by !== sheet.me ? filled(words.by, { by: nameOf(by) }) : "";
}

function controls(pupil, item) {
  if (item.open) return [textBox(pupil, item)];
  if (item.options.some(([, , key]) => !key)) return [menu(pupil, item)];
  const [value] = cellOf(pupil, item);
  return choicesOf(item).map(([code, label, key]) => {
    const button = made("button", { type: "button", class: "lists__choice", "aria-pressed": String(code === value), tabindex: "-1", "aria-keyshortcuts": key }, made("kbd", { "aria-hidden": "true" }, key), ` ${label}`);
    button.addEventListener("click", () => {
      stand(pupil, item);
      choose(code);
    });
    return button;
  });
}

function textBox(pupil, item) {
  const [value] = cellOf(pupil, item);
  const box = made("textarea", { rows: "2", maxlength: "2000", "aria-label": `${pupil.name}: ${item.text}`, lang: "nl" });
  box.value = value?.text ?? "";
  let waits = 0;
  const save = () => {
    clearTimeout(waits);
    const text = box.value.trim();
    if (text !== (cellOf(pupil, item)[0]?.text ?? "")) put(pupil, item, text ? { text } : null);
  };
  box.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(save, 800);
  });
  box.addEventListener("change", save);
  box.addEventListener("focus", () => stand(pupil, item));
  return box;
}

function menu(pupil, item) {
  const [value] = cellOf(pupil, item);
  const options = choicesOf(item).map(([code, label]) => made("option", { value: JSON.stringify(code), selected: code === value }, label));
  const select = made("select", { "aria-label": `${pupil.name}: ${item.text}` }, made("option", { value: "null" }, words.choose), ...options);
  select.addEventListener("change", () => put(pupil, item, JSON.parse(select.value)));
  select.addEventListener("focus", () => stand(pupil, item));
  return select;
}

function grid() {
  const head = items.map((item, number) => made("th", { scope: "col" }, made("abbr", { title: item.text }, String(number + 1))));
  const body = pupils.map((pupil) => made("tr", {}, made("th", { scope: "row" }, pupil.name), ...items.map((item) => made("td", {}, square(pupil, item)))));
  const table = made("table", { class: "lists__grid" }, made("thead", {}, made("tr", {}, made("td"), ...head)), made("tbody", {}, ...body));
  return made("div", { class: "lists__scroll", tabindex: "0", role: "region", "aria-label": words.all_of_them }, table);
}

function square(pupil, item) {
  const button = made("button", { type: "button", class: "lists__square", id: cellId(pupil, item), tabindex: "-1" });
  dress(button, pupil, item);
  button.addEventListener("click", () => {
    stand(pupil, item);
    point();
  });
  return button;
}

function dress(button, pupil, item) {
  const [value, , by] = cellOf(pupil, item);
  const choice = choicesOf(item).find(([code]) => code === value);
  button.textContent = value === null ? "" : choice?.[2] || (typeof value === "object" ? "✎" : String(value));
  button.setAttribute("aria-label", `${pupil.name}. ${item.text} ${labelOf(item, value)}`);
  button.classList.toggle("is-theirs", Boolean(by) && by !== sheet.me);
}

function bar() {
  const [pupil, item] = here();
  if (view !== "grid" || !pupil) return;
  const asked = made("p", { class: "lists__asked" }, made("strong", {}, pupil.name), ` · ${item.text}`);
  const group = made("div", { class: "lists__choices", role: "group", "aria-label": `${pupil.name}: ${item.text}` }, ...controls(pupil, item));
  for (const button of group.querySelectorAll("button")) button.removeAttribute("tabindex");
  part("bar").replaceChildren(asked, group);
}

function freshen(pupil, item) {
  const shown = document.getElementById(cellId(pupil, item));
  if (!shown) return;
  if (view === "grid") {
    dress(shown, pupil, item);
    return;
  }
  const [value] = cellOf(pupil, item);
  // What a partner answered stands in the box too: who goes on in it, has seen it.
  const box = shown.querySelector("textarea, select");
  if (box && box !== document.activeElement) box.value = box.matches("select") ? JSON.stringify(value) : (value?.text ?? "");
  const codes = choicesOf(item).map(([code]) => code);
  shown.querySelectorAll(".lists__choice").forEach((button, place) => button.setAttribute("aria-pressed", String(codes[place] === value)));
  shown.querySelector(".lists__by").textContent = byLine(pupil, item);
  shown.classList.toggle("is-answered", value !== null);
}

function stand(pupil, item) {
  const before = at;
  at = { pupil: pupils.indexOf(pupil), item: items.indexOf(item) };
  if (before.pupil !== at.pupil || before.item !== at.item) mark();
}

let marked = null;

function mark() {
  const [pupil, item] = here();
  const shown = pupil && document.getElementById(cellId(pupil, item));
  if (marked) {
    marked.classList.remove("is-current");
    for (const one of [marked, ...marked.querySelectorAll("button")]) if (one.matches("button")) one.tabIndex = -1;
  }
  marked = shown;
  if (!shown) return null;
  shown.classList.add("is-current");
  for (const one of [shown, ...shown.querySelectorAll("button")]) if (one.matches("button")) one.tabIndex = 0;
  bar();
  return shown;
}

// The cell where one is comes into sight and takes the keys.
function point({ still = false } = {}) {
  const shown = mark();
  if (!shown) return;
  const chosen = shown.querySelector("[aria-pressed=true]"); // first: Enter on it changes nothing
  const target = shown.matches("button") ? shown : (chosen ?? shown.querySelector("button, textarea, select"));
  target?.focus({ preventScroll: true });
  if (!still) shown.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function steps() {
  const jump = part("jump");
  const side = view === "pupil" ? "pupil" : "item";
  const places = [...Array(size(side)).keys()];
  jump.replaceChildren(...places.map((place) => made("option", { value: String(place), selected: place === at[side] }, stepName(side, place))));
  jump.value = String(at[side]);
  part("before").disabled = at[side] === 0;
  part("next").disabled = at[side] === size(side) - 1;
}

function stepName(side, place) {
  const name = side === "pupil" ? pupils[place].name : `${place + 1}. ${items[place].text}`;
  return `${name} (${leftIn(side, place)})`;
}

function leftIn(side, place) {
  const all = side === "pupil" ? items.map((item) => [pupils[place], item]) : pupils.map((pupil) => [pupil, items[place]]);
  return filled(words.of, { done: all.filter(([pupil, item]) => isAnswered(pupil, item)).length, all: all.length });
}

function count() {
  let done = 0;
  for (const pupil of pupils) for (const item of items) done += isAnswered(pupil, item);
  const all = pupils.length * items.length;
  const progress = part("progress-bar");
  progress.max = all || 1;
  progress.value = done;
  part("count").textContent = filled(words.of, { done, all });
  const side = view === "pupil" ? "pupil" : "item";
  const option = part("jump").options[at[side]];
  if (option) option.text = stepName(side, at[side]);
}

// ---- the way to the server

function told({ state, why }) {
  over ||= state === "over";
  root.dataset.way = state;
  part("state").textContent = words[why] ?? words[state] ?? "";
  }

function replied({ turns = {}, conflicts: others = [], refused = [], aside = [] }) {
  for (const [key, turn] of Object.entries(turns)) {
    const [pupil, item] = key.split("/");
    if (cells[pupil]?.[item]) cells[pupil][item][1] = turn;
  }
  for (const one of others) differs(one);
  for (const [, item, , pupil] of refused) backToNothing(pupil, item);
  if (aside.length) gone(aside.map(({ invitation }) => invitation));
}

// Lists that take no more: a partner handed them in, or the pupil takes no part any more.
function gone(invitations) {
  for (const key of invitations) states[key] = "done";
  const names = sheet.pupils.filter(({ key }) => invitations.includes(key)).map(({ name }) => name);
  notes.add(filled(words.gone, { names: names.join(", ") }));
  pupils = openOnes();
  at.pupil = Math.min(at.pupil, Math.max(0, pupils.length - 1));
  draw();
  point();
  count();
  drawConflicts();
}

function backToNothing(pupilKey, itemKey) {
  const [pupil, item] = named(pupilKey, itemKey);
  if (!pupil || !item) return;
  delete cells[pupilKey][itemKey];
  freshen(pupil, item);
  count();
  part("state").textContent = words.refused;
}

function named(pupil, item) {
  return [sheet.pupils.find(({ key }) => key === pupil), items.find(({ key }) => key === item)];
}

// Somebody else had answered meanwhile. Theirs stands; one says which of the two it is to be.
function differs({ invitation, item: itemKey, value, by, turn }) {
  const [pupil, item] = named(invitation, itemKey);
  if (!pupil || !item) return;
  const mine = cellOf(pupil, item)[0];
  cells[invitation][itemKey] = [value, turn, by];
  freshen(pupil, item);
  if (JSON.stringify(mine) !== JSON.stringify(value)) conflicts.set(`${invitation}/${itemKey}`, { pupil, item, mine, theirs: value, by, turn });
  drawConflicts();
}

function drawConflicts() {
  const said = [...notes].map((text) => made("div", { class: "message message--warning" }, made("p", {}, text)));
  part("conflicts").replaceChildren(...said, ...[...conflicts].map(([key, one]) => conflict(key, one)));
}

function conflict(key, { pupil, item, mine, theirs, by, turn }) {
  const facts = { pupil: pupil.name, item: item.text, mine: labelOf(item, mine), theirs: labelOf(item, theirs), by: nameOf(by) };
  const keep = made("button", { type: "button", class: "button button--secondary" }, `${words.keep_mine}: ${facts.mine}`);
  const take = made("button", { type: "button", class: "button button--secondary" }, `${filled(words.take_theirs, facts)}: ${facts.theirs}`);
  keep.addEventListener("click", () => {
    put(pupil, item, mine, turn);
    drawConflicts();
    point();
  });
  take.addEventListener("click", () => {
    conflicts.delete(key);
    drawConflicts();
    point();
  });
  const text = made("p", {}, filled(words.conflict, facts));
  return made("div", { class: "message message--warning" }, text, made("div", { class: "cluster" }, keep, take));
}

async function news() {
  if (line.waiting || document.hidden || over) return;
  const known = given;
  const answer = await fetch(sheet.news, { credentials: "same-origin", headers: { "Kring-Waiting": "1" } }).catch(() => null);
  const said = answer?.ok ? await answer.json().catch(() => null) : null;
  // What was asked before the last answer here does not know that answer.
  if (!said || given !== known || line.waiting || root.contains(document.activeElement?.closest("textarea"))) return;
  const before = pupils.length;
  ({ cells, states, people } = said);
  const [pupil] = here();
  pupils = openOnes();
  if (pupils.length) root.hidden = false;
  at.pupil = Math.max(0, pupils.findIndex(({ key }) => key === pupil?.key));
  if (before !== pupils.length || view === "grid") {
    draw();
    mark();
  } else for (const one of pupils) for (const item of items) freshen(one, item);
  count();
}

// ---- keys and buttons

function isTyping(target) {
  return target.closest?.("input:not([type=radio]), textarea, select, dialog, summary, [contenteditable]");
}

function arrow(key) {
  const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[key];
  const flat = key === "ArrowLeft" || key === "ArrowRight";
  const side = view === "grid" ? (flat ? "item" : "pupil") : inner()[flat ? 1 : 0];
  const next = Math.min(size(side) - 1, Math.max(0, at[side] + step));
  if (next !== at[side]) go({ [side]: next });
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.target.matches?.("input[type=radio]") && event.key.startsWith("Arrow")) return;
  const [pupil, item] = here();
  const choice = item && choicesOf(item).find(([, , key]) => key && key === event.key.toLowerCase());
  if (event.key === "?") part("show-keys").click();
  else if (!pupil) return;
  else if (choice && !item.open) choose(choice[0]);
  else if (event.key === sheet.skip) skip();
  else if (event.key === "Backspace") takeBack();
  else if (event.key.startsWith("Arrow")) arrow(event.key);
  else return;
  event.preventDefault();
}

async function leave(event) {
  if (!line.waiting) return;
  event.preventDefault();
  await line.sent();
  if (!line.waiting) location.assign(sheet.hand_in);
}

function turn(step) {
  const side = view === "pupil" ? "pupil" : "item";
  go({ [side]: Math.min(size(side) - 1, Math.max(0, at[side] + step)) });
  steps();
}

function changeView(event) {
  view = event.target.value;
  draw();
  mark();
}

function begin() {
  root.hidden = pupils.length === 0;
  const keys = document.querySelector("[data-keys]");
  document.addEventListener("keydown", pressed);
  keys.addEventListener("keydown", (event) => {
    if (event.key === "?") keys.close();
  });
  part("show-keys").addEventListener("click", () => keys.showModal());
  part("before").addEventListener("click", () => turn(-1));
  part("next").addEventListener("click", () => turn(1));
  part("jump").addEventListener("change", (event) => turn(Number(event.target.value) - at[view === "pupil" ? "pupil" : "item"]));
  part("hand-in").addEventListener("click", leave);
  for (const radio of root.querySelectorAll("[name=view]")) radio.addEventListener("change", changeView);
  addEventListener("beforeunload", (event) => {
    if (root.dataset.way === "held") event.preventDefault();
  });
  count();
  const [first] = openCells();
  if (first) at = first;
  draw();
  point({ still: true });
  document.addEventListener("kring:conflict", () => {
    notes.add(words.outbox);
    drawConflicts();
  });
  deliverWaiting({ tries: 1 });
  if (sheet.several) setInterval(news, NEWS_EVERY);
  addEventListener("visibilitychange", () => sheet.several && news());
}

function* openCells() {
  for (const [item] of items.entries()) for (const [pupil] of pupils.entries()) if (!isAnswered(pupils[pupil], items[item])) yield { item, pupil };
}

begin();
