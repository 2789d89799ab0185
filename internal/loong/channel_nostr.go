package loong

import (
	"encoding/hex"
	"math/big"
	"strings"
)

// nostrKey decodes a Nostr private key: nsec1… or 64 hex digits (channels.json,
// nostr_private_key). It returns nil unless the number is a key of secp256k1.
func nostrKey(s string) []byte {
	var key []byte
	if strings.HasPrefix(s, "nsec1") {
		key = bech32Data(s, "nsec")
	} else if decoded, err := hex.DecodeString(s); err == nil {
		key = decoded
	}
	if len(key) != 32 {
		return nil
	}
	if n := new(big.Int).SetBytes(key); n.Sign() == 0 || n.Cmp(hexNumber(secpOrder)) >= 0 {
		return nil
	}
	return key
}

// The alphabet and checksums of BIP 173 and BIP 350.
const (
	bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
	bech32Check    = 1
	bech32mCheck   = 0x2bc830a3
	bech32Sum      = 6 // characters of checksum
)

// bech32Data returns the bytes of a lower-case bech32 or bech32m text with that prefix, nil when
// it is none. Bits left over at the end are dropped unseen.
func bech32Data(s, prefix string) []byte {
	data, ok := strings.CutPrefix(s, prefix+"1")
	if !ok || len(data) < bech32Sum {
		return nil
	}
	sum := uint32(1)
	for i := 0; i < len(prefix); i++ {
		sum = bech32Step(sum, prefix[i]>>5)
	}
	sum = bech32Step(sum, 0)
	for i := 0; i < len(prefix); i++ {
		sum = bech32Step(sum, prefix[i]&31)
	}
	out := make([]byte, 0, len(data)*5/8)
	bits, have := uint32(0), 0
	for i := 0; i < len(data); i++ {
		v := strings.IndexByte(bech32Alphabet, data[i])
		if v < 0 {
			return nil
		}
		sum = bech32Step(sum, byte(v))
		if i >= len(data)-bech32Sum {
			continue
		}
		bits, have = bits<<5|uint32(v), have+5
		if have >= 8 {
			have -= 8
			out = append(out, byte(bits>>have))
		}
	}
	if sum != bech32Check && sum != bech32mCheck {
		return nil
	}
	return out
}

// bech32Step adds five bits to the checksum.
func bech32Step(sum uint32, v byte) uint32 {
	top := sum >> 25
	sum = (sum&0x1ffffff)<<5 ^ uint32(v)
	for i, g := range [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
		if top>>i&1 == 1 {
			sum ^= g
		}
	}
	return sum
}

// The curve y² = x³ + 7 of SEC 2, 2.4.1.
const (
	secpPrime = "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"
	secpOrder = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
	secpX     = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
	secpY     = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"
)

func hexNumber(s string) *big.Int {
	n, _ := new(big.Int).SetString(s, 16)
	return n
}

// nostrPublic returns the public key of a valid private key as hex (BIP 340: the x coordinate).
// It takes no care of timing: the key is in the operator's own file.
func nostrPublic(key []byte) string {
	p := hexNumber(secpPrime)
	g := secpPoint{hexNumber(secpX), hexNumber(secpY), big.NewInt(1)}
	var sum secpPoint // z is nil: infinity
	for i := 0; i < len(key)*8; i++ {
		sum = sum.double(p)
		if key[i/8]>>(7-i%8)&1 == 1 {
			sum = sum.add(g, p)
		}
	}
	inverse := new(big.Int).ModInverse(sum.z, p)
	x := mulMod(mulMod(sum.x, inverse, p), inverse, p)
	return hex.EncodeToString(x.FillBytes(make([]byte, 32)))
}

// secpPoint is a point in Jacobian coordinates (x/z², y/z³); z is nil at infinity.
type secpPoint struct{ x, y, z *big.Int }

func mulMod(a, b, p *big.Int) *big.Int {
	r := new(big.Int).Mul(a, b)
	return r.Mod(r, p)
}

func subMod(a, b, p *big.Int) *big.Int {
	r := new(big.Int).Sub(a, b)
	return r.Mod(r, p)
}

// double returns 2a; no point of the curve has y = 0.
func (a secpPoint) double(p *big.Int) secpPoint {
	if a.z == nil {
		return a
	}
	yy := mulMod(a.y, a.y, p)
	s := new(big.Int).Lsh(mulMod(a.x, yy, p), 2)
	m := new(big.Int).Mul(big.NewInt(3), mulMod(a.x, a.x, p))
	x := subMod(mulMod(m, m, p), new(big.Int).Lsh(s, 1), p)
	y := subMod(mulMod(m, subMod(s, x, p), p), new(big.Int).Lsh(mulMod(yy, yy, p), 3), p)
	z := mulMod(new(big.Int).Lsh(a.y, 1), a.z, p)
	return secpPoint{x, y, z}
}

// add returns a + b for a b with z = 1 that is neither a nor -a.
func (a secpPoint) add(b secpPoint, p *big.Int) secpPoint {
	if a.z == nil {
		return b
	}
	zz := mulMod(a.z, a.z, p)
	h := subMod(mulMod(b.x, zz, p), a.x, p)
	r := subMod(mulMod(b.y, mulMod(zz, a.z, p), p), a.y, p)
	hh := mulMod(h, h, p)
	hhh := mulMod(h, hh, p)
	v := mulMod(a.x, hh, p)
	x := subMod(subMod(mulMod(r, r, p), hhh, p), new(big.Int).Lsh(v, 1), p)
	y := subMod(mulMod(r, subMod(v, x, p), p), mulMod(a.y, hhh, p), p)
	return secpPoint{x, y, mulMod(a.z, h, p)}
}
