// Put down desks by dragging over spots, or walk over them with the arrow keys. Without this script every spot is a box to tick.
const rows = [...document.querySelectorAll(".room__row")].map((row) => [...row.querySelectorAll("input")]);
const count = document.querySelector("[data-count]");
let brush = null; // what the drag does: put down or take away

function tell() {
  const n = rows.flat().filter((spot) => spot.checked).length;
  count.textContent = n === 1 ? count.dataset.one : count.dataset.more.replace("{n}", String(n));
}

function reach(spot) {
  for (const other of rows.flat()) other.tabIndex = other === spot ? 0 : -1;
}

function walk(event) {
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  if (!steps) return;
  const row = rows.findIndex((spots) => spots.includes(event.target));
  const there = rows[row + steps[0]]?.[rows[row].indexOf(event.target) + steps[1]];
  event.preventDefault();
  if (!there) return;
  reach(there);
  there.focus();
}

function paint(spot) {
  if (spot.checked === brush) return;
  spot.checked = brush;
  tell();
}

function spotAt(event) {
  return event.target.closest(".room__spot")?.querySelector("input");
}

if (rows.length) {
  const floor = document.querySelector(".room__floor");
  floor.addEventListener("keydown", walk);
  floor.addEventListener("change", tell);
  floor.addEventListener("focusin", (event) => event.target.matches("input") && reach(event.target));
  floor.addEventListener("pointerdown", (event) => {
    const spot = spotAt(event);
    if (!spot || event.pointerType !== "mouse" || event.button !== 0) return;
    brush = !spot.checked;
  });
  floor.addEventListener("pointerover", (event) => {
    const spot = brush === null ? null : spotAt(event);
    if (spot) paint(spot);
  });
  floor.addEventListener("pointerout", (event) => {
    const spot = brush === null ? null : spotAt(event);
    if (spot) paint(spot); // the first spot, once one drags away from it; a click alone ticks by itself
  });
  addEventListener("pointerup", () => { brush = null; });
  reach(rows.flat().find((spot) => spot.checked) ?? rows[0][0]);
  tell();
}
