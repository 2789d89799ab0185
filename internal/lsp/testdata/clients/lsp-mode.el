;;; lsp-mode.el --- Emacs with lsp-mode -*- lexical-binding: t -*-
;; Run by .ci/lsp: PROGRAM=… FOLDER=… emacs --batch -l lsp-mode.el
(require 'package)
(package-initialize)
(require 'conf-mode)
(require 'lsp-mode)

(defvar failed nil)
(defun expect (what ok got)
  (princ (format "%s %s%s\n" (if ok "ok  " "FAIL") what (if ok "" (format ": %S" got))))
  (unless ok (setq failed t)))
(defun settle (done)
  "Wait until DONE returns something, at most 10 seconds, and return it."
  (let ((end (+ (float-time) 10)) is)
    (while (and (not (setq is (funcall done))) (< (float-time) end))
      (accept-process-output nil 0.05))
    is))
(defun codes ()
  (sort (mapcar (lambda (d) (format "%d %s" (plist-get (plist-get (plist-get d :range) :start) :line) (plist-get d :code)))
                (mapcar (lambda (d) (if (hash-table-p d) (plist d) d))
                        (append (gethash (lsp--fix-path-casing (buffer-file-name)) (lsp-diagnostics)) nil)))
        #'string<))
(defun plist (table)
  "TABLE of the protocol as a property list."
  (let (list)
    (maphash (lambda (k v) (setq list (cons (intern (concat ":" k)) (cons (if (hash-table-p v) (plist v) v) list)))) table)
    list))

(setq lsp-auto-guess-root t lsp-restart 'ignore lsp-enable-file-watchers nil lsp-enable-snippet nil lsp-warn-no-matched-clients nil
      lsp-diagnostics-provider :none lsp-headerline-breadcrumb-enable nil lsp-modeline-diagnostics-enable nil
      lsp-modeline-code-actions-enable nil lsp-keep-workspace-alive nil lsp-session-file (expand-file-name "session" (getenv "FOLDER")))
(add-to-list 'lsp-language-id-configuration '(conf-toml-mode . "toml"))
(lsp-register-client
 (make-lsp-client :new-connection (lsp-stdio-connection (list (getenv "PROGRAM") "lsp"))
                  :activation-fn (lsp-activate-on "toml") :server-id 'loonglint))
(lsp-workspace-folders-add (getenv "FOLDER"))
(find-file (expand-file-name "loong.toml" (getenv "FOLDER")))
(conf-toml-mode)
(lsp)
(let ((want '("3 unknown-provider-kind" "5 unknown-key")))
  (expect "diagnostics" (settle (lambda () (equal (codes) want))) (codes)))

(goto-char (point-min))
(search-forward "opn")
(let ((fix (seq-find (lambda (a) (equal (lsp:code-action-title a) "Write openai")) (lsp-code-actions-at-point))))
  (expect "quick fix is offered" fix (lsp-code-actions-at-point))
  (lsp-execute-code-action fix))
(expect "quick fix" (string-match-p "^kind = \"openai\"$" (buffer-string)) (buffer-string))
(let ((want '("5 unknown-key")))
  (expect "diagnostics after it" (settle (lambda () (equal (codes) want))) (codes)))
(let ((hover (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
  (expect "hover" (string-match-p "openai" (format "%S" hover)) hover))
(lsp-workspace-shutdown (car (lsp-workspaces)))
(kill-emacs (if failed 1 0))
