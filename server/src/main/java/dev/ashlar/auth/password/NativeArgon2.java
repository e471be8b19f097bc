package dev.ashlar.auth.password;

import dev.ashlar.observe.Log;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/// Argon2id of libsodium ([crypto_pwhash](
/// https://doc.libsodium.org/password_hashing/default_phf)): one lane, a salt of 16 bytes. Its
/// memory is not the heap's.
final class NativeArgon2 {
    private static final Log LOG = Log.of(NativeArgon2.class);

    static final int SALT_BYTES = 16;

    /// `crypto_pwhash_BYTES_MIN` and the least `memlimit`, of libsodium 1.0.20.
    private static final int MIN_HASH_BYTES = 16;

    private static final int MIN_MEMORY_KIB = 8;

    /// `crypto_pwhash_ALG_ARGON2ID13`.
    private static final int ARGON2ID13 = 2;

    private final PasswordHash hash;

    private NativeArgon2(PasswordHash hash) {
        this.hash = hash;
    }

    /// `sodium_init`. Public, so that the JDK can make one of a foreign function.
    public interface Start {
        int call();
    }

    /// `crypto_pwhash`.
    public interface PasswordHash {
        int call(
                MemorySegment out,
                long length,
                MemorySegment password,
                long passwordLength,
                MemorySegment salt,
                long passes,
                long memoryBytes,
                int algorithm);
    }

    /// Empty where no library can be loaded.
    static Optional<NativeArgon2> find() {
        return Loaded.LIBRARY;
    }

    static boolean takes(int memoryKib, int lanes, byte[] salt, int length) {
        return lanes == 1
                && salt.length == SALT_BYTES
                && length >= MIN_HASH_BYTES
                && memoryKib >= MIN_MEMORY_KIB;
    }

    /// Empty when there was no memory for it. The copy of the password is wiped.
    Optional<byte[]> hash(byte[] password, byte[] salt, int memoryKib, int passes, int length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(length);
            MemorySegment secret = arena.allocate(Math.max(1, password.length));
            MemorySegment.copy(password, 0, secret, ValueLayout.JAVA_BYTE, 0, password.length);
            int failed =
                    hash.call(
                            out,
                            length,
                            secret,
                            password.length,
                            arena.allocateFrom(ValueLayout.JAVA_BYTE, salt),
                            passes,
                            memoryKib * 1024L,
                            ARGON2ID13);
            secret.fill((byte) 0);
            return failed == 0 ? Optional.of(out.toArray(ValueLayout.JAVA_BYTE)) : Optional.empty();
        }
    }

    private static final class Loaded {
        static final Optional<NativeArgon2> LIBRARY = load();

        private static Optional<NativeArgon2> load() {
            try {
                Optional<String> resource = resource();
                return resource.isEmpty() ? Optional.empty() : Optional.of(open(resource.get()));
            } catch (IOException | RuntimeException | LinkageError e) {
                LOG.info("Passwords are hashed in Java, libsodium could not be loaded", e);
                return Optional.empty();
            }
        }

        /// By the names of folders in lazysodium's jar.
        private static Optional<String> resource() {
            boolean arm = System.getProperty("os.arch", "").equals("aarch64");
            String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
            if (system.startsWith("linux")) {
                return Optional.of(arm ? "/arm64/libsodium.so" : "/linux64/libsodium.so");
            }
            return system.startsWith("mac")
                    ? Optional.of(arm ? "/mac_arm/libsodium.dylib" : "/mac/libsodium.dylib")
                    : Optional.empty();
        }

        private static NativeArgon2 open(String resource) throws IOException {
            Path file = Files.createTempFile("ashlar-libsodium", ".lib");
            try (InputStream in = NativeArgon2.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("no resource " + resource);
                }
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return new NativeArgon2(link(file));
            } finally {
                // What is loaded stays so without the file.
                Files.deleteIfExists(file);
            }
        }

        @SuppressWarnings("restricted") // signatures as in crypto_pwhash.h
        private static PasswordHash link(Path file) {
            SymbolLookup symbols = SymbolLookup.libraryLookup(file, Arena.global());
            Linker linker = Linker.nativeLinker();
            MethodHandle start =
                    linker.downcallHandle(
                            symbols.findOrThrow("sodium_init"),
                            FunctionDescriptor.of(ValueLayout.JAVA_INT));
            if (MethodHandleProxies.asInterfaceInstance(Start.class, start).call() < 0) {
                throw new IllegalStateException("sodium_init failed");
            }
            return MethodHandleProxies.asInterfaceInstance(
                    PasswordHash.class,
                    linker.downcallHandle(
                            symbols.findOrThrow("crypto_pwhash"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT)));
        }
    }
}
