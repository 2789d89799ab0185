package loong

import (
	"strconv"

	"github.com/loonglint/loonglint/schema"
)

// numberLimit says inside which limits Loong uses a number of a profile (N1 to N4).
type numberLimit struct {
	key       schema.Key
	low, high int64
	lowKey    schema.Key // the key whose number is the lower limit, if hasLowKey
	hasLowKey bool
}

// Number is a whole number of a profile as Loong uses it: what is written, else the default, inside its limits.
func (p *Profile) Number(key schema.Key) int64 {
	v := p.Table.At(key)
	n, ok := v.Int()
	if !ok {
		n, _ = strconv.ParseInt(v.Default(), 10, 64)
	}
	for i := range numberLimits {
		l := &numberLimits[i]
		if l.key != key {
			continue
		}
		low := l.low
		if l.hasLowKey {
			low = p.Number(l.lowKey)
		}
		return min(max(n, low), l.high)
	}
	return n
}
