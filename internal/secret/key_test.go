package secret

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestEveryShapeKnowsItsExample(t *testing.T) {
	b, err := os.ReadFile("../../facts/keyshapes.json")
	if err != nil {
		t.Fatal(err)
	}
	var facts struct {
		Shapes []struct {
			ID, Example string
			SecretPlace bool `json:"secret_place"`
		}
	}
	if err := json.Unmarshal(b, &facts); err != nil {
		t.Fatal(err)
	}
	for _, s := range facts.Shapes {
		if _, ok := KeyShape(s.Example); !ok {
			t.Errorf("%s: KeyShape(%q) knows nothing", s.ID, s.Example)
		}
		found := Find(s.Example)
		if s.SecretPlace {
			if len(found) > 0 {
				t.Errorf("%s: Find takes %q for a key outside a secret", s.ID, s.Example)
			}
			continue
		}
		if len(found) != 1 || found[0].ID != s.ID || found[0].Start != 0 || found[0].End != len(s.Example) {
			t.Errorf("%s: Find(%q) = %v", s.ID, s.Example, found)
		}
		for i := range s.Example { // also where a text ends within a key
			for _, m := range Find(s.Example[:i]) {
				if m.End > i || m.Start >= m.End {
					t.Errorf("Find(%q) = %v", s.Example[:i], m)
				}
			}
			KeyShape(s.Example[:i])
		}
		text := `"note ` + s.Example + `" and more`
		if at := In(text); len(at) != 1 || text[at[0].Start:at[0].End] != s.Example {
			t.Errorf("%s: In(%q) = %v", s.ID, text, at)
		}
	}
}

func TestLooksRandom(t *testing.T) {
	for s, want := range map[string]bool{
		"Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": true, " Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op\n": true,
		"MY_COMPANY_OPENAI_API_KEY": false, "My_Team_OpenAI_Key_2_Europe": false, "short1A": false,
		"lowercase0123456789012345": false, "two words Kd2Lq9Zr4Xc8Vb1Nm5T": false,
	} {
		if got := LooksRandom(s); got != want {
			t.Errorf("LooksRandom(%q) = %v", s, got)
		}
	}
}

func TestKeysAreFoundGluedToOtherText(t *testing.T) {
	for _, text := range []string{
		"key%3DSECRET", "authkeySECRET", "x3DSECRET", "TOKENSECRET&x=1", "https://llm.example/SECRET/v1", `\u003dSECRET`, "密钥SECRET",
	} {
		for _, key := range []string{"sk-proj-Qw7Er2Ty9Ui4Op1A", "ghp_7Kd2Lq9Zr4Xc8Vb1Nm5T", "AKIA7KD2LQ9ZR4XC8VB1", "hvs.7Kd2Lq9Zr4Xc8Vb1", "sk-7Kd2Lq9Zr4Xc8Vb1Nm5T"} {
			src := strings.Replace(text, "SECRET", key, 1)
			if at := strings.Index(src, key); !slices.ContainsFunc(Find(src), func(m Match) bool { return m.Start <= at && m.End >= at+len(key) }) {
				t.Errorf("Find(%q) = %v", src, Find(src))
			}
		}
	}
}

func TestKeysWithABlank(t *testing.T) {
	const key = "bearer Qw7Er2Ty9Ui4Op1A"
	for _, before := range []string{"", "x", "authorization ", "authorization: ", "a.b.c.d.e.f.g ", "r ", "rrrrrrrrrrrrrrrr ", "BEARER ", "bearer\n"} {
		for _, after := range []string{"", " ", "\"", "\n", " bearer", " authorization"} {
			src := before + key + after
			found := Find(src)
			if len(found) != 1 || found[0].Start != len(before) || found[0].End != len(before)+len(key) {
				t.Errorf("Find(%q) = %v", src, found)
			}
		}
	}
}

func TestValuesThatCouldBeKeys(t *testing.T) {
	for s, want := range map[string]bool{
		"sk-proj-9f2Kd83Lq0ZrAbCdEf": true, "Kd2Lq9Zr4Xc8Vb1Nm5TyUi0Op": true, " sk-proj-9f2Kd83Lq0ZrAbCdEf ": true, "AKIA7KD2LQ9ZR4XC8VB1": true,
		"gpt-5": false, "OPENAI_API_KEY": false, "sk-gpt4-mod3l-nam3s-of2day": false, "": false,
	} {
		if got := IsKey(s); got != want {
			t.Errorf("IsKey(%q) = %v", s, got)
		}
	}
}

func TestWhatIsSecretComesInOrder(t *testing.T) {
	const text = "https://u:pw@h/v1 and sk-proj-9f2Kd83Lq0ZrAbCdEf at https://h/?k=sk-proj-9f2Kd83Lq0ZrAbCdEf or bob:pw@h"
	var got []string
	for _, s := range In(text) {
		got = append(got, text[s.Start:s.End])
	}
	if want := []string{"u:pw", "sk-proj-9f2Kd83Lq0ZrAbCdEf", "k=sk-proj-9f2Kd83Lq0ZrAbCdEf", "bob:pw"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
