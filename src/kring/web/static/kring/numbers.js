// A sheet of choices is typed in: the names of the numbers stand beside them, and Enter goes on. Without this the server says what is wrong.
const form = document.querySelector("[data-numbers-form]");

function numbersIn(typed, width) {
  const parts = typed.split(/[\s,;.+/-]+/).filter(Boolean);
  return parts.flatMap((part) => (part.length > width && part.length % width === 0 && /^\d+$/.test(part) ? part.match(new RegExp(`.{${width}}`, "g")) : [part]));
}

if (form) {
  const names = JSON.parse(form.dataset.names);
  const width = (Object.keys(names)[0] ?? "10").length;
  const fields = [...form.querySelectorAll("[data-numbers]")];
  const nameOf = (number) => (number === "0" ? form.dataset.nobody : names[number] ?? form.dataset.unknown.replace("NUMMER", number));

  const say = (field) => {
    form.querySelector(`[data-said="${field.id}"]`).textContent = numbersIn(field.value, width).map(nameOf).join(", ");
  };
  fields.forEach((field, place) => {
    field.addEventListener("input", () => say(field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && place + 1 < fields.length) {
        event.preventDefault();
        fields[place + 1].focus();
      }
    });
    if (field.value) say(field);
  });
  (fields.find((field) => field.closest(".field--invalid")) ?? fields[0])?.focus();
}
