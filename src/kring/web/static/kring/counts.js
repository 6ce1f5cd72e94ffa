// A grid of counts: arrows and Enter walk through the fields, as in a sheet. Without this, Tab does.
for (const table of document.querySelectorAll("[data-grid]")) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  const mayLeave = (field, step) => {
    if (!step[1] || !field.value) return true;
    return step[1] < 0 ? field.selectionEnd === 0 : field.selectionStart === field.value.length;
  };

  table.addEventListener("keydown", (event) => {
    const step = steps[event.key];
    const at = rows.findIndex((row) => row.includes(event.target));
    if (!step || at < 0 || event.altKey || event.ctrlKey || event.metaKey || !mayLeave(event.target, step)) return;
    const next = rows[at + step[0]]?.[rows[at].indexOf(event.target) + step[1]];
    event.preventDefault();
    next?.focus();
    next?.select();
  });
}
