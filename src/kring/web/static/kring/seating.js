// Who sits where, without leaving the page: drag a name with mouse or finger, or pick one and then a place; every step is kept at once.
// Without this script the same links and forms do the same, a page at a time. Only the parts of the page ([data-part]) are exchanged,
// so that what somebody is typing elsewhere on it stays.
const root = document.querySelector("[data-seating]");
const said = document.querySelector("[data-said]");
const NEAR = 7; // pixels before a press is a drag
const HOLD = 280; // milliseconds that a finger holds a name before it comes along; a shorter move scrolls
const POLL = 1000;
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

let drag = null;
let busy = false;
let sending = false;
let poll = 0;

const part = (name) => root.querySelector(`[data-part="${name}"]`);
const plan = () => part("plan");
// In a group plan a key is “cluster.pupil”: after a move the same pupil stands under another one.
const pupilAt = (key) => document.getElementById(`pupil-${key}`) ?? (key.includes(".") ? root.querySelector(`[data-pupil$="${key.slice(key.indexOf("."))}"]`) : null);

// ---- asking the server, and putting its answer in place

// What somebody does while another request is under way waits its turn: a move that is dropped must not be lost.
async function idle() {
  while (busy) await new Promise((next) => setTimeout(next, 50));
}

async function ask(url, options = {}) {
  busy = true;
  root.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { credentials: "same-origin", ...options });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-seating]");
    if (!fresh || (!answer.ok && answer.status !== 409)) location.reload();
    return fresh;
  } catch {
    tell(root.dataset.lost);
    return null;
  } finally {
    busy = false;
    root.removeAttribute("aria-busy");
  }
}

function put(fresh) {
  for (const old of root.querySelectorAll("[data-part]")) {
    const next = fresh.querySelector(`[data-part="${old.dataset.part}"]`);
    if (!next || next.innerHTML === old.innerHTML) continue;
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    old.replaceChildren(...document.importNode(next, true).childNodes);
    old.querySelectorAll("details").forEach((one, number) => { one.open = open[number] ?? one.open; });
  }
  soon();
}

function tell(text) {
  if (said) said.textContent = text;
}

function tellOutcome(pupil) {
  const refusal = part("refusal").textContent.trim();
  const picked = root.querySelector(".seating__picked");
  tell(refusal || (picked ? picked.textContent.trim() : (pupil && pupilAt(pupil)?.getAttribute("aria-label")) || ""));
}

async function go(url, options, focus) {
  const before = document.activeElement?.id;
  await idle();
  const fresh = await ask(url, options);
  if (!fresh) return;
  put(fresh);
  const target = (focus && pupilAt(focus)) || (before && document.getElementById(before)) || plan().querySelector(".pupil");
  target?.focus({ preventScroll: true });
  tellOutcome(focus);
}

async function send(form, more, focus) {
  const body = new FormData(form);
  for (const [name, value] of Object.entries(more)) body.set(name, value);
  if (sending) { // right after a move of one's own: that one counted up the version, nobody else did
    await idle();
    if (body.has("read")) body.set("read", plan().elements.read.value);
  }
  sending = true;
  await go(form.action, { method: "POST", body }, focus);
  sending = false;
}

// While a proposal is being worked out: look every second, unless somebody is moving a name.
function soon() {
  clearTimeout(poll);
  if (root.querySelector("progress")) poll = setTimeout(look, POLL);
}

async function look() {
  if (!drag && !busy && !root.querySelector(".pupil--picked")) {
    const fresh = await ask(location.pathname, { headers: { "Kring-Waiting": "1" } });
    if (fresh && !drag) {
      const before = document.activeElement?.id;
      put(fresh);
      if (!root.querySelector("progress")) tell(part("search").querySelector("p + p")?.textContent ?? "");
      if (before && document.activeElement === document.body) document.getElementById(before)?.focus({ preventScroll: true });
    }
  }
  soon();
}

// ---- picking and placing, by mouse and keyboard

root.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pick], a[data-cancel]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.href, {}, link.dataset.pupil ?? root.querySelector(".pupil--picked")?.dataset.pupil);
});

