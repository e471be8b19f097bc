/// Sign-in with a wallet: the messages that people sign (EIP-4361, and the same for Solana), the
/// signatures of the two chains, and which messages were used.
///
/// In: a message and its signature. Out: whose wallet signed it, or why it is not believed. Whose
/// account that is is not decided here.
@NullMarked
package dev.ashlar.auth.web3;

import org.jspecify.annotations.NullMarked;
