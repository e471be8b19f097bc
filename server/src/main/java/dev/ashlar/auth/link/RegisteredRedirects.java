package dev.ashlar.auth.link;

import dev.ashlar.auth.config.RedirectUrl;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The addresses that an OAuth client has registered: compared character by character (OAuth 2.1,
/// 2.3.1), but for the port of an address on the person's own machine, which a native application
/// learns when it starts (RFC 8252, 7.3).
public final class RegisteredRedirects {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");

    private final List<String> registered;

    public RegisteredRedirects(List<String> registered) {
        this.registered = List.copyOf(registered);
    }

    /// Why the address cannot be registered; empty when it can.
    public static Optional<String> findFault(String text) {
        Optional<RedirectUrl> url = RedirectUrl.find(text);
        if (url.isEmpty()) {
            return Optional.of(
                    "a redirect URI has to be a whole URL, such as https://x.example/cb");
        }
        if (text.indexOf('#') >= 0) {
            return Optional.of("a redirect URI cannot have a fragment");
        }
        if (text.indexOf('*') >= 0) {
            return Optional.of("a redirect URI cannot have wildcards");
        }
        return url.get().scheme().equals("http") && !isLoopback(url.get())
                ? Optional.of("a redirect URI of http has to be on this machine; use https")
                : Optional.empty();
    }

    /// Where the browser goes, if that was registered.
    public Optional<RedirectTarget> find(String wanted) {
        return RedirectUrl.find(wanted)
                .filter(url -> registered.stream().anyMatch(known -> fits(known, wanted, url)))
                .map(RedirectTarget::new);
    }

    /// Whether only the owner of a domain can receive what is sent there. Schemes of apps and ports
    /// of one's own machine can be taken by another program (RFC 8252, 8.6).
    public static boolean isOwned(String address) {
        return address.startsWith("https://");
    }

    /// Whether it leads to the machine of whoever follows it.
    public static boolean isOnOwnMachine(String address) {
        return RedirectUrl.find(address).filter(url -> url.isWeb() && isLoopback(url)).isPresent();
    }

    private static boolean fits(String known, String wanted, RedirectUrl url) {
        if (known.equals(wanted)) {
            return true;
        }
        return url.scheme().equals("http")
                && isLoopback(url)
                && wanted.indexOf('#') < 0
                && RedirectUrl.find(known)
                        .filter(other -> other.scheme().equals("http"))
                        .filter(other -> other.host().equals(url.host()))
                        .filter(other -> other.rest().equals(url.rest()))
                        .isPresent();
    }

    private static boolean isLoopback(RedirectUrl url) {
        return LOOPBACK.contains(url.host());
    }
}
