// Menus are <details>; a script only closes them: with Escape, by a press elsewhere, or when another one opens.
const menus = [...document.querySelectorAll("details.menu")];

function close(menu) {
  if (menu.open && menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu.open = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") menus.forEach(close);
});
document.addEventListener("pointerdown", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
for (const menu of menus) {
  menu.addEventListener("toggle", () => {
    if (menu.open) menus.filter((other) => other !== menu).forEach((other) => { other.open = false; });
  });
}
