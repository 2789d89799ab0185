package render

import (
	"cmp"
	"github.com/loonglint/loonglint/schema"

	"github.com/loonglint/loonglint/internal/redact"
)

// Tool says which program made a report.
type Tool struct {
	Version      string
	LoongVersion string
	LoongCommit  string
	Targets      schema.Targets // the versions of Loong that files are read as, where nothing else is said; may be none
}

// NewTool is the program of a version that reads files as versions of Loong; none stands for the newest release. It is
// said to know the newest of them.
func NewTool(version string, targets schema.Targets) Tool {
	if targets == 0 {
		targets = targets.With(0)
	}
	last := targets.Last()
	return Tool{Version: version, LoongVersion: last.String(), LoongCommit: last.Commit(), Targets: targets}
}

// ToolObject is a Tool in the JSON documents.
type ToolObject struct {
	Name    string      `json:"name"`
	Version string      `json:"version"`
	Loong   loongObject `json:"loong"`
	Targets string      `json:"targets,omitempty"` // more than one
}

type loongObject struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
}

// Object returns the JSON form.
func (t Tool) Object() ToolObject {
	o := ToolObject{"loonglint", t.Version, loongObject{t.LoongVersion, t.LoongCommit}, ""}
	if len(t.Targets.List()) > 1 {
		o.Targets = t.Targets.String()
	}
	return o
}

// Tool returns what a document that anybody may have written says, as it may be shown.
func (o ToolObject) Tool() Tool {
	set, _ := schema.ParseTargets(cmp.Or(o.Targets, o.Loong.Version)) // none where it says nothing known
	return Tool{redact.Printable(o.Version), redact.Printable(o.Loong.Version), redact.Printable(o.Loong.Commit), set}
}
