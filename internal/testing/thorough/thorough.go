// Package thorough tells tests how much to try: a sample, so that `go test ./...` is done soon, or everything,
// as .ci/run asks with THOROUGH=1 in the environment.
package thorough

import "os"

// Asked reports whether tests are to try everything.
func Asked() bool { return os.Getenv("THOROUGH") != "" }

// Pick returns the count or stride of a test: sample as a rule, all when everything is asked for.
func Pick(sample, all int) int {
	if Asked() {
		return all
	}
	return sample
}
