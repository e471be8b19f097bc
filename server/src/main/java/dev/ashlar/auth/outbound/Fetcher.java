package dev.ashlar.auth.outbound;

import dev.ashlar.auth.config.OutboundConfig;
import dev.ashlar.auth.outbound.FetchFailed.Kind;
import dev.ashlar.json.Json;
import dev.ashlar.json.JsonValue;
import dev.ashlar.json.JsonValue.JsonObject;
import dev.ashlar.json.MalformedJsonException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// Asks other servers, blocking, within limits (`auth.outbound`): on the size of an answer, on the
/// whole time, and on where it may lead. No redirect is followed.
///
/// URLs that callers of an API have given must not lead into the network that this server stands in
/// (server-side request forgery): they are https, and all addresses of their host are public,
/// before and after the request. Whoever changes the name's address in between gets a connection
/// that its certificate ends, since a server inside has none for that name.
public final class Fetcher {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int MAX_URL_CHARS = 2_048;

    private final OutboundConfig config;
    private final LateClient http;

    public Fetcher(OutboundConfig config) {
        this.config = config;
        this.http =
                new LateClient(
                        HttpClient.newBuilder()
                                .version(HttpClient.Version.HTTP_1_1)
                                .followRedirects(HttpClient.Redirect.NEVER)
                                .connectTimeout(config.timeout()));
    }

    /// Who has given a URL.
    public enum Source {
        /// Whoever runs this server, in its settings: https, or http to this machine.
        OWNER,
        /// A caller of an API, or another server: https to public addresses alone.
        CALLER
    }

    /// `text` is the body, in UTF-8.
    public record Answer(int status, String text) {
        public boolean isGood() {
            return status >= 200 && status < 300;
        }

        /// Throws [FetchFailed] when it is something else.
        public JsonValue json() throws FetchFailed {
            try {
                return Json.parse(text);
            } catch (MalformedJsonException e) {
                throw new FetchFailed(Kind.BAD_ANSWER, "the answer is no JSON", e);
            }
        }

        public JsonObject object() throws FetchFailed {
            if (json() instanceof JsonObject object) {
                return object;
            }
            throw new FetchFailed(Kind.BAD_ANSWER, "the answer is no JSON object");
        }
    }

    /// Throws [FetchFailed] unless [#get] and [#post] would try; resolves the host.
    public URI check(String url, Source source) throws FetchFailed {
        URI uri = parse(url);
        boolean here = HERE.contains(uri.getHost().toLowerCase(Locale.ROOT));
        boolean free = config.privateAddresses();
        boolean secure = uri.getScheme().equalsIgnoreCase("https");
        if (!secure && !free && !(here && source == Source.OWNER)) {
            throw new FetchFailed(Kind.REFUSED_URL, "the URL must be one of https");
        }
        if (source == Source.CALLER && !free) {
            requirePublic(uri.getHost());
        }
        return uri;
    }

    public Answer get(String url, Source source, Map<String, String> headers) throws FetchFailed {
        URI uri = check(url, source);
        return send(uri, source, request(uri, headers).GET().build());
    }

    /// Sends the fields as a form.
    public Answer post(
            String url, Source source, Map<String, String> headers, Map<String, String> fields)
            throws FetchFailed {
        URI uri = check(url, source);
        HttpRequest request =
                request(uri, headers)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(fields)))
                        .build();
        return send(uri, source, request);
    }

    /// Sends JSON.
    public Answer post(String url, Source source, Map<String, String> headers, JsonObject body)
            throws FetchFailed {
        URI uri = check(url, source);
        HttpRequest request =
                request(uri, headers)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.write(body)))
                        .build();
        return send(uri, source, request);
    }

    private static HttpRequest.Builder request(URI uri, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        return request;
    }

    private Answer send(URI uri, Source source, HttpRequest request) throws FetchFailed {
        // The time limit of a request ends with the headers: a body may drip for ever.
        CompletableFuture<HttpResponse<byte[]>> sent =
                http.client()
                        .sendAsync(
                                request,
                                _ ->
                                        BodySubscribers.limiting(
                                                BodySubscribers.ofByteArray(),
                                                config.maxSize().bytes()));
        try {
            HttpResponse<byte[]> answer =
                    sent.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (source == Source.CALLER && !config.privateAddresses()) {
                requirePublic(uri.getHost());
            }
            return new Answer(
                    answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            if (String.valueOf(e.getMessage()).contains("body exceeds")) {
                throw new FetchFailed(Kind.BAD_ANSWER, "the answer is too large", e);
            }
            throw unreachable(uri, e);
        } catch (TimeoutException e) {
            throw unreachable(uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(uri, e);
        } finally {
            sent.cancel(true);
        }
    }

    private static URI parse(String url) throws FetchFailed {
        try {
            URI uri = new URI(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (web
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && url.length() <= MAX_URL_CHARS) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // Answered below.
        }
        throw new FetchFailed(
                Kind.REFUSED_URL, "the URL must be a whole one of https, without a fragment");
    }

    private static void requirePublic(String host) throws FetchFailed {
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            if (Arrays.stream(all).allMatch(PublicAddresses::covers)) {
                return;
            }
        } catch (UnknownHostException e) {
            throw new FetchFailed(Kind.UNREACHABLE, "the host of the URL is not known", e);
        }
        throw new FetchFailed(Kind.REFUSED_URL, "the URL leads to an address that is not public");
    }

    private static FetchFailed unreachable(URI uri, Exception cause) {
        return new FetchFailed(Kind.UNREACHABLE, uri.getHost() + " did not answer", cause);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
