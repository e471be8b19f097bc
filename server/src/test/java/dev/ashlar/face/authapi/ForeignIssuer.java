package dev.ashlar.face.authapi;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A provider for tests: an issuer of OpenID Connect with one person at a time, and the API of
/// GitHub below the same address. It checks what a real one would: client, PKCE, single use.
final class ForeignIssuer implements AutoCloseable {
    static final String CLIENT = "the-app";
    static final String SECRET = "its secret";

    private final HttpServer server;
    private final AtomicReference<RSAKey> key = new AtomicReference<>(rsa("one"));
    private final Map<String, Map<String, Object>> codes = new ConcurrentHashMap<>();
    private final Map<String, String> challenges = new ConcurrentHashMap<>();
    final AtomicInteger keyRequests = new AtomicInteger();

    /// More of its description, as members of JSON with a comma after each.
    volatile String claims = "";

    final Map<String, String> answers = new ConcurrentHashMap<>();

    ForeignIssuer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// New keys under another id, as after a rotation.
    void rotate(String id) {
        key.set(rsa(id));
    }

    /// Somebody signs in at the page that `url` leads to: the code that they come back with.
    String signIn(String page, Map<String, Object> person) {
        Map<String, String> query = FormFields.parse(page.substring(page.indexOf('?') + 1));
        Map<String, Object> claims = new LinkedHashMap<>(person);
        if (query.containsKey("nonce")) {
            claims.putIfAbsent("nonce", query.get("nonce"));
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, claims);
        challenges.put(code, query.getOrDefault("code_challenge", ""));
        return code;
    }

    /// Claims of a good token, but for those given; null takes one out.
    String idToken(Map<String, @Nullable Object> changes) {
        return idToken(changes, key.get());
    }

    String idToken(Map<String, @Nullable Object> changes, RSAKey by) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(url())
                        .audience(CLIENT)
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(3_600)));
        changes.forEach(claims::claim);
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(),
                        claims.build());
        try {
            token.sign(new RSASSASigner(by));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2_048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (path) {
            case "/.well-known/openid-configuration" -> answer(exchange, 200, description());
            case "/v2.0/.well-known/openid-configuration" ->
                    answer(
                            exchange,
                            200,
                            description()
                                    .replace(
                                            "\"issuer\":\"" + url(),
                                            "\"issuer\":\"" + url() + "/v2.0"));
            case "/keys" -> {
                keyRequests.incrementAndGet();
                answer(exchange, 200, new JWKSet(key.get().toPublicJWK()).toString());
            }
            case "/token", "/login/oauth/access_token" -> token(exchange, body);
            default ->
                    answer(
                            exchange,
                            answers.containsKey(path) ? 200 : 404,
                            answers.getOrDefault(path, "{}"));
        }
    }

    private String description() {
        return """
        {%2$s"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token",
        "jwks_uri":"%1$s/keys","code_challenge_methods_supported":["S256"],
        "id_token_signing_alg_values_supported":["RS256","HS256","none"]}\
        """
                .formatted(url(), claims);
    }

    private void token(HttpExchange exchange, String body) throws IOException {
        Map<String, String> form = FormFields.parse(body);
        String code = form.getOrDefault("code", "");
        Map<String, Object> person = codes.remove(code);
        String verifier = form.getOrDefault("code_verifier", "");
        boolean proven =
                person != null
                        && CLIENT.equals(form.get("client_id"))
                        && SECRET.equals(form.get("client_secret"))
                        && challenge(verifier).equals(challenges.get(code));
        if (!proven) {
            answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        answer(
                exchange,
                200,
                "{\"access_token\":\""
                        + answers.getOrDefault("access_token", "foreign-access")
                        + "\",\"refresh_token\":\"foreign-refresh\","
                        + "\"token_type\":\"bearer\",\"id_token\":\""
                        + idToken(new LinkedHashMap<>(person))
                        + "\"}");
    }

    private static String challenge(String verifier) {
        try {
            return java.util.Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            java.security.MessageDigest.getInstance("SHA-256")
                                    .digest(verifier.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
