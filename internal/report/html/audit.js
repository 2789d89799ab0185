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

  const tables = data.tables.map((t) => ({
    ...t, count: t.columns.length === 0 ? 0 : t.rows.length / t.columns.length,
    query: "", picks: {}, sort: -1, down: false, shown: null, top: 0, ranks: {},
  }));
  let current = tables[0];

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
  app.append(tabs, tools, view, printed);

  function rowHeight() { return parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--row")) || 36; }

  function rowOf(t, position) {
    const row = t.shown[position];
    const tr = make("tr", { role: "row", "aria-rowindex": String(position + 2), tabindex: "-1" });
    tr.dataset.at = String(position);
    if (t.details) tr.className = "opens";
    t.columns.forEach((c, i) => {
      const value = text(t, row, i);
      const td = make("td", { role: "cell", title: value }, value);
      if (c.number) td.classList.add("number");
      if (c.name === "level") td.classList.add("level-" + value);
      td.classList.add(c.place);
      if (value === "" || value === "0") td.classList.add("none");
      tr.append(td);
    });
    return tr;
  }

  // draw renders the rows in view and keeps room for all others.
  let focusAt = -1;
  function draw() {
    const t = current, height = rowHeight();
    const first = Math.max(0, Math.floor(view.scrollTop / height) - overscan);
    const last = Math.min(t.shown.length, Math.ceil((view.scrollTop + view.clientHeight) / height) + overscan);
    const gap = (rows) => {
      const td = make("td", { colspan: String(t.columns.length) });
      td.style.height = rows * height + "px";
      return make("tr", { class: "gap", "aria-hidden": "true" }, td);
    };
    const rows = [];
    for (let i = first; i < last; i++) rows.push(rowOf(t, i));
    const holder = body.contains(document.activeElement);
    body.replaceChildren(gap(first), ...rows, gap(t.shown.length - last));
    if (t.shown.length === 0) body.append(make("tr", { role: "row" }, make("td", { role: "cell", class: "empty", colspan: String(t.columns.length) }, "Nothing matches.")));
    if ((holder || focusAt >= 0) && focusAt >= first && focusAt < last) body.querySelector(`[data-at="${focusAt}"]`).focus({ preventScroll: true });
  }

  function refresh() {
    select(current);
    view.scrollTop = 0;
    focusAt = -1;
    grid.setAttribute("aria-rowcount", String(current.shown.length + 1));
    count.textContent = numbers.format(current.shown.length) + " of " + numbers.format(current.count);
    [...head.children].forEach((th, i) => {
      if (i === current.sort) th.setAttribute("aria-sort", current.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    });
    draw();
  }

  function open(t) {
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
        refresh();
      } }, c.title))));
    const search = make("input", { type: "search", id: "search", placeholder: "any text", autocomplete: "off", spellcheck: "false" });
    search.value = t.query;
    let wait = 0;
    search.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(() => { t.query = search.value; refresh(); }, 120); });
    const filters = t.columns.filter((c) => c.pick).map((c) => {
      const s = make("select", { "data-column": c.name }, make("option", { value: "" }, "all"));
      for (const v of c.pick) s.append(make("option", { value: v }, v === "" ? "(none)" : v));
      s.value = t.picks[c.name] || "";
      s.addEventListener("change", () => { t.picks[c.name] = s.value; refresh(); });
      return make("label", {}, c.title, s);
    });
    const reset = make("button", { type: "button", onclick: () => { t.query = ""; t.picks = {}; t.sort = -1; open(t); } }, "Reset");
    tools.replaceChildren(make("label", {}, "Search", search), ...filters, reset, count);
    refresh();
  }

  for (const t of tables) {
    const b = make("button", { type: "button", role: "tab", "aria-controls": "view", onclick: () => open(t) }, t.title + " " + numbers.format(t.count));
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

  function focusRow(at) {
    const t = current, height = rowHeight(), top = at * height, headHeight = head.offsetHeight;
    if (t.shown.length === 0) return;
    focusAt = Math.max(0, Math.min(t.shown.length - 1, at));
    if (top < view.scrollTop) view.scrollTop = top;
    else if (top + height + headHeight > view.scrollTop + view.clientHeight) view.scrollTop = top + height + headHeight - view.clientHeight;
    draw();
  }
  view.addEventListener("keydown", (e) => {
    if (e.target.closest("thead")) return;
    const page = Math.max(1, Math.floor(view.clientHeight / rowHeight()) - 2);
    const to = { ArrowDown: focusAt + 1, ArrowUp: focusAt - 1, PageDown: focusAt + page, PageUp: focusAt - page, Home: 0, End: current.shown.length - 1 }[e.key];
    if (to !== undefined) { focusRow(Math.max(0, Math.min(current.shown.length - 1, to))); e.preventDefault(); }
    else if (e.key === "Enter" && focusAt >= 0) { detail(focusAt); e.preventDefault(); }
  });
  body.addEventListener("click", (e) => {
    const tr = e.target.closest("tr[data-at]");
    if (!tr || String(getSelection())) return;
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
    const step = (by) => { focusRow(at + by); detail(focusAt); };
    dialog.replaceChildren(
      make("h2", { id: "detail-title" }, make("span", { class: "level-" + level }, level + "[" + text(t, row, column(t, "rule")) + "]"), " " + text(t, row, column(t, "message"))),
      ...parts(t, row),
      make("div", { class: "buttons" },
        make("button", { type: "button", onclick: () => step(-1), ...(at === 0 ? { disabled: "" } : {}) }, "Previous"),
        make("button", { type: "button", onclick: () => step(1), ...(at === t.shown.length - 1 ? { disabled: "" } : {}) }, "Next"),
        make("button", { type: "button", onclick: () => dialog.close() }, "Close")));
    if (!dialog.open) dialog.showModal();
  }
  dialog.addEventListener("click", (e) => { if (e.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (focusAt >= 0) focusRow(focusAt); });

  for (const b of document.querySelectorAll("button[data-table]")) {
    b.addEventListener("click", () => {
      const t = tables.find((x) => x.name === b.dataset.table);
      if (!t) return;
      t.query = "";
      t.picks = {};
      if (b.dataset.column) {
        const c = t.columns.find((x) => x.name === b.dataset.column);
        if (c && c.pick && c.pick.includes(b.dataset.value)) t.picks[c.name] = b.dataset.value;
        else t.query = b.dataset.value;
      }
      open(t);
      document.getElementById("tables").scrollIntoView();
      view.focus({ preventScroll: true });
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
  open(current);
  document.documentElement.dataset.ready = "yes";
})();
