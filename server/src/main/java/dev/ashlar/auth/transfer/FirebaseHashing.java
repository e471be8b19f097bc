package dev.ashlar.auth.transfer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a Firebase project hashes passwords: the block `hash_config { ... }` that its console shows
/// under "Password hash parameters". The signer key is a secret.
public record FirebaseHashing(String signerKey, String saltSeparator, int rounds, int memCost) {

    /// @throws IllegalArgumentException when something lacks, in words that show nothing of it
    public static FirebaseHashing parse(String block) {
        return new FirebaseHashing(
                value(block, "base64_signer_key"),
                value(block, "base64_salt_separator"),
                Integer.parseInt(value(block, "rounds")),
                Integer.parseInt(value(block, "mem_cost")));
    }

    private static String value(String block, String name) {
        Matcher matcher =
                Pattern.compile(name + "\"?\\s*[:=]\\s*\"?([A-Za-z0-9+/_=-]{1,200})")
                        .matcher(block);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the hash parameters lack " + name);
        }
        return matcher.group(1);
    }

    String text(String salt, String hash) {
        return "$fbscrypt$v=1,n=%d,r=%d,p=1,ss=%s,sk=%s$%s$%s"
                .formatted(
                        memCost,
                        rounds,
                        standard(saltSeparator),
                        standard(signerKey),
                        standard(salt),
                        standard(hash));
    }

    /// Exports are written in either alphabet.
    private static String standard(String base64) {
        return base64.replace('-', '+').replace('_', '/');
    }

    @Override
    public String toString() {
        return "FirebaseHashing[]";
    }
}
