package dev.ashlar.backend.postgres;

/// What a shared lane tells about one request, once.
interface LaneReply {
    /// `servedNanos` is how long the statement itself took.
    void succeeded(LaneResult result, long servedNanos);

    /// The statement's own failure: running it again would not help.
    void refused(Throwable error, long servedNanos);

    /// Nothing of the statement has taken effect, and the fault may be the lane's: run it
    /// elsewhere.
    void runElsewhere(Throwable error);
}
