// The link of a letter has the code behind the #, which no server sees: put it in the form, wipe it from the address, and go on.

const code = decodeURIComponent(location.hash.slice(1));
const form = document.querySelector("[data-letter] form");

if (code && form) {
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
}
