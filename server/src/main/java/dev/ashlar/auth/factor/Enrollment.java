package dev.ashlar.auth.factor;

/// What the owner of a new factor has to see of it, this once.
public sealed interface Enrollment {
    /// `uri` is in the picture too, and `secret`, in base32, in both.
    record OfApp(String qrSvg, String secret, String uri) implements Enrollment {
        @Override
        public String toString() {
            return "OfApp[]";
        }
    }

    /// `digits` of the number that codes go to.
    record OfPhone(String digits) implements Enrollment {}

    /// There is nothing to be seen.
    record Plain() implements Enrollment {}
}
