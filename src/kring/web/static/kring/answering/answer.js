// The screen on which everybody answers a list: the promise, the introduction, the questions, a look back, a kind end.
import { hush, readsAloud } from "./aloud.js";
import { deliverWaiting, openLine } from "./outbox.js";
import { MOST_BUTTONS, bigButtons, element, plainQuestion } from "./questions.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const page = read("answer-page");
const words = read("answer-words");
const part = (name) => document.querySelector(`[data-part="${name}"]`);
const all = (selector) => document.querySelectorAll(selector);

const isChild = page.form === "child";
const choosing = page.classmates ? await import("./choosing.js") : null; // only a list about classmates brings it along
const PER_SCREEN = isChild ? 1 : 5;
const GOES_ON_AFTER = matchMedia("(prefers-reduced-motion: reduce)").matches || document.documentElement.dataset.motion === "less" ? 0 : 350;

const items = page.items.map((item) => ({ ...item, options: page.options[item.options] ?? [] }));
const answers = new Map(Object.entries(page.answers));
const seen = new Set(answers.keys());
let at = firstOpen();
let busy = 0; // the moment between an answer and the next question

// What is being typed when somebody leaves counts as well; this comes before the last call of the line below.
const finishTyping = () => document.activeElement?.blur?.();
addEventListener("kring:leaving", finishTyping);
addEventListener("pagehide", finishTyping);

const line = openLine({
  ticket: page.ticket,
  key: page.key,
  named: !page.anonymous,
  onState: ({ state, why }) => (state === "over" ? over(why) : tellKept(state)),
});

function firstOpen() {
  const place = items.findIndex((item) => !isAnswered(item) && !seen.has(item.key));
  return place < 0 ? 0 : place - (place % PER_SCREEN);
}

function isAnswered(item) {
  return (answers.get(item.key) ?? null) !== null;
}

// ---- which part stands on the screen

function show(name, { focus = true } = {}) {
  hush();
  clearTimeout(busy); // who goes on by hand goes one step, not two
  busy = 0;
  for (const one of all("[data-part]")) one.hidden = one.dataset.part !== name;
  document.body.dataset.shows = name;
  scrollTo(0, 0);
  if (focus) part(name).querySelector("[data-title]")?.focus();
}

function tellKept(state) {
  const said = page.anonymous ? "" : (words[state] ?? "");
  for (const one of all("[data-kept]")) {
    if (one.textContent !== said) one.textContent = said;
    one.dataset.state = state;
  }
}

function over(why) {
  const told = [...all("[data-why]")];
  const known = told.some((one) => one.dataset.why === why) ? why : "other";
  for (const one of told) one.hidden = one.dataset.why !== known;
  document.dispatchEvent(new CustomEvent("kring:over", { detail: { why } }));
  show("over");
}

// ---- the questions

function keep(item, value) {
  for (const [other, left] of choosing?.withoutChosen(items, answers, item, value) ?? []) keep(other, left);
  answers.set(item.key, value);
  seen.add(item.key);
  line.put(item.key, value);
}

function ask({ focus = true } = {}) {
  const shown = items.slice(at, at + PER_SCREEN);
  for (const item of shown) seen.add(item.key);
  if (isChild) askOne(shown[0]);
  else askSome(shown);
  drawStones();
  part("ask").querySelector("[data-back]").hidden = false;
  show("ask", { focus: false });
  if (focus) document.getElementById(isChild ? "question" : `item-${at + 1}`)?.focus();
}

let screen = null; // of a question about classmates

function askOne(item) {
  screen = null;
  document.getElementById("question").textContent = item.text;
  const chosen = (one, value) => {
    if (busy) return;
    keep(one, value);
    const goesOn = value !== null && one.kind !== "text" && !slides(one, value);
    drawAnswers(item);
    if (goesOn) goOnSoon();
  };
  drawAnswers(item, chosen);
  lookAloud();
}

function slides(item, value) {
  return item.kind === "number" && item.options.length > MOST_BUTTONS && typeof value === "number";
}

let lastChosen = () => {};

