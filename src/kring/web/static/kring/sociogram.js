// Picks a pupil in a sociogram: by mouse, touch or keyboard. The facts of the pupil stand in the list beside it.
// Expects, inside [data-sociogram]: an <svg> with [data-pupil], [data-from][data-to], and list items with [data-facts].

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

function centre(node) {
  const box = node.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// The nearest pupil within a quarter turn of the arrow; sideways distance counts double.
function neighbour(nodes, from, [dx, dy]) {
  const [x, y] = centre(from);
  let best = null;
  let least = Infinity;
  for (const node of nodes) {
    if (node === from) continue;
    const [nx, ny] = centre(node);
    const along = (nx - x) * dx + (ny - y) * dy;
    const aside = Math.abs((nx - x) * dy - (ny - y) * dx);
    if (along <= 0 || aside > along * 1.5) continue;
    if (along + 2 * aside < least) [best, least] = [node, along + 2 * aside];
  }
  return best;
}

function enliven(picker) {
  const svg = picker.querySelector("svg");
  const nodes = [...picker.querySelectorAll("svg [data-pupil]")];
  if (!svg || !nodes.length) return;
  const ties = [...picker.querySelectorAll("svg [data-from]")];
  const facts = new Map([...picker.querySelectorAll("[data-facts]")].map((item) => [item.dataset.facts, item]));
  let picked = null;

  function tied(pupil) {
    const with_ = new Set([pupil]);
    for (const { dataset } of ties) {
      if (dataset.from === pupil) with_.add(dataset.to);
      if (dataset.to === pupil) with_.add(dataset.from);
    }
    return with_;
  }

  function paint() {
    const near = picked === null ? null : tied(picked);
    for (const node of nodes) {
      node.classList.toggle("is-faint", near !== null && !near.has(node.dataset.pupil));
      node.setAttribute("aria-pressed", String(node.dataset.pupil === picked));
    }
    for (const tie of ties) {
      tie.classList.toggle("is-faint", picked !== null && tie.dataset.from !== picked && tie.dataset.to !== picked);
    }
    for (const [pupil, item] of facts) item.classList.toggle("is-picked", pupil === picked);
  }

  function show(item) {
    const list = item.parentElement;
    if (list.scrollHeight <= list.clientHeight) return;
    list.scrollTop = item.offsetTop - list.offsetTop - (list.clientHeight - item.offsetHeight) / 2;
  }

  function pick(pupil) {
    picked = pupil === picked ? null : pupil;
    paint();
    if (picked !== null && facts.has(picked)) show(facts.get(picked));
  }

  function reach(node) {
    for (const other of nodes) other.setAttribute("tabindex", other === node ? "0" : "-1");
  }

  svg.setAttribute("role", "group");
  for (const node of nodes) {
    const item = facts.get(node.dataset.pupil);
    node.setAttribute("role", "button");
    if (!node.hasAttribute("aria-label")) node.setAttribute("aria-label", (node.dataset.name ?? node.textContent).trim());
    if (item) {
      item.id ||= `facts-${node.dataset.pupil}`;
      node.setAttribute("aria-describedby", item.id);
    }
    node.addEventListener("click", () => { reach(node); pick(node.dataset.pupil); });
    node.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") pick(node.dataset.pupil);
      else if (event.key === "Escape" && picked !== null) pick(picked);
      else if (event.key in ARROWS) {
        const next = neighbour(nodes, node, ARROWS[event.key]);
        if (next) { reach(next); next.focus(); }
      } else return;
      event.preventDefault();
    });
  }
  for (const [pupil, item] of facts) {
    item.addEventListener("click", (event) => { if (!event.target.closest("a, summary, button")) pick(pupil); });
  }
  reach(nodes[0]);
  picker.classList.add("is-live");
  paint();
}

for (const picker of document.querySelectorAll("[data-sociogram]")) enliven(picker);
