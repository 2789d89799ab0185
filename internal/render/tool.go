package render

// Tool says which program made a report.
type Tool struct {
	Version      string
	LoongVersion string
	LoongCommit  string
}

// ToolObject is a Tool in the JSON documents.
type ToolObject struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Loong   loongObject `json:"loong"`
}

type loongObject struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

// Object returns the JSON form.
func (t Tool) Object() ToolObject {
	return ToolObject{"loonglint", t.Version, loongObject{t.LoongVersion, t.LoongCommit}}
}

// Tool returns what a document that anybody may have written says, as it may be shown.
func (o ToolObject) Tool() Tool {
	return Tool{Shown(o.Version), Shown(o.Loong.Version), Shown(o.Loong.Commit)}
}
