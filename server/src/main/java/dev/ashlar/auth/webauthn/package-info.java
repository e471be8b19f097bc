/// WebAuthn (W3C, Level 3): what authenticators are asked, and whether what they answer is good.
/// Passkeys sign in with it, and security keys are second factors by it.
///
/// In: the relying party of the settings, challenges of which hashes are stored, and answers as
/// browsers write them (`RegistrationResponseJSON`, `AuthenticationResponseJSON`). Out: options for
/// browsers, and credentials that were registered or have signed.
///
/// Whose credential it is and what it opens is the business of the use cases above. WebAuthn's own
/// JSON is read and written here since it is made for authenticators and not for our clients.
@NullMarked
package dev.ashlar.auth.webauthn;

import org.jspecify.annotations.NullMarked;
