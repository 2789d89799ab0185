package probe

import (
	"time"

	"github.com/loonglint/loonglint/internal/loong"
)

// Outcome is what a probe came to.
type Outcome string

// The outcomes.
const (
	OK           Outcome = "ok"           // the service listed models
	Rejected     Outcome = "rejected"     // it refused the credentials
	Inconclusive Outcome = "inconclusive" // something was asked, and the answer tells nothing about them
	NotRun       Outcome = "not-run"      // nothing was asked of the models route
)

// Reason says what an outcome rests on.
type Reason string

// Reasons of Loong: it would fail in the same way (behaviour.md 6, 7 and 4.6 to 4.8).
const (
	Refused            Reason = "load" // the file does not load
	KindEndpoint       Reason = "kind-endpoint"
	KindUserAgent      Reason = "kind-user-agent"
	TokenMissing       Reason = "token-missing" // the Copilot exchange
	TokenSend          Reason = "token-send"
	TokenStatus        Reason = "token-status"
	TokenRejected      Reason = "token-rejected"
	TokenDecode        Reason = "token-decode"
	MissingCredentials Reason = "missing-credentials"
	NoRegion           Reason = "region"
	NoAWSCredentials   Reason = "aws-credentials"
	HeaderName         Reason = "header-name"
	HeaderValue        Reason = "header-value"
	BadIdentity        Reason = "identity" // a secret that no header can hold
	BadAddress         Reason = "request"  // an address that nothing can be sent to
	BadSignature       Reason = "sign"
	SendFailed         Reason = "send"
	BadStatus          Reason = "status"
	BadBody            Reason = "decode"
	NoModels           Reason = "no-models"
)

// Reasons of the probe itself: it is more careful than Loong.
const (
	InCI              Reason = "ci"
	NotFilledIn       Reason = "not-filled-in" // an address with a placeholder or a variable
	PlainHTTP         Reason = "plain-http"
	HostNotAllowed    Reason = "host-not-allowed"
	HostHeader        Reason = "host-header"
	EnvNotAllowed     Reason = "variable-not-allowed"
	FilesNotAllowed   Reason = "secret-file"
	ExecNotAllowed    Reason = "exec"
	AWSElsewhere      Reason = "aws-elsewhere"
	NotKnown          Reason = "not-known" // variables without known values
	AddressNotAllowed Reason = "address-not-allowed"
	TooManyRequests   Reason = "request-limit"
	TooLarge          Reason = "too-large"
	Cancelled         Reason = "cancelled"
	InternalError     Reason = "internal-error"
)

// Cause is what kept a request from being answered.
type Cause string

// The causes, with Loong's names.
const (
	ByTimeout Cause = "timeout"
	ByDNS     Cause = "dns"
	ByConnect Cause = "connect" // refused, unreachable, TLS, proxy
	ByNothing Cause = "none"    // closed, reset, or no HTTP
)

// Entry is what is decided about a profile before anything is sent. Its texts are masked.
type Entry struct {
	File    string
	Profile string
	Kind    string
	Active  bool

	Send    bool   // a request would be sent
	Reason  Reason // why not
	Message string
	Help    string

	Host        string // with the port, when it is not the scheme's own; empty when there is no address
	Scheme      string
	Route       string
	Approval    string       // why the host may be asked
	Looked      bool         // the host is a name, so its addresses are judged when they are dialed
	Credentials []Credential // in the order in which they would be tried
	Headers     []SentHeader // configured headers that go along
	LeftOut     []string     // configured headers that do not, since they frame a message
	Exchange    string       // host and route of a token exchange that goes first
	Proxy       string       // the variable that names the proxy
	Requests    int          // at most
}

// SentHeader is a configured header, without its value.
type SentHeader struct {
	Name   string
	Secret bool // by its name or value
}

// Credential is something that authenticates, without its value.
type Credential struct {
	From    CredentialSource
	Name    string // of the variable, the key of the profile, or the header
	Header  string // what it is sent in
	Allowed bool
	Why     string // why it is allowed, or is not
	Known   bool   // false: whether there is one is not known here
}

// CredentialSource is the kind of place a credential comes from.
type CredentialSource string

// The sources.
const (
	FromVariable  CredentialSource = "variable"
	FromConfig    CredentialSource = "config" // a literal
	FromFile      CredentialSource = "secret-file"
	FromHeader    CredentialSource = "header"  // a configured header
	FromAddress   CredentialSource = "address" // user name and password
	FromSignature CredentialSource = "signature"
	FromNowhere   CredentialSource = "none" // an anonymous request
)

// String is the credential in words.
func (c Credential) String() string {
	switch c.From {
	case FromVariable:
		return c.Name
	case FromConfig:
		return c.Name + " of the file"
	case FromFile:
		return "the file of " + c.Name
	case FromHeader:
		return "header " + c.Name
	case FromAddress:
		return "the user name of the address"
	case FromSignature:
		return "a signature with " + c.Name
	}
	return "no credential"
}

// Result is what came of a profile.
type Result struct {
	Entry
	Outcome  Outcome
	Used     Credential // what the deciding request carried
	Status   int        // of the deciding answer; 0: none
	Cause    Cause      // for SendFailed and TokenSend
	Asked    int        // requests sent for this profile, shared ones included
	Elapsed  time.Duration
	Count    int       // models listed
	Model    loong.Tri // whether the configured model is among them; Maybe: none is configured
	Missing  []string  // preferred models that are not among them
	Detail   string    // the outcome in a few words
	Advice   string    // what to do about it
	job      *Job
	local    bool // a server of one's own was asked
	models   []string
	missing  []string // Missing as it is in the file
	attempts int
	before   []Credential // rejected before the deciding one
}
