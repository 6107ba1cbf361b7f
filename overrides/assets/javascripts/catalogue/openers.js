/* Buttons that open a list of choices: Escape, a press elsewhere and leaving by keyboard close it again. */

function close(box) {
  const opener = box.querySelector(".hb-opener");
  opener.setAttribute("aria-expanded", "false");
  document.getElementById(opener.getAttribute("aria-controls")).hidden = true;
}

export function setUpOpeners(form) {
  const boxes = [...form.querySelectorAll(".hb-choices")];
  for (const box of boxes) {
    const opener = box.querySelector(".hb-opener");
    opener.addEventListener("click", () => {
      const opens = opener.getAttribute("aria-expanded") !== "true";
      boxes.forEach(close);
      if (!opens) return;
      opener.setAttribute("aria-expanded", "true");
      document.getElementById(opener.getAttribute("aria-controls")).hidden = false;
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || opener.getAttribute("aria-expanded") !== "true") return;
      close(box);
      opener.focus();
    });
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) close(box);
    });
  }
  document.addEventListener("pointerdown", (event) => {
    for (const box of boxes) if (!box.contains(event.target)) close(box);
  });
  const toggle = form.querySelector(".hb-toggle");
  toggle.addEventListener("click", () => {
    const open = toggle.getAttribute("aria-expanded") !== "true";
    toggle.setAttribute("aria-expanded", String(open));
    form.classList.toggle("hb-open", open);
  });
}
