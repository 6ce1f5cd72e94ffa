// The number of a sheet: what was typed while this page came, and what is typed while the sheet comes.
const box = document.querySelector("[data-sheet-number] input");
const form = box?.form;
const ahead = window.kringAhead?.take("number") ?? [];

if (form && !box.hasAttribute("aria-invalid")) {
  form.addEventListener("submit", () => window.kringAhead?.pass("sheet"));
  box.focus();
  while (ahead.length) {
    const key = ahead.shift();
    if (/^[0-9]$/.test(key)) box.value += key;
    else if (key === "Backspace") box.value = box.value.slice(0, -1);
    if (key !== "Enter") continue;
    form.requestSubmit();
    window.kringAhead.pass("sheet", ahead);
    break;
  }
}
