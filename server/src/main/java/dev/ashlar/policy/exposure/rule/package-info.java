/// What is wrong with a database: rules, one class a group, each of which looks at facts and
/// observations and tells findings.
///
/// In: [dev.ashlar.policy.exposure.Facts] and [dev.ashlar.policy.exposure.Observations]; out, by
/// [dev.ashlar.policy.exposure.rule.Judge], an [dev.ashlar.policy.exposure.ExposureReport]. What
/// was seen counts more than what is written; what is written counts where nothing could be tried.
/// Nothing here asks a database.
@NullMarked
package dev.ashlar.policy.exposure.rule;

import org.jspecify.annotations.NullMarked;
