package dev.ashlar.face.authapi;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// A wallet with a key of its own, signing as those of people do.
sealed interface TestWallet {
    String address();

    String sign(String message);

    /// `ethereum` or `solana`.
    String chain();

    /// ECDSA over secp256k1 (SEC 1, 4.1.3), of messages as EIP-191 has them.
    record Ethereum(BigInteger key) implements TestWallet {
        private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");

        static Ethereum fresh() {
            return new Ethereum(random());
        }

        @Override
        public String chain() {
            return "ethereum";
        }

        @Override
        public String address() {
            byte[] point = CURVE.getG().multiply(key).normalize().getEncoded(false);
            byte[] hash = keccak(Arrays.copyOfRange(point, 1, 65));
            return "0x" + HexFormat.of().formatHex(hash, 12, 32);
        }

        @Override
        public String sign(String message) {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            String prefix = "\u0019Ethereum Signed Message:\n" + text.length;
            BigInteger hash =
                    new BigInteger(1, keccak((prefix + message).getBytes(StandardCharsets.UTF_8)));
            BigInteger n = CURVE.getN();
            BigInteger nonce = random();
            ECPoint point = CURVE.getG().multiply(nonce).normalize();
            BigInteger r = point.getAffineXCoord().toBigInteger().mod(n);
            BigInteger s = nonce.modInverse(n).multiply(hash.add(r.multiply(key))).mod(n);
            boolean odd = point.getAffineYCoord().toBigInteger().testBit(0);
            if (s.compareTo(n.shiftRight(1)) > 0) {
                s = n.subtract(s);
                odd = !odd;
            }
            return "0x" + hex(r) + hex(s) + (odd ? "1c" : "1b");
        }

        private static BigInteger random() {
            return new BigInteger(250, new SecureRandom()).add(BigInteger.ONE);
        }

        private static String hex(BigInteger number) {
            String digits = number.toString(16);
            return "0".repeat(64 - digits.length()) + digits;
        }

        private static byte[] keccak(byte[] bytes) {
            KeccakDigest digest = new KeccakDigest(256);
            digest.update(bytes, 0, bytes.length);
            byte[] out = new byte[32];
            digest.doFinal(out, 0);
            return out;
        }
    }

    /// Ed25519 (RFC 8032).
    final class Solana implements TestWallet {
        private static final String DIGITS =
                "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

        private final byte[] key;

        private Solana(byte[] key) {
            this.key = key;
        }

        static Solana fresh() {
            byte[] key = new byte[32];
            new SecureRandom().nextBytes(key);
            return new Solana(key);
        }

        @Override
        public String chain() {
            return "solana";
        }

        @Override
        public String address() {
            byte[] open = new byte[32];
            Ed25519.generatePublicKey(key, 0, open, 0);
            StringBuilder text = new StringBuilder();
            BigInteger number = new BigInteger(1, open);
            BigInteger base = BigInteger.valueOf(58);
            while (number.signum() > 0) {
                text.append(DIGITS.charAt(number.mod(base).intValue()));
                number = number.divide(base);
            }
            for (int i = 0; i < 32 && open[i] == 0; i++) {
                text.append('1');
            }
            return text.reverse().toString();
        }

        @Override
        public String sign(String message) {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            byte[] signature = new byte[64];
            Ed25519.sign(key, 0, text, 0, text.length, signature, 0);
            return Base64.getUrlEncoder().encodeToString(signature);
        }
    }
}
