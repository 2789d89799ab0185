package placeholder

import (
	"strings"
	"testing"
)

func TestUnfilled(t *testing.T) {
	forms := []string{
		"<account_id>", "<your account>", "<acc 1234567>", "<>", "{account}", "{}", "{{account}}", "{{ .Values.host }}", "{% x %}", "${ACCOUNT}", "${ACCOUNT:-x}", "${{ vars.HOST }}",
		"$ACCOUNT", "$account", "$_x", "$1", "$(account)", "%ACCOUNT%", "%BASE%", "%abc_def%", "YOUR_ACCOUNT", "your-account", "changeme-now", "__ACCOUNT__", "xxx", "«name»",
		"%3Caccount_id%3E", "%3caccount%3e", "%7Baccount%7D", "%7B%7Baccount%7D%7D", "%24%7BACCOUNT%7D", "%24ACCOUNT", "%25ACCOUNT%25", "%253Caccount%253E", "YOUR%5FACCOUNT", "<%61ccount>",
	}
	for _, form := range forms {
		for _, address := range []string{"https://h.example/v1/#/x", "https://h.example/#", "https://h.example/v1?tenant=#&b=c", "https://u:#@h.example/v1", "https://#.h.example/v1", "https://h.example/é/%20/#"} {
			address = strings.Replace(address, "#", form, 1)
			if text, ok := Unfilled(address); !ok || text == "" {
				t.Errorf("%q counts as filled in", address)
			}
		}
		if _, ok := Unfilled(form); !ok {
			t.Errorf("%q alone counts as filled in", form)
		}
	}
	for _, path := range []string{":account/:gateway", "[ACCOUNT-ID]/x", "account_id/gateway_name", "Account-ID/x", ".../...", "…/x", "＜账号＞/x", "你的账号/x", "【account】/x", "%EF%BC%9Caccount%EF%BC%9E/x", "__ACCOUNT__/x"} {
		if text, ok := Unfilled("https://h.example/v1/" + path + "/compat"); !ok || text == "" {
			t.Errorf("%q counts as filled in", path)
		}
	}
	for _, filled := range []string{
		"https://h.example/v1/model:generate/x", "https://h.example/:8080/x", "https://h.example/accounts/x", "https://[fe80::1]/v1", "https://例え.example/中文/v1", "https://h.example/a.b..c/v1",
		"https://api.example.com/v1", "https://h.example/v1?api-version=2024-06-01&q=100%25", "https://h.example/a%20b%2Fc/v1", "https://h.example/%E4%BD%A0%E5%A5%BD", "https://h.example/%C3%A9TE%20x",
		"https://h.example/ab%cd%ef", "https://h.example/price$", "https://h.example/a_b__c", "https://[::1]:8080/v1", "https://u:p@h.example/v1", "https://h.example/~me/(a)/b;c=d,e", "https://your-team-free-gw.example/v1", "",
	} {
		if text, ok := Unfilled(filled); ok {
			t.Errorf("%q counts as not filled in: %q", filled, text)
		}
	}
}

// TestUnfilledIsLinear would not end in a day if an opening without its end were looked for again and again.
func TestUnfilledIsLinear(t *testing.T) {
	for _, piece := range []string{"<", "{", "${", "$(", "%", "%A", "__A", "<a", "{a", "%25", "your", "$"} {
		Unfilled("https://h.example/" + strings.Repeat(piece, 1<<20/len(piece)))
	}
}
