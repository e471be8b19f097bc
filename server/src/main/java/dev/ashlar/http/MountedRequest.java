package dev.ashlar.http;

/// A request as the handler of a mount sees it: the same, and it knows the path below the mount.
record MountedRequest(HttpRequest sent, String mountPath, String subPath)
        implements DerivedRequest {
    /// The path below is asked for again and again.
    static MountedRequest of(HttpRequest sent, String mountPath) {
        String path = sent.path();
        return new MountedRequest(
                sent,
                mountPath,
                path.length() == mountPath.length() ? "/" : path.substring(mountPath.length()));
    }
}
