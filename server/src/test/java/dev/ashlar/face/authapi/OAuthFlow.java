package dev.ashlar.face.authapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.face.authapi.RunningAuth.Answer;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A client of the OAuth server and the browser between the two, by hand.
record OAuthFlow(RunningAuth auth, String clientId, String secret) {
    static final String REDIRECT = "https://client.example/cb";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    static final String ISSUER = "http://localhost:8000/auth/v1";

    /// With a secret, and no limits of scope.
    static OAuthFlow confidential(RunningAuth auth) {
        return created(auth, "{\"client_name\":\"Shop\",\"redirect_uris\":[\"" + REDIRECT + "\"]}");
    }

    static OAuthFlow publicClient(RunningAuth auth, String redirect) {
        return created(
                auth,
                "{\"client_name\":\"App\",\"redirect_uris\":[\""
                        + redirect
                        + "\"],\"token_endpoint_auth_method\":\"none\"}");
    }

    static OAuthFlow created(RunningAuth auth, String body) {
        Answer client = auth.call("POST", "/admin/oauth/clients", auth.serviceKey(), body);
        assertThat(client.status()).as(client.body().toString()).isEqualTo(201);
        return new OAuthFlow(
                auth, client.text("client_id"), client.body().findText("client_secret").orElse(""));
    }

    Map<String, String> request() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("response_type", "code");
        fields.put("client_id", clientId);
        fields.put("redirect_uri", REDIRECT);
        fields.put("scope", "openid email");
        fields.put("state", "the state");
        fields.put("nonce", "n-1");
        fields.put("code_challenge", CHALLENGE);
        fields.put("code_challenge_method", "S256");
        return fields;
    }

    /// An empty text, or none, takes a parameter away.
    Answer authorize(String... changes) {
        Map<String, String> fields = request();
        for (int i = 0; i < changes.length; i += 2) {
            if (Objects.requireNonNullElse(changes[i + 1], "").isEmpty()) {
                fields.remove(changes[i]);
            } else {
                fields.put(changes[i], changes[i + 1]);
            }
        }
        return auth.call("GET", "/oauth/authorize?" + form(fields), "", "");
    }

    /// The id with which the application's page is opened.
    String authorizationId(String... changes) {
        String location = authorize(changes).location();
        assertThat(location).startsWith("http://localhost:3000/oauth/consent?authorization_id=");
        return Objects.requireNonNull(query(location).get("authorization_id"));
    }

    Answer details(String id, String token) {
        return auth.call("GET", "/oauth/authorizations/" + id, token, "");
    }

    Answer decide(String id, String token, String action) {
        return auth.call(
                "POST",
                "/oauth/authorizations/" + id + "/consent",
                token,
                "{\"action\":\"" + action + "\"}");
    }

    /// The code that somebody's consent leads to.
    String code(String token, String... changes) {
        Answer answer = details(authorizationId(changes), token);
        if (answer.body().findText("redirect_url").isEmpty()) {
            answer = decide(answer.text("authorization_id"), token, "approve");
        }
        return Objects.requireNonNull(query(answer.text("redirect_url")).get("code"));
    }

    Answer exchange(String code, String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "authorization_code");
        fields.put("code", code);
        fields.put("redirect_uri", REDIRECT);
        fields.put("code_verifier", VERIFIER);
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return token(fields);
    }

    Answer refresh(String token, String... changes) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "refresh_token");
        fields.put("refresh_token", token);
        for (int i = 0; i < changes.length; i += 2) {
            fields.put(changes[i], changes[i + 1]);
        }
        return token(fields);
    }

    Answer token(Map<String, String> fields) {
        return post("/oauth/token", form(fields));
    }

    /// As this client, by Basic or, without a secret, by its id in the form.
    Answer post(String path, String form) {
        return secret.isEmpty()
                ? send(path, form + "&client_id=" + clientId, "")
                : send(path, form, basic(clientId, secret));
    }

    Answer send(String path, String form, String authorization) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        return auth.call(new SentRequest("POST", "/auth/v1" + path, headers, form));
    }

    static String basic(String id, String secret) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        field.getKey()
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static Map<String, String> query(String url) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : URI.create(url).getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }
}
