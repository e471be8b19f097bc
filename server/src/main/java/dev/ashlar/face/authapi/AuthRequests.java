package dev.ashlar.face.authapi;

import dev.ashlar.auth.LinkWish;
import dev.ashlar.auth.account.UuidText;
import dev.ashlar.auth.audit.Visitor;
import dev.ashlar.auth.link.CodeChallenge;
import dev.ashlar.http.HttpRequest;
import dev.ashlar.http.PathParameters;
import dev.ashlar.problem.AuthProblem.UserNotFound;
import dev.ashlar.problem.AuthProblem.ValidationFailed;
import dev.ashlar.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// What endpoints read of a request beside its body.
final class AuthRequests {
    private AuthRequests() {}

    static Visitor visitor(HttpRequest request) {
        return new Visitor(request.remoteAddress(), request.findHeader("User-Agent").orElse(""));
    }

    /// The account that the path names.
    static UUID account(PathParameters path) {
        return UuidText.find(path.require("id"))
                .orElseThrow(() -> new ProblemException(new UserNotFound()));
    }

    /// How a link is to end. Addresses come in the query, challenges in the body.
    static LinkWish wish(HttpRequest request, AuthBody body) {
        return new LinkWish(
                findQuery(request, "redirect_to").or(() -> body.findText("redirect_to")),
                CodeChallenge.find(
                        body.findText("code_challenge"), body.findText("code_challenge_method")));
    }

    /// The first query parameter of that name; empty when it is missing or blank.
    static Optional<String> findQuery(HttpRequest request, String name) {
        for (String pair : request.query().split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                return Optional.of(decode(pair.substring(equals + 1)))
                        .filter(value -> !value.isBlank());
            }
        }
        return Optional.empty();
    }

    /// A whole number from 1 to `max`; numbers beyond are cut to it.
    static int number(HttpRequest request, String name, int absent, int max) {
        Optional<String> text = findQuery(request, name);
        if (text.isEmpty()) {
            return absent;
        }
        String digits = text.get();
        boolean whole = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!whole || Integer.parseInt(digits) == 0) {
            throw new ProblemException(
                    new ValidationFailed("Bad Pagination Parameters: " + name + " is no count"));
        }
        return Math.min(Integer.parseInt(digits), max);
    }

    /// RFC 8288. `page` comes first: the client cuts at the first "=".
    static String links(HttpRequest request, String path, int page, int perPage, long total) {
        String base = request.origin() + request.mountPath() + path + "?page=";
        long last = Math.max(1, (total + perPage - 1) / perPage);
        String size = "&per_page=" + perPage + ">; rel=";
        String next = page < last ? "<" + base + (page + 1) + size + "\"next\", " : "";
        return next + "<" + base + last + size + "\"last\"";
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(
                    new ValidationFailed("The query string is not percent-encoded properly"));
        }
    }
}
