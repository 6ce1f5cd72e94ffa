// What is typed in a form is kept on the server two seconds after the last key, and when the page goes out of sight.
// Without this script a form that is sent too late is kept all the same.
const PAUSE = 2000;

function keep(form, key) {
  const names = key.dataset.draft.split(" ");
  const said = form.querySelector("[data-draft-said]");
  let timer = 0;
  let changed = false;
  let sent = false;

  function typed() {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "draft"]) data.set(name, form.elements[name].value);
    for (const [name, value] of new FormData(form)) if (names.includes(name)) data.append(name, value);
    return data;
  }

  function say(what) {
    if (!said) return;
    said.hidden = false;
    said.textContent = said.dataset[what];
  }

  async function save(leaving) {
    clearTimeout(timer);
    if (!changed || sent) return;
    changed = false;
    try {
      const answer = await fetch(key.dataset.address, {
        method: "POST", body: typed(), redirect: "manual", credentials: "same-origin", keepalive: leaving,
      });
      if (answer.type === "opaqueredirect") document.dispatchEvent(new Event("kring:gone"));
      else say(answer.ok ? "kept" : answer.status === 413 ? "tooLong" : "notKept");
      if (answer.ok) document.dispatchEvent(new Event("kring:seen"));
    } catch {
      changed = true;
      say("notKept");
    }
  }

  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(() => save(false), PAUSE);
  });
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  document.addEventListener("kring:leaving", () => save(true));
}

for (const key of document.querySelectorAll("input[data-draft]")) keep(key.form, key);
