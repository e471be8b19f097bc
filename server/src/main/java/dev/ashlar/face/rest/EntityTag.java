package dev.ashlar.face.rest;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.HttpResponse;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// A strong validator of what a read answers (RFC 9110, 8.8.3): a hash of the body.
final class EntityTag {
    /// Base64 of so many needs no padding.
    private static final int BYTES = 15;

    private static final String ANY = "*";

    private EntityTag() {}

    /// A tag guards writes too (`If-Match`), so that nobody may be able to make two bodies of one
    /// tag: a faster hash would not do.
    static String of(Buffer body) {
        byte[] hash = sha256().digest(body.getBytes());
        byte[] text = Base64.getUrlEncoder().encode(Arrays.copyOf(hash, BYTES));
        return '"' + new String(text, StandardCharsets.ISO_8859_1) + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /// Who compares tags by HEAD needs what GET would answer; any other HEAD is spared its making.
    static HttpRequest reading(HttpRequest request) {
        return request.method().equals("HEAD") && request.findHeader("If-None-Match").isPresent()
                ? RewrittenRequest.of(request, "GET")
                : request;
    }

    /// The answer of a GET with its tag, or 304 when the caller has it already.
    static HttpResponse tagged(HttpRequest request, HttpResponse response) {
        boolean read = request.method().equals("GET");
        boolean whole = response.status() == 200 || response.status() == 206;
        if (!read || !whole || response.findHeader("ETag").isPresent()) {
            return response;
        }
        String tag = of(response.body());
        if (names(request.headers("If-None-Match"), tag)) {
            return new HttpResponse(304, kept(response, tag), Buffer.buffer());
        }
        return response.withHeader("ETag", tag);
    }

    private static List<HttpHeader> kept(HttpResponse response, String tag) {
        List<HttpHeader> headers = new ArrayList<>();
        for (HttpHeader header : response.headers()) {
            if (!header.name().equalsIgnoreCase("Content-Type")) {
                headers.add(header);
            }
        }
        headers.add(new HttpHeader("ETag", tag));
        return headers;
    }

    /// Whether a header lists the tag, or any.
    static boolean names(List<String> headers, String tag) {
        for (String header : headers) {
            for (String part : header.split(",")) {
                String named = part.strip();
                if (named.equals(ANY) || named.equals(tag) || named.equals("W/" + tag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
