const form = document.querySelector("form");
const chosen = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
function filter() {
  const topics = chosen("topic"), marks = chosen("mark"), columns = chosen("column"), groups = chosen("group");
  const seen = (cell) => (!columns.size || columns.has(cell.dataset.column)) && (!groups.size || groups.has(cell.dataset.group));
  const narrowed = columns.size || groups.size;
  let shown = 0;
  for (const cell of document.querySelectorAll("[data-column]")) cell.hidden = !seen(cell);
  for (const table of document.querySelectorAll("table.wide")) {
    const heads = [...table.querySelectorAll("thead tr:last-child th:not([hidden])")], count = heads.length;
    for (const over of table.querySelectorAll("[data-over]")) {
      const under = heads.filter((head) => head.dataset.group === over.dataset.over).length;
      over.hidden = !under;
      over.colSpan = under || 1;
    }
    table.style.setProperty("--columns", count);
    for (const head of table.querySelectorAll("tr.part th")) head.colSpan = count;
  }
  for (const body of document.querySelectorAll("tbody")) {
    const rows = body.querySelectorAll("tr[data-topic]");
    if (!rows.length) continue;
    let inside = 0;
    for (const row of rows) {
      const cells = [...row.querySelectorAll("td[data-column]")].filter(seen);
      const told = narrowed ? cells.flatMap((cell) => [...cell.querySelectorAll(".mark")].map((mark) => mark.textContent))
        : row.dataset.marks.split(" ");
      const fits = (!topics.size || topics.has(row.dataset.topic)) &&
        (!marks.size || told.some((mark) => marks.has(mark))) &&
        (!narrowed || !cells.length || cells.some((cell) => !("blank" in cell.dataset)));
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
