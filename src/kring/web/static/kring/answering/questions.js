// One question as it is asked. To children: big buttons, one question at a time. To adults: rows of choices, some questions together.
// Every question calls answered(item, value) with a code, a reason, { text } or null (taken back).

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const LONGEST = 2000;
export const MOST_BUTTONS = 11;
const SAVED_AFTER = 800;

function writing(item, value, answered, label) {
  const box = element("textarea", { rows: "5", maxlength: String(LONGEST), autocomplete: "off", ...label });
  box.value = value?.text ?? "";
  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    answered(item, box.value.trim() ? { text: box.value.trim() } : null);
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, SAVED_AFTER);
  });
  box.addEventListener("change", () => timer && keep());
  return box;
}

// A long row of numbers: a slider, of which the number stands beside it; it says nothing until it is moved.
function sliding(item, value, answered, words) {
  const [low, high] = [item.options[0], item.options.at(-1)];
  const shown = element("output", { class: "slide__number" }, value === undefined || value === null ? "–" : String(value));
  const bar = element("input", {
    type: "range", min: String(low.code), max: String(high.code), value: String(value ?? Math.round((low.code + high.code) / 2)),
    "aria-label": words.choose,
  });
  bar.addEventListener("input", () => {
    shown.value = bar.value;
  });
  bar.addEventListener("change", () => answered(item, Number(bar.value)));
  return element("div", { class: "slide" }, shown, bar, ends(low, high));
}

function ends(low, high) {
  const told = (option) => (option.label === String(option.code) ? "" : `${option.code}: ${option.label}`);
  return element("p", { class: "ends", "aria-hidden": "true" }, element("span", {}, told(low)), element("span", {}, told(high)));
}

function picture(option) {
  return option.picture ? [element("img", { src: option.picture, alt: "", width: "96", height: "96" })] : [];
}

// What a button of a row of numbers says: the ends have words as well.
function spoken(item, option) {
  return item.kind === "number" && option.label !== String(option.code) ? `${option.code}, ${option.label}` : option.label;
}

export function bigButtons(item, value, answered, words) {
  if (item.kind === "text") return writing(item, value, answered, { "aria-labelledby": "question" });
  if (item.kind === "number" && item.options.length > MOST_BUTTONS) return sliding(item, value, answered, words);
  const isRow = item.kind === "number";
  const shape = isRow ? "row" : item.options.every((one) => one.picture) ? "pictures" : "words";
  const buttons = item.options.map((option, at) => {
    const text = element("span", {}, isRow ? String(option.code) : option.label);
    const button = element("button", { type: "button", class: "answer", "aria-pressed": String(option.code === value) }, ...picture(option), text);
    if (isRow) button.setAttribute("aria-label", spoken(item, option));
    if (!isRow && at < 9) button.setAttribute("aria-keyshortcuts", String(at + 1));
    button.addEventListener("click", () => answered(item, button.getAttribute("aria-pressed") === "true" ? null : option.code));
    return button;
  });
  const group = element("div", { class: `answers answers--${shape}`, role: "group", "aria-labelledby": "question" }, ...buttons);
  return isRow ? element("div", {}, group, ends(item.options[0], item.options.at(-1))) : group;
}

function radio(name, value, label, isChosen, onChoose) {
  const dot = element("input", { type: "radio", name, autocomplete: "off" });
  dot.checked = isChosen;
  dot.addEventListener("change", () => onChoose(value));
  return element("label", { class: "pick" }, dot, element("span", {}, label));
}

export function plainQuestion(item, number, value, answered, words, reasons) {
  const name = `item-${number}`;
  const title = element("span", { class: "plain__text", id: name, tabindex: "-1" }, element("span", { class: "plain__number" }, `${number}.`), ` ${item.text}`);
  if (item.kind === "text") {
    return element("div", { class: "plain" }, element("label", { for: `${name}-box` }, title), writing(item, value, answered, { id: `${name}-box` }));
  }
  const long = item.kind === "number" && item.options.length > MOST_BUTTONS;
  const told = [...(long ? [] : item.options.map((one) => [one.code, spoken(item, one)])), ...reasons.map((one) => [one, words[one]])];
  const rows = told.map(([code, label]) => radio(name, code, label, value === code, (chosen) => answered(item, chosen)));
  const back = element("button", { type: "button", class: "quiet", hidden: value === undefined || value === null }, words.takeBack);
  const field = element("fieldset", { class: "plain" }, element("legend", {}, title));
  if (long) field.append(sliding(item, typeof value === "number" ? value : undefined, answered, words));
  field.append(element("div", { class: item.kind === "number" && !long ? "picks picks--row" : "picks" }, ...rows), back);
  back.addEventListener("click", () => {
    for (const dot of field.querySelectorAll("input[type=radio]")) dot.checked = false;
    back.hidden = true;
    answered(item, null);
    field.querySelector("input")?.focus();
  });
  field.addEventListener("change", () => {
    back.hidden = false;
  });
  return field;
}