function drawAnswers(item, chosen = lastChosen) {
  lastChosen = chosen;
  const place = document.getElementById("answers");
  if (choosing?.screens[item.kind]) return drawChoosing(item, place);
  if (item.kind === "text" && place.querySelector("textarea") && place.dataset.item === item.key) return drawNext(item);
  const held = place.contains(document.activeElement) ? [...place.querySelectorAll("button")].indexOf(document.activeElement) : -1;
  place.replaceChildren(bigButtons(item, answers.get(item.key), chosen, words));
  place.dataset.item = item.key;
  if (held >= 0) place.querySelectorAll("button")[held]?.focus();
  for (const button of all("[data-reason]")) {
    button.hidden = item.kind === "text" || !page.reasons.includes(button.dataset.reason);
    button.setAttribute("aria-pressed", String(answers.get(item.key) === button.dataset.reason));
  }
  return drawNext(item);
}

function drawChoosing(item, place) {
  const answered = (one, value) => {
    if (value !== undefined) keep(one, value); // undefined: another classmate stands there now
    drawNext(one);
    drawStones();
  };
  const about = { classmates: page.classmates, words, taken: choosing.opposite(items, answers, item), after: GOES_ON_AFTER };
  screen = choosing.screens[item.kind](item, answers.get(item.key), answered, about);
  place.replaceChildren(screen);
  place.dataset.item = item.key;
  for (const button of all("[data-reason]")) button.hidden = true;
  return drawNext(item);
}

function drawNext(item) {
  const button = part("ask").querySelector("[data-next]");
  const isDone = screen?.isDone ?? isAnswered(item);
  button.firstElementChild.textContent = isDone ? words.next : words.skip;
  button.classList.toggle("go--skip", !isDone);
}

function askSome(shown) {
  const list = document.getElementById("answers");
  list.replaceChildren(...shown.map((item, nth) => plainQuestion(item, at + nth + 1, answers.get(item.key), keep, words, page.reasons)));
  part("ask").querySelector("[data-next] span").textContent = words.next;
}

function goOnSoon() {
  busy = setTimeout(() => go(1), GOES_ON_AFTER);
}

function go(step) {
  finishTyping();
  if (screen?.goes?.(step)) return undefined;
  const to = at + step * PER_SCREEN;
  if (to < 0) return show("promise");
  if (to >= items.length) return lookBack();
  at = to;
  return ask();
}

function drawStones() {
  const last = Math.min(at + PER_SCREEN, items.length);
  const text = PER_SCREEN === 1 ? words.place : words.places;
  document.getElementById("place").textContent = text.replace("{n}", at + 1).replace("{m}", last).replace("{of}", items.length);
  const stones = items.map((item, nth) => {
    const here = nth >= at && nth < last;
    const state = here ? "here" : isAnswered(item) ? "done" : seen.has(item.key) ? "open" : "ahead";
    return element("span", { class: `stone stone--${state}` });
  });
  document.getElementById("stones").replaceChildren(...stones);
}

// ---- looking back, and handing in

function lookBack() {
  const open = items.map((item, nth) => [item, nth]).filter(([item]) => !isAnswered(item));
  part("check").querySelector("[data-none-open]").hidden = open.length > 0;
  part("check").querySelector("[data-some-open]").hidden = open.length === 0;
  document.getElementById("open-items").replaceChildren(
    ...open.map(([item, nth]) => {
      const button = element("button", { type: "button", class: "open-item" }, element("b", {}, `${nth + 1}`), ` ${item.text}`);
      button.addEventListener("click", () => {
        at = nth - (nth % PER_SCREEN);
        ask();
      });
      return element("li", {}, button);
    }),
  );
  const readers = part("check").querySelector("[data-readers]");
  if (readers) readers.hidden = !written().length;
  show("check");
}

function written() {
  return items.filter((item) => item.kind === "text" && isAnswered(item)).map((item) => item.key);
}

function readersChosen() {
  const chosen = [...all("[data-readers] input:checked")].map((box) => box.value);
  return chosen.length ? Object.fromEntries(written().map((key) => [key, chosen])) : {};
}

