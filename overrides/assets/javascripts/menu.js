/* The menu behind the header's button, on narrow screens and enlarged pages, for the keyboard: the theme makes its buttons
   of labels, which only a pointer reaches. handbook.css takes what is folded away out of the order of focus. */
(() => {
  const drawer = document.getElementById("__drawer");
  const menu = document.querySelector(".md-sidebar--primary");
  const opener = document.querySelector("label.md-header__button[for=__drawer]");
  if (!drawer || !menu || !opener) return;
  const narrow = window.matchMedia("(max-width: 76.234375em)");
  const labels = [opener, ...menu.querySelectorAll('label:is([for^="__nav"], [for="__toc"])')];

  function fit() {
    for (const label of labels) {
      if (narrow.matches) {
        /* One that only shows an arrow has the name of the link before it. */
        if (!label.textContent.trim() && label !== opener) label.ariaLabel = label.previousElementSibling?.textContent.trim() || "";
        label.setAttribute("role", "button");
        label.tabIndex = 0;
      } else {
        label.removeAttribute("role");
        label.removeAttribute("tabindex");
      }
    }
  }

  function tell() {
    opener.setAttribute("aria-expanded", String(drawer.checked));
  }

  /* As a click on the label would, so that the theme notices. */
  function toggle(box) {
    box.click();
    tell();
  }

  function enter() {
    const inside = [...menu.querySelectorAll("a[href], label[tabindex]")];
    inside.find((element) => element.checkVisibility({ visibilityProperty: true }))?.focus();
  }

  for (const label of labels) {
    label.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation(); // the theme would press the label that has the focus by then
      toggle(document.getElementById(label.htmlFor));
      if (drawer.checked) enter();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked || !narrow.matches) return;
    toggle(drawer);
    opener.focus();
  });
  /* Who walks out of the menu must see where they are. */
  menu.addEventListener("focusout", (event) => {
    if (drawer.checked && event.relatedTarget && !menu.contains(event.relatedTarget)) toggle(drawer);
  });
  drawer.addEventListener("change", tell);
  narrow.addEventListener("change", fit);
  opener.setAttribute("aria-label", opener.dataset.hbMenu);
  fit();
  tell();
})();
