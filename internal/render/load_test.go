package render

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// TestFewRefusesLongLists holds that only the elements of the list itself are counted.
func TestFewRefusesLongLists(t *testing.T) {
	for _, tt := range []struct {
		element string
		n       int
		ok      bool
	}{
		{`"x"`, 0, true}, {`"x"`, mostOfFew, true}, {`"x"`, mostOfFew + 1, false},
		{`",,\\\",["`, mostOfFew, true}, {`",,\\\",["`, mostOfFew + 1, false},
		{`{"a":[1,2,3],"b":{"c":1,"d":2}}`, mostOfFew, true}, {`[[1,2],[3]]`, mostOfFew + 1, false},
	} {
		var l Few[json.RawMessage]
		text := "[" + strings.TrimSuffix(strings.Repeat(tt.element+", ", tt.n), ", ") + "]"
		err := json.Unmarshal([]byte(text), &l)
		if tt.ok && (err != nil || len(l) != tt.n) || !tt.ok && !errors.Is(err, ErrLongList) {
			t.Errorf("%d times %s: %d, %v", tt.n, tt.element, len(l), err)
		}
	}
}
