package dev.ashlar.auth.password;

import java.util.Optional;

/// The parameters of scrypt (RFC 7914): its memory is 128 · r · 2^logN bytes, its work that times
/// p.
record ScryptCost(int logN, int r, int p) {
    /// As for Argon2: one sign-in must not cost seconds nor a heap of the default size.
    private static final long MAX_MEMORY = 64L << 20;

    private static final int MAX_P = 4;

    /// Empty when it is no scrypt, or costs more than one sign-in may.
    static Optional<ScryptCost> find(String logN, String r, String p) {
        ScryptCost cost =
                new ScryptCost(Integer.parseInt(logN), Integer.parseInt(r), Integer.parseInt(p));
        boolean sensible =
                cost.logN >= 1
                        && cost.logN <= 20
                        && cost.r >= 1
                        && cost.p >= 1
                        && cost.p <= MAX_P
                        && 128L * cost.r * (1L << cost.logN) <= MAX_MEMORY;
        return sensible ? Optional.of(cost) : Optional.empty();
    }
}
