package dev.ashlar.auth.provider;

import dev.ashlar.auth.config.RedirectUrl;
import dev.ashlar.auth.link.RegisteredRedirects;
import dev.ashlar.problem.OAuthError;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What a client says about itself (RFC 7591, 2). `scope` is the most it may ask for; anything when
/// empty.
public record ClientMetadata(
        String name,
        List<String> redirectUris,
        List<String> grantTypes,
        Optional<String> scope,
        Optional<String> uri,
        Optional<String> logoUri,
        AuthMethod authMethod) {
    public static final List<String> GRANT_TYPES = List.of("authorization_code", "refresh_token");

    private static final int MAX_NAME_CHARS = 200;
    private static final int MAX_REDIRECTS = 20;

    /// How a client proves at the token endpoint that it is the one.
    public enum AuthMethod {
        /// A public client: an app on a device or in a browser, which cannot keep a secret.
        NONE,
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is wrong, in the words of a registration.
    public record Fault(OAuthError error, String message) {}

    public ClientMetadata {
        redirectUris = redirectUris.stream().distinct().toList();
        grantTypes = grantTypes.stream().distinct().toList();
    }

    public Optional<Fault> findFault() {
        if (redirectUris.isEmpty() || redirectUris.size() > MAX_REDIRECTS) {
            return redirect("there have to be 1 to " + MAX_REDIRECTS + " redirect_uris");
        }
        Optional<String> bad =
                redirectUris.stream()
                        .flatMap(uri -> RegisteredRedirects.findFault(uri).stream())
                        .findFirst();
        if (bad.isPresent()) {
            return redirect(bad.get());
        }
        if (name.isBlank() || name.length() > MAX_NAME_CHARS || !isShowable(name)) {
            return other(
                    "client_name has to be 1 to "
                            + MAX_NAME_CHARS
                            + " characters that can be shown");
        }
        if (!grantTypes.contains("authorization_code")
                || !Set.copyOf(GRANT_TYPES).containsAll(grantTypes)) {
            return other(
                    "grant_types have to be authorization_code, with or without refresh_token");
        }
        if (!isWeb(uri) || !isWeb(logoUri)) {
            return other("client_uri and logo_uri have to be URLs of http or https");
        }
        return scope.filter(words -> !Scopes.covers(String.join(" ", Scopes.SUPPORTED), words))
                        .isPresent()
                ? other("scope can hold " + String.join(", ", Scopes.SUPPORTED))
                : Optional.empty();
    }

    public boolean isPublic() {
        return authMethod == AuthMethod.NONE;
    }

    private static boolean isWeb(Optional<String> url) {
        return url.isEmpty() || RedirectUrl.find(url.get()).filter(RedirectUrl::isWeb).isPresent();
    }

    /// People read it when they decide: nothing may hide in it or turn it around.
    private static boolean isShowable(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE);
    }

    private static Optional<Fault> redirect(String message) {
        return Optional.of(new Fault(OAuthError.INVALID_REDIRECT_URI, message));
    }

    private static Optional<Fault> other(String message) {
        return Optional.of(new Fault(OAuthError.INVALID_CLIENT_METADATA, message));
    }
}
