const form = document.querySelector("form");
const chosen = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
function filter() {
  const topics = chosen("topic"), marks = chosen("mark");
  let shown = 0;
  for (const body of document.querySelectorAll("tbody")) {
    let inside = 0;
    for (const row of body.querySelectorAll("tr[data-topic]")) {
      const fits = (!topics.size || topics.has(row.dataset.topic)) &&
        (!marks.size || row.dataset.marks.split(" ").some((mark) => marks.has(mark)));
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
