// Two minutes before somebody is logged out the page says so. The server decides: this only asks it, as a page that waits.
const dialog = document.querySelector("[data-presence]");
const others = "BroadcastChannel" in window ? new BroadcastChannel("kring-presence") : null;
const WAITING = { headers: { "Kring-Waiting": "1" }, redirect: "manual", credentials: "same-origin", cache: "no-store" };

function watch(form, longest, warn) {
  let end = 0;
  let timer = 0;

  function from(seconds) {
    end = Date.now() + seconds * 1000;
    if (seconds > warn && dialog.open) dialog.close();
    arm();
  }

  function arm() {
    clearTimeout(timer);
    const left = end - Date.now();
    timer = setTimeout(look, Math.max(250, left > warn * 1000 ? left - warn * 1000 : left));
  }

  // Another tab may have been busy, and a laptop may have slept: only the server knows.
  async function look() {
    const answer = await fetch(form.action, WAITING).catch(() => null);
    if (!answer) return arm();
    if (!answer.ok) return leave();
    const { seconds } = await answer.json();
    from(seconds);
    if (seconds <= warn && !dialog.open) dialog.showModal();
  }

  function leave() {
    document.dispatchEvent(new Event("kring:leaving"));
    const here = location.pathname + location.search;
    location.assign(`${dialog.dataset.login}?next=${encodeURIComponent(here)}`);
  }

  async function stay(event) {
    event.preventDefault();
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin" }).catch(() => null);
    if (!answer) return;
    if (!answer.ok) return leave();
    seen();
    others?.postMessage("seen");
  }

  const seen = () => from(longest);
  form.addEventListener("submit", stay);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); form.requestSubmit(); });
  document.addEventListener("kring:seen", () => { seen(); others?.postMessage("seen"); });
  document.addEventListener("kring:gone", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible" && Date.now() > end - warn * 1000) look(); });
  others?.addEventListener("message", seen);
  seen();
  others?.postMessage("seen");
}

if (dialog) watch(dialog.querySelector("form"), Number(dialog.dataset.presence), Number(dialog.dataset.warn));
