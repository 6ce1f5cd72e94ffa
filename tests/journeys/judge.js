// What of a page a rule can tell apart. The same bones were judged before, and so were the same colours on the same ground.
() => {
  const SAYS = ["role", "type", "lang", "tabindex", "autocomplete", "scope", "disabled", "required", "open", "content"];
  const POINTS = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "aria-activedescendant"];
  const FILLED = ["href", "src", "alt", "title", "aria-label", "placeholder", "value", "hidden"];
  const FIELDS = "input, select, textarea";

  const ids = new Map();
  for (const { id } of document.querySelectorAll("[id]")) ids.set(id, (ids.get(id) ?? 0) + 1);
  const isThere = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const ownText = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  function isOnScreen(one, style) {
    const { width, height, right, bottom } = one.getBoundingClientRect();
    const inPage = right + scrollX > 0 && bottom + scrollY > 0 && Math.min(width, height) > 1;
    return inPage && style.clip === "auto" && style.clipPath === "none" && isThere(one);
  }

  function says(one) {
    const said = [];
    for (const { name, value } of one.attributes) {
      if (POINTS.includes(name)) said.push(name + value.split(/\s+/).map((id) => Number(document.getElementById(id) !== null)));
      else if (SAYS.includes(name) || (name.startsWith("aria-") && name !== "aria-label")) said.push(`${name}=${value}`);
      else if (name === "id") said.push(ids.get(value) > 1 ? "twice" : "id");
      else if (FILLED.includes(name)) said.push(name + Boolean(value.trim()));
    }
    return `${one.localName} ${said.sort().join(" ")} ${Number(isThere(one))}${Number(ownText(one))}`;
  }

  // Lines of a table that are alike are one line.
  function bones(one) {
    let [inside, before] = ["", ""];
    for (const child of one.children) {
      const found = bones(child);
      if (found !== before) inside += found;
      before = found;
    }
    return `<${says(one)}${inside}>`;
  }

  // A colour, its size, everything it may lie on, and whether it counts.
  function colours() {
    const found = new Map();
    const visit = (one, ground, placed, off) => {
      const style = getComputedStyle(one);
      const [paint, image] = [style.backgroundColor, style.backgroundImage];
      const covers = image === "none" && /^rgb\(/.test(paint);
      const on = `${covers ? "" : ground}/${paint}${image}${style.opacity}${style.filter}${style.mixBlendMode}`;
      const at = style.position === "static" ? placed : `${one.localName}.${one.getAttribute("class")}${style.position}`;
      const out = off || one.matches(":disabled, [aria-disabled=true], label:has(:disabled)");
      if ((ownText(one) || one.matches(FIELDS)) && isOnScreen(one, style)) {
        const type = `${style.color}${style.fill}${style.fontSize}${style.fontWeight}${style.textShadow}`;
        const key = [one.localName, one.type, one.getAttribute("class"), type, on, at, out].join("|");
        found.set(key, [...(found.get(key) ?? []), one]);
      }
      for (const child of one.children) visit(child, on, at, out);
    };
    visit(document.documentElement, "", "", false);
    return found;
  }

  const faultsOf = (result) =>
    result.violations.flatMap((rule) =>
      rule.nodes.map((node) => `axe ${rule.id}: ${rule.help}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ""}`),
    );

  const judgeAll = async () => faultsOf(await axe.run({ resultTypes: ["violations"] }));
  const judgeBones = async () => faultsOf(await axe.run({ resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } }));

  // Of each kind two are asked; which of them were not found wrong is told, for those need not be asked again.
  async function judgeColours(fresh) {
    const asked = new Map(fresh.flatMap((key) => lettered.get(key).slice(0, 2).map((one) => [one, key])));
    for (const one of asked.keys()) one.setAttribute("data-colour-asked", "");
    axe.configure({ rules: [{ id: "color-contrast", selector: "[data-colour-asked]" }] });
    const runOnly = { type: "rule", values: ["color-contrast"] };
    const result = await axe.run({ runOnly, elementRef: true, resultTypes: ["violations", "passes", "incomplete"] });
    for (const one of asked.keys()) one.removeAttribute("data-colour-asked");
    const good = [...result.passes, ...result.incomplete].flatMap((rule) => rule.nodes.map((node) => asked.get(node.element)));
    return { faults: faultsOf(result), good: good.filter(Boolean) };
  }

  const lettered = colours();
  return { bones: bones(document.documentElement), colours: lettered, judgeAll, judgeBones, judgeColours };
}
