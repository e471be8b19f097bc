package dev.ashlar.auth.factor;

import dev.ashlar.auth.account.Factor;
import dev.ashlar.auth.config.MfaConfig.Offer;
import dev.ashlar.problem.AuthProblem.Refused;
import dev.ashlar.problem.ErrorCode;
import dev.ashlar.problem.ProblemException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The types of factors that there are, each with its way.
public final class FactorMethods {
    private final Map<Factor.Type, FactorMethod> methods = new EnumMap<>(Factor.Type.class);

    public FactorMethods(List<FactorMethod> all) {
        all.forEach(method -> methods.put(method.type(), method));
    }

    /// For a new factor of the type.
    public FactorMethod requireToEnroll(Factor.Type type) {
        FactorMethod method = methods.get(type);
        if (method == null || method.offer() != Offer.ON) {
            throw new ProblemException(new Refused(enrollDisabled(type)));
        }
        return method;
    }

    /// For one that is enrolled.
    public FactorMethod require(Factor.Type type) {
        FactorMethod method = methods.get(type);
        if (method == null || method.offer() == Offer.OFF) {
            throw new ProblemException(new Refused(verifyDisabled(type)));
        }
        return method;
    }

    /// The word of the type, also of one that is not offered any more.
    public String word(Factor.Type type) {
        FactorMethod method = methods.get(type);
        return method == null ? "mfa/" + type.word() : method.word();
    }

    private static ErrorCode enrollDisabled(Factor.Type type) {
        return switch (type) {
            case TOTP -> ErrorCode.MFA_TOTP_ENROLL_NOT_ENABLED;
            case PHONE -> ErrorCode.MFA_PHONE_ENROLL_NOT_ENABLED;
            case WEBAUTHN -> ErrorCode.MFA_WEBAUTHN_ENROLL_NOT_ENABLED;
        };
    }

    private static ErrorCode verifyDisabled(Factor.Type type) {
        return switch (type) {
            case TOTP -> ErrorCode.MFA_TOTP_VERIFY_NOT_ENABLED;
            case PHONE -> ErrorCode.MFA_PHONE_VERIFY_NOT_ENABLED;
            case WEBAUTHN -> ErrorCode.MFA_WEBAUTHN_VERIFY_NOT_ENABLED;
        };
    }
}
