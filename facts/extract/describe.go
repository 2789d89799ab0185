package main

// notYet stands where a person has to write what a key is for; the schema needs a line for each.
const notYet = "Not described yet"

// describe gives everything of the newest version a line in descriptions.json that has none.
func (u *update) describe() {
	types, words := u.descriptions.object("types"), u.descriptions.object("enum_values")
	missing := func(in *object, name, what string) {
		if in.text(name) == "" {
			in.set(name, notYet)
			u.ask("%s has no line in descriptions.json", what)
		}
	}
	for _, typ := range u.surface.object("types").keys {
		t := u.typ(typ)
		if t.text("kind") == "enum" && u.now.named["words "+typ] != "" && words.object(typ) == nil {
			words.set(typ, newObject())
		}
		if u.now.named["type "+typ] == "" && words.object(typ) == nil {
			continue // of an older version
		}
		if types.object(typ) == nil {
			types.set(typ, newObject("description", "", "fields", newObject()))
		}
		missing(types.object(typ), "description", "`"+typ+"`")
		for _, key := range u.now.order[typ] {
			missing(types.object(typ).object("fields"), key, "`"+key+"` of `"+typ+"`")
		}
		if of := words.object(typ); of != nil {
			for _, v := range t.list("values") {
				missing(of, v.text("value"), "the word `"+v.text("value")+"` of `"+typ+"`")
			}
		}
	}
}
