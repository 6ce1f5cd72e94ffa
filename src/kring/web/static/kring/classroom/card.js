// What opens stands behind the # of the card's link: no server and no log sees it there. It leaves the address, and is sent once.
const form = document.querySelector("[data-card]");
const secret = location.hash.slice(1);
if (secret) history.replaceState(null, "", location.pathname);

function say(name) {
  for (const one of document.querySelectorAll("[data-busy], [data-empty], [data-offline]")) one.hidden = !(name in one.dataset);
}

// Why not stands on the page that came back; a second time would count as a second try.
function refuse(page) {
  const why = new DOMParser().parseFromString(page, "text/html").querySelector("main");
  document.querySelector("main").replaceWith(document.adoptNode(why));
}

if (form && /^[\w-]{16,60}$/.test(secret)) {
  form.elements.card.value = secret;
  const answer = await fetch(location.pathname, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
    credentials: "same-origin",
  }).catch(() => null);
  if (!answer) say("offline");
  else if (answer.ok) location.replace((await answer.json()).next);
  else refuse(await answer.text());
} else if (form) {
  say("empty");
}

addEventListener("hashchange", () => location.reload()); // another card was scanned while this page stood open
