// Choosing classmates: a question that is answered with names, or with a face for each classmate, one at a time.
// Both call answered(item, value): { who: [keys] }, { points: { key: code } }, or null (taken back). “Niemand” is { who: [] }.
import { element } from "./questions.js";

// Who has no photo gets the first letter, in one of a few shapes that do not depend on a colour.
function face(mate) {
  if (mate.photo) return element("img", { src: mate.photo, alt: "", class: "mate__face", width: "96", height: "96" });
  return element("span", { class: "mate__face mate__face--letter", "aria-hidden": "true" }, [...mate.name][0] ?? "?");
}

// Who is chosen in answer to a question is not asked about in the opposite one.
export function opposite(items, answers, item) {
  if (!item.polarity) return new Set();
  const others = items.filter((one) => one.polarity === -item.polarity);
  return new Set(others.flatMap((one) => answers.get(one.key)?.who ?? []));
}

// What is left of the answers to opposite questions when these are chosen here.
export function withoutChosen(items, answers, item, value) {
  if (!(item.polarity > 0) || !value?.who) return [];
  const chosen = new Set(value.who);
  return items
    .filter((one) => one.polarity < 0 && answers.get(one.key)?.who?.some((key) => chosen.has(key)))
    .map((one) => {
      const left = answers.get(one.key).who.filter((key) => !chosen.has(key));
      return [one, left.length ? { who: left } : null];
    });
}

function said(value, words) {
  if (!value?.who) return "";
  if (!value.who.length) return words.nobodyChosen;
  return value.who.length === 1 ? words.chosenOne : words.chosenMany.replace("{n}", value.who.length);
}

// The names keep their places and the hand stays where it is: only what is pressed changes.
function names(item, value, answered, { classmates, words, taken }) {
  const there = classmates.filter((mate) => !taken.has(mate.key));
  const known = new Set(there.map((mate) => mate.key));
  let now = value?.who ? { who: value.who.filter((key) => known.has(key)) } : null;
  if (now && !now.who.length && value.who.length) now = null; // all of them left the class
  const told = element("p", { class: "mates__told", role: "status" });
  const buttons = there.map((mate) => {
    const button = element("button", { type: "button", class: "mate", "data-key": mate.key }, face(mate), element("span", { class: "mate__name" }, mate.name));
    button.addEventListener("click", () => tap(mate.key));
    return button;
  });
  const nobody = element("button", { type: "button", class: "mate-nobody" }, words.nobody);
  nobody.addEventListener("click", () => set(now?.who.length === 0 ? null : { who: [] }));

  function tap(key) {
    const who = now?.who ?? [];
    if (who.includes(key)) return set(who.length > 1 ? { who: who.filter((one) => one !== key) } : null);
    if (item.limit && who.length >= item.limit) return tell(words.full.replace("{n}", item.limit));
    return set({ who: [...who, key] });
  }

  function set(next) {
    now = next;
    draw();
    answered(item, next);
  }

  function tell(text) {
    told.textContent = text;
  }

  function draw() {
    for (const button of buttons) button.setAttribute("aria-pressed", String(Boolean(now?.who.includes(button.dataset.key))));
    nobody.setAttribute("aria-pressed", String(now?.who.length === 0));
    tell(said(now, words));
  }

  draw();
  const help = [words.tapNames, ...(item.limit ? [words.atMost.replace("{n}", item.limit)] : [])].join(" ");
  const grid = element("div", { class: "mates", role: "group", "aria-labelledby": "question" }, ...buttons);
  grid.addEventListener("keydown", (event) => move(event, buttons));
  return element("div", { class: "choosing" }, element("p", { class: "mates__help" }, there.length ? help : words.nobodyLeft), element("div", { class: "mates__said" }, nobody, told), grid);
}

// The arrows go through the names as they stand on the screen.
function move(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const wide = buttons.filter((one) => one.offsetTop === buttons[0].offsetTop).length || 1;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide, Home: -at, End: buttons.length - 1 - at }[event.key];
  if (at < 0 || step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))].focus();
}

// One classmate at a time, with the faces below; after the last one it says so. `goes` takes the buttons of the page along: it says whether
// there was a classmate to go to, `says` is who stands there now, to read aloud.
function points(item, value, answered, { classmates, words, after }) {
  const known = new Set(classmates.map((mate) => mate.key));
  const given = new Map(Object.entries(value?.points ?? {}).filter(([key]) => known.has(key)));
  let at = classmates.findIndex((mate) => !given.has(mate.key));
  if (at < 0) at = classmates.length;
  const place = element("div", { class: "choosing" });
  let busy = 0;

  function give(mate, code) {
    if (busy) return;
    if (given.get(mate.key) === code) given.delete(mate.key);
    else given.set(mate.key, code);
    const goesOn = given.has(mate.key);
    draw();
    answered(item, given.size ? { points: Object.fromEntries(given) } : null);
    if (goesOn) busy = setTimeout(() => go(1), after);
    else place.querySelector("[data-who]")?.focus();
  }

  function go(step) {
    clearTimeout(busy);
    busy = 0;
    const to = at + step;
    if (to < 0 || to > classmates.length) return false;
    at = to;
    draw();
    answered(item, undefined);
    place.querySelector("[data-who]")?.focus();
    return true;
  }

  function draw() {
    place.replaceChildren(...(at < classmates.length ? one(classmates[at]) : done()));
    place.isDone = at >= classmates.length || given.has(classmates[at].key);
    place.says = at < classmates.length ? [classmates[at].name] : [];
  }

  function one(mate) {
    const buttons = item.options.map((option) => {
      const picture = option.picture ? [element("img", { src: option.picture, alt: "", width: "96", height: "96" })] : [];
      const button = element("button", { type: "button", class: "answer", "aria-pressed": String(given.get(mate.key) === option.code) }, ...picture, element("span", {}, option.label));
      button.addEventListener("click", () => give(mate, option.code));
      return button;
    });
    const who = element("h2", { class: "mate mate--one", id: "mate-now", tabindex: "-1", "data-who": "" }, face(mate), element("span", {}, mate.name));
    const told = element("p", { class: "mates__help" }, words.mate.replace("{n}", at + 1).replace("{of}", classmates.length));
    const shape = item.options.every((option) => option.picture) ? "answers--pictures answers--five" : "answers--words";
    return [told, who, element("div", { class: `answers ${shape}`, role: "group", "aria-labelledby": "question mate-now" }, ...buttons)];
  }

  function done() {
    const again = element("button", { type: "button", class: "quiet" }, words.matesAgain);
    again.addEventListener("click", () => go(-classmates.length));
    return [element("p", { class: "mates__said mates__told", "data-who": "", tabindex: "-1" }, classmates.length ? words.matesDone : words.nobodyLeft), again];
  }

  place.goes = go;
  draw();
  return place;
}

// By the kind of question; each keeps its own screen while one taps.
export const screens = { names, points };
