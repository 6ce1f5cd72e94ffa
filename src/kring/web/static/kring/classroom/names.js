// Wie ben jij? One page: a name, then pictures, a pin or a card. Nothing of it comes into the history of the browser.
const page = document.querySelector("[data-names]");
const key = page.querySelector("[data-key]");
const MOST = 3;
let [pupil, tapped, busy] = ["", [], false];

function show(step) {
  for (const one of page.querySelectorAll("[data-step]")) one.hidden = one.dataset.step !== step;
  const shown = page.querySelector(`[data-step="${step}"]`);
  shown.querySelector("h1").focus();
  return shown;
}

function choose(button) {
  pupil = button.dataset.pupil;
  const step = show(button.dataset.pad || "card");
  const hello = step.querySelector("[data-hello]");
  hello.dataset.words ??= hello.textContent;
  hello.textContent = hello.dataset.words.replace("NAAM", () => button.dataset.given);
  clear(step);
  step.querySelector("input")?.focus();
}

function clear(step) {
  tapped = [];
  for (const why of step.querySelectorAll("[data-why]")) why.hidden = true;
  for (const input of step.querySelectorAll("input")) input.value = "";
  draw();
}

function draw() {
  const row = page.querySelector("[data-tapped]");
  const slots = Array.from({ length: MOST }, (_, at) => {
    const slot = document.createElement("span");
    slot.className = tapped[at] ? "child__slot child__slot--full" : "child__slot";
    return slot;
  });
  const said = document.createElement("span");
  said.className = "visually-hidden";
  said.textContent = row.dataset.words.replace("AANTAL", String(tapped.length));
  row.replaceChildren(...slots, said);
}

async function send(fields) {
  if (busy) return;
  busy = true;
  const body = new FormData(key);
  body.append("pupil", pupil);
  for (const [name, value] of fields) body.append(name, value);
  const asked = { method: "POST", headers: { Accept: "application/json" }, body, credentials: "same-origin" };
  const answer = await fetch(location.pathname, asked).catch(() => null);
  const said = await answer?.json().catch(() => null);
  busy = false;
  if (said?.next) location.replace(said.next);
  else if (said?.why) refuse(said.why);
  else if (!answer) refuse(page.dataset.offline);
  else location.reload();
}

function refuse(sentence) {
  const step = page.querySelector("[data-step]:not([hidden])");
  clear(step);
  const why = step.querySelector("[data-why]");
  why.firstElementChild.textContent = sentence;
  why.hidden = false;
  step.querySelector("input")?.focus();
}

page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button || busy) return;
  if (button.dataset.pupil) choose(button);
  else if (button.dataset.picture) {
    tapped = [...tapped, button.dataset.picture].slice(0, MOST);
    draw();
    if (tapped.length === MOST) send(tapped.map((picture) => ["pictures", picture]));
  } else if ("again" in button.dataset) clear(button.closest("[data-step]"));
  else if ("back" in button.dataset) {
    pupil = "";
    show("name");
  }
});

page.querySelector("[data-pin]").addEventListener("submit", (event) => {
  event.preventDefault();
  send([["pin", event.target.querySelector("input").value]]);
});

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
