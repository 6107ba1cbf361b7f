/* Beside a link to a text, a button that copies that text. Without a clipboard there is none. */
(() => {
  if (!navigator.clipboard) return;
  for (const link of document.querySelectorAll("a[data-hb-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = link.dataset.hbCopy;
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const item = document.createElement("li");
    item.append(button, " ", told);
    link.closest("li").after(item);
    button.addEventListener("click", async () => {
      const text = fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))));
      try {
        /* Given the promise at once, browsers that want a click before they copy have it still. */
        if (window.ClipboardItem) {
          const blob = text.then((found) => new Blob([found], { type: "text/plain" }));
          await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
        } else await navigator.clipboard.writeText(await text);
        told.textContent = link.dataset.hbCopied;
      } catch {
        told.textContent = link.dataset.hbFailed;
      }
    });
  }
})();
