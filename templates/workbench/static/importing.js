// 导入各页：整页可以放文件；交上去以后说一声正在读。
"use strict";
(() => {
  const drop = () => document.querySelector("form[data-drop]");
  const files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const over = (on) => drop()?.querySelector(".drop")?.classList.toggle("over", on);
  document.addEventListener("dragover", (event) => { if (files(event) && drop()) { event.preventDefault(); over(true); } });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) over(false); });
  document.addEventListener("drop", (event) => {
    const input = drop()?.querySelector("input[type=file]");
    if (!files(event) || !input) return;
    event.preventDefault();
    over(false);
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });

  // 说问题的地方在页首，表可能在页尾
  document.addEventListener("live:swapped", (event) => {
    if (event.detail.includes("problem")) document.getElementById("problem").scrollIntoView({ block: "center" });
  });

  // 表交上去（aria-busy）时在它的 data-busy 处说明，答复来了收回
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const told = target.querySelector?.("[data-busy]");
      if (told) told.textContent = target.hasAttribute("aria-busy") ? told.dataset.busy : "";
    }
  }).observe(document, { attributes: true, attributeFilter: ["aria-busy"], subtree: true });
})();
