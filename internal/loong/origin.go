package loong

import "github.com/loonglint/loonglint/internal/document"

// Source is the kind of place a value comes from.
type Source uint8

// The sources.
const (
	FromNowhere  Source = iota // not given, and there is no default
	FromFile                   // Origin.Node
	FromKind                   // the catalog's default for the kind
	FromDefault                // Loong's own default
	FromVariable               // a variable, which Origin.Node may name
)

// Origin says where a resolved value comes from.
type Origin struct {
	Node    *document.Node // the node that gives it, or nil
	Ignored *document.Node // a written value that has no effect; Note says why
	Source  Source
	note    note
	region  note // of an address with the kind's region in it
}

// Value is a resolved value with its origin.
type Value[T any] struct {
	Val  T
	From Origin
}

// note is a short remark for people.
type note uint8

const (
	noNote note = iota
	noteBlank
	noteKindDefault
	noteOpenAIBase
	noteOpenAIPath
	noteBlankEndpoint
	noteBlankModelsEndpoint
	noteSameEndpoint
	noteSameModelsEndpoint
	noteAlias
	noteOnlyKind
	noteOnlyID
	noteNoActiveID
	noteNoID
	noteNoProfile
	noteLegacyUnwritten
	noteLegacyUnknown
	noteFirstUnwritten
	noteFirstUnknown
	noteNoRegion
	noteRegionUnknown
	noteRegion // from the first of regionNames; those of the others follow
)

var noteTexts = [noteRegion]string{
	noteBlank:               "blank, as if not written",
	noteKindDefault:         "the kind's default",
	noteOpenAIBase:          "OpenAI's address counts as not written for this kind",
	noteOpenAIPath:          "OpenAI's path counts as not written for this kind",
	noteBlankEndpoint:       "endpoint is blank, as if not written",
	noteBlankModelsEndpoint: "models_endpoint is blank, as if not written",
	noteSameEndpoint:        "endpoint is the derived address, as if not written",
	noteSameModelsEndpoint:  "models_endpoint is the derived address, as if not written",
	noteOnlyKind:            "the kind of the only profile",
	noteOnlyID:              "names the only profile, chooses nothing",
	noteNoActiveID:          "active_provider is not a profile id",
	noteNoID:                "no profile id",
	noteNoProfile:           "names no profile",
	noteLegacyUnwritten:     "taken from [provider], because active_provider is not written",
	noteLegacyUnknown:       "taken from [provider], because active_provider names no profile",
	noteFirstUnwritten:      "the first id in byte order, because active_provider is not written",
	noteFirstUnknown:        "the first id in byte order, because active_provider names no profile",
	noteNoRegion:            "no region variable is set",
	noteRegionUnknown:       "the region is not known here",
}

// Note is a short remark for people, e.g. why the written value is ignored; empty where there is none.
func (o *Origin) Note() string {
	text := noteTexts[min(o.note, noteRegion-1)]
	if o.note == noteAlias {
		text = `alias "` + writtenWord(o.Node) + `"`
	}
	region := ""
	if o.region >= noteRegion {
		region = "region from " + regionNames[o.region-noteRegion]
	} else {
		region = noteTexts[o.region]
	}
	if text == "" || region == "" {
		return text + region
	}
	return text + "; " + region
}

// writtenWord is the text that an enum's word is written as.
func writtenWord(n *document.Node) string {
	if n.Kind == document.String {
		return n.Text()
	}
	return n.Entries[0].Name()
}
