@NullMarked
package dev.ashlar.ops.exposure;

import org.jspecify.annotations.NullMarked;
