"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const strings = data.strings;
  const app = document.getElementById("app");
  const dialog = document.getElementById("detail");
  const overscan = 12;
  const printRows = 1000;

  // make builds an element; texts only ever become text nodes.
  function make(tag, props, ...children) {
    const e = document.createElement(tag);
    for (const [k, v] of Object.entries(props || {})) {
      if (k === "class") e.className = v;
      else if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else e.setAttribute(k, v);
    }
    e.append(...children);
    return e;
  }

  const narrow = matchMedia("(max-width: 700px)"); // rows are as high as their text then, and more of them come when asked for
  const step = 50;

  const tables = data.tables.map((t) => ({
    ...t, count: t.columns.length === 0 ? 0 : t.rows.length / t.columns.length, shown: null, ranks: {},
  }));
  for (const t of tables) restore(t);
  let current = tables[0];

  // restore takes filters away and sorts as at first: the worst level first, else as the files are.
  function restore(t) {
    t.query = "";
    t.picks = {};
    t.sort = t.columns.findIndex((c) => c.order);
    t.down = t.sort >= 0;
  }

  const cell = (t, row, column) => t.rows[row * t.columns.length + column];
  const text = (t, row, column) => strings[cell(t, row, column)];
  const column = (t, name) => t.columns.findIndex((c) => c.name === name);

  let lower = null;
  function matching(query) { // by string: whether it holds the query
    if (!lower) lower = strings.map((s) => s.toLowerCase());
    const hit = new Uint8Array(strings.length);
    for (let i = 0; i < lower.length; i++) if (lower[i].includes(query)) hit[i] = 1;
    return hit;
  }

  // rank orders the strings of a column, so that rows are sorted by number.
  function rank(t, c) {
    if (t.ranks[c]) return t.ranks[c];
    const used = new Set();
    for (let r = 0; r < t.count; r++) used.add(cell(t, r, c));
    const ids = [...used];
    const order = t.columns[c].order;
    if (order) ids.sort((a, b) => order.indexOf(strings[a]) - order.indexOf(strings[b]));
    else if (t.columns[c].number) ids.sort((a, b) => Number(strings[a] || -1) - Number(strings[b] || -1));
    else ids.sort((a, b) => (strings[a] < strings[b] ? -1 : strings[a] > strings[b] ? 1 : 0));
    const ranks = new Map(ids.map((id, i) => [id, i]));
    return (t.ranks[c] = ranks);
  }

  const sortOf = (t) => (t.sort < 0 ? "" : (t.down ? "-" : "") + t.columns[t.sort].name);
  function sortBy(t, text) {
    t.down = text.startsWith("-");
    t.sort = column(t, text.replace(/^-/, ""));
  }

  // address is a fragment that says which table is shown, and how: #findings?level=error&search=key.
  function address(t) {
    const plain = { ...t };
    restore(plain);
    const words = new URLSearchParams();
    for (const c of t.columns) if (t.picks[c.name]) words.set(c.name, t.picks[c.name]);
    if (t.query.trim()) words.set("search", t.query.trim());
    if (sortOf(t) !== sortOf(plain)) words.set("sort", sortOf(t));
    return "#" + t.name + (String(words) && "?" + words);
  }

  // follow shows what the address says; what it cannot say is passed over.
  function follow() {
    const [, name, query] = location.hash.match(/^#?([^?]*)\??(.*)$/s);
    const t = tables.find((x) => x.name === name) || (location.hash === "" ? tables[0] : null);
    if (!t) return false;
    const words = new URLSearchParams(query);
    restore(t);
    t.query = words.get("search") || "";
    for (const c of t.columns) {
      const value = words.get(c.name);
      if (!value) continue;
      if (c.pick && c.pick.includes(value)) t.picks[c.name] = value;
      else t.query = value;
    }
    if (words.has("sort")) sortBy(t, words.get("sort"));
    open(t, true);
    return name !== "";
  }

  // note keeps the address true. A text being typed, or what an address said in other words, is no step to go back to.
  function note(replace) {
    const to = address(current);
    if (to === location.hash || (location.hash === "" && to === "#" + tables[0].name)) return;
    try {
      if (replace) history.replaceState(null, "", to);
      else history.pushState(null, "", to);
    } catch { /* a viewer that keeps the address to itself */ }
  }

  function select(t) {
    const query = t.query.trim().toLowerCase();
    const hit = query ? matching(query) : null;
    const width = t.columns.length;
    const picks = Object.entries(t.picks).filter(([, v]) => v !== "").map(([name, v]) => [column(t, name), strings.indexOf(v)]);
    const rows = [];
    next: for (let r = 0; r < t.count; r++) {
      for (const [c, id] of picks) if (cell(t, r, c) !== id) continue next;
      if (hit) {
        let found = false;
        for (let c = 0; c < width && !found; c++) found = hit[t.rows[r * width + c]] === 1;
        if (!found) continue;
      }
      rows.push(r);
    }
    if (t.sort >= 0) {
      const ranks = rank(t, t.sort), sign = t.down ? -1 : 1;
      const keys = rows.map((r) => ranks.get(cell(t, r, t.sort)));
      const order = rows.map((_, i) => i).sort((a, b) => sign * (keys[a] - keys[b]) || a - b);
      t.shown = order.map((i) => rows[i]);
    } else t.shown = rows;
  }

  const numbers = new Intl.NumberFormat("en");
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Tables" });
  const tools = make("div", { class: "tools" });
  const head = make("tr", { role: "row", "aria-rowindex": "1" });
  const body = make("tbody", { role: "rowgroup" });
  const grid = make("table", { role: "table" }, make("thead", { role: "rowgroup" }, head), body);
  const view = make("div", { class: "view", role: "tabpanel", id: "view", tabindex: "0" }, grid);
  const count = make("p", { class: "count", role: "status", "aria-live": "polite" });
  const printed = make("div", { class: "printed" });
  const more = make("button", { type: "button", class: "more", onclick: () => { limit += step; draw(); } });
  app.append(tabs, tools, view, more, printed);

  function rowHeight() { return parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || 36; }

  // cellOf is what a cell holds: a rule leads to its documentation, a file keeps its end in sight.
  function cellOf(c, value) {
    if (c.name === "rule" && value) return docs(value, value);
    return c.name === "file" ? make("bdi", { dir: "ltr" }, value) : value;
  }

  function docs(rule, words) {
    return make("a", { href: data.docs + encodeURIComponent(rule), target: "_blank", rel: "noopener noreferrer", title: "what " + rule + " reports, and how to fix it" }, words);
  }

  function rowOf(t, position) {
    const row = t.shown[position];
    const tr = make("tr", { role: "row", "aria-rowindex": String(position + 2), tabindex: "-1" });
    tr.dataset.at = String(position);
    if (t.details) tr.className = "opens";
    t.columns.forEach((c, i) => {
      const value = text(t, row, i);
      const td = make("td", { role: "cell", title: value, "data-label": c.title }, cellOf(c, value));
      if (c.number) td.classList.add("number");
      if (c.name === "file") td.classList.add("file");
      if (c.name === "level") td.classList.add("level-" + value);
      td.classList.add(c.place);
      if (value === "" || value === "0") td.classList.add("none");
      tr.append(td);
    });
    return tr;
  }

  // draw renders the rows in view and keeps room for all others.
  let focusAt = -1, limit = step;
  function draw() {
    const t = current, height = rowHeight();
    const first = narrow.matches ? 0 : Math.max(0, Math.floor(view.scrollTop / height) - overscan);
    const last = Math.min(t.shown.length, narrow.matches ? limit : Math.ceil((view.scrollTop + view.clientHeight) / height) + overscan);
    const left = narrow.matches ? t.shown.length - last : 0;
    more.hidden = left === 0;
    more.textContent = "Show " + numbers.format(Math.min(step, left)) + " more of " + numbers.format(left);
    const gap = (rows) => {
      const td = make("td", { colspan: String(t.columns.length) });
      td.style.height = rows * height + "px";
      return make("tr", { class: "gap", "aria-hidden": "true" }, td);
    };
    const rows = [];
    for (let i = first; i < last; i++) rows.push(rowOf(t, i));
    const holder = body.contains(document.activeElement);
    if (narrow.matches) body.replaceChildren(...rows);
    else body.replaceChildren(gap(first), ...rows, gap(t.shown.length - last));
    if (t.shown.length === 0) body.append(make("tr", { role: "row" }, make("td", { role: "cell", class: "empty", colspan: String(t.columns.length) }, "Nothing matches.")));
    if ((holder || focusAt >= 0) && focusAt >= first && focusAt < last) body.querySelector(`[data-at="${focusAt}"]`).focus({ preventScroll: true });
  }

  function refresh(replace) {
    select(current);
    view.scrollTop = 0;
    focusAt = -1;
    limit = step;
    note(replace);
    grid.setAttribute("aria-rowcount", String(current.shown.length + 1));
    count.textContent = numbers.format(current.shown.length) + " of " + numbers.format(current.count) + (current.rest ? ". " + current.rest : "");
    [...head.children].forEach((th, i) => {
      if (i === current.sort) th.setAttribute("aria-sort", current.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    draw();
  }

  function open(t, replace) {
    current = t;
    [...tabs.children].forEach((b) => {
      const on = b.dataset.name === t.name;
      b.setAttribute("aria-selected", String(on));
      b.tabIndex = on ? 0 : -1;
    });
    view.setAttribute("aria-label", t.title);
    grid.setAttribute("aria-label", t.title);
    head.replaceChildren(...t.columns.map((c, i) => make("th", { scope: "col", role: "columnheader", class: c.width + (c.number ? " number" : "") },
      make("button", { type: "button", onclick: () => {
        if (t.sort !== i) { t.sort = i; t.down = Boolean(c.order); } else if (t.down === Boolean(c.order)) t.down = !t.down; else { t.sort = -1; t.down = false; }
        document.getElementById("sort").value = sortOf(t);
        refresh();
      } }, c.title))));
    const search = make("input", { type: "search", id: "search", placeholder: "any text", autocomplete: "off", spellcheck: "false" });
    search.value = t.query;
    let wait = 0;
    search.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => { t.query = search.value; refresh(true); }, 120); });
    const filters = t.columns.filter((c) => c.pick).map((c) => {
      const s = make("select", { "data-column": c.name }, make("option", { value: "" }, "all"));
      for (const v of c.pick) s.append(make("option", { value: v }, v === "" ? "(none)" : v));
      s.value = t.picks[c.name] || "";
      s.addEventListener("change", () => { t.picks[c.name] = s.value; refresh(); });
      return make("label", {}, c.title, s);
    });
    const sort = make("select", { id: "sort" }, make("option", { value: "" }, "as in the files"));
    for (const c of t.columns) {
      for (const down of c.order || c.number ? [true, false] : [false]) {
        sort.append(make("option", { value: (down ? "-" : "") + c.name }, c.title + (c.order ? (down ? ", worst first" : ", worst last") : c.number ? (down ? ", most first" : ", least first") : "")));
      }
    }
    sort.value = sortOf(t);
    sort.addEventListener("change", () => { sortBy(t, sort.value); refresh(); });
    const reset = make("button", { type: "button", onclick: () => { restore(t); open(t); } }, "Reset");
    const chosen = Object.values(t.picks).some((v) => v !== "");
    const fold = make("details", { class: "filters", ...(narrow.matches && !chosen ? {} : { open: "" }) }, make("summary", {}, "Filter and sort"),
      make("div", { class: "fields" }, ...filters, make("label", { class: "sort" }, "Sort by", sort), reset));
    tools.replaceChildren(make("label", { class: "search" }, "Search", search), fold, count);
    refresh(replace);
  }

  for (const t of tables) {
    const b = make("button", { type: "button", role: "tab", "aria-controls": "view", onclick: () => open(t) }, t.title + " " + numbers.format(t.total || t.count));
    b.dataset.name = t.name;
    tabs.append(b);
  }
  tabs.addEventListener("keydown", (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    const all = [...tabs.children], next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    next.focus();
    next.click();
    e.preventDefault();
  });

  let drawing = 0;
  view.addEventListener("scroll", () => { if (!drawing) drawing = requestAnimationFrame(() => { drawing = 0; draw(); }); });
  addEventListener("resize", () => draw());
  narrow.addEventListener("change", () => open(current, true));
  const show = () => { if (location.hash !== address(current)) follow(); };
  addEventListener("popstate", show);
  addEventListener("hashchange", show);

  function focusRow(at) {
    const t = current, height = rowHeight(), top = at * height, headHeight = head.offsetHeight;
    if (t.shown.length === 0) return;
    focusAt = Math.max(0, Math.min(t.shown.length - 1, at));
    if (narrow.matches) {
      limit = Math.max(limit, focusAt + 1);
      draw();
      body.querySelector(`[data-at="${focusAt}"]`).scrollIntoView({ block: "nearest" });
      return;
    }
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + height + headHeight > view.scrollTop + view.clientHeight) view.scrollTop = top + height + headHeight - view.clientHeight;
    draw();
  }
  view.addEventListener("keydown", (e) => {
    if (e.target.closest("thead")) return;
    const page = Math.max(1, Math.floor(view.clientHeight / rowHeight()) - 2);
    const to = { ArrowDown: focusAt + 1, ArrowUp: focusAt - 1, PageDown: focusAt + page, PageUp: focusAt - page, Home: 0, End: current.shown.length - 1 }[e.key];
    if (to !== undefined) { focusRow(Math.max(0, Math.min(current.shown.length - 1, to))); e.preventDefault(); }
    else if (e.key === "Enter" && focusAt >= 0 && !e.target.closest("a")) { detail(focusAt); e.preventDefault(); }
  });
  body.addEventListener("click", (e) => {
    const tr = e.target.closest("tr[data-at]");
    if (!tr || e.target.closest("a") || String(getSelection())) return;
    focusAt = Number(tr.dataset.at);
    detail(focusAt);
  });

  // source renders masked lines with what is marked in them.
  function source(lines) {
    const pre = make("pre", { tabindex: "0", "aria-label": "Source" });
    const width = Math.max(...lines.map((l) => String(l[0]).length));
    for (const [number, id, ...marks] of lines) {
      const line = strings[id];
      pre.append(make("span", { class: "no" }, String(number).padStart(width) + " │ "));
      let at = 0;
      const labels = [];
      for (const [start, end, label, primary] of marks) {
        if (strings[label]) labels.push(strings[label]);
        if (start < at) continue;
        pre.append(line.slice(at, start), make("mark", { class: primary ? "first" : "second" }, line.slice(start, Math.max(end, start)) || " "));
        at = Math.max(end, start);
      }
      pre.append(line.slice(at));
      if (labels.length) pre.append(make("span", { class: "label" }, "  ← " + labels.join("; ")));
      pre.append("\n");
    }
    return pre;
  }

  function parts(t, row) {
    const [key, note, help, place, lines, related] = t.details[row];
    const out = [make("p", { class: "where" }, strings[place] + (strings[key] ? "  ·  " + strings[key] : ""))];
    if (lines.length) out.push(source(lines));
    for (const r of related) out.push(make("p", { class: "where" }, strings[r]));
    if (strings[note]) out.push(make("p", {}, make("strong", {}, "Note: "), strings[note]));
    if (strings[help]) out.push(make("p", {}, make("strong", {}, "Help: "), strings[help]));
    return out;
  }

  function detail(at) {
    const t = current;
    if (!t.details || at < 0 || at >= t.shown.length) return;
    const row = t.shown[at];
    const level = text(t, row, column(t, "level"));
    const rule = text(t, row, column(t, "rule"));
    const go = (by) => { focusRow(at + by); detail(focusAt); };
    dialog.replaceChildren(
      make("h2", { id: "detail-title" }, make("span", { class: "level-" + level }, level + "[" + rule + "]"), " " + text(t, row, column(t, "message"))),
      ...parts(t, row),
      make("p", {}, docs(rule, "What " + rule + " reports, and how to fix it")),
      make("div", { class: "buttons" },
        make("button", { type: "button", onclick: () => go(-1), ...(at === 0 ? { disabled: "" } : {}) }, "Previous"),
        make("button", { type: "button", onclick: () => go(1), ...(at === t.shown.length - 1 ? { disabled: "" } : {}) }, "Next"),
        make("button", { type: "button", onclick: () => dialog.close() }, "Close")));
    if (!dialog.open) dialog.showModal();
  }
  dialog.addEventListener("click", (e) => { if (e.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (focusAt >= 0) focusRow(focusAt); });

  // A link of the overview says where it leads by its address alone; the browser only has to be shown the table.
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    a.addEventListener("click", () => {
      requestAnimationFrame(() => { show(); document.getElementById("tables").scrollIntoView(); view.focus({ preventScroll: true }); });
    });
  }

  // Paper has no room for all rows of a fleet: what is filtered is printed, up to a number.
  addEventListener("beforeprint", () => {
    const t = current;
    const rows = t.shown.slice(0, printRows);
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...t.columns.map((c) => make("th", { class: c.place }, c.title)))), make("tbody", {}, ...rows.flatMap((row) => {
      const out = [make("tr", {}, ...t.columns.map((c, i) => make("td", { class: c.place }, text(t, row, i))))];
      if (t.details) out.push(make("tr", {}, make("td", { colspan: String(t.columns.length) }, ...parts(t, row).slice(1))));
      return out;
    })));
    const more = t.shown.length - rows.length;
    printed.replaceChildren(make("h3", {}, t.title), table, ...(more > 0 ? [make("p", {}, numbers.format(more) + " more rows are not printed; filter the table to print others.")] : []));
  });
  addEventListener("afterprint", () => printed.replaceChildren());

  const themes = ["system", "light", "dark"];
  const theme = document.getElementById("theme");
  let wanted = "system";
  try { wanted = localStorage.getItem("loonglint-theme") || wanted; } catch { /* not kept, then */ }
  function paint() {
    if (!themes.includes(wanted)) wanted = "system";
    if (wanted === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = wanted;
    theme.textContent = "Theme: " + wanted;
  }
  theme.addEventListener("click", () => {
    wanted = themes[(themes.indexOf(wanted) + 1) % themes.length];
    try { localStorage.setItem("loonglint-theme", wanted); } catch { /* not kept, then */ }
    paint();
  });
  theme.hidden = false;
  paint();
  if (follow()) document.getElementById("tables").scrollIntoView();
  else open(current, true);
  document.documentElement.dataset.ready = "yes";
})();
