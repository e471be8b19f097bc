package dev.ashlar.auth.link;

import dev.ashlar.auth.config.AuthConfig;
import dev.ashlar.auth.config.Place;
import dev.ashlar.auth.config.Place.Reach;
import dev.ashlar.auth.config.RedirectPattern;
import dev.ashlar.auth.config.RedirectUrl;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a browser may be sent with a session or a code: the application's own origin
/// (`auth.site-url`) and what `auth.redirect-urls` names. Everything else becomes the site's URL,
/// so that nobody can make our links deliver a session to an address of theirs. A server that is
/// reached from this machine alone may be its own application too, as the examples' pages are.
public final class RedirectAllowList {
    private final RedirectUrl site;
    private final List<RedirectUrl> here;
    private final List<RedirectPattern> patterns;

    public RedirectAllowList(AuthConfig config, Place place) {
        this.site = RedirectUrl.find(config.siteUrl()).orElseThrow();
        this.here = place.reach() == Reach.THIS_MACHINE ? loopback(place) : List.of();
        this.patterns = config.redirectUrls().stream().map(RedirectPattern::parse).toList();
    }

    public RedirectTarget site() {
        return new RedirectTarget(site);
    }

    /// A page of the application, by its path from the root.
    public RedirectTarget page(String path) {
        String base = site.scheme() + "://" + site.authority();
        return new RedirectTarget(RedirectUrl.find(base + path).orElseThrow());
    }

    /// The wanted address if it is allowed; else the site.
    public RedirectTarget choose(Optional<String> wanted) {
        return wanted.flatMap(this::findAllowed).orElseGet(this::site);
    }

    public Optional<RedirectTarget> findAllowed(String wanted) {
        return RedirectUrl.find(wanted).filter(this::allows).map(RedirectTarget::new);
    }

    private boolean allows(RedirectUrl url) {
        return url.hasOriginOf(site)
                || here.stream().anyMatch(url::hasOriginOf)
                || patterns.stream().anyMatch(pattern -> pattern.matches(url));
    }

    /// One's own machine has two names, and pages are opened under either.
    private static List<RedirectUrl> loopback(Place place) {
        return Stream.of(place.localUrl(), place.localUrl().replace("//localhost", "//127.0.0.1"))
                .flatMap(url -> RedirectUrl.find(url).stream())
                .toList();
    }
}
