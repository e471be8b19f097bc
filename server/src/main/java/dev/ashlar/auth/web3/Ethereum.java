package dev.ashlar.auth.web3;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/// Which account of Ethereum has signed a message (EIP-191, `personal_sign`): its public key
/// follows from the signature (SEC 1, 4.1.6), its address from the key.
final class Ethereum {
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");
    private static final BigInteger HALF = CURVE.getN().shiftRight(1);
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final Pattern SIGNATURE = Pattern.compile("0x[0-9a-fA-F]{130}");

    private Ethereum() {}

    /// In lower case, the form that is compared and kept. Capitals are a checksum (EIP-55): an
    /// address that has some must have the right ones.
    static String address(String text) throws NotBelieved {
        if (!ADDRESS.matcher(text).matches()) {
            throw new NotBelieved("the address is none of Ethereum");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        if (!text.equals(lower) && !text.equals(withChecksum(lower))) {
            throw new NotBelieved("the checksum of the address is wrong");
        }
        return lower;
    }

    static void verify(String address, String message, String signature) throws NotBelieved {
        if (!SIGNATURE.matcher(signature).matches()) {
            throw new NotBelieved("the signature must be 65 bytes in hex, after 0x");
        }
        byte[] bytes = HexFormat.of().parseHex(signature.substring(2));
        BigInteger r = new BigInteger(1, bytes, 0, 32);
        BigInteger s = new BigInteger(1, bytes, 32, 32);
        int v = bytes[64] & 0xff;
        int parity = v >= 27 ? v - 27 : v;
        // The upper half is what anybody can make of a signature in the lower one (EIP-2).
        boolean good =
                (parity == 0 || parity == 1)
                        && r.signum() > 0
                        && r.compareTo(CURVE.getN()) < 0
                        && s.signum() > 0
                        && s.compareTo(HALF) <= 0;
        if (!good || !address.equals(signer(r, s, parity, hash(message)))) {
            throw notBy();
        }
    }

    private static String signer(BigInteger r, BigInteger s, int parity, byte[] hash)
            throws NotBelieved {
        byte[] compressed = new byte[33];
        compressed[0] = (byte) (2 + parity);
        byte[] x = r.toByteArray();
        int length = Math.min(32, x.length);
        System.arraycopy(x, x.length - length, compressed, 33 - length, length);
        ECPoint point;
        try {
            point = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException _) {
            throw notBy();
        }
        BigInteger n = CURVE.getN();
        BigInteger inverse = r.modInverse(n);
        BigInteger first = new BigInteger(1, hash).negate().multiply(inverse).mod(n);
        BigInteger second = s.multiply(inverse).mod(n);
        ECPoint key =
                ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), first, point, second).normalize();
        if (key.isInfinity()) {
            throw notBy();
        }
        byte[] digest = keccak(Arrays.copyOfRange(key.getEncoded(false), 1, 65));
        return "0x" + HexFormat.of().formatHex(digest, 12, 32);
    }

    private static byte[] hash(String message) {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] prefix =
                ("\u0019Ethereum Signed Message:\n" + text.length).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(prefix, prefix.length + text.length);
        System.arraycopy(text, 0, all, prefix.length, text.length);
        return keccak(all);
    }

    private static String withChecksum(String lower) {
        byte[] hash = keccak(lower.substring(2).getBytes(StandardCharsets.US_ASCII));
        StringBuilder text = new StringBuilder("0x");
        for (int i = 0; i < 40; i++) {
            int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
            char c = lower.charAt(i + 2);
            text.append(nibble >= 8 ? Character.toUpperCase(c) : c);
        }
        return text.toString();
    }

    private static byte[] keccak(byte[] bytes) {
        KeccakDigest digest = new KeccakDigest(256);
        digest.update(bytes, 0, bytes.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }

    private static NotBelieved notBy() {
        return new NotBelieved("the signature is not by the address in the message");
    }
}
