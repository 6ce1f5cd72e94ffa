// A tablet that nobody touches for three minutes goes back to “wie ben jij?”. While it is touched the server hears so, once a minute;
// that is also how it hears that this child went on elsewhere, or that the lesson is over.
const seat = document.querySelector("[data-seat]");
const leave = seat.querySelector("[data-leave]");
const still = seat.querySelector("[data-still]");
const offline = seat.querySelector("[data-offline]");
const [ASKS, LEAVES, TELLS, TRIES] = [150_000, 180_000, 60_000, 2000];
const LEFT = "kring-left"; // the name of a window in which a child stopped without a connection, until the server knows it
let [touched, told, going] = [Date.now(), Date.now(), false];

async function goAway(ended = "") {
  if (going) return;
  going = true;
  leave.elements.ended.value = ended;
  if (ended) dispatchEvent(new CustomEvent("kring:leaving"));
  if (!(await sayHere())) await waitWithNothingShown();
  window.name = "";
  leave.submit();
  setTimeout(() => (going = false), 3000); // the browser asks who stops halfway, and that child may stay
}

// What the server says of this seat; nothing without a connection.
function sayHere() {
  const headers = { Accept: "application/json", "X-CSRFToken": leave.elements.csrfmiddlewaretoken.value };
  const asked = { method: "POST", headers, credentials: "same-origin", signal: AbortSignal.timeout?.(4000) };
  return fetch(seat.dataset.here, asked).catch(() => null);
}

// Without a connection the browser would show a page of its own, from which Back leads to this child. So this page stays, and is empty.
async function waitWithNothingShown() {
  dispatchEvent(new CustomEvent("kring:leaving"));
  showNothing();
  history.replaceState(null, "", seat.dataset.door);
  holdBack();
  do await new Promise((resolve) => setTimeout(resolve, TRIES)); while (!(await sayHere()));
}

function showNothing() {
  document.body.replaceChildren(seat);
  for (const one of [still, offline]) one.close();
  seat.querySelector("[data-wait]").hidden = false;
  document.title = "Kring";
}

// Back leads to this child as long as the server does not know that it left: it leads nowhere, and who gets past it ends the seat.
function holdBack() {
  window.name = LEFT;
  history.pushState(null, "", seat.dataset.door);
  addEventListener("popstate", () => history.pushState(null, "", seat.dataset.door));
  addEventListener("pagehide", () => {
    if (window.name === LEFT) fetch(leave.action, { method: "POST", body: new FormData(leave), keepalive: true }).catch(() => {});
  });
}

async function tell() {
  told = Date.now();
  const answer = await sayHere();
  if (answer?.status !== 410) return;
  const said = await answer.json().catch(() => ({}));
  goAway(said.how || "");
}

function touch() {
  if (still.open) return; // then only its own button counts
  touched = Date.now();
  if (touched - told > TELLS) tell();
}

for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, touch, { passive: true, capture: true });
seat.querySelector("[data-stay]").addEventListener("click", () => still.close());
still.addEventListener("close", touch);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) tell();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

// Going on without a connection would lead to that page of the browser as well.
function stayHere(event) {
  event.preventDefault();
  if (!going && !offline.open) offline.showModal();
}

document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  if (event.target.action === leave.action) {
    event.preventDefault();
    goAway();
  } else if (!navigator.onLine) stayHere(event);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!navigator.onLine && link?.origin === location.origin && !link.hash) stayHere(event);
});
offline.querySelector("[data-close]").addEventListener("click", () => offline.close());

setInterval(() => {
  if (going) return;
  const quiet = Date.now() - touched;
  if (quiet >= LEAVES) goAway("away");
  else if (quiet >= ASKS && !still.open) still.showModal();
}, 1000);
if (window.name === LEFT) {
  showNothing();
  goAway();
}
seat.dataset.ready = "";
