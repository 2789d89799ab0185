package schema

import "strings"

// variants checks a table that takes the keys of exactly one of several variants besides the
// common ones: those of the variant that the file means, which is the one with most keys there.
func (c *checker) variants(v Value) {
	if !v.Node.Kind.IsTable() {
		if v.Node.Kind.IsDatetime() {
			c.missingVariant(v)
			return
		}
		c.wrongType(v)
		return
	}
	t := v.Type()
	meant, seen := t.meant(v)
	for _, n := range v.Node.Entries {
		i := t.indexOf(n)
		switch {
		case i < 0:
			c.forbidden(n, t, "")
		case i < int(t.Common) || int(meant.From) <= i && i < int(meant.To):
			c.value(v.fieldOf(t, i, n))
		default:
			c.forbidden(n, t, "it does not go with "+meant.sign(t))
		}
	}
	if seen {
		for i := int(meant.From); i < int(meant.To); i++ {
			if t.Fields[i].Required {
				c.requiredField(v, t, i)
			}
		}
	} else {
		c.missingVariant(v)
	}
}

// missingVariant reports that no variant's required key is there.
func (c *checker) missingVariant(v Value) {
	t := v.Type()
	var keys []string
	for i := range t.Variants {
		keys = append(keys, t.Variants[i].sign(t))
	}
	c.add(Problem{Kind: MissingRequiredKey, Value: v, Key: keys[0], Want: "one of the keys " + strings.Join(keys, " and ")})
}

// meant picks a variant, the first of equals; seen tells whether any of its keys is there.
func (t *Type) meant(v Value) (meant *Variant, seen bool) {
	best := -1
	for i := range t.Variants {
		x, score := &t.Variants[i], 0
		for _, f := range t.Fields[x.From:x.To] {
			if v.Field(f.Name).Present() {
				score += 2
				if f.Required {
					score++
				}
			}
		}
		if score > best {
			best, meant = score, x
		}
	}
	return meant, best > 0
}

// sign is the required key by which a variant is known.
func (x *Variant) sign(t *Type) string {
	for _, f := range t.Fields[x.From:x.To] {
		if f.Required {
			return f.Name
		}
	}
	return x.Name
}
