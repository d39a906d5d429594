// 一版的页面：点版面上的句子，右边出它的规定；右边选一条，版面上标出它；别人改了，说一声。
"use strict";
(() => {
  const pages = () => document.getElementById("pages");
  const side = () => document.querySelector(".side");
  const NEWS = 5000; // 每隔多少毫秒问一次有没有别人的改动

  // 取一部分换上；地址跟着变，后退能回来
  async function part(address, { push = true, still = () => true } = {}) {
    const told = document.getElementById("line");
    try {
      const answer = await fetch(address, { headers: { "X-Live": "1" }, credentials: "same-origin" });
      if (told) told.hidden = true;
      const text = await answer.text();
      if (answer.status === 401) { say(text); return false; }
      if (!still()) return false; // 问的时候是一回事，答的时候已经是另一回事
      window.live.swap(text);
      if (push) history.replaceState(null, "", address);
      mark();
      return answer.ok;
    } catch {
      if (told) told.hidden = false;
      return false;
    }
  }

  function say(text) {
    const place = document.getElementById("problem");
    if (place) { place.textContent = text; place.setAttribute("role", "alert"); }
  }

  function chosen() { return document.getElementById("fact")?.dataset.key || ""; }

  // 检查要一会儿，面板先出来，查到的随后补上
  function checks() {
    const place = document.getElementById("checks");
    const asked = place?.dataset.load;
    if (!asked) return;
    delete place.dataset.load;
    part(asked, { push: false });
  }

  function stated() {
    const keys = new Set();
    for (const one of document.querySelectorAll("#pages [data-fact]")) {
      keys.add(one.dataset.fact);
      for (const outer of one.dataset.within?.split(" ") ?? []) keys.add(outer);
    }
    return keys;
  }

  function mark() {
    const key = chosen(), keys = stated();
    for (const one of document.querySelectorAll("#tab [data-fact-link]")) {
      const told = one.parentElement.querySelector(".unprinted");
      if (told) told.hidden = keys.has(one.dataset.factLink);
    }
    checks();
    for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
    if (!key) return;
    for (const one of document.querySelectorAll("[data-fact]")) if (one.dataset.fact === key || one.dataset.within?.split(" ").includes(key)) one.classList.add("chosen");
    for (const one of document.querySelectorAll("[data-fact-link]")) if (one.dataset.factLink === key) one.parentElement.classList.add("chosen");
  }

  function address(changes) {
    const found = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) value === null ? found.searchParams.delete(name) : found.searchParams.set(name, value);
    return found;
  }

  // 选一条；公文自己的部分（标题、文号……）还指到它那一栏
  async function choose(key, { show, piece = "" }) {
    if (!await part(address({ fact: key }))) return;
    side()?.scrollTo({ top: 0 });
    const narrow = matchMedia("(max-width: 900px)").matches; // 面板盖住下半屏
    if (show || narrow) pages()?.querySelector(".chosen")?.scrollIntoView({ block: narrow ? "start" : "center" });
    if (narrow) scrollBy(0, -40);
    if (piece) document.getElementById(`v-${key}.${piece}`)?.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-fact-link], a[data-part], a[data-refresh]");
    if (link) {
      event.preventDefault();
      if ("refresh" in link.dataset) part(address({ part: "pages" }), { push: false });
      else if (link.dataset.factLink) choose(link.dataset.factLink, { show: true });
      else part(new URL(link.href));
      return;
    }
    const stretch = event.target.closest("#pages [data-fact]");
    if (stretch && !String(getSelection())) choose(stretch.dataset.fact, { show: false, piece: stretch.dataset.part });
  });
  document.addEventListener("keydown", (event) => {
    const stretch = event.target.closest?.("#pages [data-fact]");
    if (stretch && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(stretch.dataset.fact, { show: false }).then(() => document.querySelector("#fact h2")?.focus());
    }
  });
  // 日期：填的是不是休息日，连同这个月的休息日；点一天就填上
  async function day(field) {
    const place = document.getElementById(field.dataset.day);
    if (!place || !field.value) return;
    const asked = new URLSearchParams({ on: field.value, at: field.dataset.day });
    await part(`${location.pathname}/day?${asked}`, { push: false });
  }
  document.addEventListener("input", (event) => { if (event.target.dataset.day) day(event.target); });
  document.addEventListener("focusin", (event) => { if (event.target.dataset.day) day(event.target); });
  document.addEventListener("click", (event) => {
    const picked = event.target.closest("[data-pick]");
    if (!picked) return;
    const place = picked.closest("[id]").id;
    const field = document.querySelector(`[data-day="${CSS.escape(place)}"]`);
    field.value = picked.dataset.pick;
    day(field).then(() => document.querySelector(`[data-pick="${picked.dataset.pick}"]`)?.focus());
  });

  // 换一份看：选了就换
  document.documentElement.classList.add("live");
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-turn]");
    if (form) form.requestSubmit();
  });

  // 别人改了没有；这一页看不见的时候不问
  const revision = () => document.getElementById("news")?.dataset.revision;
  setInterval(() => {
    const asked = revision(), busy = () => document.querySelector("form[aria-busy]");
    if (!asked || document.hidden || busy()) return;
    const still = () => revision() === asked && !busy();
    part(`${location.pathname}/news?${new URLSearchParams({ revision: asked })}`, { push: false, still });
  }, NEWS);

  document.addEventListener("live:swapped", mark);
  mark();
  if (chosen()) pages()?.querySelector(".chosen")?.scrollIntoView({ block: "center" });
})();
