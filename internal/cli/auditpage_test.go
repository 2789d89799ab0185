package cli

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/loonglint/loonglint/internal/render"
	"github.com/loonglint/loonglint/internal/testing/chromium"
	"github.com/loonglint/loonglint/internal/testing/fleet"
	"github.com/loonglint/loonglint/internal/testing/thorough"
)

// browser opens a page of its own in Chromium. The test is skipped unless LOONGLINT_BROWSER is set, as .ci/browser does: the
// browsers take more time than all other tests of the package.
func browser(t *testing.T) *chromium.Page {
	t.Helper()
	if os.Getenv("LOONGLINT_BROWSER") == "" {
		t.Skip("LOONGLINT_BROWSER is not set")
	}
	path, err := chromium.Path()
	if err != nil {
		t.Fatal(err)
	}
	p, err := chromium.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// auditOutput runs audit in a folder and returns stdout.
func auditOutput(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if status := Main(append([]string{"loonglint", "audit", "--no-config", "--env=static", "--fail-on=never"}, args...), strings.NewReader(""), &out, &errs, nil); status != 0 {
		t.Fatalf("audit %q: status %d\n%s", args, status, errs.String())
	}
	return out.String()
}

func writeFile(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// openPage writes the page of a folder and opens it.
func openPage(t *testing.T, p *chromium.Page, dir string, args ...string) string {
	t.Helper()
	page := filepath.Join(t.TempDir(), "audit.html")
	t.Chdir(dir)
	auditOutput(t, append(args, ".", "--quiet", "--out", "html="+page)...)
	must(t, p.Load("file://"+page))
	var ready string
	eval(t, p, "document.documentElement.dataset.ready || ''", &ready)
	if ready != "yes" {
		t.Fatalf("the script did not run: %q", p.Console())
	}
	return page
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func eval(t *testing.T, p *chromium.Page, expression string, value any) {
	t.Helper()
	must(t, p.Eval(expression, value))
}

// column returns the texts of a column of the rows on screen.
func column(t *testing.T, p *chromium.Page, name string) (texts []string) {
	t.Helper()
	eval(t, p, fmt.Sprintf(`(() => { const at = [...document.querySelectorAll(".view thead th")].findIndex((th) => th.textContent === %q);
		return [...document.querySelectorAll(".view tr[data-at]")].map((tr) => tr.children[at].textContent); })()`, name), &texts)
	return texts
}

func counted(t *testing.T, p *chromium.Page) (text string) {
	t.Helper()
	eval(t, p, `document.querySelector(".count").textContent`, &text)
	return text
}

const (
	openTable = `(name) => document.querySelector('.tabs [data-name="' + name + '"]').click()`
	frame     = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`
	wait      = `new Promise((done) => setTimeout(done, 250))`
)

func smallFleet(t *testing.T) string {
	dir := t.TempDir()
	for i := range 60 {
		path, toml := fleet.Crowded(i, i%4)
		writeFile(t, filepath.Join(dir, path), toml)
	}
	return dir
}

func TestPageSortsAndFilters(t *testing.T) {
	p := browser(t)
	must(t, p.Look(1280, 900, "light"))
	openPage(t, p, smallFleet(t))
	all := counted(t, p)
	click := func(head string) {
		eval(t, p, fmt.Sprintf(`[...document.querySelectorAll(".view thead button")].find((b) => b.textContent === %q).click()`, head), nil)
	}
	worstFirst(t, column(t, p, "level"))
	click("level")
	if got := column(t, p, "level"); len(got) == 0 || got[0] == "error" {
		t.Errorf("a click on level does not turn the order round: %q", got)
	}
	click("level") // as in the files
	click("level")
	worstFirst(t, column(t, p, "level"))
	var sorted string
	eval(t, p, `document.querySelector(".view th[aria-sort]").ariaSort`, &sorted)
	if sorted != "descending" {
		t.Errorf("aria-sort is %q", sorted)
	}
	click("file")
	files := column(t, p, "file")
	for i := 1; i < len(files); i++ {
		if files[i] < files[i-1] {
			t.Fatalf("by file: %q", files)
		}
	}
	eval(t, p, `(() => { const s = document.querySelector('select[data-column="level"]'); s.value = "error"; s.dispatchEvent(new Event("change")); })()`, nil)
	for _, l := range column(t, p, "level") {
		if l != "error" {
			t.Fatalf("filtered by error: %q", l)
		}
	}
	if got := counted(t, p); got == all {
		t.Errorf("the filter keeps %s", got)
	}
	eval(t, p, `(() => { const s = document.getElementById("search"); s.value = "NO SUCH TEXT"; s.dispatchEvent(new Event("input")); })()`, nil)
	eval(t, p, wait, nil)
	if got := counted(t, p); !strings.HasPrefix(got, "0 of") {
		t.Errorf("a text that is nowhere is found: %s", got)
	}
	// A row of the overview leads to the table.
	eval(t, p, `document.querySelector('a[href^="#profiles?kind="]').click()`, nil)
	eval(t, p, wait, nil)
	var kind string
	eval(t, p, `document.querySelector('a[href^="#profiles?kind="]').textContent`, &kind)
	if len(column(t, p, "kind")) == 0 {
		t.Error("a link of the overview leads nowhere")
	}
	for _, k := range column(t, p, "kind") {
		if k != kind {
			t.Errorf("a profile of kind %q among those of %q", k, kind)
		}
	}
}

// worstFirst checks that errors come first, and then warnings.
func worstFirst(t *testing.T, levels []string) {
	t.Helper()
	order := []string{"error", "warning", "info"}
	for i := range levels {
		if i > 0 && indexOf(order, levels[i]) < indexOf(order, levels[i-1]) {
			t.Fatalf("a level after a better one: %q", levels)
		}
	}
	if len(levels) == 0 || levels[0] != "error" {
		t.Errorf("errors do not come first: %q", levels)
	}
}

// TestPageBeginsWithFindings: they come before the overview, the worst first, in the overview, too.
func TestPageBeginsWithFindings(t *testing.T) {
	p := browser(t)
	must(t, p.Look(1280, 900, "light"))
	openPage(t, p, smallFleet(t))
	var top struct {
		Table, Overview float64
		Levels          []string
	}
	eval(t, p, `({ Table: document.querySelector(".view tr[data-at]").getBoundingClientRect().top, Overview: document.getElementById("overview").getBoundingClientRect().top,
		Levels: [...document.querySelectorAll('.card td[class^="level-"]')].map((td) => td.textContent) })`, &top)
	if top.Table > 900/2 || top.Overview < top.Table {
		t.Errorf("findings begin at %v, the overview at %v", top.Table, top.Overview)
	}
	worstFirst(t, top.Levels)
	worstFirst(t, column(t, p, "level"))
}

// TestPageKeepsItsStateInTheAddress: what is filtered can be handed on, reloaded, and gone back to.
func TestPageKeepsItsStateInTheAddress(t *testing.T) {
	p := browser(t)
	must(t, p.Look(1280, 900, "light"))
	page := "file://" + openPage(t, p, smallFleet(t))
	all := counted(t, p)
	hash := func() (s string) {
		eval(t, p, "location.hash", &s)
		return s
	}
	pick := func(column, value string) {
		eval(t, p, fmt.Sprintf(`(() => { const s = document.querySelector('select[data-column=%q]'); s.value = %q; s.dispatchEvent(new Event("change")); })()`, column, value), nil)
	}
	if hash() != "" {
		t.Errorf("an untouched page says %q", hash())
	}
	pick("level", "warning")
	pick("rule", "unknown-key")
	if got := hash(); got != "#findings?level=warning&rule=unknown-key" {
		t.Errorf("after two filters: %q", got)
	}
	filtered := counted(t, p)
	eval(t, p, "("+openTable+")('files')", nil)
	if got := hash(); got != "#files" {
		t.Errorf("another table: %q", got)
	}
	eval(t, p, "history.back()", nil)
	eval(t, p, wait, nil)
	if got := counted(t, p); got != filtered || got == all {
		t.Errorf("back: %s, not %s", got, filtered)
	}
	eval(t, p, `(() => { const s = document.getElementById("search"); s.value = "modle & <b>"; s.dispatchEvent(new Event("input")); })()`, nil)
	eval(t, p, wait, nil)
	want := hash()
	if !strings.HasPrefix(want, "#findings?") || strings.ContainsAny(want, "<> ") {
		t.Errorf("with a text: %q", want)
	}
	for address, rows := range map[string]string{
		want: "0 of",
		"#findings?level=warning&rule=unknown-key": filtered, "#findings?rule=unknown-key&level=warning": filtered, "#files": "60 of 60", "": all, "#nowhere": all,
		"#findings?level=<img src=x onerror=window.owned=1>": "0 of", "#findings?constructor=1&__proto__=2&sort=nothing": all, "#findings?sort=file&search=%": "", "#%E0%A4%A": all, "#findings?level=error&level=info": "",
	} {
		must(t, p.Load("about:blank"))
		must(t, p.Load(page+address))
		eval(t, p, wait, nil)
		if got := counted(t, p); !strings.HasPrefix(got, rows) {
			t.Errorf("%s shows %s, not %s", address, got, rows)
		}
	}
	var owned bool
	eval(t, p, `"owned" in window`, &owned)
	if c := p.Console(); owned || len(c) > 0 {
		t.Errorf("the address ran: %v, the console says %q", owned, c)
	}
}

// TestPageLinksToDocumentation: every rule leads to what is written about it.
func TestPageLinksToDocumentation(t *testing.T) {
	p := browser(t)
	must(t, p.Look(1280, 900, "light"))
	openPage(t, p, smallFleet(t))
	var links [][2]string
	eval(t, p, `(() => { document.querySelector(".view tr[data-at]").children[0].click();
		return [...document.querySelectorAll('.view tr[data-at] a, #detail a, .card a.docs')].map((a) => [a.closest(".card") ? a.closest("tr").querySelector("a").textContent : a.closest("#detail") ? a.textContent.split(" ")[1] : a.textContent, a.href]); })()`, &links)
	if len(links) < 20 {
		t.Fatalf("%d links", len(links))
	}
	for _, l := range links {
		if l[1] != render.RuleURL(l[0]) {
			t.Errorf("%s leads to %s", l[0], l[1])
		}
	}
}

// TestPageOnAPhone: nothing is wider than the window, no text is cut, every number says what it counts,
// and all rows can be reached.
func TestPageOnAPhone(t *testing.T) {
	dir := t.TempDir()
	for i := range 60 {
		path, toml := fleet.Crowded(i, i%4)
		writeFile(t, filepath.Join(dir, "regions/europe-west/production/averylongnameofateamwithoutanyplacetobreakitinto/"+path), toml)
	}
	p := browser(t)
	for _, width := range []int{390, 320} {
		must(t, p.Look(width, 844, "light"))
		openPage(t, p, dir)
		for _, table := range []string{"findings", "files", "profiles", "credentials", "channels", "access"} {
			eval(t, p, "("+openTable+")("+fmt.Sprintf("%q", table)+")", nil)
			eval(t, p, frame, nil)
			var bad []string
			eval(t, p, `(() => {
				const bad = [];
				if (document.documentElement.scrollWidth > innerWidth) bad.push("the page is " + document.documentElement.scrollWidth + " wide");
				for (const e of document.querySelectorAll(".view tr[data-at] td:not(.none), .card th, .card td, .tile, .tabs button, .facts li")) {
					const box = e.getBoundingClientRect();
					if (box.width > 2 && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline" || box.right > innerWidth + 1)) bad.push("cut: " + e.outerHTML.slice(0, 120));
				}
				for (const tr of document.querySelectorAll(".view tr[data-at]")) if (tr.scrollHeight > tr.clientHeight + 1) bad.push("a row is cut: " + tr.textContent);
				for (const td of document.querySelectorAll(".view td.number:not(.none)")) if (!getComputedStyle(td, "::before").content.includes(td.dataset.label)) bad.push("a bare number: " + td.outerHTML);
				if (document.querySelector(".view thead").getBoundingClientRect().height > 0) bad.push("a row of heads");
				return bad.slice(0, 5); })()`, &bad)
			for _, b := range bad {
				t.Errorf("%d, %s: %s", width, table, b)
			}
		}
	}
	eval(t, p, "("+openTable+")('profiles')", nil)
	var rows [2]int
	eval(t, p, `(() => { const more = document.querySelector("button.more"); let clicks = 0; while (!more.hidden && clicks++ < 99) more.click();
		return [document.querySelectorAll(".view tr[data-at]").length, Number(document.querySelector("table[role]").getAttribute("aria-rowcount")) - 1]; })()`, &rows)
	if rows[0] != rows[1] || rows[0] < 100 {
		t.Errorf("%d of %d rows can be reached", rows[0], rows[1])
	}
	// A row opens here, too, and sorting needs no heads.
	eval(t, p, "("+openTable+")('findings')", nil)
	eval(t, p, `(() => { const s = document.getElementById("sort"); s.value = "level"; s.dispatchEvent(new Event("change")); })()`, nil)
	if got := column(t, p, "level"); len(got) == 0 || got[0] == "error" {
		t.Errorf("sorted by level, worst last: %q", got)
	}
	var open bool
	eval(t, p, `(() => { document.querySelector(".view tr[data-at='1'] td.main").click(); return document.getElementById("detail").open && document.getElementById("detail").getBoundingClientRect().right <= innerWidth; })()`, &open)
	if !open {
		t.Error("a row does not open, or not inside the window")
	}
}

func indexOf(list []string, s string) int {
	for i, x := range list {
		if x == s {
			return i
		}
	}
	return -1
}

func TestPageByKeyboard(t *testing.T) {
	p := browser(t)
	openPage(t, p, smallFleet(t))
	eval(t, p, `document.getElementById("view").focus()`, nil)
	for _, key := range []string{"ArrowDown", "ArrowDown", "Enter"} {
		must(t, p.Key(key))
	}
	eval(t, p, wait, nil)
	var d struct {
		Open  bool
		Title string
		Lines string
		Label string
	}
	eval(t, p, `(() => { const d = document.getElementById("detail"); return { Open: d.open, Title: d.querySelector("h2").textContent,
		Lines: d.querySelector("pre") ? d.querySelector("pre").textContent : "", Label: d.getAttribute("aria-labelledby") }; })()`, &d)
	if !d.Open || !strings.Contains(d.Title, "[") || !strings.Contains(d.Lines, "│") || d.Label != "detail-title" {
		t.Errorf("Enter opens %+v", d)
	}
	must(t, p.Key("Escape"))
	eval(t, p, wait, nil)
	var at string
	eval(t, p, `document.getElementById("detail").open ? "open" : document.activeElement.dataset.at || document.activeElement.tagName`, &at)
	if at != "1" {
		t.Errorf("after Escape the focus is on %q, not on the row it came from", at)
	}
	must(t, p.Key("End"))
	eval(t, p, frame, nil)
	var last bool
	eval(t, p, `(() => { const r = document.activeElement; return Number(r.getAttribute("aria-rowindex")) === Number(r.closest("table").getAttribute("aria-rowcount")); })()`, &last)
	if !last {
		t.Error("End does not go to the last row")
	}
	// Everything that can be used has a name.
	var nameless []string
	eval(t, p, `[...document.querySelectorAll("button, input, select, [role=tabpanel], table[role]")].filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || (e.labels && e.labels.length))).map((e) => e.outerHTML.slice(0, 80))`, &nameless)
	if len(nameless) > 0 {
		t.Errorf("without a name: %q", nameless)
	}
}

func TestPageIsDarkOrLight(t *testing.T) {
	p := browser(t)
	dir := smallFleet(t)
	background := func() (c string) {
		eval(t, p, `getComputedStyle(document.body).backgroundColor`, &c)
		return c
	}
	must(t, p.Look(1280, 900, "light"))
	openPage(t, p, dir)
	light := background()
	must(t, p.Look(1280, 900, "dark"))
	dark := background()
	if light == dark {
		t.Errorf("both schemes are %s", light)
	}
	eval(t, p, `document.getElementById("theme").click()`, nil)
	if got := background(); got != light {
		t.Errorf("the button does not make it light but %s", got)
	}
	eval(t, p, `document.getElementById("theme").click()`, nil)
	must(t, p.Look(1280, 900, "light"))
	if got := background(); got != dark {
		t.Errorf("the button does not make it dark but %s", got)
	}
}

const plantedKey = "sk-proj-Zq8Tn3Vx6Lw9Rb2Yk5Hd7Mf4Jp1Gs0Ac"

func TestPageIsSafe(t *testing.T) {
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked.Add(1) }))
	defer server.Close()
	attacks := []string{
		`<img src=x onerror=window.owned=1>`, `</script><script>window.owned=1</script>`, `"><script src=` + server.URL + `/a.js></script>`,
		`'; window.owned=1; //`, `<!--<script>`, `</style><style>@import url(` + server.URL + `/c.css)</style>`, `{{.Title}}`, `]]>`, `javascript:window.owned=1`,
		`<svg onload=window.owned=1>`, "\u2028window.owned=1", `\u003cscript\u003ewindow.owned=1`, `<iframe src=` + server.URL + `>`, `<base href=` + server.URL + `/>`,
	}
	dir := t.TempDir()
	for i, a := range attacks {
		name := strings.NewReplacer("/", "_", "\x00", "").Replace(a)
		writeFile(t, filepath.Join(dir, fmt.Sprintf("%d%s", i, name), "loong.toml"), fmt.Sprintf(
			"active_provider = %[1]q\n[providers.%[1]q]\nkind = %[1]q\nmodel = %[1]q\nbase_url = %[1]q\n%[1]q = %[1]q\napi_key = %[2]q # %[3]s\n[providers.b]\nkind = \"openai\"\nmodel = %[1]q\nbase_url = \"http://u:%[2]s@h.example/?k=%[2]s\"\napi_key = { file = %[1]q }\n",
			a, plantedKey, strings.ReplaceAll(a, "\n", " ")))
	}
	p := browser(t)
	page := openPage(t, p, dir, "--title", attacks[1])
	for _, table := range []string{"findings", "files", "profiles", "credentials", "channels", "access"} {
		eval(t, p, "("+openTable+")("+fmt.Sprintf("%q", table)+")", nil)
		eval(t, p, frame, nil)
	}
	eval(t, p, "("+openTable+")('findings')", nil)
	eval(t, p, `(async () => { const rows = document.querySelectorAll(".view tr[data-at]").length;
		for (let i = 0; i < rows; i++) { document.querySelector('.view tr[data-at="' + i + '"]')?.click(); await new Promise(requestAnimationFrame); document.getElementById("detail").close(); } })()`, nil)
	eval(t, p, `dispatchEvent(new Event("beforeprint"))`, nil)
	eval(t, p, wait, nil)
	var owned bool
	var strange []string
	eval(t, p, `"owned" in window`, &owned)
	eval(t, p, `[...document.querySelectorAll("img, iframe, base, object, embed, script:not(#data):not(:last-of-type), style:not(head > style), [onerror], [onload]")].map((e) => e.outerHTML.slice(0, 99))`, &strange)
	if owned || len(strange) > 0 {
		t.Errorf("something of a file became markup: ran %v, %q", owned, strange)
	}
	for _, r := range p.Requests() {
		if r != "file://"+page && r != "data:," && r != "about:blank" {
			t.Errorf("the page asks for %q", r)
		}
	}
	if asked.Load() > 0 {
		t.Errorf("%d requests left", asked.Load())
	}
	if c := p.Console(); len(c) > 0 {
		t.Errorf("the console says %q", c)
	}
	text, err := os.ReadFile(page)
	must(t, err)
	if bytes.Contains(text, []byte(plantedKey)) {
		t.Error("the page holds a planted secret")
	}
	if !bytes.Contains(text, []byte(`default-src 'none'; script-src 'sha256-`)) || bytes.Contains(text, []byte("unsafe-inline")) {
		t.Error("the content security policy is not strict")
	}
	// The policy holds: what is not allowed by hash does not run.
	eval(t, p, `(() => { const s = document.createElement("script"); s.textContent = "window.owned = 2"; document.body.append(s); })()`, nil)
	eval(t, p, `"owned" in window`, &owned)
	if owned {
		t.Error("a foreign script runs")
	}
}

// TestPageOfAFleet opens a page of 10,000 files and about 100,000 findings, and draws when asked to.
func TestPageOfAFleet(t *testing.T) {
	if !thorough.Asked() {
		t.Skip("only with THOROUGH")
	}
	p := browser(t)
	dir := t.TempDir()
	for i := range 10000 {
		path, toml := fleet.Crowded(i, 3)
		writeFile(t, filepath.Join(dir, path), toml)
	}
	must(t, p.Look(1280, 900, "light"))
	page := openPage(t, p, dir)
	info, err := os.Stat(page)
	must(t, err)
	var m struct {
		Ready, Sort, Search, Scroll float64
		Rows, Drawn                 int
	}
	eval(t, p, `(async () => {
		const paint = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
		const out = { Ready: performance.getEntriesByType("navigation")[0].loadEventEnd };
		const timed = async (f) => { const start = performance.now(); f(); await paint(); return performance.now() - start; };
		out.Sort = await timed(() => [...document.querySelectorAll(".view thead button")].find((b) => b.textContent === "message").click());
		const search = document.getElementById("search");
		out.Search = await timed(() => { search.value = "modle2"; search.dispatchEvent(new Event("input")); });
		await new Promise((done) => setTimeout(done, 400));
		const view = document.getElementById("view");
		out.Scroll = await timed(() => { view.scrollTop = view.scrollHeight / 2; });
		out.Rows = Number(document.querySelector("table[role]").getAttribute("aria-rowcount"));
		out.Drawn = document.querySelectorAll(".view tr[data-at]").length;
		return out; })()`, &m)
	t.Logf("page of %d MB, %s; ready after %.0f ms, sorted in %.0f, drawn again in %.0f", info.Size()>>20, counted(t, p), m.Ready, m.Sort, m.Scroll)
	if m.Drawn == 0 || m.Drawn > 200 {
		t.Errorf("%d rows are drawn", m.Drawn)
	}
	if shot := os.Getenv("LOONGLINT_SCREENSHOTS"); shot != "" {
		must(t, p.Screenshot(filepath.Join(shot, "fleet.png"), false))
	}
}

// TestScreenshots writes pictures for people to look at, where LOONGLINT_SCREENSHOTS names a folder.
func TestScreenshots(t *testing.T) {
	shots := os.Getenv("LOONGLINT_SCREENSHOTS")
	if shots == "" {
		t.Skip("LOONGLINT_SCREENSHOTS is not set")
	}
	p := browser(t)
	openPage(t, p, smallFleet(t))
	for _, scheme := range []string{"light", "dark"} {
		for name, size := range map[string][2]int{"desktop": {1280, 900}, "phone": {390, 844}} {
			must(t, p.Look(size[0], size[1], scheme))
			eval(t, p, frame, nil)
			eval(t, p, `scrollTo(0, 0)`, nil)
			must(t, p.Screenshot(filepath.Join(shots, name+"-"+scheme+"-page.png"), true))
			must(t, p.Screenshot(filepath.Join(shots, name+"-"+scheme+"-top.png"), false))
			eval(t, p, `document.getElementById("tables").scrollIntoView()`, nil)
			eval(t, p, frame, nil)
			must(t, p.Screenshot(filepath.Join(shots, name+"-"+scheme+"-table.png"), false))
			eval(t, p, `document.querySelector(".view tr[data-at='1']").click()`, nil)
			eval(t, p, frame, nil)
			must(t, p.Screenshot(filepath.Join(shots, name+"-"+scheme+"-detail.png"), false))
			eval(t, p, `document.getElementById("detail").close()`, nil)
		}
	}
	must(t, p.Look(800, 1100, "dark"))
	must(t, p.Media("print"))
	eval(t, p, `dispatchEvent(new Event("beforeprint"))`, nil)
	must(t, p.Screenshot(filepath.Join(shots, "print.png"), false))
	eval(t, p, `document.querySelector(".printed").scrollIntoView()`, nil)
	must(t, p.Screenshot(filepath.Join(shots, "print-table.png"), false))
	must(t, p.PDF(filepath.Join(shots, "print.pdf")))
}
