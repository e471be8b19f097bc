package dev.ashlar.face.authapi;

import dev.ashlar.http.HttpHeader;
import dev.ashlar.http.HttpResponse;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// The few pages that this server shows itself: they hold no script and load nothing.
final class Html {
    private Html() {}

    /// `body` is HTML.
    static HttpResponse page(String title, String body) {
        String html =
                "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
                        + escaped(title)
                        + "</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;"
                        + "margin:2rem auto;padding:0 1rem;color:#222}pre{white-space:pre-wrap;"
                        + "background:#f5f5f5;padding:1rem}article{border-top:1px solid #ccc}"
                        + "button{font:inherit;padding:.4rem 1rem}</style></head><body><h1>"
                        + escaped(title)
                        + "</h1>"
                        + body
                        + "</body></html>";
        return new HttpResponse(
                        200,
                        List.of(new HttpHeader("Content-Type", "text/html; charset=utf-8")),
                        Buffer.buffer(html))
                .withHeader("Cache-Control", "no-store")
                .withHeader("Referrer-Policy", "no-referrer")
                .withHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
