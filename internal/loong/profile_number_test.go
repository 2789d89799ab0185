package loong

import (
	"testing"

	"github.com/loonglint/loonglint/schema"
)

func TestNumber(t *testing.T) {
	for toml, want := range map[string]map[schema.Key]int64{
		"": {schema.KeyRequestTimeoutMs: 30000, schema.KeyRetryMaxAttempts: 3, schema.KeyRetryInitialBackoffMs: 300, schema.KeyRetryMaxBackoffMs: 3000},
		"request_timeout_ms = 1\nretry_max_attempts = 0\nretry_initial_backoff_ms = 0\nretry_max_backoff_ms = 0": {
			schema.KeyRequestTimeoutMs: 1000, schema.KeyRetryMaxAttempts: 1, schema.KeyRetryInitialBackoffMs: 50, schema.KeyRetryMaxBackoffMs: 50},
		"request_timeout_ms = 999999\nretry_max_attempts = 99\nretry_initial_backoff_ms = 99999\nretry_max_backoff_ms = 99999": {
			schema.KeyRequestTimeoutMs: 180000, schema.KeyRetryMaxAttempts: 8, schema.KeyRetryInitialBackoffMs: 10000, schema.KeyRetryMaxBackoffMs: 30000},
		"retry_initial_backoff_ms = 5000\nretry_max_backoff_ms = 10": {schema.KeyRetryMaxBackoffMs: 5000},
	} {
		p := only(t, read(t, "[provider]\nkind = \"openai\"\n"+toml))
		for key, n := range want {
			if got := p.Number(key); got != n {
				t.Errorf("%q: %s = %d, want %d", toml, key, got, n)
			}
		}
	}
}

func TestIsAWSRegion(t *testing.T) {
	for name, want := range map[string]bool{"us-east-1": true, "eu-west-3": true, "us-gov-west-1": true, "cn-north-1": false, "s3": false, "us-east": false, "s3-us-west-2": false, "": false, "US-EAST-1": false} {
		if got := IsAWSRegion(name); got != want {
			t.Errorf("IsAWSRegion(%q) = %v", name, got)
		}
	}
}
