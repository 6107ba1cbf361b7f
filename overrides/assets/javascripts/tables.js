/* Filters for tables of initiatives. Without JavaScript the whole table is there. */
(() => {
  const words = JSON.parse(document.getElementById("hb-words")?.textContent || "{}");
  const fields = ["country", "service-area", "ai-type", "function", "status", "year"];

  function options(rows, field) {
    const labels = new Map();
    for (const row of rows) {
      const values = (row.getAttribute(`data-${field}`) || "").split(" ").filter(Boolean);
      for (const value of values) {
        labels.set(value, words[`${field.replaceAll("-", "_")}.${value}`] || value);
      }
    }
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    return [...labels].sort((a, b) => collator.compare(a[1], b[1]));
  }

  function select(field, rows, id) {
    const label = document.createElement("label");
    label.htmlFor = id;
    label.textContent = words[`field.${field.replaceAll("-", "_")}`] || field;
    const box = document.createElement("select");
    box.id = id;
    box.name = field;
    box.append(new Option(words["table.all"], ""));
    for (const [value, text] of options(rows, field)) box.append(new Option(text, value));
    const holder = document.createElement("div");
    holder.append(label, box);
    return [holder, box];
  }

  function setUp(block, number) {
    const table = block.querySelector("table");
    const rows = [...table.tBodies[0].rows];
    const form = document.createElement("form");
    form.className = "hb-filter";
    form.setAttribute("role", "search");
    form.setAttribute("aria-label", words["table.filter"]);
    const textLabel = document.createElement("label");
    textLabel.htmlFor = `hb-filter-${number}-text`;
    textLabel.textContent = words["table.text"];
    const text = document.createElement("input");
    text.type = "search";
    text.name = "text";
    text.id = textLabel.htmlFor;
    const holder = document.createElement("div");
    holder.append(textLabel, text);
    form.append(holder);
    const boxes = [];
    for (const field of fields) {
      if (options(rows, field).length < 2) continue;
      const [element, box] = select(field, rows, `hb-filter-${number}-${field}`);
      form.append(element);
      boxes.push(box);
    }
    const reset = document.createElement("button");
    reset.type = "reset";
    reset.textContent = words["table.reset"];
    form.append(reset);
    const count = document.createElement("p");
    count.setAttribute("role", "status");
    count.className = "hb-count";
    block.prepend(form, count);

    const state = new URLSearchParams(location.hash.slice(1).split("?")[1] || location.search);
    for (const control of [text, ...boxes]) {
      if (state.has(control.name)) control.value = state.get(control.name);
    }

    const contents = rows.map((row) => row.textContent.toLocaleLowerCase());
    function apply() {
      const needle = text.value.trim().toLocaleLowerCase();
      let shown = 0;
      rows.forEach((row, position) => {
        const fits = boxes.every((box) => !box.value
          || (row.getAttribute(`data-${box.name}`) || "").split(" ").includes(box.value))
          && (!needle || contents[position].includes(needle));
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      count.textContent = shown
        ? words["table.hits"].replace("{count}", shown).replace("{total}", rows.length)
        : words["table.none"];
      const kept = new URLSearchParams();
      for (const control of [text, ...boxes]) if (control.value) kept.set(control.name, control.value);
      const query = kept.toString();
      history.replaceState(null, "", location.pathname + (query ? `?${query}` : "") + location.hash);
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    apply();
  }

  document.querySelectorAll("[data-hb-filter]").forEach(setUp);
})();
