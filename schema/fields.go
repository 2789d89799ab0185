package schema

// Fields is a set of fields of a type, a bit each, in turns where there are more than 64.
type Fields uint64

// Fields tells which fields are written in the table v; of a value that is no table all, since they are not known by name.
func (v Value) Fields() Fields {
	t := v.Shape.Type()
	switch {
	case v.Node == nil:
		return 0
	case t == nil || !v.Node.Kind.IsTable():
		return ^Fields(0)
	}
	var set Fields
	for _, n := range v.Node.Entries {
		if i := t.indexOf(n); i >= 0 {
			set |= 1 << (i & 63)
		}
	}
	return set
}

// Set is the set of the fields that have these keys.
func (t *Type) Set(keys []Key) Fields {
	var set Fields
	for _, k := range keys {
		if i := t.at(k); i >= 0 {
			set |= 1 << (i & 63)
		}
	}
	return set
}
