package dev.ashlar.observe;

/// Takes one entry for each finished request; called on event loops, so it never waits.
public interface AccessLog {
    AccessLog OFF =
            new AccessLog() {
                @Override
                public boolean wants(int status) {
                    return false;
                }

                @Override
                public void add(AccessEntry entry) {}
            };

    /// Whether an answer with that status is written at all; asked before an entry is made.
    boolean wants(int status);

    void add(AccessEntry entry);
}
