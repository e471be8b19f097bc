/// The journey of a request for data: plan, run. Every face calls this and nothing beside it.
@NullMarked
package dev.ashlar.engine;

import org.jspecify.annotations.NullMarked;