async function handIn(button) {
  const failed = part("check").querySelector("[data-not-sent]");
  const stuck = part("check").querySelector("[data-stuck]");
  button.disabled = true;
  failed.hidden = stuck.hidden = true;
  const outcome = await line.handIn({ readers: readersChosen() });
  button.disabled = false;
  if (outcome === "handed_in" || outcome === "later") return ended(outcome);
  if (!["offline", "stuck"].includes(outcome.why)) return over(outcome.why);
  const told = outcome.why === "stuck" ? stuck : failed;
  told.hidden = false;
  told.focus();
  return undefined;
}

function ended(outcome) {
  answers.clear();
  document.getElementById("answers").replaceChildren();
  document.getElementById("open-items").replaceChildren();
  part("end").querySelector("[data-later]").hidden = outcome !== "later";
  part("end").querySelector("[data-arrived]").hidden = outcome === "later";
  document.dispatchEvent(new CustomEvent("kring:handed-in", { detail: { outcome } }));
  show("end");
}

// ---- buttons and keys

const DOES = {
  begin: () => (part("introduction") && !seen.size ? show("introduction") : ask()),
  ask: () => ask(),
  next: () => go(1),
  back: () => go(-1),
  again: () => {
    at = Math.max(0, items.length - PER_SCREEN);
    at -= at % PER_SCREEN;
    ask();
  },
  promise: () => show("promise"),
};

for (const button of all("[data-does]")) button.addEventListener("click", () => DOES[button.dataset.does]());
for (const button of all("[data-reason]")) {
  button.addEventListener("click", () => {
    lastChosen(items[at], button.getAttribute("aria-pressed") === "true" ? null : button.dataset.reason);
  });
}
part("check").querySelector("[data-hand-in]").addEventListener("click", (event) => handIn(event.currentTarget));

addEventListener("keydown", (event) => {
  if (!isChild || document.body.dataset.shows !== "ask" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (["TEXTAREA", "INPUT", "SELECT"].includes(event.target.tagName)) return;
  const choices = all("#answers .answers:not(.answers--row) .answer");
  if (/^[1-9]$/.test(event.key)) choices[Number(event.key) - 1]?.click();
  else if (event.key === "ArrowRight") go(1);
  else if (event.key === "ArrowLeft") go(-1);
});

for (const button of all("[data-aloud-of]")) {
  const of = document.getElementById(button.dataset.aloudOf);
  readsAloud(button, page.language, () => ({ texts: [...of.querySelectorAll("[data-title], p, li")].map((one) => one.textContent.trim()) }));
}
const aloud = part("ask").querySelector("[data-aloud]");
const lookAloud = aloud
  ? readsAloud(aloud, page.language, () => ({
      audio: items[at].audio,
      texts: [items[at].text, ...spokenWith(items[at])],
    }))
  : () => {};

function spokenWith(item) {
  if (item.kind === "names") return page.young ? page.classmates.map((one) => one.name) : [];
  return ["choice", "points"].includes(item.kind) ? [...(screen?.says ?? []), ...item.options.map((one) => one.label)] : [];
}

// A page that comes back from the browser's memory would show what another child left behind.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
let isLeft = false; // a tablet that nobody touched goes on to the next child, without asking
addEventListener("kring:leaving", () => {
  isLeft = true;
});
addEventListener("beforeunload", (event) => {
  if (isLeft) return;
  const unsafe = page.anonymous ? seen.size && !["end", "over"].includes(document.body.dataset.shows) : document.querySelector("[data-kept]")?.dataset.state === "held";
  if (unsafe) event.preventDefault();
});

// What this device still had of an earlier time comes first: then the page shows it as well.
async function start() {
  const taken = await Promise.race([deliverWaiting({ tries: 1 }), new Promise((resolve) => setTimeout(resolve, 2500, 0))]);
  const isFetched = Boolean(history.state?.fetched); // once is enough
  history.replaceState({ fetched: taken > 0 && !isFetched }, "");
  if (taken && !page.anonymous && !isFetched) {
    location.reload();
    return;
  }
  deliverWaiting();
  document.body.dataset.ready = "yes";
  show("promise", { focus: false });
}

start();
