package loong

import (
	"strings"
	"unicode/utf8"
)

// programText is what a secret's program prints, where that follows from its arguments alone:
// true, false, echo, and a shell that does no more than echo or printf one quoted text. No
// program is ever run; every other one counts as unreadable (contract.md, ADR 3). Final line
// breaks are cut, and output that is empty or not UTF-8 is none (behaviour.md 4.2).
func programText(args []string) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	var out string
	var ok bool
	switch name, rest := strings.TrimSpace(args[0]), args[1:]; name {
	case "echo", "/bin/echo", "/usr/bin/echo":
		out, ok = echoText(rest)
	case "sh", "/bin/sh", "/usr/bin/sh":
		if len(rest) == 2 && rest[0] == "-c" {
			out, ok = shellText(rest[1])
		}
	}
	out = strings.TrimRight(out, "\r\n")
	if !ok || out == "" || !utf8.ValidString(out) {
		return "", false
	}
	return out, true
}

// echoText is what echo prints except for the final line break. Options other than a lone -n, and
// arguments that an echo may read as escapes, are not judged.
func echoText(args []string) (string, bool) {
	if len(args) > 0 && strings.HasPrefix(args[0], "-") {
		if args[0] != "-n" {
			return "", false
		}
		args = args[1:]
	}
	text := strings.Join(args, " ")
	return text, !strings.Contains(text, `\`)
}

// shellText is the output of a script that is one printf or echo of one text in single quotes.
func shellText(script string) (string, bool) {
	command, rest, ok := strings.Cut(strings.TrimSpace(script), " ")
	if !ok {
		return "", false
	}
	text, ok := singleQuoted(strings.TrimSpace(rest))
	switch {
	case ok && command == "echo":
		return echoText([]string{text})
	case ok && command == "printf":
		return printfText(text)
	}
	return "", false
}

func singleQuoted(s string) (string, bool) {
	if len(s) < 2 || s[0] != '\'' || s[len(s)-1] != '\'' {
		return "", false
	}
	s = s[1 : len(s)-1]
	return s, !strings.ContainsRune(s, '\'')
}

// printfText expands the escapes of a printf format that has no conversions.
func printfText(format string) (string, bool) {
	const single, means = `abfnrtv\"`, "\a\b\f\n\r\t\v\\\""
	if strings.ContainsRune(format, '%') {
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '\\' {
			b.WriteByte(format[i])
			continue
		}
		i++
		if i == len(format) {
			return "", false
		}
		if at := strings.IndexByte(single, format[i]); at >= 0 {
			b.WriteByte(means[at])
			continue
		}
		value, digits := 0, 0
		for digits < 3 && i+digits < len(format) && '0' <= format[i+digits] && format[i+digits] <= '7' {
			value = value*8 + int(format[i+digits]-'0')
			digits++
		}
		if digits == 0 || value > 0xff {
			return "", false
		}
		b.WriteByte(byte(value))
		i += digits - 1
	}
	return b.String(), true
}
