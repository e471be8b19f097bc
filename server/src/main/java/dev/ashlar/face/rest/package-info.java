/// The data API in PostgREST's dialect (reference: PostgREST 14 documentation, "API").
///
/// In: an HTTP request. Out: an [dev.ashlar.intent.Intent] for the engine, and its result or
/// problem as PostgREST would word it. Parsing and rendering only: no name is looked up and no SQL
/// is known here.
@NullMarked
package dev.ashlar.face.rest;

import org.jspecify.annotations.NullMarked;
