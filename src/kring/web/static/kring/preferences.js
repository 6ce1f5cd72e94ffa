// The accessibility menu takes effect at once and is kept in the background. Without a script its button does the same.
const root = document.documentElement;

function show(form) {
  const chosen = new FormData(form);
  for (const name of ["theme", "contrast", "text", "spacing", "motion"]) root.dataset[name] = chosen.get(name) ?? "";
}

async function keep(form) {
  const said = form.querySelector("[data-saved]");
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin" });
  said.textContent = answer.ok || answer.type === "opaqueredirect" ? said.dataset.saved : "";
}

for (const form of document.querySelectorAll("form[data-preferences]")) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "language") return;
    show(form);
    keep(form).catch(() => { form.querySelector("[data-saved]").textContent = ""; });
  });
}
