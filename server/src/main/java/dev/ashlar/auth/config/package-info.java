/// The settings of accounts and sign-in: the section `auth` and the sections within it.
///
/// In: nothing but what `config` binds. Out: records with defaults and checks, which every other
/// package of `auth` may read.
///
/// No behaviour beyond checking and converting values may enter.
@NullMarked
package dev.ashlar.auth.config;

import org.jspecify.annotations.NullMarked;
