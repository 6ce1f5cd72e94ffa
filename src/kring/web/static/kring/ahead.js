// Keys pressed between two pages of typing in: they wait for the script of the next page, in their order. Loaded before anything is shown.
(() => {
  const NAME = "kring-ahead";
  const LASTS = 15_000;
  const [name, of, since, told] = window.name.split("|");
  const isNew = name === NAME && Date.now() - Number(since) < LASTS;
  let keep = () => {};
  let keys = isNew ? [...told.split(",").filter(Boolean)] : [];
  if (name === NAME) window.name = "";

  function wait(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !/^([0-9a-z-]|Enter|Backspace)$/i.test(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys.push(event.key);
    keep();
  }

  addEventListener("keydown", wait, true);
  window.kringAhead = {
    // What was typed for a page of this kind; from now on the page hears the keys itself.
    take(kind) {
      removeEventListener("keydown", wait, true);
      const taken = isNew && of !== kind ? [] : keys;
      keys = [];
      return taken;
    },
    // This page is being left for one of that kind: what is typed, and what is left of these, is for that one.
    pass(kind, left = []) {
      keys = [...left];
      keep = () => {
        window.name = [NAME, kind, Date.now(), keys.join(",")].join("|");
      };
      keep();
      addEventListener("keydown", wait, true);
    },
  };
})();
