/// The journey of a request for data: plan, then run.
///
/// In: an intent and the caller it is for. Out: a result, or a problem. Every face calls this and
/// nothing beside it, so whatever must hold for all data (limits, caching, measuring) has one
/// place.
///
/// No wire format and no SQL may enter.
@NullMarked
package dev.ashlar.engine;

import org.jspecify.annotations.NullMarked;
