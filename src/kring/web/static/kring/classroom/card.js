// What opens stands behind the # of the card's link: no server and no log sees it there. It leaves the address, and is sent once.
const form = document.querySelector("[data-card]");
const secret = location.hash.slice(1);
if (secret) history.replaceState(null, "", location.pathname);

function say(name) {
  for (const one of document.querySelectorAll("[data-busy], [data-empty]")) one.hidden = !(name in one.dataset);
}

if (form && /^[\w-]{16,60}$/.test(secret)) {
  form.elements.card.value = secret;
  const answer = await fetch(location.pathname, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new FormData(form),
    credentials: "same-origin",
  }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (said?.next) location.replace(said.next);
  else form.submit();
} else if (form) {
  say("empty");
}

addEventListener("hashchange", () => location.reload()); // another card was scanned while this page stood open
