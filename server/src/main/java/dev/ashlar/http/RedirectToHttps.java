package dev.ashlar.http;

import io.vertx.core.Future;

/// What the plain port beside one with TLS answers: people who typed the address without https are
/// sent there. Programs are refused: one that has shown its key or sent its data in the clear has
/// to be mended, and a redirect would hide that.
final class RedirectToHttps implements HttpHandler {
    private static final int USUAL = 443;

    private final int port;

    private RedirectToHttps(int port) {
        this.port = port;
    }

    /// `port` is the one with TLS.
    static Router router(int port) {
        return Router.builder()
                .mount("/", new RedirectToHttps(port), ProblemRenderer.plain())
                .build();
    }

    @Override
    public Future<HttpResponse> handle(HttpRequest request) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        boolean showsKey =
                request.findHeader("Authorization").isPresent()
                        || request.findHeader("apikey").isPresent();
        return Future.succeededFuture(reads && !showsKey ? moved(request) : refused());
    }

    private HttpResponse moved(HttpRequest request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        String place = "https://" + host(request) + request.path() + query;
        return HttpResponse.empty(308).withHeader("Location", place);
    }

    private String host(HttpRequest request) {
        String named = request.origin().substring("http://".length());
        int colon = named.lastIndexOf(':');
        // Not those of an IPv6 address.
        String host = colon > named.lastIndexOf(']') ? named.substring(0, colon) : named;
        return port == USUAL ? host : host + ":" + port;
    }

    private static HttpResponse refused() {
        return HttpResponse.json(
                403,
                "{\"code\":\"https_required\",\"message\":\"This port only sends browsers on to"
                        + " https; call https, and change a key that was sent here\"}");
    }
}
