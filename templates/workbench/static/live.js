// 页面的活动部分：带 data-live 的表在后台交上去，答复里有 id 的部分换掉页面上同 id 的部分。
// 没有这个脚本，同样的表照常提交。连不上时说明，填写的内容留着，过一会儿重试。
"use strict";
(() => {
  const PAUSE = 300; // 最后一次按键之后多少毫秒交上去
  const RETRY = [1000, 2000, 4000, 8000];
  const waiting = new WeakMap(); // 表 -> 定时器
  const running = new WeakMap(); // 表 -> 中止者：后交的代替先交的
  const line = () => document.getElementById("line");
  const lost = (on) => { const told = line(); if (told) told.hidden = !on; };

  // 焦点和插入点在换掉之后回到原处
  function keeping(change) {
    const held = document.activeElement;
    const id = held && held.id, name = held && held.name, form = held && held.form && held.form.id;
    const caret = held && "selectionStart" in held ? [held.selectionStart, held.selectionEnd] : null;
    change();
    if (!held || held.isConnected) return;
    const again = (id && document.getElementById(id)) ||
      (form && name && document.getElementById(form)?.elements.namedItem(name));
    if (again instanceof HTMLElement) {
      again.focus({ preventScroll: true });
      try { if (caret && caret[0] !== null) again.setSelectionRange(...caret); } catch { /* 没有插入点的栏 */ }
    }
  }

  // wanted：只换这几个 id（表上写 data-swap="甲 乙"）；不写则换答复里最外层的
  function swap(text, wanted) {
    const parsed = new DOMParser().parseFromString(text, "text/html");
    const named = (wanted || "").split(/\s+/).filter(Boolean);
    const parts = named.length ? [...named, "problem"].map((id) => parsed.getElementById(id)).filter(Boolean)
      : [...parsed.body.querySelectorAll("[id]")].filter((part) => !part.parentElement.closest("[id]"));
    keeping(() => {
      for (const part of parts) {
        const old = document.getElementById(part.id);
        if (old) old.replaceWith(document.adoptNode(part));
      }
    });
    document.dispatchEvent(new CustomEvent("live:swapped", { detail: parts.map((part) => part.id) }));
    return parts.length;
  }

  async function send(form, submitter, tries = 0) {
    running.get(form)?.abort();
    const stop = new AbortController();
    running.set(form, stop);
    form.setAttribute("aria-busy", "true");
    const data = new FormData(form, submitter ?? null);
    const get = form.method === "get";
    const address = new URL(submitter?.formAction && submitter.hasAttribute("formaction") ? submitter.formAction : form.action);
    if (get) address.search = new URLSearchParams(data).toString();
    try {
      const answer = await fetch(address, { method: get ? "GET" : "POST", body: get ? undefined : data, signal: stop.signal,
        headers: { "X-Live": "1" }, redirect: "follow", credentials: "same-origin" });
      lost(false);
      const text = await answer.text();
      if (answer.status === 401) { tell(text); return; }
      if (answer.redirected) { location.assign(answer.url); return; }
      if (get && answer.ok) history.replaceState(null, "", address); // 网址可以转给别人
      if (!swap(text, answer.ok && form.dataset.swap)) tell(answer.ok ? "" : text.replace(/<[^>]*>/g, " ").trim());
      else if (answer.ok) document.getElementById("problem")?.replaceChildren();
    } catch (error) {
      if (error.name === "AbortError") return;
      lost(true);
      setTimeout(() => { if (form.isConnected) send(form, submitter, tries + 1); }, RETRY[Math.min(tries, RETRY.length - 1)]);
      return;
    } finally {
      if (running.get(form) === stop) { running.delete(form); form.removeAttribute("aria-busy"); }
    }
  }

  function tell(text) {
    const place = document.getElementById("problem");
    if (place) { place.textContent = text; place.setAttribute("role", "alert"); }
    else if (text) alert(text);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-live]")) return;
    event.preventDefault();
    clearTimeout(waiting.get(form));
    send(form, event.submitter);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || form.dataset.live !== "input") return;
    running.get(form)?.abort(); // 又改了：先前的答复不再换上来，免得盖掉刚填的
    clearTimeout(waiting.get(form));
    if (event.isComposing) return; // 拼音没有上屏不算
    waiting.set(form, setTimeout(() => send(form), PAUSE));
  });
  document.addEventListener("compositionstart", (event) => running.get(event.target.form)?.abort());
  document.addEventListener("compositionend", (event) => event.target.dispatchEvent(new Event("input", { bubbles: true })));

  // data-poll="/地址"：每隔一秒取一次，直到换上的那一块不再有 data-poll
  async function poll() {
    for (const part of document.querySelectorAll("[data-poll]")) {
      try {
        const answer = await fetch(part.dataset.poll, { headers: { "X-Live": "1" }, credentials: "same-origin" });
        lost(false);
        if (answer.ok) swap(await answer.text());
      } catch { lost(true); }
    }
    setTimeout(poll, 1000);
  }
  setTimeout(poll, 1000);

  window.live = { send, swap };
})();
