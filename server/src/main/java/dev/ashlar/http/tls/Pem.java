package dev.ashlar.http.tls;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file (RFC 7468).
///
/// @param text the file as it is
record Pem(Path file, String setting, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
    private static final long LARGEST = 1 << 20;

    /// One block: its label, such as `CERTIFICATE`, and what is in it.
    record Block(String label, Buffer content) {}

    static Pem read(Path file, String setting) {
        String named = file + " (" + setting + ")";
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnusableCertificate(
                        Files.exists(file) ? named + " is not a file." : named + " does not exist.",
                        "Give the path of a PEM file. One of ashlar.yaml is looked up from that"
                                + " file's folder, others from where the server was started.");
            }
            if (Files.size(file) > LARGEST) {
                throw new UnusableCertificate(
                        named + " is larger than 1 MB.", "Give the path of a PEM file.");
            }
            return new Pem(file, setting, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (AccessDeniedException e) {
            throw new UnusableCertificate(
                    named + " may not be read by the user that the server runs as.",
                    "Give it to that user, such as: chown ashlar " + file,
                    e);
        } catch (IOException e) {
            throw new UnusableCertificate(
                    named + " cannot be read: " + e.getMessage() + ".", "See to the disk.", e);
        }
    }

    String named() {
        return file + " (" + setting + ")";
    }

    List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(block(found.group(1), found.group(2)));
        }
        return blocks;
    }

    private Block block(String label, String lines) {
        // Lines before the content, such as Proc-Type, are of encrypted keys alone.
        return lines.contains(":")
                ? new Block("ENCRYPTED PRIVATE KEY", Buffer.buffer())
                : new Block(label, decoded(lines));
    }

    private Buffer decoded(String lines) {
        try {
            return Buffer.buffer(Base64.getMimeDecoder().decode(lines));
        } catch (IllegalArgumentException e) {
            throw new UnusableCertificate(
                    named() + " is damaged: what it holds is not base64.",
                    "Copy it again, whole.",
                    e);
        }
    }
}
