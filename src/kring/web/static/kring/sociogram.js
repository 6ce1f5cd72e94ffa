// Picks a pupil in a sociogram: by mouse, touch or keyboard. The facts of the pupil light up in the list or table beside it.
// Inside [data-sociogram]: one or more <svg> with [data-pupil] and [data-from][data-to], and list items or rows with [data-facts].
// A link within the facts that only changes the query of this page (href="?…") picks too, instead of opening the page again.
// Who looks at one pupil stands in the log of that pupil: with data-pick the server is asked for the choices first, and shows them;
// if it does not answer, nothing is shown.

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

function tied(ties, pupil) {
  const near = new Set([pupil]);
  for (const { dataset } of ties) {
    if (dataset.from === pupil) near.add(dataset.to);
    if (dataset.to === pupil) near.add(dataset.from);
  }
  return near;
}

// A list that scrolls brings the picked facts into sight; the page itself stays where it is.
function bringIntoSight(item) {
  const list = item.parentElement;
  if (list.scrollHeight > list.clientHeight) list.scrollTop = item.offsetTop - list.offsetTop - (list.clientHeight - item.offsetHeight) / 2;
}

// One drawing: its pupils can be reached with Tab (one of them) and the arrow keys.
function drawing(svg, pick) {
  const nodes = [...svg.querySelectorAll("[data-pupil]")];
  const ties = [...svg.querySelectorAll("[data-from]")];
  const reach = (node) => nodes.forEach((other) => other.setAttribute("tabindex", other === node ? "0" : "-1"));

  function pressed(event) {
    const node = event.currentTarget;
    if (event.key === "Enter" || event.key === " ") pick(node.dataset.pupil);
    else if (event.key === "Escape") pick(null);
    else if (event.key in ARROWS) {
      const next = neighbour(nodes, node, ARROWS[event.key]);
      if (next) { reach(next); next.focus(); }
    } else return;
    event.preventDefault();
  }

  // What the server drew for somebody who is picked in the address, the style sheet does from here on.
  const veiled = svg.classList.contains("chart__picture--target");
  for (const tie of ties) {
    tie.removeAttribute("opacity");
    if (veiled) tie.setAttribute("visibility", "hidden");
  }
  svg.setAttribute("role", "group");
  for (const node of nodes) {
    node.setAttribute("role", "button");
    if (!node.hasAttribute("aria-label")) node.setAttribute("aria-label", (node.dataset.name ?? node.textContent).trim());
    node.addEventListener("click", () => { reach(node); pick(node.dataset.pupil); });
    node.addEventListener("keydown", pressed);
  }
  reach(nodes[0]);

  return function paint(picked) {
    const near = picked === null ? null : tied(ties, picked);
    svg.toggleAttribute("data-picked", picked !== null);
    for (const node of nodes) {
      node.classList.toggle("is-faint", near !== null && !near.has(node.dataset.pupil));
      node.setAttribute("aria-pressed", String(node.dataset.pupil === picked));
    }
    for (const { classList, dataset } of ties) {
      classList.toggle("is-faint", picked !== null && dataset.from !== picked && dataset.to !== picked);
    }
  };
}

// What the server says of the pupil, or null when it cannot or may not say it.
async function told(picker, pupil) {
  try {
    const answer = await fetch(`${picker.dataset.pick}${pupil}/${picker.dataset.asked ?? ""}`, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    return [...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes];
  } catch {
    return null;
  }
}

function enliven(picker) {
  const facts = [...picker.querySelectorAll("[data-facts]")];
  const panel = picker.querySelector("[data-picked-facts]");
  const nobody = picker.querySelector("[data-nobody]");
  let picked = facts.find((item) => item.classList.contains("is-picked"))?.dataset.facts ?? null;
  let asked = 0;
  const svgs = [...picker.querySelectorAll("svg")].filter((svg) => svg.querySelector("[data-pupil]"));
  const paints = svgs.map((svg) => drawing(svg, pick));
  if (!paints.length) return;

  function show() {
    if (nobody) nobody.hidden = picked !== null;
    for (const paint of paints) paint(picked);
    for (const item of facts) {
      item.classList.toggle("is-picked", item.dataset.facts === picked);
      item.querySelector("strong a")?.[item.dataset.facts === picked ? "setAttribute" : "removeAttribute"]("aria-current", "true");
    }
  }

  function letGo() {
    picked = null;
    asked += 1;
    panel?.replaceChildren();
    show();
  }

  // The same pupil once more lets go. The last one asked for is the one that is shown. Of who left long ago there is nothing to ask.
  async function pick(pupil) {
    if (pupil === null || pupil === picked) return letGo();
    if (picker.dataset.pick) {
      if (!facts.some((item) => item.dataset.facts === pupil && item.querySelector("strong a"))) return letGo();
      const turn = (asked += 1);
      const said = await told(picker, pupil);
      if (turn !== asked) return undefined;
      if (said === null) return letGo();
      panel.replaceChildren(...said);
    }
    picked = pupil;
    show();
    facts.filter((item) => item.dataset.facts === picked).forEach(bringIntoSight);
    return undefined;
  }

  for (const item of facts) {
    item.addEventListener("click", (event) => {
      const link = event.target.closest("a, summary, button");
      if (link && !link.getAttribute("href")?.startsWith("?")) return;
      event.preventDefault();
      pick(item.dataset.facts);
    });
  }
  picker.classList.add("is-live");
  for (const room of picker.querySelectorAll(".sociogram__room")) room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2;
  show();
}

for (const picker of document.querySelectorAll("[data-sociogram]")) enliven(picker);
