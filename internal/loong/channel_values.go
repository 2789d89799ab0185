package loong

import (
	"strings"
	"unicode"

	"github.com/loonglint/loonglint/internal/weburl"
)

// validSMTP reports whether Loong accepts an SMTP host; blank passes (validation.json, smtp).
func validSMTP(text string) bool {
	text = trim(text)
	if !strings.Contains(text, "://") {
		return isBareHost(text)
	}
	u, ok := weburl.Parse(text)
	return ok && u.HasHost && (u.Scheme == "smtp" || u.Scheme == "smtps")
}

// validIRCServer reports whether Loong accepts an IRC server; blank passes (irc_server).
func validIRCServer(text string) bool {
	text = trim(text)
	if !strings.Contains(text, "://") {
		return isBareHost(text)
	}
	u, ok := weburl.Parse(text)
	return ok && u.HasHost && (u.Scheme == "irc" || u.Scheme == "ircs") && !u.HasUser &&
		!u.HasQuery && !u.HasFragment && (u.Path == "" || u.Path == "/") && u.Port != 0
}

// isBareHost reports whether text may be a host without a scheme.
func isBareHost(text string) bool {
	return !strings.ContainsAny(text, "/?#:") && !hasBlank(text)
}

// validIRCNickname reports whether Loong accepts a nickname; blank passes (irc_nickname).
func validIRCNickname(text string) bool {
	text = trim(text)
	return !hasBlank(text) && !strings.ContainsRune(text, 0)
}

func hasBlank(text string) bool { return strings.IndexFunc(text, unicode.IsSpace) >= 0 }
