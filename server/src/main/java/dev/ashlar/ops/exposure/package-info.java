/// What a database exposes, for people: compared with what was declared, and written down.
///
/// In: an [dev.ashlar.policy.exposure.ExposureReport] and the text of `exposure.yaml`
/// ([DeclarationReader]). Out: a [Review] of both, and its forms: for a terminal ([ExposureText]),
/// a browser ([ExposureHtml]), a program ([ExposureJson]), the file itself ([DeclarationText]).
/// Nothing here asks a database, and nothing knows HTTP or a command line.
@NullMarked
package dev.ashlar.ops.exposure;

import org.jspecify.annotations.NullMarked;
