/* What is chosen, in its order: each with buttons to move and remove it. */
import { fill, h } from "./elements.js";

/** Make the list. `act(name, id)` is told what to do; returns {element, show(ids), focus(id, name)}. */
export function chosenList(catalogue, act) {
  const { words, units } = catalogue;
  const list = h("ol", { class: "hb-chosen" });
  const empty = h("p", {}, words.empty);

  function button(name, id, sign, disabled) {
    return h("button", {
      type: "button", "aria-label": fill(words[name], { id }), title: fill(words[name], { id }),
      "data-act": name, disabled, onclick: () => act(name, id),
    }, h("span", { "aria-hidden": "true" }, sign));
  }

  return {
    element: h("div", {}, empty, list),
    show(ids) {
      empty.hidden = ids.length > 0;
      list.replaceChildren(...ids.map((id, place) => h("li", { "data-id": id }, h("div", {},
        h("span", { class: "hb-what" },
          "GBMI".includes(id[0]) ? h("span", { class: "hb-id" }, id) : null, " ",
          h("span", { lang: units[id].lang }, units[id].title)),
        h("span", { class: "hb-acts" },
          button("up", id, "↑", place === 0),
          button("down", id, "↓", place === ids.length - 1),
          button("remove", id, "✕", false))))));
    },
    /** Put the focus back where the hand was: on the same button of the item that moved, or on a neighbour. */
    focus(id, name) {
      const item = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
      const wanted = item?.querySelector(`[data-act="${name}"]:not([disabled])`) || item?.querySelector("button:not([disabled])");
      wanted?.focus();
      return Boolean(wanted);
    },
  };
}
