package dev.ashlar.auth.web3;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Which account of Solana has signed a message: its address is its public key, Ed25519 (RFC 8032),
/// in the base58 of Bitcoin.
final class Solana {
    private static final String DIGITS =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final Pattern ADDRESS = Pattern.compile("[1-9A-HJ-NP-Za-km-z]{32,44}");
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9_-]{86}(?:==)?");
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private Solana() {}

    /// The address as it is, if it is one.
    static String address(String text) throws NotBelieved {
        key(text);
        return text;
    }

    static void verify(String address, String message, String signature) throws NotBelieved {
        if (!SIGNATURE.matcher(signature).matches()) {
            throw new NotBelieved("the signature must be 64 bytes in base64url");
        }
        byte[] key = key(address);
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Base64.getUrlDecoder().decode(signature);
        // Under some points of small order a signature is good for anything: nobody's wallet.
        boolean good =
                bytes.length == SIGNATURE_BYTES
                        && Ed25519.validatePublicKeyFull(key, 0)
                        && Ed25519.verify(bytes, 0, key, 0, text, 0, text.length);
        if (!good) {
            throw new NotBelieved("the signature is not by the address in the message");
        }
    }

    private static byte[] key(String address) throws NotBelieved {
        if (!ADDRESS.matcher(address).matches()) {
            throw new NotBelieved("the address is none of Solana");
        }
        BigInteger number = BigInteger.ZERO;
        BigInteger base = BigInteger.valueOf(DIGITS.length());
        int zeros = 0;
        boolean leading = true;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            leading = leading && c == '1';
            zeros += leading ? 1 : 0;
            number = number.multiply(base).add(BigInteger.valueOf(DIGITS.indexOf(c)));
        }
        byte[] digits = number.toByteArray();
        int start = digits[0] == 0 ? 1 : 0;
        int length = digits.length - start;
        // One form alone: a leading zero byte is a leading 1.
        if (zeros + length != KEY_BYTES) {
            throw new NotBelieved("the address is none of Solana");
        }
        byte[] key = new byte[KEY_BYTES];
        System.arraycopy(digits, start, key, zeros, length);
        return key;
    }
}
