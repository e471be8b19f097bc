package dev.ashlar.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.problem.LimitProblem.Overloaded;
import dev.ashlar.problem.ProblemException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHasherTest {

    @Test
    void aHashFitsItsPasswordAlone() {
        try (PasswordHasher hasher = new PasswordHasher(1, 10)) {
            StoredPassword stored = hasher.hash("correct horse");
            assertThat(stored.text())
                    .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[^$]{22}\\$[^$]{43}");
            Optional<StoredPassword> read = StoredPassword.parse(stored.text());
            assertThat(hasher.matches("correct horse", read)).isTrue();
            assertThat(hasher.matches("correct horsf", read)).isFalse();
            assertThat(hasher.matches("", read)).isFalse();
            assertThat(hasher.hash("correct horse").text()).isNotEqualTo(stored.text());
        }
    }

    /// Nothing is cut at 72 bytes.
    @Test
    void everyCharacterCounts() {
        try (PasswordHasher hasher = new PasswordHasher(1, 10)) {
            String start = "x".repeat(999);
            Optional<StoredPassword> stored = Optional.of(hasher.hash(start + "a"));
            assertThat(hasher.matches(start + "b", stored)).isFalse();
            assertThat(hasher.matches(start + "a", stored)).isTrue();
        }
    }

    /// Made by the reference program.
    @Test
    void readsHashesOfOthers() {
        String text =
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                        + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        StoredPassword stored = StoredPassword.parse(text).orElseThrow();
        assertThat(stored.matches("password")).isTrue();
        assertThat(stored.matches("Password")).isFalse();
        assertThat(stored.text()).isEqualTo(text);
        assertThat(stored.toString()).doesNotContain("CTFh");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65544,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=200,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=7,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
            })
    void anythingElseIsNoHash(String text) {
        assertThat(StoredPassword.parse(text)).isEmpty();
    }

    /// On a machine of many processors they would else need more than the whole heap.
    @Test
    void asManyAtOnceAsAQuarterOfTheHeapHolds() {
        long heap = 256L << 20;
        assertThat(PasswordHasher.threadsFor(2, heap)).isEqualTo(2);
        assertThat(PasswordHasher.threadsFor(16, heap)).isEqualTo(3);
        assertThat(PasswordHasher.threadsFor(16, 16L << 20)).isEqualTo(1);
        assertThat(PasswordHasher.threadsFor(16, 8L << 30)).isEqualTo(16);
    }

    @Test
    void withoutAHashTheSameWorkIsDone() {
        try (PasswordHasher hasher = new PasswordHasher(1, 10)) {
            long before = hasher.computations();
            assertThat(hasher.matches("nobody's password", Optional.empty())).isFalse();
            assertThat(hasher.computations()).isEqualTo(before + 1);
        }
    }

    @Test
    void whoFindsTheQueueFullIsToldToComeBack() throws InterruptedException {
        try (PasswordHasher hasher = new PasswordHasher(1, 1)) {
            ConcurrentLinkedQueue<Object> outcomes = new ConcurrentLinkedQueue<>();
            Thread[] threads = new Thread[20];
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.ofVirtual().start(() -> outcomes.add(outcome(hasher)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(outcomes).hasSize(20);
            assertThat(outcomes).anyMatch(Overloaded.class::isInstance);
            assertThat(outcomes).anyMatch(Boolean.FALSE::equals);
        }
    }

    private static Object outcome(PasswordHasher hasher) {
        try {
            return hasher.matches("a", Optional.empty());
        } catch (ProblemException e) {
            return e.problem();
        }
    }
}
