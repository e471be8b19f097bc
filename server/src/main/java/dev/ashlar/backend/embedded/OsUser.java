package dev.ashlar.backend.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A user of the operating system, by its numbers.
record OsUser(int uid, int gid, String name) {
    private static final Path PASSWD = Path.of("/etc/passwd");

    /// Who this process runs as.
    static OsUser current() {
        UnixSystem system = new UnixSystem();
        return new OsUser(
                Math.toIntExact(system.getUid()),
                Math.toIntExact(system.getGid()),
                String.valueOf(system.getUsername()));
    }

    boolean isRoot() {
        return uid == 0;
    }

    static OsUser ownerOf(Path path) throws IOException {
        int uid = (int) Files.getAttribute(path, "unix:uid");
        int gid = (int) Files.getAttribute(path, "unix:gid");
        return new OsUser(uid, gid, Files.getOwner(path).getName());
    }

    /// Looks in `/etc/passwd`: initdb wants its user to be known there too.
    static Optional<OsUser> find(String name) throws IOException {
        List<String> lines = Files.readAllLines(PASSWD, StandardCharsets.UTF_8);
        for (String line : lines) {
            String[] fields = line.split(":", -1);
            if (fields.length >= 4 && fields[0].equals(name)) {
                return Optional.of(
                        new OsUser(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), name));
            }
        }
        return Optional.empty();
    }

    /// Gives a path to this user; only root can give to another.
    void own(Path path) throws IOException {
        int uidNow = (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (uidNow == uid) {
            return;
        }
        // The group first: once the owner has changed, an unprivileged process could not.
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }
}
