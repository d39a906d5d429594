// 填写核对清单的一页：换上结论以后，哪一栏填得不对，在那一栏上标出来；从结论点过去，光标就在那一栏里。
"use strict";
(() => {
  function mark() {
    const clashing = new Set((document.getElementById("clashing")?.dataset.fields ?? "").split(" "));
    for (const told of document.querySelectorAll(".said")) {
      const field = document.getElementById(told.id.slice(2));
      if (!field) continue;
      const wrong = told.querySelector(".bad") !== null || clashing.has(field.id);
      if (wrong) field.setAttribute("aria-invalid", "true"); else field.removeAttribute("aria-invalid");
    }
  }
  const unfolded = new Set(); // 展开了看要求的各项：换上新的结论以后还展开着
  document.addEventListener("toggle", (event) => {
    const item = event.target.dataset.item;
    if (item && event.target.isConnected) unfolded[event.target.open ? "add" : "delete"](item);
  }, true);
  function unfold() {
    for (const one of document.querySelectorAll("details[data-item]")) one.open = unfolded.has(one.dataset.item);
  }
  document.addEventListener("live:swapped", () => { mark(); unfold(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field || link.classList.contains("skip")) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    const first = field.matches("input, select, textarea") ? field : field.querySelector("input:not([type=hidden]), select, textarea") ?? field;
    field.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
  });
})();
