package dev.ashlar.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A file as it was read, with the validators of RFC 9110 section 8.8.
record StaticFile(String contentType, String tag, Instant modified, Buffer content) {

    static StaticFile load(Path path, Instant modified) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        return new StaticFile(
                contentType(path.getFileName().toString()),
                tag(bytes),
                modified,
                Buffer.buffer(bytes));
    }

    long size() {
        return content.length();
    }

    HttpResponse response() {
        return new HttpResponse(200, List.of(new HttpHeader("Content-Type", contentType)), content);
    }

    /// Whether the caller has it already; the tag counts more than the date.
    boolean isCurrent(HttpRequest request) {
        Optional<String> tags = request.findHeader("If-None-Match");
        if (tags.isPresent()) {
            return tags.get().strip().equals("*") || tags.get().contains(tag);
        }
        return request.findHeader("If-Modified-Since")
                .flatMap(HttpDate::parse)
                .filter(since -> !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(since))
                .isPresent();
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String contentType(String name) {
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "html", "htm" -> "text/html; charset=utf-8";
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json", "map" -> "application/json; charset=utf-8";
            case "webmanifest" -> "application/manifest+json; charset=utf-8";
            case "txt", "md" -> "text/plain; charset=utf-8";
            case "xml" -> "application/xml; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "png" -> "image/png";
            case "jpg", "jpeg" -> "image/jpeg";
            case "gif" -> "image/gif";
            case "webp" -> "image/webp";
            case "avif" -> "image/avif";
            case "ico" -> "image/x-icon";
            case "woff2" -> "font/woff2";
            case "woff" -> "font/woff";
            case "wasm" -> "application/wasm";
            case "pdf" -> "application/pdf";
            default -> "application/octet-stream";
        };
    }
}
