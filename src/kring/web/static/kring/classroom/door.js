// The code may come along behind the # of the address: from the QR code on the board, or, after a hand-over, the words of this device.
// It leaves the address at once, so that it does not stay in the history.
const form = document.querySelector("[data-door]");
const along = decodeURIComponent(location.hash.slice(1));

if (form && along) {
  history.replaceState(null, "", location.pathname);
  const [field, value] = along.startsWith("~") ? [form.elements.device, along.slice(1)] : [form.elements.code, along];
  if (value.length < 400) {
    field.value = value;
    form.requestSubmit();
  }
}

// A page that the browser kept for Back is asked for anew.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
