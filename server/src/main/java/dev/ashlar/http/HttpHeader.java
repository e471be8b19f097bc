package dev.ashlar.http;

/// One header line of an answer.
public record HttpHeader(String name, String value) {
    public HttpHeader {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a header value cannot hold a line break");
        }
    }
}
