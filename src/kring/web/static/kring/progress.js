// Ask again every second how far the work is, until it is done. Without this script the page has a link to do so.
const section = document.querySelector("[data-progress]");

async function ask() {
  const answer = await fetch(location.href, { credentials: "same-origin", headers: { "Kring-Waiting": "1" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-progress]");
  if (fresh && fresh.innerHTML !== section.innerHTML) section.replaceChildren(...fresh.childNodes);
  if (section.querySelector("progress")) setTimeout(ask, 1000);
}

if (section) setTimeout(ask, 1000);
