package probe

import (
	"encoding/binary"
	"net/netip"
)

// net4 is a network of IPv4, net6 one of IPv6 with at most 64 bits.
type (
	net4 struct {
		base uint32
		bits uint8
	}
	net6 struct {
		base uint64
		bits uint8
	}
)

// What is no part of the public internet, or reaches an IPv4 address in a way that the check
// does not see through (the registries of special-purpose addresses at IANA).
var (
	special4 = [...]net4{
		{0x00000000, 8}, {0x0a000000, 8}, {0x64400000, 10}, {0x7f000000, 8}, {0xa9fe0000, 16}, {0xac100000, 12},
		{0xc0000000, 24}, {0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16}, {0xc6120000, 15}, {0xc6336400, 24},
		{0xcb007100, 24}, {0xe0000000, 3},
		{0xa83f8110, 32}, // the host agent of Azure, at a public address
	}
	special6 = [...]net6{
		{0x2001_0000_0000_0000, 23}, {0x2001_0db8_0000_0000, 32}, {0x2002_0000_0000_0000, 16}, {0x3fff_0000_0000_0000, 20},
	}
)

// What no flag opens: services that hand out a machine's credentials, and what is never a peer.
var (
	forbidden4 = [...]net4{
		{0x00000000, 8}, {0xa9fe0000, 16}, {0xe0000000, 3}, {0xa83f8110, 32},
		{0x646464c8, 32}, {0xc00000c0, 32}, // Alibaba, Oracle
	}
	forbidden6 = [...]net6{{0xfe80_0000_0000_0000, 10}, {0xff00_0000_0000_0000, 8}}
)

// metadata6 is the metadata service of AWS in IPv6.
const metadata6 = "fd00:ec2::254"

func (n net4) holds(a netip.Addr) bool {
	b := a.As4()
	return (binary.BigEndian.Uint32(b[:])^n.base)>>(32-n.bits) == 0
}

func (n net6) holds(a netip.Addr) bool {
	b := a.As16()
	return (binary.BigEndian.Uint64(b[:])^n.base)>>(64-n.bits) == 0
}

func within(four []net4, six []net6, a netip.Addr) bool {
	if a.Is4() {
		for _, n := range four {
			if n.holds(a) {
				return true
			}
		}
		return false
	}
	for _, n := range six {
		if n.holds(a) {
			return true
		}
	}
	return false
}

// embedded returns the IPv4 address that an IPv6 address stands for: mapped, compatible, or
// after the well-known prefix of NAT64 (RFC 6052). Others come back as they are, without zone.
func embedded(a netip.Addr) netip.Addr {
	a = a.Unmap().WithZone("")
	if !a.Is6() || a.IsLoopback() || a.IsUnspecified() {
		return a
	}
	b := a.As16()
	high, low := binary.BigEndian.Uint64(b[:]), binary.BigEndian.Uint32(b[8:])
	if (high == 0 || high == 0x0064_ff9b_0000_0000) && low == 0 {
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return a
}

// public reports whether an address belongs to the public internet.
func public(a netip.Addr) bool {
	a = embedded(a)
	if !a.IsValid() || a.Is6() && a.As16()[0]>>5 != 1 { // 2000::/3
		return false
	}
	return !within(special4[:], special6[:], a)
}

// forbidden reports whether no flag opens an address.
func forbidden(a netip.Addr) bool {
	a = embedded(a)
	return !a.IsValid() || a.IsUnspecified() || within(forbidden4[:], forbidden6[:], a) || a.Is6() && a.String() == metadata6
}
