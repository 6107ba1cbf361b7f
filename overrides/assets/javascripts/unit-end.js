/* Buttons that copy a unit's permanent address and its citation. Without JavaScript the one is a link, the other text. */
(() => {
  const ends = document.querySelectorAll(".hb-quote");
  if (!ends.length) return;
  const words = JSON.parse(document.getElementById("hb-words")?.textContent || "{}");
  const status = document.createElement("p");
  status.className = "hb-said";
  status.setAttribute("role", "status");
  document.querySelector(".md-content")?.append(status);

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyOldWay(text);
    }
  }

  /* Where the page is not served over https, or permission is denied. */
  function copyOldWay(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "hb-said";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus?.({ preventScroll: true });
    return done;
  }

  function button(name, text) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "hb-copy";
    made.textContent = name;
    let timer = 0;
    made.addEventListener("click", async () => {
      const done = await copy(text());
      const told = done ? words["unit_end.copied"] : words["unit_end.copy_failed"];
      /* Emptied first, so that a second copy is announced as well. */
      status.textContent = "";
      setTimeout(() => { status.textContent = told; }, 50);
      made.textContent = told;
      clearTimeout(timer);
      timer = setTimeout(() => { made.textContent = name; status.textContent = ""; }, 4000);
    });
    return made;
  }

  for (const end of ends) {
    const text = end.querySelector(".hb-citation");
    const address = end.querySelector("a.hb-permanent");
    text?.after(button(words["unit_end.copy_citation"], () => text.textContent.trim()));
    address?.after(" ", button(words["unit_end.copy_address"], () => address.href));
  }
})();
