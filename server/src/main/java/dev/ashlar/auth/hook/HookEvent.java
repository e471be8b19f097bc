package dev.ashlar.auth.hook;

import dev.ashlar.auth.config.HooksConfig;
import java.util.Optional;

/// What a hook can be asked about.
public enum HookEvent {
    CUSTOM_ACCESS_TOKEN,
    BEFORE_USER_CREATED,
    PASSWORD_VERIFICATION_ATTEMPT,
    MFA_VERIFICATION_ATTEMPT,
    SEND_EMAIL,
    SEND_SMS;

    Optional<String> findTarget(HooksConfig config) {
        return switch (this) {
            case CUSTOM_ACCESS_TOKEN -> config.customAccessToken();
            case BEFORE_USER_CREATED -> config.beforeUserCreated();
            case PASSWORD_VERIFICATION_ATTEMPT -> config.passwordVerificationAttempt();
            case MFA_VERIFICATION_ATTEMPT -> config.mfaVerificationAttempt();
            case SEND_EMAIL -> config.sendEmail();
            case SEND_SMS -> config.sendSms();
        };
    }
}
