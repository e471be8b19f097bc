package dev.ashlar.auth.outbound;

import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/// An HTTP client that is made when it is first needed: making one reads all authorities that the
/// machine trusts and starts a thread, and most servers never ask another one.
public final class LateClient {
    private final HttpClient.Builder builder;
    private @Nullable HttpClient made;

    public LateClient(HttpClient.Builder builder) {
        this.builder = builder;
    }

    public synchronized HttpClient client() {
        HttpClient client = made;
        if (client == null) {
            client = builder.build();
            made = client;
        }
        return client;
    }
}
