package placeholder

import "testing"

func TestVariable(t *testing.T) {
	for text, want := range map[string]string{
		"$CHAT_ID": "$CHAT_ID", " ${CHAT_ID} ": "${CHAT_ID}", "%CHAT_ID%": "%CHAT_ID%", "env:CHAT_ID": "env:CHAT_ID", "{{ chat.id }}": "{{ chat.id }}", "<%= chat %>": "<%= chat %>",
		"{env:CHAT}": "{env:CHAT}", "bot-${STAGE}": "${STAGE}", "$(hostname)": "$(hostname)", "{% x %}": "{% x %}",
		"-1001234567890": "", "US$5": "", "$5": "", "100%": "", "a{b}c": "", "!room:example.org": "", "": "", "$": "", "%": "", "%%": "", "$HOME/x": "", "env:": "", "${}": "", "{{}}": "",
	} {
		if got, found := Variable(text, false); got != want || found != (want != "") {
			t.Errorf("Variable(%q) = %q, %v, want %q", text, got, found, want)
		}
	}
	for text, want := range map[string]string{
		"$HOME/.loong": "$HOME", "/srv/%USER%/x": "%USER%", `%USERPROFILE%\loong`: "%USERPROFILE%", "${HOME}/x": "${HOME}", "/srv/{{ user }}/x": "{{ user }}",
		"/srv/pa$$": "", "/srv/100%": "", "~/x": "", `C:\$Recycle.Bin`: "", "/": "", "": "",
	} {
		if got, _ := Variable(text, true); got != want {
			t.Errorf("Variable(%q) in a path = %q, want %q", text, got, want)
		}
	}
}
