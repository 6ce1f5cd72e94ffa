// The language mirror beside a text while one types: the server holds it up, nothing is kept. Without this script it comes after saving.
const form = document.querySelector("form[data-mirrored]");

async function look(box, place, number) {
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  sent.set("text", box.value);
  for (const one of form.querySelectorAll("[name=whom]:checked")) sent.append("whom", one.value);
  if (form.dataset.whom) sent.append("whom", form.dataset.whom);
  const answer = await fetch(form.dataset.mirrored, { method: "POST", body: sent, credentials: "same-origin", redirect: "error" });
  if (!answer.ok || number !== box.asked) return;
  const seen = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...seen.body.childNodes);
  form.elements.mirror_read.disabled = false;
}

for (const box of form?.querySelectorAll("[data-mirror]") ?? []) {
  const place = document.createElement("div");
  place.setAttribute("role", "status");
  box.after(place);
  let waiting = 0;
  box.asked = 0;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    box.asked += 1;
    const number = box.asked;
    form.elements.mirror_read.disabled = true; // what changed was not held up yet
    waiting = setTimeout(() => look(box, place, number).catch(() => {}), 400);
  });
}
