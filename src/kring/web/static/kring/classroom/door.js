// The code may come along behind the # of the address: from the QR code on the board, or, after a hand-over, the words of this device.
// It leaves the address at once, so that it does not stay in the history.
const form = document.querySelector("[data-door]");

function comeAlong() {
  const along = decodeURIComponent(location.hash.slice(1));
  if (!form || !along || along.length > 400) return;
  history.replaceState(null, "", location.pathname);
  if (along.startsWith("~")) form.elements.device.value = along.slice(1);
  else form.elements.code.value = along;
  form.requestSubmit();
}

comeAlong();
addEventListener("hashchange", comeAlong); // the code was scanned while this page stood open

// A page that the browser kept for Back is asked for anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
