package dev.ashlar.auth.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/// How a row of the audit log follows from the one before it: SHA-256 over the hash of that one and
/// every column of its own, each with its length, so that no two rows are the same bytes.
///
/// A place in the chain is a position, from 1, and the hash in hex up to there.
final class AuditChain {
    /// Before the first row.
    static final Link START = new Link(0, "0".repeat(64));

    record Link(long position, String hash) {}

    private AuditChain() {}

    static Link next(Link previous, AuditEntry entry) {
        long position = previous.position() + 1;
        ByteArrayOutputStream row = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(row)) {
            out.write(HexFormat.of().parseHex(previous.hash()));
            out.writeLong(position);
            out.writeLong(entry.id().getMostSignificantBits());
            out.writeLong(entry.id().getLeastSignificantBits());
            out.writeLong(micros(entry.at()));
            write(out, entry.address());
            write(out, entry.payload());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Link(position, HexFormat.of().formatHex(sha256(row.toByteArray())));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static long micros(Instant at) {
        return Math.addExact(
                Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
