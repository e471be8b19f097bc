/// What was asked, independent of the wire it came over: names are still text, nothing is looked up
/// yet.
///
/// Made by a face's parser, read by the planner. Pure values; no HTTP, no SQL, no catalog objects.
@NullMarked
package dev.ashlar.intent;

import org.jspecify.annotations.NullMarked;
