const form = document.querySelector("form");
const chosen = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
function filter() {
  const topics = chosen("topic"), marks = chosen("mark"), columns = chosen("column");
  const seen = (cell) => !columns.size || columns.has(cell.dataset.column);
  let shown = 0;
  for (const cell of document.querySelectorAll("[data-column]")) cell.hidden = !seen(cell);
  for (const table of document.querySelectorAll("table.wide")) {
    const count = table.querySelectorAll("thead th:not([hidden])").length;
    table.style.setProperty("--columns", count);
    for (const head of table.querySelectorAll("tr.part th")) head.colSpan = count;
  }
  for (const body of document.querySelectorAll("tbody")) {
    const rows = body.querySelectorAll("tr[data-topic]");
    if (!rows.length) continue;
    let inside = 0;
    for (const row of rows) {
      const cells = [...row.querySelectorAll("td[data-column]")].filter(seen);
      const told = columns.size ? cells.flatMap((cell) => [...cell.querySelectorAll(".mark")].map((mark) => mark.textContent))
        : row.dataset.marks.split(" ");
      const fits = (!topics.size || topics.has(row.dataset.topic)) &&
        (!marks.size || told.some((mark) => marks.has(mark))) &&
        (!columns.size || !cells.length || cells.some((cell) => !("blank" in cell.dataset)));
      row.hidden = !fits;
      inside += fits;
    }
    body.hidden = !inside;
    shown += inside;
  }
  document.querySelector(".none").hidden = shown > 0;
}
form.addEventListener("change", filter);
form.addEventListener("reset", () => setTimeout(filter));
