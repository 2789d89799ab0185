package probe

import (
	"fmt"
	"strings"

	"github.com/loonglint/loonglint/internal/loong"
	"github.com/loonglint/loonglint/internal/redact"
)

// explain says in words what came out, and masks what comes from the file. It runs in one goroutine.
func (res *Result) explain() *Result {
	if res.Outcome != OK {
		res.Model = loong.Maybe
	}
	if res.Message != "" {
		res.Detail, res.Advice = res.Message, res.Help
	}
	if res.Detail == "" {
		res.Detail = res.detail()
	}
	for _, c := range res.before {
		res.Detail += "; " + c.shown() + " was rejected before"
	}
	if res.Advice == "" {
		res.Advice = res.advice()
	}
	text := res.job.secrets.Text
	res.Detail, res.Advice = text(res.Detail), text(res.Advice)
	res.Used.Name = text(res.Used.safeName())
	for _, m := range res.missing {
		res.Missing = append(res.Missing, text(m))
	}
	return res
}

// shown is the credential in words, without a key in the place of a name.
func (c Credential) shown() string {
	c.Name = c.safeName()
	return c.String()
}

// safeName is the name of the variable, header or key that gives the credential, without a secret in its
// place.
func (c Credential) safeName() string {
	if c.From == FromVariable {
		return redact.VariableName(c.Name)
	}
	return redact.HeaderName(c.Name)
}

func (res *Result) detail() string {
	who := res.Used.shown()
	switch res.Reason {
	case "":
		return plural(res.Count, "model")
	case BadStatus:
		if res.Outcome == Rejected {
			return fmt.Sprintf("status %d for %s", res.Status, who)
		}
		return fmt.Sprintf("status %d%s", res.Status, statusWords(res.Status))
	case TokenRejected:
		return fmt.Sprintf("the token exchange gave status %d for %s", res.Status, who)
	}
	return words(res.Reason)
}

// words are the outcomes that nothing else explains.
func words(r Reason) string {
	switch r {
	case BadIdentity:
		return "the secret holds a character that no header can hold"
	case BadSignature:
		return "the request cannot be signed: a configured header is not ASCII"
	case TokenStatus:
		return "the token exchange failed"
	case TokenDecode:
		return "the answer of the token exchange holds no token"
	case BadBody:
		return "the answer is cut off, or compressed wrongly"
	case TooLarge:
		return "the answer is too large to be a list of models"
	case NoModels:
		return "an answer without a model"
	case TooManyRequests:
		return "the run has sent as many requests as it may"
	case Cancelled:
		return "stopped before an answer came"
	case InternalError:
		return "loonglint itself failed"
	}
	return string(r)
}

func statusWords(status int) string {
	switch {
	case status >= 300 && status < 400:
		return ", a redirect, which the probe does not follow"
	case status == 404 || status == 405:
		return ", the models route may not be offered"
	case status == 429:
		return ", too many requests"
	case status >= 500:
		return ", the service has a problem of its own"
	}
	return ""
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// advice is what to do about an outcome; region kinds have two addresses, which are easily confused.
func (res *Result) advice() string {
	p := res.job.Profile
	if p == nil {
		return ""
	}
	switch {
	case res.Outcome == Rejected:
		if other := otherRegion(p); other != "" {
			return "a key of another region is refused, too: " + other + " is the other address of this kind"
		}
		return "see whether the key is complete, not revoked, and of this service"
	case res.Reason == BadStatus && (res.Status == 404 || res.Status == 405), res.Reason == NoModels:
		return pin(p)
	}
	return ""
}

// pin is the advice for services without a reliable list (behaviour.md 7.10).
func pin(p *loong.Profile) string {
	if !p.Auto {
		return "the file sets model, so Loong does not need the list"
	}
	if p.Kind.OnboardingModel != "" {
		return fmt.Sprintf("set model, for instance to %q, so that Loong does not need the list", p.Kind.OnboardingModel)
	}
	return "set model or preferred_models, so that Loong does not need the list"
}

// otherRegion is the regional address of the kind that is not in use, or "".
func otherRegion(p *loong.Profile) string {
	if p.Kind.Region == nil {
		return ""
	}
	for _, v := range p.Kind.Region.Variants {
		if !strings.HasPrefix(p.Models.Val, v.BaseURL) {
			return v.BaseURL
		}
	}
	return ""
}