root.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-stay]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  send(form, button?.name ? { [button.name]: button.value } : {}, form.elements.pupil?.value);
});

function centre(node) {
  const box = node.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// The nearest name or place within a quarter turn of the arrow; sideways distance counts double.
function neighbour(from, [dx, dy]) {
  const [x, y] = centre(from);
  let best = null;
  let least = Infinity;
  for (const node of plan().querySelectorAll("a.pupil, button.pupil, button.free")) {
    const [nx, ny] = centre(node);
    const along = (nx - x) * dx + (ny - y) * dy;
    const aside = Math.abs((nx - x) * dy - (ny - y) * dx);
    if (node === from || along <= 0 || aside > along * 1.5) continue;
    if (along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
  }
  return best;
}

root.addEventListener("keydown", (event) => {
  const here = event.target.closest(".pupil, .free");
  if (event.key === "Escape") {
    if (drag) return stop();
    root.querySelector("a.pupil--picked")?.click();
  } else if (here && event.key in ARROWS) {
    neighbour(here, ARROWS[event.key])?.focus();
  } else if (here?.matches("a") && event.key === " ") {
    here.click();
  } else return;
  event.preventDefault();
});

// ---- dragging, by mouse and finger

root.addEventListener("dragstart", (event) => event.preventDefault());

root.addEventListener("pointerdown", (event) => {
  const card = event.target.closest("[data-drag]");
  if (!card || event.button !== 0) return;
  drag = { card, id: event.pointerId, x: event.clientX, y: event.clientY, ghost: null, held: 0 };
  if (event.pointerType === "touch") drag.held = setTimeout(() => lift(drag.x, drag.y), HOLD);
});

function lift(x, y) {
  drag.ghost = document.createElement("div");
  drag.ghost.className = "pupil pupil--ghost";
  drag.ghost.textContent = drag.card.querySelector(".pupil__name").textContent;
  root.append(drag.ghost);
  drag.card.classList.add("is-carried");
  follow(x, y);
}

function follow(x, y) {
  drag.ghost.style.transform = `translate(${x + 8}px, ${y + 8}px)`;
  root.querySelector(".is-over")?.classList.remove("is-over");
  target(x, y)?.node.classList.add("is-over");
}

// What lies under the pointer: a classmate to swap with, a free place, or a group as a whole.
function target(x, y) {
  const under = document.elementFromPoint(x, y);
  if (!under || !plan().contains(under)) return null;
  const other = under.closest("[data-pupil]");
  if (other?.dataset.pupil === drag.card.dataset.pupil) return null; // the plan may have been exchanged meanwhile
  const seat = under.closest("[data-seat]");
  if (other && !("noSwap" in root.dataset) && (!seat || seat.dataset.seat !== "")) return { node: other, fields: { swap: other.dataset.pupil } };
  const place = under.closest("[data-place]") ?? seat?.querySelector("[data-place]");
  if (place) return { node: place, fields: { to: place.dataset.place } };
  return seat ? { node: seat, fields: { to: seat.dataset.seat } } : null;
}

document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > NEAR;
  if (drag.ghost) follow(event.clientX, event.clientY);
  else if (far && drag.held) stop();
  else if (far) lift(event.clientX, event.clientY);
});

document.addEventListener("pointerup", (event) => {
  if (!drag || event.pointerId !== drag.id) return;
  const { card, ghost } = drag;
  const found = ghost && target(event.clientX, event.clientY);
  stop();
  if (ghost) addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  if (found) send(plan(), { pupil: card.dataset.pupil, ...found.fields }, card.dataset.pupil);
});

function swallow(event) {
  event.preventDefault();
  event.stopPropagation();
}

function stop() {
  if (!drag) return;
  clearTimeout(drag.held);
  drag.ghost?.remove();
  drag.card.classList.remove("is-carried");
  root.querySelector(".is-over")?.classList.remove("is-over");
  drag = null;
}

document.addEventListener("pointercancel", stop);
document.addEventListener("touchmove", (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
document.addEventListener("contextmenu", (event) => { if (drag) event.preventDefault(); });

soon();
