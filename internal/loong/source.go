package loong

// Source is the word for where a secret field has its value from: "literal", "variable", "file"
// or "program"; empty where it gives none.
func (f SecretForm) Source() string {
	switch f.Kind {
	case Literal:
		return "literal"
	case EnvReference:
		return "variable"
	case FileReference:
		return "file"
	case ExecReference:
		return "program"
	}
	return ""
}
