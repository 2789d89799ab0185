package lint

import "testing"

func TestSummaryIsASentence(t *testing.T) {
	for want, s := range map[string]Summary{
		"1 file checked, no findings":                     {Files: 1},
		"2 files checked, no findings":                    {Files: 2},
		"0 files checked, no findings; 1 folder excluded": {Unseen: []string{"1 folder excluded"}},
		"1 file could not be read":                        {Files: 1, Unreadable: 1},
		"1 finding (1 error) in 1 of 1 file; 1 fixable with --fix, 1 more with --unsafe-fixes": {Files: 1, With: 1, Fixable: 1, Unsafe: 1,
			Counts: Counts{Errors: 1}},
		"3 findings (1 error, 1 warning, 1 info) in 2 of 2 files; 1 fixable with --unsafe-fixes": {Files: 2, With: 2, Unsafe: 1,
			Counts: Counts{Errors: 1, Warnings: 1, Infos: 1}},
		"1 file checked, no findings; 1 info not shown (--min-level), 1 suppressed, 1 in the baseline, 1 folder excluded": {Files: 1, Hidden: Counts{Infos: 1},
			Suppressed: 1, Baselined: 1, Unseen: []string{"1 folder excluded"}},
	} {
		if got := s.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
