package loong

type fieldForm uint8

const (
	formText fieldForm = iota
	formKind
	formWord
	formSecret
	formList
	formTable
	formFloat
	formInteger
)

type providerField struct {
	name       string
	form       fieldForm
	hasDefault bool
	text       string
	number     float64
}
