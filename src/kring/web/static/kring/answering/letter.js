// The link of a letter has the code behind the #, which no server sees: put it in the form, wipe it from the address, and go on.

const form = document.querySelector("[data-letter] form");

function open() {
  const code = location.hash.slice(1);
  if (!code || !form) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
}

addEventListener("hashchange", open);
open();
