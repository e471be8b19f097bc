package dev.ashlar.auth.token;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.ashlar.observe.Log;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Signatures by native code (AWS-LC) where the machine can load it, else by the JDK's own: the
/// same answers, those of elliptic curves in a tenth of the time.
final class NativeSignatures {
    private static final Log LOG = Log.of(NativeSignatures.class);

    /// What of it is used. Ed25519 stays with the JDK.
    private static final Set<String> TAKEN =
            Set.of("SHA256withECDSAinP1363Format", "SHA256withRSA");

    private NativeSignatures() {}

    /// A signature of the JCA's name.
    static Signature open(String algorithm) throws GeneralSecurityException {
        Optional<Provider> provider = TAKEN.contains(algorithm) ? find() : Optional.empty();
        return provider.isPresent()
                ? Signature.getInstance(algorithm, provider.get())
                : Signature.getInstance(algorithm);
    }

    /// Empty where no native code can be loaded, and while it is: the first call begins to.
    static Optional<Provider> find() {
        return Loading.PROVIDER.getNow(Optional.empty());
    }

    /// Waits until it is known whether there is one.
    static Optional<Provider> await() {
        return Loading.PROVIDER.join();
    }

    /// Unpacking a library and its tests of itself take over half a second: neither the start nor
    /// the first caller waits for it.
    private static final class Loading {
        static final CompletableFuture<Optional<Provider>> PROVIDER = new CompletableFuture<>();

        static {
            Thread.ofPlatform()
                    .daemon()
                    .name("native-signatures")
                    .start(() -> PROVIDER.complete(load()));
        }

        private static Optional<Provider> load() {
            try {
                AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
                provider.assertHealthy();
                return Optional.of(provider);
            } catch (RuntimeException | LinkageError e) {
                LOG.info("Signatures are made by the JDK, no native code can be loaded", e);
                return Optional.empty();
            }
        }
    }
}
