// The search box: / and Ctrl-K lead to it, Escape leaves it, and while one types the first hits stand below it as a combobox.
const form = document.querySelector("form[data-find]");

function combobox(form) {
  const box = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const said = form.querySelector("[data-find-said]");
  let options = [], chosen = -1, waiting = 0, asked = 0;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  function close() {
    asked += 1;
    clearTimeout(waiting);
    list.hidden = true;
    list.replaceChildren();
    options = [];
    choose(-1);
    box.setAttribute("aria-expanded", "false");
  }

  function choose(number) {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = number;
    const option = options[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function made(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text;
    return element;
  }

  function option(hit) {
    const line = made("a", "page-search__hit", hit.title);
    line.href = hit.url;
    line.id = `zoeken-${options.length}`;
    line.tabIndex = -1;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    if (hit.more) line.append(" ", made("span", "muted", hit.more));
    options.push(line);
    return line;
  }

  function show(answer) {
    options = [];
    list.replaceChildren(...answer.sections.map((section, number) => {
      const group = made("div", "page-search__kind", "");
      const title = made("p", "small muted", section.title);
      title.id = `zoeken-soort-${number}`;
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", title.id);
      group.append(title, ...section.hits.map(option));
      return group;
    }));
    said.textContent = answer.said || (options.length ? `${options.length} ${form.dataset.some}` : form.dataset.none);
    list.hidden = options.length === 0;
    box.setAttribute("aria-expanded", String(options.length > 0));
    choose(-1);
  }

  async function ask() {
    const number = ++asked;
    const answer = await fetch(form.dataset.suggestions, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "error" });
    if (answer.ok && number === asked) show(await answer.json());
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    if (box.value.trim().length < 2) return close();
    waiting = setTimeout(() => ask().catch(close), 180);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      if (options.length) close();
      else { box.value = ""; box.blur(); }
    } else if (event.key === "ArrowDown" && options.length) {
      event.preventDefault();
      choose((chosen + 1) % options.length);
    } else if (event.key === "ArrowUp" && options.length) {
      event.preventDefault();
      choose((chosen <= 0 ? options.length : chosen) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      options[chosen].click();
    }
  });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  list.addEventListener("pointerdown", (event) => event.preventDefault());  // the box keeps the focus, so that the list stays until the press is done
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const short = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!short && !(event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

if (form) combobox(form);
