// Package chromium drives a headless Chromium by its DevTools protocol over a pair of pipes
// (--remote-debugging-pipe: JSON texts that end with a NUL). It is for tests of pages.
package chromium

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// Path finds the browser; an error when there is none.
func Path() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no chromium in PATH (Debian: apt-get install chromium)")
}

// Page is a tab of a browser of its own. Its methods wait for the browser and may be called by
// one goroutine.
type Page struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	profile string
	session string
	workers []string // sessions of workers, in the order in which they were started

	mu       sync.Mutex
	next     int
	waiting  map[int]chan reply
	requests []string
	console  []string
	loaded   chan struct{}
	gone     chan struct{}
}

type reply struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// patience is how long an answer may take.
const patience = 2 * time.Minute

// Open starts a browser with an empty page.
func Open(path string) (*Page, error) {
	profile, err := os.MkdirTemp("", "chromium")
	if err != nil {
		return nil, err
	}
	toR, toW, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	fromR, fromW, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p := &Page{in: toW, profile: profile, waiting: map[int]chan reply{}, loaded: make(chan struct{}, 1), gone: make(chan struct{})}
	p.cmd = exec.Command(path, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb",
		"--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	p.cmd.ExtraFiles = []*os.File{toR, fromW} // they become 3 and 4
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	toR.Close()
	fromW.Close()
	go p.listen(fromR)
	return p, p.attach()
}

// attach finds the tab and asks to be told of what happens in it.
func (p *Page) attach() error {
	var targets struct {
		TargetInfos []struct{ TargetID, Type string }
	}
	for range 100 {
		if err := p.call("Target.getTargets", nil, &targets); err != nil {
			return err
		}
		for _, t := range targets.TargetInfos {
			if t.Type != "page" {
				continue
			}
			var s struct{ SessionID string }
			if err := p.call("Target.attachToTarget", map[string]any{"targetId": t.TargetID, "flatten": true}, &s); err != nil {
				return err
			}
			p.session = s.SessionID
			for _, domain := range []string{"Page", "Network", "Runtime", "Log"} {
				if err := p.call(domain+".enable", nil, nil); err != nil {
					return err
				}
			}
			return p.call("Target.setAutoAttach", map[string]any{"autoAttach": true, "waitForDebuggerOnStart": false, "flatten": true}, nil)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.New("chromium shows no page")
}

func (p *Page) listen(r io.Reader) {
	defer close(p.gone)
	b := bufio.NewReaderSize(r, 1<<20)
	for {
		text, err := b.ReadBytes(0)
		if err != nil {
			return
		}
		var m reply
		if json.Unmarshal(text[:len(text)-1], &m) != nil {
			continue
		}
		p.mu.Lock()
		if to := p.waiting[m.ID]; to != nil && m.ID != 0 {
			delete(p.waiting, m.ID)
			to <- m
		} else {
			p.event(&m)
		}
		p.mu.Unlock()
	}
}

func (p *Page) event(m *reply) {
	switch m.Method {
	case "Network.requestWillBeSent":
		var e struct{ Request struct{ URL string } }
		if json.Unmarshal(m.Params, &e) == nil {
			p.requests = append(p.requests, e.Request.URL)
		}
	case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled", "Page.javascriptDialogOpening":
		p.console = append(p.console, m.Method+" "+string(m.Params))
	case "Target.attachedToTarget":
		var e struct {
			SessionID  string
			TargetInfo struct{ Type string }
		}
		if json.Unmarshal(m.Params, &e) == nil && e.TargetInfo.Type == "worker" {
			p.workers = append(p.workers, e.SessionID)
		}
	case "Page.loadEventFired":
		select {
		case p.loaded <- struct{}{}:
		default:
		}
	}
}

// call sends a command to the page and decodes its result.
func (p *Page) call(method string, params, result any) error {
	return p.callIn(p.session, method, params, result)
}

// callIn sends a command to a session, the browser where it is empty.
func (p *Page) callIn(session, method string, params, result any) error {
	p.mu.Lock()
	p.next++
	id := p.next
	to := make(chan reply, 1)
	p.waiting[id] = to
	p.mu.Unlock()
	m := map[string]any{"id": id, "method": method}
	if params != nil {
		m["params"] = params
	}
	if session != "" {
		m["sessionId"] = session
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := p.in.Write(append(raw, 0)); err != nil {
		return err
	}
	select {
	case r := <-to:
		if r.Error != nil {
			return fmt.Errorf("%s: %s", method, r.Error.Message)
		}
		if result != nil {
			return json.Unmarshal(r.Result, result)
		}
		return nil
	case <-p.gone:
		return fmt.Errorf("%s: chromium is gone", method)
	case <-time.After(patience):
		return fmt.Errorf("%s: no answer", method)
	}
}

// Load opens an address and waits until it has loaded.
func (p *Page) Load(url string) error {
	if err := p.call("Page.navigate", map[string]any{"url": url}, nil); err != nil {
		return err
	}
	select {
	case <-p.loaded:
		return nil
	case <-time.After(patience):
		return errors.New("the page does not load")
	}
}

// Eval runs an expression, waits for its promise and decodes its value.
func (p *Page) Eval(expression string, value any) error {
	return p.evalIn(p.session, expression, value)
}

// Workers counts the workers that the page has started.
func (p *Page) Workers() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.workers)
}

// EvalInWorker is Eval in the worker that was started last.
func (p *Page) EvalInWorker(expression string, value any) error {
	p.mu.Lock()
	session := ""
	if n := len(p.workers); n > 0 {
		session = p.workers[n-1]
	}
	p.mu.Unlock()
	if session == "" {
		return errors.New("the page has no worker")
	}
	return p.evalIn(session, expression, value)
}

func (p *Page) evalIn(session, expression string, value any) error {
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	if err := p.callIn(session, "Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &r); err != nil {
		return err
	}
	if r.ExceptionDetails != nil {
		return fmt.Errorf("%s: %s %s", expression, r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(r.Result.Value, value)
}

// AllowClipboard lets pages read and write the clipboard, for which they must have the focus.
func (p *Page) AllowClipboard() error {
	if err := p.call("Emulation.setFocusEmulationEnabled", map[string]any{"enabled": true}, nil); err != nil {
		return err
	}
	return p.callIn("", "Browser.grantPermissions", map[string]any{"permissions": []string{"clipboardReadWrite", "clipboardSanitizedWrite"}}, nil)
}

// Type writes a text where the focus is, as an input method does.
func (p *Page) Type(text string) error {
	return p.call("Input.insertText", map[string]any{"text": text}, nil)
}

// Hover moves the mouse to a place in the window, in CSS pixels.
func (p *Page) Hover(x, y float64) error {
	return p.call("Input.dispatchMouseEvent", map[string]any{"type": "mouseMoved", "x": x, "y": y}, nil)
}

// Key presses a key, named as in KeyboardEvent.key; Alt+ or Control+ may be before it.
func (p *Page) Key(name string) error {
	modifiers := 0
	for prefix, bit := range map[string]int{"Alt+": 1, "Control+": 2} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name, modifiers = rest, bit
		}
	}
	codes := map[string]int{"Space": 32, "F2": 113, "F8": 119, "Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "End": 35, "Home": 36, "Tab": 9, "ArrowRight": 39}
	for _, kind := range []string{"keyDown", "keyUp"} {
		e := map[string]any{"type": kind, "key": name, "code": name, "windowsVirtualKeyCode": codes[name], "modifiers": modifiers}
		if name == "Space" {
			e["key"] = " "
		}
		if name == "Enter" && kind == "keyDown" && modifiers == 0 {
			e["text"] = "\r"
		}
		if err := p.call("Input.dispatchKeyEvent", e, nil); err != nil {
			return err
		}
	}
	return nil
}

// Look sets the size of the window in CSS pixels and the preferred scheme, "light" or "dark".
func (p *Page) Look(width, height int, scheme string) error {
	if err := p.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}, nil); err != nil {
		return err
	}
	return p.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// Media shows the page as on another medium, "print" or "screen".
func (p *Page) Media(name string) error {
	return p.call("Emulation.setEmulatedMedia", map[string]any{"media": name}, nil)
}

// Screenshot writes what the window shows as PNG; whole: all of the page.
func (p *Page) Screenshot(path string, whole bool) error {
	var r struct{ Data string }
	if err := p.call("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": whole}, &r); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(r.Data)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o644)
}

// PDF prints the page.
func (p *Page) PDF(path string) error {
	var r struct{ Data string }
	if err := p.call("Page.printToPDF", map[string]any{"printBackground": true}, &r); err != nil {
		return err
	}
	raw, err := base64.StdEncoding.DecodeString(r.Data)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o644)
}

// Requests lists the addresses that were asked for since Open.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.requests...)
}

// Console lists messages, exceptions and dialogs since Open.
func (p *Page) Console() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string{}, p.console...)
}

// Close ends the browser.
func (p *Page) Close() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
	p.in.Close()
	os.RemoveAll(p.profile)
}
