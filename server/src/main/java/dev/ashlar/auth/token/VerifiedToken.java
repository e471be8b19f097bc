package dev.ashlar.auth.token;

import dev.ashlar.identity.Caller;

/// Whom a token stands for, and from when to when (seconds since 1970, the end excluded).
record VerifiedToken(Caller caller, long from, long until) {
    boolean holdsAt(long second) {
        return from <= second && second < until;
    }
}
