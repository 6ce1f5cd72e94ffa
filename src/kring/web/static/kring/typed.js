// Typing in a sheet of paper: one key for each answer and on to the next; Backspace goes back; at the end one looks once and saves.
// Without this script every answer has its own box, and Tab goes on.
const form = document.querySelector("[data-typed]");
const boxes = [...form.querySelectorAll(".typed__row input, .typed__row textarea")];
const check = form.querySelector("[data-check]");
const save = form.querySelector("button");

function go(place) {
  const box = boxes[place];
  (box ?? save).focus();
  box?.select?.();
}

function light(box) {
  for (const one of box.closest(".typed__row").querySelectorAll("[data-key]")) one.classList.toggle("is-chosen", one.dataset.key === box.value);
}

function judge() {
  const empty = boxes.flatMap((box, place) => (box.value ? [] : [place + 1]));
  check.textContent = empty.length ? `${check.dataset.empty} ${empty.join(", ")}` : check.dataset.all;
}

function typed(box, place, key) {
  if (!box.dataset.keys.includes(key)) {
    check.textContent = check.dataset.wrong;
    box.setAttribute("aria-invalid", "true");
    return;
  }
  box.value = key;
  box.removeAttribute("aria-invalid");
  light(box);
  judge();
  go(place + 1);
}

function back(event, box, place) {
  if (box.value || !place) return;
  event.preventDefault();
  go(place - 1);
  const before = boxes[place - 1];
  if (before.dataset.keys) before.value = "";
  light(before);
  judge();
}

function pressed(event, place) {
  const box = boxes[place];
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Enter" && box.tagName !== "TEXTAREA") {
    event.preventDefault();
    go(place + 1);
  } else if (step && box.type === "text") {
    event.preventDefault();
    go(Math.max(0, place + step));
  } else if (event.key === "Backspace") back(event, box, place);
  else if (box.dataset.keys && event.key.length === 1) {
    event.preventDefault();
    typed(box, place, event.key.toLowerCase());
  }
}

for (const [place, box] of boxes.entries()) {
  box.addEventListener("keydown", (event) => pressed(event, place));
  box.addEventListener("input", () => {
    if (box.dataset.keys && box.value) typed(box, place, box.value.slice(-1).toLowerCase()); // a keyboard on glass tells no keys
    light(box);
    judge();
  });
  light(box);
}
save.addEventListener("keydown", (event) => {
  if (event.key !== "Backspace") return;
  event.preventDefault();
  go(boxes.length - 1);
});
go(Math.max(0, boxes.findIndex((box) => !box.value)));

// What was typed before this script was there, as if it were typed now; and what is typed after saving is for the next sheet.
function again(key) {
  const place = boxes.indexOf(document.activeElement);
  const box = boxes[place];
  if (!box) return key === "Enter";
  if (key === "Enter") go(place + 1);
  else if (key === "Backspace") back(new Event("none"), box, place);
  else if (box.dataset.keys) typed(box, place, key.toLowerCase());
  else box.value += key;
  return false;
}

form.addEventListener("submit", () => window.kringAhead?.pass("number"));
const ahead = window.kringAhead?.take("sheet") ?? [];
while (ahead.length) {
  if (!again(ahead.shift())) continue;
  form.requestSubmit();
  window.kringAhead.pass("number", ahead);
  break;
}
