// The editor: CodeMirror, what it shows of findings, and the places of a text in it.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { forEachDiagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

export class Editor {
  // The editor keeps lines apart by \n. Where all lines of a text end with \r\n they are given back so; a \r anywhere else
  // is a character of the text, and is shown, since TOML does not allow it.
  #crlf = false;
  #view;

  /** changed is called after each change of the text; complete is a source of completions of CodeMirror, and hover one of
   *  tooltips. */
  constructor(parent, { changed, complete, hover, keys }) {
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          EditorView.cspNonce.of("loonglint"), // as in index.html
          EditorState.lineSeparator.of("\n"),
          EditorView.clipboardInputFilter.of((text) => text.replaceAll("\r\n", "\n")),
          lineNumbers(),
          highlightSpecialChars(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ override: [complete] }),
          hoverTooltip(hover),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          StreamLanguage.define(toml),
          syntaxHighlighting(classHighlighter),
          lintGutter(),
          keymap.of([...keys, ...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({ "aria-label": "Config of Loong, TOML", spellcheck: "false", autocorrect: "off", autocapitalize: "off" }),
          EditorView.updateListener.of((update) => update.docChanged && changed()),
        ],
      }),
    });
  }

  get text() {
    return this.#view.state.doc.sliceString(0, undefined, this.#crlf ? "\r\n" : "\n");
  }

  /** Replaces the whole text by another one. */
  set text(text) {
    this.#crlf = /\r\n/.test(text) && !/\r(?!\n)|(?<!\r)\n/.test(text);
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: this.#lines(text) }, selection: { anchor: 0 }, scrollIntoView: true });
  }

  get hasCRLF() {
    return this.#crlf;
  }

  slice(from, to) {
    return this.#view.state.sliceDoc(from, to);
  }

  get cursor() {
    return this.#view.state.selection.main.head;
  }

  /** Replaces the text where another one differs, as a change that can be undone. */
  change(text) {
    const after = this.#lines(text);
    const before = this.#view.state.doc.toString();
    let from = 0;
    while (from < Math.min(before.length, after.length) && before[from] === after[from]) from++;
    let [to, end] = [before.length, after.length];
    while (to > from && end > from && before[to - 1] === after[end - 1]) to--, end--;
    this.#view.dispatch({ changes: { from, to, insert: after.slice(from, end) }, userEvent: "input.fix", scrollIntoView: true });
  }

  /** Shows diagnostics, whose places are findings of the text as it is now. */
  show(diagnostics) {
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** The diagnostics at the cursor, or on its line where none is. */
  diagnosticsHere() {
    const line = this.#view.state.doc.lineAt(this.cursor);
    const [here, near] = [[], []];
    forEachDiagnostic(this.#view.state, (diagnostic, from, to) => {
      if (from <= this.cursor && this.cursor <= to) here.push(diagnostic);
      else if (from <= line.to && line.from <= to) near.push(diagnostic);
    });
    return here.length > 0 ? here : near;
  }

  /** Selects a range and shows it. */
  select({ from, to }) {
    this.#view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.#view.focus();
  }

  /** The place in the editor as the language server counts: lines and UTF-16 from 0. */
  positionOf(at) {
    const line = this.#view.state.doc.lineAt(at);
    return { line: line.number - 1, character: at - line.from };
  }

  /** The range in the editor of one of the language server. */
  rangeOf({ start, end }) {
    const { doc } = this.#view.state;
    const at = ({ line, character }) => Math.min(doc.line(Math.min(line + 1, doc.lines)).from + character, doc.length);
    return { from: at(start), to: at(end) };
  }

  /** Makes edits of the language server, as one change. */
  edit(edits) {
    this.#view.dispatch({ changes: edits.map(({ range, newText }) => ({ ...this.rangeOf(range), insert: this.#lines(newText) })), userEvent: "input.rename" });
  }

  focus() {
    this.#view.focus();
  }

  /** The range in the editor of what has a start and an end in the text. */
  range({ start, end }) {
    const from = this.#at(start);
    return { from, to: Math.max(from, this.#at(end)) };
  }

  #at({ index, line }) {
    const { doc } = this.#view.state;
    if (!this.#crlf) return Math.min(index, doc.length);
    return Math.min(index - (line - 1), doc.line(Math.min(line, doc.lines)).to); // each \r\n before it is one character here
  }

  #lines(text) {
    return this.#crlf ? text.replaceAll("\r\n", "\n") : text;
  }
}
