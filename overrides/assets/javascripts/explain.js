/* Shows a term's definition beside it, on hover, focus and touch. Without JavaScript the term is a link to its entry.
   The explanation can be dismissed (Escape), can be pointed at, and stays until the reader leaves it. */
(() => {
  const links = document.querySelectorAll("a.hb-term[data-definition]");
  if (!links.length) return;
  const words = JSON.parse(document.getElementById("hb-words")?.textContent || "{}");
  const GRACE = 250;
  const EDGE = 8;

  const box = document.createElement("div");
  box.className = "hb-popover";
  box.id = "hb-popover";
  box.hidden = true;
  box.setAttribute("role", "tooltip");
  const name = document.createElement("strong");
  const text = document.createElement("span");
  const again = document.createElement("small");
  again.textContent = words["explain.again"] || "";
  box.append(name, text, again);
  document.body.append(box);

  let current = null;
  let leaving = 0;

  function place(link) {
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const size = box.getBoundingClientRect();
    const left = Math.max(EDGE, Math.min(at.left, width - size.width - EDGE));
    const above = at.bottom + size.height + EDGE > window.innerHeight && at.top > size.height + EDGE;
    box.style.left = `${left + window.scrollX}px`;
    box.style.top = `${(above ? at.top - size.height - 4 : at.bottom + 4) + window.scrollY}px`;
  }

  function show(link, touched = false) {
    clearTimeout(leaving);
    if (current !== link) hide();
    current = link;
    name.textContent = link.dataset.term;
    text.textContent = link.dataset.definition;
    for (const part of [name, text]) {
      if (link.dataset.definitionLang) part.lang = link.dataset.definitionLang;
      else part.removeAttribute("lang");
    }
    again.hidden = !touched;
    box.hidden = false;
    link.setAttribute("aria-describedby", box.id);
    place(link);
  }

  function hide() {
    clearTimeout(leaving);
    current?.removeAttribute("aria-describedby");
    current = null;
    box.hidden = true;
  }

  /* Time to move the pointer over to the box. */
  function hideSoon() {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (document.activeElement !== current) hide(); }, GRACE);
  }

  for (const link of links) {
    let touched = false;
    link.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") show(link); });
    link.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hideSoon(); });
    link.addEventListener("focus", () => { if (!touched) show(link); });
    link.addEventListener("blur", hideSoon);
    link.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
    link.addEventListener("click", (event) => {
      /* The first touch explains, the second follows the link. A keyboard's Enter follows it at once. */
      if (touched && current !== link) {
        event.preventDefault();
        show(link, true);
      }
      touched = false;
    });
  }
  box.addEventListener("pointerenter", () => clearTimeout(leaving));
  box.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") hideSoon(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && current) hide(); });
  document.addEventListener("pointerdown", (event) => {
    if (current && !box.contains(event.target) && !current.contains(event.target)) hide();
  });
  window.addEventListener("resize", () => { if (current) place(current); });
})();
