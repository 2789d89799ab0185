// Package probe asks the models route of profiles, as Loong does (behaviour.md 7), and says whether
// credentials and addresses work. It is the only package that opens a socket.
//
// A config names both a secret and where it goes, and may be somebody else's. So nothing is sent
// that Permissions do not open: credentials go only to hosts and in variables that the catalog or
// the user names, over https, to addresses that are checked when they are dialed.
package probe

import (
	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// Job is a profile to ask.
type Job struct {
	File    string
	Config  *loong.Config
	Profile *loong.Profile

	secrets *redact.Document
}

// Jobs lists the profiles of a file; one job without a profile when the file does not load.
func Jobs(file string, c *loong.Config) []*Job {
	secrets := redact.Of(c.Document)
	if c.Verdict != loong.Loads {
		return []*Job{{File: file, Config: c, secrets: secrets}}
	}
	jobs := make([]*Job, len(c.Profiles))
	for i := range c.Profiles {
		jobs[i] = &Job{File: file, Config: c, Profile: &c.Profiles[i], secrets: secrets}
	}
	return jobs
}
